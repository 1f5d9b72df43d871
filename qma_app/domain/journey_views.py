"""What the journey of a programme shows: bars, dots, milestones, what is late and why, and the way of the score."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from qma_app.domain.course import ScoreCourse
from qma_app.domain.dealership import Dealership
from qma_app.domain.engagement import Engagement
from qma_app.domain.gates import GateView
from qma_app.domain.ids import AreaId, PlannedAreaId, PlannedPhaseId, VisitId
from qma_app.domain.spot import Spot


class PhaseState(StrEnum):
    """Where a phase stands."""

    DONE = "done"
    NOW = "now"
    AHEAD = "ahead"


class AreaState(StrEnum):
    """Where an area stands."""

    AHEAD = "ahead"
    RUNNING = "running"
    DONE = "done"
    LATE = "late"
    LEFT_OUT = "left-out"


class DotState(StrEnum):
    """Where a visit stands."""

    HELD = "held"
    TODAY = "today"
    PLANNED = "planned"
    MISSED = "missed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, kw_only=True, slots=True)
class PhaseBar:
    """One phase in time, both days included; `id` is None while there is no plan, only the phases' usual times.

    `is_late`: its time is over and its gate was not passed. `passed_with_reason`: not everything held when it was.
    """

    id: PlannedPhaseId | None
    title: str
    starts_on: date
    ends_on: date
    state: PhaseState
    is_late: bool
    passed_with_reason: bool
    wave: int = 0
    phase: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class AreaBar:
    """One area in time; without a plan it has no days. `done_until` is the last day worked on so far; `words` say how it stands."""

    area_id: AreaId
    code: str
    title: str
    planned_area_id: PlannedAreaId | None
    wave: int
    starts_on: date | None
    ends_on: date | None
    state: AreaState
    done_until: date | None
    level: Fraction | None
    words: str
    place: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class VisitDot:
    """One visit on the day it was held or is planned for."""

    id: VisitId
    number: int
    day: date
    state: DotState
    title: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Milestone:
    """A day that matters: `code` is one of charter, baseline, plan, review, pre-audit, audit, certificate."""

    code: str
    title: str
    day: date
    is_done: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class LateLine:
    """One thing that is late, why, and where it is put right."""

    title: str
    why: str
    spot: Spot


@dataclass(frozen=True, kw_only=True, slots=True)
class ClosedTime:
    """A time in which the dealership cannot be visited, both days included."""

    first_on: date
    last_on: date
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class JourneyView:
    """The whole programme from one reading; `first` to `last` is what the time axis covers, `months` the agreed length."""

    engagement: Engagement
    dealership: Dealership
    title: str
    subtitle: str
    first: date
    last: date
    months: int
    phases: tuple[PhaseBar, ...]
    areas: tuple[AreaBar, ...]
    visits: tuple[VisitDot, ...]
    milestones: tuple[Milestone, ...]
    late: tuple[LateLine, ...]
    course: ScoreCourse
    gate: GateView | None
    obstacles: tuple[ClosedTime, ...] = ()
    has_plan: bool = True
