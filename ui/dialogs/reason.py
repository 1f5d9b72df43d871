"""Asks for the reason of something that is kept for ever: not applicable, not seen, reopened."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from qma_app.i18n import _
from ui.dialogs.dialog import Dialog, field
from ui.widgets.buttons import Button


class ReasonDialog(Dialog):
    """One line, never empty; usual reasons are one key or click away."""

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        detail: str,
        accept: str,
        suggestions: Sequence[str] = (),
        text: str = "",
    ) -> None:
        super().__init__(parent, title, detail, accept=accept)
        self.reason = QLineEdit(text)
        completer = QCompleter(list(suggestions), self.reason)
        completer.setCaseSensitivity(completer.caseSensitivity().CaseInsensitive)
        self.reason.setCompleter(completer)
        self.body.addWidget(field(_("Reason"), self.reason))
        for place, suggestion in enumerate(suggestions[:4], 1):
            button = Button(suggestion, kind="link", keys=f"Alt+{place}", acts_on_keys=True)
            button.setProperty("suggestion", suggestion)
            button.clicked.connect(self._take)
            self.body.addWidget(button)
        self.reason.textChanged.connect(self._check)
        self._check()
        self.reason.setFocus()

    def _take(self) -> None:
        sender = self.sender()
        if isinstance(sender, Button):
            self.reason.setText(str(sender.property("suggestion")))
            self.accept()

    def _check(self) -> None:
        self.accept_button.setEnabled(bool(self.reason.text().strip()))

    @classmethod
    def ask(
        cls,
        parent: QWidget | None,
        title: str,
        detail: str = "",
        *,
        accept: str = "",
        suggestions: Sequence[str] = (),
        text: str = "",
    ) -> str | None:
        """The reason in the user's words; None when it was cancelled."""
        dialog = cls(parent, title, detail, accept or _("Save reason"), suggestions, text)
        answer = dialog.reason.text().strip() if dialog.exec() else None
        dialog.deleteLater()
        return answer
