"""A programme on the shipped standard whose clock a test sets, so that it can live through months."""

from __future__ import annotations

import atexit
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import count
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory
from typing import Any

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.edition import Edition
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import AreaId, RatingId
from qma_app.domain.plan import PlannedArea, PlannedPhase
from qma_app.domain.rating import Rating
from qma_app.domain.record import R
from qma_app.domain.standing import applicable_in
from qma_app.domain.visit import Visit
from qma_app.services.assessments import complete_assessment, start_assessment
from qma_app.services.dealerships import add_dealership
from qma_app.services.gates import GateView, gate_of
from qma_app.services.planning import make_plan, propose_plan
from qma_app.services.workspace import Workspace, create_workspace, open_workspace

START = date(2026, 3, 2)


@dataclass(kw_only=True)
class House:
    """One dealership in an open workspace; `today` is what its clock says."""

    workspace: Workspace
    engagement: Engagement
    clock: Clock

    def on(self, day: date) -> None:
        """It is that day from now on."""
        self.clock.day = day

    @property
    def edition(self) -> Edition:
        with self.workspace.reading() as reader:
            return reader.edition(self.engagement.edition)

    def now(self, record: R) -> R:
        with self.workspace.reading() as reader:
            return reader.get(type(record), record.id)

    def plan(self, **options: Any) -> None:
        """The plan proposed today, put in force."""
        with self.workspace.reading() as reader:
            proposal = propose_plan(reader, self.engagement.id, on=self.workspace.today(), **options)
        make_plan(self.workspace, self.engagement.id, proposal)

    def phase(self, id: str, wave: int = 0) -> PlannedPhase:
        with self.workspace.reading() as reader:
            (found,) = reader.all(PlannedPhase, engagement_id=self.engagement.id, phase=id, wave=wave)
        return found

    def phases(self) -> tuple[PlannedPhase, ...]:
        with self.workspace.reading() as reader:
            found = reader.all(PlannedPhase, engagement_id=self.engagement.id)
        return tuple(sorted(found, key=_place))

    def area(self, id: str) -> PlannedArea:
        with self.workspace.reading() as reader:
            (found,) = reader.all(PlannedArea, engagement_id=self.engagement.id, area_id=id)
        return found

    def visits(self) -> tuple[Visit, ...]:
        with self.workspace.reading() as reader:
            return reader.all(Visit, engagement_id=self.engagement.id)

    def gate(self, phase: PlannedPhase, on: date | None = None) -> GateView:
        with self.workspace.reading() as reader:
            return gate_of(reader, self.engagement.id, phase, on=on or self.workspace.today())

    def put(self, *records: Any) -> None:
        """Store records as they are, where a test is not about how they came to be."""
        with self.workspace.writing("test.put") as work:
            for record in records:
                work.put(record)

    def assess(
        self,
        kind: AssessmentKind,
        points: int,
        *,
        areas: tuple[str, ...] | None = None,
        is_completed: bool = True,
        leave_out: int = 0,
        **others: int,
    ) -> Assessment:
        """An assessment with the same points everywhere, other points in the areas named; the last `leave_out` checkpoints are left."""
        scope = None if areas is None else tuple(map(AreaId, areas))
        assessment = start_assessment(
            self.workspace, engagement_id=self.engagement.id, kind=kind, scope=scope
        ).made(Assessment)
        with self.workspace.writing("test.rated") as work:
            ids = applicable_in(work, assessment)
            for id in ids[: len(ids) - leave_out]:
                given = others.get(id.split(".", 1)[0].replace("-", "_"), points)
                rating = Rating(id=RatingId(work.new_id()), assessment_id=assessment.id, checkpoint_id=id)
                work.put(rating.rated(given, at=work.at, by=None))
        if is_completed:
            complete_assessment(self.workspace, assessment.id)
        return self.now(assessment)


@dataclass(kw_only=True)
class Clock:
    """Noon of a day, a second later at each look."""

    day: date
    seconds: Iterator[int] = field(default_factory=count)

    def __call__(self) -> datetime:
        return datetime.combine(self.day, time(12), tzinfo=UTC) + timedelta(seconds=next(self.seconds))


@contextmanager
def a_house(folder: Path, *, started_on: date = START, **options: Any) -> Iterator[House]:
    """A new dealership whose programme starts on a day, which is today; copied from one that was made once."""
    made = _made(started_on, tuple(sorted(options.items())))
    copytree(made, folder)
    names, clock = count(1), Clock(day=started_on, seconds=count(100))
    with open_workspace(folder, clock=clock, new_id=lambda: f"id-{next(names)}") as workspace:
        workspace.store.hurry()
        with workspace.reading() as reader:
            (engagement,) = reader.all(Engagement)
        yield House(workspace=workspace, engagement=engagement, clock=clock)


@cache
def _made(started_on: date, options: tuple[tuple[str, Any], ...]) -> Path:
    """A closed workspace with one dealership; its folder goes with the process."""
    keeper = TemporaryDirectory(prefix="house-")
    atexit.register(keeper.cleanup)
    folder, names = Path(keeper.name) / "w", count(1)
    with create_workspace(
        folder, clock=Clock(day=started_on), new_id=lambda: f"made-{next(names)}"
    ) as workspace:
        given: dict[str, Any] = {"name": "Autohaus Beispiel", "country": "DE", "staff": 40, **dict(options)}
        add_dealership(workspace, started_on=started_on, **given)
    return folder


def _place(phase: PlannedPhase) -> int:
    return phase.place
