"""A field to sign in with mouse, pen or finger; what is drawn is kept as lines, never as a picture."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QEventPoint,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QTabletEvent,
    QTouchEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from qma_app import design
from qma_app.i18n import _
from ui import theme

WIDTH: Final = 1000
"""Strokes are in thousandths of the pad's width, whatever its size on this screen."""
HEIGHT: Final = 300
_CLOSEST: Final = 2
"""A point nearer than this to the last one says nothing new."""
_MOST_FIGURES: Final = 30_000
_WIDE = 440


class SignaturePad(QWidget):
    """`drawn` after each change. Backspace takes the last stroke back, Delete all of them."""

    drawn = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._strokes: list[list[int]] = []
        self._is_drawing = False
        self._finger: int | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleDescription(_("Backspace takes the last stroke back, Delete all of them."))
        self._tell()

    @property
    def strokes(self) -> tuple[tuple[int, ...], ...]:
        """What is drawn: each stroke as x, y, x, y …"""
        return tuple(tuple(stroke) for stroke in self._strokes)

    @property
    def is_signed(self) -> bool:
        """Whether there is a line, not just a dot."""
        return any(len(stroke) >= 4 for stroke in self._strokes)

    def clear(self) -> None:
        """Begin anew."""
        self._strokes = []
        self._is_drawing, self._finger = False, None
        self._changed()

    def undo_stroke(self) -> None:
        """Take the last stroke back."""
        if self._strokes:
            self._strokes.pop()
            self._is_drawing = False
            self._changed()

    def sizeHint(self) -> QSize:
        wide = theme.px(_WIDE)
        return QSize(wide, self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        wide = theme.px(_WIDE // 2)
        return QSize(wide, self.heightForWidth(wide))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return width * HEIGHT // WIDTH

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and _is_real(event):
            self._begin(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton and _is_real(event):
            self._go_on(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and _is_real(event):
            self._end(event.position())

    def tabletEvent(self, event: QTabletEvent) -> None:
        """A pen draws while its tip touches; hovering draws nothing."""
        kind = event.type()
        if kind is QEvent.Type.TabletPress and event.button() is Qt.MouseButton.LeftButton:
            self._begin(event.position())
        elif kind is QEvent.Type.TabletMove and event.buttons() & Qt.MouseButton.LeftButton:
            self._go_on(event.position())
        elif kind is QEvent.Type.TabletRelease and event.button() is Qt.MouseButton.LeftButton:
            self._end(event.position())
        # Taken in any case: otherwise Qt would say the same once more as a mouse.
        event.accept()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QTouchEvent):
            self._touched(event)
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Backspace:
            self.undo_stroke()
        elif event.key() == Qt.Key.Key_Delete:
            self.clear()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = look.colour("focus" if self.hasFocus() else "control-edge")
        painter.setPen(QPen(edge, 2 if self.hasFocus() else 1))
        painter.setBrush(look.colour("surface"))
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(1, 1, -1, -1), design.RADIUS_CARD, design.RADIUS_CARD
        )
        base = self.height() * 0.78
        painter.setPen(QPen(look.colour("line"), 1))
        painter.drawLine(QPointF(look.px(20), base), QPointF(self.width() - look.px(20), base))
        if not self._strokes:
            painter.setPen(look.colour("muted"))
            painter.setFont(look.font(design.SIZE_SMALL))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, _("Sign here"))
            return
        pen = QPen(look.colour("text"), look.px(2))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(pen)
        for stroke in self._strokes:
            painter.drawPath(stroke_path(stroke, self.width() / WIDTH))

    def _touched(self, event: QTouchEvent) -> None:
        """The first finger signs; a palm laid down beside it does not."""
        if event.type() is QEvent.Type.TouchCancel:
            self._finger = None
            self.undo_stroke()
            return
        for point in event.points():
            at = self.mapFromGlobal(point.globalPosition())
            if point.state() is QEventPoint.State.Pressed and self._finger is None:
                self._finger = point.id()
                self._begin(at)
            elif point.id() == self._finger and point.state() is QEventPoint.State.Updated:
                self._go_on(at)
            elif point.id() == self._finger and point.state() is QEventPoint.State.Released:
                self._end(at)
                self._finger = None

    def _begin(self, at: QPointF) -> None:
        if self._is_full():
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._strokes.append([*self._place(at)])
        self._is_drawing = True
        self.update()

    def _go_on(self, at: QPointF) -> None:
        if not self._is_drawing or self._is_full():
            return
        x, y = self._place(at)
        stroke = self._strokes[-1]
        if max(abs(x - stroke[-2]), abs(y - stroke[-1])) >= _CLOSEST:
            stroke += [x, y]
            self.update()

    def _end(self, at: QPointF) -> None:
        if self._is_drawing:
            self._go_on(at)
            self._is_drawing = False
            self._changed()

    def _place(self, at: QPointF) -> tuple[int, int]:
        wide = max(1, self.width())
        x, y = round(at.x() / wide * WIDTH), round(at.y() / wide * WIDTH)
        return min(max(x, 0), WIDTH), min(max(y, 0), HEIGHT)

    def _is_full(self) -> bool:
        return sum(map(len, self._strokes)) >= _MOST_FIGURES

    def _changed(self) -> None:
        self._tell()
        self.update()
        self.drawn.emit()

    def _tell(self) -> None:
        state = _("signed") if self.is_signed else _("empty")
        self.setAccessibleName(_("Signature, {state}").format(state=state))


def stroke_path(stroke: Sequence[int], scale: float) -> QPainterPath:
    """The line of a stroke at some size; a single point becomes a dot."""
    points = [QPointF(x * scale, y * scale) for x, y in zip(stroke[::2], stroke[1::2], strict=True)]
    path = QPainterPath(points[0])
    for point in points[1:] or [points[0] + QPointF(0.1, 0)]:
        path.lineTo(point)
    return path


def _is_real(event: QMouseEvent) -> bool:
    """Whether a mouse was moved, and not a finger of which Qt speaks once more as a mouse."""
    return event.source() is Qt.MouseEventSource.MouseEventNotSynthesized
