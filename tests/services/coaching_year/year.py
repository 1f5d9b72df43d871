"""One dealership whose months pass as fast as a test puts its clock: what happens goes through the use cases, and every edit is kept."""

from __future__ import annotations

import atexit
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import count
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory
from typing import Any, Final

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.edition import Edition
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import AreaId, AssessmentId, CheckpointId, EngagementId, PersonId, RatingId
from qma_app.domain.people import Person, Role, Worker
from qma_app.domain.plan import PlannedArea, PlannedPhase
from qma_app.domain.rating import Rating
from qma_app.domain.record import Changes, R
from qma_app.domain.standing import applicable_in
from qma_app.domain.visit import Participant, Signature, Visit, VisitState
from qma_app.domain.visit_reading import agenda_of
from qma_app.services.assessments import start_assessment
from qma_app.services.gates import GateView, gate_of
from qma_app.services.people import add_person, certify_person
from qma_app.services.planning import make_plan, propose_plan
from qma_app.services.setting_up import EngagementSetup, NewPerson, set_up_engagement
from qma_app.services.visits import close_visit, prepare_visit, sign_visit, start_visit, tick_item
from qma_app.services.workspace import Workspace, create_workspace, open_workspace
from tests.services.visiting import SetClock

START: Final = date(2027, 3, 1)
"""A Monday; the eighteen months from here on hold the 29th of February 2028."""
MONTHS: Final = 18
WAVES: Final = 3
FEATURES: Final = ("finance-desk", "loan-cars", "new-cars", "service", "tyre-hotel", "used-cars")
PRINCIPAL: Final = "M. Muster"
OFFICER: Final = "Q. Probe"
CERTIFIED_UNTIL: Final = date(2028, 3, 31)
"""The coach's first certificate ends in the thirteenth month."""


@dataclass(kw_only=True)
class Year:
    """The open workspace, its clock and its one programme; `edits` holds every edit of the story in its order."""

    workspace: Workspace
    clock: SetClock
    engagement_id: EngagementId
    coach_id: PersonId
    edits: list[Changes] = field(default_factory=list)

    def do(self, use_case: Callable[..., Changes], *args: Any, **options: Any) -> Changes:
        """One use case on this workspace; its edit is kept."""
        changes = use_case(self.workspace, *args, **options)
        self.edits.append(changes)
        return changes

    def mine(self, use_case: Callable[..., Changes], *args: Any, **options: Any) -> Changes:
        """The same for one that is about the programme."""
        return self.do(use_case, self.engagement_id, *args, **options)

    def at(self, day: date, hour: int = 12, minute: int = 0, *, is_set_back: bool = False) -> datetime:
        """It is that time from now on; only a clock that somebody set back goes back."""
        before = self.clock.at
        now = self.clock.put(day, hour, minute)
        assert is_set_back or now >= before, f"the story goes back from {before} to {now}"
        return now

    @property
    def today(self) -> date:
        return self.workspace.today()

    @property
    def engagement(self) -> Engagement:
        return self.get(Engagement, self.engagement_id)

    @property
    def edition(self) -> Edition:
        with self.workspace.reading() as reader:
            return reader.edition(self.engagement.edition)

    def get(self, kind: type[R], id: str) -> R:
        with self.workspace.reading() as reader:
            return reader.get(kind, id)

    def all(self, kind: type[R], /, **values: Any) -> tuple[R, ...]:
        with self.workspace.reading() as reader:
            return reader.all(kind, **values)

    def phase(self, name: str, wave: int = 0) -> PlannedPhase:
        (found,) = self.all(PlannedPhase, phase=name, wave=wave)
        return found

    def gate(self, name: str, wave: int = 0) -> GateView:
        """The gate of a phase as it is today."""
        with self.workspace.reading() as reader:
            return gate_of(reader, self.engagement_id, self.phase(name, wave), on=self.today)

    def visits(self) -> tuple[Visit, ...]:
        return tuple(sorted(self.all(Visit), key=_number))

    def next_visit(self) -> Visit:
        """The planned visit that comes first."""
        planned = [one for one in self.visits() if one.state is VisitState.PLANNED]
        return min(planned, key=_planned_on)

    @contextmanager
    def visiting(
        self, *, outcome: str = "done", signed: bool = True, next_on: date | None = None
    ) -> Iterator[Visit]:
        """The next visit from its agenda on the day before to its signed minutes; what happens within the block happens at noon."""
        visit = self.next_visit()
        day = visit.planned_on
        self.at(max(day - timedelta(days=1), self.today), 17)
        self.do(prepare_visit, visit.id)
        self.at(day, visit.starts_at.hour, visit.starts_at.minute)
        people = (
            Participant(name=PRINCIPAL, function="Principal", at_opening=True, at_closing=True),
            Participant(name=OFFICER, function="Quality officer", at_opening=True),
        )
        self.do(start_visit, visit.id, participants=people)
        self.at(day)
        yield self.get(Visit, visit.id)
        with self.workspace.reading() as reader:
            agenda = agenda_of(reader, visit.id)
        for item in agenda:
            self.do(tick_item, item.id, outcome=outcome)
        self.at(day, visit.ends_at.hour, visit.ends_at.minute)
        self.do(close_visit, visit.id, next_on=next_on)
        if signed:
            self.sign(visit)

    def sign(self, visit: Visit) -> None:
        """The principal signs the minutes on the screen."""
        signature = Signature(
            name=PRINCIPAL, function="Principal", strokes=((80, 90, 300, 120),), signed_at=self.clock.at
        )
        self.do(sign_visit, visit.id, signature)

    def rate(
        self,
        assessment_id: AssessmentId,
        points: int,
        *,
        only: Callable[[CheckpointId], bool] | None = None,
        but: Sequence[CheckpointId] = (),
    ) -> Changes:
        """Every applicable checkpoint of an assessment gets the points in one edit, or those wanted; in place of what it had."""
        assessment = self.get(Assessment, assessment_id)
        with self.workspace.writing("test.rated") as work:
            known = work.ratings(assessment_id)
            for id in applicable_in(work, assessment):
                if id in but or (only is not None and not only(id)):
                    continue
                rating = known.get(id) or Rating(
                    id=RatingId(work.new_id()), assessment_id=assessment_id, checkpoint_id=id
                )
                work.put(rating.rated(points, at=work.at, by=work.who))
        self.edits.append(work.changes)
        return work.changes

    def areas_of_wave(self, wave: int) -> tuple[AreaId, ...]:
        found = sorted(self.all(PlannedArea, wave=wave), key=_place)
        return tuple(one.area_id for one in found if not one.is_left_out)


