"""What a coach does to a checkpoint, each as one edit that can be taken back; the page decides when, this says how."""

from __future__ import annotations

from collections.abc import Callable

from qma_app.domain.assessment import Assessment
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.ids import AssessmentId, CheckpointId, EvidenceId, FindingId, ProcessId
from qma_app.domain.record import Changes
from qma_app.services.checklist import ChecklistRow
from ui.workbench import Workbench


class RatingDesk:
    """Edits of one assessment; each answers what it changed, or None when it was refused (the window says why).

    The use cases are imported where they are used: the window is painted before the database is known.
    """

    def __init__(self, workbench: Workbench) -> None:
        self._workbench = workbench
        self.assessment_id: AssessmentId | None = None

    def rate(self, checkpoint_id: CheckpointId, points: int) -> Changes | None:
        """Judge with a step of the scale."""
        from qma_app.services.ratings import rate_checkpoint

        return self._rating(rate_checkpoint, checkpoint_id, points=points)

    def rate_as_last_time(self, checkpoint_id: CheckpointId) -> Changes | None:
        """Take over the points of before, after looking again."""
        from qma_app.services.ratings import rate_as_last_time

        return self._rating(rate_as_last_time, checkpoint_id)

    def leave_out(self, checkpoint_id: CheckpointId, reason: str) -> Changes | None:
        """Not applicable, with the reason."""
        from qma_app.services.ratings import mark_not_applicable

        return self._rating(mark_not_applicable, checkpoint_id, reason=reason)

    def say_not_seen(self, checkpoint_id: CheckpointId, reason: str) -> Changes | None:
        """Not seen, with the reason."""
        from qma_app.services.ratings import mark_not_seen

        return self._rating(mark_not_seen, checkpoint_id, reason=reason)

    def clear(self, checkpoint_id: CheckpointId) -> Changes | None:
        """Unrated again."""
        from qma_app.services.ratings import clear_rating

        return self._rating(clear_rating, checkpoint_id)

    def leave_out_process(self, process_id: ProcessId, reason: str) -> Changes | None:
        """A whole process not applicable, with one reason."""
        from qma_app.services.ratings import mark_process_not_applicable

        return self._workbench.do(mark_process_not_applicable, self.assessment_id, process_id, reason=reason)

    def write_note(
        self, assessment_id: AssessmentId, checkpoint_id: CheckpointId, text: str
    ) -> Changes | None:
        """What was seen; typing in a row is one step of undo. The assessment is that in which it was typed."""
        from qma_app.services.ratings import write_note

        merge_key = f"note {assessment_id} {checkpoint_id}"
        return self._workbench.do(write_note, assessment_id, checkpoint_id, merge_key=merge_key, text=text)

    def tick(self, checkpoint_id: CheckpointId, place: int, conforms: bool | None) -> Changes | None:
        """Judge one record of the sample."""
        from qma_app.services.ratings import tick_sample

        return self._edit(tick_sample, f"tick {place}", checkpoint_id, place=place, conforms=conforms)

    def label(self, checkpoint_id: CheckpointId, place: int, label: str) -> Changes | None:
        """Write down which record was drawn."""
        from qma_app.services.ratings import label_sample

        return self._edit(label_sample, f"label {place}", checkpoint_id, place=place, label=label)

    def resize_sample(self, checkpoint_id: CheckpointId, size: int) -> Changes | None:
        """Draw more or fewer records."""
        from qma_app.services.ratings import resize_sample

        return self._edit(resize_sample, "sample size", checkpoint_id, size=size)

    def raise_finding(self, checkpoint_id: CheckpointId) -> Finding | None:
        """Raise the drafted finding at once; None when it was refused."""
        from qma_app.services.findings import raise_from_checkpoint

        changes = self._workbench.do(raise_from_checkpoint, self.assessment_id, checkpoint_id)
        return changes.made(Finding) if changes else None

    def raise_strength(self, assessment: Assessment, row: ChecklistRow) -> Finding | None:
        """Raise what is done well there as good practice, in the words of the standard until better ones are written."""
        from qma_app.services.findings import raise_finding

        point = row.checkpoint
        changes = self._workbench.do(
            raise_finding,
            engagement_id=assessment.engagement_id,
            assessment_id=assessment.id,
            checkpoint_id=point.id,
            grade=FindingGrade.GOOD_PRACTICE,
            requirement=f"{point.number} {point.statement}",
            statement=str(point.statement),
            evidence=row.rating.note if row.rating is not None else "",
        )
        return changes.made(Finding) if changes else None

    def change_finding(self, finding_id: FindingId, **fields: object) -> Changes | None:
        """Correct words or grade of a finding; typing in one field is one step of undo."""
        from qma_app.services.findings import change_finding

        return self._workbench.do(
            change_finding, finding_id, merge_key=f"finding {finding_id} {' '.join(fields)}", **fields
        )

    def describe_evidence(self, evidence_id: EvidenceId, caption: str) -> Changes | None:
        """Write the caption of a photo or document."""
        from qma_app.services.evidence import describe_evidence

        return self._workbench.do(
            describe_evidence, evidence_id, merge_key=f"caption {evidence_id}", caption=caption
        )

    def remove_evidence(self, evidence_id: EvidenceId) -> Changes | None:
        """Move a photo or document to the bin."""
        from qma_app.services.evidence import remove_evidence

        return self._workbench.do(remove_evidence, evidence_id)

    def _rating(
        self, use_case: Callable[..., Changes], checkpoint_id: CheckpointId, **given: object
    ) -> Changes | None:
        return self._edit(use_case, "rate", checkpoint_id, **given)

    def _edit(
        self, use_case: Callable[..., Changes], what: str, checkpoint_id: CheckpointId, **given: object
    ) -> Changes | None:
        merge_key = f"{what} {self.assessment_id} {checkpoint_id}"
        return self._workbench.do(use_case, self.assessment_id, checkpoint_id, merge_key=merge_key, **given)
