"""One line that is ticked off, opened, put off or moved by keys and by mouse: a next step, a point of an agenda, a promise, a note."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QEnterEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from qma_app import design
from qma_app.i18n import _
from ui import theme
from ui.widgets.icons import paint_icon
from ui.widgets.labels import plain_tip

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_CIRCLE, _MORE, _EDGE, _LEAD = 30, 28, 8, 42
_LEAD_FONT_DROP = 0.5


@dataclass(frozen=True, kw_only=True, slots=True)
class TickLine:
    """What a row says: `lead` stands in front of all (a time), `icon` in place of the circle where nothing can be ticked."""

    key: str
    strong: str
    rest: str = ""
    detail: str = ""
    lead: str = ""
    right: str = ""
    tone: str = "muted"
    detail_tone: str = "muted"
    is_done: bool = False
    can_tick: bool = True
    icon: str = ""
    hint: str = ""

    @property
    def spoken(self) -> str:
        """The line as a screen reader says it."""
        state = _("done") if self.is_done else ""
        return ", ".join(
            filter(None, (self.lead, self.strong, self.rest.lstrip("· "), self.detail, self.right, state))
        )


class TickRow(QAbstractButton):
    """Enter or a click opens, Space or a click on the circle ticks; the three dots at the end and the right button ask for more."""

    opened = Signal()
    ticked = Signal()
    more_wanted = Signal(QPoint)

    def __init__(self, line: TickLine, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = line
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.show_line(line)

    def show_line(self, line: TickLine) -> None:
        """Say something else in the same place."""
        self.line = line
        self.setCheckable(line.can_tick)
        self.setChecked(line.is_done)
        self.setAccessibleName(line.spoken)
        self.setAccessibleDescription(line.hint)
        self.updateGeometry()
        self.update()

    def nextCheckState(self) -> None:
        """A tick shows only once it is stored."""

    def sizeHint(self) -> QSize:
        look = theme.current()
        return QSize(look.px(240), look.px(45 if self.line.detail else 35))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(120), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        elif plain and event.key() == Qt.Key.Key_Space:
            if self.line.can_tick:
                self.ticked.emit()
        elif event.key() == Qt.Key.Key_Menu:
            self.more_wanted.emit(self.mapToGlobal(QPoint(theme.px(_CIRCLE), self.height())))
        else:
            # Moving between rows and everything else belongs to the list around.
            event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.setFocus(Qt.FocusReason.MouseFocusReason)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        if event.button() is not Qt.MouseButton.LeftButton or not self.rect().contains(at):
            return
        if self.line.can_tick and self._circle().contains(at):
            self.ticked.emit()
        elif self._more().contains(at):
            self.more_wanted.emit(self.mapToGlobal(at))
        else:
            self.opened.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.more_wanted.emit(event.globalPos())

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def event(self, event: QEvent) -> bool:
        # Most rows are never pointed at: what is cut is measured when somebody does.
        if event.type() is QEvent.Type.ToolTip:
            self.setToolTip(self.hint_words())
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        look, line = theme.current(), self.line
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self.isDown():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("raised"))
            painter.drawRoundedRect(self.rect(), design.RADIUS_SMALL, design.RADIUS_SMALL)
        painter.fillRect(QRect(0, self.height() - 1, self.width(), 1), look.colour("line"))
        if line.lead:
            painter.setFont(look.font(design.SIZE_BODY - _LEAD_FONT_DROP))
            painter.setPen(look.colour("muted"))
            painter.drawText(self._lead(), _LEFT, line.lead)
        self._paint_mark(painter)
        self._paint_right(painter)
        self._paint_words(painter)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.colour("focus"), 2))
            painter.drawRoundedRect(
                QRectF(self.rect()).adjusted(1, 1, -1, -1), design.RADIUS_SMALL, design.RADIUS_SMALL
            )

    def _paint_mark(self, painter: QPainter) -> None:
        look, line = theme.current(), self.line
        name = "check" if line.is_done else "circle" if line.can_tick else line.icon
        if name:
            side = look.px(14)
            ground = self._circle()
            painter_area = QRect(ground.left() + look.px(8), (self.height() - side) // 2, side, side)
            paint_icon(painter, name, "ok" if line.is_done else "text", painter_area)

    def _paint_right(self, painter: QPainter) -> None:
        look, line = theme.current(), self.line
        if line.right:
            painter.setFont(self._right_font())
            painter.setPen(look.colour("muted" if line.is_done else line.tone))
            painter.drawText(self._right(), _RIGHT, line.right)
        if self.underMouse() or self.hasFocus():
            side, zone = look.px(16), self._more()
            paint_icon(
                painter,
                "ellipsis",
                "muted",
                QRect(zone.center().x() - side // 2, (self.height() - side) // 2, side, side),
            )

    def _paint_words(self, painter: QPainter) -> None:
        look, line, words = theme.current(), self.line, self._words()
        high = QRect(words)
        if line.detail:
            high = QRect(words.x(), self.height() // 2 - look.px(19), words.width(), look.px(19))
            painter.setFont(look.font(design.SIZE_SMALL))
            painter.setPen(look.colour("muted" if line.is_done else line.detail_tone))
            low = QRect(words.x(), self.height() // 2 + 1, words.width(), look.px(17))
            painter.drawText(low, _LEFT, _cut(painter, line.detail, low.width()))
        painter.setPen(look.colour("muted" if line.is_done else "text"))
        painter.setFont(self._font("regular" if line.is_done else "strong"))
        strong = _cut(painter, line.strong, high.width())
        painter.drawText(high, _LEFT, strong)
        if line.rest:
            gap = look.px(5) if strong else 0
            high.setLeft(high.left() + painter.fontMetrics().horizontalAdvance(strong) + gap)
            painter.setFont(self._font("regular"))
            painter.drawText(high, _LEFT, _cut(painter, line.rest, high.width()))

    def _font(self, weight: str) -> QFont:
        font = theme.current().font(design.SIZE_BODY, weight)
        font.setStrikeOut(self.line.is_done and self.line.can_tick)
        return font

    def _right_font(self) -> QFont:
        is_alarm = self.line.tone in ("bad", "warn") and not self.line.is_done
        return theme.current().font(design.SIZE_BODY, "strong" if is_alarm else "regular")

    def _lead_width(self) -> int:
        if not self.line.lead:
            return 0
        metrics = QFontMetrics(theme.current().font(design.SIZE_BODY - _LEAD_FONT_DROP))
        return max(theme.px(_LEAD), metrics.horizontalAdvance(self.line.lead)) + theme.px(8)

    def _lead(self) -> QRect:
        return QRect(theme.px(_EDGE), 0, self._lead_width(), self.height())

    def _circle(self) -> QRect:
        has_mark = self.line.can_tick or self.line.icon or self.line.is_done
        left = theme.px(_EDGE) + self._lead_width() if self.line.lead else 0
        return QRect(left, 0, theme.px(_CIRCLE) if has_mark else theme.px(_EDGE), self.height())

    def _more(self) -> QRect:
        wide = theme.px(_MORE)
        return QRect(self.width() - wide, 0, wide, self.height())

    def _right(self) -> QRect:
        """At the edge as long as nothing more is offered there."""
        wide = QFontMetrics(self._right_font()).horizontalAdvance(self.line.right) + 2
        is_offering = self.underMouse() or self.hasFocus()
        right = self._more().left() if is_offering else self.width() - theme.px(_EDGE)
        return QRect(right - wide, 0, wide, self.height())

    def _words(self) -> QRect:
        left = self._circle().right() + 1 + theme.px(4)
        wide = QFontMetrics(self._right_font()).horizontalAdvance(self.line.right)
        right = self._more().left() - (wide + theme.px(10) if self.line.right else 0)
        return QRect(left, 0, max(0, right - left), self.height())

    def hint_words(self) -> str:
        """The tooltip says whole what is cut, and why the line is here."""
        line, look = self.line, theme.current()
        wide = self._words().width()
        bold = QFontMetrics(look.font(design.SIZE_BODY, "strong")).horizontalAdvance(line.strong)
        plain = QFontMetrics(look.font(design.SIZE_BODY)).horizontalAdvance(line.rest)
        small = QFontMetrics(look.font(design.SIZE_SMALL)).horizontalAdvance(line.detail)
        is_cut = bold + plain + look.px(5) > wide or small > wide
        said = (f"{line.strong} {line.rest}".strip(), line.detail) if is_cut else ()
        return plain_tip("\n".join(filter(None, (*said, line.hint))))


def _cut(painter: QPainter, text: str, width: int) -> str:
    one_line = " ".join(text.split())
    return painter.fontMetrics().elidedText(one_line, Qt.TextElideMode.ElideRight, max(0, width))
