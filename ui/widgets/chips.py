"""Small marks with a word: grade, state, link, count; the colour only repeats what the word says."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from qma_app import design
from ui import theme

TONES = ("neutral", "accent", "ok", "warn", "bad")


def chip_size(text: str) -> QSize:
    """The space a chip needs, for delegates."""
    look = theme.current()
    metrics = QFontMetrics(look.font(design.SIZE_SMALL - 1, "strong"))
    return QSize(metrics.horizontalAdvance(text) + look.px(14), metrics.height() + look.px(4))


def paint_chip(
    painter: QPainter, area: QRectF, text: str, tone: str = "neutral", *, is_outlined: bool = False
) -> None:
    """Paint a chip into `area`; `is_outlined` draws an edge instead of a ground (critical)."""
    look = theme.current()
    ink = look.colour("muted" if tone == "neutral" else tone)
    ground = look.colour("raised" if tone == "neutral" else f"{tone}-tint")
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(look.colour("surface") if is_outlined else ground)
    painter.setPen(QPen(ink, 1) if is_outlined else QPen(QColor(0, 0, 0, 0)))
    painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), design.RADIUS_SMALL, design.RADIUS_SMALL)
    painter.setFont(look.font(design.SIZE_SMALL - 1, "strong"))
    painter.setPen(ink)
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()


class Chip(QWidget):
    """A word on a tinted ground; tones: neutral, accent, ok, warn, bad."""

    def __init__(
        self, text: str, parent: QWidget | None = None, *, tone: str = "neutral", is_outlined: bool = False
    ) -> None:
        super().__init__(parent)
        self._text, self._tone, self._is_outlined = text, tone, is_outlined
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)

    def say(self, text: str, tone: str | None = None) -> None:
        """Another word, and another tone if given."""
        self._text, self._tone = text, tone or self._tone
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        return self._text

    def sizeHint(self) -> QSize:
        return chip_size(self._text)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_chip(QPainter(self), QRectF(self.rect()), self._text, self._tone, is_outlined=self._is_outlined)
