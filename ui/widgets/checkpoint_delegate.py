"""Paints the checkpoints as cards with their rating cells; only what is on screen is painted, heights are kept."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from qma_app import design
from qma_app.i18n import _
from qma_app.services.checklist import ChecklistRow
from ui import theme
from ui.checklists.card import HEADING, NUMBER_WIDTH, PAD, Card, CardContext, CardMaker
from ui.checklists.inks import Inks
from ui.checklists.measures import Mark, Measures
from ui.models.checklist_rows import ChecklistModel
from ui.widgets import rating_cells
from ui.widgets.chips import paint_chip
from ui.widgets.icons import paint_icon
from ui.widgets.rating_cells import cell_look, key_ink, paint_cell, paint_key, paint_shape

Index = QModelIndex | QPersistentModelIndex
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Hit:
    """What lies under the pointer: a row, and the cell of it if there is one."""

    row: int
    cell: int | None


class CheckpointDelegate(QStyledItemDelegate):
    """`current` is the row with the larger card, `hovered` what the pointer is over; the view keeps both up to date."""

    def __init__(self, model: ChecklistModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._context: CardContext | None = None
        self._maker: CardMaker | None = None
        self._measures: Measures | None = None
        self._inks: Inks | None = None
        self._sizes: list[QSize] | None = None
        self._strip: QPixmap | None = None
        self._current = -1
        self.width = 0
        self.hovered: Hit | None = None
        self.has_focus = False
        model.modelReset.connect(self._forget_sizes)
        model.dataChanged.connect(self._measure_again)

    def use(self, context: CardContext | None) -> None:
        """Paint with these words, cells and rules from now on."""
        if context != self._context:
            self._context = context
            self._maker = None

    @property
    def context(self) -> CardContext | None:
        return self._context

    @property
    def current(self) -> int:
        """The row whose card tells more; -1 for none."""
        return self._current

    @current.setter
    def current(self, place: int) -> None:
        before, self._current = self._current, place
        for one in (before, place):
            self._measure_row(one)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        maker = self._made()
        if maker is None:
            return QSize(0, 0)
        if self._sizes is None:
            heights = maker.heights(self._model.rows, self._current, self._model.headings)
            self._sizes = [QSize(1, height) for height in heights]
        return self._sizes[index.row()]

    def heights(self) -> tuple[int, ...]:
        """The heights of all rows as they are now, empty before they were asked for."""
        return tuple(size.height() for size in self._sizes or ())

    def card_at(self, place: int) -> Card | None:
        """The card of a row in its item's coordinates."""
        maker = self._made()
        if maker is None:
            return None
        has_heading = bool(self._model.heading_at(place))
        return maker.card(
            self._model.row_at(place), is_current=place == self.current, has_heading=has_heading
        )

    def cell_at(self, place: int, at: QPointF) -> int | None:
        """The cell under a point of a row's item, None beside the cells or where nothing may be rated."""
        card = self.card_at(place)
        if card is None or self._context is None or self._context.is_read_only:
            return None
        return next((number for number, area in enumerate(card.cells) if area.contains(at)), None)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        maker, place = self._made(), index.row()
        card = self.card_at(place)
        if maker is None or card is None or self._context is None or self._inks is None:
            return
        row = self._model.row_at(place)
        rect: QRectF = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(rect.topLeft())
        heading = self._model.heading_at(place)
        if heading:
            self._paint_heading(painter, self._inks, heading, rect.width())
        self._paint_frame(painter, self._inks, card, place, row)
        self._paint_number(painter, self._inks, card, row)
        self._paint_words(painter, self._inks, maker, card)
        self._paint_cells(painter, self._inks, self._context, card, place, row)
        painter.restore()

    def _made(self) -> CardMaker | None:
        look = theme.current()
        if self._context is None or self.width <= 0:
            return None
        if self._maker is None or self._maker.look is not look or self._maker.width != self.width:
            if self._measures is None or self._measures.scale != look.scale:
                self._measures = Measures(look)
            self._maker = CardMaker(look, self.width, self._context, self._measures)
            self._inks = Inks(look)
            self._sizes = None
            self._strip = None
        return self._maker

    def _measured(self, maker: CardMaker, place: int) -> QSize:
        height = maker.height(
            self._model.row_at(place),
            is_current=place == self._current,
            has_heading=bool(self._model.heading_at(place)),
        )
        return QSize(1, height)

    def _measure_row(self, place: int) -> None:
        maker = self._made()
        if maker is not None and self._sizes is not None and 0 <= place < len(self._sizes):
            self._sizes[place] = self._measured(maker, place)

    def _measure_again(self, first: QModelIndex, last: QModelIndex) -> None:
        for place in range(first.row(), last.row() + 1):
            self._measure_row(place)

    def _forget_sizes(self) -> None:
        self._sizes = None

    def _paint_heading(self, painter: QPainter, inks: Inks, text: str, width: float) -> None:
        painter.setFont(inks.heading)
        painter.setPen(inks.text)
        painter.drawText(QRectF(2, 0, width - 4, inks.look.px(HEADING) - 2), _LEFT, text)

    def _paint_frame(self, painter: QPainter, inks: Inks, card: Card, place: int, row: ChecklistRow) -> None:
        is_marked = row.checkpoint.id in self._model.marked
        if place == self.current:
            pen = QPen(inks.focus, 2 if self.has_focus else 1)
        else:
            pen = QPen(inks.accent if is_marked else inks.line, 1)
        inset = pen.widthF() / 2
        painter.setPen(pen)
        painter.setBrush(inks.tint if is_marked else inks.surface)
        painter.drawRoundedRect(
            card.frame.adjusted(inset, inset, -inset, -inset), design.RADIUS_CARD, design.RADIUS_CARD
        )

    def _paint_number(self, painter: QPainter, inks: Inks, card: Card, row: ChecklistRow) -> None:
        look = inks.look
        context, rating = self._context, row.rating
        assert context is not None
        is_decided = row.is_decided and rating is not None
        line = look.px(18)
        left, width = look.px(PAD), look.px(NUMBER_WIDTH - 4)
        height = line * (2 if is_decided else 1)
        is_stacked = self._maker is not None and self._maker.is_stacked
        top = card.text_top if is_stacked else card.frame.center().y() - height / 2
        painter.setFont(inks.number)
        painter.setPen(inks.muted)
        painter.drawText(QRectF(left, top, width, line), _LEFT, row.checkpoint.number)
        if not is_decided:
            return
        side = look.px(11)
        paint_shape(
            painter,
            QRectF(left, top + line + (line - side) / 2, side, side),
            rating,
            context.steps,
            inks.muted,
        )
        painter.setFont(inks.word)
        painter.setPen(inks.muted)
        words = QRectF(left + side + look.px(4), top + line, width - side - look.px(4), line)
        text = painter.fontMetrics().elidedText(
            context.words.rating(rating), Qt.TextElideMode.ElideRight, int(words.width())
        )
        painter.drawText(words, _LEFT, text)

    def _paint_words(self, painter: QPainter, inks: Inks, maker: CardMaker, card: Card) -> None:
        block = card.block
        painter.setFont(inks.statement)
        painter.setPen(inks.text)
        top = card.text_top
        for line in block.statement:
            painter.drawText(QPointF(card.text_left, top + maker.body.ascent), line.text)
            top += maker.body.line_height
        for placed in maker.placed_marks(card):
            self._paint_mark(painter, inks, placed.mark, placed.area)
        top += block.mark_lines * maker.body.line_height
        painter.setFont(inks.facts)
        painter.setPen(inks.muted)
        for line in block.facts:
            painter.drawText(QPointF(card.text_left, top + maker.small.ascent), line.text)
            top += maker.small.line_height

    def _paint_mark(self, painter: QPainter, inks: Inks, mark: Mark, area: QRectF) -> None:
        look = inks.look
        if not mark.icon:
            height = look.px(18)
            paint_chip(
                painter,
                QRectF(area.x(), area.center().y() - height / 2, area.width(), height),
                mark.text,
                mark.tone,
                is_outlined=mark.is_outlined,
            )
            return
        side = look.px(13)
        paint_icon(painter, mark.icon, "muted", QRectF(area.x(), area.center().y() - side / 2, side, side))
        painter.setFont(inks.mark)
        painter.setPen(inks.muted)
        painter.drawText(area.adjusted(side + look.px(3), 0, 0, 0), _LEFT, mark.text)

    def _paint_cells(
        self, painter: QPainter, inks: Inks, context: CardContext, card: Card, place: int, row: ChecklistRow
    ) -> None:
        look = inks.look
        chosen = rating_cells.place_of(context.cells, row.rating)
        hovered = self.hovered.cell if self.hovered is not None and self.hovered.row == place else None
        if context.is_read_only and chosen is None:
            painter.setFont(inks.facts)
            painter.setPen(inks.muted)
            area = card.cells[0].united(card.cells[-1])
            said = _("covered") if row.is_own_covered else _("not rated")
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, said)
            return
        if not context.is_read_only:
            painter.drawPixmap(card.corner, self._free_cells(painter.device().devicePixelRatioF()))
        for number, state in ((hovered, "hovered"), (chosen, "chosen")):
            if number is not None:
                cell = context.cells[number]
                colours = cell_look(look, context.steps, cell.points, state)
                paint_cell(painter, _painted(card.cells[number], look), cell.text, colours, inks.cell)
        if place == self.current and context.shows_keys:
            for number in range(len(context.steps)):
                ink = key_ink(look, context.steps, number, is_chosen=number == chosen)
                paint_key(painter, _painted(card.cells[number], look), number + 1, ink, inks.key)
        last = rating_cells.place_of(context.cells, row.last) if context.shows_last(row) else None
        if last is not None and not context.is_read_only:
            self._paint_last(painter, inks.muted, card.cells[last], look)

    def _free_cells(self, ratio: float) -> QPixmap:
        """All cells of a card as they are before one is chosen, painted once."""
        maker, inks = self._maker, self._inks
        assert maker is not None
        assert inks is not None
        if self._strip is None or self._strip.devicePixelRatioF() != ratio:
            look, cells = inks.look, maker.context.cells
            places = maker.cell_places()
            room = reduce(QRectF.united, places)
            self._strip = QPixmap((room.size() * ratio).toSize())
            self._strip.setDevicePixelRatio(ratio)
            self._strip.fill(Qt.GlobalColor.transparent)
            painter = QPainter(self._strip)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for cell, area in zip(cells, places, strict=True):
                colours = cell_look(look, maker.context.steps, cell.points, "free")
                paint_cell(painter, _painted(area, look), cell.text, colours, inks.cell)
            painter.end()
        return self._strip

    def _paint_last(self, painter: QPainter, ink: QColor, area: QRectF, look: theme.Theme) -> None:
        """A short bar below the cell chosen in the assessment before."""
        width, height = look.px(14), max(2, look.px(2.5))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        bar = QRectF(
            area.center().x() - width / 2, _painted(area, look).bottom() + look.px(1.5), width, height
        )
        painter.drawRoundedRect(bar, height / 2, height / 2)


def _painted(area: QRectF, look: theme.Theme) -> QRectF:
    """The visible cell inside what can be hit."""
    width, height = look.px(rating_cells.WIDTH), look.px(rating_cells.HEIGHT)
    return QRectF(round(area.center().x() - width / 2), round(area.center().y() - height / 2), width, height)
