"""How many promises were kept in time, quarter by quarter, as small bars with their figures."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QStackedWidget, QWidget

from qma_app import design
from qma_app.i18n import _, level_text
from qma_app.services.promises import QuarterOfPromises
from qma_app.services.sponsoring import quarter_text
from ui import theme
from ui.promises.reading import Book
from ui.promises.words import quarter_columns, quarter_rows, quarter_words, summary_words
from ui.standards_view.table import WordTable
from ui.widgets.cards import Card
from ui.widgets.labels import PlainLabel

_MOST = 8
_WORDS_BELOW, _UNBOUND = 640, 16_777_215
_HIGH, _ABOVE, _BELOW, _WIDE = 104, 18, 34, 26


class QuarterBars(QWidget):
    """A bar a quarter on a ground as high as all of them; the figures stand above, what they are made of below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._trend: tuple[QuarterOfPromises, ...] = ()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("Kept in time by quarter"))

    def show_trend(self, trend: Sequence[QuarterOfPromises]) -> None:
        """Show the last quarters."""
        self._trend = tuple(trend)[-_MOST:]
        self.setAccessibleDescription("; ".join(map(quarter_words, self._trend)))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(240), theme.px(_HIGH))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(160), theme.px(_HIGH))

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = theme.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._trend:
            # A few quarters stand beside each other as closely as many do.
            wide = min(self.width() / len(self._trend), look.px(96))
            for place, one in enumerate(self._trend):
                self._paint_quarter(painter, one, QRectF(place * wide, 0, wide, self.height()))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.colour("focus"), 2))
            painter.drawRoundedRect(
                self.rect().adjusted(1, 1, -1, -1), design.RADIUS_SMALL, design.RADIUS_SMALL
            )

    def _paint_quarter(self, painter: QPainter, one: QuarterOfPromises, area: QRectF) -> None:
        look = theme.current()
        high = area.height() - look.px(_ABOVE + _BELOW)
        wide = min(area.width() - look.px(8), look.px(_WIDE))
        ground = QRectF(area.center().x() - wide / 2, look.px(_ABOVE), wide, high)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("raised"))
        painter.drawRoundedRect(ground, 3, 3)
        bar = QRectF(ground)
        bar.setTop(ground.bottom() - max(2.0, high * float(one.share) / 100))
        painter.setBrush(look.colour("accent"))
        painter.drawRoundedRect(bar, 3, 3)
        painter.setPen(look.colour("text"))
        painter.setFont(look.font(design.SIZE_SMALL, "strong"))
        centred = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(
            QRectF(area.left(), 0, area.width(), look.px(_ABOVE - 2)), centred, level_text(one.share)
        )
        painter.setFont(look.font(design.SIZE_SMALL - 1))
        painter.setPen(look.colour("muted"))
        made_of = _("{kept} of {due}").format(kept=one.kept, due=one.due)
        for row, words in enumerate((made_of, quarter_text(one.quarter))):
            line = QRectF(area.left(), ground.bottom() + look.px(2 + 16 * row), area.width(), look.px(16))
            painter.drawText(line, centred, words)


class TrendCard(Card):
    """The bars, or the same figures as a table."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Kept in time by quarter"), PlainLabel(_("T table"), role="small", tone="muted"), parent
        )
        self.bars = QuarterBars()
        self.table = WordTable(_("Kept in time by quarter"), quarter_columns(), is_opening=False)
        self.table.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.bars)
        self._stack.addWidget(self.table)
        self._stack.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.words = PlainLabel("", role="small", tone="muted", wrap=True)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.addWidget(self._stack, 1)
        self._row.addWidget(self.words, 0, Qt.AlignmentFlag.AlignBottom)
        self.body.addLayout(self._row)
        self._share_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_out()

    def _share_out(self) -> None:
        """Beside the bars stand the words only while every quarter still finds room for its figures."""
        is_narrow = self.width() < theme.px(_WORDS_BELOW)
        self._row.setDirection(
            QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight
        )
        self._row.setSpacing(6 if is_narrow else 16)
        self.words.setMinimumWidth(0 if is_narrow else theme.px(156))
        self.words.setMaximumWidth(_UNBOUND if is_narrow else theme.px(156))

    def show_book(self, book: Book) -> None:
        """Show the quarters there are; without any the card is not there."""
        trend = book.promises.trend
        self.bars.show_trend(trend)
        self.table.show_rows(quarter_rows(trend))
        self.words.setText(_("Promises of the house only; late and broken ones count as not kept in time."))
        self.bars.setToolTip(summary_words(book.promises))
        self.setVisible(bool(trend))

    def show_twin(self, *, is_table: bool) -> None:
        """The figures as a table, or as bars again."""
        self._stack.setCurrentIndex(1 if is_table else 0)
        self._stack.setFixedHeight(self._table_height() if is_table else theme.px(_HIGH))

    def _table_height(self) -> int:
        rows = min(_MOST, len(self.table.words.rows))
        return theme.px(34 + 34 * max(1, rows))
