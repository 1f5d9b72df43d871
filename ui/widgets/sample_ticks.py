"""The records drawn for a checkpoint: each ticked as conforming or not, with what they suggest for the rating."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from qma_app import design
from qma_app.domain.rating import Sample
from qma_app.i18n import _
from ui import theme
from ui.widgets.icons import paint_icon
from ui.widgets.labels import plain_tip

PITCH, SIDE = 34, 28
_NEXT = {None: True, True: False, False: None}


class SampleTicks(QWidget):
    """One square a record: ✓ conforms, ✗ does not, empty not looked at. Arrows move, Space ticks, Enter names the record."""

    ticked = Signal(int, object)  # place from 0, True, False or None
    moved = Signal(int)
    naming_wanted = Signal(int)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sample = Sample(records=())
        self._is_read_only = False
        self.current = 0
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)

    @property
    def sample(self) -> Sample:
        return self._sample

    def show_sample(self, sample: Sample, *, is_read_only: bool = False) -> None:
        """Show these records; the place of the keyboard stays."""
        is_other_size = len(sample.records) != len(self._sample.records)
        self._sample, self._is_read_only = sample, is_read_only
        self.current = min(self.current, max(0, len(sample.records) - 1))
        self._tell()
        if is_other_size:
            self.updateGeometry()
        self.update()

    def go_to(self, place: int) -> None:
        """Move the keyboard to a record."""
        if 0 <= place < len(self._sample.records):
            self.current = place
            self._tell()
            self.update()
            self.moved.emit(place)

    def spoken(self, place: int) -> str:
        """One record in words."""
        record = self._sample.records[place]
        state = {True: _("conforms"), False: _("does not conform"), None: _("not looked at")}[record.conforms]
        named = _("Record {number}").format(number=place + 1)
        return f"{named}, {record.label}: {state}" if record.label else f"{named}: {state}"

    def area_of(self, place: int) -> QRect:
        """Where a record can be clicked."""
        pitch, columns = theme.px(PITCH), self._columns(self.width())
        column = place % columns
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            column = self.width() // pitch - 1 - column
        return QRect(column * pitch, place // columns * pitch, pitch, pitch)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(PITCH) * 10, theme.px(PITCH))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(PITCH) * 3, theme.px(PITCH))

    def heightForWidth(self, width: int) -> int:
        return -(-max(1, len(self._sample.records)) // self._columns(width)) * theme.px(PITCH)

    def hasHeightForWidth(self) -> bool:
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Down: self._columns(self.width()),
            Qt.Key.Key_Up: -self._columns(self.width()),
        }
        key = Qt.Key(event.key())
        if key in steps:
            self.go_to(min(max(0, self.current + steps[key]), len(self._sample.records) - 1))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.go_to(0 if key == Qt.Key.Key_Home else len(self._sample.records) - 1)
        elif key == Qt.Key.Key_Space and not event.modifiers():
            self._tick(self.current)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            if not self._is_read_only:
                self.naming_wanted.emit(self.current)
        elif key in (Qt.Key.Key_Escape, Qt.Key.Key_X):
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._place_at(event.position())
        if place is None or event.button() is not Qt.MouseButton.LeftButton:
            return
        self.go_to(place)
        self._tick(place)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            place = self._place_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), "" if place is None else plain_tip(self.spoken(place)), self)
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.moved.emit(self.current)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inset = (look.px(PITCH) - look.px(SIDE)) / 2
        for place, record in enumerate(self._sample.records):
            area = QRectF(self.area_of(place)).adjusted(0, inset, -2 * inset, -inset)
            tone = {True: "ok", False: "bad", None: ""}[record.conforms]
            painter.setBrush(look.colour(f"{tone}-tint" if tone else "surface"))
            painter.setPen(Qt.PenStyle.NoPen if tone else QPen(look.colour("control_edge"), 1))
            if self.hasFocus() and place == self.current:
                painter.setPen(QPen(look.colour("focus"), 2))
            painter.drawRoundedRect(
                area.adjusted(0.5, 0.5, -0.5, -0.5), design.RADIUS_SMALL, design.RADIUS_SMALL
            )
            if tone:
                side = look.px(14)
                mark = QRectF(area.center().x() - side / 2, area.center().y() - side / 2, side, side)
                paint_icon(painter, "check" if record.conforms else "x", tone, mark)
            if record.label:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(look.colour("muted"))
                painter.drawEllipse(
                    QPointF(area.right() - look.px(4), area.top() + look.px(4)), look.px(1.8), look.px(1.8)
                )

    def _tick(self, place: int) -> None:
        if not self._is_read_only and self._sample.records:
            self.ticked.emit(place, _NEXT[self._sample.records[place].conforms])

    def _place_at(self, at: QPointF) -> int | None:
        point = at.toPoint()
        return next((n for n in range(len(self._sample.records)) if self.area_of(n).contains(point)), None)

    def _columns(self, width: int) -> int:
        """As many as fit, in lines of equal length: ten records are one line of ten or two of five."""
        count = max(1, len(self._sample.records))
        most = max(1, width // theme.px(PITCH))
        return -(-count // -(-count // most))

    def _tell(self) -> None:
        if self._sample.records:
            self.setAccessibleDescription(self.spoken(self.current))
