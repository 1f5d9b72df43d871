"""What stands beside a panel: a card that keeps a gap to it, and none where the panel is away or lies over it."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

_GAP = 12


class MainSide(QWidget):
    """Holds one widget; made the main part of a `Beside`."""

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(content)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        whole = self.parentWidget()
        is_beside = whole is not None and self.width() < whole.width()
        self._column.setContentsMargins(0, 0, _GAP if is_beside else 0, 0)
