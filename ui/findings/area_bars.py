"""Open findings counted as bars, by area or by cause; a bar narrows the table to what it counts."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from qma_app import design
from qma_app.i18n import _, ngettext
from ui import theme
from ui.widgets.cards import Card
from ui.widgets.labels import plain_tip

MOST = 5


class CountBar(QAbstractButton):
    """One thing counted: its name, a bar as long as its share of the longest, the count; `key` says what it is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = ""
        self._title, self._count, self._longest = "", 0, 1
        self._is_quiet = False
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_count(self, key: str, title: str, count: int, longest: int, *, is_quiet: bool = False) -> None:
        """Show another thing or count; `is_quiet` where it is what nobody named."""
        self.key, self._title, self._count, self._longest = key, title, count, longest
        self._is_quiet = is_quiet
        words = ngettext("{area}: {count} open finding", "{area}: {count} open findings", count)
        self.setAccessibleName(words.format(area=title, count=count))
        self.setToolTip(plain_tip(_("Show only {area}").format(area=title)))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(240), theme.px(24))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left = min(look.px(230), self.width() * 2 // 5)
        painter.setFont(look.font(design.SIZE_BODY))
        ink = "muted" if self._is_quiet else "text"
        painter.setPen(look.colour("accent" if self.underMouse() else ink))
        words = QRect(0, 0, left - look.px(10), self.height())
        shown = painter.fontMetrics().elidedText(self._title, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, shown)
        # Few findings make short bars: a single one must not look like a wall.
        unit = min((self.width() - left - look.px(40)) / self._longest, look.px(40))
        bar = QRectF(left, self.height() / 2 - look.px(5), max(look.px(6), unit * self._count), look.px(11))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("control_edge" if self._is_quiet else "accent"))
        painter.drawRoundedRect(bar, 3, 3)
        painter.setPen(look.colour("muted"))
        figure = QRectF(bar.right() + look.px(10), 0, look.px(40), self.height())
        painter.drawText(figure, Qt.AlignmentFlag.AlignVCenter, str(self._count))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.colour("focus"), 2))
            painter.drawRoundedRect(
                self.rect().adjusted(1, 1, -1, -1), design.RADIUS_SMALL, design.RADIUS_SMALL
            )


class BarsCard(Card):
    """The first few of what is counted; `wanted` names the bar that was pressed."""

    wanted = Signal(str)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent=parent)
        self.bars: list[CountBar] = []

    def show_counts(self, counts: Sequence[tuple[str, str, int]], *, quiet: str = "") -> None:
        """Bars for the first few (key, name, count); `quiet` is the key of what nobody named."""
        shown = counts[:MOST]
        while len(self.bars) > len(shown):
            bar = self.bars.pop()
            self.body.removeWidget(bar)
            bar.hide()
            bar.deleteLater()
        while len(self.bars) < len(shown):
            bar = CountBar(self)
            bar.clicked.connect(self._clicked)
            self.bars.append(bar)
            self.body.addWidget(bar)
        longest = max((count for _key, _title, count in shown), default=1)
        for bar, (key, title, count) in zip(self.bars, shown, strict=True):
            bar.show_count(key, title, count, longest, is_quiet=bool(quiet) and key == quiet)

    def _clicked(self) -> None:
        bar = self.sender()
        if isinstance(bar, CountBar):
            self.wanted.emit(bar.key)
