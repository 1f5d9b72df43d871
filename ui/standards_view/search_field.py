"""The field an edition is searched in."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from qma_app.i18n import _
from ui.widgets.icons import icon


class ClearableEdit(QLineEdit):
    """A field with an x of our own at the end while there is something to clear: Qt's is black on every ground."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clearing = QAction(icon("x", "muted"), _("Clear"), self)
        self._clearing.triggered.connect(self.clear)
        self.addAction(self._clearing, QLineEdit.ActionPosition.TrailingPosition)
        self._clearing.setVisible(False)  # only now: the line shows the button of what is added
        self.textChanged.connect(self._show_clearing)

    def empty(self) -> None:
        """Take everything out without telling anybody that something else was typed."""
        with QSignalBlocker(self):
            self.clear()
        self._clearing.setVisible(False)

    def _show_clearing(self, text: str) -> None:
        self._clearing.setVisible(bool(text))


class SearchField(ClearableEdit):
    """Esc empties it, Down and Enter go on to what was found; `entered` when the keyboard comes."""

    left_down = Signal()
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Search this edition"))
        self.setPlaceholderText(_("Search (Ctrl+F)"))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left_down.emit()
        else:
            super().keyPressEvent(event)
