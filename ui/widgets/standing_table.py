"""Areas against assessments as coloured figures, with a bar of where the dealership stands: every figure can be opened."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from qma_app import design
from qma_app.i18n import _
from ui import theme
from ui.models.standing_model import StandingColumn, StandingModel, StandingRow
from ui.widgets.level_bar import paint_level_bar, paint_level_cell

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX: Final = QModelIndex()
_ROW_MINIMUM, _ROW_MAXIMUM = 22, 34
_HEADER_HEIGHT = 28
# So many rows are shown high while there is room; with more of them each is as low as it may be.
_ROWS_HEIGHT = 170
_CELL_LEAST, _CELL_MOST = 52, 78
_NAME_LEAST, _NAME_MOST = 170, 260
_BAR_LEAST = 96
_BEHIND_GAP, _BEHIND_LEAST = 7, 20


class StandingTable(QTableView):
    """The table of Today; `opened` carries the area, and the assessment whose figure was chosen ("" = the newest)."""

    opened = Signal(str, str)

    def __init__(self, parent: QWidget | None = None, *, floor: int = 70, pass_mark: int = 80) -> None:
        super().__init__(parent)
        self.standing = StandingModel(self)
        self.setModel(self.standing)
        self.setItemDelegate(_StandingDelegate(self))
        self.setHorizontalHeader(_Header(self))
        self.floor, self.pass_mark = floor, pass_mark
        self.hovered = QPersistentModelIndex(_NO_INDEX)
        self.setAccessibleName(_("Where the dealership stands"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().setVisible(False)
        self.verticalHeader().setMinimumSectionSize(1)
        self.horizontalHeader().setMinimumSectionSize(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_rows(
        self, columns: Sequence[StandingColumn], rows: Sequence[StandingRow], *, floor: int, pass_mark: int
    ) -> None:
        """Show these figures against these marks."""
        self.floor, self.pass_mark = floor, pass_mark
        self.standing.show_rows(columns, rows)
        self._lay_out()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        rows = max(1, self.standing.rowCount())
        row = min(_ROW_MAXIMUM, max(_ROW_MINIMUM + 1, _ROWS_HEIGHT // rows))
        return QSize(theme.px(560), theme.px(_HEADER_HEIGHT) + theme.px(row) * rows + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(280), self.sizeHint().height())

    def most_height(self) -> int:
        """The height beyond which the rows no longer grow."""
        return theme.px(_HEADER_HEIGHT) + theme.px(_ROW_MAXIMUM) * max(1, self.standing.rowCount()) + 2

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.indexAt(event.position().toPoint()))

    def leaveEvent(self, event: Any) -> None:
        super().leaveEvent(event)
        self._hover(_NO_INDEX)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() is Qt.MouseButton.LeftButton:
            self._open(self.indexAt(event.position().toPoint()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
            and self.currentIndex().isValid()
        ):
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            place = index.column() - 1
            columns = self.standing.columns
            self.opened.emit(
                self.standing.rows[index.row()].id, columns[place].id if 0 <= place < len(columns) else ""
            )

    def _hover(self, index: QModelIndex) -> None:
        if self.hovered != index:
            self.hovered = QPersistentModelIndex(index)
            self.viewport().setCursor(
                Qt.CursorShape.PointingHandCursor if index.isValid() else Qt.CursorShape.ArrowCursor
            )
            self.viewport().update()

    def _lay_out(self) -> None:
        columns, rows = len(self.standing.columns), self.standing.rowCount()
        width = self.viewport().width()
        longest = self._longest_name()
        name_least = min(longest, theme.px(_NAME_LEAST))
        cell_least = self._least_cell()
        own = self.own_width()
        bar_least = theme.px(_BAR_LEAST) + (own + theme.px(6) if own else 0)
        fitting = max(2, (width - name_least - bar_least) // cell_least)
        shown = self._show_columns(fitting)
        cell = max(
            cell_least,
            min(
                theme.px(_CELL_MOST),
                round(width * 0.095),
                (width - name_least - bar_least) // max(1, shown),
            ),
        )
        room = width - cell * shown
        bar = max(bar_least, round(width * 0.28))
        name = max(name_least, min(longest + theme.px(12), theme.px(_NAME_MOST), room - bar))
        for column in range(1, columns + 1):
            self.setColumnWidth(column, cell)
        self.setColumnWidth(0, name)
        self.setColumnWidth(columns + 1, max(theme.px(60), room - name))
        height = (self.height() - theme.px(_HEADER_HEIGHT)) // max(1, rows)
        self.verticalHeader().setDefaultSectionSize(
            min(theme.px(_ROW_MAXIMUM), max(theme.px(_ROW_MINIMUM), height))
        )

    def _show_columns(self, fitting: int) -> int:
        """Show as many assessments as fit, the first and the newest ones; how many that are."""
        columns = len(self.standing.columns)
        newest = columns - (fitting - 1)
        for place in range(columns + 1):
            self.setColumnHidden(place + 1, 0 < place < newest)
        current = self.currentIndex()
        if current.isValid() and self.isColumnHidden(current.column()):
            self.setCurrentIndex(current.siblingAtColumn(0))
        return min(columns, fitting)

    def _longest_name(self) -> int:
        metrics = QFontMetrics(theme.current().font(design.SIZE_BODY - 0.5))
        small = QFontMetrics(theme.current().font(design.SIZE_SMALL - 0.5))
        longest = max(
            (
                metrics.horizontalAdvance(row.title)
                + (small.horizontalAdvance(row.behind) + theme.px(_BEHIND_GAP) if row.behind else 0)
                for row in self.standing.rows
            ),
            default=0,
        )
        return longest + theme.px(8 + 6 + 6)

    def own_width(self) -> int:
        """The room behind the bars for how the departments see themselves; none while none has said so."""
        metrics = QFontMetrics(theme.current().font(design.SIZE_SMALL - 0.5))
        return max((metrics.horizontalAdvance(row.own) for row in self.standing.rows), default=0)

    def _least_cell(self) -> int:
        """The width in which every head and every figure can be read."""
        look = theme.current()
        head = QFontMetrics(look.font(design.SIZE_SMALL - 0.5, "strong"))
        figure = QFontMetrics(look.font(design.SIZE_BODY - 0.5))
        needed = [head.horizontalAdvance(column.title) + look.px(16) for column in self.standing.columns]
        needed += [
            figure.horizontalAdvance(text) + look.px(8) + 8
            for row in self.standing.rows
            for text in row.figures
        ]
        return min(look.px(_CELL_MOST), max(look.px(_CELL_LEAST), *needed, 0))


class _Header(QHeaderView):
    """Heads over the figures at the right, over the bar at the left; small and quiet."""

    def __init__(self, table: StandingTable) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self._table = table
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setSectionsClickable(False)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), theme.px(_HEADER_HEIGHT))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        look = theme.current()
        painter.save()
        painter.fillRect(rect, look.colour("surface"))
        painter.setFont(look.font(design.SIZE_SMALL - 0.5, "strong"))
        painter.setPen(look.colour("muted"))
        is_bar = self._table.standing.is_bar(section)
        side = Qt.AlignmentFlag.AlignLeft if is_bar else Qt.AlignmentFlag.AlignRight
        words = rect.adjusted(theme.px(6), 0, -theme.px(10), 0)
        text = self._table.standing.headerData(section, Qt.Orientation.Horizontal)
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, side | Qt.AlignmentFlag.AlignVCenter, shown)
        painter.setPen(QPen(look.colour("line"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.restore()


class _StandingDelegate(QStyledItemDelegate):
    def __init__(self, table: StandingTable) -> None:
        super().__init__(table)
        self._table = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, table = theme.current(), self._table
        area: QRect = option.rect
        row, column = table.standing.rows[index.row()], index.column()
        painter.save()
        painter.setPen(QPen(look.colour("line"), 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        inner = QRectF(area).adjusted(2, 2, -2, -3)
        if column == 0:
            self._paint_title(painter, area.adjusted(look.px(8), 0, -look.px(6), 0), row)
        elif table.standing.is_bar(column):
            self._paint_bar(painter, inner.adjusted(look.px(6), 0, -look.px(6), 0), row)
        else:
            paint_level_cell(
                painter,
                inner,
                row.levels[column - 1],
                row.figures[column - 1],
                floor=table.floor,
                pass_mark=table.pass_mark,
            )
        self._paint_frame(painter, inner, index)
        painter.restore()

    def _paint_title(self, painter: QPainter, area: QRect, row: StandingRow) -> None:
        """The title goes before what stands behind it: where room is short, that is cut first."""
        look, left = theme.current(), QRect(area)
        for text, size, tone in (
            (row.title, design.SIZE_BODY - 0.5, "text"),
            (row.behind, design.SIZE_SMALL - 0.5, "muted"),
        ):
            painter.setFont(look.font(size))
            painter.setPen(look.colour(tone))
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, left.width())
            painter.drawText(left, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
            left.setLeft(left.left() + painter.fontMetrics().horizontalAdvance(shown) + look.px(_BEHIND_GAP))
            if left.width() < look.px(_BEHIND_LEAST):
                return

    def _paint_bar(self, painter: QPainter, area: QRectF, row: StandingRow) -> None:
        table = self._table
        behind = table.own_width()
        if behind:
            look = theme.current()
            painter.setFont(look.font(design.SIZE_SMALL - 0.5))
            painter.setPen(look.colour("muted"))
            words = QRectF(area.right() - behind, area.y(), behind, area.height())
            painter.drawText(words, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, row.own)
            area = area.adjusted(0, 0, -behind - look.px(6), 0)
        paint_level_bar(painter, area, row.standing, floor=table.floor, pass_mark=table.pass_mark)
        half = theme.px(8) / 2
        x = round(area.x() + area.width() * table.floor / 100)
        painter.fillRect(
            QRectF(x - 1, area.center().y() - half, 1.5, 2 * half), theme.current().colour("muted")
        )

    def _paint_frame(self, painter: QPainter, area: QRectF, index: Index) -> None:
        is_current = self._table.hasFocus() and self._table.currentIndex() == index
        if not is_current and self._table.hovered != index:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(
            QPen(theme.current().colour("focus" if is_current else "text"), 2 if is_current else 1)
        )
        painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), design.RADIUS_SMALL, design.RADIUS_SMALL)


def cell_centre(table: StandingTable, row: int, column: int) -> QPoint:
    """The middle of a cell in the table's viewport."""
    return table.visualRect(table.standing.index(row, column)).center()
