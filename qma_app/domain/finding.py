"""What was found: requirement, evidence and statement, graded and numbered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from qma_app.domain.ids import AssessmentId, CheckpointId, EngagementId, FindingId, PersonId
from qma_app.domain.record import Record, Typed


class FindingGrade(StrEnum):
    """How much a finding weighs, heaviest first."""

    MAJOR = "major"
    MINOR = "minor"
    IMPROVEMENT = "improvement"
    GOOD_PRACTICE = "good-practice"


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding(Record):
    """`number` counts from 1 within the engagement (shown as F-014); open until `closed_on` is set."""

    id: FindingId
    engagement_id: EngagementId
    number: int
    grade: FindingGrade
    statement: Typed
    requirement: Typed = ""
    evidence: Typed = ""
    checkpoint_id: CheckpointId | None = None
    assessment_id: AssessmentId | None = None
    grade_reason: Typed = ""
    seen_on: date | None = None
    place: Typed = ""
    owner: Typed = ""
    due_on: date | None = None
    raised_by: PersonId | None = None
    closed_on: date | None = None
    closing_note: Typed = ""

    @property
    def is_open(self) -> bool:
        return self.closed_on is None

    @property
    def label(self) -> str:
        return f"F-{self.number:03d}"
