"""Levels side by side as bars, against the floor of an area and the pass mark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from reportlab.graphics.shapes import Drawing

from qma_app.charts.lettering import BOLD, shortened, text_width
from qma_app.charts.shapes import SIZE, bar_with_bounds, drawing, stroke, words, words_beside
from qma_app.design import LIGHT, Palette

ROW: Final = 16.5
_HEAD: Final = 15.0
_FIGURE: Final = 38.0
_WIDEST_REMARK: Final = 0.28
"""Other languages say the same in longer words; beyond this share of the width they are shortened."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Bar:
    """One bar: its name, level in percent (None = not rated), the level in words, colour, and a remark behind it."""

    label: str
    level: Fraction | None
    figure: str
    colour: str
    remark: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Bound:
    """A level that decides something, drawn across all bars, with its words above them."""

    level: int
    label: str


def bars(
    rows: Sequence[Bar],
    *,
    width: float,
    bounds: Sequence[Bound] = (),
    label_share: float = 0.32,
    remark_share: float = 0.16,
    row_height: float = ROW,
    size: float = SIZE,
    palette: Palette = LIGHT,
) -> Drawing:
    """A bar a row from the top, bounds across all of them, a hairline under each row."""
    head = _HEAD if any(bound.label for bound in bounds) else 2.0
    sheet = drawing(width, head + row_height * len(rows))
    longest = max((text_width(row.remark, size) for row in rows), default=0.0)
    left = width * label_share
    behind = max(width * remark_share, min(longest + 9, width * _WIDEST_REMARK)) if longest else 0.0
    length = width - left - _FIGURE - behind
    top = row_height * len(rows)
    for place, row in enumerate(rows):
        middle = top - row_height * (place + 0.5)
        sheet.add(
            words_beside(0, middle, shortened(row.label, left - 10, size), size=size, colour=palette.text)
        )
        for shape in bar_with_bounds(
            left, middle, length, float(row.level or 0) / 100, row.colour, palette=palette
        ):
            sheet.add(shape)
        sheet.add(
            words_beside(
                left + length + _FIGURE - 2,
                middle,
                row.figure,
                size=size,
                is_bold=True,
                anchor="end",
                colour=palette.muted if row.level is None else palette.text,
            )
        )
        if row.remark:
            remark = shortened(row.remark, behind - 8, size)
            sheet.add(words_beside(width, middle, remark, size=size, anchor="end", colour=palette.muted))
        sheet.add(stroke(0, middle - row_height / 2, width, middle - row_height / 2, palette.line))
    _add_bounds(sheet, bounds, left, length, top, palette)
    return sheet


def _add_bounds(
    sheet: Drawing, bounds: Sequence[Bound], left: float, length: float, top: float, palette: Palette
) -> None:
    """Each bound as a fine line; a label that would run into the one before it goes to the left of its line."""
    ordered = sorted(bounds, key=_level)
    for place, bound in enumerate(ordered):
        x = left + length * bound.level / 100
        dashes = None if place == len(ordered) - 1 else (1.5, 1.5)
        sheet.add(stroke(x, 0, x, top + 2, palette.text, width=0.7, dashes=dashes))
        if bound.label:
            is_last = place == len(ordered) - 1 and len(ordered) > 1
            reach = text_width(bound.label, 6.4, BOLD) / 2
            anchor = "start" if is_last else "end" if len(ordered) > 1 else "middle"
            shift = 0.0 if len(ordered) > 1 else max(0.0, x + reach - (left + length + _FIGURE))
            step = {"start": -0.5, "end": 0.5, "middle": -shift}[anchor]
            sheet.add(
                words(
                    x + step,
                    top + 5,
                    bound.label,
                    size=6.4,
                    is_bold=True,
                    anchor=anchor,
                    colour=palette.muted,
                )
            )


def _level(bound: Bound) -> int:
    return bound.level
