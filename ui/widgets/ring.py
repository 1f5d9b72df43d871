"""A ring that is filled as far as a level reaches, with the figure inside and a mark at the pass mark."""

from __future__ import annotations

from fractions import Fraction
from math import cos, hypot, pi, sin

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme

DIAMETER = 92
WIDTH = 9
# Between the figure's corners and the ring's inner edge, and the size below which a figure is not made smaller.
AIR, SMALLEST_FIGURE = 8, 9


class Ring(QWidget):
    """Shows a level in percent; None is an empty ring with a dash."""

    def __init__(self, parent: QWidget | None = None, *, name: str = "", diameter: int = DIAMETER) -> None:
        super().__init__(parent)
        self._level: Fraction | None = None
        self._text = "–"
        self._mark: int | None = None
        self._name = name
        self._diameter = diameter
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_level(self, level: Fraction | None, text: str, *, pass_mark: int | None = None) -> None:
        """`text` is the figure as people read it (`78.1%`)."""
        self._level, self._text, self._mark = level, text, pass_mark
        self.setAccessibleName(f"{self._name} {text}".strip())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(self._diameter), theme.px(self._diameter))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = look.px(WIDTH)
        inset = width / 2 + 2
        ring = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        pen = QPen(look.colour("line"), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.drawEllipse(ring)
        if self._level is not None:
            pen.setColor(look.colour("accent"))
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            share = max(0.0, min(1.0, float(self._level) / 100))
            painter.drawArc(ring, 90 * 16, round(-share * 360 * 16))
        if self._mark is not None:
            self._paint_mark(painter, ring, width)
        painter.setPen(look.colour("text"))
        painter.setFont(self._figure_font(ring.width() / 2 - width / 2 - look.px(AIR)))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._text)

    def _figure_font(self, radius: float) -> QFont:
        """The largest font in which the figure stays within a circle, corners and all."""
        size = self._diameter / 5
        font = theme.current().font(size, "bold")
        while size > SMALLEST_FIGURE:
            ink = QFontMetricsF(font).tightBoundingRect(self._text)
            if hypot(ink.width() / 2, ink.height() / 2) <= radius:
                break
            size -= 0.5
            font = theme.current().font(size, "bold")
        return font

    def _paint_mark(self, painter: QPainter, ring: QRectF, width: int) -> None:
        angle = (self._mark or 0) / 100 * 2 * pi
        radius = ring.width() / 2
        direction = QPointF(sin(angle), -cos(angle))
        painter.setPen(QPen(theme.current().colour("text"), 2))
        painter.drawLine(
            ring.center() + direction * (radius - width / 2 - 1),
            ring.center() + direction * (radius + width / 2 + 1),
        )
