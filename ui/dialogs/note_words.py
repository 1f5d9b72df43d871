"""The words of a note, to be corrected."""

from __future__ import annotations

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from qma_app.i18n import _
from ui import theme
from ui.dialogs.dialog import Dialog, field


class NoteWordsDialog(Dialog):
    """A note never loses its words: an empty one cannot be saved."""

    def __init__(self, parent: QWidget | None, words: str) -> None:
        super().__init__(parent, _("Note"), accept=_("Save note"), width=480)
        self.words = QPlainTextEdit(words)
        self.words.setTabChangesFocus(True)
        self.words.setFixedHeight(theme.px(120))
        self.body.addWidget(field(_("What was seen or heard"), self.words))
        self.words.textChanged.connect(self._check)
        self.words.setFocus()
        self._check()

    def _check(self) -> None:
        self.accept_button.setEnabled(bool(self.words.toPlainText().strip()))

    @classmethod
    def ask(cls, parent: QWidget | None, words: str) -> str | None:
        """The words as corrected; None when it was cancelled."""
        dialog = cls(parent, words)
        answer = dialog.words.toPlainText().strip() if dialog.exec() else None
        dialog.deleteLater()
        return answer
