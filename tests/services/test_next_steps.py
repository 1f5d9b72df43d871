"""The list of next steps read from a workspace, and what ticking and putting off do to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from qma_app.domain.action import Action, Stage
from qma_app.domain.assessment import AssessmentKind
from qma_app.domain.cause import Cause
from qma_app.domain.charter import Charter
from qma_app.domain.dealership import Site
from qma_app.domain.engagement import Engagement
from qma_app.domain.evidence import Evidence, EvidenceKind
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.ids import (
    AgendaItemId,
    AreaId,
    CharterId,
    EvidenceId,
    PersonId,
    PlannedAreaId,
    PlannedPhaseId,
    ProcessOwnerId,
    PromiseId,
    SponsorCheckId,
    TargetId,
    VisitId,
)
from qma_app.domain.month import Month
from qma_app.domain.next_step import NextStep, StepKind
from qma_app.domain.people import Person, Role
from qma_app.domain.plan import PlannedArea, PlannedPhase
from qma_app.domain.plan_reading import PlanReading
from qma_app.domain.process_owner import ProcessOwner
from qma_app.domain.promise import Promise, SponsorCheck
from qma_app.domain.reading import MonthFigures
from qma_app.domain.step_mark import StepMark
from qma_app.domain.step_reading import StepReading
from qma_app.domain.target import Gain
from qma_app.domain.target import Target as Goal
from qma_app.domain.verification import Verification, VerificationKind
from qma_app.domain.visit import AgendaItem, Signature, Stretch, Visit
from qma_app.errors import NotFound, RuleBroken
from qma_app.services import actions, findings
from qma_app.services.assessments import complete_assessment
from qma_app.services.causes import add_cause
from qma_app.services.next_steps import (
    engagement_state,
    next_steps,
    postpone_step,
    tick_step,
    untick_step,
)
from qma_app.services.ratings import rate_checkpoint
from qma_app.services.readings import write_readings
from qma_app.services.undoing import undo
from qma_app.services.verifying import (
    Target,
    change_verification,
    plan_verification,
    remove_verification,
    verify_by_sample,
)
from qma_app.services.working import start_working
from tests.builders import NOW
from tests.services.conftest import PRICE, Programme

TODAY = date(2026, 11, 21)
YESTERDAY = TODAY - timedelta(days=1)
SERVICE = AreaId("service")


def steps(programme: Programme, on: date = TODAY) -> tuple[NextStep, ...]:
    with programme.workspace.reading() as reader:
        return next_steps(reader, programme.engagement.id, on=on)


def of_rule(programme: Programme, rule: str, on: date = TODAY) -> list[NextStep]:
    return [step for step in steps(programme, on) if step.rule == rule]


def put(programme: Programme, *records: object) -> None:
    with programme.workspace.writing("test.put") as work:
        for record in records:
            work.put(record)  # type: ignore[type-var]  # each is a record


def a_visit(programme: Programme, number: int, day: date, **fields: object) -> Visit:
    visit = Visit(
        id=VisitId(f"visit-{number}"),
        engagement_id=programme.engagement.id,
        number=number,
        planned_on=day,
    )
    return replace(visit, **fields)  # type: ignore[arg-type]  # fields of a visit


def test_a_new_programme_begins_with_what_it_stands_on(programme: Programme) -> None:
    assert [step.rule for step in steps(programme)][:4] == ["charter", "officer", "plan", "targets"]
    assert all(step.ticked_on is None for step in steps(programme))


def test_the_same_day_gives_the_same_list(programme: Programme) -> None:
    assert steps(programme) == steps(programme)


def test_a_process_that_was_begun_is_finished_criticals_first(programme: Programme) -> None:
    rate_checkpoint(programme.workspace, programme.assessment.id, programme.first, points=8)
    process = programme.first.rsplit(".", 1)[0]
    found = [step for step in steps(programme) if step.spot.process_id == process]
    assert [step.kind for step in found] == [StepKind.RATE]
    assert found[0].spot.assessment_id == programme.assessment.id
    assert found[0].spot.checkpoint_id not in (None, programme.first)
    assert found[0].reason.startswith("1 of ")


def test_what_is_decided_in_the_open_assessment_is_completed(programme: Programme) -> None:
    put(
        programme,
        PlannedArea(
            id=PlannedAreaId("a"),
            engagement_id=programme.engagement.id,
            area_id=SERVICE,
            wave=1,
            starts_on=TODAY,
            ends_on=TODAY,
        ),
    )
    before = {step.spot.process_id for step in steps(programme) if step.rule in ("rate", "critical")}
    assert len({id for id in before if id and id.startswith("service.")}) > 5
    with programme.workspace.reading() as reader:
        state = engagement_state(reader, programme.engagement.id, on=TODAY)
    assert state.open_assessment is not None
    assert sum(one.total for one in state.open_assessment.processes) == sum(state.applicable.values())


def test_a_process_at_hand_tells_how_it_stood_in_the_assessment_before(programme: Programme) -> None:
    mine = [point for point in programme.checkpoints if point.process_id == PRICE.rsplit(".", 1)[0]]
    for point in mine:
        rate_checkpoint(programme.workspace, programme.assessment.id, point.id, points=6)
    complete_assessment(programme.workspace, programme.assessment.id)
    programme.start(AssessmentKind.PROGRESS)
    put(programme, a_visit(programme, 1, TODAY, areas=(SERVICE,)))
    found = [step for step in steps(programme) if step.spot.process_id == mine[0].process_id]
    assert "last rated 60% on 21 Nov 2026" in found[0].reason


def test_a_house_that_gains_a_department_gets_its_checkpoints_and_a_place_in_the_plan(
    programme: Programme,
) -> None:
    with programme.workspace.reading() as reader:
        site = reader.all(Site, dealership_id=programme.dealership.id)[0]
        before = engagement_state(reader, programme.engagement.id, on=TODAY).applicable
    put(programme, replace(site, features=(*site.features, "body-shop", "two-wheelers")))
    with programme.workspace.reading() as reader:
        after = engagement_state(reader, programme.engagement.id, on=TODAY).applicable
    assert sum(after.values()) > sum(before.values())


def test_what_is_agreed_leaves_the_list(programme: Programme) -> None:
    engagement = programme.engagement
    officer = Person(id=PersonId("o"), name="Olga Officer", dealership_id=programme.dealership.id)
    put(
        programme,
        officer,
        Charter(id=CharterId("c"), engagement_id=engagement.id, signed_on=TODAY),
        replace(engagement, officer_id=officer.id, officer_percent=20, targets_locked_on=TODAY),
    )
    assert not {step.rule for step in steps(programme)} & {"charter", "targets", "officer"}


def test_the_gate_of_the_running_phase_is_looked_at(programme: Programme) -> None:
    with programme.workspace.reading() as reader:
        phase = reader.edition(programme.engagement.edition).phases[0]
    planned = PlannedPhase(
        id=PlannedPhaseId("p"),
        engagement_id=programme.engagement.id,
        phase=phase.id,
        place=0,
        starts_on=TODAY,
        ends_on=TODAY,
    )
    put(programme, planned)
    assert of_rule(programme, "gate-late") == []
    late = of_rule(programme, "gate-late", TODAY + timedelta(days=1))
    assert [step.title for step in late] == ["Decide how Commitment goes on · 4 of 4 conditions open"]
    put(programme, replace(planned, version=1, passed_on=TODAY))
    assert of_rule(programme, "gate-late", TODAY + timedelta(days=1)) == []


def test_an_action_comes_up_when_it_is_late_and_when_it_is_to_be_checked(programme: Programme) -> None:
    finding = findings.raise_finding(
        programme.workspace,
        engagement_id=programme.engagement.id,
        grade=FindingGrade.MINOR,
        statement="No price",
        checkpoint_id=PRICE,
    ).made(Finding)
    action = actions.plan_action(
        programme.workspace,
        engagement_id=programme.engagement.id,
        what="Price before the key",
        owner="R. Huber",
        due_on=date(2026, 12, 1),
        findings=(finding.id,),
    ).made(Action)
    assert of_rule(programme, "action-late", date(2026, 12, 1)) == []
    late = of_rule(programme, "action-late", date(2026, 12, 3))
    assert [(one.spot.finding_id, one.spot.area_id) for one in late] == [(finding.id, SERVICE)]
    actions.move_action(programme.workspace, action.id, Stage.CHECK, on=TODAY)
    assert of_rule(programme, "verify", date(2027, 1, 29)) == []
    assert [one.key for one in of_rule(programme, "verify", date(2027, 1, 30))] == [f"verify:{action.id}"]


def test_a_check_that_was_moved_comes_up_on_its_new_day(programme: Programme) -> None:
    action = actions.plan_action(
        programme.workspace, engagement_id=programme.engagement.id, what="Price first", due_on=YESTERDAY
    ).made(Action)
    actions.change_action(programme.workspace, action.id, check_on=TODAY)
    actions.move_action(programme.workspace, action.id, Stage.CHECK, on=YESTERDAY)
    assert [one.due_on for one in of_rule(programme, "verify")] == [TODAY]
    plan = plan_verification(
        programme.workspace,
        Target(action_id=action.id),
        kind=VerificationKind.LOOK,
        planned_for=TODAY + timedelta(days=20),
    ).made(Verification)
    assert of_rule(programme, "verify") == []
    change_verification(programme.workspace, plan.id, planned_for=TODAY + timedelta(days=30))
    moved_to = TODAY + timedelta(days=30)
    assert of_rule(programme, "verify", moved_to - timedelta(days=1)) == []
    assert [one.due_on for one in of_rule(programme, "verify", moved_to)] == [moved_to]
    remove_verification(programme.workspace, plan.id)
    assert [one.due_on for one in of_rule(programme, "verify")] == [TODAY]


def test_a_finding_is_closed_once_everything_agreed_was_shown_to_work(programme: Programme) -> None:
    finding = findings.raise_finding(
        programme.workspace,
        engagement_id=programme.engagement.id,
        grade=FindingGrade.MINOR,
        statement="No price",
        seen_on=YESTERDAY,
    ).made(Finding)
    action = actions.plan_action(
        programme.workspace, engagement_id=programme.engagement.id, what="Price first", findings=(finding.id,)
    ).made(Action)
    actions.move_action(programme.workspace, action.id, Stage.CHECK, on=YESTERDAY)
    assert of_rule(programme, "finding-close") == []
    verify_by_sample(
        programme.workspace, Target(action_id=action.id), size=5, allowed=0, failing=0, on=YESTERDAY
    )
    assert [one.spot.finding_id for one in of_rule(programme, "finding-close")] == [finding.id]
    findings.note_sighting(programme.workspace, finding.id, seen_on=TODAY, words="Again")
    assert of_rule(programme, "finding-close", TODAY + timedelta(days=2)) == []


def test_levels_kept_with_each_edit_are_those_a_recount_gives(programme: Programme) -> None:
    for point in programme.checkpoints[:60]:
        rate_checkpoint(programme.workspace, programme.assessment.id, point.id, points=8)
    with programme.workspace.reading() as reader:
        kept = StepReading(reader, programme.engagement.id, on=TODAY).levels
        counted = PlanReading(reader, programme.engagement.id, on=TODAY).levels
        assert {id: kept[id] for id in counted} == dict(counted)
        before = StepReading(reader, programme.engagement.id, on=TODAY - timedelta(days=1)).levels
        assert before == PlanReading(reader, programme.engagement.id, on=TODAY - timedelta(days=1)).levels
        assert all(not level.is_rated for level in before.values())


def test_a_major_is_planned_until_it_has_cause_action_and_acceptance(programme: Programme) -> None:
    finding = findings.raise_finding(
        programme.workspace,
        engagement_id=programme.engagement.id,
        grade=FindingGrade.MAJOR,
        statement="The lift was not tested",
    ).made(Finding)
    assert "its cause" in of_rule(programme, "major")[0].reason
    add_cause(programme.workspace, finding.id, words="Nobody knows").made(Cause)
    assert "its cause" not in of_rule(programme, "major")[0].reason


def test_figures_are_asked_for_while_a_target_or_somebody_needs_them(programme: Programme) -> None:
    with programme.workspace.reading() as reader:
        codes = list(reader.edition(programme.engagement.edition).kpis)[:2]
    put(
        programme,
        Goal(
            id=TargetId("t"),
            engagement_id=programme.engagement.id,
            gain=Gain.CUSTOMERS,
            kpi=codes[0],
            goal=Decimal(90),
        ),
    )
    assert "1 of 1 missing" in of_rule(programme, "readings")[0].title
    for month in (7, 8, 9):
        write_readings(
            programme.workspace,
            programme.engagement.id,
            codes[1],
            (MonthFigures(month=Month(2026, month), numerator=Decimal(5), denominator=Decimal(6)),),
        )
    assert "2 of 2 missing" in of_rule(programme, "readings")[0].title
    assert "2 of 2 missing" in of_rule(programme, "readings", date(2027, 1, 21))[0].title
    assert "1 of 1 missing" in of_rule(programme, "readings", date(2027, 2, 21))[0].title


def test_visits_are_prepared_closed_and_signed(programme: Programme) -> None:
    visit = a_visit(programme, 1, TODAY + timedelta(days=4))
    put(programme, visit)
    assert [one.spot.visit_id for one in of_rule(programme, "visit-prepare")] == [visit.id]
    item = AgendaItem(
        id=AgendaItemId("i"),
        engagement_id=programme.engagement.id,
        visit_id=visit.id,
        place=1,
        title="Rate",
        minutes=20,
    )
    put(programme, item)
    assert of_rule(programme, "visit-prepare") == []
    stretch = Stretch(begun=NOW, ended=NOW)
    put(programme, replace(visit, version=1, planned_on=TODAY, clock=(stretch,)))
    assert len(of_rule(programme, "visit-running")) == 1
    closed = replace(visit, version=2, clock=(stretch,), closed_at=NOW, held_on=TODAY)
    put(programme, closed)
    assert len(of_rule(programme, "visit-unsigned")) == 1
    assert len(of_rule(programme, "visit-plan")) == 1
    signature = Signature(name="P. Sommer", function="principal", strokes=((0, 0, 5, 5),), signed_at=NOW)
    put(programme, replace(closed, version=3, signatures=(signature,)))
    assert of_rule(programme, "visit-unsigned") == []


def test_promises_and_the_sponsor_check_come_up(programme: Programme) -> None:
    put(
        programme,
        Promise(
            id=PromiseId("p"),
            engagement_id=programme.engagement.id,
            number=1,
            what="Hold the round",
            who="P. Sommer",
            due_on=TODAY,
        ),
        replace(programme.engagement, started_on=date(2026, 9, 1)),
    )
    assert [step.rule for step in steps(programme) if step.rule in ("promise", "sponsor")] == [
        "promise",
        "sponsor",
    ]
    put(
        programme,
        SponsorCheck(
            id=SponsorCheckId("s"),
            engagement_id=programme.engagement.id,
            quarter="2026-Q4",
            checked_on=TODAY,
        ),
    )
    assert of_rule(programme, "sponsor") == []


def test_process_owners_count_only_with_a_description(programme: Programme) -> None:
    process = programme.checkpoints[0].process_id
    person = Person(id=PersonId("x"), name="X. Owner", dealership_id=programme.dealership.id)
    owner = ProcessOwner(
        id=ProcessOwnerId("w"),
        engagement_id=programme.engagement.id,
        process_id=process,
        owner_id=person.id,
    )
    put(programme, person, owner)
    before = of_rule(programme, "owners")[0].title
    put(programme, replace(owner, version=1, described_on=TODAY))
    assert of_rule(programme, "owners")[0].title != before


def test_the_coachs_certificate_is_read(programme: Programme) -> None:
    start_working(
        programme.workspace, role=Role.COACH, name="K. Brandt", valid_until=TODAY + timedelta(days=9)
    )
    with programme.workspace.reading() as reader:
        coach = next(one for one in reader.all(Person) if one.name == "K. Brandt")
        engagement = reader.get(Engagement, programme.engagement.id)
    put(programme, replace(engagement, coach_id=coach.id))
    assert [one.spot.person_id for one in of_rule(programme, "certificate")] == [coach.id]


def test_only_the_newest_version_of_expired_evidence_is_asked_for(programme: Programme) -> None:
    old = Evidence(
        id=EvidenceId("old"),
        engagement_id=programme.engagement.id,
        kind=EvidenceKind.DOCUMENT,
        name="lift.pdf",
        media_type="application/pdf",
        digest="0" * 64,
        original_digest="0" * 64,
        size=1,
        taken_in_at=NOW,
        valid_until=TODAY - timedelta(days=1),
    )
    put(programme, old)
    assert [one.key for one in of_rule(programme, "evidence")] == ["evidence:old"]
    put(
        programme,
        replace(old, id=EvidenceId("new"), revision_of=old.id, valid_until=TODAY, version=0),
    )
    assert of_rule(programme, "evidence") == []


# What somebody says about a step


def first(programme: Programme, on: date = TODAY) -> NextStep:
    return steps(programme, on)[0]


def test_a_ticked_step_stands_behind_with_its_day_and_comes_back_after_two_weeks(
    programme: Programme,
) -> None:
    step = first(programme)
    tick_step(programme.workspace, programme.engagement.id, step.key, title=step.title)
    assert first(programme).key != step.key
    assert [one.ticked_on for one in steps(programme) if one.key == step.key] == [TODAY]
    assert steps(programme)[-1].key == step.key
    for day, ticked_on in ((TODAY + timedelta(days=14), TODAY), (TODAY + timedelta(days=15), None)):
        assert [one.ticked_on for one in steps(programme, day) if one.key == step.key] == [ticked_on]


def test_unticked_it_is_open_again(programme: Programme) -> None:
    step = first(programme)
    tick_step(programme.workspace, programme.engagement.id, step.key, title=step.title)
    untick_step(programme.workspace, programme.engagement.id, step.key)
    assert first(programme) == step


def test_what_was_ticked_today_and_settled_since_stays_in_sight(programme: Programme) -> None:
    tick_step(programme.workspace, programme.engagement.id, "verify:gone", title="Verify action A-041")
    last = steps(programme)[-1]
    assert (last.title, last.ticked_on, last.minutes) == ("Verify action A-041", TODAY, 0)
    assert "verify:gone" not in [step.key for step in steps(programme, TODAY + timedelta(days=1))]


def test_a_step_put_off_is_back_on_its_day(programme: Programme) -> None:
    step = first(programme)
    until = TODAY + timedelta(days=5)
    postpone_step(
        programme.workspace,
        programme.engagement.id,
        step.key,
        until=until,
        reason="The principal is away",
        title=step.title,
    )
    assert step.key not in [one.key for one in steps(programme, until - timedelta(days=1))]
    assert step.key in [one.key for one in steps(programme, until)]


def test_ticking_what_was_put_off_replaces_it_and_is_undone_to_it(programme: Programme) -> None:
    step = first(programme)
    options = {"until": TODAY + timedelta(days=5), "reason": "Away", "title": step.title}
    postpone_step(programme.workspace, programme.engagement.id, step.key, **options)  # type: ignore[arg-type]  # as named
    ticked = tick_step(programme.workspace, programme.engagement.id, step.key, title=step.title)
    with programme.workspace.reading() as reader:
        marks = reader.all(StepMark, engagement_id=programme.engagement.id)
    assert [(mark.is_tick, mark.reason) for mark in marks] == [(True, "")]
    undo(programme.workspace, ticked)
    with programme.workspace.reading() as reader:
        marks = reader.all(StepMark, engagement_id=programme.engagement.id)
    assert [mark.reason for mark in marks] == ["Away"]


@pytest.mark.parametrize(
    ("until", "reason", "code"),
    [
        (TODAY, "Away", "step.until"),
        (TODAY - timedelta(days=1), "Away", "step.until"),
        (TODAY + timedelta(days=1), "  ", "step.reason-missing"),
    ],
)
def test_a_step_is_put_off_to_a_later_day_with_a_reason(
    programme: Programme, until: date, reason: str, code: str
) -> None:
    with pytest.raises(RuleBroken) as broken:
        postpone_step(
            programme.workspace,
            programme.engagement.id,
            "charter",
            until=until,
            reason=reason,
            title="Charter",
        )
    assert broken.value.code == code
    with programme.workspace.reading() as reader:
        assert reader.all(StepMark) == ()


def test_nothing_is_said_about_a_step_without_key_or_programme(programme: Programme) -> None:
    with pytest.raises(RuleBroken):
        tick_step(programme.workspace, programme.engagement.id, " ", title="")
    with pytest.raises(NotFound):
        tick_step(programme.workspace, programme.dealership.id, "charter", title="")  # type: ignore[arg-type]  # on purpose
