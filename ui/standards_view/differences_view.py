"""What a newer edition changed: counts by kind, and each checkpoint's old words beside the new ones."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from qma_app.domain.ids import CheckpointId, EditionHash
from qma_app.i18n import _
from ui.pages.page import MARGIN
from ui.standards_view.diff_panel import DiffPanel
from ui.standards_view.head import edition_labels
from ui.standards_view.shelf import Shelf
from ui.widgets.buttons import MenuButton
from ui.widgets.cards import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.labels import PlainLabel


class DifferencesView(QWidget):
    """Two editions to choose; without a second one it says how one comes."""

    checkpoint_wanted = Signal(object)

    def __init__(self, shelf: Shelf, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shelf = shelf
        self._old: EditionHash | None = None
        self._new: EditionHash | None = None
        self.old, self.new = MenuButton(""), MenuButton("")
        self.panel = DiffPanel()
        self.alone = EmptyState(
            "git-branch",
            _(
                "There is one edition of this standard only. A second one comes with “New edition” or “Import”, or with the next release."
            ),
        )
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(PlainLabel(_("From"), tone="muted"))
        row.addWidget(self.old)
        row.addWidget(PlainLabel(_("to"), tone="muted"))
        row.addWidget(self.new)
        row.addStretch(1)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(MARGIN, 10, MARGIN, MARGIN)
        column.setSpacing(8)
        column.addLayout(row)
        card = Card()
        card.body.addWidget(self.panel)
        column.addWidget(card, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(inside)
        self._stack.addWidget(self.alone)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)
        self.panel.checkpoint_wanted.connect(self._opened)

    def show_edition(self) -> None:
        """Compare the edition looked at with the one before it."""
        rows = self._shelf.rows
        known = [row.hash for row in rows]
        edition = self._shelf.edition
        same = [row.hash for row in rows if edition is not None and row.standard == edition.standard]
        self._stack.setCurrentIndex(0 if len(same) > 1 else 1)
        if len(same) < 2 or edition is None:
            return
        is_chosen = self._old in known and self._new in known and edition.hash in (self._old, self._new)
        if not is_chosen:
            mine = same.index(edition.hash) if edition.hash in same else 0
            if mine + 1 < len(same):
                self._old, self._new = same[mine + 1], edition.hash
            else:
                self._old, self._new = edition.hash, same[mine - 1]
        self._show()

    def compare(self, old: EditionHash, new: EditionHash) -> None:
        """Compare these two."""
        self._old, self._new = old, new
        self._show()

    def take_focus(self) -> None:
        self.panel.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def status(self) -> str:
        return ""

    def _show(self) -> None:
        if self._old is None or self._new is None:
            return
        for button, chosen, name in ((self.old, self._old, _("From")), (self.new, self._new, _("to"))):
            self._fill(button, chosen, name)
        tongue = self._shelf.tongue()
        self.panel.show_editions(
            self._shelf.read(self._old), self._shelf.read(self._new), tongue.first if tongue else "en"
        )

    def _fill(self, button: MenuButton, chosen: EditionHash, name: str) -> None:
        button.choices.clear()
        group = QActionGroup(button.choices)
        labels = edition_labels(self._shelf.rows)
        for row in self._shelf.rows:
            label = labels[row.hash]
            action = button.choices.addAction(label.replace("&", "&&"))
            action.setCheckable(True)
            action.setData(str(row.hash))
            action.setChecked(row.hash == chosen)
            action.triggered.connect(self._old_chosen if button is self.old else self._new_chosen)
            group.addAction(action)
            if row.hash == chosen:
                button.say(label.replace("&", "&&"))
                button.setAccessibleName(f"{name}: {label}")

    def _old_chosen(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self._old = EditionHash(action.data())
            self._show()

    def _new_chosen(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self._new = EditionHash(action.data())
            self._show()

    def _opened(self, id: CheckpointId) -> None:
        if self._shelf.edition is not None and id in self._shelf.edition.checkpoints:
            self.checkpoint_wanted.emit(id)
