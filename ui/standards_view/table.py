"""A table of words whose cells take as many lines as they need; walked by keys, opened by Enter."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QResizeEvent
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
from ui import theme
from ui.checklists.wrapping import Wrapper
from ui.models.standards_table import ROW_ROLE, TableColumn, TableRow, WordTableModel
from ui.widgets.chips import chip_size, paint_chip

Index = QModelIndex | QPersistentModelIndex
_PAD, _LINE_PAD, _LINES = 8, 8, 6
_BAR_FROM = 190
"""A cell as wide as this has room for its bar behind the words; in a narrower one it stands below them."""


class WordTable(QTableView):
    """`chosen` follows the current row, `opened` is Enter or a double click; both carry the key of the row.

    Rows that lead nowhere (`is_opening` False) leave Enter to the dialog they stand in.
    """

    chosen = Signal(object)
    opened = Signal(object)

    def __init__(
        self,
        name: str,
        columns: Sequence[TableColumn],
        parent: QWidget | None = None,
        *,
        lines: int = _LINES,
        is_opening: bool = True,
    ) -> None:
        super().__init__(parent)
        self.most_lines = lines
        self._is_opening = is_opening
        self.words = WordTableModel(columns, self)
        self.setModel(self.words)
        self._delegate = _Delegate(self)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().setVisible(False)
        self.verticalHeader().setMinimumSectionSize(1)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setMinimumSectionSize(1)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setSectionsClickable(False)
        self._fit = QTimer(self)
        self._fit.setSingleShot(True)
        self._fit.setInterval(0)
        self._fit.timeout.connect(self.fit)
        self.words.modelReset.connect(self._fit.start)
        self.doubleClicked.connect(self._double_clicked)

    @property
    def current_key(self) -> object:
        """The key of the current row; None where there is none."""
        row = self.currentIndex().data(ROW_ROLE) if self.currentIndex().isValid() else None
        return row.key if isinstance(row, TableRow) else None

    def show_rows(self, rows: Sequence[TableRow]) -> None:
        """Show other rows; the current one stays if its key is among them, else the first is."""
        before = self.current_key
        self.words.show_rows(rows)
        if rows:
            place = next((at for at, row in enumerate(rows) if row.key == before), 0)
            self.selectRow(place)

    def select(self, key: object) -> None:
        """Make the row of that key the current one."""
        for place, row in enumerate(self.words.rows):
            if row.key == key:
                self.selectRow(place)
                self.scrollTo(self.words.index(place, 0))

    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """What is shown then begins at the edge of a row: half a line under the head reads as a fault."""
        super().scrollTo(index, hint)
        first = self.rowAt(0)
        top = self.rowViewportPosition(first)
        if 0 <= first < index.row() and top < 0:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + top + self.rowHeight(first))

    def fit(self) -> None:
        """Share out the width, then give each row the height its words need."""
        columns, width = self.words.columns, self.viewport().width()
        shown = [place for place, one in enumerate(columns) if width >= theme.px(one.hidden_below)]
        wide = self._widths(shown, width)
        for place in range(len(columns)):
            self.setColumnHidden(place, place not in shown)
            if place in wide and self.columnWidth(place) != wide[place]:
                self.setColumnWidth(place, wide[place])
        is_other = False
        for place, row in enumerate(self.words.rows):
            height = max((self._delegate.height(row, at, self.columnWidth(at)) for at in shown), default=30)
            if self.rowHeight(place) != height:
                self.setRowHeight(place, height)
                is_other = True
        if is_other:
            self.updateGeometries()  # how far it scrolls is known late otherwise, and the row chosen stays out of sight
            if self.currentIndex().isValid():
                self.scrollTo(self.currentIndex())

    def _widths(self, shown: Sequence[int], width: int) -> dict[int, int]:
        """Each column shown: its share of what is left, but never less than its own head needs."""
        columns = self.words.columns
        metrics = self.horizontalHeader().fontMetrics()
        heads = {
            place: max(40, metrics.horizontalAdvance(columns[place].title) + theme.px(2 * _PAD + 2))
            for place in shown
        }
        wide = {
            place: max(heads[place], theme.px(columns[place].width), self._chip_width(place))
            for place in shown
            if columns[place].width
        }
        while open_ones := [place for place in shown if place not in wide]:
            room, shares = width - sum(wide.values()), sum(columns[place].share for place in open_ones)
            shared = {place: room * columns[place].share // shares for place in open_ones}
            tight = {place: heads[place] for place in open_ones if shared[place] < heads[place]}
            wide |= tight or shared
        return wide

    def _chip_width(self, place: int) -> int:
        """What the longest chip of a column needs: a chip is one line, and cut it says something else."""
        if not self.words.columns[place].is_chip:
            return 0
        texts = {row.cells[place] for row in self.words.rows if row.cells[place]}
        return max((chip_size(text).width() + theme.px(2 * _PAD) for text in texts), default=0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit.start()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        row = current.data(ROW_ROLE) if current.isValid() else None
        if isinstance(row, TableRow):
            self.chosen.emit(row.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self._is_opening:
            event.ignore()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current_key is not None:
            self.opened.emit(self.current_key)
        elif event.text().isprintable() and event.text():
            event.ignore()  # letters belong to the page's shortcuts
        else:
            super().keyPressEvent(event)

    def _double_clicked(self, index: QModelIndex) -> None:
        row = index.data(ROW_ROLE)
        if isinstance(row, TableRow):
            self.opened.emit(row.key)


class _Delegate(QStyledItemDelegate):
    def __init__(self, table: WordTable) -> None:
        super().__init__(table)
        self._table = table
        self._wrappers: dict[tuple[float, bool, bool], Wrapper] = {}

    def height(self, row: TableRow, column: int, width: int) -> int:
        """What a cell needs, its paddings included."""
        spec = self._table.words.columns[column]
        room = width - theme.px(2 * _PAD)
        wrapper = self._wrapper(is_strong=spec.is_strong, is_small=False)
        most = self._table.most_lines
        lines = (
            1 if spec.is_chip or spec.is_one_line else min(most, len(wrapper.lines(row.cells[column], room)))
        )
        height = max(1, lines) * wrapper.line_height
        if small := row.small.get(column):
            wrapper = self._wrapper(is_strong=False, is_small=True)
            height += min(most, len(wrapper.lines(small, room))) * wrapper.line_height
        if column in row.shares and width < theme.px(_BAR_FROM):
            height += theme.px(8)
        return round(height) + theme.px(2 * _LINE_PAD) + 1

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: TableRow = index.data(ROW_ROLE)
        look, area, column = theme.current(), QRect(option.rect), index.column()
        state: QStyle.StateFlag = option.state
        spec = self._table.words.columns[column]
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, look.colour("accent-tint"))
        painter.fillRect(QRect(area.left(), area.bottom(), area.width(), 1), look.colour("line"))
        if state & QStyle.StateFlag.State_Selected and self._table.hasFocus():
            self._paint_focus(painter, area, column)
        words = area.adjusted(look.px(_PAD), look.px(_LINE_PAD), -look.px(_PAD), -look.px(_LINE_PAD))
        if spec.is_chip and row.cells[column]:
            self._paint_chip(painter, words, row, column)
        else:
            self._paint_words(painter, words, row, column, spec)
        painter.restore()

    def _paint_chip(self, painter: QPainter, area: QRect, row: TableRow, column: int) -> None:
        text, size = row.cells[column], chip_size(row.cells[column])
        chip = QRectF(area.left(), area.top(), min(size.width(), area.width()), size.height())
        paint_chip(painter, chip, text, row.tones.get(column, "neutral"))

    def _paint_words(
        self, painter: QPainter, area: QRect, row: TableRow, column: int, spec: TableColumn
    ) -> None:
        look = theme.current()
        tone = row.tones.get(column, "muted" if spec.is_quiet else "text")
        top = float(area.top())
        wrapper = self._wrapper(is_strong=spec.is_strong, is_small=False)
        painter.setFont(_font(is_strong=spec.is_strong, is_small=False))
        painter.setPen(look.colour(tone))
        if spec.is_one_line:
            text = painter.fontMetrics().elidedText(
                row.cells[column], Qt.TextElideMode.ElideRight, area.width()
            )
            painter.drawText(QPointF(area.left(), top + wrapper.ascent), text)
            top += wrapper.line_height
        else:
            top = self._paint_lines(painter, wrapper, area, top, row.cells[column])
        if column in row.shares:
            if area.width() + look.px(2 * _PAD) >= look.px(_BAR_FROM):
                beside = painter.fontMetrics().horizontalAdvance("0,000 of 0,000 · 99%")
                bar = QRectF(area.left() + beside, area.center().y() - 2, area.width() - beside, look.px(5))
            else:
                bar = QRectF(area.left(), top + 2, area.width(), look.px(5))
            self._paint_bar(painter, bar, row.shares[column])
        if small := row.small.get(column):
            wrapper = self._wrapper(is_strong=False, is_small=True)
            painter.setFont(_font(is_strong=False, is_small=True))
            painter.setPen(look.colour("muted"))
            self._paint_lines(painter, wrapper, area, top, small)

    def _paint_lines(self, painter: QPainter, wrapper: Wrapper, area: QRect, top: float, words: str) -> float:
        """As many lines as there is room for, … where words are left; gives where the next line would stand."""
        lines, most = wrapper.lines(words, area.width()), self._table.most_lines
        for place, line in enumerate(lines[:most]):
            text = line.text
            if place == most - 1 and len(lines) > most:
                cut = f"{text.rstrip()}…"
                text = painter.fontMetrics().elidedText(cut, Qt.TextElideMode.ElideRight, area.width())
            painter.drawText(QPointF(area.left(), top + wrapper.ascent), text)
            top += wrapper.line_height
        return top

    def _paint_bar(self, painter: QPainter, area: QRectF, share: float) -> None:
        look = theme.current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("line"))
        painter.drawRoundedRect(area, 2, 2)
        if share > 0:
            painter.setBrush(look.colour("ok" if share >= 1 else "warn"))
            painter.drawRoundedRect(
                QRectF(area.left(), area.top(), area.width() * share, area.height()), 2, 2
            )

    def _paint_focus(self, painter: QPainter, area: QRect, column: int) -> None:
        """The ring runs round the whole row, piece by piece."""
        colour = theme.current().colour("focus")
        painter.fillRect(QRect(area.left(), area.top(), area.width(), 2), colour)
        painter.fillRect(QRect(area.left(), area.bottom() - 1, area.width(), 2), colour)
        shown = [at for at in range(self._table.words.columnCount()) if not self._table.isColumnHidden(at)]
        if column == shown[0]:
            painter.fillRect(QRect(area.left(), area.top(), 2, area.height()), colour)
        if column == shown[-1]:
            painter.fillRect(QRect(area.right() - 1, area.top(), 2, area.height()), colour)

    def _wrapper(self, *, is_strong: bool, is_small: bool) -> Wrapper:
        key = (theme.current().scale, is_strong, is_small)
        if key not in self._wrappers:
            self._wrappers[key] = Wrapper(_font(is_strong=is_strong, is_small=is_small))
        return self._wrappers[key]


def _font(*, is_strong: bool, is_small: bool) -> QFont:
    size = design.SIZE_SMALL if is_small else design.SIZE_BODY
    return theme.current().font(size, "medium" if is_strong else "regular")
