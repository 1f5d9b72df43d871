"""Gives the table of all dealerships its rows, filtered and sorted; a change of order keeps who was chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from qma_app.i18n import _
from ui.portfolio.rows import Column, PortfolioRow, column_title, score_words, sort_key
from ui.widgets.labels import plain_tip

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE: Final = int(Qt.ItemDataRole.UserRole)
_NO_INDEX: Final = QModelIndex()


class PortfolioModel(QAbstractTableModel):
    """All rows are kept; those that match stand in `rows`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[PortfolioRow, ...] = ()
        self._wanted = ""
        self.rows: list[PortfolioRow] = []
        self.sorted_by, self.is_descending = Column.NAME, False

    def show_rows(self, rows: Sequence[PortfolioRow]) -> None:
        """Show other rows."""
        self._all = tuple(rows)
        self._arrange()

    def show_only(self, words: str) -> None:
        """Narrow to the rows that hold each of the words."""
        self._wanted = words
        self._arrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort as a click on the head asks."""
        self.sorted_by, self.is_descending = Column(column), order is Qt.SortOrder.DescendingOrder
        self._arrange()

    @property
    def has_certificates(self) -> bool:
        """Whether any of the dealerships ever had a certificate, shown or not."""
        return any(row.line.certificate is not None for row in self._all)

    def place_of(self, dealership_id: str) -> int | None:
        """The row a dealership stands in now."""
        return next((place for place, row in enumerate(self.rows) if row.id == dealership_id), None)

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self.rows[index.row()], Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return row.cells[column]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _spoken(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return (
                plain_tip(_spoken(row, column))
                if column in (Column.SCORE, Column.GATE, Column.NAME, Column.CERTIFICATE)
                else None
            )
        return row if role == ROW_ROLE else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return column_title(Column(section))
        if role == Qt.ItemDataRole.ToolTipRole:
            return _("Sort by this column ({key})").format(key=Column(section).key)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def _arrange(self) -> None:
        self.beginResetModel()
        words = self._wanted.split()
        shown = [row for row in self._all if all(word in row.words for word in words)]
        self.rows = sorted(shown, key=sort_key(self.sorted_by), reverse=self.is_descending)
        self.endResetModel()


def _spoken(row: PortfolioRow, column: Column) -> str:
    said = score_words(row.line) if column is Column.SCORE else row.cells[column]
    small = "" if column is Column.SCORE else row.small[column]
    if column is Column.GATE:
        small = row.line.why_at_risk  # every area, where the cell names the first ones
    if column is Column.CERTIFICATE and row.line.certificate is not None:
        held = row.line.certificate
        said = f"{held.certificate.number} · {held.life.words}"
        small = " ".join(due.words for due in held.life.open_dues)
    return " · ".join(filter(None, (said, small)))
