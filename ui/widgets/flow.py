"""Lays widgets out like words in a text: from left to right, and on the next line where the width ends."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QStyle, QWidget


class FlowLayout(QLayout):
    """`stretch` names the widget that takes what is left of the last line (a search field)."""

    def __init__(self, parent: QWidget | None = None, *, spacing: int = 6) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._stretched: QWidget | None = None
        self.setSpacing(spacing)
        self.setContentsMargins(0, 0, 0, 0)

    def stretch(self, widget: QWidget) -> None:
        """Let this widget, the last one, take the rest of its line."""
        self._stretched = widget

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), is_trial=True)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, is_trial=False)

    def sizeHint(self) -> QSize:
        width = sum(item.sizeHint().width() for item in self._shown()) + self.spacing() * max(
            0, len(self._shown()) - 1
        )
        return QSize(width, max((item.sizeHint().height() for item in self._shown()), default=0))

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._shown():
            size = size.expandedTo(item.minimumSize())
        return size

    def clear(self) -> None:
        """Take everything out and let it go."""
        while (item := self.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _arrange(self, area: QRect, *, is_trial: bool) -> int:
        """Put everything in its place; gives the height that takes."""
        y, bottom = area.y(), area.y()
        for line in self._lines(area.width()):
            height = max(item.sizeHint().height() for item in line)
            if not is_trial:
                self._place_line(line, area, y, height)
            bottom = y + height
            y = bottom + self.spacing()
        return bottom - area.y()

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        used = 0
        for item in self._shown():
            needed = self._width(item)
            if not lines or used + self.spacing() + needed > width:
                lines.append([])
                used = needed
            else:
                used += self.spacing() + needed
            lines[-1].append(item)
        return lines

    def _width(self, item: QLayoutItem) -> int:
        is_stretched = self._stretched is not None and item.widget() is self._stretched
        return item.minimumSize().width() if is_stretched else item.sizeHint().width()

    def _place_line(self, line: list[QLayoutItem], area: QRect, y: int, height: int) -> None:
        spare = area.width() - sum(self._width(item) for item in line) - self.spacing() * (len(line) - 1)
        widget = self.parentWidget()
        direction = widget.layoutDirection() if widget is not None else Qt.LayoutDirection.LeftToRight
        x = area.x()
        for item in line:
            width = min(self._width(item), area.width())
            if self._stretched is not None and item.widget() is self._stretched:
                width += max(0, spare)
            place = QRect(QPoint(x, y), QSize(width, height))
            item.setGeometry(QStyle.visualRect(direction, area, place))
            x += width + self.spacing()
