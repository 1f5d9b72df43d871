"""A card with a table whose lines are edited and taken out, and the buttons for that below it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.journey.fitted_table import FittedTable
from ui.models.standards_table import TableColumn, TableRow
from ui.widgets.buttons import Button
from ui.widgets.cards import Card
from ui.widgets.chips import Chip
from ui.widgets.labels import PlainLabel


class TableCard(Card):
    """`opened` is Enter or a double click on a line, `removed` Delete; both carry its key."""

    opened = Signal(str)
    removed = Signal(str)

    def __init__(
        self,
        title: str,
        columns: Sequence[TableColumn],
        nothing: str,
        *,
        most: int = 8,
        parent: QWidget | None = None,
    ) -> None:
        self.state = Chip("")
        super().__init__(title, self.state, parent)
        self.state.hide()
        self.table = FittedTable(title, columns, lines=3, most=most)
        self.table.opened.connect(self._opened)
        self.nothing = PlainLabel(nothing, tone="muted", wrap=True)
        self.hint = PlainLabel("", role="small", tone="muted", wrap=True)
        self._below = QHBoxLayout()
        self._below.setSpacing(4)
        self._below.addStretch(1)
        self.body.setSpacing(6)
        self.body.addWidget(self.table)
        self.body.addWidget(self.nothing)
        self.body.addWidget(self.hint)
        self.body.addLayout(self._below)

    @property
    def current(self) -> str:
        """The key of the line the keyboard is on; "" where there is none."""
        key = self.table.current_key
        return str(key) if key is not None and self.table.isVisibleTo(self) else ""

    def add_button(self, button: Button) -> None:
        """One more button below the table."""
        button.setProperty("small", True)
        self._below.insertWidget(self._below.count() - 1, button)

    def show_rows(self, rows: Sequence[TableRow], hint: str = "") -> None:
        """Show these lines; `hint` stands below them."""
        if list(rows) != list(self.table.words.rows):
            self.table.show_rows(rows)
            self.table.fit()
        self.table.setVisible(bool(rows))
        self.nothing.setVisible(not rows)
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self.table.hasFocus() and self.current:
            self.removed.emit(self.current)
        else:
            super().keyPressEvent(event)

    def _opened(self, key: object) -> None:
        self.opened.emit(str(key))
