"""What a check showed, as shape, word and colour."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from qma_app import design
from qma_app.domain.verification import Effect
from qma_app.domain.wording import effect_title
from ui import theme
from ui.widgets.chips import chip_size
from ui.widgets.icons import paint_icon

LOOKS: Final = {
    Effect.EFFECTIVE: ("circle-check", "ok"),
    Effect.NOT_SHOWN: ("circle-minus", "warn"),
    Effect.WORSE: ("trending-down", "bad"),
}


class EffectMark(QWidget):
    """Effective, not shown or worse."""

    def __init__(self, effect: Effect, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.effect = effect
        self.setAccessibleName(effect_title(effect))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        size = chip_size(effect_title(self.effect))
        return QSize(size.width() + theme.px(18), size.height() + theme.px(2))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        icon_name, tone = LOOKS[self.effect]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour(f"{tone}-tint"))
        painter.drawRoundedRect(QRectF(self.rect()), design.RADIUS_SMALL, design.RADIUS_SMALL)
        side = look.px(14)
        paint_icon(painter, icon_name, tone, QRectF(look.px(6), (self.height() - side) / 2, side, side))
        painter.setFont(look.font(design.SIZE_SMALL - 1, "strong"))
        painter.setPen(look.colour(tone))
        words = self.rect().adjusted(look.px(24), 0, -look.px(4), 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, effect_title(self.effect))
