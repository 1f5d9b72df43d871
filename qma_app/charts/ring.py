"""The score as a ring: the figure everybody looks for first."""

from __future__ import annotations

from fractions import Fraction

from reportlab.graphics.shapes import Drawing

from qma_app.charts.shapes import drawing, on_circle, ring_part, stroke, words
from qma_app.design import LIGHT, Palette


def ring(
    level: Fraction | None,
    *,
    figure: str,
    caption: str,
    colour: str,
    mark: int | None = None,
    diameter: float = 104.0,
    palette: Palette = LIGHT,
) -> Drawing:
    """A ring filled to `level` percent with `figure` inside and `caption` under it; `mark` is the level to reach."""
    sheet = drawing(diameter, diameter)
    centre, outer = diameter / 2, diameter / 2 - 4
    inner = outer - diameter * 0.085
    sheet.add(ring_part(centre, centre, outer, inner, 0, 360, palette.raised))
    if level is not None and level > 0:
        sheet.add(ring_part(centre, centre, outer, inner, 0, min(360.0, float(level) * 3.6), colour))
    if mark is not None:
        near = on_circle(centre, centre, inner - 1.5, mark / 100)
        far = on_circle(centre, centre, outer + 2.5, mark / 100)
        sheet.add(stroke(*near, *far, palette.text, width=1.1))
    size = diameter * (0.2 if len(figure) < 7 else 0.165)
    sheet.add(
        words(
            centre,
            centre - size * 0.24,
            figure,
            size=size,
            is_bold=True,
            anchor="middle",
            colour=palette.text,
        )
    )
    sheet.add(
        words(
            centre,
            centre - size * 0.95,
            caption,
            size=diameter * 0.072,
            anchor="middle",
            colour=palette.muted,
        )
    )
    return sheet
