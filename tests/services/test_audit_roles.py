"""Coach, auditor and decision maker each write their own records, by whatever way an edit comes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.audit import Audit
from qma_app.domain.certification import Appeal
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.ids import AppealId
from qma_app.domain.people import Role, Worker
from qma_app.domain.tie import Tie, TieKind
from qma_app.services.audit_people import delete_tie, note_tie
from qma_app.services.audits import change_audit
from qma_app.services.findings import close_finding, note_sighting, raise_finding
from qma_app.services.people import add_person
from qma_app.services.visits import plan_visit
from qma_app.services.working import start_working
from tests.services.auditing import FIRST, Audited, begin
from tests.services.visiting import House, refused

pytest_plugins = ["tests.services.visiting_fixtures"]


@pytest.fixture
def audited(house: House) -> Audited:
    return begin(house)


def work_as(audited: Audited, role: Role) -> None:
    person = audited.auditor if role is Role.AUDITOR else audited.house.coach
    audited.house.workspace.set_worker(Worker(person_id=person.id, role=role))


def test_a_coach_writes_nothing_of_an_audit_and_loses_no_tie(audited: Audited) -> None:
    house = audited.house
    tie = note_tie(house.workspace, house.coach.id, house.dealership.id, TieKind.COACHED).made(Tie)
    work_as(audited, Role.COACH)
    with refused("role.audit-needs-auditor"):
        change_audit(house.workspace, audited.audit_id, limits="None.")
    with refused("role.audit-needs-auditor"), house.workspace.writing("test.forced") as work:
        work.put(replace(work.get(Audit, audited.audit_id), limits="None."))
    with refused("role.audit-needs-auditor"):
        delete_tie(house.workspace, tie.id)
    assert audited.audit.limits == ""
    assert house.all(Tie) == (tie,)


def test_an_auditor_reads_the_coachs_record_only(audited: Audited) -> None:
    house = audited.house
    coached = next(one for one in house.all(Assessment) if one.kind is AssessmentKind.PROGRESS)
    with refused("role.coach-needed"):
        plan_visit(house.workspace, house.engagement.id, planned_on=FIRST, despite=True)
    with refused("role.coach-needed"), house.workspace.writing("test.forced") as work:
        rating = work.ratings(coached.id)[audited.rated[0]]
        work.put(replace(rating, points=10))
    with refused("role.coach-needed"):
        raise_finding(
            house.workspace,
            engagement_id=house.engagement.id,
            statement="Beside the audit.",
            grade=FindingGrade.MINOR,
        )
    with house.workspace.reading() as reader:
        assert reader.ratings(coached.id)[audited.rated[0]].points == 6
    assert not house.all(Finding)


def test_an_auditor_moves_no_finding_of_the_coach_into_an_audit(audited: Audited) -> None:
    house = audited.house
    house.workspace.set_worker(None)
    finding = raise_finding(
        house.workspace,
        engagement_id=house.engagement.id,
        statement="Raised by the coach.",
        grade=FindingGrade.MAJOR,
    ).made(Finding)
    work_as(audited, Role.AUDITOR)
    with refused("role.coach-needed"), house.workspace.writing("test.forced") as work:
        work.put(replace(finding, assessment_id=audited.assessment.id))


def test_an_auditor_sees_a_finding_of_the_coach_again(audited: Audited) -> None:
    house = audited.house
    house.workspace.set_worker(None)
    finding = raise_finding(
        house.workspace,
        engagement_id=house.engagement.id,
        statement="Raised by the coach.",
        grade=FindingGrade.IMPROVEMENT,
    ).made(Finding)
    close_finding(house.workspace, finding.id, note="Done.")
    work_as(audited, Role.AUDITOR)
    note_sighting(house.workspace, finding.id, assessment_id=audited.assessment.id)
    assert house.get(Finding, finding.id).is_open
    with refused("role.coach-needed"):
        note_sighting(house.workspace, finding.id)


def test_an_auditor_writes_the_audit_and_its_findings(audited: Audited) -> None:
    house = audited.house
    audited.rate(audited.applicable[0])
    raise_finding(
        house.workspace,
        engagement_id=house.engagement.id,
        statement="Seen on site.",
        grade=FindingGrade.MINOR,
        assessment_id=audited.assessment.id,
    )
    add_person(house.workspace, name="Paula Principal")
    assert len(house.all(Finding)) == 1


def test_a_decision_maker_writes_decisions_only(audited: Audited) -> None:
    house = audited.house
    work_as(audited, Role.DECISION_MAKER)
    with refused("role.decision-maker"), house.workspace.writing("test.forced") as work:
        work.put(replace(work.get(Audit, audited.audit_id), limits="None."))
    with refused("role.decision-maker"):
        add_person(house.workspace, name="Somebody Else")
    with house.workspace.writing("test.appealed") as work:
        work.put(
            Appeal(
                id=AppealId("p"),
                engagement_id=house.engagement.id,
                audit_id=audited.audit_id,
                received_on=FIRST,
                raised_by="Paula Principal",
                words="Not so.",
            )
        )
    assert len(house.all(Appeal)) == 1


def test_whoever_is_working_can_be_changed_from_every_role(audited: Audited) -> None:
    work_as(audited, Role.DECISION_MAKER)
    start_working(audited.house.workspace, role=Role.COACH, name="Nora New")
    start_working(audited.house.workspace, role=Role.AUDITOR, name="Oskar Other")
    assert audited.house.workspace.worker is not None
    assert audited.house.workspace.worker.role is Role.AUDITOR
