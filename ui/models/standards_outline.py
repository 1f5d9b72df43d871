"""Gives the outline of an edition its tree: areas, their processes, how many checkpoints, and where a language is incomplete."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QObject, Qt

from qma_app.domain.coverage import missing_languages
from qma_app.domain.edition import Area, Edition, Process
from qma_app.domain.ids import AreaId, CheckpointId, ProcessId
from qma_app.i18n import _, ngettext
from ui.models.area_tree import AreaTreeModel, Index
from ui.widgets.labels import plain_tip


@dataclass(frozen=True, slots=True)
class Branch:
    """One row: an area (`process` is None) or a process, how many checkpoints it holds, which languages lack texts."""

    area: Area
    process: Process | None
    count: int
    lacking: tuple[str, ...]


class StandardsOutlineModel(AreaTreeModel):
    """Areas at the top, their processes below; with `found` only the branches that hold one of these checkpoints."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._edition: Edition | None = None
        self._language = "en"
        self._lacking: Mapping[CheckpointId, tuple[str, ...]] = {}
        self._areas: list[Branch] = []
        self._processes: list[list[Branch]] = []

    def show(self, edition: Edition | None, language: str, found: Collection[CheckpointId] | None) -> None:
        """Show an edition in a language, whole or only where something was found."""
        self.beginResetModel()
        if edition is not self._edition:
            self._lacking = _lacking_in(edition)
        self._edition, self._language = edition, language
        self._areas, self._processes = [], []
        for area in edition.areas if edition is not None else ():
            self._add(area, None if found is None else frozenset(found))
        self.endResetModel()

    def _add(self, area: Area, found: frozenset[CheckpointId] | None) -> None:
        branches = []
        for process in area.processes:
            ids = [one.id for one in process.checkpoints if found is None or one.id in found]
            if ids or (found is None and not process.checkpoints):
                branches.append(Branch(area, process, len(ids), self._lacking_languages(ids)))
        if branches or found is None:
            lacking = tuple(dict.fromkeys(one for branch in branches for one in branch.lacking))
            self._areas.append(Branch(area, None, sum(branch.count for branch in branches), lacking))
            self._processes.append(branches)

    def _lacking_languages(self, ids: list[CheckpointId]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one for id in ids for one in self._lacking.get(id, ())))

    def lacking(self, id: CheckpointId) -> tuple[str, ...]:
        """The languages that lack a text of a checkpoint."""
        return self._lacking.get(id, ())

    def branch(self, index: Index) -> Branch | None:
        """The row of an index."""
        if not index.isValid():
            return None
        if self.is_area(index):
            return self._areas[index.row()]
        return self._processes[index.internalId() - 1][index.row()]

    def index_of(self, area_id: AreaId, process_id: ProcessId | None = None) -> QModelIndex:
        """Where an area or process stands; invalid when it is not there."""
        for place, area in enumerate(self._areas):
            if area.area.id != area_id:
                continue
            parent = self.index(place, 0)
            if process_id is None:
                return parent
            for row, branch in enumerate(self._processes[place]):
                if branch.process is not None and branch.process.id == process_id:
                    return self.index(row, 0, parent)
        return QModelIndex()

    def area_count(self) -> int:
        return len(self._areas)

    def process_count(self, area: int) -> int:
        return len(self._processes[area])

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        branch = self.branch(index)
        if branch is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{self.number(index)} {self.title(index)}".strip()
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(index, branch)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self._spoken(index, branch))
        return None

    def title(self, index: Index) -> str:
        branch = self.branch(index)
        if branch is None:
            return ""
        text = branch.area.title if branch.process is None else branch.process.title
        base = self._edition.languages[0] if self._edition is not None else "en"
        return text.in_language(self._language, base)

    def number(self, index: Index) -> str:
        branch = self.branch(index)
        return branch.process.number if branch is not None and branch.process is not None else ""

    def _spoken(self, index: Index, branch: Branch) -> str:
        words = f"{self.number(index) or branch.area.code} {self.title(index)}: "
        words += ngettext("{n} checkpoint", "{n} checkpoints", branch.count).format(n=branch.count)
        if branch.lacking:
            languages = ", ".join(one.upper() for one in branch.lacking)
            words += ", " + _("texts are missing in {languages}").format(languages=languages)
        return words


def _lacking_in(edition: Edition | None) -> dict[CheckpointId, tuple[str, ...]]:
    if edition is None:
        return {}
    found = {point.id: missing_languages(point, edition.languages) for point in edition.checkpoints.values()}
    return {id: languages for id, languages in found.items() if languages}
