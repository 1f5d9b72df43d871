"""The lines of the upgrade desk as a Qt list in which a decision changes one line only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ui.models.upgrade_rows import ChangeRow, GroupRow, Row

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX: Final = QModelIndex()
ROW_ROLE: Final = int(Qt.ItemDataRole.UserRole)


class UpgradeModel(QAbstractListModel):
    """Heads of groups, which cannot be chosen, and the lines below them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []

    @property
    def rows(self) -> Sequence[Row]:
        return self._rows

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show other lines altogether."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def put(self, row: ChangeRow) -> None:
        """A line was decided."""
        for place, other in enumerate(self._rows):
            if isinstance(other, ChangeRow) and other.id == row.id and other != row:
                self._rows[place] = row
                self.dataChanged.emit(self.index(place, 0), self.index(place, 0))

    def row(self, index: Index) -> Row | None:
        """The line at an index."""
        return self._rows[index.row()] if index.isValid() else None

    def place_of(self, id: str) -> int | None:
        """Where a line stands."""
        return next(
            (at for at, row in enumerate(self._rows) if isinstance(row, ChangeRow) and row.id == id), None
        )

    def first_place(self) -> int | None:
        """The first line that can be chosen."""
        return next((at for at, row in enumerate(self._rows) if isinstance(row, ChangeRow)), None)

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if isinstance(self.row(index), GroupRow):
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row(index)
        if row is None:
            return None
        if role == ROW_ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.title if isinstance(row, GroupRow) else row.spoken
        return None
