"""What was found: requirement, evidence and statement, graded and numbered, with the dealership's reply."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from qma_app.domain.ids import AssessmentId, CheckpointId, EngagementId, FindingId, PersonId, SightingId
from qma_app.domain.record import Record, Typed


class FindingGrade(StrEnum):
    """How much a finding weighs, heaviest first."""

    MAJOR = "major"
    MINOR = "minor"
    IMPROVEMENT = "improvement"
    GOOD_PRACTICE = "good-practice"

    @property
    def wants_effect(self) -> bool:
        """Whether it closes only on an effect that was shown: a requirement was broken."""
        return self in (FindingGrade.MAJOR, FindingGrade.MINOR)


class Reply(StrEnum):
    """What the dealership says to a finding."""

    AGREED = "agreed"
    DISAGREED = "disagreed"


class Elsewhere(StrEnum):
    """What came out when the same was looked for in other places."""

    NOT_FOUND = "not-found"
    FOUND = "found"


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding(Record):
    """`number` counts from 1 within the engagement (shown as F-014); open until `closed_on` is set.

    `correction` puts right the single case (the car); what changes the system are the actions. `cost` is what the finding
    costs in a year, in the dealership's currency; `reopened` counts how often it came back after it was closed.
    """

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
    reply: Reply | None = None
    reply_words: Typed = ""
    reply_by: Typed = ""
    replied_on: date | None = None
    correction: Typed = ""
    corrected_on: date | None = None
    elsewhere: Elsewhere | None = None
    elsewhere_words: Typed = ""
    cost: Decimal | None = None
    plan_accepted_on: date | None = None
    plan_accepted_by: PersonId | None = None
    reopened: int = 0

    @property
    def is_open(self) -> bool:
        return self.closed_on is None

    @property
    def wants_work(self) -> bool:
        """Whether somebody has to settle it: a good practice stays as it is."""
        return self.is_open and self.grade is not FindingGrade.GOOD_PRACTICE

    @property
    def label(self) -> str:
        return f"F-{self.number:03d}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Sighting(Record):
    """The same thing seen again, instead of a second finding: when, where, in which words."""

    id: SightingId
    engagement_id: EngagementId
    finding_id: FindingId
    seen_on: date
    place: Typed = ""
    words: Typed = ""
    assessment_id: AssessmentId | None = None
    checkpoint_id: CheckpointId | None = None
    seen_by: PersonId | None = None
