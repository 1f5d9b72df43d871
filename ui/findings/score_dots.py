"""Five dots for a value from 1 to 5, set by a digit, the arrows or a click."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from qma_app import design
from qma_app.i18n import _
from ui import theme
from ui.shortcuts import digit_of

MOST = 5


class ScoreDots(QWidget):
    """`picked` carries 1 to 5, or None when it was taken back (0, Delete, or a click on the value there is)."""

    picked = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._value: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_value(None)

    @property
    def value(self) -> int | None:
        return self._value

    def show_value(self, value: int | None) -> None:
        """Show what is stored."""
        self._value = value
        words = _("not yet said") if value is None else _("{value} of 5").format(value=value)
        self.setAccessibleName(f"{self._name}: {words}")
        self.setToolTip(_("{name}: {value} (keys 1 to 5, 0 for none)").format(name=self._name, value=words))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(18 * MOST + 26), theme.px(30))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        digit = digit_of(event)
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Up: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Down: -1}.get(
            Qt.Key(event.key())
        )
        if digit is not None and digit <= MOST:
            self._pick(digit or None)
        elif step is not None:
            self._pick(min(MOST, max(1, (self._value or (0 if step > 0 else 2)) + step)))
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._pick(None)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()  # what lies behind must not take the click for its own

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        place = int((event.position().x() - theme.px(4)) // theme.px(18)) + 1
        if 1 <= place <= MOST:
            self._pick(None if place == self._value else place)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus():
            painter.setPen(QPen(look.colour("focus"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
        for place in range(MOST):
            is_full = self._value is not None and place < self._value
            painter.setPen(QPen(look.colour("accent" if is_full else "control_edge"), 1.4))
            painter.setBrush(look.colour("accent" if is_full else "surface"))
            at = QPointF(look.px(4 + 18 * place + 9), self.height() / 2)
            painter.drawEllipse(at, look.px(5), look.px(5))
        painter.setFont(look.font(design.SIZE_SMALL))
        painter.setPen(look.colour("muted"))
        area = QRectF(look.px(18 * MOST + 8), 0, look.px(16), self.height())
        painter.drawText(
            area, Qt.AlignmentFlag.AlignVCenter, "–" if self._value is None else str(self._value)
        )

    def _pick(self, value: int | None) -> None:
        if value != self._value:
            self.show_value(value)
            self.picked.emit(value)
