"""A field that narrows a list as one types; Esc empties it, Down goes on into the list."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from ui import theme


class FilterLine(QLineEdit):
    """`narrowed` carries the words in small letters with each key; `left_down` when the list is wanted."""

    narrowed = Signal(str)
    left_down = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(name)
        self.setAccessibleName(name)
        self.setClearButtonEnabled(True)
        self.setMaximumWidth(theme.px(300))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self._typed)

    @property
    def wanted(self) -> str:
        """What is typed, as it is compared."""
        return " ".join(self.text().casefold().split())

    def matches(self, *texts: str) -> bool:
        """Whether each word typed stands in one of the texts."""
        whole = " ".join(texts).casefold()
        return all(word in whole for word in self.wanted.split())

    def take_focus(self) -> None:
        """Ctrl+F: type here."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def event(self, event: QEvent) -> bool:
        # Esc first empties the field; only then does it leave whatever else it leaves.
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
            and self.text()
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            self.left_down.emit()
        else:
            super().keyPressEvent(event)

    def _typed(self) -> None:
        self.narrowed.emit(self.wanted)
