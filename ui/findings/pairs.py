"""Photos before and after, side by side."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from qma_app import design
from qma_app.i18n import _
from ui import theme
from ui.findings.detail import Attachment, Pair
from ui.widgets.cards import clear
from ui.widgets.labels import PlainLabel, plain_tip


class PairPicture(QAbstractButton):
    """One of the two, with the word that says which; a click opens it."""

    def __init__(self, attachment: Attachment, word: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._word = word
        self._picture = QPixmap()
        self._picture.loadFromData(attachment.picture)
        name = f"{word}: {attachment.evidence.caption or attachment.evidence.name}"
        self.setAccessibleName(name)
        self.setToolTip(plain_tip(name))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(150), theme.px(118))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(80), theme.px(118))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        area = QRectF(self.rect())
        shape = QPainterPath()
        shape.addRoundedRect(area, design.RADIUS_CARD, design.RADIUS_CARD)
        painter.setClipPath(shape)
        painter.fillRect(area, look.colour("raised"))
        if not self._picture.isNull():
            size = self._picture.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRectF(0, 0, size.width(), size.height())
            place.moveCenter(area.center())
            painter.drawPixmap(place, self._picture, QRectF(self._picture.rect()))
        foot = QRectF(0, area.height() - look.px(20), area.width(), look.px(20))
        painter.fillRect(foot, look.colour("surface"))
        painter.setFont(look.font(design.SIZE_SMALL - 0.5, "strong"))
        painter.setPen(look.colour("muted"))
        painter.drawText(foot, Qt.AlignmentFlag.AlignCenter, self._word)
        painter.setClipping(False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(look.colour("focus" if self.hasFocus() else "line"), 2 if self.hasFocus() else 1))
        painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), design.RADIUS_CARD, design.RADIUS_CARD)


class Pairs(QWidget):
    """`opened` carries the evidence to be shown large."""

    opened = Signal(object)  # Evidence

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[Pair, ...] = ()
        self.pictures: list[PairPicture] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self.hide()

    def show_pairs(self, pairs: tuple[Pair, ...]) -> None:
        """Show each pair with the words between them."""
        self.setVisible(bool(pairs))
        if pairs == self._shown:
            return
        self._shown = pairs
        clear(self._column)
        self.pictures = []
        for pair in pairs:
            row = QWidget()
            line = QHBoxLayout(row)
            line.setContentsMargins(0, 0, 0, 0)
            line.setSpacing(6)
            for attachment, word in ((pair.before, _("before")), (pair.after, _("after"))):
                picture = PairPicture(attachment, word)
                picture.clicked.connect(partial(self.opened.emit, attachment.evidence))
                self.pictures.append(picture)
                line.addWidget(picture)
            self._column.addWidget(row)
            if pair.pair.words:
                self._column.addWidget(PlainLabel(pair.pair.words, role="small", tone="muted", wrap=True))
