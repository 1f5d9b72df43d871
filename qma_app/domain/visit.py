"""A dated stay of the coach at the dealership: prepared with an agenda, held with a clock, closed with minutes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from qma_app.domain.ids import (
    AgendaItemId,
    AreaId,
    CheckpointId,
    EngagementId,
    FindingId,
    PersonId,
    VisitId,
    VisitNoteId,
)
from qma_app.domain.record import Record, Typed


class VisitState(StrEnum):
    """Where a visit stands."""

    PLANNED = "planned"
    RUNNING = "running"
    PAUSED = "paused"
    CLOSED = "closed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, kw_only=True, slots=True)
class Stretch:
    """A time the clock of a visit ran; None = it runs."""

    begun: datetime
    ended: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Participant:
    """Who was there; `person_id` is empty for somebody who is no person of the workspace."""

    name: str
    function: str = ""
    person_id: str = ""
    at_opening: bool = False
    at_closing: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Signature:
    """A name written on the screen: each stroke is x, y, x, y ... in thousandths of the pad's width, from its top left.

    `height` is the pad's height in the same unit.
    """

    name: str
    function: str
    strokes: tuple[tuple[int, ...], ...]
    signed_at: datetime
    height: int = 300


@dataclass(frozen=True, kw_only=True, slots=True)
class Visit(Record):
    """Number counts within the programme; times are those of the clock in the dealership.

    `areas` is what the visit is about, `bring` what must be at hand, `clock` when somebody worked on it, `held_on` the day it took
    place; `next_on` is the day agreed for the next one.
    """

    id: VisitId
    engagement_id: EngagementId
    number: int
    planned_on: date
    starts_at: time = time(8, 30)
    ends_at: time = time(16, 30)
    areas: tuple[AreaId, ...] = ()
    purpose: Typed = ""
    coach_id: PersonId | None = None
    bring: Typed = ""
    clock: tuple[Stretch, ...] = ()
    participants: tuple[Participant, ...] = ()
    summary: Typed = ""
    next_on: date | None = None
    signatures: tuple[Signature, ...] = ()
    closed_at: datetime | None = None
    held_on: date | None = None
    cancelled_on: date | None = None
    cancelled_reason: Typed = ""

    @property
    def state(self) -> VisitState:
        if self.cancelled_on is not None:
            return VisitState.CANCELLED
        if self.closed_at is not None:
            return VisitState.CLOSED
        if not self.clock:
            return VisitState.PLANNED
        return VisitState.RUNNING if self.clock[-1].ended is None else VisitState.PAUSED

    @property
    def is_ahead(self) -> bool:
        """Neither closed nor called off."""
        return self.closed_at is None and self.cancelled_on is None

    @property
    def is_signed(self) -> bool:
        """Closed, and its minutes signed: nothing about it is changed unseen."""
        return self.closed_at is not None and bool(self.signatures)

    @property
    def day(self) -> date:
        """The day it was held, before that the day it is planned for."""
        return self.held_on or self.planned_on

    @property
    def minutes_planned(self) -> int:
        """Whole minutes between start and end; 0 when the end is not behind the start."""
        begun, ended = self.starts_at, self.ends_at
        return max(0, (ended.hour - begun.hour) * 60 + ended.minute - begun.minute)

    def worked(self, until: datetime) -> timedelta:
        """How long the clock ran up to an instant; a clock that was set back counts nothing for that stretch."""
        spans = ((stretch.ended or until) - stretch.begun for stretch in self.clock)
        return sum((max(span, timedelta()) for span in spans), timedelta())


@dataclass(frozen=True, kw_only=True, slots=True)
class AgendaItem(Record):
    """One point of a visit's agenda, as it was written when the agenda was made.

    `step` is the key of the next step it came from (`verify:ID`), empty for one typed by hand; `rule` names the rule of that step.
    """

    id: AgendaItemId
    engagement_id: EngagementId
    visit_id: VisitId
    place: int
    title: Typed
    minutes: int
    reason: Typed = ""
    step: str = ""
    rule: str = ""
    done_at: datetime | None = None
    outcome: Typed = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class VisitNote(Record):
    """A quick note: during a visit (`visit_id`) or between two; `finding_id` is what was made of it."""

    id: VisitNoteId
    engagement_id: EngagementId
    words: Typed
    noted_at: datetime
    visit_id: VisitId | None = None
    checkpoint_id: CheckpointId | None = None
    finding_id: FindingId | None = None
    noted_by: PersonId | None = None
