"""Months five to fourteen of the story: three waves with their gates, a delay, and a house that changes under way."""

from __future__ import annotations

from datetime import date, timedelta

from qma_app.domain.action import Action, Stage
from qma_app.domain.applicability import applicable_checkpoints, premises_of
from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.dealership import Site
from qma_app.domain.finding import Finding
from qma_app.domain.ids import AreaId, CheckpointId
from qma_app.domain.month import Month
from qma_app.domain.next_step import NextStep
from qma_app.domain.people import Qualification
from qma_app.domain.promise import Promise
from qma_app.domain.rating import Rating
from qma_app.domain.review import Decision
from qma_app.domain.verification import Effect
from qma_app.domain.visit import VisitNote
from qma_app.services.actions import move_action, plan_action
from qma_app.services.assessments import complete_assessment
from qma_app.services.dealerships import change_site
from qma_app.services.findings import accept_plan as accept_finding_plan
from qma_app.services.findings import change_finding, close_finding
from qma_app.services.gates import pass_gate, state_for_gate
from qma_app.services.next_steps import next_steps, postpone_step, tick_step
from qma_app.services.people import change_qualification
from qma_app.services.plan_moving import move_phase, preview_move
from qma_app.services.promises import break_promise, keep_promise, make_promise
from qma_app.services.readiness import readiness
from qma_app.services.reviews import decide, decision_to_action
from qma_app.services.sponsoring import sponsorship
from qma_app.services.verifying import Target, verify_by_look, verify_by_sample
from qma_app.services.visit_notes import note
from qma_app.services.visits import change_visit
from tests.services.coaching_year.first_months import (
    check_sponsor,
    hold_a_review,
    keep_the_last,
    name_all_owners,
    read_figures,
)
from tests.services.coaching_year.year import FEATURES, OFFICER, PRINCIPAL, Year, start_assessment_of
from tests.settling import understand

LEAP_DAY = date(2028, 2, 29)
DELAY = timedelta(days=28)
TYRES = CheckpointId("service.body-paint-wheels.stored-wheels-known")


def month_5(year: Year) -> None:
    """The last descriptions are seen and the plan's gate is passed; wave 1 begins, and the promise of the lift is late."""
    year.at(date(2027, 7, 1))
    name_all_owners(year)
    year.do(pass_gate, year.phase("plan").id)
    read_figures(year)
    with year.visiting():
        major, _offers, parts = sorted(year.all(Finding), key=_number)
        understand(year.workspace, major.id)
        year.do(change_finding, major.id, owner="S. Werkmann", due_on=date(2027, 9, 10))
        plan(year, "Price on the order before the key is taken", major, date(2027, 8, 6))
        plan(year, "A date on every parts order", parts, date(2027, 7, 30))
        year.do(accept_finding_plan, major.id)
    year.at(date(2027, 7, 20))
    for action in year.all(Action):
        year.do(move_action, action.id, Stage.DO)
    step = step_of(year, "finding-owner")
    year.mine(
        postpone_step,
        step.key,
        until=date(2027, 9, 15),
        reason="Sales is on holiday until then.",
        title=step.title,
    )


def month_6(year: Year) -> None:
    """The lift never came: the promise is broken. Between two visits the clock of the laptop was set back for a day."""
    read_figures(year)
    with year.visiting():
        lift = next(one for one in year.all(Promise) if "lift" in one.what)
        year.do(break_promise, lift.id, outcome="The bank said no.")
        for action in year.all(Action):
            year.do(move_action, action.id, Stage.CHECK)
        year.mine(
            make_promise,
            what="Sends the training plan",
            who="K. Beispiel",
            is_coachs=True,
            due_on=date(2027, 8, 20),
        )
    year.at(date(2027, 7, 25), is_set_back=True)
    taken = year.mine(note, "Called about the training plan.").made(VisitNote)
    assert taken.noted_at < max(one.closed_at for one in year.visits() if one.closed_at)
    year.at(date(2027, 8, 19))
    keep_the_last(year, "By e-mail.")


