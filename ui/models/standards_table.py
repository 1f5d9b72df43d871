"""Rows of words as a Qt table: what each of the tables of the Standards screen shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ui.widgets.labels import plain_tip

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX: Final = QModelIndex()
ROW_ROLE: Final = int(Qt.ItemDataRole.UserRole)


@dataclass(frozen=True, kw_only=True, slots=True)
class TableColumn:
    """A column: `width` in pixels of normal type, or 0 with the `share` of what is left; `hidden_below` is a width of the table.

    With `is_one_line` its words end in … rather than go on below: addresses and numbers that no line break may cut.
    """

    title: str
    width: int = 0
    share: int = 1
    is_quiet: bool = False
    is_chip: bool = False
    is_strong: bool = False
    is_one_line: bool = False
    hidden_below: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class TableRow:
    """One row: `cells` by column, `tones` colour one of them, `shares` paint a bar in one, `small` says more in small type below."""

    key: Any
    cells: tuple[str, ...]
    tones: Mapping[int, str] = field(default_factory=dict)
    shares: Mapping[int, float] = field(default_factory=dict)
    small: Mapping[int, str] = field(default_factory=dict)
    tip: str = ""


class WordTableModel(QAbstractTableModel):
    """The rows as given, in their order."""

    def __init__(self, columns: Sequence[TableColumn], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._rows: tuple[TableRow, ...] = ()

    @property
    def rows(self) -> Sequence[TableRow]:
        return self._rows

    def show_rows(self, rows: Sequence[TableRow]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def show_row(self, place: int, row: TableRow) -> None:
        """Show another row at one place; its height stays."""
        self._rows = (*self._rows[:place], row, *self._rows[place + 1 :])
        last = self.index(place, len(self.columns) - 1)
        self.dataChanged.emit(self.index(place, 0), last)

    def show_columns(self, columns: Sequence[TableColumn]) -> None:
        """Have other columns, and no rows until they are shown."""
        self.beginResetModel()
        self.columns, self._rows = tuple(columns), ()
        self.endResetModel()

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.cells[index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return " ".join(filter(None, (row.cells[index.column()], row.small.get(index.column(), ""))))
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(row.tip) if row.tip else None
        return row if role == ROW_ROLE else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title if section < len(self.columns) else None
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None
