"""The plan of a programme: its phases in time, its areas in waves, and what is said at a gate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from qma_app.domain.ids import (
    AreaId,
    EngagementId,
    GateStatementId,
    PersonId,
    PlannedAreaId,
    PlannedPhaseId,
)
from qma_app.domain.record import Record, Typed


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenCondition:
    """A condition that did not hold when a gate was passed: its id in the edition, its words and its figures on that day."""

    condition: str
    words: str
    figures: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PlannedPhase(Record):
    """One phase of the edition in one programme, both days included; the edition's improving phase comes once a wave.

    `wave` is 1, 2 ... in a phase that is done in waves, else 0; `place` orders the phases. `passed_on` is the day its gate was passed;
    `passed_open` keeps for ever what did not hold then, and `passed_reason` why it was passed all the same.
    """

    id: PlannedPhaseId
    engagement_id: EngagementId
    phase: str
    place: int
    starts_on: date
    ends_on: date
    wave: int = 0
    passed_on: date | None = None
    passed_by: PersonId | None = None
    passed_reason: Typed = ""
    passed_open: tuple[OpenCondition, ...] = ()

    @property
    def is_passed(self) -> bool:
        return self.passed_on is not None


@dataclass(frozen=True, kw_only=True, slots=True)
class PlannedArea(Record):
    """One area in one programme: its wave and the time in which it is worked on, both days included.

    An area that is left out has `left_out` filled with the reason, wave 0 and no days.
    """

    id: PlannedAreaId
    engagement_id: EngagementId
    area_id: AreaId
    wave: int = 0
    place: int = 0
    starts_on: date | None = None
    ends_on: date | None = None
    left_out: Typed = ""

    @property
    def is_left_out(self) -> bool:
        return bool(self.left_out)


@dataclass(frozen=True, kw_only=True, slots=True)
class GateStatement(Record):
    """What somebody states about a condition that no other record can answer (staff were asked, records of eight weeks were seen).

    `check` is the check's name in the edition (`staff-survey-done`); `figure` counts what it asks for (weeks), None where it only
    asks whether. The newest statement on or before a day counts.
    """

    id: GateStatementId
    engagement_id: EngagementId
    check: str
    said_on: date
    words: Typed
    figure: int | None = None
    area_id: AreaId | None = None
    said_by: PersonId | None = None
