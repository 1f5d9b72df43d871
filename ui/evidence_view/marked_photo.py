"""The photo with its marks as they stand on the screen: painted, and found again under a point."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from qma_app.domain.evidence import Mark, MarkKind
from ui import theme
from ui.evidence_view import mark_shapes as shapes
from ui.evidence_view.mark_history import MarkHistory
from ui.evidence_view.mark_painter import MarkPainter, paint_blurred
from ui.evidence_view.mark_shapes import Handle

MARGIN = 26
_GRIP = 9
_REACH = 9


class MarkedPhoto(QWidget):
    """The whole picture always fits; the room around it lets a mark begin and end at its very edge.

    Nothing is changed here: what is chosen, drawn or moved stands in the fields, and is shown as it is.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.history = MarkHistory()
        self.chosen = -1
        self._picture = QImage()
        self._drawing: Mark | None = None
        self._moving: Mark | None = None

    @property
    def marks(self) -> tuple[Mark, ...]:
        return self.history.marks

    @property
    def current(self) -> Mark | None:
        """The mark that is chosen."""
        return self.marks[self.chosen] if 0 <= self.chosen < len(self.marks) else None

    def sizeHint(self) -> QSize:
        return QSize(theme.px(700), theme.px(500))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(240), theme.px(180))

    def area(self) -> QRectF:
        """Where the picture stands: as large as the room allows, whole, never larger than it is."""
        room = QRectF(self.rect()).adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        if self._picture.isNull() or room.width() <= 0 or room.height() <= 0:
            return room
        width, height = self._picture.width(), self._picture.height()
        scale = min(room.width() / width, room.height() / height, 1.0)
        field = QRectF(0, 0, width * scale, height * scale)
        field.moveCenter(room.center())
        return field

    def pen(self) -> MarkPainter:
        """Paints in the size of what is left of the picture by its crop."""
        area = self.area()
        crop = next((mark for mark in self._shown() if mark.kind is MarkKind.CROP), None)
        return MarkPainter(area, MarkPainter(area).field(crop) if crop is not None else None)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), look.colour("raised"))
        if self._picture.isNull():
            return
        pen = self.pen()
        painter.drawImage(pen.area, self._picture)
        marks = self._shown()
        for mark in marks:
            if mark.kind is MarkKind.BLUR:
                paint_blurred(painter, self._picture, mark, pen.field(mark))
        painter.setClipRect(pen.area)
        for mark in marks:
            pen.paint(painter, mark)
        painter.setClipping(False)
        for mark in marks:
            if mark.kind is MarkKind.CROP:
                _paint_shade(painter, pen.area, pen.field(mark))
        self._paint_choice(painter, pen)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.colour("focus"), 2))
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))

    def _paint_choice(self, painter: QPainter, pen: MarkPainter) -> None:
        mark = self._moving or self.current
        if mark is None or self._drawing is not None:
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, style in (("#FFFFFF", Qt.PenStyle.SolidLine), ("#1B2733", Qt.PenStyle.DashLine)):
            painter.setPen(QPen(QColor(colour), 1.5, style))
            painter.drawRect(pen.field(mark))
        painter.setPen(QPen(QColor("#1B2733"), 1.5))
        painter.setBrush(QColor("#FFFFFF"))
        for grip in self._grips(mark, pen).values():
            painter.drawRect(grip)

    def _grips(self, mark: Mark, pen: MarkPainter) -> dict[Handle, QRectF]:
        if mark.kind is MarkKind.TEXT:
            field = pen.field(mark)
            grip = QRectF(0, 0, _GRIP, _GRIP)
            grip.moveCenter(QPointF(field.right(), field.center().y()))
            return {Handle.RIGHT: grip}
        grips = {}
        for handle in shapes.handles_of(mark):
            grip = QRectF(0, 0, _GRIP, _GRIP)
            grip.moveCenter(pen.point(*shapes.handle_at(mark, handle)))
            grips[handle] = grip
        return grips

    def _handle_under(self, at: QPointF) -> Handle | None:
        mark = self.current
        if mark is None:
            return None
        grips = self._grips(mark, self.pen())
        # The last ones lie on top where a mark is small.
        return next(
            (handle for handle, grip in reversed(grips.items()) if grip.adjusted(-4, -4, 4, 4).contains(at)),
            None,
        )

    def _mark_under(self, at: QPointF) -> int:
        """The mark on top below a point; what lies inside a crop is reached through it, the crop by its edge."""
        pen = self.pen()
        for place, mark in reversed(list(enumerate(self.marks))):
            field = pen.field(mark).adjusted(-_REACH / 2, -_REACH / 2, _REACH / 2, _REACH / 2)
            inner = pen.field(mark).adjusted(_REACH, _REACH, -_REACH, -_REACH)
            if mark.kind is MarkKind.ARROW:
                if pen.is_on_arrow(mark, at, _REACH):
                    return place
            elif field.contains(at) and not (mark.kind is MarkKind.CROP and inner.contains(at)):
                return place
        return -1

    def _shown(self) -> tuple[Mark, ...]:
        """The marks as they stand on the screen, with what is being drawn or moved."""
        marks = self.marks
        if self._moving is not None and self.current is not None:
            marks = tuple(self._moving if at == self.chosen else mark for at, mark in enumerate(marks))
        if self._drawing is not None:
            drawing = shapes.settled(self._drawing)
            if drawing is not None:
                marks = shapes.with_mark(marks, drawing)
        return marks


def _paint_shade(painter: QPainter, area: QRectF, kept: QRectF) -> None:
    """What the crop leaves out is dimmed; a fine line bounds what stays."""
    outside = QPainterPath()
    outside.addRect(area)
    inside = QPainterPath()
    inside.addRect(kept)
    painter.fillPath(outside.subtracted(inside), QColor(0, 0, 0, 150))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor("#FFFFFF"), 1.5))
    painter.drawRect(kept)
