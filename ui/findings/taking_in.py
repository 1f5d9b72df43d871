"""Takes in photos and documents of a finding or an action one after the other, beside the window."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from qma_app.domain.ids import ActionId, EngagementId, FindingId
from qma_app.domain.record import Changes
from qma_app.errors import QmaError
from qma_app.i18n import _
from ui.checklists.incoming import Incoming
from ui.findings.detail import Holder
from ui.jobs import Job, Progress
from ui.workbench import Workbench

if TYPE_CHECKING:
    from qma_app.services.workspace import Workspace


class TakingIn(QObject):
    """A queue that keeps the order of the files; one that cannot be used is named and the rest goes on."""

    changed = Signal()

    def __init__(self, workbench: Workbench, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._queue: list[tuple[Incoming, Holder]] = []
        self._job: Job | None = None
        workbench.workspace_changed.connect(self.forget)

    def take(self, things: Sequence[Incoming], holder: Holder) -> None:
        """Take these in for a finding or an action, after what waits already."""
        self._queue += [(thing, holder) for thing in things]
        self._next()
        self.changed.emit()

    def waiting_for(self, holder_id: str) -> tuple[str, ...]:
        """The names of what is on its way to a finding or an action."""
        return tuple(thing.name for thing, holder in self._queue if holder.id == holder_id)

    def forget(self) -> None:
        """Drop what still waits."""
        self._queue.clear()
        if self._job is not None:
            self._job.cancel()

    def _next(self) -> None:
        engagement = self._workbench.engagement
        if self._job is not None or not self._queue or engagement is None:
            return
        thing, holder = self._queue[0]
        self._job = self._workbench.jobs.run(
            _("Taking in {name}").format(name=thing.name),
            partial(_taken_in, self._workbench.workspace, engagement.id, thing, holder),
            self._done,
            self._failed,
            self._cancelled,
        )

    def _done(self, changes: Changes) -> None:
        self._over()
        self._workbench.do(_announced, changes)
        self._next()

    def _failed(self, error: QmaError) -> None:
        self._over()
        self._workbench.failed.emit(error)
        self._next()

    def _cancelled(self) -> None:
        self._job = None
        self._queue.clear()
        self.changed.emit()

    def _over(self) -> None:
        self._job = None
        if self._queue:
            self._queue.pop(0)
        self.changed.emit()


def _taken_in(
    workspace: Workspace,
    engagement_id: EngagementId,
    thing: Incoming,
    holder: Holder,
    progress: Progress,
) -> Changes:
    from qma_app.services.evidence import add_evidence

    progress(0, 2, thing.name)
    data = thing.read()
    progress(1, 2, thing.name)
    return add_evidence(
        workspace,
        engagement_id=engagement_id,
        data=data,
        name=thing.name,
        finding_id=None if holder.is_action else FindingId(holder.id),
        action_id=ActionId(holder.id) if holder.is_action else None,
    )


def _announced(_workspace: Workspace, changes: Changes) -> Changes:
    """The job made the edit already; run as a use case it reaches undo and the pages."""
    return changes
