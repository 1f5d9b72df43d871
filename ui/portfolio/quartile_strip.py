"""How levels spread on one line: the middle half as a bar, each dealership as a dot, the open one marked."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from qma_app import design
from qma_app.i18n import _
from ui import theme

_STEP = 20


class QuartileStrip(QWidget):
    """Painted; the words beside it and its accessible name say the same."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._levels: tuple[Fraction, ...] = ()
        self._bounds: tuple[Fraction, Fraction, Fraction] | None = None
        self._own: Fraction | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_levels(
        self,
        levels: Sequence[Fraction],
        bounds: tuple[Fraction, Fraction, Fraction] | None,
        own: Fraction | None,
        words: str,
    ) -> None:
        """Show these levels, quartiles, and the level of the open dealership."""
        self._levels, self._bounds, self._own = tuple(levels), bounds, own
        self.setAccessibleName(words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(320), theme.px(74))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(160), theme.px(74))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._bounds is None:
            return
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        first = max(0, int(min(self._levels) // _STEP) * _STEP)
        line = QRectF(self.rect()).adjusted(look.px(14), look.px(30), -look.px(14), -look.px(22))
        middle = line.center().y()

        def x_of(level: Fraction) -> float:
            return line.left() + line.width() * float(level - first) / (100 - first)

        self._paint_scale(painter, line, first)
        lower, median, upper = (x_of(bound) for bound in self._bounds)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("accent-tint"))
        half = look.px(9)
        painter.drawRoundedRect(QRectF(lower, middle - half, upper - lower, 2 * half), 4, 4)
        painter.setPen(QPen(look.colour("accent"), 2))
        painter.drawLine(QPointF(median, middle - half), QPointF(median, middle + half))
        painter.setPen(QPen(look.colour("surface"), 1))
        painter.setBrush(look.colour("muted"))
        for level in self._levels:
            painter.drawEllipse(QPointF(x_of(level), middle), look.px(4), look.px(4))
        if self._own is not None:
            self._paint_own(painter, x_of(self._own), middle)

    def _paint_scale(self, painter: QPainter, line: QRectF, first: int) -> None:
        look = theme.current()
        painter.setFont(look.font(design.SIZE_SMALL - 1))
        for mark in range(first, 101, _STEP):
            x = line.left() + line.width() * (mark - first) / (100 - first)
            painter.setPen(QPen(look.colour("line"), 1))
            painter.drawLine(QPointF(x, line.top() - look.px(4)), QPointF(x, line.bottom()))
            painter.setPen(look.colour("muted"))
            place = QRectF(x - look.px(20), line.bottom() + 2, look.px(40), look.px(16))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, str(mark))

    def _paint_own(self, painter: QPainter, x: float, middle: float) -> None:
        look = theme.current()
        painter.setPen(QPen(look.colour("surface"), 2))
        painter.setBrush(look.colour("accent"))
        painter.drawEllipse(QPointF(x, middle), look.px(7), look.px(7))
        painter.setFont(look.font(design.SIZE_SMALL - 0.5, "strong"))
        painter.setPen(look.colour("accent"))
        wide = look.px(120)
        left = min(max(0.0, x - wide / 2), self.width() - wide)
        place = QRectF(left, 0, wide, look.px(18))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, _("this dealership"))
