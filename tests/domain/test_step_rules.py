"""Each rule of the next step, one table a subject: what must be so, and which step it asks for."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from qma_app.domain.action import Action
from qma_app.domain.assessment import AssessmentKind
from qma_app.domain.evidence import Evidence, EvidenceKind
from qma_app.domain.finding import FindingGrade
from qma_app.domain.ids import (
    ActionId,
    AreaId,
    CheckpointId,
    EvidenceId,
    PlannedAreaId,
    ProcessId,
    TargetId,
    VisitId,
)
from qma_app.domain.next_step import (
    EngagementState,
    FindingWork,
    GateCheck,
    GreenSpot,
    NextStep,
    OpenAssessment,
    ProcessProgress,
    StepKind,
    UnsignedVisit,
    Urgency,
    steps_of,
)
from qma_app.domain.plan import PlannedArea
from qma_app.domain.step_rules.state import LastLevel
from qma_app.domain.target import Gain, Target
from qma_app.domain.visit import Stretch
from tests.builders import NOW, PRICE_AGREED, TODAY, a_finding, a_qualification, an_action, an_assessment
from tests.domain.step_states import (
    ENGAGEMENT,
    PARTS,
    PHASES,
    SERVICE,
    a_gate,
    a_phase,
    a_promise,
    a_review,
    a_sponsor_check,
    a_state,
    a_visit,
    days,
    engaged,
)

NOW_, BLOCKING, LATE, DUE, SOON = Urgency
RECEPTION, ORDER, STOCK = (
    ProcessId("service.reception"),
    ProcessId("service.repair-order"),
    ProcessId("parts.stock"),
)


def told(state: EngagementState) -> list[tuple[str, Urgency]]:
    return [(step.rule, Urgency(int(step.rank[0]))) for step in steps_of(state)]


def only(state: EngagementState) -> NextStep:
    steps = steps_of(state)
    assert len(steps) == 1, [step.key for step in steps]
    return steps[0]


def test_where_everything_is_settled_nothing_is_next() -> None:
    assert steps_of(a_state()) == ()


def test_a_programme_that_has_ended_asks_for_nothing() -> None:
    assert steps_of(engaged(officer_id=None, ended_on=TODAY)) == ()
    assert steps_of(engaged(officer_id=None, ended_on=days(1))) != ()


@pytest.mark.parametrize(
    ("changes", "rule", "urgency"),
    [
        ({"ahead": ()}, "visit-plan", DUE),
        ({"ahead": (a_visit(day=7),)}, "visit-prepare", DUE),
        ({"ahead": (a_visit(day=1),)}, "visit-prepare", NOW_),
        ({"ahead": (a_visit(day=0),)}, "visit-prepare", NOW_),
        ({"ahead": (a_visit(day=-1),)}, "visit-missed", LATE),
        ({"ahead": (a_visit(day=0, clock=(Stretch(begun=NOW),)),)}, "visit-running", NOW_),
        (
            {"unsigned": UnsignedVisit(id=VisitId("visit-8"), number=8, held_on=days(-10))},
            "visit-unsigned",
            DUE,
        ),
    ],
)
def test_what_visits_ask_for(changes: dict[str, Any], rule: str, urgency: Urgency) -> None:
    assert told(a_state(**changes)) == [(rule, urgency)]


@pytest.mark.parametrize(
    "changes",
    [
        {"ahead": (a_visit(day=8),)},
        {"ahead": (a_visit(day=3),), "prepared": frozenset({VisitId("visit-9")})},
        {"unsigned": UnsignedVisit(id=VisitId("visit-8"), number=8, held_on=days(-61))},
        {"ahead": (), "phases": (), "last_visit_on": None, "planned_areas": ()},
    ],
)
def test_what_visits_do_not_ask_for(changes: dict[str, Any]) -> None:
    rules = {rule for rule, _urgency in told(a_state(**changes))}
    assert not {rule for rule in rules if rule.startswith("visit")}


def test_a_visit_of_another_day_that_still_runs_says_since_when() -> None:
    begun = datetime(2026, 11, 3, 8, 0, tzinfo=UTC)
    visit = a_visit(day=-18, clock=(Stretch(begun=begun, ended=begun),))
    assert "3 Nov 2026" in only(a_state(ahead=(visit,))).reason


@pytest.mark.parametrize(
    ("until", "urgency"), [(days(61), None), (days(60), SOON), (TODAY, SOON), (days(-1), NOW_), (None, None)]
)
def test_the_coachs_certificate_is_renewed_in_time(until: Any, urgency: Urgency | None) -> None:
    state = a_state(certificates=(a_qualification(valid_until=until),))
    assert told(state) == ([] if urgency is None else [("certificate", urgency)])


def test_of_several_certificates_the_one_that_holds_longest_counts() -> None:
    lapsed = a_qualification(valid_until=days(-5))
    assert steps_of(a_state(certificates=(lapsed, replace(lapsed, id="q2", valid_until=days(300))))) == ()  # type: ignore[arg-type]  # any id will do


@pytest.mark.parametrize(
    ("changes", "rule", "urgency"),
    [
        ({"charter": None}, "charter", LATE),
        ({"phases": (), "gate": None, "planned_areas": ()}, "plan", BLOCKING),
        ({"planned_areas": a_state().planned_areas[:1]}, "area-plan", DUE),
        ({"owned": frozenset({STOCK, ORDER})}, "owners", LATE),
    ],
)
def test_what_a_programme_stands_on(changes: dict[str, Any], rule: str, urgency: Urgency) -> None:
    assert told(a_state(**changes)) == [(rule, urgency)]


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"targets_locked_on": None}, "targets"),
        ({"officer_id": None}, "officer"),
        ({"officer_percent": None}, "officer"),
        ({"plan_accepted_on": None}, "plan-accept"),
    ],
)
def test_what_is_agreed_with_the_principal(changes: dict[str, Any], rule: str) -> None:
    assert told(engaged(**changes)) == [(rule, LATE)]


def test_in_its_first_phase_what_a_programme_stands_on_blocks_and_is_not_late() -> None:
    phases = (a_phase("commitment", 0, -3, 20), a_phase("plan", 1, 21, 60))
    state = a_state(charter=None, phases=phases, gate=a_gate(phase=phases[0]))
    assert told(state) == [("charter", BLOCKING)]


def test_owners_are_not_asked_for_long_before_their_gate() -> None:
    phases = (a_phase("baseline", 0, -3, 20), a_phase("other", 1, 21, 40), a_phase("plan", 2, 41, 60))
    early = a_state(owned=frozenset(), phases=phases, gate=a_gate(phase=phases[0]))
    assert told(early) == []
    assert told(replace(early, gate=a_gate(phase=phases[1]))) == [("owners", SOON)]


def test_areas_left_out_need_neither_plan_nor_owners() -> None:
    service, parts = a_state().planned_areas
    left_out = replace(parts, wave=0, starts_on=None, ends_on=None, left_out="Bought in")
    state = a_state(planned_areas=(service, left_out), owned=frozenset({RECEPTION, ORDER}))
    assert told(state) == []


def test_targets_say_whose_gain_has_none() -> None:
    target = Target(
        id=TargetId("t"),
        engagement_id=a_state().engagement.id,
        gain=Gain.STAFF,
        kpi="C01",
        goal=Decimal(80),
    )
    state = replace(engaged(targets_locked_on=None), targets=(target,), read_last_month=frozenset({"C01"}))
    assert only(state).reason == "None yet for: customers, profit."


HELD = GateCheck(check="plan-accepted", title="The plan is accepted.", holds=True)
ASKED = GateCheck(check="staff-survey-done", title="Staff have been asked.", holds=False, is_said=True)
UNKNOWN = GateCheck(check="moon-phase", title="The moon is full.", holds=None)
OVER = a_phase("improve", 2, -99, -1)


@pytest.mark.parametrize(
    ("gate", "expected"),
    [
        (None, []),
        (a_gate(HELD), [("gate-pass", BLOCKING)]),
        (a_gate(HELD, UNKNOWN), []),
        (a_gate(HELD, ASKED), [("gate-state", SOON)]),
        (a_gate(HELD, ASKED, phase=OVER), [("gate-late", LATE), ("gate-state", LATE)]),
        (a_gate(HELD, phase=replace(OVER, passed_on=TODAY)), []),
    ],
)
def test_what_the_gate_asks_for(gate: Any, expected: list[tuple[str, Urgency]]) -> None:
    assert told(a_state(gate=gate)) == expected


def progress(process: ProcessId, decided: int, total: int, criticals: int = 0) -> ProcessProgress:
    area = SERVICE if process.startswith("service") else PARTS
    return ProcessProgress(
        process_id=process, area_id=area, decided=decided, total=total, criticals=criticals
    )


def assessing(*processes: ProcessProgress, **changes: Any) -> EngagementState:
    current = OpenAssessment(assessment=an_assessment(3), processes=processes)
    return a_state(open_assessment=current, **changes)


@pytest.mark.parametrize(
    ("processes", "expected"),
    [
        ((progress(RECEPTION, 1, 3),), [("rate", DUE)]),
        ((progress(RECEPTION, 0, 3),), [("rate", DUE)]),
        ((progress(ORDER, 1, 2, 1),), [("critical", BLOCKING)]),
        ((progress(STOCK, 0, 2),), []),
        ((progress(STOCK, 1, 2),), [("rate", DUE)]),
        ((progress(STOCK, 0, 2, 1),), [("critical", SOON)]),
        ((progress(RECEPTION, 3, 3), progress(STOCK, 0, 2)), []),
        ((progress(RECEPTION, 3, 3), progress(STOCK, 2, 2)), [("complete", DUE)]),
        ((), []),
    ],
)
def test_what_is_rated_next(
    processes: tuple[ProcessProgress, ...], expected: list[tuple[str, Urgency]]
) -> None:
    """Service is in its time in the plan, Parts is not yet."""
    assert told(assessing(*processes)) == expected


def test_the_areas_of_the_visit_at_hand_are_rated_too() -> None:
    visit = a_visit(day=10, areas=(PARTS,))
    assert told(assessing(progress(STOCK, 0, 2), ahead=(visit,))) == [("rate", DUE)]


def test_a_rating_step_says_how_far_it_is_and_how_long_it_takes() -> None:
    step = only(assessing(progress(ORDER, 6, 8, 1)))
    assert step.title == "Rate Service · SRV-02 Repair order"
    assert step.reason == "6 of 8 checkpoints are rated. 1 critical is still open."
    assert step.minutes == 10
    assert (step.kind, step.spot.page, step.spot.process_id) == (StepKind.RATE, "checklists", ORDER)


def test_an_untouched_process_says_how_it_stood_before() -> None:
    levels = {RECEPTION: LastLevel(level=Fraction(74), on=days(-30))}
    step = only(assessing(progress(RECEPTION, 0, 7), levels=levels))
    assert step.reason == "7 checkpoints are to be rated. It was last rated 74% on 22 Oct 2026."


@pytest.mark.parametrize(
    ("completed", "expected"),
    [
        ((), [("assessment", LATE)]),
        ((an_assessment(1, started_on=days(-160), completed_on=days(-92)),), []),
        ((an_assessment(1, started_on=days(-160), completed_on=days(-93)),), [("assessment", LATE)]),
    ],
)
def test_the_house_is_assessed_every_three_months(completed: Any, expected: Any) -> None:
    assert told(a_state(completed=completed)) == expected


def test_a_phase_asks_for_its_own_assessment_once_it_has_begun() -> None:
    asks = GateCheck(check="assessment-completed", title="The pre-audit is completed.", holds=False)
    assert told(a_state(gate=a_gate(asks, phase=a_phase("improve", 2, -5, 30)))) == [("assessment", DUE)]
    assert told(a_state(gate=a_gate(asks, phase=a_phase("improve", 2, 5, 30)))) == []
    assert told(a_state(gate=a_gate(asks, phase=a_phase("improve", 2, -60, 30)))) == []


DONE = an_action(1, done_on=days(-70), due_on=days(-65), check_on=days(-5))


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        (DONE, [("verify", DUE)]),
        (replace(DONE, check_on=days(-14)), [("verify", DUE)]),
        (replace(DONE, check_on=days(-15)), [("verify", LATE)]),
        (replace(DONE, check_on=days(1)), []),
        (replace(DONE, check_on=None), [("verify", DUE)]),
        (an_action(1, due_on=days(-1)), [("action-late", LATE)]),
        (an_action(1, due_on=TODAY), []),
        (an_action(1, due_on=days(-1), is_proposal=True), [("proposal", DUE)]),
        (an_action(1, due_on=days(-1), is_proposal=True, dropped_on=TODAY), []),
        (replace(DONE, effective_on=TODAY), []),
    ],
)
def test_what_actions_ask_for(action: Action, expected: list[tuple[str, Urgency]]) -> None:
    assert told(a_state(actions=(action,))) == expected


@pytest.mark.parametrize(
    ("action", "moved_to", "expected"),
    [
        (replace(DONE, check_on=days(-40)), None, [("verify", LATE)]),
        (replace(DONE, check_on=days(-40)), days(-14), [("verify", DUE)]),
        (replace(DONE, check_on=days(-40)), days(-15), [("verify", LATE)]),
        (replace(DONE, check_on=days(-40)), days(1), []),
        (replace(DONE, check_on=days(-5)), days(-40), [("verify", DUE)]),
        (replace(DONE, check_on=days(-40), done_on=days(-3)), None, [("verify", DUE)]),
    ],
)
def test_a_check_is_late_by_the_newest_day_it_was_moved_to(
    action: Action, moved_to: date | None, expected: list[tuple[str, Urgency]]
) -> None:
    """Moved on the action, with the check that was planned, or because it was done anew after a check that showed no effect."""
    check_days = {action.id: moved_to} if moved_to is not None else {}
    state = a_state(actions=(action,), check_days=check_days)
    assert told(state) == expected
    known = [day for day in (action.check_on, action.done_on, moved_to) if day is not None]
    assert all(step.due_on == max(known) for step in steps_of(state))


def test_who_is_late_is_named_with_the_days() -> None:
    step = only(
        a_state(actions=(an_action(29, due_on=days(-6)),), areas_of_actions={an_action(29).id: PARTS})
    )
    assert (step.title, step.reason) == (
        "Ask about action A-029 · Price on the order before the key is taken",
        "It is 6 days late. Owner: R. Huber.",
    )
    assert step.spot.area_id == PARTS


MAJOR = a_finding(14, FindingGrade.MAJOR, owner="R. Huber", seen_on=days(-10))
SHOWN = an_action(2, done_on=days(-9), effective_on=days(-3))


@pytest.mark.parametrize(
    ("work", "expected"),
    [
        (FindingWork(finding=MAJOR), [("major", BLOCKING)]),
        (FindingWork(finding=replace(MAJOR, seen_on=days(-15))), [("major", LATE)]),
        (FindingWork(finding=MAJOR, actions=(an_action(),), has_cause=True), [("major", BLOCKING)]),
        (
            FindingWork(
                finding=replace(MAJOR, plan_accepted_on=TODAY), actions=(an_action(),), has_cause=True
            ),
            [],
        ),
        (FindingWork(finding=MAJOR, actions=(DONE,), has_cause=True), []),
        (FindingWork(finding=a_finding(owner="R. Huber")), []),
        (FindingWork(finding=a_finding(owner="")), [("finding-owner", SOON)]),
        (FindingWork(finding=a_finding(owner="R. Huber", due_on=None)), [("finding-owner", SOON)]),
        (FindingWork(finding=a_finding(owner=""), actions=(an_action(),)), []),
        (FindingWork(finding=a_finding(grade=FindingGrade.IMPROVEMENT, owner="")), []),
        (FindingWork(finding=a_finding(owner="R. Huber", due_on=days(-1))), [("finding-late", LATE)]),
        (FindingWork(finding=a_finding(owner="R", due_on=days(-1)), actions=(an_action(),)), []),
        (FindingWork(finding=a_finding(owner="R. Huber"), actions=(SHOWN,)), [("finding-close", DUE)]),
        (FindingWork(finding=a_finding(owner="R"), actions=(SHOWN,), seen_on=days(-2)), []),
        (FindingWork(finding=a_finding(owner="R"), actions=(SHOWN, an_action())), []),
    ],
)
def test_what_open_findings_ask_for(work: FindingWork, expected: list[tuple[str, Urgency]]) -> None:
    assert told(a_state(findings=(work,))) == expected


def test_a_major_says_what_its_plan_lacks() -> None:
    step = only(a_state(findings=(FindingWork(finding=MAJOR),)))
    assert step.reason == "Still missing: its cause, an action, an accepted plan."
    assert step.minutes == 30


def test_last_months_figures_are_asked_for_kpi_by_kpi() -> None:
    action = an_action(due_on=days(30), kpi="C03")
    state = a_state(read_kpis=("C01", "C02"), read_last_month=frozenset({"C01"}), actions=(action,))
    step = only(state)
    assert step.title == "Enter the KPIs of October 2026 · 2 of 3 missing"
    assert (step.reason, step.key) == ("Missing: Stock turn, Absorption.", "readings:2026-10")
    assert step.rank[0] == LATE
    assert only(replace(state, on=TODAY.replace(day=10), ahead=(a_visit(day=2),))).rank[0] == SOON


def test_figures_nobody_knows_any_more_are_not_asked_for() -> None:
    assert told(a_state(read_kpis=("X99",))) == []


@pytest.mark.parametrize(
    ("promise", "expected"),
    [
        (a_promise(due=8), []),
        (a_promise(due=None), []),
        (a_promise(due=7), [("promise", DUE)]),
        (a_promise(due=0), [("promise", DUE)]),
        (a_promise(due=-1), [("promise", LATE)]),
        (a_promise(due=-1, kept_on=TODAY), []),
        (a_promise(due=-1, broken_on=TODAY), []),
    ],
)
def test_promises_are_asked_about_when_their_day_comes(promise: Any, expected: Any) -> None:
    assert told(a_state(promises=(promise,))) == expected


def test_the_coach_keeps_her_own_promises() -> None:
    step = only(a_state(promises=(a_promise(is_coachs=True),)))
    assert (step.title, step.kind) == ("Keep your own promise · Hold the weekly round", StepKind.DECIDE)


def test_the_sponsor_is_looked_at_each_quarter_but_not_in_the_first_month() -> None:
    missed = a_sponsor_check("2026-Q3", gives_time=False, gives_money=False, holds_reviews=True)
    step = only(a_state(sponsor_checks=(missed,)))
    assert step.title == "Agree with the principal · sponsor check for quarter 4 of 2026"
    assert step.reason == "2 of 6 were not kept in quarter 3 of 2026."
    young = replace(
        a_state(sponsor_checks=()), engagement=replace(a_state().engagement, started_on=days(-29))
    )
    assert told(young) == []


@pytest.mark.parametrize(
    ("reviews", "expected"),
    [
        ((), [("review", DUE)]),
        ((a_review(held_on=days(-70)),), []),
        ((a_review(held_on=days(-71)),), [("review", DUE)]),
        ((a_review(held_on=days(-93)),), [("review", LATE)]),
        ((a_review(held_on=days(-93)), a_review(2, planned_on=days(15))), []),
        ((a_review(held_on=days(-93)), a_review(2, planned_on=days(14))), [("review", DUE)]),
        ((a_review(held_on=days(-93)), a_review(2, planned_on=days(-1))), [("review", LATE)]),
    ],
)
def test_a_management_review_is_held_every_quarter(reviews: Any, expected: Any) -> None:
    assert told(a_state(reviews=reviews)) == expected


def test_before_the_baseline_no_review_is_asked_for() -> None:
    completed = (an_assessment(1, kind=AssessmentKind.PROGRESS, completed_on=days(-3)),)
    assert told(a_state(reviews=(), completed=completed)) == []


def test_evidence_that_has_expired_is_renewed() -> None:
    evidence = Evidence(
        id=EvidenceId("e"),
        engagement_id=a_state().engagement.id,
        kind=EvidenceKind.DOCUMENT,
        name="lift.pdf",
        caption="Test of the lift",
        media_type="application/pdf",
        digest="0" * 64,
        original_digest="0" * 64,
        size=1,
        taken_in_at=NOW,
        valid_until=days(-1),
    )
    assert only(a_state(expired=(evidence,))).title == "Ask for a new version · Test of the lift"
    assert told(a_state(expired=(replace(evidence, valid_until=TODAY),))) == []


def test_what_is_green_on_paper_only_is_looked_at_again() -> None:
    green = GreenSpot(
        checkpoint_id=PRICE_AGREED, points=10, rated_on=days(-20), findings=("F-031",), failed=2
    )
    step = only(a_state(green=(green,)))
    assert step.reason == "Rated as met on 1 Nov 2026; since then: F-031, 2 failed checks."
    assert (step.rank[0], step.spot.checkpoint_id) == (DUE, PRICE_AGREED)


def test_the_phases_of_the_settled_programme_are_as_the_tests_take_them() -> None:
    assert [phase.is_passed for phase in PHASES] == [True, True, False]


def a_wave(*areas: AreaId, first: int = -30, last: int = 30, **changes: Any) -> EngagementState:
    """A running wave whose gate waits for these areas; each has its time around today and was assessed before it."""
    check = GateCheck(check="wave-level", title="Every area stands at 75.", holds=False, areas=areas)
    planned = tuple(
        PlannedArea(
            id=PlannedAreaId(f"planned-{area}"),
            engagement_id=ENGAGEMENT.id,
            area_id=area,
            wave=1,
            starts_on=days(first),
            ends_on=days(last),
        )
        for area in (SERVICE, PARTS)
    )
    before = an_assessment(1, completed_on=days(-60))
    given: dict[str, Any] = {"gate": a_gate(check), "planned_areas": planned, "completed": (before,)}
    return a_state(**(given | changes))


def test_an_area_of_the_wave_that_nobody_rated_in_half_of_its_time_is_rated_again() -> None:
    step = only(a_wave(SERVICE, first=-31))
    assert (step.key, step.kind) == ("wave-rate:service", StepKind.RATE)
    assert step.due_on == days(30)
    assert told(a_wave(SERVICE, first=-29)) == [], "half of its time is not over"
    assert told(a_wave(SERVICE, first=1)) == [], "its time has not begun"
    assert told(a_wave(SERVICE, first=-80, last=-1)) == [("wave-lift", LATE)], "it was rated in its time"
    assert told(a_wave(first=-31)) == [], "no area keeps the gate shut"


def test_an_area_rated_below_the_bound_gets_an_action_unless_one_works_on_it() -> None:
    rated = (an_assessment(2, kind=AssessmentKind.PROGRESS, completed_on=days(-5)),)
    step = only(a_wave(SERVICE, completed=rated))
    assert (step.key, step.kind) == ("wave-lift:service", StepKind.PLAN)
    busy = {ActionId("a"): SERVICE}
    assert told(a_wave(SERVICE, completed=rated, areas_of_actions=busy)) == []
    late = a_wave(SERVICE, completed=rated, areas_of_actions=busy, first=-40, last=-1)
    assert told(late) == [("wave-lift", LATE)], "its time is over, whatever works on it"


def test_what_applies_since_the_house_changed_is_rated_until_an_assessment_is_made_there() -> None:
    new = {SERVICE: (CheckpointId("service.repair-order.parts-ready"),)}
    step = only(a_state(new_points=new))
    assert (step.key, step.kind, step.minutes) == ("new:service", StepKind.RATE, 5)
    assert "1 checkpoint applies since Service was assessed on" in step.reason
    assert ("new", DUE) not in told(a_state(new_points=new, completed=())), "nothing was assessed before"
    current = OpenAssessment(assessment=an_assessment(3), processes=())
    assert told(a_state(new_points=new, open_assessment=current)) == [], "it is being rated"


def test_what_the_sponsor_missed_twice_is_said() -> None:
    checks = tuple(a_sponsor_check(f"2026-Q{number}", gives_time=False) for number in (2, 3))
    assert only(a_state(sponsor_checks=checks)).reason == (
        "Missed in two quarters running: Gives people time for the programme. Say it to the principal."
    )
    well = a_sponsor_check("2026-Q3", gives_time=True)
    assert only(a_state(sponsor_checks=(well,))).reason == "Nothing was missed in quarter 3 of 2026."
