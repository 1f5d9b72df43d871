"""The management review: the top of the house looks at what the system brought, and decides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from qma_app.domain.ids import ActionId, DecisionId, EngagementId, ReviewId
from qma_app.domain.record import Record, Typed
from qma_app.domain.visit import Participant


@dataclass(frozen=True, kw_only=True, slots=True)
class ReviewRemark:
    """What was said about one input; `input` is its code (`audit-results`)."""

    input: str
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ManagementReview(Record):
    """One review of a programme; its inputs are filled from the data, what was said about them is kept here."""

    id: ReviewId
    engagement_id: EngagementId
    number: int
    planned_on: date | None = None
    held_on: date | None = None
    led_by: Typed = ""
    participants: tuple[Participant, ...] = ()
    remarks: tuple[ReviewRemark, ...] = ()
    conclusion: Typed = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision(Record):
    """What a review decided; `action_id` is the action made of it."""

    id: DecisionId
    engagement_id: EngagementId
    review_id: ReviewId
    place: int
    words: Typed
    owner: Typed = ""
    due_on: date | None = None
    action_id: ActionId | None = None
