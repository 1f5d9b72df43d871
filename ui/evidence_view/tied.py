"""The photos and documents tied to one record, a visit or a charter: dropped, pasted or chosen, shown small and large, taken off again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from qma_app.domain.evidence import Evidence
from qma_app.domain.ids import EngagementId
from qma_app.domain.record import Changes
from qma_app.errors import QmaError
from qma_app.i18n import _
from ui.checklists.incoming import Incoming
from ui.checklists.intake import take_in, taking_in_title, together
from ui.evidence_view.hanging import HangingEvidence, Pictured
from ui.jobs import Job, Progress
from ui.workbench import Workbench

if TYPE_CHECKING:
    from qma_app.services.evidence_intake import Intake
    from qma_app.services.evidence_places import Where
    from qma_app.services.workspace import Workspace


@dataclass(frozen=True, kw_only=True, slots=True)
class Tied:
    """What hangs on one record: `where` names it, `picture_name` is what a pasted picture is called."""

    engagement_id: EngagementId
    where: Where
    items: Sequence[Pictured]
    picture_name: str
    is_writable: bool = True


@dataclass(frozen=True, slots=True)
class _Waiting:
    """Things on their way to the record that was shown when they came."""

    things: tuple[Incoming, ...]
    tied: Tied


class TiedEvidence(HangingEvidence):
    """What comes in is made smaller beside the window and shown when it is there.

    `asking` heads the dialog for files; `taken_off` says that {name} was taken off the record.
    """

    def __init__(
        self, workbench: Workbench, *, asking: str, taken_off: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(workbench, asking=asking, parent=parent)
        self._taken_off = taken_off
        self._tied: Tied | None = None
        self._waiting: list[_Waiting] = []
        self._job: Job | None = None
        workbench.workspace_changed.connect(self._forget)

    def show_tied(self, tied: Tied | None) -> None:
        """Show what hangs on this record; None where there is no record yet."""
        self._tied = tied
        if self.viewer is not None and self.viewer.isVisible():
            if tied is None:
                self.viewer.close()
            self._show_in_viewer(None)
        self._show()

    def _picture_name(self) -> str | None:
        return self._tied.picture_name if self._tied is not None and self._tied.is_writable else None

    def _hanging(self) -> Sequence[Pictured]:
        return self._tied.items if self._tied is not None else ()

    def _is_read_only(self) -> bool:
        return self._tied is None or not self._tied.is_writable

    def _take(self, things: Sequence[Incoming]) -> None:
        if self._tied is not None:
            self._waiting.append(_Waiting(tuple(things), self._tied))
            self._next()
            self._show()

    def _show(self) -> None:
        tied = self._tied
        self._show_strip(
            [
                thing.name
                for one in self._waiting
                if tied is not None and one.tied.where == tied.where
                for thing in one.things
            ]
        )

    def _next(self) -> None:
        if self._job is not None or not self._waiting:
            return
        # Where it belongs was settled when it came: another record may be shown by now.
        first = self._waiting[0]
        self._job = self.workbench.jobs.run(
            taking_in_title(first.things),
            partial(_taken_in, self.workbench.workspace, first.tied, first.things),
            self._done,
            self._failed,
            self._cancelled,
        )

    def _done(self, result: Intake) -> None:
        self._over()
        if result.changes:
            self.workbench.do(_announced, together(result.changes))
        for refused in result.refused:
            self.workbench.failed.emit(refused.error)
        for known in result.known:
            self.workbench.told.emit(_("{name} is here already.").format(name=known.name))
        self._next()

    def _failed(self, error: QmaError) -> None:
        self._over()
        self.workbench.failed.emit(error)
        self._next()

    def _cancelled(self) -> None:
        self._job = None
        self._waiting.clear()
        self._show()

    def _over(self) -> None:
        self._job = None
        if self._waiting:
            self._waiting.pop(0)
        self._show()

    def _forget(self) -> None:
        self._waiting.clear()
        if self._job is not None:
            self._job.cancel()

    def _remove(self, evidence: Evidence) -> None:
        from qma_app.services.evidence import unlink_evidence

        if self._tied is None:
            return
        if self.workbench.do(unlink_evidence, evidence.id, **self._tied.where) is not None:
            self.workbench.deleted.emit(self._taken_off.format(name=evidence.name))


def _taken_in(workspace: Workspace, tied: Tied, things: Sequence[Incoming], progress: Progress) -> Intake:
    from qma_app.services.evidence_places import Place

    return take_in(workspace, tied.engagement_id, things, Place(**tied.where), progress)


def _announced(_workspace: Workspace, changes: Changes) -> Changes:
    """The edit was made by the job already; run as a use case, it reaches the undo stack and the pages."""
    return changes
