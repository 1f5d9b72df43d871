"""Looks at every evidence file beside the window and remembers which are missing or changed."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Signal

from qma_app.domain.ids import EngagementId, EvidenceId
from qma_app.i18n import _, ngettext
from qma_app.services.evidence_ledger import FileState, LedgerLine
from ui.evidence_view.reading import FileStates, read_files
from ui.jobs import Job
from ui.workbench import Workbench


class FileCheck(QObject):
    """`known` when states changed that rows show; `busy` says whether files are being looked at."""

    known = Signal()
    busy = Signal(bool)

    def __init__(self, workbench: Workbench, parent: QObject) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._job: Job | None = None
        self._round = 0
        self.states: dict[EvidenceId, tuple[FileState, tuple[str, ...]]] = {}

    def look(self, engagement_id: EngagementId, today: date) -> None:
        """Open every file of a programme, unless that is being done."""
        if self._job is None:
            self.busy.emit(True)
            self._round += 1
            self._job = self._workbench.jobs.run(
                _("Checking the evidence files"),
                partial(read_files, self._workbench, engagement_id, today),
                partial(self._read, self._round, engagement_id),
                partial(self._failed, self._round),
                partial(self._over, self._round),
            )

    def note(self, line: LedgerLine) -> None:
        """The files of one line were looked at."""
        self.states[line.evidence.id] = (line.file, line.broken)

    def forget(self) -> None:
        """What is known belongs to another programme."""
        self.states = {}
        if self._job is not None:
            self._job.cancel()
            self._over(self._round)

    def _read(self, number: int, engagement_id: EngagementId, states: FileStates) -> None:
        self._over(number)
        engagement = self._workbench.engagement
        if engagement is None or engagement.id != engagement_id:
            return
        news = {id: state for id, state in states.items() if self.states.get(id) != state}
        self.states.update(news)
        if news:
            self.known.emit()
        broken = sum(bool(state[1]) for state in states.values())
        if broken:
            self._workbench.told.emit(
                ngettext(
                    "{count} piece of evidence has a missing or changed file.",
                    "{count} pieces of evidence have missing or changed files.",
                    broken,
                ).format(count=broken)
            )

    def _failed(self, number: int, error: object) -> None:
        self._over(number)
        self._workbench.failed.emit(error)

    def _over(self, number: int) -> None:
        """One that was given up for another programme ends unheard."""
        if number == self._round:
            self._job = None
            self.busy.emit(False)
