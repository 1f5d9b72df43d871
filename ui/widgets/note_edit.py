"""Text fields that save themselves: a moment after the last key, when left, and when the page asks.

The page stores what `settled` carries; if that fails it calls `keep_unsaved`, so that no word is lost:

    if self.workbench.do(write_note, ..., text=text, merge_key=f"note {id}") is None:
        self.note.keep_unsaved()
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QLineEdit, QPlainTextEdit, QWidget

from ui import theme

PAUSE_MS = 600
LONGEST_MS = 1000
"""Somebody who types without a pause is not made to wait for one: no word stays unstored longer than this."""


class TypingPause(QObject):
    """`over` comes a moment after the last key, and while keys keep coming at least once a second."""

    over = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._rest = self._timer(PAUSE_MS)
        self._longest = self._timer(LONGEST_MS)

    def begin(self) -> None:
        """A key was pressed."""
        self._rest.start()
        if not self._longest.isActive():
            self._longest.start()

    def stop(self) -> None:
        """What was typed is given on."""
        self._rest.stop()
        self._longest.stop()

    def _timer(self, milliseconds: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(self.over)
        return timer


class NoteEdit(QPlainTextEdit):
    """Words over several lines. `settled` carries the text once it is to be stored; `left` follows when the field is left.

    Tab leaves the field. Esc is left to the page (it means "leave the note").
    """

    settled = Signal(str)
    left = Signal()

    def __init__(
        self, name: str, parent: QWidget | None = None, *, placeholder: str = "", lines: int = 3
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._lines = lines
        self._stored = ""
        self._pause = TypingPause(self)
        self._pause.over.connect(self.flush)
        self.textChanged.connect(self._typed)

    @property
    def is_pending(self) -> bool:
        """Whether something is typed that was not given on yet."""
        return self.toPlainText() != self._stored

    def set_text(self, text: str) -> None:
        """Show what is stored; a text that is being typed is left alone when it says the same."""
        self._stored = text
        if self.toPlainText() != text:
            self.blockSignals(True)
            self.setPlainText(text)
            self.blockSignals(False)
        self._pause.stop()

    def flush(self) -> None:
        """Give on what is typed now, if anything is new."""
        self._pause.stop()
        if self.is_pending:
            self._stored = self.toPlainText()
            self.settled.emit(self._stored)

    def keep_unsaved(self) -> None:
        """Storing failed: the text counts as new again and is tried at the next key, when left, or by `flush`."""
        self._stored = "\0"

    def sizeHint(self) -> QSize:
        height = self.fontMetrics().lineSpacing() * self._lines + theme.px(16)
        return QSize(super().sizeHint().width(), height)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(80), self.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        # With nothing of its own to take back, the field leaves Ctrl+Z to the session's undo.
        if _wants(event, QKeySequence.StandardKey.Undo) and not self.document().isUndoAvailable():
            return False
        if _wants(event, QKeySequence.StandardKey.Redo) and not self.document().isRedoAvailable():
            return False
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.flush()
            self.document().clearUndoRedoStacks()
            self.left.emit()

    def _typed(self) -> None:
        self._pause.begin()


class LineEdit(QLineEdit):
    """One line of words that saves itself like a `NoteEdit`; Enter stores at once."""

    settled = Signal(str)
    left = Signal()

    def __init__(self, name: str, parent: QWidget | None = None, *, placeholder: str = "") -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self._stored = ""
        self._pause = TypingPause(self)
        self._pause.over.connect(self.flush)
        self.textEdited.connect(self._typed)

    @property
    def is_pending(self) -> bool:
        """Whether something is typed that was not given on yet."""
        return self.text() != self._stored

    def set_text(self, text: str) -> None:
        """Show what is stored."""
        self._stored = text
        if self.text() != text:
            self.setText(text)
            if not self.hasFocus():
                self.setCursorPosition(0)  # what does not fit is cut at its end
        self._pause.stop()

    def flush(self) -> None:
        """Give on what is typed now, if anything is new."""
        self._pause.stop()
        if self.is_pending:
            self._stored = self.text()
            self.settled.emit(self._stored)

    def keep_unsaved(self) -> None:
        """Storing failed: the text counts as new again."""
        self._stored = "\0"

    def event(self, event: QEvent) -> bool:
        # With nothing of its own to take back, the field leaves Ctrl+Z to the session's undo.
        if _wants(event, QKeySequence.StandardKey.Undo) and not self.isUndoAvailable():
            return False
        if _wants(event, QKeySequence.StandardKey.Redo) and not self.isRedoAvailable():
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.flush()
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.flush()
            self.left.emit()

    def _typed(self) -> None:
        self._pause.begin()


def _wants(event: QEvent, keys: QKeySequence.StandardKey) -> bool:
    return (
        event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.matches(keys)
    )
