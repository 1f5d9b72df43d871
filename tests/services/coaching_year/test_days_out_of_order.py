"""Wherever a day is taken: one that is out of order is refused with a way out, and nothing of it is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal

import pytest

from qma_app.domain.people import Person, Role
from qma_app.domain.record import Changes
from qma_app.domain.review import ManagementReview
from qma_app.domain.target import Gain
from qma_app.services.charters import sign_charter, write_charter
from qma_app.services.gates import pass_gate, state_for_gate
from qma_app.services.next_steps import postpone_step
from qma_app.services.people import add_person, certify_person
from qma_app.services.plan_moving import move_area, move_phase
from qma_app.services.planning import accept_plan, make_plan, propose_plan
from qma_app.services.process_owners import name_owner
from qma_app.services.promises import break_promise, keep_promise
from qma_app.services.reviews import hold_review, plan_review
from qma_app.services.setting_up import (
    add_closing_time,
    extend_engagement,
    set_up_engagement,
)
from qma_app.services.sponsoring import write_sponsor_check
from qma_app.services.targets import add_target, lock_targets
from qma_app.services.visits import (
    change_visit,
    close_visit,
    pause_visit,
    plan_visit,
    start_visit,
)
from tests.services.coaching_year.given import (
    BEFORE,
    TOMORROW,
    Attempt,
    a_promise,
    a_start,
    an_end,
    first_area,
    log_head,
    running,
)
from tests.services.coaching_year.year import (
    MONTHS,
    PRINCIPAL,
    START,
    Year,
    a_setup,
)
from tests.services.visiting import refused


def _two_phases_at_once(year: Year) -> Changes:
    with year.workspace.reading() as reader:
        proposal = propose_plan(reader, year.engagement_id, on=year.today)
    first, second, *rest = proposal.phases
    phases = (first, replace(second, starts_on=first.starts_on), *rest)
    return year.mine(make_plan, replace(proposal, phases=phases))


def _written_charter(year: Year, on: date) -> Changes:
    year.mine(write_charter, aim="Better")
    return year.mine(sign_charter, on=on, by=PRINCIPAL)


def _locked(year: Year, on: date) -> Changes:
    for gain, kpi in zip(Gain, ("C03", "E05", "P02"), strict=True):
        year.mine(add_target, gain=gain, kpi=kpi, goal=Decimal(80))
    return year.mine(lock_targets, on=on)


def _held(year: Year, on: date) -> Changes:
    review = year.mine(plan_review, planned_on=START).made(ManagementReview)
    return year.do(hold_review, review.id, on=on, led_by=PRINCIPAL)


def _coach_of(year: Year, valid_from: date, valid_until: date) -> Changes:
    other = year.do(add_person, name="A. Beispiel").made(Person)
    year.do(
        certify_person,
        other.id,
        role=Role.COACH,
        number="C-1",
        valid_from=valid_from,
        valid_until=valid_until,
    )
    return year.do(set_up_engagement, a_setup(other.id, name="Zweites Haus", started_on=START))


OUT_OF_ORDER: dict[str, tuple[str, Attempt]] = {
    "a coach whose certificate begins later": (
        "certificate.not-yet",
        lambda y: _coach_of(y, TOMORROW, date(2030, 1, 1)),
    ),
    "a coach whose certificate is over": (
        "certificate.lapsed",
        lambda y: _coach_of(y, date(2020, 1, 1), BEFORE),
    ),
    "a certificate that ends before it begins": (
        "certificate.days",
        lambda y: _coach_of(y, START, BEFORE),
    ),
    "a target due before the start": (
        "target.days",
        lambda y: y.mine(add_target, gain=Gain.STAFF, kpi="E05", goal=Decimal(5), due_on=BEFORE),
    ),
    "targets locked tomorrow": ("targets.day-ahead", lambda y: _locked(y, TOMORROW)),
    "a charter signed tomorrow": ("charter.day-ahead", lambda y: _written_charter(y, TOMORROW)),
    "a description seen tomorrow": (
        "owner.day-ahead",
        lambda y: y.mine(name_owner, y.edition.areas[0].processes[0].id, described_on=TOMORROW),
    ),
    "a plan accepted before the start": (
        "plan.accepted-day",
        lambda y: y.mine(accept_plan, on=BEFORE, by=PRINCIPAL),
    ),
    "a plan accepted tomorrow": (
        "plan.accepted-day",
        lambda y: y.mine(accept_plan, on=TOMORROW, by=PRINCIPAL),
    ),
    "phases that overlap": ("plan.order", _two_phases_at_once),
    "a phase that ends before it starts": (
        "plan.days",
        lambda y: y.do(move_phase, y.phase("plan").id, starts_on=TOMORROW, ends_on=START),
    ),
    "a phase before the programme": (
        "plan.before-start",
        lambda y: y.do(move_phase, y.phase("commitment").id, starts_on=BEFORE, ends_on=START),
    ),
    "an area that ends before it starts": (
        "plan.days",
        lambda y: y.do(move_area, first_area(y).id, starts_on=TOMORROW, ends_on=START),
    ),
    "an area before the programme": (
        "plan.before-start",
        lambda y: y.do(move_area, first_area(y).id, starts_on=BEFORE),
    ),
    "a gate passed tomorrow": (
        "gate.ahead",
        lambda y: y.do(pass_gate, y.phase("commitment").id, on=TOMORROW, reason="so"),
    ),
    "a gate passed before the start": (
        "gate.too-early",
        lambda y: y.do(pass_gate, y.phase("commitment").id, on=BEFORE, reason="so"),
    ),
    "a gate passed before the one in front": (
        "gate.order",
        lambda y: y.do(pass_gate, y.phase("baseline").id, reason="so"),
    ),
    "a statement of tomorrow": (
        "gate.ahead",
        lambda y: y.mine(state_for_gate, check="staff-survey-done", words="Asked", on=TOMORROW),
    ),
    "a visit before the start": (
        "visit.before-start",
        lambda y: y.mine(plan_visit, planned_on=BEFORE, despite=True),
    ),
    "a visit that ends before it begins": (
        "visit.times",
        lambda y: y.mine(plan_visit, planned_on=date(2027, 3, 9), starts_at=time(16), ends_at=time(9)),
    ),
    "a visit moved before the start": (
        "visit.before-start",
        lambda y: y.do(change_visit, y.next_visit().id, planned_on=BEFORE, despite=True),
    ),
    "a visit begun in an hour": (
        "visit.time",
        lambda y: y.do(start_visit, y.next_visit().id, at=y.clock.at + timedelta(hours=1)),
    ),
    "a visit paused before it began": (
        "visit.time",
        lambda y: y.do(pause_visit, running(y).id, at=y.clock.at - timedelta(hours=1)),
    ),
    "a visit closed in an hour": (
        "visit.time",
        lambda y: y.do(close_visit, running(y).id, at=y.clock.at + timedelta(hours=1)),
    ),
    "a next visit on the same day": (
        "visit.next-on",
        lambda y: y.do(close_visit, running(y).id, next_on=y.today),
    ),
    "a promise due before it was made": ("promise.days", lambda y: a_promise(y, due_on=BEFORE)),
    "a promise made tomorrow": ("promise.ahead", lambda y: a_promise(y, made_on=TOMORROW)),
    "a promise kept before it was made": (
        "promise.days",
        lambda y: y.do(keep_promise, a_promise(y).id, on=BEFORE),
    ),
    "a promise kept tomorrow": (
        "promise.ahead",
        lambda y: y.do(keep_promise, a_promise(y).id, on=TOMORROW),
    ),
    "a promise broken before it was made": (
        "promise.days",
        lambda y: y.do(break_promise, a_promise(y).id, on=BEFORE),
    ),
    "a promise broken tomorrow": (
        "promise.ahead",
        lambda y: y.do(break_promise, a_promise(y).id, on=TOMORROW),
    ),
    "a sponsor check of a quarter before": (
        "sponsor.before-start",
        lambda y: y.mine(write_sponsor_check, "2026-Q4", gives_time=True),
    ),
    "a sponsor check of a quarter ahead": (
        "sponsor.ahead",
        lambda y: y.mine(write_sponsor_check, "2027-Q2", gives_time=True),
    ),
    "a sponsor check made tomorrow": (
        "sponsor.ahead",
        lambda y: y.mine(write_sponsor_check, "2027-Q1", gives_time=True, on=TOMORROW),
    ),
    "a review held before the start": ("review.before-start", lambda y: _held(y, BEFORE)),
    "a review held tomorrow": ("review.ahead", lambda y: _held(y, TOMORROW)),
    "a programme that ends before its start": ("engagement.days", lambda y: an_end(y, BEFORE)),
    "a programme that ends tomorrow": ("engagement.end-ahead", lambda y: an_end(y, TOMORROW)),
    "a start behind a visit that was held": (
        "engagement.days-held",
        lambda y: (y.do(close_visit, running(y).id), a_start(y, date(2027, 9, 1))),
    ),
    "an end before a visit that was held": (
        "engagement.days-held",
        lambda y: (y.do(close_visit, running(y).id), an_end(y, START)),
    ),
    "a start at the end of the calendar": (
        "engagement.start",
        lambda y: a_start(y, date(9999, 12, 1)),
    ),
    "a new house at the end of the calendar": (
        "engagement.start",
        lambda y: y.do(set_up_engagement, a_setup(None, name="Zweites", started_on=date(9999, 12, 1))),
    ),
    "a phase to the end of the calendar": (
        "plan.days",
        lambda y: y.do(move_phase, y.phase("plan").id, starts_on=START, ends_on=date.max),
    ),
    "a programme made shorter": (
        "engagement.not-longer",
        lambda y: y.mine(extend_engagement, MONTHS - 1),
    ),
    "a closing time that ends before it begins": (
        "closing.days",
        lambda y: y.do(
            add_closing_time,
            y.engagement.dealership_id,
            first_on=TOMORROW,
            last_on=START,
            words="Stock-taking",
        ),
    ),
    "a step put off to today": (
        "step.until",
        lambda y: y.mine(postpone_step, "owners", until=START, reason="so", title="Owners"),
    ),
}


@pytest.mark.parametrize("name", OUT_OF_ORDER)
def test_days_out_of_order_are_refused_and_nothing_of_them_is_kept(planned: Year, name: str) -> None:
    code, attempt = OUT_OF_ORDER[name]
    before = log_head(planned)
    with refused(code) as caught:
        attempt(planned)
    assert caught.value.way_out
    made = [edit.seq for edit in planned.edits]
    assert log_head(planned) == max(made, default=before), "the log ends with the last edit that was made"
