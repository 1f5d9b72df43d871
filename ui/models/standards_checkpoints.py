"""The checkpoints of a standard as a Qt list, each with what the list says of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from qma_app.domain.edition import Checkpoint
from qma_app.domain.ids import CheckpointId
from qma_app.i18n import _, number_text

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX: Final = QModelIndex()
ROW_ROLE: Final = int(Qt.ItemDataRole.UserRole)


@dataclass(frozen=True, kw_only=True, slots=True)
class CheckpointRow:
    """One checkpoint: `heading` stands above it where another process begins, `mean` is that of the dealerships with points."""

    point: Checkpoint
    statement: str
    facts: str
    heading: str = ""
    lacking: tuple[str, ...] = ()
    mean: Fraction | None = None

    @property
    def spoken(self) -> str:
        """The row for those who listen."""
        parts = [self.point.number, self.statement, self.facts]
        if self.point.is_critical:
            parts.append(_("critical"))
        if self.lacking:
            languages = ", ".join(one.upper() for one in self.lacking)
            parts.append(_("texts are missing in {languages}").format(languages=languages))
        if self.mean is not None:
            parts.append(_("mean of the dealerships {points}").format(points=number_text(self.mean, 1)))
        return ". ".join(part.rstrip(".") for part in parts if part) + "."


class StandardsCheckpointModel(QAbstractListModel):
    """Rows in the order of the standard."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[CheckpointRow, ...] = ()

    @property
    def rows(self) -> Sequence[CheckpointRow]:
        return self._rows

    def show_rows(self, rows: Sequence[CheckpointRow]) -> None:
        """Show other checkpoints; where only what is known of them differs, the list stays where it is."""
        fresh = tuple(rows)
        is_same_list = [one.point.id for one in fresh] == [one.point.id for one in self._rows]
        if is_same_list and fresh:
            self._rows = fresh
            self.dataChanged.emit(self.index(0), self.index(len(fresh) - 1))
            return
        self.beginResetModel()
        self._rows = fresh
        self.endResetModel()

    def place_of(self, id: CheckpointId | None) -> int | None:
        """Where a checkpoint stands."""
        return next((place for place, row in enumerate(self._rows) if row.point.id == id), None)

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{row.point.number} {row.statement}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.spoken
        return row if role == ROW_ROLE else None
