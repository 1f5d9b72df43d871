"""What was promised and comes due, and whether the principal stands behind the programme."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from qma_app.domain.promise import SPONSOR_ANSWERS, Promise, PromiseState, Quarter, SponsorCheck
from qma_app.domain.sponsorship import answer_title, missed_twice
from qma_app.domain.spot import Spot
from qma_app.domain.step_rules.state import EngagementState
from qma_app.domain.step_rules.step import NextStep, StepKind, StepRule, Urgency, a_step
from qma_app.domain.step_rules.words import late_text, quarter_title
from qma_app.i18n import _, day_text

ASK_DAYS: Final = 7
SETTLING_IN: Final = timedelta(days=30)


def ask_about_promises(state: EngagementState) -> Iterator[NextStep]:
    """Due within a week, or late."""
    for promise in state.promises:
        where = promise.state_on(state.on)
        if where not in (PromiseState.OPEN, PromiseState.LATE) or promise.due_on is None:
            continue
        days = (promise.due_on - state.on).days
        if days > ASK_DAYS:
            continue
        yield a_step(
            Urgency.LATE if days < 0 else Urgency.DUE,
            key=f"promise:{promise.id}",
            rule="promise",
            kind=StepKind.DECIDE if promise.is_coachs else StepKind.CALL,
            title=_title(promise),
            reason=_due_words(promise.due_on, days),
            minutes=5,
            spot=Spot(page="journey", view="promises", person_id=promise.person_id),
            due_on=promise.due_on,
            place=promise.number,
        )


def look_at_the_sponsor(state: EngagementState) -> Iterator[NextStep]:
    """No look at the principal's part in this quarter; a programme in its first month is left in peace."""
    quarter = Quarter.of(state.on)
    if state.on - state.engagement.started_on < SETTLING_IN:
        return
    if any(check.quarter == str(quarter) for check in state.sponsor_checks):
        return
    last = max(state.sponsor_checks, key=_quarter_of, default=None)
    due = quarter.plus(1).first_day - timedelta(days=1)
    yield a_step(
        Urgency.DUE if (due - state.on).days <= 60 else Urgency.SOON,
        key=f"sponsor:{quarter}",
        rule="sponsor",
        kind=StepKind.DECIDE,
        title=_("Agree with the principal · sponsor check for {quarter}").format(
            quarter=quarter_title(quarter)
        ),
        reason=_sponsor_words(state, last),
        minutes=15,
        spot=Spot(page="journey", view="sponsor"),
        due_on=due,
    )


def _sponsor_words(state: EngagementState, last: SponsorCheck | None) -> str:
    """What was missed, above all what was missed twice running."""
    if last is None:
        return _("No sponsor check has been made yet.")
    red = missed_twice(state.sponsor_checks)
    if red:
        return _("Missed in two quarters running: {answers}. Say it to the principal.").format(
            answers=", ".join(answer_title(name) for name in red)
        )
    quarter = quarter_title(Quarter.parse(last.quarter))
    if not last.missed:
        return _("Nothing was missed in {quarter}.").format(quarter=quarter)
    return _("{missed} of {count} were not kept in {quarter}.").format(
        missed=len(last.missed), count=len(SPONSOR_ANSWERS), quarter=quarter
    )


def _title(promise: Promise) -> str:
    what = promise.what.strip()
    if promise.is_coachs:
        return _("Keep your own promise · {what}").format(what=what)
    return _("Ask {who} about a promise · {what}").format(who=promise.who.strip(), what=what)


def _due_words(due_on: date, days: int) -> str:
    if days == 0:
        return _("It is due today.")
    if days > 0:
        return _("It is due on {day}.").format(day=day_text(due_on))
    return late_text(-days)


def _quarter_of(check: SponsorCheck) -> str:
    return check.quarter


RULES: Final = (
    StepRule(code="promise", apply=ask_about_promises),
    StepRule(code="sponsor", apply=look_at_the_sponsor),
)
