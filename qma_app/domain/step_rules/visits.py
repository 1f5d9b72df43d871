"""What the visits ask for: to be planned, prepared, held, closed and signed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from qma_app.domain.spot import Spot
from qma_app.domain.step_rules.state import EngagementState
from qma_app.domain.step_rules.step import NextStep, StepKind, StepRule, Urgency, a_step
from qma_app.domain.visit import Visit
from qma_app.i18n import _, day_text, ngettext

PREPARE_DAYS: Final = 7
UNSIGNED_DAYS: Final = 60
"""After so long nobody signs minutes any more; the next ones say what still holds."""
USUAL_GAP: Final = timedelta(days=35)


def close_what_runs(state: EngagementState) -> Iterator[NextStep]:
    """A visit whose clock was started: today's while it lasts, an older one was forgotten."""
    for visit in state.ahead:
        if not visit.clock:
            continue
        is_todays = visit.day == state.on or visit.clock[0].begun.astimezone().date() == state.on
        yield a_step(
            Urgency.NOW,
            key=f"visit-running:{visit.id}",
            rule="visit-running",
            kind=StepKind.ENTER,
            title=_("Close visit {number}").format(number=visit.number),
            reason=_("It is under way: what was agreed, the next date, the signatures.")
            if is_todays
            else _("It was begun on {day} and never closed.").format(day=day_text(visit.day)),
            minutes=20,
            spot=Spot(page="today", view="visit", visit_id=visit.id),
            due_on=visit.day,
            place=visit.number,
        )


def move_what_was_missed(state: EngagementState) -> Iterator[NextStep]:
    """A visit whose day is over and that never began."""
    for visit in state.ahead:
        if visit.clock or visit.planned_on >= state.on:
            continue
        yield a_step(
            Urgency.LATE,
            key=f"visit-missed:{visit.id}",
            rule="visit-missed",
            kind=StepKind.PLAN,
            title=_("Move visit {number} or call it off").format(number=visit.number),
            reason=_("It was planned for {day} and has not been held.").format(
                day=day_text(visit.planned_on)
            ),
            minutes=5,
            spot=Spot(page="journey", visit_id=visit.id),
            due_on=visit.planned_on,
            place=visit.number,
        )


def have_minutes_signed(state: EngagementState) -> Iterator[NextStep]:
    """The last visit, while its minutes are fresh."""
    visit = state.unsigned
    if visit is None or (state.on - visit.held_on).days > UNSIGNED_DAYS:
        return
    yield a_step(
        Urgency.DUE,
        key=f"visit-unsigned:{visit.id}",
        rule="visit-unsigned",
        kind=StepKind.CALL,
        title=_("Have the minutes of visit {number} signed").format(number=visit.number),
        reason=_("Held on {day}, closed without a signature.").format(day=day_text(visit.held_on)),
        minutes=5,
        spot=Spot(page="journey", view="visit", visit_id=visit.id),
        due_on=visit.held_on + timedelta(days=PREPARE_DAYS),
        place=visit.number,
    )


def prepare_the_next(state: EngagementState) -> Iterator[NextStep]:
    """A visit within a week that has no agenda yet."""
    for visit in state.ahead:
        days = (visit.planned_on - state.on).days
        if visit.clock or not 0 <= days <= PREPARE_DAYS or visit.id in state.prepared:
            continue
        yield a_step(
            Urgency.NOW if days <= 1 else Urgency.DUE,
            key=f"visit-prepare:{visit.id}",
            rule="visit-prepare",
            kind=StepKind.PREPARE,
            title=_("Prepare visit {number}").format(number=visit.number),
            reason=_when(visit, days),
            minutes=15,
            spot=Spot(page="journey", view="visit", visit_id=visit.id),
            due_on=visit.planned_on,
            place=visit.number,
        )


def agree_the_next(state: EngagementState) -> Iterator[NextStep]:
    """No day is agreed, although there is a plan or was a visit."""
    if state.ahead or not (state.phases or state.last_visit_on):
        return
    last = state.last_visit_on
    yield a_step(
        Urgency.DUE,
        key="visit-plan",
        rule="visit-plan",
        kind=StepKind.PLAN,
        title=_("Agree the next visit"),
        reason=_("No visit has been held yet.")
        if last is None
        else ngettext(
            "The last one was {count} day ago.", "The last one was {count} days ago.", (state.on - last).days
        ).format(count=(state.on - last).days),
        minutes=5,
        spot=Spot(page="journey"),
        due_on=None if last is None else last + USUAL_GAP,
    )


def _when(visit: Visit, days: int) -> str:
    words = {0: _("Today"), 1: _("Tomorrow")}.get(days) or day_text(visit.planned_on)
    return _("{day}, {start:%H:%M} to {end:%H:%M}; it has no agenda yet.").format(
        day=words, start=visit.starts_at, end=visit.ends_at
    )


RULES: Final = (
    StepRule(code="visit-running", apply=close_what_runs),
    StepRule(code="visit-prepare", apply=prepare_the_next),
    StepRule(code="visit-missed", apply=move_what_was_missed),
    StepRule(code="visit-unsigned", apply=have_minutes_signed),
    StepRule(code="visit-plan", apply=agree_the_next),
)
