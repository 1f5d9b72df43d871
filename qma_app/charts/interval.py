"""How sure a share from few records is: a band on a line from 0 to 100 percent."""

from __future__ import annotations

from reportlab.graphics.shapes import Drawing

from qma_app.charts.shapes import box, dot, drawing, stroke
from qma_app.design import LIGHT, Palette
from qma_app.domain.intervals import Interval


def interval_bar(
    share: float, interval: Interval, *, width: float = 90.0, height: float = 9.0, palette: Palette = LIGHT
) -> Drawing:
    """The band of what `interval` allows, and a point at the `share` that was seen."""
    sheet = drawing(width, height)
    middle, left, length = height / 2, 2.5, width - 5
    sheet.add(stroke(left, middle, left + length, middle, palette.control_edge, width=0.6))
    for end in (left, left + length):
        sheet.add(stroke(end, middle - 2.5, end, middle + 2.5, palette.control_edge, width=0.6))
    low, high = left + length * interval.low, left + length * interval.high
    sheet.add(
        box(low, middle - 2, high - low, 4, "#B9CDE4" if palette is LIGHT else palette.raised, radius=2)
    )
    sheet.add(dot(left + length * share, middle, 2.2, palette.accent, stroke=palette.surface, width=0.6))
    return sheet
