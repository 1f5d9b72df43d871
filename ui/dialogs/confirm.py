"""Asks before what cannot be undone; everything else is done at once and offers Undo."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.dialogs.dialog import Dialog


class ConfirmDialog(Dialog):
    """Says what will be gone; the safe answer has the focus."""

    def __init__(self, parent: QWidget | None, title: str, detail: str, accept: str) -> None:
        super().__init__(parent, title, detail, accept=accept)
        self.accept_button.setProperty("kind", "danger")
        self.accept_button.setDefault(False)
        self.cancel_button.setDefault(True)
        self.cancel_button.setFocus()

    @classmethod
    def ask(cls, parent: QWidget | None, title: str, detail: str, *, accept: str) -> bool:
        """Whether the user wants it."""
        dialog = cls(parent, title, detail, accept)
        is_wanted = bool(dialog.exec())
        dialog.deleteLater()
        return is_wanted
