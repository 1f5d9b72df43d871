"""Dealerships against areas as coloured figures: a real table with heads at both sides, each figure opens what it was made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from qma_app import design
from qma_app.domain.ids import AreaId
from qma_app.i18n import _, level_text, number_text, percent_text
from qma_app.services.portfolio import AreaTitle, PortfolioLine
from ui import theme
from ui.portfolio.reading import Marks, Portfolio
from ui.widgets.labels import plain_tip
from ui.widgets.level_bar import paint_level_cell

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX: Final = QModelIndex()
_NO_AREA: Final = AreaId("")
_ROW, _HEAD, _LEAST, _MOST = 32, 30, 52, 92


class MapModel(QAbstractTableModel):
    """The first column is the whole dealership, then one for each area."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.areas: tuple[AreaTitle, ...] = ()
        self.lines: tuple[PortfolioLine, ...] = ()
        self.sorted_by, self.is_descending = -1, False
        self._portfolio: Portfolio | None = None
        self._names: Counter[str] = Counter()

    def show_lines(self, portfolio: Portfolio, lines: Sequence[PortfolioLine]) -> None:
        """Show these dealerships with every area that counts in one of them."""
        self.beginResetModel()
        self._portfolio, self.lines = portfolio, tuple(lines)
        self._names = Counter(line.dealership.name for line in lines)
        self.areas = tuple(
            area for area in portfolio.view.areas if any(area.id in line.areas for line in lines)
        )
        self._arrange()
        self.endResetModel()

    def sort_by(self, column: int) -> None:
        """By a figure, the lowest first, again the other way round; -1 is by name."""
        self.beginResetModel()
        self.is_descending = column == self.sorted_by and not self.is_descending
        self.sorted_by = column
        self._arrange()
        self.endResetModel()

    def level(self, row: int, column: int) -> Fraction | None:
        """The level in a cell."""
        line = self.lines[row]
        return line.overall if column == 0 else line.areas.get(self.areas[column - 1].id)

    def applies(self, row: int, column: int) -> bool:
        """Whether the area counts in that dealership."""
        return column == 0 or self.areas[column - 1].id in self.lines[row].areas

    def marks(self, row: int) -> Marks:
        """What the levels of a dealership are painted against."""
        assert self._portfolio is not None
        return self._portfolio.marks_of(self.lines[row])

    def area_of(self, column: int) -> AreaId | None:
        """The area of a column; None for the whole dealership."""
        return self.areas[column - 1].id if column > 0 else None

    def row_title(self, row: int) -> str:
        """The name of a dealership, with its town where another one bears the same."""
        house = self.lines[row].dealership
        is_shared = self._names[house.name] > 1 and bool(house.city)
        return f"{house.name}, {house.city}" if is_shared else house.name

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() or not self.lines else len(self.areas) + 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return level_text(self.level(row, column)) if self.applies(row, column) else ""
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self._spoken(row, column))
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        if orientation is Qt.Orientation.Vertical:
            return self.row_title(section) if section < len(self.lines) else None
        if section == 0:
            return _("All")
        area = self.areas[section - 1]
        return area.code if role == Qt.ItemDataRole.DisplayRole else plain_tip(f"{area.code} {area.title}")

    def _spoken(self, row: int, column: int) -> str:
        title = self.areas[column - 1].title if column else _("All areas")
        level = self.level(row, column)
        said = percent_text(number_text(level, 1)) if level is not None else _("not rated")
        if not self.applies(row, column):
            said = _("does not apply")
        return f"{self.row_title(row)} · {title}: {said}"

    def _arrange(self) -> None:
        by_name = sorted(self.lines, key=_name)
        if self.sorted_by >= 0:
            area = self.areas[self.sorted_by - 1].id if 0 < self.sorted_by <= len(self.areas) else None
            levels = {
                line.dealership.id: line.overall if area is None else line.areas.get(area) for line in by_name
            }
            known = [line for line in by_name if levels[line.dealership.id] is not None]
            known.sort(key=lambda line: levels[line.dealership.id] or 0, reverse=self.is_descending)
            by_name = known + [line for line in by_name if levels[line.dealership.id] is None]
        self.lines = tuple(by_name)


