"""A programme that began in January, and a clock that a test can set: for tests that live through visits."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from qma_app.domain.dealership import Dealership
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import VisitId
from qma_app.domain.people import Person, Role, Worker
from qma_app.domain.record import R
from qma_app.domain.visit import Visit
from qma_app.errors import RuleBroken
from qma_app.services.dealerships import add_dealership
from qma_app.services.people import add_person, certify_person
from qma_app.services.visits import plan_visit
from qma_app.services.workspace import Workspace

STARTED_ON = date(2026, 1, 12)
BEGINS = datetime(2026, 2, 2, 9, tzinfo=UTC)
"""When the house is made."""
MONDAY = date(2026, 3, 2)
"""A working day in Germany without anything against it."""


class SetClock:
    """A clock that stands where it was put, a second later at each look."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at

    def put(self, day: date, hour: int = 12, minute: int = 0) -> datetime:
        """Put the clock to a time of a day as this computer shows it, and give the instant."""
        self.at = datetime(day.year, day.month, day.day, hour, minute).astimezone(UTC)
        return self.at


@dataclass(frozen=True, kw_only=True)
class House:
    """One dealership in Bavaria with its programme and a coach, in an open workspace whose clock can be put."""

    workspace: Workspace
    clock: SetClock
    dealership: Dealership
    engagement: Engagement
    coach: Person

    def plan(self, day: date = MONDAY, **options: Any) -> Visit:
        return plan_visit(self.workspace, self.engagement.id, planned_on=day, **options).made(Visit)

    def now(self, visit_id: VisitId) -> Visit:
        return self.get(Visit, visit_id)

    def get(self, kind: type[R], id: str) -> R:
        with self.workspace.reading() as reader:
            return reader.get(kind, id)

    def all(self, kind: type[R]) -> tuple[R, ...]:
        with self.workspace.reading() as reader:
            return reader.all(kind)

    def work_as_coach(self, *, valid_until: date | None = None) -> None:
        """The coach is the one working, with a certificate from the start of the programme."""
        certify_person(
            self.workspace,
            self.coach.id,
            role=Role.COACH,
            number="C-7",
            valid_from=STARTED_ON,
            valid_until=valid_until,
        )
        self.workspace.set_worker(Worker(person_id=self.coach.id, role=Role.COACH))


def make_house(workspace: Workspace, clock: SetClock, name: str = "Autohaus Beispiel") -> House:
    """A dealership of that name with a programme since January and a coach."""
    changes = add_dealership(
        workspace, name=name, country="DE", city="Musterstadt", staff=40, started_on=STARTED_ON
    )
    coach = add_person(workspace, name=f"Carla Coach of {name}").made(Person)
    with workspace.writing("test.coach-named") as work:
        engagement = work.put(replace(changes.made(Engagement), coach_id=coach.id))
    return House(
        workspace=workspace,
        clock=clock,
        dealership=changes.made(Dealership),
        engagement=engagement,
        coach=coach,
    )


def refused(code: str) -> Any:
    """The RuleBroken of that code."""
    return pytest.raises(RuleBroken, check=lambda error: error.code == code)