def month_7(year: Year) -> None:
    """Wave 1 is rated again: one effect is shown, another is not; a review is held, and the principal left before the closing."""
    read_figures(year)
    with year.visiting():
        rate_wave(year, 1, 8)
        price, parts = sorted(year.all(Action), key=_number)
        year.do(verify_by_sample, Target(action_id=price.id), size=10, allowed=0, failing=0)
        (major,) = (one for one in year.all(Finding) if one.number == 1)
        year.do(close_finding, major.id, note="Ten orders of ten carry the price.")
        year.do(verify_by_sample, Target(action_id=parts.id), size=10, allowed=0, failing=4)
    year.at(date(2027, 9, 27))
    check_sponsor(year, "2027-Q3", attends_closing=False)
    hold_a_review(year, "Wave 1 holds.")
    year.mine(state_for_gate, check="records-weeks", words="Nine weeks of orders seen.", figure=9)


def month_8(year: Year) -> None:
    """Wave 1 is left. The house takes over a body shop and gives up its tyre hotel."""
    year.at(date(2027, 10, 4))
    year.do(pass_gate, year.phase("improve", 1).id)
    read_figures(year)
    with year.visiting():
        offers = next(one for one in year.all(Finding) if one.number == 2)
        year.do(change_finding, offers.id, owner=OFFICER, due_on=date(2027, 12, 15))
        plan(year, "A list of open offers each Monday", offers, date(2027, 11, 30))
    year.at(date(2027, 10, 18))
    (site,) = year.all(Site)
    before = untouched(year)
    rated = {id for one in year.all(Assessment) for id in ratings(year, one)}
    year.do(change_site, site.id, features=changed_features())
    assert untouched(year) - before == {id for id in year.edition.checkpoints if is_of_body_shop(id)} - rated
    assert TYRES not in applying(year)
    (baseline,) = year.all(Assessment, kind=AssessmentKind.BASELINE)
    assert ratings(year, baseline)[TYRES].points == 6
    year.at(date(2027, 10, 25))
    step = step_of(year, "action-late")
    year.mine(tick_step, step.key, title=step.title)


def month_9(year: Year) -> None:
    """What the body shop brought is looked at; the second wave runs. Nobody signs the minutes."""
    read_figures(year)
    with year.visiting(signed=False) as visit:
        new = tuple(AreaId(id) for id in ("service", "safety-environment"))
        progress = start_assessment_of(year, AssessmentKind.PROGRESS, new)
        year.rate(progress.id, 6, only=is_of_body_shop)
        year.do(complete_assessment, progress.id)
        year.mine(note, "The paint shop has no list of limits.", visit_id=visit.id)
        parts = next(one for one in year.all(Action) if one.number == 2)
        year.do(move_action, parts.id, Stage.CHECK)


def month_10(year: Year) -> None:
    """Wave 2 falls short; the principal misses the closing a second time; an action is overdue, the figures do not come."""
    year.sign(next(one for one in year.visits() if one.number == 9))
    with year.visiting():
        rate_wave(year, 2, 6)
        parts = next(one for one in year.all(Action) if one.number == 2)
        year.do(
            verify_by_look, Target(action_id=parts.id), points=8, effect=Effect.EFFECTIVE, words="All dated"
        )
        finding = next(one for one in year.all(Finding) if one.number == 3)
        year.do(close_finding, finding.id, note="Every order has a date.")
    year.at(date(2027, 12, 20))
    check_sponsor(year, "2027-Q4", attends_closing=False)
    with year.workspace.reading() as reader:
        sponsor = sponsorship(reader, year.engagement_id, on=year.today)
    assert sponsor.red == ("attends_closing",)
    assert sponsor.words
    review = hold_a_review(year, "Sales needs more time.")
    decision = year.do(
        decide, review, words="A second person for the follow-up", owner=OFFICER, due_on=date(2028, 2, 15)
    )
    year.do(decision_to_action, decision.made(Decision).id)


def month_11(year: Year) -> None:
    """The gate of wave 2 stays shut: four more weeks are planned, and the audit moves with them."""
    year.at(date(2028, 1, 5))
    read_figures(year, month=Month(2027, 11))
    read_figures(year)
    with year.visiting():
        assert not year.gate("improve", 2).is_open
    late = year.phase("improve", 2)
    days = {"starts_on": late.starts_on, "ends_on": late.ends_on + DELAY}
    with year.workspace.reading() as reader:
        move = preview_move(reader, late.id, on=year.today, **days)
    assert (move.audit_before, move.audit_after) == (date(2028, 7, 16), date(2028, 8, 13))
    year.do(move_phase, late.id, **days)
    assert year.phase("audit").starts_on == move.audit_after


