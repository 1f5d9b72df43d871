"""Gives the outline its tree of areas and processes, updated in place so that what is unfolded stays unfolded."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, Qt

from qma_app.domain.ids import AreaId, ProcessId
from qma_app.i18n import _, level_text
from ui.checklists.sheet import AreaProgress, ProcessProgress
from ui.checklists.words import Words
from ui.models.area_tree import AreaTreeModel, Index
from ui.widgets.labels import plain_tip


class OutlineModel(AreaTreeModel):
    """Areas at the top, their processes below."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._areas: tuple[AreaProgress, ...] = ()
        self._words: Words | None = None

    def show(self, areas: tuple[AreaProgress, ...], words: Words | None) -> None:
        """Show an outline; where only counts and levels differ, only those rows are painted again."""
        is_same_tree = words == self._words and _ids(areas) == _ids(self._areas)
        if not is_same_tree:
            self.beginResetModel()
            self._areas, self._words = areas, words
            self.endResetModel()
            return
        before, self._areas = self._areas, areas
        for row, (old, new) in enumerate(zip(before, areas, strict=True)):
            if old == new:
                continue
            area = self.index(row, 0)
            self.dataChanged.emit(area, area)
            for place, (was, now) in enumerate(zip(old.processes, new.processes, strict=True)):
                if was != now:
                    index = self.index(place, 0, area)
                    self.dataChanged.emit(index, index)

    def area_at(self, index: Index) -> AreaProgress | None:
        """The area of an index, None for a process."""
        return self._areas[index.row()] if self.is_area(index) else None

    def process_at(self, index: Index) -> ProcessProgress | None:
        """The process of an index, None for an area."""
        if not index.isValid() or self.is_area(index):
            return None
        return self._areas[index.internalId() - 1].processes[index.row()]

    def index_of_area(self, area_id: AreaId) -> QModelIndex:
        """Where an area stands; invalid when it is not there."""
        places = (place for place, row in enumerate(self._areas) if row.area.id == area_id)
        place = next(places, None)
        return QModelIndex() if place is None else self.index(place, 0)

    def index_of_process(self, process_id: ProcessId) -> QModelIndex:
        """Where a process stands; invalid when it is not there."""
        for area_place, area in enumerate(self._areas):
            for place, row in enumerate(area.processes):
                if row.process.id == process_id:
                    return self.index(place, 0, self.index(area_place, 0))
        return QModelIndex()

    def area_count(self) -> int:
        return len(self._areas)

    def process_count(self, area: int) -> int:
        return len(self._areas[area].processes)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or self._words is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{self.number(index)} {self.title(index)}".strip()
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(index)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self._spoken(index))
        return None

    def _spoken(self, index: Index) -> str:
        return f"{self.number(index)} {self.title(index)}: {self.progress_spoken(index)}".strip()

    def title(self, index: Index) -> str:
        assert self._words is not None
        area, process = self.area_at(index), self.process_at(index)
        if area is not None:
            return self._words.of(area.area.title)
        return self._words.of(process.process.title) if process is not None else ""

    def number(self, index: Index) -> str:
        process = self.process_at(index)
        return process.process.number if process is not None else ""

    def progress(self, index: Index) -> str:
        """`6/8` while something is open, the level of an area when all is decided, empty for a process that is done."""
        area, process = self.area_at(index), self.process_at(index)
        if area is not None:
            return level_text(area.level) if self.is_done(index) else f"{area.decided}/{area.total}"
        if process is None or process.is_done:
            return ""
        return f"{process.decided}/{process.total}"

    def is_done(self, index: Index) -> bool:
        """Whether every checkpoint of the row is decided."""
        row = self.area_at(index) or self.process_at(index)
        return row is not None and row.decided == row.total

    def progress_spoken(self, index: Index) -> str:
        """Progress and level in words."""
        area, process = self.area_at(index), self.process_at(index)
        row = area or process
        if row is None:
            return ""
        level = area.level if area is not None else process.tally.level if process is not None else None
        said = _("{decided} of {total} decided").format(decided=row.decided, total=row.total)
        return said if level is None else f"{said}, {level_text(level, 1)}"


def _ids(areas: tuple[AreaProgress, ...]) -> list[tuple[AreaId, list[ProcessId]]]:
    return [(area.area.id, [row.process.id for row in area.processes]) for area in areas]
