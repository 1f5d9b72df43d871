"""The edge of a side panel: a fine line beside the page, a shadow where it lies over it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui import theme

_SHADOW = 14


class PanelEdge(QWidget):
    """Lies left of the panel and lets every click through."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._is_over = False
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def lie_at(self, x: int, height: int, *, is_over: bool) -> None:
        """Stand left of a panel that begins at `x`."""
        self._is_over = is_over
        width = _SHADOW if is_over else 1
        self.setGeometry(x - width, 0, width, height)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._is_over:
            fade = QLinearGradient(0, 0, self.width(), 0)
            fade.setColorAt(0, QColor(0, 0, 0, 0))
            fade.setColorAt(1, QColor(0, 0, 0, 46))
            painter.fillRect(self.rect(), fade)
        painter.fillRect(self.width() - 1, 0, 1, self.height(), theme.current().colour("line"))
