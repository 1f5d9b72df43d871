"""The table of all dealerships: every row of one height, so that hundreds are as quick as ten."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from qma_app import design
from qma_app.i18n import _
from ui import theme
from ui.portfolio.model import ROW_ROLE, PortfolioModel
from ui.portfolio.rows import DESCENDING_FIRST, Column, PortfolioRow, column_title
from ui.widgets.icons import paint_icon
from ui.widgets.level_bar import paint_level_bar
from ui.widgets.spark import paint_spark

Index = QModelIndex | QPersistentModelIndex
_ROW: Final = 46
_PAD: Final = 8
_WIDTHS: Final = {
    Column.MONTH: 84,
    Column.SCORE: 138,
    Column.TREND: 116,
    Column.VISIT: 118,
    Column.OVERDUE: 84,
    Column.MAJORS: 80,
    Column.CERTIFICATE: 200,
}
_SHARES: Final = {Column.NAME: 5, Column.PHASE: 4, Column.GATE: 5}
_SHOWN_FROM: Final = {Column.MONTH: 980, Column.TREND: 900, Column.PHASE: 680, Column.MAJORS: 560}
_CERTIFICATE_FROM: Final = 720
"""The column of certificates is there once there are any, and takes its room from those that can be spared."""


class PortfolioTable(QTableView):
    """`chosen` follows the current row, `opened` is Enter or a double click; both carry the id of the dealership."""

    chosen = Signal(str)
    opened = Signal(str)
    sorted_anew = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.portfolio = PortfolioModel(self)
        self._kept = ""
        self.setModel(self.portfolio)
        self.setItemDelegate(_Delegate(self))
        self.setAccessibleName(_("All dealerships"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # By whole rows: what is shown begins at a row's edge, wherever the row chosen stands.
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.verticalHeader().setVisible(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(theme.px(_ROW))
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setMinimumSectionSize(1)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setSectionsClickable(True)
        head.setSortIndicatorShown(True)
        head.setSortIndicator(Column.NAME, Qt.SortOrder.AscendingOrder)
        head.sectionClicked.connect(self._head_clicked)
        self.portfolio.modelAboutToBeReset.connect(self._keep)
        self.portfolio.modelReset.connect(self._after_reset)
        self.doubleClicked.connect(self._double_clicked)

    @property
    def current_id(self) -> str:
        """The dealership chosen; "" for none."""
        row = self.current_row
        return row.id if row is not None else ""

    @property
    def current_row(self) -> PortfolioRow | None:
        index = self.currentIndex()
        return self.portfolio.rows[index.row()] if index.isValid() else None

    def select(self, dealership_id: str) -> bool:
        """Choose a dealership and bring it into view; False when it is not shown."""
        place = self.portfolio.place_of(dealership_id)
        if place is None:
            return False
        self.selectRow(place)
        self.scrollTo(self.portfolio.index(place, 0))
        return True

    def prefer(self, dealership_id: str) -> None:
        """Who is chosen when rows are shown for the first time."""
        self._kept = self.current_id or dealership_id

    def sort_by(self, column: Column) -> None:
        """Sort by a column, the other way round when it was sorted by it already."""
        if self.portfolio.sorted_by is column:
            is_descending = not self.portfolio.is_descending
        else:
            is_descending = column in DESCENDING_FIRST
        order = Qt.SortOrder.DescendingOrder if is_descending else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicator(column, order)
        self.portfolio.sort(column, order)
        self.sorted_anew.emit()

    def sort_words(self) -> str:
        """`sorted by Score`: the head of the column as it stands there, for not every language writes it small."""
        return _("sorted by {column}").format(column=column_title(self.portfolio.sorted_by))

    def sizeHint(self) -> QSize:
        return QSize(theme.px(700), theme.px(400))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(300), theme.px(160))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self) -> None:
        width = self.viewport().width()
        is_certified = self.portfolio.has_certificates and width >= theme.px(_CERTIFICATE_FROM)
        left = width - (theme.px(_WIDTHS[Column.CERTIFICATE]) if is_certified else 0)
        shown = [
            one
            for one in Column
            if (is_certified if one is Column.CERTIFICATE else left >= theme.px(_SHOWN_FROM.get(one, 0)))
        ]
        head = QFontMetrics(theme.current().font(design.SIZE_SMALL, "strong"))
        wide = {
            one: max(theme.px(_WIDTHS[one]), head.horizontalAdvance(column_title(one)) + theme.px(34))
            for one in shown
            if one in _WIDTHS
        }
        room = width - sum(wide.values())
        shares = sum(_SHARES[one] for one in shown if one in _SHARES)
        for column in Column:
            self.setColumnHidden(column, column not in shown)
            if column in shown:
                share = room * _SHARES[column] // shares if column in _SHARES else wide[column]
                self.setColumnWidth(column, share)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current_id:
            self.opened.emit(self.current_id)
        elif event.text() and event.text().isprintable():
            event.ignore()  # letters and digits belong to the page's shortcuts
        else:
            super().keyPressEvent(event)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid():
            self.chosen.emit(self.portfolio.rows[current.row()].id)

    def _head_clicked(self, section: int) -> None:
        self.sort_by(Column(section))

    def _keep(self) -> None:
        self._kept = self.current_id or self._kept

    def _after_reset(self) -> None:
        self._share_room()
        if self.portfolio.rows and not (self._kept and self.select(self._kept)):
            self.selectRow(0)

    def _double_clicked(self, index: QModelIndex) -> None:
        self.opened.emit(self.portfolio.rows[index.row()].id)


class _Delegate(QStyledItemDelegate):
    def __init__(self, table: PortfolioTable) -> None:
        super().__init__(table)
        self._table = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: PortfolioRow = index.data(ROW_ROLE)
        look, area, column = theme.current(), QRect(option.rect), Column(index.column())
        state: QStyle.StateFlag = option.state
        is_selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        if is_selected:
            painter.fillRect(area, look.colour("accent-tint"))
        painter.fillRect(QRect(area.left(), area.bottom(), area.width(), 1), look.colour("line"))
        if is_selected and self._table.hasFocus():
            self._paint_focus(painter, area, column)
        inner = QRectF(area).adjusted(look.px(_PAD), look.px(5), -look.px(_PAD), -look.px(6))
        if column is Column.SCORE:
            self._paint_score(painter, inner, row)
        elif column is Column.TREND:
            self._paint_trend(painter, inner, row)
        elif column is Column.GATE:
            self._paint_gate(painter, inner, row)
        else:
            self._paint_words(painter, inner, row, column)
        painter.restore()

    def _paint_words(self, painter: QPainter, area: QRectF, row: PortfolioRow, column: Column) -> None:
        look = theme.current()
        cell, small, tone = row.cells[column], row.small[column], row.tones[column]
        strong = column is Column.NAME or (column in (Column.OVERDUE, Column.MAJORS) and tone == "bad")
        painter.setFont(look.font(design.SIZE_BODY, "medium" if strong else "regular"))
        painter.setPen(look.colour(tone))
        if not small and painter.fontMetrics().horizontalAdvance(cell) > area.width() and " " in cell:
            _draw_in_two(painter, area, cell)
            return
        _draw(painter, area, cell, Qt.AlignmentFlag.AlignTop if small else Qt.AlignmentFlag.AlignVCenter)
        if small:
            painter.setFont(look.font(design.SIZE_SMALL))
            painter.setPen(look.colour("muted" if column is not Column.PHASE else tone))
            _draw(painter, area, small, Qt.AlignmentFlag.AlignBottom)

    def _paint_score(self, painter: QPainter, area: QRectF, row: PortfolioRow) -> None:
        look = theme.current()
        figure = QRectF(area.left(), area.top(), look.px(44), area.height())
        small = row.small[Column.SCORE]
        painter.setFont(look.font(design.SIZE_BODY, "medium"))
        painter.setPen(look.colour("text"))
        upper = QRectF(figure)
        if small:
            upper.setHeight(area.height() / 2)
        painter.drawText(
            upper, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, row.cells[Column.SCORE]
        )
        if row.line.overall is not None:
            bar = QRectF(
                figure.right() + look.px(8),
                upper.top(),
                area.right() - figure.right() - look.px(8),
                upper.height(),
            )
            paint_level_bar(
                painter, bar, row.line.overall, floor=row.marks.floor, pass_mark=row.marks.pass_mark
            )
        if small:
            painter.setFont(look.font(design.SIZE_SMALL))
            painter.setPen(look.colour("muted"))
            _draw(painter, area, small, Qt.AlignmentFlag.AlignBottom)

    def _paint_trend(self, painter: QPainter, area: QRectF, row: PortfolioRow) -> None:
        look = theme.current()
        tone = row.tones[Column.TREND]
        text = row.cells[Column.TREND]
        beside = look.px(46)
        line = QRectF(
            area.left(), area.top() + look.px(6), area.width() - beside, area.height() - look.px(12)
        )
        history = [float(value) for value in row.line.history]
        paint_spark(painter, line, history, "muted" if tone == "muted" else tone)
        painter.setFont(look.font(design.SIZE_BODY - 0.5))
        painter.setPen(look.colour(tone))
        words = QRectF(area.right() - beside, area.top(), beside, area.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_gate(self, painter: QPainter, area: QRectF, row: PortfolioRow) -> None:
        look, tone = theme.current(), row.tones[Column.GATE]
        side, small = look.px(15), row.small[Column.GATE]
        upper = QRectF(area)
        if small:
            upper.setHeight(area.height() / 2)
        name = {"bad": "triangle-alert", "ok": "circle-check"}.get(tone, "circle-minus")
        paint_icon(painter, name, tone, QRectF(area.left(), upper.center().y() - side / 2, side, side))
        words = upper.adjusted(side + look.px(6), 0, 0, 0)
        painter.setFont(look.font(design.SIZE_BODY, "medium" if tone == "bad" else "regular"))
        painter.setPen(look.colour(tone))
        _draw(painter, words, row.cells[Column.GATE], Qt.AlignmentFlag.AlignVCenter)
        if small:
            painter.setFont(look.font(design.SIZE_SMALL))
            painter.setPen(look.colour("muted"))
            _draw(painter, area, small, Qt.AlignmentFlag.AlignBottom)

    def _paint_focus(self, painter: QPainter, area: QRect, column: Column) -> None:
        """The ring runs round the whole row, piece by piece."""
        shown = [one for one in Column if not self._table.isColumnHidden(one)]
        pen = QPen(theme.current().colour("focus"), 2)
        painter.setPen(pen)
        top, bottom = area.top() + 1, area.bottom() - 1
        painter.drawLine(QPointF(area.left(), top), QPointF(area.right() + 1, top))
        painter.drawLine(QPointF(area.left(), bottom), QPointF(area.right() + 1, bottom))
        if column is shown[0]:
            painter.drawLine(QPointF(area.left() + 1, top), QPointF(area.left() + 1, bottom))
        if column is shown[-1]:
            painter.drawLine(QPointF(area.right(), top), QPointF(area.right(), bottom))


def _draw_in_two(painter: QPainter, area: QRectF, text: str) -> None:
    """Words that find no room in one line, in two: broken after a comma, else where the first line is full."""
    metrics, words = painter.fontMetrics(), text.split(" ")
    count = len(words) - 1
    while count > 1 and metrics.horizontalAdvance(" ".join(words[:count])) > area.width():
        count -= 1
    count = next((at for at in range(count, 0, -1) if words[at - 1].endswith(",")), count)
    _draw(painter, area, " ".join(words[:count]), Qt.AlignmentFlag.AlignTop)
    _draw(painter, area, " ".join(words[count:]), Qt.AlignmentFlag.AlignBottom)


def _draw(painter: QPainter, area: QRectF, text: str, side: Qt.AlignmentFlag) -> None:
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(area.width()))
    painter.drawText(area, side | Qt.AlignmentFlag.AlignLeft, shown)
