"""A small line over time without axes, for a table cell or a card row."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme


def paint_spark(painter: QPainter, area: QRectF, values: Sequence[float | None], token: str = "ok") -> None:
    """Paint values from left to right; None leaves a gap."""
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return
    low, high = min(known), max(known)
    height = high - low or 1
    step = area.width() / (len(values) - 1)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(
        QPen(
            theme.current().colour(token),
            1.8,
            Qt.PenStyle.SolidLine,
            Qt.PenCapStyle.RoundCap,
            Qt.PenJoinStyle.RoundJoin,
        )
    )
    line: list[QPointF] = []
    for place, value in enumerate([*values, None]):
        if value is not None:
            line.append(
                QPointF(area.x() + place * step, area.bottom() - (value - low) / height * area.height())
            )
        elif line:
            painter.drawPolyline(QPolygonF(line))
            line = []
    painter.restore()


class Spark(QWidget):
    """The line as a widget; `name` says in words what it shows."""

    def __init__(self, name: str, values: Sequence[float | None] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values = tuple(values)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_values(self, values: Sequence[float | None]) -> None:
        self._values = tuple(values)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(108), theme.px(24))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_spark(QPainter(self), QRectF(self.rect()).adjusted(2, 3, -2, -3), self._values)
