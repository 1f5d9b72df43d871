"""The shape of a house: all areas at once, now and before, against the floor each must reach."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from reportlab.graphics.shapes import Drawing, Polygon
from reportlab.lib.colors import HexColor

from qma_app.charts.lettering import shortened
from qma_app.charts.shapes import dot, drawing, on_circle, stroke, words_beside
from qma_app.design import LIGHT, Palette

_SIZE: Final = 6.8
_SMALL: Final = 80


@dataclass(frozen=True, kw_only=True, slots=True)
class Spoke:
    """One area: its name, its level now and before; None is drawn at the centre as a hollow point."""

    label: str
    now: Fraction | None
    before: Fraction | None = None


def radar(
    spokes: Sequence[Spoke], *, width: float, height: float, floor: int, palette: Palette = LIGHT
) -> Drawing:
    """A spoke an area, clockwise from the top; rings at 20 to 100 percent, the floor dashed, before in grey, now in colour."""
    sheet = drawing(width, height)
    x, y = width / 2, height / 2
    radius = min(height / 2 - 21, width / 2 - 66)
    count = len(spokes)
    for level in (20, 40, 60, 80, 100):
        sheet.add(_web(x, y, radius * level / 100, count, palette.line))
    for place in range(count):
        sheet.add(stroke(x, y, *on_circle(x, y, radius, place / count), palette.line))
    if any(spoke.before is not None for spoke in spokes):
        sheet.add(_shape(x, y, radius, [spoke.before for spoke in spokes], palette.control_edge, width=0.9))
    sheet.add(_web(x, y, radius * floor / 100, count, palette.text, dashes=(2, 2)))
    sheet.add(_shape(x, y, radius, [spoke.now for spoke in spokes], palette.accent, width=1.5))
    for place, spoke in enumerate(spokes):
        end = on_circle(x, y, radius * float(spoke.now or 0) / 100, place / count)
        sheet.add(
            dot(*end, 1.9, palette.surface if spoke.now is None else palette.accent, stroke=palette.accent)
        )
        _add_label(sheet, spoke.label, x, y, radius, place / count, palette)
    return sheet


def _add_label(
    sheet: Drawing, label: str, x: float, y: float, radius: float, share: float, palette: Palette
) -> None:
    at_x, at_y = on_circle(x, y, radius + 7, share)
    if abs(at_x - x) < radius * 0.12:
        anchor, room = "middle", 110.0
        # A line further out: its neighbours begin beside it where the web is small.
        at_y += _SIZE * (1 if at_y > y else -1) if radius < _SMALL else 0.0
    elif at_x > x:
        anchor, room = "start", 2 * x - at_x
    else:
        anchor, room = "end", at_x
    sheet.add(
        words_beside(
            at_x, at_y, shortened(label, room, _SIZE), size=_SIZE, anchor=anchor, colour=palette.text
        )
    )


def _web(
    x: float, y: float, radius: float, count: int, colour: str, *, dashes: tuple[float, ...] | None = None
) -> Polygon:
    corners = [value for place in range(count) for value in on_circle(x, y, radius, place / count)]
    return Polygon(
        corners,
        fillColor=None,
        strokeColor=HexColor(colour),
        strokeWidth=0.5 if dashes is None else 0.7,
        strokeDashArray=list(dashes) if dashes else None,
    )


def _shape(
    x: float, y: float, radius: float, levels: Sequence[Fraction | None], colour: str, *, width: float
) -> Polygon:
    count = len(levels)
    corners = [
        value
        for place, level in enumerate(levels)
        for value in on_circle(x, y, radius * float(level or 0) / 100, place / count)
    ]
    return Polygon(corners, fillColor=None, strokeColor=HexColor(colour), strokeWidth=width, strokeLineJoin=1)
