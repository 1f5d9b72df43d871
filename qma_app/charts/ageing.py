"""How old the open findings are: a row for each age, its bar parted by grade."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from reportlab.graphics.shapes import Drawing

from qma_app.charts.lettering import shortened, text_width
from qma_app.charts.shapes import SIZE, box, dot, drawing, stroke, words, words_beside
from qma_app.design import LIGHT, Palette

ROW: Final = 16.5
_KEY: Final = 14.0
_FIGURE: Final = 24.0
_BAR: Final = 8.0


@dataclass(frozen=True, kw_only=True, slots=True)
class AgePart:
    """So many of one grade, in its colour."""

    name: str
    count: int
    colour: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AgeRow:
    """One age in words, and what has it, heaviest grade first."""

    label: str
    parts: tuple[AgePart, ...]

    @property
    def count(self) -> int:
        return sum(part.count for part in self.parts)


def ageing_bars(rows: Sequence[AgeRow], *, width: float, palette: Palette = LIGHT) -> Drawing:
    """A bar an age from the top, all on one scale, with the count behind it and a key of the grades below."""
    key = {part.name: part.colour for row in rows for part in row.parts if part.count}
    foot = _KEY if key else 1.0
    sheet = drawing(width, foot + ROW * len(rows))
    left = min(width * 0.4, max((text_width(row.label, SIZE) for row in rows), default=0.0) + 12)
    length = width - left - _FIGURE
    most = max((row.count for row in rows), default=0)
    for place, row in enumerate(rows):
        middle = foot + ROW * (len(rows) - place - 0.5)
        sheet.add(words_beside(0, middle, shortened(row.label, left - 8, SIZE), colour=palette.text))
        x = left
        for part in row.parts:
            if part.count:
                wide = length * part.count / most
                sheet.add(box(x, middle - _BAR / 2, wide, _BAR, part.colour, stroke=palette.surface))
                x += wide
        ink = palette.text if row.count else palette.muted
        sheet.add(words_beside(x + 5, middle, str(row.count), is_bold=bool(row.count), colour=ink))
        sheet.add(stroke(0, middle - ROW / 2, width, middle - ROW / 2, palette.line))
    x = left
    for name, colour in key.items():
        wide = text_width(name, 6.6)
        if x + 9 + wide > width:
            break
        sheet.add(dot(x + 2.5, 5, 2.5, colour))
        sheet.add(words(x + 8, 2.8, name, size=6.6, colour=palette.muted))
        x += 8 + wide + 12
    return sheet
