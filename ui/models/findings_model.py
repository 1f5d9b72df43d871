"""The findings as a Qt table that changes only the rows touched, so that selection and scrolling survive."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import IntEnum
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)

from qma_app.domain.finding import FindingGrade
from qma_app.domain.wording import grade_title
from qma_app.i18n import _, day_text
from ui.models.findings_rows import FindingRow, RowFilter
from ui.widgets.labels import plain_tip

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX: Final = QModelIndex()
ROW_ROLE: Final = int(Qt.ItemDataRole.UserRole)
SORT_ROLE: Final = ROW_ROLE + 1
_NEVER: Final = "9999-12-31"


class Column(IntEnum):
    """The columns from left to right."""

    NUMBER = 0
    GRADE = 1
    STATEMENT = 2
    PROCESS = 3
    OWNER = 4
    DUE = 5
    STATE = 6


def column_title(column: Column) -> str:
    """The head of a column."""
    return {
        Column.NUMBER: _("No."),
        Column.GRADE: _("Grade"),
        Column.STATEMENT: _("Finding"),
        Column.PROCESS: _("Process"),
        Column.OWNER: _("Owner"),
        Column.DUE: _("Due"),
        Column.STATE: _("State"),
    }[column]


def state_text(row: FindingRow) -> str:
    """Open or closed, in a word; a good practice is neither."""
    if row.finding.is_open:
        return _("open") if row.wants_work else "–"
    return _("closed")


def due_text(row: FindingRow) -> str:
    """The day it is due, with its year where that is not the one it is shown in."""
    due = row.finding.due_on
    if due is None:
        return ""
    return day_text(due, _("d MMM") if due.year == row.shown_on.year else _("d MMM yy"))


class FindingsModel(QAbstractTableModel):
    """Rows in the order they were raised, newest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[FindingRow] = []

    @property
    def rows(self) -> Sequence[FindingRow]:
        return self._rows

    def show_rows(self, rows: Sequence[FindingRow]) -> None:
        """Show other findings altogether."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def put(self, row: FindingRow) -> None:
        """A finding was raised, changed or taken out of the bin."""
        place = self.place_of(row.finding.id)
        if place is None:
            place = next(
                (at for at, other in enumerate(self._rows) if other.finding.number < row.finding.number),
                len(self._rows),
            )
            self.beginInsertRows(_NO_INDEX, place, place)
            self._rows.insert(place, row)
            self.endInsertRows()
        elif self._rows[place] != row:
            self._rows[place] = row
            self.dataChanged.emit(self.index(place, 0), self.index(place, len(Column) - 1))

    def take_out(self, finding_id: str) -> None:
        """A finding went to the bin."""
        place = self.place_of(finding_id)
        if place is not None:
            self.beginRemoveRows(_NO_INDEX, place, place)
            del self._rows[place]
            self.endRemoveRows()

    def is_open(self, finding_id: str) -> bool:
        """Whether a finding is here and not settled."""
        place = self.place_of(finding_id)
        return place is not None and self._rows[place].finding.is_open

    def place_of(self, finding_id: str) -> int | None:
        """The row a finding stands in."""
        return next((place for place, row in enumerate(self._rows) if row.finding.id == finding_id), None)

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], Column(index.column())
        if role == ROW_ROLE:
            return row
        if role == SORT_ROLE:
            return _SORT_KEYS[column](row)
        if role == Qt.ItemDataRole.DisplayRole:
            return _TEXTS[column](row)
        if role == Qt.ItemDataRole.ToolTipRole and column is Column.STATEMENT:
            return plain_tip(row.finding.statement)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{column_title(column)}: {_TEXTS[column](row) or _('none')}"
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return column_title(Column(section)) if role == Qt.ItemDataRole.DisplayRole else None


class FindingsFilter(QSortFilterProxyModel):
    """The rows the tabs, menus and filter text let through, sorted by the column chosen."""

    def __init__(self, source: FindingsModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._filter = RowFilter()
        self._source = source
        self.setSortRole(SORT_ROLE)
        self.setDynamicSortFilter(True)
        self.setSourceModel(source)

    @property
    def row_filter(self) -> RowFilter:
        return self._filter

    def show_only(self, row_filter: RowFilter) -> None:
        """Change what is let through."""
        if row_filter != self._filter:
            self.beginFilterChange()
            self._filter = row_filter
            self.endFilterChange()

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        return self._filter.accepts(self._source.rows[source_row])

    def lessThan(self, left: Index, right: Index) -> bool:
        return bool(left.data(SORT_ROLE) < right.data(SORT_ROLE))


_GRADES: Final = tuple(FindingGrade)
_TEXTS: Final[dict[Column, Callable[[FindingRow], str]]] = {
    Column.NUMBER: lambda row: row.finding.label,
    Column.GRADE: lambda row: grade_title(row.finding.grade),
    Column.STATEMENT: lambda row: " ".join(row.finding.statement.split()),
    Column.PROCESS: lambda row: row.process_text,
    Column.OWNER: lambda row: row.finding.owner,
    Column.DUE: due_text,
    Column.STATE: state_text,
}
# Ties are broken by the number, so that sorting twice gives the same order.
_SORT_KEYS: Final[dict[Column, Callable[[FindingRow], tuple[Any, int]]]] = {
    Column.NUMBER: lambda row: (0, row.finding.number),
    Column.GRADE: lambda row: (_GRADES.index(row.finding.grade), row.finding.number),
    Column.STATEMENT: lambda row: (row.finding.statement.casefold(), row.finding.number),
    Column.PROCESS: lambda row: (row.process or "~", row.finding.number),
    Column.OWNER: lambda row: (row.finding.owner.casefold() or "~", row.finding.number),
    Column.DUE: lambda row: (
        str(row.finding.due_on) if row.finding.due_on and row.finding.is_open else _NEVER,
        row.finding.number,
    ),
    Column.STATE: lambda row: (not row.finding.is_open, row.finding.number),
}
