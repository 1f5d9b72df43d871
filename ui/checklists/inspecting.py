"""Stores what is done in the inspector and in the large note, each as one edit of the checkpoint it was done for."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from qma_app.domain.evidence import Evidence
from qma_app.domain.ids import CheckpointId, FindingId
from ui.checklists.acts import CheckpointActs
from ui.checklists.desk import RatingDesk
from ui.checklists.intake import Intake, Refusal
from ui.checklists.showing import Showing
from ui.checklists.viewing import Viewing
from ui.widgets.focus_mode import FocusMode
from ui.widgets.inspector import Inspector, Spot
from ui.workbench import Workbench


class Inspecting(QObject):
    """`assessment_wanted` and `finding_wanted` when something was opened that is shown elsewhere."""

    assessment_wanted = Signal(str)
    finding_wanted = Signal(object)  # FindingId

    def __init__(
        self,
        workbench: Workbench,
        inspector: Inspector,
        focus: FocusMode,
        showing: Showing,
        desk: RatingDesk,
        acts: CheckpointActs,
        intake: Intake,
        viewing: Viewing,
    ) -> None:
        super().__init__(viewing)
        self._workbench = workbench
        self._inspector = inspector
        self._focus = focus
        self._showing = showing
        self._desk = desk
        self._acts = acts
        self._viewing = viewing
        inspector.note_settled.connect(self._write_note)
        inspector.note_left.connect(workbench.close_step)
        focus.note.settled.connect(self._write_large_note)
        focus.note.left.connect(workbench.close_step)
        inspector.sample.ticked.connect(self._tick)
        inspector.sample.labelled.connect(self._label)
        inspector.sample.resized.connect(self._resize_sample)
        inspector.sample.suggestion_taken.connect(acts.rate)
        inspector.evidence.opened.connect(self._open_evidence)
        inspector.evidence.removal_wanted.connect(viewing.remove)
        inspector.evidence.adding_wanted.connect(acts.add_evidence)
        inspector.evidence.dropped.connect(acts.take)
        inspector.history.opened.connect(self.assessment_wanted)
        inspector.findings.opened.connect(self.finding_wanted)
        inspector.findings.editor.changed.connect(self._change_finding)
        inspector.findings.editor.step_ended.connect(workbench.close_step)
        intake.changed.connect(showing.show_waiting)
        intake.refused.connect(self._refuse)

    @property
    def _here(self) -> CheckpointId | None:
        shown = self._inspector.shown
        return shown.row.checkpoint.id if shown is not None else None

    def _write_note(self, spot: Spot, text: str) -> None:
        if self._desk.write_note(*spot, text) is None:
            self._inspector.keep_note(spot, text)

    def _write_large_note(self, text: str) -> None:
        spot = self._showing.focus_spot
        if spot is not None and self._desk.write_note(*spot, text) is None:
            self._focus.note.keep_unsaved()

    def _tick(self, place: int, conforms: bool | None) -> None:
        if self._here is not None:
            self._desk.tick(self._here, place, conforms)

    def _label(self, place: int, label: str) -> None:
        if self._here is not None:
            self._desk.label(self._here, place, label)

    def _resize_sample(self, size: int) -> None:
        if self._here is not None:
            self._desk.resize_sample(self._here, size)

    def _open_evidence(self, item: Evidence) -> None:
        context = self._showing.context
        is_read_only = context is None or context.is_read_only
        self._viewing.open(self._showing.evidence(), item, is_read_only=is_read_only)

    def _change_finding(self, finding_id: FindingId, name: str, value: object) -> None:
        if self._desk.change_finding(finding_id, **{name: value}) is None and name == "statement":
            self._inspector.findings.editor.statement.keep_unsaved()

    def _refuse(self, refusal: Refusal) -> None:
        """Said beside the evidence; where that is folded away, above the page."""
        if self._inspector.isVisible():
            self._inspector.refuse(refusal.name, refusal.error)
        else:
            self._workbench.failed.emit(refusal.error)
