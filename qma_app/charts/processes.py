"""The processes of one area as small bars with their numbers, so that the weak one is seen at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from reportlab.graphics.shapes import Drawing

from qma_app.charts.lettering import shortened, text_width
from qma_app.charts.shapes import SIZE, bar_with_bounds, drawing, stroke, words_beside
from qma_app.design import LIGHT, Palette

ROW: Final = 14.5
_NUMBER: Final = 40.0
_FIGURE: Final = 36.0
_REMARK: Final = 58.0


@dataclass(frozen=True, kw_only=True, slots=True)
class ProcessBar:
    """One process: number, title, level in percent (None = not rated), the level in words, colour, how much was rated."""

    number: str
    title: str
    level: Fraction | None
    figure: str
    colour: str
    remark: str = ""


def process_bars(
    rows: Sequence[ProcessBar], *, width: float, title_share: float = 0.42, palette: Palette = LIGHT
) -> Drawing:
    """A bar a process from the top, with what was rated behind it."""
    sheet = drawing(width, ROW * len(rows) + 1)
    left = _NUMBER + (width - _NUMBER) * title_share
    longest = max((text_width(row.remark, 6.8) for row in rows), default=0.0)
    behind = max(_REMARK, min(longest + 7, 2 * _REMARK))
    length = width - left - _FIGURE - behind
    for place, row in enumerate(rows):
        middle = ROW * (len(rows) - place - 0.5) + 0.5
        ink = palette.muted if row.level is None else palette.text
        sheet.add(words_beside(0, middle, row.number, size=6.8, colour=palette.muted))
        sheet.add(
            words_beside(
                _NUMBER, middle, shortened(row.title, left - _NUMBER - 10, SIZE), colour=palette.text
            )
        )
        for shape in bar_with_bounds(
            left, middle, length, float(row.level or 0) / 100, row.colour, palette=palette, height=5
        ):
            sheet.add(shape)
        figure_at = left + length + _FIGURE - 2
        sheet.add(words_beside(figure_at, middle, row.figure, is_bold=True, anchor="end", colour=ink))
        sheet.add(
            words_beside(
                width,
                middle,
                shortened(row.remark, behind - 6, 6.8),
                size=6.8,
                anchor="end",
                colour=palette.muted,
            )
        )
        sheet.add(stroke(0, middle - ROW / 2, width, middle - ROW / 2, palette.line))
    return sheet
