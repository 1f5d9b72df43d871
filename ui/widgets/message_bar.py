"""Tells what just happened above the page: something deleted with Undo, something saved, something that failed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from qma_app.errors import ContentProblems, QmaError
from qma_app.i18n import _
from ui import theme
from ui.widgets.announcing import announce
from ui.widgets.buttons import Button, IconButton
from ui.widgets.labels import PlainLabel

UNDO_MS = 10_000
NOTE_MS = 6_000


class MessageBar(QFrame):
    """One message at a time; `undo_wanted` when the user wants the deleted thing back."""

    undo_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions: list[Button] = []
        self._text = PlainLabel("", role="body", wrap=True, selectable=True)
        self._text.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(4)
        close = IconButton("x", _("Close this message"))
        close.clicked.connect(self.dismiss)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._text, 1)
        row.addLayout(self._buttons)
        row.addWidget(close)
        self._details = QPlainTextEdit()
        self._details.setReadOnly(True)
        self._details.setAccessibleName(_("Details"))
        self._details.setVisible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 6, 14, 6)
        column.addLayout(row)
        column.addWidget(self._details)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.dismiss)
        self.setVisible(False)

    @property
    def text(self) -> str:
        return self._text.text()

    def tell(self, text: str, *actions: tuple[str, Callable[[], object]]) -> None:
        """A short message with what can be done next (`Open`, `Show in folder`); goes by itself when there is nothing to do."""
        self._show(text, "ok")
        for title, act in actions:
            self._add(title, act)
        if not actions:
            self._timer.start(NOTE_MS)

    def tell_lasting(self, text: str) -> None:
        """Something to know that stays until it is closed."""
        self._show(text, "warn")

    def tell_deleted(self, text: str) -> None:
        """Something was deleted; for ten seconds Undo stands beside it."""
        self._show(text, "ok")
        self._add(_("Undo"), self._undo)
        self._timer.start(UNDO_MS)

    def tell_error(self, error: QmaError) -> None:
        """What happened and what to do; the details stay folded and can be copied."""
        self._show(f"{error.message} {error.way_out}".strip(), "bad")
        self._details.setPlainText(details_of(error))
        self._add(_("Details"), self._toggle_details)

    def show_details(self) -> None:
        """Unfold the details of the error shown."""
        lines = self._details.document().blockCount()
        self._details.setFixedHeight(min(8, lines) * self._details.fontMetrics().lineSpacing() + theme.px(28))
        self._details.setVisible(True)
        if len(self._actions) == 1:
            self._add(_("Copy"), self._copy)

    def dismiss(self) -> None:
        """The message is done with."""
        self._timer.stop()
        self.setVisible(False)

    def _show(self, text: str, tone: str) -> None:
        self._timer.stop()
        while self._actions:
            button = self._actions.pop()
            self._buttons.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._details.setVisible(False)
        self._text.setText(text)
        self.setProperty("tone", tone)
        self.style().unpolish(self)
        self.style().polish(self)
        self.setVisible(True)
        announce(self, text)

    def _add(self, title: str, act: Callable[[], object]) -> None:
        button = Button(title)
        button.clicked.connect(act)
        self._actions.append(button)
        self._buttons.addWidget(button)
        button.show()

    def _undo(self) -> None:
        self.dismiss()
        self.undo_wanted.emit()

    def _toggle_details(self) -> None:
        if self._details.isVisible():
            self._details.setVisible(False)
        else:
            self.show_details()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(f"{self.text}\n\n{self._details.toPlainText()}")


def details_of(error: QmaError) -> str:
    """What helps whoever is asked for help: code, values, and all problems with their places."""
    lines = [_("Code: {code}").format(code=error.code)]
    lines += [f"{name}: {value}" for name, value in error.params.items()]
    if isinstance(error, ContentProblems):
        lines += [str(problem) for problem in error.problems]
    if error.__cause__ is not None:
        lines.append(f"{type(error.__cause__).__name__}: {error.__cause__}")
    return "\n".join(lines)
