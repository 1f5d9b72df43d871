"""The fields of a record that are typed (words, days, figures), by their names: filled, given on, and kept where storing failed."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from ui import theme
from ui.findings.date_field import DateField
from ui.findings.figure_field import FigureField
from ui.findings.growing_note import GrowingNote
from ui.findings.owner_field import OwnerField
from ui.widgets.labels import PlainLabel
from ui.widgets.note_edit import LineEdit


class TypedFields(QWidget):
    """`changed` carries the name of a field of the record and its new value, `left` that a field was left.

    A subclass makes `texts`, `days` and `figures`, each under the name its value has in the record, then connects them.
    """

    changed = Signal(str, object)
    left = Signal()

    texts: dict[str, GrowingNote | LineEdit | OwnerField]
    days: dict[str, DateField]
    figures: dict[str, FigureField]

    def _connect_typed(self) -> None:
        for name, text in self.texts.items():
            text.settled.connect(partial(self.changed.emit, name))
            text.left.connect(self.left)
        for name, day in self.days.items():
            day.settled.connect(partial(self.changed.emit, name))
        for name, figure in self.figures.items():
            figure.settled.connect(partial(self.changed.emit, name))
            figure.left.connect(self.left)

    def _show_typed(self, record: object, today: date, *, is_same: bool) -> None:
        """Fill them; one in which something unsaved is typed on the same record is left alone."""
        for name, text in self.texts.items():
            if not (is_same and text.is_pending):
                text.set_text(getattr(record, name))
        for name, day in self.days.items():
            if not (is_same and day.is_pending):
                day.show_day(getattr(record, name), today)
        for name, figure in self.figures.items():
            if not (is_same and figure.is_pending):
                figure.set_figure(getattr(record, name))

    def keep_unsaved(self, name: str) -> None:
        """Storing failed: what is typed counts as new again."""
        field = self.texts.get(name) or self.figures.get(name)
        if field is not None:
            field.keep_unsaved()

    def flush(self) -> None:
        """Give on everything that is typed."""
        for field in (*self.texts.values(), *self.days.values(), *self.figures.values()):
            field.flush()


def captioned_grid(*fields: tuple[str, QWidget], columns: int = 2) -> QGridLayout:
    """Fields under their names, side by side in columns of one width."""
    grid = QGridLayout()
    grid.setVerticalSpacing(3)
    for number, (name, widget) in enumerate(fields):
        row, column = divmod(number, columns)
        caption = PlainLabel(name, role="caption")
        caption.setContentsMargins(0, theme.px(5) if row else 0, 0, 0)
        grid.addWidget(caption, 2 * row, column)
        grid.addWidget(widget, 2 * row + 1, column)
        grid.setColumnStretch(column, 1)
    return grid
