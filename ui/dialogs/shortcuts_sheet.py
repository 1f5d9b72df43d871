"""Shows the keys of the screen in front and those that work anywhere."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from qma_app.i18n import _
from ui.dialogs.dialog import Dialog
from ui.shortcuts import Shortcut
from ui.widgets.labels import PlainLabel


class KeyCap(PlainLabel):
    """A key as it stands on the keyboard."""


class ShortcutsSheet(Dialog):
    """Two columns: this screen at the left, anywhere at the right."""

    def __init__(
        self, parent: QWidget | None, page_title: str, page: Sequence[Shortcut], anywhere: Sequence[Shortcut]
    ) -> None:
        super().__init__(parent, _("Keyboard shortcuts"), width=620)
        columns = QHBoxLayout()
        columns.setSpacing(32)
        if page:
            columns.addLayout(_column(page_title, page), 1)
        columns.addLayout(_column(_("Anywhere"), anywhere), 1)
        self.body.addLayout(columns)

    @classmethod
    def tell(
        cls, parent: QWidget | None, page_title: str, page: Sequence[Shortcut], anywhere: Sequence[Shortcut]
    ) -> None:
        """Show the sheet until Esc."""
        sheet = cls(parent, page_title, page, anywhere)
        sheet.exec()
        sheet.deleteLater()


def _column(title: str, shortcuts: Sequence[Shortcut]) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(8)
    column.addWidget(PlainLabel(title, role="caption"))
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(1, 1)
    for row, shortcut in enumerate(shortcuts):
        caps = KeyCap(shortcut.text, role="small")
        grid.addWidget(caps, row, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(PlainLabel(shortcut.title), row, 1)
    column.addLayout(grid)
    column.addStretch(1)
    return column
