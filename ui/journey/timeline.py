"""The programme in time, painted by one widget: walked and moved by keys, dragged by mouse, zoomed and scrolled."""

from __future__ import annotations

from datetime import date
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from qma_app import design
from ui import theme
from ui.journey.timeline_drag import Drag, Grip, grip_at, moved_span
from ui.journey.timeline_painting import TimelinePainter
from ui.journey.timeline_pieces import Kind, Piece
from ui.journey.timeline_stage import TimelineStage
from ui.widgets.labels import plain_tip

_WEEK: Final = 7
_ALT: Final = Qt.KeyboardModifier.AltModifier
_ALT_SHIFT: Final = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
_ARROWS: Final = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)


class Timeline(TimelineStage):
    """`opened` is Enter or a double click on a piece; `moved` carries a piece with its wanted days, `carried` an area and the rows
    it goes up (negative) or down."""

    opened = Signal(object)
    moved = Signal(object, object, object)
    carried = Signal(object, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        self._drag: Drag | None = None
        self._pressed: Drag | None = None
        super().__init__(parent)
        self.setMouseTracking(True)

    @property
    def is_dragging(self) -> bool:
        return self._drag is not None

    @property
    def span_dragged(self) -> tuple[date, date] | None:
        """The days the bar being dragged would have."""
        return self._drag.span if self._drag is not None else None

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.current is None and (first := self._first_choice()) is not None:
            self._choose(first)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.let_go()
        self.update()

    def event(self, event: QEvent) -> bool:
        # Alt with arrows goes back and forward everywhere else: here it moves what is chosen.
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            is_move = event.key() in _ARROWS and event.modifiers() in (_ALT, _ALT_SHIFT)
            piece = self.current
            if is_move and piece is not None and piece.is_movable:
                event.accept()
                return True
            if event.key() == Qt.Key.Key_Escape and self._drag is not None:
                event.accept()
                return True
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._show_tip(event)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, modifiers = event.key(), event.modifiers()
        if key == Qt.Key.Key_Escape and self._drag is not None:
            self.let_go()
        elif modifiers in (_ALT, _ALT_SHIFT) and key in _ARROWS:
            self._move_by_key(key, is_edge=modifiers == _ALT_SHIFT)
        elif key in _ARROWS and not modifiers & ~Qt.KeyboardModifier.KeypadModifier:
            self._step(key)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._to_end(is_last=key == Qt.Key.Key_End)
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown) and self._needs_bar():
            self.bar.setValue(
                self.bar.value() + (-1 if key == Qt.Key.Key_PageUp else 1) * self.bar.pageStep() // 2
            )
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current is not None:
            self.opened.emit(self.current)
        elif event.text() in ("+", "="):
            self.zoom_by(-1)
        elif event.text() == "-":
            self.zoom_by(1)
        else:
            super().keyPressEvent(event)

    def _step(self, key: int) -> None:
        found = self._find(self._current)
        if found is None:
            if (first := self._first_choice()) is not None:
                self._choose(first)
            return
        row, piece = found
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            pieces = self._rows[row].pieces
            place = pieces.index(piece) + (1 if key == Qt.Key.Key_Right else -1)
            if 0 <= place < len(pieces):
                self._choose(pieces[place])
            return
        step = 1 if key == Qt.Key.Key_Down else -1
        other = row + step
        while 0 <= other < len(self._rows) and not self._rows[other].pieces:
            other += step
        if 0 <= other < len(self._rows):
            self._choose(self._nearest(other, piece))

    def _nearest(self, row: int, piece: Piece) -> Piece:
        """The piece of a row that lies nearest in time; around today where a long bar leaves the choice."""
        wanted = min(max(self._today, piece.first), piece.last)
        return min(
            self._rows[row].pieces,
            key=lambda one: max((one.first - wanted).days, (wanted - one.last).days, 0),
        )

    def _to_end(self, *, is_last: bool) -> None:
        found = self._find(self._current)
        pieces = self._rows[found[0]].pieces if found else ()
        if pieces:
            self._choose(pieces[-1 if is_last else 0])

    def _move_by_key(self, key: int, *, is_edge: bool) -> None:
        piece = self.current
        if piece is None or not piece.is_movable:
            return
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            if piece.kind is Kind.AREA and not is_edge:
                self.carried.emit(piece, 1 if key == Qt.Key.Key_Down else -1)
            return
        days = _WEEK if key == Qt.Key.Key_Right else -_WEEK
        span = moved_span(piece, Grip.END if is_edge else Grip.BODY, days)
        if span != (piece.first, piece.last):
            self.moved.emit(piece, *span)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        found = self.laid_out.piece_at(event.position())
        if found is None:
            return
        row, piece = found
        grip = grip_at(piece, self.laid_out.area_of(row, piece), event.position())
        self._choose(piece)
        if piece.is_movable:
            self._pressed = Drag(piece=piece, row=row, grip=grip, begun=event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            self._point(event.position())
            return
        way = event.position() - self._pressed.begun
        if self._drag is None and way.manhattanLength() < QApplication.startDragDistance():
            return
        self._drag = self._carried_to(self._pressed, event.position())
        self.update()

    def _carried_to(self, held: Drag, at: QPointF) -> Drag:
        layout = self.laid_out
        way = at - held.begun
        is_upright = abs(way.y()) > layout.row_high(self._rows[held.row]) * 0.7 and abs(way.y()) > abs(
            way.x()
        )
        if held.piece.kind is Kind.AREA and held.grip is Grip.BODY and is_upright:
            target = layout.row_at(at.y())
            is_area = target is not None and self._rows[target].kind is Kind.AREA
            return Drag(
                piece=held.piece,
                row=held.row,
                grip=held.grip,
                begun=held.begun,
                target=target if is_area else None,
            )
        days = layout.scale.days_in(way.x())
        return Drag(piece=held.piece, row=held.row, grip=held.grip, begun=held.begun, days=days)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        drag = self._drag
        self.let_go()
        if drag is None or event.button() is not Qt.MouseButton.LeftButton:
            return
        if drag.target is not None:
            if drag.target != drag.row:
                self.carried.emit(drag.piece, drag.target - drag.row)
        elif drag.span != (drag.piece.first, drag.piece.last):
            self.moved.emit(drag.piece, *drag.span)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        found = self.laid_out.piece_at(event.position())
        self.let_go()
        if found is not None and event.button() is Qt.MouseButton.LeftButton:
            self.opened.emit(found[1])

    def wheelEvent(self, event: QWheelEvent) -> None:
        modifiers, turned = event.modifiers(), event.angleDelta()
        if modifiers & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(-1 if turned.y() > 0 else 1)
        elif self._needs_bar() and (turned.x() or modifiers & Qt.KeyboardModifier.ShiftModifier):
            self.bar.setValue(self.bar.value() - (turned.x() or turned.y()))
        else:
            event.ignore()
            return
        event.accept()

    def let_go(self) -> None:
        self._drag = self._pressed = None
        self.update()

    def _point(self, at: QPointF) -> None:
        found = self.laid_out.piece_at(at)
        shape = Qt.CursorShape.ArrowCursor
        if found is not None:
            grip = grip_at(found[1], self.laid_out.area_of(*found), at)
            is_edge = found[1].is_movable and grip is not Grip.BODY
            shape = Qt.CursorShape.SizeHorCursor if is_edge else Qt.CursorShape.PointingHandCursor
        self.setCursor(shape)

    def _show_tip(self, event: QHelpEvent) -> None:
        found = self.laid_out.piece_at(QPointF(event.pos()))
        if found is None:
            row = self.laid_out.row_at(event.pos().y())
            note = self._rows[row].note if row is not None else ""
            QToolTip.showText(event.globalPos(), plain_tip(note), self)
            return
        QToolTip.showText(event.globalPos(), plain_tip(found[1].spoken), self)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        layout = self.laid_out
        made = TimelinePainter(painter, layout, self._today)
        made.paint(self._closed)
        if self._drag is not None:
            self._paint_drag(painter, made, self._drag)
        elif self.hasFocus() and (found := self._find(self._current)) is not None:
            painter.setClipRect(QRectF(layout.scale.left - 6, 0, layout.scale.width + 14, layout.height))
            area = layout.area_of(*found).adjusted(-3, -3, 3, 3)
            radius = area.height() / 2 if found[1].kind in (Kind.AREA, Kind.VISIT) else design.RADIUS_CARD
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.current().colour("surface"), 4))
            painter.drawRoundedRect(area, radius, radius)
            painter.setPen(QPen(theme.current().colour("focus"), 2))
            painter.drawRoundedRect(area, radius, radius)

    def _paint_drag(self, painter: QPainter, made: TimelinePainter, drag: Drag) -> None:
        look, layout = theme.current(), self.laid_out
        painter.setPen(QPen(look.colour("accent"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if drag.target is not None:
            row = layout.row_area(drag.target)
            y = row.bottom() if drag.target > drag.row else row.top()
            painter.drawLine(QPointF(0, y), QPointF(layout.scale.left + layout.scale.width, y))
            return
        area = layout.area_of(drag.row, drag.piece)
        first, last = drag.span
        area.setLeft(layout.scale.x_of(first))
        area.setRight(layout.scale.end_of(last))
        radius = area.height() / 2 if drag.piece.kind is Kind.AREA else design.RADIUS_SMALL
        painter.setBrush(look.colour("accent-tint"))
        painter.drawRoundedRect(area, radius, radius)
        self._paint_words(painter, drag.words, area)

    def _paint_words(self, painter: QPainter, words: str, beside: QRectF) -> None:
        look = theme.current()
        painter.setFont(look.font(design.SIZE_SMALL))
        width = QFontMetricsF(painter.font()).horizontalAdvance(words) + theme.px(16)
        left = min(max(0.0, beside.center().x() - width / 2), self.width() - width)
        top = beside.bottom() + theme.px(6)
        if top + theme.px(24) > self.height():
            top = beside.top() - theme.px(30)
        ground = QRectF(left, top, width, theme.px(24))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("sidebar"))
        painter.drawRoundedRect(ground, design.RADIUS_SMALL, design.RADIUS_SMALL)
        painter.setPen(look.colour("sidebar_text"))
        painter.drawText(ground, Qt.AlignmentFlag.AlignCenter, words)
