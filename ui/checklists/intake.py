"""Takes in photos, documents and whole folders beside the window, and says at once which it cannot use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from qma_app.domain.ids import AssessmentId, CheckpointId, EngagementId
from qma_app.domain.record import Changes
from qma_app.errors import QmaError
from qma_app.i18n import _, ngettext
from ui.checklists.incoming import Incoming
from ui.jobs import Job, Progress
from ui.workbench import Workbench

if TYPE_CHECKING:
    from qma_app.services.evidence_intake import Intake as Result
    from qma_app.services.evidence_intake import Source
    from qma_app.services.evidence_places import Place
    from qma_app.services.workspace import Workspace

AT_ONCE: Final = 8
"""So many are taken in together, on all cores; then they are shown and the next follow."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Spot:
    """Where evidence belongs."""

    engagement_id: EngagementId
    assessment_id: AssessmentId
    checkpoint_id: CheckpointId


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing on its way in; things dropped together carry one batch number and are one step of undo."""

    incoming: Incoming
    spot: Spot
    batch: int


@dataclass(frozen=True, slots=True)
class Refusal:
    """What could not be taken in, and why."""

    name: str
    error: QmaError


class Intake(QObject):
    """A queue: the window stays usable, the order of the files is kept, cancelling drops what still waits."""

    changed = Signal()
    refused = Signal(object)  # Refusal

    def __init__(self, workbench: Workbench, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._queue: list[Waiting] = []
        self._job: Job | None = None
        self._batch = 0
        self._under_way = 0
        workbench.workspace_changed.connect(self.forget)

    def take(self, things: Sequence[Incoming], spot: Spot) -> None:
        """Take these in at a checkpoint, after what waits already."""
        self._batch += 1
        self._queue += [Waiting(thing, spot, self._batch) for thing in things]
        self._next()
        self.changed.emit()

    def waiting_at(self, checkpoint_id: CheckpointId) -> tuple[str, ...]:
        """The names of what is on its way to a checkpoint, the one under way first."""
        return tuple(one.incoming.name for one in self._queue if one.spot.checkpoint_id == checkpoint_id)

    @property
    def is_busy(self) -> bool:
        return bool(self._queue)

    def forget(self) -> None:
        """Drop what still waits: it belonged to a workspace that is open no more."""
        self._queue.clear()
        if self._job is not None:
            self._job.cancel()

    def _next(self) -> None:
        if self._job is not None or not self._queue:
            return
        first = self._queue[0]
        group = list(takewhile(lambda one: one.batch == first.batch, self._queue[:AT_ONCE]))
        self._under_way = len(group)
        self._job = self._workbench.jobs.run(
            taking_in_title([one.incoming for one in group]),
            partial(_taken_in, self._workbench.workspace, first.spot, [one.incoming for one in group]),
            self._done,
            self._failed,
            self._cancelled,
        )

    def _done(self, result: Result) -> None:
        is_cancelled = self._job is not None and self._job.is_cancelled
        self._job = None
        if self._queue:
            batch = self._queue[0].batch
            del self._queue[: len(self._queue) if is_cancelled else self._under_way]
            if result.changes:
                self._workbench.do(_announced, together(result.changes), merge_key=f"evidence {batch}")
            self._tell_known(result)
        self._next()
        self.changed.emit()
        for refused in result.refused:
            self.refused.emit(Refusal(refused.name, refused.error))

    def _tell_known(self, result: Result) -> None:
        if len(result.known) == 1:
            known = result.known[0]
            self._workbench.told.emit(
                _("{name} is here already; it was linked to this place too.").format(name=known.name)
                if known.is_linked
                else _("{name} is here already.").format(name=known.name)
            )
        elif result.known:
            self._workbench.told.emit(
                _("{count} files are here already and were only linked.").format(count=len(result.known))
            )

    def _failed(self, error: QmaError) -> None:
        self._job = None
        name = self._queue[0].incoming.name if self._queue else ""
        del self._queue[: self._under_way]
        self._next()
        self.changed.emit()
        self.refused.emit(Refusal(name, error))

    def _cancelled(self) -> None:
        self._job = None
        self._queue.clear()
        self.changed.emit()


def taking_in_title(things: Sequence[Incoming]) -> str:
    """What the status bar calls the work."""
    if len(things) == 1:
        return _("Taking in {name}").format(name=things[0].name)
    return ngettext("Taking in {count} file", "Taking in {count} files", len(things)).format(
        count=len(things)
    )


def take_in(
    workspace: Workspace,
    engagement_id: EngagementId,
    things: Sequence[Incoming],
    place: Place | None,
    progress: Progress,
) -> Result:
    """Take these in, folders with all they hold, and tie them to a place; slow, so not called in the window's thread."""
    from qma_app.services.evidence_intake import NamedFile, add_evidence_files, files_in_folder

    files: list[Source] = []
    for thing in things:
        if isinstance(thing.source, Path):
            files += files_in_folder(thing.source) if thing.source.is_dir() else (thing.source,)
        else:
            files.append(NamedFile(name=thing.name, data=thing.read()))
    return add_evidence_files(
        workspace, engagement_id=engagement_id, files=files, place=place, progress=progress
    )


def together(changes: Sequence[Changes]) -> Changes:
    """Edits of which each made records of its own, as one."""
    return replace(changes[-1], records=tuple(record for one in changes for record in one))


def _taken_in(workspace: Workspace, spot: Spot, things: Sequence[Incoming], progress: Progress) -> Result:
    from qma_app.services.evidence_places import Place

    place = Place(assessment_id=spot.assessment_id, checkpoint_id=spot.checkpoint_id)
    return take_in(workspace, spot.engagement_id, things, place, progress)


def _announced(_workspace: Workspace, changes: Changes) -> Changes:
    """The edit was made by the job already; run as a use case, it reaches the undo stack and the pages."""
    return changes
