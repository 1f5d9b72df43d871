"""One process on a line: number and title, its area, how much of it is rated, and a bar to the pass mark with its level."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from qma_app import design
from ui import theme
from ui.places import Place
from ui.widgets.labels import plain_tip
from ui.widgets.level_bar import paint_level_bar

ROW_LEAST, ROW_MOST = 31, 38
_GAP, _EDGE = 12, 8
# Below this width an alarm stands in place of how much is rated, so that the title keeps its room.
_WIDE = 600
# In less than this a word would be nothing but its dots.
_WORD_LEAST = 36
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, kw_only=True, slots=True)
class ProcessEntry:
    """What a row says and where it leads; `alarm` is what makes it urgent beyond its level."""

    number: str
    title: str
    area: str
    rated: str
    figure: str
    level: Fraction
    floor: int
    pass_mark: int
    alarm: str = ""
    place: Place

    @property
    def spoken(self) -> str:
        return ", ".join(
            filter(None, (f"{self.number} {self.title}", self.area, self.figure, self.rated, self.alarm))
        )


class ProcessRow(QAbstractButton):
    """Pressed by click, Space and Enter."""

    def __init__(self, entry: ProcessEntry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entry = entry
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.show_entry(entry)

    def show_entry(self, entry: ProcessEntry) -> None:
        """Say something else in the same place."""
        self.entry = entry
        self.setAccessibleName(entry.spoken)
        self._hint()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(320), theme.px(ROW_LEAST))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._hint()

    def paintEvent(self, event: QPaintEvent) -> None:
        look, entry = theme.current(), self.entry
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self.isDown():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("raised"))
            painter.drawRoundedRect(self.rect(), design.RADIUS_SMALL, design.RADIUS_SMALL)
        painter.fillRect(QRect(0, self.height() - 1, self.width(), 1), look.colour("line"))
        words, alarm, rated, bar, figure = self._parts()
        self._paint_words(painter, words)
        painter.setFont(look.font(design.SIZE_SMALL, "strong"))
        painter.setPen(look.colour("bad"))
        painter.drawText(alarm, _RIGHT, entry.alarm)
        if self._says_rated():
            painter.setFont(look.font(design.SIZE_SMALL))
            painter.setPen(look.colour("muted"))
            painter.drawText(rated, _RIGHT, entry.rated)
        paint_level_bar(painter, QRectF(bar), entry.level, floor=entry.floor, pass_mark=entry.pass_mark)
        painter.setFont(look.font(design.SIZE_BODY - 0.5, "strong"))
        painter.setPen(look.colour("text"))
        painter.drawText(figure, _RIGHT, entry.figure)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.colour("focus"), 2))
            painter.drawRoundedRect(
                self.rect().adjusted(1, 1, -1, -1), design.RADIUS_SMALL, design.RADIUS_SMALL
            )

    def _paint_words(self, painter: QPainter, words: QRect) -> None:
        look, left = theme.current(), QRect(words)
        for text, weight, tone, gap in (
            (self.entry.number, "strong", "text", 6),
            (self.entry.title, "regular", "text", 4),
            (f"· {self.entry.area}", "regular", "muted", 0),
        ):
            if left.width() < look.px(_WORD_LEAST):
                break
            painter.setFont(look.font(design.SIZE_BODY, weight))
            painter.setPen(look.colour(tone))
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, left.width())
            painter.drawText(left, _LEFT, shown)
            left.setLeft(left.left() + painter.fontMetrics().horizontalAdvance(shown) + look.px(gap))

    def _parts(self) -> tuple[QRect, QRect, QRect, QRect, QRect]:
        """Where words, alarm, how much is rated, bar and figure stand; from row to row one below the other."""
        look, high = theme.current(), self.height() - 1
        gap, right = look.px(_GAP), self.width() - look.px(_EDGE)
        strong = QFontMetrics(look.font(design.SIZE_BODY - 0.5, "strong"))
        small = QFontMetrics(look.font(design.SIZE_SMALL))
        small_strong = QFontMetrics(look.font(design.SIZE_SMALL, "strong"))
        parts = []
        for width, space in (
            (max(strong.horizontalAdvance("88.88%"), strong.horizontalAdvance(self.entry.figure)), gap // 2),
            (max(look.px(80), round(self.width() * 0.2)), gap),
            (small.horizontalAdvance(self.entry.rated) if self._says_rated() else 0, gap),
            (small_strong.horizontalAdvance(self.entry.alarm), gap),
        ):
            parts.append(QRect(right - width, 0, width, high))
            right -= width + (space if width else 0)
        figure, bar, rated, alarm = parts
        left = look.px(_EDGE)
        return QRect(left, 0, max(0, right - left), high), alarm, rated, bar, figure

    def _says_rated(self) -> bool:
        return not self.entry.alarm or self.width() >= theme.px(_WIDE)

    def _hint(self) -> None:
        """The tooltip says whole what is cut or left out."""
        entry, look = self.entry, theme.current()
        needed = (
            QFontMetrics(look.font(design.SIZE_BODY, "strong")).horizontalAdvance(entry.number)
            + QFontMetrics(look.font(design.SIZE_BODY)).horizontalAdvance(f"{entry.title} · {entry.area}")
            + look.px(12)
        )
        is_whole = needed <= self._parts()[0].width() and self._says_rated()
        tip = f"{entry.number} {entry.title}\n{entry.area} · {entry.rated}"
        self.setToolTip("" if is_whole else plain_tip(tip))
