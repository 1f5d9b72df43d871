"""Areas against assessments as a field of figures: where the house moved, and where it did not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from reportlab.graphics.shapes import Drawing

from qma_app.charts.lettering import shortened
from qma_app.charts.shapes import SIZE, box, drawing, words, words_beside
from qma_app.design import LIGHT, Palette, readable_on

ROW: Final = 17.0
_HEAD: Final = 22.0


@dataclass(frozen=True, kw_only=True, slots=True)
class HeatField:
    """One field: what to write in it and its colour."""

    figure: str
    colour: str


def heat_map(
    row_labels: Sequence[str],
    columns: Sequence[tuple[str, str]],
    fields: Sequence[Sequence[HeatField]],
    *,
    width: float,
    label_share: float = 0.3,
    palette: Palette = LIGHT,
) -> Drawing:
    """A row a name, a column an assessment (name and date); the figure's colour is chosen against the field's."""
    sheet = drawing(width, _HEAD + ROW * len(row_labels))
    left = width * label_share
    step = min(62.0, (width - left) / max(1, len(columns)))
    top = ROW * len(row_labels)
    for place, (label, below) in enumerate(columns):
        middle = left + step * (place + 0.5)
        sheet.add(
            words(
                middle,
                top + 12,
                shortened(label, step - 2, 6.8),
                size=6.8,
                is_bold=True,
                anchor="middle",
                colour=palette.text,
            )
        )
        sheet.add(
            words(
                middle,
                top + 4,
                shortened(below, step - 1, 5.8),
                size=5.8,
                anchor="middle",
                colour=palette.muted,
            )
        )
    for row, label in enumerate(row_labels):
        middle = top - ROW * (row + 0.5)
        sheet.add(words_beside(0, middle, shortened(label, left - 8, SIZE), colour=palette.text))
        for place, field in enumerate(fields[row]):
            x = left + step * place
            sheet.add(box(x + 0.75, middle - ROW / 2 + 0.75, step - 1.5, ROW - 1.5, field.colour, radius=2))
            sheet.add(
                words_beside(
                    x + step / 2,
                    middle,
                    field.figure,
                    size=7,
                    anchor="middle",
                    colour=readable_on(field.colour),
                )
            )
    return sheet
