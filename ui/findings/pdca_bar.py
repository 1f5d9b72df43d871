"""The four steps of an action with their days: what is behind, where it stands, what lies ahead."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from qma_app import design
from qma_app.domain.action import Action, Stage
from qma_app.domain.wording import stage_title
from qma_app.i18n import _, day_text
from ui import theme

STAGES: Sequence[Stage] = tuple(Stage)
_BAR, _FOOT, _GAP = 28, 16, 3


class PdcaBar(QWidget):
    """`wanted` carries the stage somebody clicked or went to with Left and Right; whether it is allowed is not decided here."""

    wanted = Signal(object)  # Stage

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stage = Stage.PLAN
        self._days: tuple[date | None, ...] = (None,) * len(STAGES)
        self._is_on = True
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def stage(self) -> Stage:
        return self._stage

    def show_action(self, action: Action) -> None:
        """Show how far an action has come; one that is given up or only proposed is grey."""
        self._stage = action.stage
        self._days = (None, action.started_on, action.done_on, action.effective_on)
        self._is_on = not action.is_dropped and not action.is_proposal
        steps = "; ".join(
            f"{stage_title(stage)} {day_text(day)}"
            for stage, day in zip(STAGES, self._days, strict=True)
            if day is not None
        )
        words = _("{action}, stage {stage}").format(action=action.label, stage=stage_title(action.stage))
        self.setAccessibleName(words)
        self.setAccessibleDescription(steps)
        self.setToolTip(_("Click a step, or use Left and Right"))
        self.setCursor(Qt.CursorShape.PointingHandCursor if self._is_on else Qt.CursorShape.ArrowCursor)
        self.updateGeometry()
        self.update()

    def area_of(self, stage: Stage) -> QRectF:
        """Where a step is painted and clicked."""
        gap = theme.px(_GAP)
        width = (self.width() - gap * (len(STAGES) - 1)) / len(STAGES)
        return QRectF(STAGES.index(stage) * (width + gap), 1, width, theme.px(_BAR) - 2)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(240), theme.px(_BAR + (_FOOT if any(self._days) else 2)))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(160), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()))
        place = STAGES.index(self._stage) + (step or 0)
        if step is not None:
            if self._is_on and 0 <= place < len(STAGES):
                self.wanted.emit(STAGES[place])
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()  # what lies behind must not take the click for its own

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton or not self._is_on:
            return
        found = next((stage for stage in STAGES if self.area_of(stage).contains(event.position())), None)
        if found is not None and found is not self._stage:
            self.wanted.emit(found)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        here = STAGES.index(self._stage)
        for place, stage in enumerate(STAGES):
            area = self.area_of(stage)
            is_ahead = place > here or not self._is_on
            is_done = place < here or self._stage is Stage.ACT
            ground = "raised" if is_ahead else "ok" if is_done else "accent"
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour(ground))
            painter.drawRoundedRect(area, 3, 3)
            painter.setFont(look.font(design.SIZE_SMALL, "strong"))
            painter.setPen(look.colour("muted" if is_ahead else "on_accent"))
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, stage_title(stage))
            day = self._days[place]
            if day is not None:
                painter.setFont(look.font(design.SIZE_SMALL - 1))
                painter.setPen(look.colour("muted"))
                foot = QRectF(area.x(), look.px(_BAR), area.width(), look.px(_FOOT))
                painter.drawText(foot, Qt.AlignmentFlag.AlignCenter, day_text(day))
        if self.hasFocus():
            ring = QRectF(0, 0, self.width(), look.px(_BAR)).adjusted(1, 1, -1, -1)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.colour("focus"), 2))
            painter.drawRoundedRect(ring, 4, 4)
