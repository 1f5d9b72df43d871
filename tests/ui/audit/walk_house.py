"""A small dealership to walk an audit in: two areas of five checkpoints, rated by a coach; folders of it made once and copied."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path

from qma_app.domain.action import Action, Stage
from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.audit import Audit
from qma_app.domain.dealership import Dealership
from qma_app.domain.finding import Finding
from qma_app.domain.ids import AreaId, CheckpointId
from qma_app.domain.people import Person, Role
from qma_app.services.actions import move_action, plan_action
from qma_app.services.assessments import complete_assessment, start_assessment
from qma_app.services.findings import accept_plan, close_finding
from qma_app.services.people import add_person
from qma_app.services.ratings import rate_checkpoint
from qma_app.services.verifying import Target, verify_by_look
from qma_app.services.working import start_working
from qma_app.services.workspace import Workspace, create_workspace, open_workspace
from tests.builders import a_checkpoint, a_dealership, a_site, an_edition, an_engagement, areas_of
from tests.services.visiting import SetClock
from tests.settling import understand

AUDITOR, DECIDER, COACH, PRINCIPAL = "Dora Auditor", "Dirk Decider", "Carla Coach", "Paula Principal"
GREETING = CheckpointId("service.reception.greeting")
OWN_TIME = CheckpointId("service.reception.own-time")
PRICE = CheckpointId("service.repair-order.price-agreed")
COUNT = CheckpointId("parts.stock.count")
BINS = CheckpointId("parts.stock.bins")
REVIEWS = CheckpointId("management.board.reviews")
MANAGEMENT = AreaId("management")
BEGUN, SENT = date(2027, 5, 20), date(2027, 5, 25)
FIRST, LAST, SIGNED, DECIDED = date(2027, 6, 14), date(2027, 6, 15), date(2027, 6, 21), date(2027, 6, 30)
CLOSED, FOLLOWED, SETTLED = date(2027, 8, 25), date(2027, 8, 27), date(2027, 8, 29)
"""The conditional decision is settled 60 days after it was taken."""
LAPSES = date(2029, 12, 31)
SEED, NUMBERS, RECORDS = 4711, "R-1000 to R-1199", 5
NOT_AGAIN = "Looked at last year."


class StillClock(SetClock):
    """A second stays the same second however often a window looks at it."""

    def __call__(self) -> datetime:
        self.at += timedelta(microseconds=50)
        return self.at


@dataclass(frozen=True, kw_only=True)
class KeptHouse:
    """A closed workspace, its next id, and where its clock stood."""

    folder: Path
    next_name: int
    at: datetime


def make_house(folder: Path) -> KeptHouse:
    """The programme since last year; the coach rated everything in May."""
    names, clock = count(1), StillClock(datetime(2026, 2, 2, 9, tzinfo=UTC))
    with create_workspace(folder, clock=clock, new_id=lambda: f"id-{next(names)}") as workspace:
        workspace.store.hurry()
        points = (
            a_checkpoint(GREETING, weight=2),
            a_checkpoint(OWN_TIME),
            a_checkpoint(PRICE, weight=3, critical=True, sample=5),
            a_checkpoint(COUNT, weight=2),
            a_checkpoint(BINS),
            a_checkpoint(REVIEWS),
        )
        edition = an_edition(areas=areas_of(points))
        coach = add_person(workspace, name=COACH).made(Person)
        with workspace.writing("dealership.added") as work:
            work.put_edition(edition)
            dealership = work.put(a_dealership(language="en"))
            work.put(a_site(address="Probestraße 1, 99999 Musterstadt"))
            engagement = work.put(
                an_engagement(edition=edition.hash, started_on=date(2026, 1, 12), coach_id=coach.id)
            )
        add_person(workspace, name=PRINCIPAL, dealership_id=dealership.id, function="Principal")
        clock.put(date(2027, 5, 5))
        start_working(workspace, role=Role.COACH, name=COACH, valid_until=LAPSES)
        coached = start_assessment(workspace, engagement_id=engagement.id, kind=AssessmentKind.PROGRESS).made(
            Assessment
        )
        for id, given in zip((one.id for one in points), (8, 8, 8, 10, 6, 8), strict=True):
            rate_checkpoint(workspace, coached.id, id, points=given)
        complete_assessment(workspace, coached.id)
        clock.put(BEGUN, 8)
    return KeptHouse(folder=folder, next_name=next(names), at=clock.at)


@contextmanager
def opened(kept: KeptHouse, folder: Path) -> Iterator[tuple[Workspace, StillClock]]:
    """A copy of a house at its own time; whoever worked last is at work."""
    shutil.copytree(kept.folder, folder)
    names, clock = count(kept.next_name), StillClock(kept.at)
    with open_workspace(folder, clock=clock, new_id=lambda: f"id-{next(names)}") as workspace:
        workspace.store.hurry()
        yield workspace, clock


def close_the_major(workspace: Workspace, clock: StillClock) -> None:
    """The coach asks why, plans an action in July, sees in August that it works, and closes the finding."""
    clock.put(date(2027, 7, 5))
    sit_down(workspace, Role.COACH, COACH)
    with workspace.reading() as reader:
        (finding,) = reader.all(Finding)
    understand(workspace, finding.id)
    action = plan_action(
        workspace,
        engagement_id=finding.engagement_id,
        what="No order is opened without its price",
        findings=(finding.id,),
        owner=PRINCIPAL,
        due_on=date(2027, 7, 12),
        check_on=CLOSED,
    ).made(Action)
    accept_plan(workspace, finding.id)
    clock.put(date(2027, 7, 12))
    move_action(workspace, action.id, Stage.DO)
    move_action(workspace, action.id, Stage.CHECK)
    clock.put(CLOSED)
    seen = "Twenty orders were read; each carries its price."
    verify_by_look(workspace, Target(action_id=action.id), points=10, words=seen)
    close_finding(workspace, finding.id, note=seen)


def sit_down(workspace: Workspace, role: Role, name: str) -> Person:
    """Somebody certified works from now on."""
    start_working(workspace, role=role, name=name, number="A-3", valid_until=LAPSES)
    with workspace.reading() as reader:
        return next(one for one in reader.all(Person) if one.name == name)


def the_audit(workspace: Workspace) -> Audit:
    """The audit begun last."""
    with workspace.reading() as reader:
        return max(reader.all(Audit), key=lambda one: one.number)


def the_dealership(workspace: Workspace) -> Dealership:
    with workspace.reading() as reader:
        (dealership,) = reader.all(Dealership)
    return dealership
