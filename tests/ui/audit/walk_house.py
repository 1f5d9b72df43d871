"""A small dealership to walk an audit in: two areas of five checkpoints, rated by a coach; folders of it made once and copied."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path

from qma_app.domain.action import Action, Stage
from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.audit import Attendee, Audit, Meeting, SeenHow
from qma_app.domain.dealership import Dealership
from qma_app.domain.engagement import Engagement
from qma_app.domain.finding import Finding, FindingGrade, Reply
from qma_app.domain.ids import AreaId, CheckpointId
from qma_app.domain.people import Person, Role
from qma_app.domain.result import Verdict
from qma_app.exchange.signing_key import load_key
from qma_app.services.actions import move_action, plan_action
from qma_app.services.assessments import complete_assessment, start_assessment, write_remark, write_summary
from qma_app.services.audit_conduct import (
    CLOSING_POINTS,
    OPENING_POINTS,
    hold_closing,
    hold_opening,
    recommend,
    write_look,
)
from qma_app.services.audit_samples import draw_sample, read_numbers
from qma_app.services.audits import (
    begin_audit,
    declare,
    leave_area_out,
    mark_plan_sent,
    plan_audit_days,
    propose_timetable,
)
from qma_app.services.findings import accept_plan, close_finding, raise_finding, reply_to_finding
from qma_app.services.people import add_person
from qma_app.services.ratings import rate_checkpoint, tick_sample
from qma_app.services.signing import save_issued, sign_audit
from qma_app.services.verifying import Target, verify_by_look
from qma_app.services.working import start_working
from qma_app.services.workspace import Workspace, create_workspace, open_workspace
from tests.builders import a_checkpoint, a_dealership, a_site, an_edition, an_engagement, areas_of
from tests.services.signed import PASSPHRASE, key_file
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


def filled(kept: KeptHouse, folder: Path, fill: Callable[[Workspace, StillClock], None]) -> KeptHouse:
    """A copy of a house in which more has happened."""
    with opened(kept, folder) as (workspace, clock):
        fill(workspace, clock)
        at, next_name = clock.at, int(workspace.store.new_id().removeprefix("id-"))
    return KeptHouse(folder=folder, next_name=next_name + 1, at=at)


@contextmanager
def opened(kept: KeptHouse, folder: Path) -> Iterator[tuple[Workspace, StillClock]]:
    """A copy of a house at its own time; whoever worked last is at work."""
    shutil.copytree(kept.folder, folder)
    names, clock = count(kept.next_name), StillClock(kept.at)
    with open_workspace(folder, clock=clock, new_id=lambda: f"id-{next(names)}") as workspace:
        workspace.store.hurry()
        yield workspace, clock


def plan_it(workspace: Workspace, clock: StillClock) -> None:
    """The auditor plans an audit of two areas over two days, sends the plan in time, and draws the records."""
    auditor = sit_down(workspace, Role.AUDITOR, AUDITOR)
    with workspace.reading() as reader:
        (engagement,) = reader.all(Engagement)
    kind = AssessmentKind.CERTIFICATION_AUDIT
    audit = begin_audit(workspace, engagement.id, kind, first_on=FIRST, last_on=LAST).made(Audit)
    leave_area_out(workspace, audit.id, MANAGEMENT, NOT_AGAIN)
    plan_audit_days(workspace, audit.id, staff=24, risks=())
    declare(workspace, audit.id, auditor.id)
    propose_timetable(workspace, audit.id)
    clock.put(SENT)
    mark_plan_sent(workspace, audit.id)
    draw_sample(workspace, audit.id, PRICE, read_numbers(NUMBERS), size=RECORDS, seed=SEED)
    clock.put(FIRST, 8)


def look_at_all(
    workspace: Workspace, clock: StillClock, points: dict[CheckpointId, int], conforming: int = RECORDS
) -> None:
    """The opening meeting, and every checkpoint seen on site, so many of the records drawn as they should be."""
    audit = the_audit(workspace)
    begun, ended = clock.put(FIRST, 9), clock.put(FIRST, 9, 30)
    attendees = tuple(Attendee(name=name) for name in (AUDITOR, PRINCIPAL))
    meeting = Meeting(held_at=begun, ended_at=ended, attendees=attendees, points=OPENING_POINTS)
    hold_opening(workspace, audit.id, meeting)
    clock.put(FIRST, 11)
    for place in range(RECORDS):
        tick_sample(workspace, audit.assessment_id, PRICE, place=place, conforms=place < conforming)
    for id, given in points.items():
        rate_checkpoint(workspace, audit.assessment_id, id, points=given)
        write_look(workspace, audit.id, id, seen_how=SeenHow.ON_SITE, records="Orders of May were read.")


def find_a_major(workspace: Workspace) -> None:
    """The price is a major, to which the dealership agrees."""
    audit = the_audit(workspace)
    found = raise_finding(
        workspace,
        engagement_id=audit.engagement_id,
        assessment_id=audit.assessment_id,
        checkpoint_id=PRICE,
        statement="One order of five was begun without a price.",
        requirement="Every order carries the price agreed.",
        evidence="The fifth record drawn; nobody had asked the customer.",
        grade=FindingGrade.MAJOR,
    ).made(Finding)
    reply_to_finding(workspace, found.id, reply=Reply.AGREED, words="Seen the same way.")


def sign_on_paper(workspace: Workspace, clock: StillClock, verdict: Verdict, target: Path) -> Path:
    """Closing meeting, words and recommendation, the signature some days later, and the file."""
    audit = the_audit(workspace)
    begun, ended = clock.put(LAST, 16), clock.put(LAST, 17)
    attendees = tuple(Attendee(name=name) for name in (AUDITOR, PRINCIPAL))
    meeting = Meeting(held_at=begun, ended_at=ended, attendees=attendees, points=CLOSING_POINTS)
    hold_closing(workspace, audit.id, meeting)
    clock.put(SIGNED, 10)
    write_summary(workspace, audit.assessment_id, text="What was seen is told in this report.")
    for area in ("service", "parts"):
        write_remark(workspace, audit.assessment_id, area_id=AreaId(area), text="Seen as it is done.")
    recommend(workspace, audit.id, verdict)
    key = load_key(key_file(AUDITOR), PASSPHRASE, on=SIGNED)
    issued = sign_audit(workspace, audit.id, key, language="en")
    return save_issued(workspace, issued.id, target)


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