def month_12(year: Year) -> None:
    """Wave 2 is rated again and left. The next visit is held on the day that comes once in four years."""
    year.at(date(2028, 2, 3))
    read_figures(year)
    rate_wave(year, 2, 8)
    year.mine(state_for_gate, check="records-weeks", words="Twelve weeks of offers seen.", figure=12)
    year.do(pass_gate, year.phase("improve", 2).id)
    year.do(change_visit, year.next_visit().id, planned_on=LEAP_DAY)
    with year.visiting(next_on=date(2028, 3, 27)):
        for action in year.all(Action):
            if action.stage is Stage.PLAN:
                year.do(move_action, action.id, Stage.CHECK)
        (held,) = year.all(Qualification)
        year.do(change_qualification, held.id, valid_until=date(2031, 3, 31))


def month_13(year: Year) -> None:
    """Wave 3 runs; the principal stays to the end again."""
    read_figures(year)
    with year.visiting():
        year.mine(make_promise, what="Buys the second scanner", who=PRINCIPAL, due_on=date(2028, 4, 28))
        for action in year.all(Action):
            if action.stage is Stage.CHECK and action.check_on is not None:
                year.do(verify_by_sample, Target(action_id=action.id), size=8, allowed=1, failing=1)
        offers = next(one for one in year.all(Finding) if one.number == 2)
        year.do(close_finding, offers.id, note="No offer older than a week.")
    year.at(date(2028, 3, 28))
    check_sponsor(year, "2028-Q1")
    hold_a_review(year, "Back in time.")


def month_14(year: Year) -> None:
    """A month without a visit: wave 3 is rated, and the scanner stands where it was promised."""
    read_figures(year)
    year.at(date(2028, 4, 25))
    rate_wave(year, 3, 8)
    made = next(one for one in year.all(Action) if one.stage is Stage.CHECK)
    year.do(
        verify_by_look,
        Target(action_id=made.id),
        points=None,
        effect=Effect.EFFECTIVE,
        words="She has been there since February.",
        reason="Two months are enough to see it.",
    )
    scanner = max(year.all(Promise), key=_number_of_promise)
    year.do(keep_promise, scanner.id, outcome="It stands in the parts store.")


def rate_wave(year: Year, wave: int, points: int) -> None:
    """A progress assessment over the areas of a wave, with the same points everywhere."""
    progress = start_assessment_of(year, AssessmentKind.PROGRESS, year.areas_of_wave(wave))
    year.rate(progress.id, points)
    year.do(complete_assessment, progress.id)


def plan(year: Year, what: str, finding: Finding, due_on: date) -> None:
    """An action of the service manager for a finding."""
    year.do(
        plan_action,
        engagement_id=year.engagement_id,
        what=what,
        findings=[finding.id],
        owner="S. Werkmann",
        due_on=due_on,
        check_on=due_on + timedelta(days=30),
    )


def changed_features() -> tuple[str, ...]:
    """With the body shop, without the tyre hotel."""
    return tuple(sorted({*FEATURES, "body-shop"} - {"tyre-hotel"}))


def step_of(year: Year, rule: str) -> NextStep:
    """The first next step of today that a rule asks for."""
    with year.workspace.reading() as reader:
        steps = next_steps(reader, year.engagement_id, on=year.today)
    return next(step for step in steps if step.rule == rule)


def untouched(year: Year) -> set[CheckpointId]:
    """What nobody has decided, as the forecast of the audit lists it today."""
    with year.workspace.reading() as reader:
        return {one.id for one in readiness(reader, year.engagement_id, on=year.today).untouched}


def applying(year: Year) -> set[CheckpointId]:
    """The checkpoints that apply to the house as it is today."""
    with year.workspace.reading() as reader:
        return set(applicable_checkpoints(year.edition, premises_of(reader, year.engagement.dealership_id)))


def ratings(year: Year, assessment: Assessment) -> dict[CheckpointId, Rating]:
    """What an assessment holds, whether it applies today or not."""
    with year.workspace.reading() as reader:
        return dict(reader.ratings(assessment.id))


def is_of_body_shop(id: str) -> bool:
    """Whether only a house with a body and paint shop is asked about this checkpoint."""
    is_tyres = id == TYRES
    return (id.startswith("service.body-paint-wheels.") and not is_tyres) or id.endswith("paint-limits-kept")


def _number(record: Finding | Action) -> int:
    return record.number


def _number_of_promise(promise: Promise) -> int:
    return promise.number
