"""Takes down a thought without leaving the screen: a note at the current place, or a finding."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from qma_app.i18n import _
from ui import theme
from ui.dialogs.dialog import Dialog
from ui.shortcuts import LetterKey
from ui.widgets.buttons import Button
from ui.widgets.labels import PlainLabel


@dataclass(frozen=True, kw_only=True, slots=True)
class Captured:
    """What was written, and whether it is to be a finding."""

    text: str
    is_finding: bool = False


class QuickCapture(Dialog):
    """Enter saves the note, Shift+Enter begins a new line; F outside the field, or Ctrl+Shift+F again, makes it a finding."""

    def __init__(self, parent: QWidget | None, where: str) -> None:
        super().__init__(parent, _("Quick capture"), accept=_("Save note"), width=520)
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(_("Note"))
        self.text.setPlaceholderText(_("What did you see?"))
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(theme.px(110))
        self.text.installEventFilter(self)
        self.body.addWidget(self.text)
        self.body.addWidget(PlainLabel(where, role="small", tone="muted", wrap=True))
        self.finding_button = Button(_("Make it a finding"), icon_name="flag", keys="F")
        self.finding_button.clicked.connect(self.make_finding)
        self.buttons.insertWidget(0, self.finding_button)
        self._is_finding = False
        LetterKey("F", self, self.make_finding)
        QShortcut(QKeySequence("Ctrl+Shift+F"), self).activated.connect(self.make_finding)
        self.text.textChanged.connect(self._check)
        self._check()
        self.text.setFocus()

    def make_finding(self) -> None:
        """Save what is written as a finding."""
        if self.text.toPlainText().strip():
            self._is_finding = True
            self.accept()

    def answer(self) -> Captured:
        """What stands in the field now."""
        return Captured(text=self.text.toPlainText().strip(), is_finding=self._is_finding)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        ):
            if self.accept_button.isEnabled():
                self.accept()
            return True
        return super().eventFilter(watched, event)

    def _check(self) -> None:
        has_text = bool(self.text.toPlainText().strip())
        self.accept_button.setEnabled(has_text)
        self.finding_button.setEnabled(has_text)

    @classmethod
    def ask(cls, parent: QWidget | None, where: str) -> Captured | None:
        """What was captured; None when it was cancelled."""
        dialog = cls(parent, where)
        answer = dialog.answer() if dialog.exec() else None
        dialog.deleteLater()
        return answer