class MapTable(QTableView):
    """`opened` carries the dealership and its area, `_NO_AREA` for the whole."""

    opened = Signal(str, str)
    sorted_anew = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.map = MapModel(self)
        self.setModel(self.map)
        self.setItemDelegate(_Delegate(self))
        self.setAccessibleName(_("Scores of all dealerships by area"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        # By whole rows: what is shown begins at a row's edge, wherever the row chosen stands.
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        # Without it two black strokes stand where the scroll bars meet.
        self.setCornerWidget(QWidget(self))
        side = self.verticalHeader()
        side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        side.setDefaultSectionSize(theme.px(_ROW))
        side.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        side.setHighlightSections(False)
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setHighlightSections(False)
        head.setSectionsClickable(True)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        head.sectionClicked.connect(self.sort_by)
        side.sectionClicked.connect(self._row_clicked)
        self.doubleClicked.connect(self._double_clicked)
        self.map.modelReset.connect(self._lay_out)

    def sort_by(self, column: int) -> None:
        """The lowest figure of a column on top, again the highest."""
        row = self.currentIndex().row()
        kept = self.map.lines[row].dealership.id if 0 <= row < len(self.map.lines) else ""
        self.map.sort_by(column)
        self.select(kept, max(0, column))
        self.sorted_anew.emit()

    def select(self, dealership_id: str, column: int = 0) -> None:
        """Choose a figure of a dealership."""
        for row, line in enumerate(self.map.lines):
            if line.dealership.id == dealership_id:
                index = self.map.index(row, column)
                self.setCurrentIndex(index)
                self.scrollTo(index)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open(self.currentIndex())
        elif event.text() and event.text().isprintable():
            event.ignore()  # letters belong to the page's shortcuts
        else:
            super().keyPressEvent(event)

    def _open(self, index: Index) -> None:
        line = self.map.lines[index.row()]
        self.opened.emit(line.dealership.id, self.map.area_of(index.column()) or _NO_AREA)

    def _row_clicked(self, row: int) -> None:
        self.setCurrentIndex(self.map.index(row, 0))

    def _double_clicked(self, index: QModelIndex) -> None:
        self._open(index)

    def _lay_out(self) -> None:
        look = theme.current()
        names = QFontMetrics(look.font(design.SIZE_SMALL, "strong"))
        rows = range(self.map.rowCount())
        longest = max((names.horizontalAdvance(self.map.row_title(row)) for row in rows), default=0)
        side = min(longest + look.px(28), look.px(250), max(look.px(150), self.width() // 4))
        self.verticalHeader().setFixedWidth(side)
        self.horizontalHeader().setFixedHeight(look.px(_HEAD))
        columns = self.map.columnCount()
        if columns:
            room = (self.viewport().width()) // columns
            width = max(look.px(_LEAST), min(look.px(_MOST), room))
            for column in range(columns):
                self.setColumnWidth(column, width)


class _Delegate(QStyledItemDelegate):
    def __init__(self, table: MapTable) -> None:
        super().__init__(table)
        self._table = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        map_, row, column = self._table.map, index.row(), index.column()
        area = QRectF(option.rect).adjusted(2, 2, -2, -2)
        if map_.applies(row, column):
            marks, level = map_.marks(row), map_.level(row, column)
            paint_level_cell(
                painter, area, level, level_text(level), floor=marks.floor, pass_mark=marks.pass_mark
            )
        if self._table.currentIndex() == index:
            is_focused = self._table.hasFocus()
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(
                QPen(theme.current().colour("focus" if is_focused else "text"), 2 if is_focused else 1)
            )
            painter.drawRoundedRect(area, design.RADIUS_SMALL, design.RADIUS_SMALL)
            painter.restore()


def _name(line: PortfolioLine) -> tuple[str, str]:
    return line.dealership.name.casefold(), line.dealership.id