@contextmanager
def a_year(
    folder: Path, *, months: int = MONTHS, started_on: date = START, is_planned: bool = False
) -> Iterator[Year]:
    """A new house in Bavaria on the morning of its first day, its coach at work, on request with a plan in force.

    Copied from one that was made once; ids count up, so that all is the same every time.
    """
    copytree(_made(started_on, months, is_planned), folder)
    names, clock = count(1000), SetClock(datetime(2027, 2, 1, tzinfo=UTC))
    clock.put(started_on, 9, 30)
    with open_workspace(folder, clock=clock, new_id=lambda: f"id-{next(names):06}") as workspace:
        workspace.store.hurry()
        with workspace.reading() as reader:
            (engagement,) = reader.all(Engagement)
        assert engagement.coach_id is not None
        workspace.set_worker(Worker(person_id=engagement.coach_id, role=Role.COACH))
        yield Year(
            workspace=workspace, clock=clock, engagement_id=engagement.id, coach_id=engagement.coach_id
        )


@cache
def _made(started_on: date, months: int, is_planned: bool) -> Path:
    """A closed workspace with one house that was set up; its folder goes with the process."""
    keeper = TemporaryDirectory(prefix="year-")
    atexit.register(keeper.cleanup)
    folder, names = Path(keeper.name) / "w", count(1)
    clock = SetClock(datetime(2027, 2, 1, tzinfo=UTC))
    clock.put(started_on, 9)
    with create_workspace(folder, clock=clock, new_id=lambda: f"id-{next(names):06}") as workspace:
        coach = add_person(workspace, name="K. Beispiel").made(Person)
        certify_person(
            workspace,
            coach.id,
            role=Role.COACH,
            number="C-017",
            valid_from=date(2026, 1, 1),
            valid_until=CERTIFIED_UNTIL,
        )
        setup = a_setup(coach.id, months=months, started_on=started_on)
        engagement = set_up_engagement(workspace, setup).made(Engagement)
        if is_planned:
            put_plan(workspace, engagement.id)
    return folder


def put_plan(workspace: Workspace, engagement_id: EngagementId) -> Changes:
    """What is proposed today is put in force."""
    with workspace.reading() as reader:
        proposal = propose_plan(reader, engagement_id, waves=WAVES, on=workspace.today())
    return make_plan(workspace, engagement_id, proposal)


def a_setup(coach_id: PersonId | None, **changes: Any) -> EngagementSetup:
    """A house with service and sales, without a body shop."""
    given: dict[str, Any] = {
        "name": "Autohaus Beispiel",
        "country": "DE",
        "region": "BY",
        "language": "en",
        "city": "Musterstadt",
        "features": FEATURES,
        "staff": 40,
        "coach": coach_id,
        "people": (
            NewPerson(name=PRINCIPAL, function="Principal", is_principal=True),
            NewPerson(name=OFFICER, function="Quality officer", is_officer=True),
            NewPerson(name="S. Werkmann", function="Service manager"),
        ),
        "officer_percent": 40,
    }
    return EngagementSetup(**(given | changes))


def start_assessment_of(
    year: Year, kind: AssessmentKind, areas: Sequence[AreaId] | None = None
) -> Assessment:
    """A new assessment over these areas, or over all."""
    return year.do(start_assessment, engagement_id=year.engagement_id, kind=kind, scope=areas).made(
        Assessment
    )


def _number(visit: Visit) -> int:
    return visit.number


def _planned_on(visit: Visit) -> date:
    return visit.planned_on


def _place(area: PlannedArea) -> int:
    return area.place
