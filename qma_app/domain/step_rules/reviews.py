"""What the management review asks for: a day, and to be held."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from qma_app.domain.spot import Spot
from qma_app.domain.step_rules.state import EngagementState
from qma_app.domain.step_rules.step import NextStep, StepKind, StepRule, Urgency, a_step, urgency_of
from qma_app.i18n import _, day_text

HELD_EVERY: Final = timedelta(days=92)
PREPARE_DAYS: Final = 14


def hold_reviews(state: EngagementState) -> Iterator[NextStep]:
    """A planned one comes near or is over; none is planned although the last is a quarter old or, after the baseline, there is none."""
    planned = [one for one in state.reviews if one.held_on is None and one.planned_on is not None]
    for review in planned:
        day = review.planned_on or date.max
        if (day - state.on).days > PREPARE_DAYS:
            continue
        yield a_step(
            urgency_of(day, state.on),
            key=f"review:{review.id}",
            rule="review",
            kind=StepKind.PREPARE,
            title=_("Prepare management review {number}").format(number=review.number)
            if day >= state.on
            else _("Hold management review {number}").format(number=review.number),
            reason=_("Planned for {day}.").format(day=day_text(day)),
            minutes=30,
            spot=Spot(page="journey", view="reviews"),
            due_on=day,
            place=review.number,
        )
    if not planned and state.has_baseline:
        yield from _plan_one(state)


def _plan_one(state: EngagementState) -> Iterator[NextStep]:
    held = max((one.held_on for one in state.reviews if one.held_on is not None), default=None)
    due = None if held is None else held + HELD_EVERY
    # Three weeks ahead a day can still be found in everybody's calendar.
    if due is not None and (due - state.on).days > 21:
        return
    yield a_step(
        Urgency.DUE if due is None else urgency_of(due, state.on),
        key=f"review:after:{held.isoformat() if held else 'none'}",
        rule="review",
        kind=StepKind.PLAN,
        title=_("Plan the next management review") if held else _("Plan the first management review"),
        reason=_("The last one was held on {day}.").format(day=day_text(held))
        if held
        else _("None has been held yet."),
        minutes=5,
        spot=Spot(page="journey", view="reviews"),
        due_on=due,
    )


RULES: Final = (StepRule(code="review", apply=hold_reviews),)
