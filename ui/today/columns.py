"""Two columns of cards that become one where the page is narrow."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui import theme
from ui.pages.page import GAP, scrolling

NARROW = 700


class Columns(QWidget):
    """`left` takes three fifths of the width; below `NARROW` what is right goes under it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.left, self.right = QVBoxLayout(), QVBoxLayout()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        for column, share in ((self.left, 61), (self.right, 39)):
            column.setSpacing(GAP)
            self._row.addLayout(column, share)
        self._row.setSpacing(GAP)

    @property
    def is_one_column(self) -> bool:
        return self._row.direction() is QBoxLayout.Direction.TopToBottom

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(320), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = self.width() < theme.px(NARROW)
        self._row.setDirection(
            QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight
        )
        # Side by side the shares count; one above the other each is as high as it needs.
        for place, share in enumerate((0, 0) if is_narrow else (61, 39)):
            self._row.setStretch(place, share)


def in_columns(view: QWidget, left: Sequence[QWidget], right: Sequence[QWidget]) -> QScrollArea:
    """Fill a view with its cards in two columns that scroll together."""
    columns = Columns()
    for column, cards in ((columns.left, left), (columns.right, right)):
        for card in cards:
            column.addWidget(card)
        column.addStretch(1)
    inside = QWidget()
    around = QVBoxLayout(inside)
    around.setContentsMargins(0, 0, 6, GAP)
    around.addWidget(columns)
    area = scrolling(inside)
    whole = QVBoxLayout(view)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.addWidget(area)
    return area
