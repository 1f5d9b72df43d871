"""Beginning an audit and planning it: its number, its days, its team, its areas, its timetable."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.audit import Audit, AuditLook, AuditSlot, TeamMember, TeamPart
from qma_app.domain.audit_days import DEFAULT_TABLE, TableRow
from qma_app.domain.finding import FindingGrade
from qma_app.domain.people import Person, Role, Worker
from qma_app.domain.setting import Setting
from qma_app.domain.tie import TieKind
from qma_app.services.assessments import (
    complete_assessment,
    correct_assessment,
    discard_assessment,
    reopen_assessment,
)
from qma_app.services.audit_conduct import write_look
from qma_app.services.audit_discarding import discard_audit
from qma_app.services.audits import (
    begin_audit,
    change_audit,
    current_audit,
    declare,
    delete_slot,
    leave_area_out,
    list_audits,
    mark_plan_sent,
    plan_audit_days,
    planning_table,
    propose_timetable,
    put_slot,
    set_planning_table,
    set_team,
    take_area_in,
)
from qma_app.services.findings import raise_finding
from qma_app.services.people import add_person, certify_person
from qma_app.services.undoing import undo
from tests.services.auditing import FIRST, LAST, Audited, add_auditor, begin
from tests.services.visiting import House, refused

pytest_plugins = ["tests.services.visiting_fixtures"]


@pytest.fixture
def audited(house: House) -> Audited:
    return begin(house)


def sign(audited: Audited) -> None:
    with audited.house.workspace.writing("test.signed") as work:
        work.put(replace(work.get(Audit, audited.audit_id), signed_at=work.at))


def test_an_audit_begins_with_its_number_its_areas_and_the_head_of_the_log(house: House) -> None:
    with house.workspace.reading() as reader:
        before = reader.log_head().seq
    audited = begin(house)

    assert audited.audit.number == "R-2027-0001"
    assert (audited.audit.first_on, audited.audit.last_on) == (FIRST, LAST)
    assert audited.assessment.is_guided
    assert audited.assessment.kind is AssessmentKind.CERTIFICATION_AUDIT
    assert audited.audit.base_seq > before
    with house.workspace.reading() as reader:
        entry = next(one for one in reader.log_entries() if one.seq == audited.audit.base_seq + 1)
        assert entry.what == "audit.begun"
        every = {area.id for area in audited.view().edition.areas}
    assert {one.area_id for one in audited.audit.left_out} == every - set(audited.assessment.scope)


def test_the_auditor_at_work_leads_it(audited: Audited) -> None:
    assert audited.audit.lead_id == audited.auditor.id


def test_a_coach_begins_no_audit(house: House) -> None:
    house.work_as_coach()
    with refused("role.audit-needs-auditor"):
        begin_audit(house.workspace, house.engagement.id, AssessmentKind.CERTIFICATION_AUDIT)
    assert not house.all(Audit)


def test_a_pre_audit_is_written_by_an_auditor_too(house: House) -> None:
    audited = begin(house, AssessmentKind.PRE_AUDIT)
    audited.rate(audited.applicable[0])
    house.workspace.set_worker(Worker(person_id=house.coach.id, role=Role.COACH))
    with refused("role.audit-needs-auditor"):
        audited.rate(audited.applicable[1])


def test_one_audit_is_open_at_a_time_and_numbers_go_on(audited: Audited) -> None:
    house = audited.house
    with refused("audit.open"):
        begin_audit(house.workspace, house.engagement.id, AssessmentKind.SURVEILLANCE)
    sign(audited)
    second = begin_audit(house.workspace, house.engagement.id, AssessmentKind.SURVEILLANCE).made(Audit)
    assert second.number == "R-2027-0002"
    assert second.follows == audited.audit_id
    with house.workspace.reading() as reader:
        assert [one.id for one in list_audits(reader, house.engagement.id)] == [second.id, audited.audit_id]
        assert current_audit(reader, house.engagement.id) == second


def test_a_follow_up_needs_an_audit_to_follow(house: House) -> None:
    with refused("audit.follows"):
        begin_audit(house.workspace, house.engagement.id, AssessmentKind.FOLLOW_UP_AUDIT)


@pytest.mark.parametrize(
    ("first", "last"),
    [(LAST, FIRST), (None, LAST), (FIRST, FIRST + timedelta(days=61))],
)
def test_days_that_cannot_be_are_refused(audited: Audited, first: date | None, last: date) -> None:
    with refused("audit.days"):
        change_audit(audited.house.workspace, audited.audit_id, first_on=first, last_on=last)


def test_what_other_steps_write_is_not_written_by_hand(audited: Audited) -> None:
    with pytest.raises(ValueError, match="signed_at"):
        change_audit(audited.house.workspace, audited.audit_id, signed_at=None)


def test_a_signed_audit_is_not_changed(audited: Audited) -> None:
    sign(audited)
    workspace, area = audited.house.workspace, audited.assessment.scope[0]
    lead = TeamMember(person_id=audited.auditor.id, part=TeamPart.LEAD)
    with refused("audit.signed"):
        change_audit(workspace, audited.audit_id, limits="None.")
    with refused("audit.signed"):
        set_team(workspace, audited.audit_id, [lead])
    with refused("audit.signed"):
        declare(workspace, audited.audit_id, audited.auditor.id)
    with refused("audit.signed"):
        leave_area_out(workspace, audited.audit_id, area, "No time.")
    with refused("audit.signed"):
        propose_timetable(workspace, audited.audit_id)
    with refused("audit.signed"):
        plan_audit_days(workspace, audited.audit_id, staff=40)


def test_a_team_has_one_lead_who_is_independent(audited: Audited) -> None:
    workspace = audited.house.workspace
    lead = TeamMember(person_id=audited.auditor.id, part=TeamPart.LEAD)
    with refused("audit.lead"):
        set_team(workspace, audited.audit_id, [replace(lead, part=TeamPart.AUDITOR)])
    with refused("audit.team-twice"):
        set_team(workspace, audited.audit_id, [lead, replace(lead, part=TeamPart.OBSERVER)])
    coach = TeamMember(person_id=audited.house.coach.id, part=TeamPart.AUDITOR)
    with refused("audit.not-independent") as caught:
        set_team(workspace, audited.audit_id, [lead, coach])
    assert "coached" in caught.value.params["codes"]
    watching = replace(coach, part=TeamPart.OBSERVER)
    set_team(workspace, audited.audit_id, [lead, watching])
    assert audited.audit.team == (lead, watching)


def test_a_certificate_that_lapses_between_two_audit_days_keeps_somebody_out(audited: Audited) -> None:
    short = add_auditor(audited.house, "Sam Short", until=FIRST + timedelta(days=1))
    member = TeamMember(person_id=short.id, part=TeamPart.LEAD)
    with refused("audit.not-independent") as caught:
        set_team(audited.house.workspace, audited.audit_id, [member])
    assert caught.value.params["codes"] == ("certificate-lapses",)
    change_audit(audited.house.workspace, audited.audit_id, last_on=FIRST + timedelta(days=1))
    set_team(audited.house.workspace, audited.audit_id, [member])


def test_a_declaration_names_ties_with_words_and_goes_with_the_person(audited: Audited) -> None:
    workspace = audited.house.workspace
    with refused("audit.declaration-words"):
        declare(workspace, audited.audit_id, audited.auditor.id, ties=[TieKind.PAID])
    with refused("audit.not-in-team"):
        declare(workspace, audited.audit_id, audited.house.coach.id)
    declare(workspace, audited.audit_id, audited.auditor.id, ties=[TieKind.PAID], words="A talk in 2019.")
    declare(workspace, audited.audit_id, audited.auditor.id)
    (said,) = audited.audit.declarations
    assert said.is_free
    other = add_auditor(audited.house, "Olga Other")
    set_team(workspace, audited.audit_id, [TeamMember(person_id=other.id, part=TeamPart.LEAD)])
    assert audited.audit.declarations == ()


def test_areas_are_left_out_with_a_reason_and_taken_in_again(audited: Audited) -> None:
    workspace, scope = audited.house.workspace, audited.assessment.scope
    with refused("audit.area-reason"):
        leave_area_out(workspace, audited.audit_id, scope[0], " ")
    leave_area_out(workspace, audited.audit_id, scope[0], "Sold.")
    assert audited.assessment.scope == scope[1:]
    assert "Sold." in {one.reason for one in audited.audit.left_out}
    take_area_in(workspace, audited.audit_id, scope[0])
    assert audited.assessment.scope == scope
    assert "Sold." not in {one.reason for one in audited.audit.left_out}
    for area in scope[1:]:
        leave_area_out(workspace, audited.audit_id, area, "No time.")
    with refused("audit.no-area"):
        leave_area_out(workspace, audited.audit_id, scope[0], "No time.")


def test_days_are_proposed_by_the_table_and_fewer_need_a_reason(audited: Audited) -> None:
    workspace = audited.house.workspace
    plan_audit_days(workspace, audited.audit_id)
    days = audited.audit.days
    assert days is not None
    assert (days.staff, days.table_days, days.days, days.on_site) == (40, Decimal(4), Decimal(4), Decimal(4))
    with refused("audit.days-agreed"):
        plan_audit_days(workspace, audited.audit_id, days=Decimal(3))
    with refused("audit.days-agreed"):
        plan_audit_days(workspace, audited.audit_id, days=Decimal(5), on_site=Decimal("3.9"))
    plan_audit_days(workspace, audited.audit_id, days=Decimal(3), reason="Half the areas.")
    assert audited.audit.days is not None
    assert audited.audit.days.reason == "Half the areas."


def test_the_planning_table_can_be_changed_and_given_back(audited: Audited) -> None:
    workspace = audited.house.workspace
    own = replace(DEFAULT_TABLE, rows=(TableRow(up_to=90, days=Decimal("7.5")),), around=Fraction(3, 2))
    set_planning_table(workspace, own)
    with workspace.reading() as reader:
        assert planning_table(reader) == own
    plan_audit_days(workspace, audited.audit_id)
    assert audited.audit.days is not None
    assert audited.audit.days.table_days == Decimal("7.5")
    with refused("audit-days.table"):
        set_planning_table(workspace, replace(own, rows=()))
    set_planning_table(workspace, None)
    with workspace.reading() as reader:
        assert planning_table(reader) == DEFAULT_TABLE


def test_a_planning_table_that_was_spoilt_is_refused_in_words(audited: Audited) -> None:
    workspace = audited.house.workspace
    set_planning_table(workspace, DEFAULT_TABLE)
    with workspace.writing("test.spoilt") as work:
        work.put(replace(work.get(Setting, "audit.planning-table"), value="{}"))
    with workspace.reading() as reader, refused("audit-days.table"):
        planning_table(reader)


def test_a_timetable_covers_every_area_and_puts_nobody_at_two_places(audited: Audited) -> None:
    workspace = audited.house.workspace
    other = add_auditor(audited.house, "Olga Other")
    set_team(
        workspace,
        audited.audit_id,
        [
            TeamMember(person_id=audited.auditor.id, part=TeamPart.LEAD),
            TeamMember(person_id=other.id, part=TeamPart.AUDITOR),
        ],
    )
    propose_timetable(workspace, audited.audit_id)
    propose_timetable(workspace, audited.audit_id)
    slots = audited.view().slots
    assert {one.area_id for one in slots} - {None} == set(audited.assessment.scope)
    assert {one.on for one in slots} == {FIRST, FIRST + timedelta(days=1), LAST}
    for one in slots:
        for two in slots:
            same = one.auditor_id is None or two.auditor_id in (None, one.auditor_id)
            if one.id != two.id and one.on == two.on and same:
                assert one.ends <= two.begins or two.ends <= one.begins


def test_too_many_areas_for_one_day_are_refused(audited: Audited) -> None:
    change_audit(audited.house.workspace, audited.audit_id, last_on=FIRST)
    with refused("audit.too-short"):
        propose_timetable(audited.house.workspace, audited.audit_id)
    assert not audited.house.all(AuditSlot)


def test_a_line_of_the_timetable_fits_or_is_refused(audited: Audited) -> None:
    workspace, id = audited.house.workspace, audited.audit_id
    nine, ten, eleven = time(9), time(10), time(11)
    area = audited.assessment.scope[0]
    first = put_slot(
        workspace, id, on=FIRST, begins=nine, ends=ten, area_id=area, auditor_id=audited.auditor.id
    ).made(AuditSlot)
    with refused("audit.slot-overlaps"):
        put_slot(workspace, id, on=FIRST, begins=time(9, 30), ends=eleven, words="Tour of the house")
    put_slot(workspace, id, on=FIRST, begins=ten, ends=eleven, words="Tour of the house")
    with refused("audit.slot-times"):
        put_slot(workspace, id, on=FIRST, begins=ten, ends=nine, words="Tour")
    with refused("audit.slot-empty"):
        put_slot(workspace, id, on=LAST, begins=nine, ends=ten)
    with refused("audit.day"):
        put_slot(workspace, id, on=LAST + timedelta(days=1), begins=nine, ends=ten, words="Tour")
    with refused("audit.not-in-team"):
        put_slot(
            workspace, id, on=LAST, begins=nine, ends=ten, words="Tour", auditor_id=audited.house.coach.id
        )
    with refused("audit.slots-outside"):
        change_audit(workspace, id, first_on=FIRST + timedelta(days=1))
    put_slot(workspace, id, slot_id=first.id, on=LAST, begins=nine, ends=ten, area_id=area)
    assert audited.house.get(AuditSlot, first.id).on == LAST
    leave_area_out(workspace, id, area, "Sold.")
    (left,) = audited.view().slots
    delete_slot(workspace, left.id)
    assert not audited.view().slots


def test_a_plan_is_sent_when_it_is_complete_and_said_to_be_late(audited: Audited) -> None:
    workspace = audited.house.workspace
    with refused("audit.plan-incomplete"):
        mark_plan_sent(workspace, audited.audit_id)
    propose_timetable(workspace, audited.audit_id)
    mark_plan_sent(workspace, audited.audit_id)
    assert (audited.view().notice, audited.view().is_sent_late) == (25, False)
    audited.house.clock.put(FIRST - timedelta(days=13))
    mark_plan_sent(workspace, audited.audit_id)
    assert audited.view().is_sent_late
    with refused("day.ahead"):
        mark_plan_sent(workspace, audited.audit_id, on=FIRST)


def test_the_view_names_people_and_counts_what_is_decided(audited: Audited) -> None:
    audited.rate(audited.applicable[0])
    view = audited.view()
    assert (view.decided, len(view.applicable)) == (1, len(audited.applicable))
    assert view.people[audited.auditor.id].name == "Dora Auditor"
    assert view.days == (FIRST, FIRST + timedelta(days=1), LAST)


def test_somebody_of_the_house_is_no_auditor_of_it(audited: Audited) -> None:
    workspace = audited.house.workspace
    person = add_person(workspace, name="Ina Inside", dealership_id=audited.house.dealership.id).made(Person)
    certify_person(workspace, person.id, role=Role.AUDITOR)
    with refused("audit.not-independent") as caught:
        set_team(workspace, audited.audit_id, [TeamMember(person_id=person.id, part=TeamPart.LEAD)])
    assert caught.value.params["codes"] == ("employed",)


def test_an_audit_begun_by_mistake_goes_with_all_that_hangs_on_it_and_comes_back(audited: Audited) -> None:
    house = audited.house
    propose_timetable(house.workspace, audited.audit_id)
    write_look(house.workspace, audited.audit_id, audited.rated[0], observed="A hand-over.")
    assessment_id = audited.audit.assessment_id
    changes = discard_audit(house.workspace, audited.audit_id)
    with house.workspace.reading() as reader:
        assert reader.find(Audit, audited.audit_id) is None
        assert reader.find(Assessment, assessment_id) is None
        assert not reader.all(AuditSlot)
        assert not reader.all(AuditLook)
    undo(house.workspace, changes)
    assert audited.assessment.id == assessment_id
    assert audited.view().slots


def test_an_audit_with_findings_is_not_discarded(audited: Audited) -> None:
    raise_finding(
        audited.house.workspace,
        engagement_id=audited.house.engagement.id,
        assessment_id=audited.assessment.id,
        checkpoint_id=audited.rated[0],
        grade=FindingGrade.MINOR,
        statement="No order is signed.",
    )
    with refused("audit.has-findings"):
        discard_audit(audited.house.workspace, audited.audit_id)


def test_the_checkpoints_of_an_audit_are_not_led_beside_it(audited: Audited) -> None:
    workspace, id = audited.house.workspace, audited.assessment.id
    for lead in (
        lambda: correct_assessment(workspace, id, kind=AssessmentKind.SURVEILLANCE),
        lambda: discard_assessment(workspace, id),
        lambda: complete_assessment(workspace, id),
        lambda: reopen_assessment(workspace, id, reason="By mistake."),
    ):
        with refused("assessment.guided"):
            lead()


def test_a_follow_up_leaves_out_what_the_audit_before_it_left_out(audited: Audited) -> None:
    house = audited.house
    audited.look_at_one_area()
    sign(audited)
    kind = AssessmentKind.FOLLOW_UP_AUDIT
    follow_up = begin_audit(house.workspace, house.engagement.id, kind).made(Audit)
    assert house.get(Assessment, follow_up.assessment_id).scope == audited.assessment.scope
    assert set(follow_up.left_out) == set(audited.audit.left_out)
    assert len(audited.assessment.scope) == 1
