"""A dealership with a coach's record and an auditor who knows nobody there: for tests that live through an audit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.audit import Attendee, Audit, Meeting
from qma_app.domain.ids import CheckpointId
from qma_app.domain.people import Person, Role, Worker
from qma_app.domain.standing import applicable_in
from qma_app.services.assessments import complete_assessment, start_assessment
from qma_app.services.audits import audit_view, begin_audit, leave_area_out
from qma_app.services.people import add_person, certify_person
from qma_app.services.ratings import rate_checkpoint
from tests.services.visiting import House

FIRST, LAST = date(2027, 6, 14), date(2027, 6, 16)
"""A Monday and the Wednesday after it."""
BEFORE = date(2027, 5, 20)


@dataclass(frozen=True, kw_only=True)
class Audited:
    """The house with its coach's record, the auditor at work, and an audit begun."""

    house: House
    auditor: Person
    audit_id: Any
    rated: tuple[CheckpointId, ...]

    @property
    def audit(self) -> Audit:
        return self.house.get(Audit, self.audit_id)

    @property
    def assessment(self) -> Assessment:
        return self.house.get(Assessment, self.audit.assessment_id)

    @property
    def applicable(self) -> tuple[CheckpointId, ...]:
        with self.house.workspace.reading() as reader:
            return applicable_in(reader, self.assessment)

    def view(self) -> Any:
        with self.house.workspace.reading() as reader:
            return audit_view(reader, self.audit_id)

    def rate(self, checkpoint_id: CheckpointId, points: int = 8) -> None:
        rate_checkpoint(self.house.workspace, self.assessment.id, checkpoint_id, points=points)

    def rate_all(self, points: int = 8) -> None:
        """Rate every applicable checkpoint in one edit, as if each had been looked at."""
        rate_at_once(self.house, self.assessment, self.applicable, points)

    def look_at_one_area(self) -> None:
        """Leave every area but one out, so that a test can rate the whole audit."""
        for area_id in self.assessment.scope[1:]:
            leave_area_out(self.house.workspace, self.audit_id, area_id, "Looked at last year.")

    def meeting(self, day: date = FIRST, hour: int = 9) -> Meeting:
        """A meeting of half an hour on that day; the clock is put behind it."""
        begun = self.house.clock.put(day, hour)
        ended = self.house.clock.put(day, hour, 30)
        return Meeting(held_at=begun, ended_at=ended, attendees=(Attendee(name="Paula Principal"),))


def rate_at_once(
    house: House, assessment: Assessment, checkpoints: tuple[CheckpointId, ...], points: int
) -> None:
    """Points for many checkpoints without an edit for each."""
    from qma_app.domain.ids import RatingId
    from qma_app.domain.rating import Rating

    with house.workspace.writing("test.rated") as work:
        known = work.ratings(assessment.id)
        for id in checkpoints:
            rating = known.get(id) or Rating(
                id=RatingId(work.new_id()), assessment_id=assessment.id, checkpoint_id=id
            )
            work.put(rating.rated(points, at=work.at, by=work.who))


def add_auditor(house: House, name: str = "Dora Auditor", *, until: date = date(2029, 1, 1)) -> Person:
    """Somebody of the programme with an auditor's certificate."""
    auditor = add_person(house.workspace, name=name).made(Person)
    certify_person(
        house.workspace,
        auditor.id,
        role=Role.AUDITOR,
        number="A-3",
        valid_from=date(2026, 1, 1),
        valid_until=until,
    )
    return auditor


def begin(house: House, kind: AssessmentKind = AssessmentKind.CERTIFICATION_AUDIT) -> Audited:
    """The coach rated six checkpoints with 6; the auditor begins an audit before its days."""
    coached = start_assessment(
        house.workspace, engagement_id=house.engagement.id, kind=AssessmentKind.PROGRESS
    ).made(Assessment)
    with house.workspace.reading() as reader:
        rated = applicable_in(reader, coached)[:6]
    rate_at_once(house, coached, rated, 6)
    complete_assessment(house.workspace, coached.id)
    house.clock.put(BEFORE)
    auditor = add_auditor(house)
    house.workspace.set_worker(Worker(person_id=auditor.id, role=Role.AUDITOR))
    changes = begin_audit(house.workspace, house.engagement.id, kind, first_on=FIRST, last_on=LAST)
    return Audited(house=house, auditor=auditor, audit_id=changes.made(Audit).id, rated=rated)


def days_before(day: date, count: int) -> date:
    return day - timedelta(days=count)
