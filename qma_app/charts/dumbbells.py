"""Two levels on one line, so that the distance between them is what the eye measures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from reportlab.graphics.shapes import Drawing

from qma_app.charts.lettering import shortened, text_width
from qma_app.charts.shapes import SIZE, dot, drawing, stroke, words, words_beside
from qma_app.design import LIGHT, Palette

ROW: Final = 17.0
_HEAD: Final = 15.0
_FIGURE: Final = 44.0
_KEY: Final = 6.8
_RADIUS: Final = 3.4


@dataclass(frozen=True, kw_only=True, slots=True)
class Dumbbell:
    """One row: its name, the hollow level and the filled one with its colour, the distance in words, and a remark behind it."""

    label: str
    hollow: Fraction
    filled: Fraction
    colour: str
    figure: str
    remark: str = ""


def dumbbells(
    rows: Sequence[Dumbbell],
    *,
    width: float,
    hollow_name: str,
    filled_name: str,
    label_share: float = 0.3,
    remark_share: float = 0.14,
    palette: Palette = LIGHT,
) -> Drawing:
    """A row each from the top on a scale from 0 to 100 percent; above them stands which dot is which."""
    sheet = drawing(width, _HEAD + ROW * len(rows) + 10)
    left, behind = width * label_share, width * remark_share
    length = width - left - _FIGURE - behind
    bottom, top = 10.0, 10.0 + ROW * len(rows)
    for level in (0, 20, 40, 60, 80, 100):
        x = left + length * level / 100
        sheet.add(stroke(x, bottom, x, top, palette.line))
        sheet.add(words(x, 1.5, f"{level}", size=6.2, anchor="middle", colour=palette.muted))
    _add_key(sheet, left, top + 6, hollow_name, filled_name, palette)
    for place, row in enumerate(rows):
        middle = top - ROW * (place + 0.5)
        one, other = (left + length * float(level) / 100 for level in (row.hollow, row.filled))
        sheet.add(words_beside(0, middle, shortened(row.label, left - 10, SIZE), colour=palette.text))
        sheet.add(stroke(one, middle, other, middle, palette.muted, width=1.6))
        sheet.add(dot(other, middle, _RADIUS, row.colour, stroke=palette.text, width=0.6))
        sheet.add(dot(one, middle, _RADIUS, palette.surface, stroke=palette.text, width=1.2))
        at = left + length + _FIGURE - 4
        sheet.add(words_beside(at, middle, row.figure, is_bold=True, anchor="end", colour=palette.text))
        if row.remark:
            remark = shortened(row.remark, behind - 6, SIZE)
            sheet.add(words_beside(width, middle, remark, anchor="end", colour=palette.muted))
        sheet.add(stroke(0, middle - ROW / 2, width, middle - ROW / 2, palette.line))
    return sheet


def _add_key(
    sheet: Drawing, x: float, y: float, hollow_name: str, filled_name: str, palette: Palette
) -> None:
    for name, fill, thick in ((hollow_name, palette.surface, 1.2), (filled_name, palette.muted, 0.6)):
        sheet.add(dot(x + _RADIUS, y + 2, _RADIUS - 0.6, fill, stroke=palette.text, width=thick))
        sheet.add(words(x + 10, y, name, size=_KEY, colour=palette.muted))
        x += 10 + text_width(name, _KEY) + 16
