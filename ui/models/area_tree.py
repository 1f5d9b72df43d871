"""A tree of two levels, areas and their processes, for whatever a row of it shows."""

from __future__ import annotations

from abc import abstractmethod

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex

Index = QModelIndex | QPersistentModelIndex
AREA = 0  # the internal id of areas; that of a process is its area's row + 1


class AreaTreeModel(QAbstractItemModel):
    """Knows places only: how many areas there are, how many processes each has, and what a row is called."""

    @abstractmethod
    def area_count(self) -> int:
        """How many rows stand at the top."""

    @abstractmethod
    def process_count(self, area: int) -> int:
        """How many rows stand below the area in that row."""

    @abstractmethod
    def title(self, index: Index) -> str:
        """The words of a row."""

    @abstractmethod
    def number(self, index: Index) -> str:
        """The number of a process, empty for an area."""

    @staticmethod
    def is_area(index: Index) -> bool:
        """Whether a row is an area."""
        return index.isValid() and index.internalId() == AREA

    def index(self, row: int, column: int, parent: Index | None = None) -> QModelIndex:
        if column != 0 or row < 0:
            return QModelIndex()
        if parent is None or not parent.isValid():
            return self.createIndex(row, 0, AREA) if row < self.area_count() else QModelIndex()
        if parent.internalId() != AREA or row >= self.process_count(parent.row()):
            return QModelIndex()
        return self.createIndex(row, 0, parent.row() + 1)

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]  # QObject.parent() without arguments is another one
        if not index.isValid() or index.internalId() == AREA:
            return QModelIndex()
        return self.createIndex(index.internalId() - 1, 0, AREA)

    def rowCount(self, parent: Index | None = None) -> int:
        if parent is None or not parent.isValid():
            return self.area_count()
        return self.process_count(parent.row()) if parent.internalId() == AREA else 0

    def columnCount(self, parent: Index | None = None) -> int:
        return 1
