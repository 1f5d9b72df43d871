"""What the sample tells of the coaching year of one house: agreement, owners, plan, visits, promises and reviews, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal

from qma_app.domain.ids import AreaId, CheckpointId, ProcessId
from qma_app.domain.people import Role
from qma_app.domain.target import Gain
from qma_app.services.sample.life import FindingKey


@dataclass(frozen=True, kw_only=True, slots=True)
class GoalLine:
    """One target: a KPI with its value at the start and the one it shall have."""

    kpi: str
    gain: Gain
    start: Decimal | None
    goal: Decimal
    due: date | None
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ClosedLine:
    """A time in which the house is closed, both days included."""

    first: date
    last: date
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Reach:
    """How somebody of the house is reached."""

    email: str
    phone: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Agreement:
    """What was agreed before the start; `signed` None = the charter waits for its signature, `listed` = the people came in a list that day."""

    region: str
    language: str
    listed: date | None
    principal: str
    officer: str
    percent: int | None
    reach: Mapping[str, Reach]
    closed: tuple[ClosedLine, ...]
    left_out: Mapping[AreaId, str]
    aim: str
    coach_part: str
    signed: date | None
    by: str
    place: str
    goals: tuple[GoalLine, ...]
    locked: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnerLine:
    """Who answers for a process and who stands in; `seen` is the day on which the coach saw where it is written down."""

    process: ProcessId
    owner: str
    deputy: str
    seen: date | None
    kept: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Owners:
    """The owners of a house, all named on one day; None where nobody is named yet."""

    named: date | None
    lines: tuple[OwnerLine, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class MovedLine:
    """On a day a phase was given another end; what lies behind it moved along."""

    day: date
    phase: tuple[str, int]
    until: date


@dataclass(frozen=True, kw_only=True, slots=True)
class GateLine:
    """A gate was passed on a day; `reason` where not everything held."""

    phase: tuple[str, int]
    passed: date
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SaidLine:
    """What somebody stated for a gate."""

    day: date
    check: str
    words: str
    figure: int | None
    area: AreaId | None
    by: Role


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanLine:
    """The plan: proposed by the program on the days it was made, with some phases and waves set by the coach."""

    made: tuple[date, ...]
    waves: int | None
    phases: Mapping[tuple[str, int], tuple[date, date]]
    areas: Mapping[AreaId, int]
    accepted: date | None
    by: str
    moved: tuple[MovedLine, ...]
    gates: tuple[GateLine, ...]
    said: tuple[SaidLine, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class PresentLine:
    """Somebody at a visit or a review; `function` only for guests who are no people of the house."""

    name: str
    function: str
    at_opening: bool
    at_closing: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ItemLine:
    """A point of the agenda typed by hand; without an outcome it was not reached."""

    minutes: int
    title: str
    reason: str
    outcome: str


@dataclass(frozen=True, kw_only=True, slots=True)
class NoteLine:
    """A quick note; `finding` is the finding that was made of it, and has its words."""

    words: str
    at: CheckpointId | None
    finding: FindingKey | None


@dataclass(frozen=True, kw_only=True, slots=True)
class VisitLine:
    """One visit. `planned` is None where the plan brought it; `outcomes` are by the rule of a next step, for its
    first point, or by `opening` and `closing`; of the rules in `done` every point was dealt with.
    """

    number: int
    on: date
    planned: date | None
    starts: time
    ends: time
    areas: tuple[AreaId, ...]
    purpose: str
    bring: str
    prepared: date | None
    present: tuple[PresentLine, ...]
    items: tuple[ItemLine, ...]
    outcomes: Mapping[str, str]
    done: tuple[str, ...]
    notes: tuple[NoteLine, ...]
    has_break: bool
    summary: str
    signed: tuple[str, ...]
    cancelled: date | None
    reason: str
    is_held: bool
    is_closed: bool
    next_on: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class PromiseLine:
    """A promise; it hangs on the charter, or on the visit held on the day it was made."""

    made: date
    what: str
    who: str
    due: date | None
    is_coachs: bool
    on_charter: bool
    kept: date | None
    broken: date | None
    outcome: str


@dataclass(frozen=True, kw_only=True, slots=True)
class DecisionLine:
    """What a review decided; with `action` it became that action, and has its words, owner and day."""

    words: str
    owner: str
    due: date | None
    action: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ReviewLine:
    """A management review: planned on a day for another, and held unless it still lies ahead."""

    planned: date
    due: date
    held: date | None
    led_by: str
    present: tuple[PresentLine, ...]
    remarks: Mapping[str, str]
    conclusion: str
    decisions: tuple[DecisionLine, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class SponsorLine:
    """What was seen of the principal in a quarter, by the names of the answers."""

    quarter: str
    day: date
    answers: Mapping[str, bool]
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class MarkLine:
    """The first next step of a rule was ticked on a day, or put off until another."""

    day: date
    rule: str
    until: date | None
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Year:
    """The coaching year of one house."""

    agreement: Agreement
    owners: Owners
    plan: PlanLine | None
    visits: tuple[VisitLine, ...] = ()
    promises: tuple[PromiseLine, ...] = ()
    reviews: tuple[ReviewLine, ...] = ()
    sponsor: tuple[SponsorLine, ...] = ()
    marks: tuple[MarkLine, ...] = field(default=())
