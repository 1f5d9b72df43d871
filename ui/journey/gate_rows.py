"""One condition of a gate on a line: whether it holds, its words, its figures, and the records behind it on Enter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from qma_app import design
from qma_app.i18n import _
from ui import theme
from ui.widgets.icons import paint_icon
from ui.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from qma_app.services.gates import ConditionView

_ICONS: Final = {"ok": "check", "open": "circle", "late": "circle-alert", "unknown": "circle-question-mark"}
_ICON_TONES: Final = {"ok": "ok", "open": "text", "late": "bad", "unknown": "muted"}
_TONES: Final = {"late": "bad"}


class Sign(QWidget):
    """The shape at the left of a condition."""

    def __init__(self, tone: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone = tone
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(16), theme.px(16))

    def paintEvent(self, event: QPaintEvent) -> None:
        side = theme.px(14)
        area = QRect((self.width() - side) // 2, (self.height() - side) // 2, side, side)
        paint_icon(QPainter(self), _ICONS[self._tone], _ICON_TONES[self._tone], area)


class ConditionRow(QFrame):
    """`opened` on click, Enter and Space; the arrows walk from row to row."""

    opened = Signal()

    def __init__(self, condition: ConditionView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.condition = condition
        tone = str(condition.tone)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(6), theme.px(5), theme.px(6), theme.px(6))
        row.setSpacing(theme.px(10))
        row.addWidget(Sign(tone))
        self.title = PlainLabel(condition.title, wrap=True)
        row.addWidget(self.title, 1)
        self.figures = PlainLabel(condition.figures, tone=_TONES.get(tone, "muted"))
        self.figures.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.figures)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(", ".join((condition.title, tone_words(tone), condition.figures)))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        is_inside = self.rect().contains(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and is_inside:
            self.opened.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Space:
                self.opened.emit()
            case Qt.Key.Key_Down:
                self.focusNextChild()
            case Qt.Key.Key_Up:
                self.focusPreviousChild()
            case _:
                super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = theme.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("raised"))
            painter.drawRoundedRect(self.rect(), design.RADIUS_SMALL, design.RADIUS_SMALL)
        painter.fillRect(QRect(0, self.height() - 1, self.width(), 1), look.colour("line"))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.colour("focus"), 2))
            painter.drawRoundedRect(
                self.rect().adjusted(1, 1, -1, -1), design.RADIUS_SMALL, design.RADIUS_SMALL
            )


def tone_words(tone: str) -> str:
    """What the shape at the left says."""
    return {
        "ok": _("holds"),
        "open": _("open"),
        "late": _("overdue"),
        "unknown": _("not known"),
    }[tone]
