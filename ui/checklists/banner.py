"""A quiet line above the checkpoints that says why nothing can be changed, with the way out beside it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from qma_app import design
from qma_app.i18n import _
from ui import theme
from ui.widgets.buttons import Button
from ui.widgets.icons import paint_icon
from ui.widgets.labels import PlainLabel


class Banner(QWidget):
    """Hidden while everything can be changed and nothing is covered."""

    reopen_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = "lock"
        self.words = PlainLabel("", wrap=True)
        self.reopen = Button(_("Reopen…"))
        self.reopen.clicked.connect(self.reopen_wanted)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(38), 7, 8, 7)
        row.setSpacing(12)
        row.addWidget(self.words, 1)
        row.addWidget(self.reopen)
        self.setVisible(False)

    def say(self, why: str, *, can_reopen: bool, picture: str = "lock") -> None:
        """Show the reason; an empty one hides the banner."""
        self._picture = picture
        self.update()
        self.words.setText(why)
        self.reopen.setVisible(can_reopen)
        self.setVisible(bool(why))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.colour("line"), 1))
        painter.setBrush(look.colour("raised"))
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), design.RADIUS_CARD, design.RADIUS_CARD
        )
        side = look.px(16)
        paint_icon(
            painter, self._picture, "muted", QRectF(look.px(12), (self.height() - side) / 2, side, side)
        )
