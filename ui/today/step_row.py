"""One line of a card that leads somewhere: strong words, the rest, a line below, and a mark at the right end."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from qma_app import design
from ui import theme
from ui.places import Place
from ui.widgets.icons import paint_icon
from ui.widgets.labels import plain_tip


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """What a row says and where it leads; `badge` is a figure on a coloured ground in place of `right`."""

    strong: str
    rest: str = ""
    detail: str = ""
    right: str = ""
    tone: str = "muted"
    icon: str = ""
    badge: str = ""
    badge_colour: str = ""
    place: Place | None = None

    @property
    def spoken(self) -> str:
        return ", ".join(filter(None, (self.strong, self.rest, self.detail, self.right, self.badge)))


class StepRow(QAbstractButton):
    """Pressed by click, Space and Enter."""

    def __init__(self, step: Step, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.step = step
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.show_step(step)

    def show_step(self, step: Step) -> None:
        """Say something else in the same place."""
        self.step = step
        self.setAccessibleName(step.spoken)
        self._hint()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        look = theme.current()
        return QSize(look.px(240), look.px(45 if self.step.detail else 33))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(120), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._hint()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self.isDown():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("raised"))
            painter.drawRoundedRect(self.rect(), design.RADIUS_SMALL, design.RADIUS_SMALL)
        painter.fillRect(QRect(0, self.height() - 1, self.width(), 1), look.colour("line"))
        words = self._words()
        if self.step.icon:
            side = look.px(14)
            paint_icon(
                painter, self.step.icon, "muted", QRect(look.px(8), (self.height() - side) // 2, side, side)
            )
        self._paint_right(painter)
        self._paint_title(painter, words)
        if self.step.detail:
            painter.setFont(look.font(design.SIZE_SMALL))
            painter.setPen(look.colour("muted"))
            low = QRect(words.x(), self.height() // 2 + 1, words.width(), look.px(17))
            painter.drawText(
                low,
                Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
                _cut(painter, self.step.detail, low.width()),
            )
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.colour("focus"), 2))
            painter.drawRoundedRect(
                self.rect().adjusted(1, 1, -1, -1), design.RADIUS_SMALL, design.RADIUS_SMALL
            )

    def _paint_title(self, painter: QPainter, words: QRect) -> None:
        look = theme.current()
        high = QRect(words)
        if self.step.detail:
            high = QRect(words.x(), self.height() // 2 - look.px(19), words.width(), look.px(19))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.setPen(look.colour("text"))
        painter.setFont(look.font(design.SIZE_BODY, "strong"))
        strong = _cut(painter, self.step.strong, high.width())
        painter.drawText(high, flags, strong)
        if self.step.rest:
            high.setLeft(high.left() + painter.fontMetrics().horizontalAdvance(strong) + look.px(6))
            painter.setFont(look.font(design.SIZE_BODY))
            painter.drawText(high, flags, _cut(painter, self.step.rest, high.width()))

    def _paint_right(self, painter: QPainter) -> None:
        look = theme.current()
        width = self._right_width()
        area = QRectF(self.width() - look.px(8) - width, 0, width, self.height())
        if self.step.badge:
            ground = QRectF(area.x(), area.center().y() - look.px(11), width, look.px(22))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self.step.badge_colour))
            painter.drawRoundedRect(ground, design.RADIUS_SMALL, design.RADIUS_SMALL)
            painter.setFont(look.font(design.SIZE_BODY - 0.5, "strong"))
            painter.setPen(QColor(design.readable_on(self.step.badge_colour)))
            painter.drawText(ground, Qt.AlignmentFlag.AlignCenter, self.step.badge)
        elif self.step.right:
            painter.setFont(self._right_font())
            painter.setPen(look.colour(self.step.tone))
            painter.drawText(
                area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self.step.right
            )

    def _right_font(self) -> QFont:
        return theme.current().font(
            design.SIZE_BODY - 0.5, "regular" if self.step.tone == "muted" else "strong"
        )

    def _right_width(self) -> int:
        if self.step.badge:
            return theme.px(32)
        return QFontMetrics(self._right_font()).horizontalAdvance(self.step.right) if self.step.right else 0

    def _words(self) -> QRect:
        look = theme.current()
        left = look.px(36 if self.step.icon else 8)
        right = self._right_width() + look.px(8)
        return QRect(left, 0, max(0, self.width() - left - right - look.px(10)), self.height())

    def _hint(self) -> None:
        """What does not fit is shown whole in the tooltip."""
        look, step, width = theme.current(), self.step, self._words().width()
        title = QFontMetrics(look.font(design.SIZE_BODY, "strong")).horizontalAdvance(
            f"{step.strong} {step.rest}"
        )
        detail = QFontMetrics(look.font(design.SIZE_SMALL)).horizontalAdvance(step.detail)
        lines = "\n".join(filter(None, (f"{step.strong} {step.rest}".strip(), step.detail)))
        self.setToolTip(plain_tip(lines) if max(title, detail) > width else "")


def _cut(painter: QPainter, text: str, width: int) -> str:
    return painter.fontMetrics().elidedText(text.replace("\n", " "), Qt.TextElideMode.ElideRight, width)
