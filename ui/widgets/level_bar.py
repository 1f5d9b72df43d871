"""Levels as a bar with the pass mark, and as a coloured cell with its figure; for tables and cards."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from qma_app import design
from ui import theme

THICK = 6


def paint_level_bar(
    painter: QPainter, area: QRectF, level: Fraction | None, *, floor: int, pass_mark: int, token: str = ""
) -> None:
    """A bar as long as the level, in the ramp's colour (or a token), with a mark at the pass mark."""
    look = theme.current()
    thick = look.px(THICK)
    track = QRectF(area.x(), area.center().y() - thick / 2, area.width(), thick)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour("line"))
    painter.drawRoundedRect(track, thick / 2, thick / 2)
    if level:
        filled = QRectF(track)
        filled.setWidth(max(thick, track.width() * min(1.0, float(level) / 100)))
        painter.setBrush(
            look.colour(token)
            if token
            else QColor(design.level_colour(level, floor=floor, pass_mark=pass_mark))
        )
        painter.drawRoundedRect(filled, thick / 2, thick / 2)
    painter.setBrush(look.colour("text"))
    half = look.px(14) / 2
    painter.drawRect(
        QRectF(round(track.x() + track.width() * pass_mark / 100) - 1, track.center().y() - half, 2, 2 * half)
    )
    painter.restore()


def paint_level_cell(
    painter: QPainter, area: QRectF, level: Fraction | None, text: str, *, floor: int, pass_mark: int
) -> None:
    """A cell in the ramp's colour with its figure at the right, in whichever ink has more contrast."""
    colour = design.level_colour(level, floor=floor, pass_mark=pass_mark)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawRoundedRect(area, design.RADIUS_SMALL, design.RADIUS_SMALL)
    painter.setPen(QColor(design.readable_on(colour)))
    painter.setFont(theme.current().font(design.SIZE_BODY - 0.5))
    painter.drawText(
        area.adjusted(4, 0, -theme.px(8), 0),
        Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
        text,
    )
    painter.restore()


class LevelBar(QWidget):
    """The bar as a widget; its accessible name carries the figure."""

    def __init__(self, parent: QWidget | None = None, *, floor: int = 70, pass_mark: int = 80) -> None:
        super().__init__(parent)
        self._level: Fraction | None = None
        self._floor, self._pass_mark = floor, pass_mark
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_level(self, level: Fraction | None, text: str) -> None:
        """`text` is the figure in words for those who do not see the bar."""
        self._level = level
        self.setAccessibleName(text)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(120), theme.px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_level_bar(
            QPainter(self), QRectF(self.rect()), self._level, floor=self._floor, pass_mark=self._pass_mark
        )
