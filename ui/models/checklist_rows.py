"""Gives the list of checkpoints its rows, updated in place so that selection and scrolling survive an edit."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from qma_app.domain.ids import CheckpointId
from qma_app.services.checklist import ChecklistRow
from ui.checklists.words import Words

Index = QModelIndex | QPersistentModelIndex


class ChecklistModel(QAbstractListModel):
    """The checkpoints shown; which ones is decided by `show`, an edit only replaces rows that are there."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.words: Words | None = None
        self._rows: list[ChecklistRow] = []
        self._places: dict[CheckpointId, int] = {}
        self._headings: Mapping[int, str] = {}
        self.marked: frozenset[CheckpointId] = frozenset()

    def show(self, rows: Sequence[ChecklistRow], words: Words | None, *, has_headings: bool = False) -> None:
        """Show other rows; with `has_headings` the first row of each process carries its number and title."""
        self.beginResetModel()
        self.words = words
        self._rows = list(rows)
        self._places = {row.checkpoint.id: place for place, row in enumerate(self._rows)}
        self._headings = _headings(self._rows, words) if has_headings and words is not None else {}
        self.marked = frozenset()
        self.endResetModel()

    def update_rows(
        self, rows: Mapping[CheckpointId, ChecklistRow], touched: Collection[CheckpointId]
    ) -> None:
        """Replace the touched rows that are shown; nothing else is painted again."""
        for id in touched:
            place = self._places.get(id)
            if place is not None and id in rows:
                self._rows[place] = rows[id]
                index = self.index(place)
                self.dataChanged.emit(index, index)

    def mark(self, touched: Collection[CheckpointId]) -> None:
        """Point at these rows until `mark` is called again."""
        before, self.marked = self.marked, frozenset(touched)
        for id in before ^ self.marked:
            place = self._places.get(id)
            if place is not None:
                self.dataChanged.emit(self.index(place), self.index(place))

    def row_at(self, place: int) -> ChecklistRow:
        """The row at a place; the place must be valid."""
        return self._rows[place]

    @property
    def headings(self) -> Collection[int]:
        """The places of rows with a heading above."""
        return self._headings.keys()

    def heading_at(self, place: int) -> str:
        """What stands above a row, empty for most."""
        return self._headings.get(place, "")

    def place_of(self, checkpoint_id: CheckpointId) -> int | None:
        """Where a checkpoint is shown, None if it is not."""
        return self._places.get(checkpoint_id)

    @property
    def rows(self) -> tuple[ChecklistRow, ...]:
        return tuple(self._rows)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or self.words is None:
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{row.checkpoint.number} {self.words.of(row.checkpoint.statement)}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.words.spoken(row)
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return self.words.facts(row.checkpoint)
        return None


def _headings(rows: Sequence[ChecklistRow], words: Words) -> dict[int, str]:
    headings = {}
    before = None
    for place, row in enumerate(rows):
        process_id = row.checkpoint.process_id
        if process_id != before:
            process = words.edition.processes[process_id]
            headings[place] = f"{process.number} {words.of(process.title)}"
            before = process_id
    return headings
