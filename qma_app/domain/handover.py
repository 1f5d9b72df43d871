"""What the next coach must know of a programme, as plain values: screen and paper show the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from qma_app.domain.action import Action
from qma_app.domain.dealership import Dealership
from qma_app.domain.engagement import Engagement
from qma_app.domain.finding import Finding
from qma_app.domain.ids import PersonId
from qma_app.domain.next_step import NextStep
from qma_app.domain.people import Person
from qma_app.domain.plan import OpenCondition, PlannedPhase
from qma_app.domain.promise import Promise, PromiseState
from qma_app.domain.spot import Spot
from qma_app.domain.visit import Visit, VisitState


@dataclass(frozen=True, kw_only=True, slots=True)
class WhoLine:
    """Somebody to know, and what for ("dealer principal", "owner of SRV-04, SRV-05")."""

    person: Person
    parts: tuple[str, ...]

    @property
    def function(self) -> str:
        """The person's function in the house; empty where a part says the same ("Quality officer, 20% of the time")."""
        words = self.person.function.strip()
        said = {part.partition(",")[0].casefold() for part in self.parts}
        return "" if words.casefold() in said else words


@dataclass(frozen=True, kw_only=True, slots=True)
class StoryLine:
    """What happened on a day, and where its record is shown."""

    on: date
    words: str
    spot: Spot | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class TriedLine:
    """An action that was done: `worked` says what its last check showed, None while nobody checked."""

    action: Action
    on: date | None
    worked: bool | None
    words: str
    findings: tuple[str, ...]
    spot: Spot


@dataclass(frozen=True, kw_only=True, slots=True)
class PromiseLine:
    """A promise not yet settled, and where it stands on the day."""

    promise: Promise
    state: PromiseState


@dataclass(frozen=True, kw_only=True, slots=True)
class PhaseLine:
    """One phase of the plan; `open` is what did not hold when its gate was passed all the same."""

    title: str
    planned: PlannedPhase
    open: tuple[OpenCondition, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class HandoverView:
    """The written history of a programme: `tried` those that worked first, `open_*` what goes over, `story` in time."""

    dealership: Dealership
    engagement: Engagement
    coach: Person | None
    summary: tuple[str, ...]
    people: tuple[WhoLine, ...]
    story: tuple[StoryLine, ...]
    tried: tuple[TriedLine, ...]
    open_promises: tuple[PromiseLine, ...]
    open_majors: tuple[Finding, ...]
    next_steps: tuple[NextStep, ...]
    phases: tuple[PhaseLine, ...]
    visits: tuple[Visit, ...]


def goes_over(visit: Visit, coach_id: PersonId | None) -> bool:
    """Whether a visit goes over with the programme of that coach: planned and not begun, and nobody else was asked to stand in."""
    return visit.state is VisitState.PLANNED and visit.coach_id in (None, coach_id)
