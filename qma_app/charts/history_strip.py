"""What one area or checkpoint was rated from one assessment to the next, as a row of small fields."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.graphics.shapes import Drawing

from qma_app.charts.lettering import shortened
from qma_app.charts.shapes import box, drawing, words
from qma_app.design import LIGHT, Palette, readable_on


@dataclass(frozen=True, kw_only=True, slots=True)
class StripField:
    """One assessment: what to write in the field, its colour, and the short name under it."""

    figure: str
    colour: str
    label: str


def history_strip(
    fields: Sequence[StripField], *, field_width: float = 30.0, palette: Palette = LIGHT
) -> Drawing:
    """Fields from left to right in time; the last is framed."""
    height, gap = 26.0, 3.0
    sheet = drawing(max(1.0, len(fields) * (field_width + gap) - gap), height)
    for place, field in enumerate(fields):
        x = place * (field_width + gap)
        is_last = place == len(fields) - 1
        edge = palette.text if is_last else None
        sheet.add(box(x + 0.4, 10, field_width - 0.8, 15, field.colour, stroke=edge, radius=2.5))
        ink = readable_on(field.colour)
        sheet.add(
            words(
                x + field_width / 2, 14.9, field.figure, size=7, is_bold=is_last, anchor="middle", colour=ink
            )
        )
        label = shortened(field.label, field_width + gap - 1, 5.8)
        sheet.add(words(x + field_width / 2, 2, label, size=5.8, anchor="middle", colour=palette.muted))
    return sheet
