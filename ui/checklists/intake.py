"""Takes in photos and documents one after the other beside the window, and says at once which it cannot use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from qma_app.domain.ids import AssessmentId, CheckpointId, EngagementId
from qma_app.domain.record import Changes
from qma_app.errors import QmaError
from qma_app.i18n import _
from ui.checklists.incoming import Incoming
from ui.jobs import Job, Progress
from ui.workbench import Workbench

if TYPE_CHECKING:
    from qma_app.services.workspace import Workspace


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
        one = self._queue[0]
        self._job = self._workbench.jobs.run(
            _("Taking in {name}").format(name=one.incoming.name),
            partial(_taken_in, self._workbench.workspace, one),
            self._done,
            self._failed,
            self._cancelled,
        )

    def _done(self, changes: Changes) -> None:
        self._job = None
        if self._queue:
            one = self._queue.pop(0)
            self._workbench.do(_announced, changes, merge_key=f"evidence {one.batch}")
        self._next()
        self.changed.emit()

    def _failed(self, error: QmaError) -> None:
        self._job = None
        name = self._queue.pop(0).incoming.name if self._queue else ""
        self._next()
        self.changed.emit()
        self.refused.emit(Refusal(name, error))

    def _cancelled(self) -> None:
        self._job = None
        self._queue.clear()
        self.changed.emit()


def _taken_in(workspace: Workspace, one: Waiting, progress: Progress) -> Changes:
    from qma_app.services.evidence import add_evidence

    progress(0, 2, one.incoming.name)
    data = one.incoming.read()
    progress(1, 2, one.incoming.name)
    return add_evidence(
        workspace,
        engagement_id=one.spot.engagement_id,
        data=data,
        name=one.incoming.name,
        assessment_id=one.spot.assessment_id,
        checkpoint_id=one.spot.checkpoint_id,
    )


def _announced(_workspace: Workspace, changes: Changes) -> Changes:
    """The edit was made by the job already; run as a use case, it reaches the undo stack and the pages."""
    return changes
