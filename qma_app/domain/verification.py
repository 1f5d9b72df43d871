"""The look for an effect: how it was checked, what was seen, and what follows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from qma_app.domain.ids import (
    ActionId,
    AssessmentId,
    CheckpointId,
    EngagementId,
    FindingId,
    PersonId,
    VerificationId,
)
from qma_app.domain.month import Month
from qma_app.domain.record import Record, Typed


class VerificationKind(StrEnum):
    """How an effect is checked."""

    SAMPLE = "sample"
    KPI = "kpi"
    LOOK = "look"
    DOCUMENT = "document"


class Effect(StrEnum):
    """What a check showed; "done" is not "effective"."""

    EFFECTIVE = "effective"
    NOT_SHOWN = "not-shown"
    WORSE = "worse"


@dataclass(frozen=True, kw_only=True, slots=True)
class UsedReading:
    """One month's figures as they were when the check was made: later corrections do not change what was decided."""

    month: Month
    numerator: Decimal
    denominator: Decimal | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Verification(Record):
    """A check of one action, or of a finding without actions. While `effect` is None it is planned for `planned_for`.

    A sample draws `size` of `population` records with `seed` (the records are `drawn`, counted from 1) and allows `allowed`
    failing ones; `failing` were found. A KPI is compared over the months `before_from` to `before_until` and `after_from` to
    `after_until`, both ends included, by the figures in `readings`. Looking again gives `points` at a checkpoint. `reason` says why the person
    decided otherwise than the figures suggest.
    """

    id: VerificationId
    engagement_id: EngagementId
    kind: VerificationKind
    action_id: ActionId | None = None
    finding_id: FindingId | None = None
    planned_for: date | None = None
    effect: Effect | None = None
    verified_on: date | None = None
    verified_by: PersonId | None = None
    words: Typed = ""
    reason: Typed = ""
    population: int | None = None
    size: int | None = None
    allowed: int | None = None
    failing: int | None = None
    seed: int | None = None
    drawn: tuple[int, ...] = ()
    drawn_of: Typed = ""
    drawn_by: Typed = ""
    kpi: str = ""
    before_from: Month | None = None
    before_until: Month | None = None
    after_from: Month | None = None
    after_until: Month | None = None
    readings: tuple[UsedReading, ...] = ()
    checkpoint_id: CheckpointId | None = None
    assessment_id: AssessmentId | None = None
    points: int | None = None

    @property
    def is_made(self) -> bool:
        return self.effect is not None
