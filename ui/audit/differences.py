"""Checkpoints that coach and auditor read differently, each as two points on the scale: how far apart is what the eye measures."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from qma_app import design
from qma_app.domain.ids import CheckpointId
from qma_app.i18n import _
from ui import theme

_NUMBER, _FIGURE, _HIGH, _DOT = 84, 42, 28, 5


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """One checkpoint: its number and words, the points of both, and the steps of the scale."""

    checkpoint_id: CheckpointId
    number: str
    statement: str
    coach: int
    auditor: int
    steps: tuple[int, ...]

    @property
    def spoken(self) -> str:
        """The row for those who do not see it."""
        return _("{number}: coach {coach}, auditor {auditor}").format(
            number=self.number, coach=self.coach, auditor=self.auditor
        )

    @property
    def figure(self) -> str:
        """What the coach gave more or less: `+4`, `−2`."""
        gap = self.coach - self.auditor
        return f"+{gap}" if gap > 0 else f"\N{MINUS SIGN}{-gap}"


class DifferenceRow(QAbstractButton):
    """Clicked to open the checkpoint; the hollow point is the coach's, the filled one the auditor's."""

    def __init__(self, shown: Difference, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown = shown
        self.setAccessibleName(shown.spoken)
        self.setAccessibleDescription(shown.statement)
        self.setToolTip(f"{shown.spoken}\n{shown.statement}" if "<" not in shown.statement else shown.spoken)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(260), theme.px(_HIGH))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(200), theme.px(_HIGH))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.click()
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
        look, painter, shown = theme.current(), QPainter(self), self.shown
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("raised"))
            painter.drawRoundedRect(self.rect(), design.RADIUS_SMALL, design.RADIUS_SMALL)
        middle = self.height() / 2
        painter.setPen(look.colour("text"))
        painter.setFont(look.font(design.SIZE_SMALL, "strong"))
        number = QRect(look.px(4), 0, look.px(_NUMBER), self.height())
        painter.drawText(number, Qt.AlignmentFlag.AlignVCenter, shown.number)
        figure = QRect(self.width() - look.px(_FIGURE), 0, look.px(_FIGURE - 4), self.height())
        painter.drawText(figure, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, shown.figure)
        left, right = number.right() + look.px(8), figure.left() - look.px(8)
        painter.setPen(QPen(look.colour("line"), 1))
        painter.drawLine(QPointF(left, middle), QPointF(right, middle))
        for step in shown.steps:
            x = self._at(step, left, right)
            painter.drawLine(QPointF(x, middle - look.px(3)), QPointF(x, middle + look.px(3)))
        coach, auditor = (self._at(points, left, right) for points in (shown.coach, shown.auditor))
        painter.setPen(QPen(look.colour("muted"), 2))
        painter.drawLine(QPointF(coach, middle), QPointF(auditor, middle))
        colour = QColor(design.points_colour(shown.auditor, shown.steps))
        for x, ground in ((auditor, colour), (coach, look.colour("surface"))):
            painter.setPen(QPen(look.colour("text"), 1.4))
            painter.setBrush(ground)
            painter.drawEllipse(QPointF(x, middle), look.px(_DOT), look.px(_DOT))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.colour("focus"), 2))
            painter.drawRoundedRect(
                QRectF(self.rect()).adjusted(1, 1, -1, -1), design.RADIUS_SMALL, design.RADIUS_SMALL
            )

    def _at(self, points: int, left: float, right: float) -> float:
        low, high = min(self.shown.steps), max(self.shown.steps)
        share = (points - low) / ((high - low) or 1)
        return left + (right - left) * min(1.0, max(0.0, share))
