"""The numbers that were drawn by lot, each to be ticked where the record is not in order."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from qma_app import design
from qma_app.i18n import _
from ui import theme
from ui.widgets.icons import paint_icon

_PITCH_X, _PITCH_Y = 72, 34


class LotTicks(QWidget):
    """Arrows walk, Space or a click ticks; `ticked` follows each change. A tick says "not in order" by colour and shape."""

    ticked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._numbers: tuple[int, ...] = ()
        self._failing: set[int] = set()
        self.current = 0
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Records drawn; tick those that fail"))

    @property
    def numbers(self) -> tuple[int, ...]:
        return self._numbers

    @property
    def failing(self) -> tuple[int, ...]:
        """The numbers that are ticked, in their order."""
        return tuple(number for number in self._numbers if number in self._failing)

    def show_numbers(self, numbers: Sequence[int]) -> None:
        """Show other numbers; ticks of those that stay are kept."""
        self._numbers = tuple(numbers)
        self._failing &= set(numbers)
        self.current = 0
        self.setVisible(bool(numbers))
        self._tell()
        self.updateGeometry()
        self.update()

    def area_of(self, place: int) -> QRect:
        """Where a number is painted and clicked."""
        columns = self._columns(self.width())
        wide, high = theme.px(_PITCH_X), theme.px(_PITCH_Y)
        return QRect(place % columns * wide, place // columns * high, wide - 6, high - 6)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(_PITCH_X) * 6, self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(_PITCH_X) * 2, theme.px(_PITCH_Y))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return -(-max(1, len(self._numbers)) // self._columns(width)) * theme.px(_PITCH_Y)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        columns = self._columns(self.width())
        steps = {
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Down: columns,
            Qt.Key.Key_Up: -columns,
        }
        key = Qt.Key(event.key())
        if key in steps:
            self._go_to(self.current + steps[key])
        elif key == Qt.Key.Key_Space and not event.modifiers():
            self._tick(self.current)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        place = next((n for n in range(len(self._numbers)) if self.area_of(n).contains(at)), None)
        if place is not None and event.button() is Qt.MouseButton.LeftButton:
            self._go_to(place)
            self._tick(place)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(look.font(design.SIZE_SMALL))
        for place, number in enumerate(self._numbers):
            area = QRectF(self.area_of(place)).adjusted(0.5, 0.5, -0.5, -0.5)
            is_failing = number in self._failing
            painter.setBrush(look.colour("bad-tint" if is_failing else "surface"))
            painter.setPen(QPen(look.colour("bad" if is_failing else "control_edge"), 1))
            if self.hasFocus() and place == self.current:
                painter.setPen(QPen(look.colour("focus"), 2))
            painter.drawRoundedRect(area, design.RADIUS_SMALL, design.RADIUS_SMALL)
            words = area.adjusted(look.px(6), 0, -look.px(6), 0)
            if is_failing:
                side = look.px(12)
                mark = QPointF(words.left(), area.center().y() - side / 2)
                paint_icon(painter, "x", "bad", QRectF(mark.x(), mark.y(), side, side))
            painter.setPen(look.colour("bad" if is_failing else "text"))
            painter.drawText(words, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(number))

    def _go_to(self, place: int) -> None:
        self.current = max(0, min(place, len(self._numbers) - 1))
        self._tell()
        self.update()

    def _tick(self, place: int) -> None:
        if self._numbers:
            self._failing ^= {self._numbers[place]}
            self._tell()
            self.update()
            self.ticked.emit()

    def _columns(self, width: int) -> int:
        return max(1, width // theme.px(_PITCH_X))

    def _tell(self) -> None:
        if self._numbers:
            number = self._numbers[self.current]
            state = _("fails") if number in self._failing else _("in order")
            self.setAccessibleDescription(_("Record {number}: {state}").format(number=number, state=state))
