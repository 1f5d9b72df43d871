"""Checkpoints nobody has decided, as a table that scrolls in its card."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from qma_app.i18n import _, number_text
from ui.journey.fitted_table import FittedTable
from ui.models.standards_table import TableColumn
from ui.readiness.reading import Ready
from ui.readiness.words import untouched_row
from ui.widgets.cards import Card
from ui.widgets.labels import PlainLabel

_MOST = 5


class UntouchedCard(Card):
    """Enter leads to the checkpoint."""

    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        self.count = PlainLabel("", role="small", tone="muted")
        super().__init__(_("Untouched checkpoints"), self.count, parent)
        self.table = FittedTable(
            _("Untouched checkpoints"),
            (TableColumn(title=_("No."), width=84, is_strong=True), TableColumn(title=_("Checkpoint"))),
            most=_MOST,
        )
        self.table.opened.connect(self._opened)
        self.nothing = PlainLabel(_("Every checkpoint that applies was decided."), tone="muted", wrap=True)
        self.body.addWidget(self.table)
        self.body.addWidget(self.nothing)

    def show_ready(self, ready: Ready) -> None:
        """Show what is untouched."""
        rows = [untouched_row(ready, point) for point in ready.view.untouched]
        if rows != list(self.table.words.rows):
            self.table.show_rows(rows)
        self.count.setText(number_text(len(rows)) if rows else "")
        self.table.setVisible(bool(rows))
        self.nothing.setVisible(not rows)

    def _opened(self, key: object) -> None:
        self.opened.emit(str(key))
