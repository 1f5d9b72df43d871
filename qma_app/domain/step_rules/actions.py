"""What the agreed actions ask for: a word to whoever is late, and a look at what is done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from qma_app.domain.action import Action
from qma_app.domain.finding_state import action_is_overdue, wants_check
from qma_app.domain.spot import Spot
from qma_app.domain.step_rules.state import EngagementState
from qma_app.domain.step_rules.step import NextStep, StepKind, StepRule, Urgency, a_step
from qma_app.domain.step_rules.words import late_text, owner_text, sentence
from qma_app.i18n import _, day_text

CHECK_PATIENCE: Final = timedelta(days=14)
"""So long after its day a check is due, then it is late."""


def verify_what_is_done(state: EngagementState) -> Iterator[NextStep]:
    """Done, and the day of the check has come, the newest where it was moved."""
    for action in state.actions:
        if not wants_check(action, state.on):
            continue
        day = _check_day(state, action)
        if day is not None and day > state.on:
            continue
        is_late = day is not None and state.on - day > CHECK_PATIENCE
        yield a_step(
            Urgency.LATE if is_late else Urgency.DUE,
            key=f"verify:{action.id}",
            rule="verify",
            kind=StepKind.VERIFY,
            title=_("Verify action {label} · {what}").format(label=action.label, what=action.what.strip()),
            reason=_asked_for(action),
            minutes=15,
            spot=_spot(state, action),
            due_on=day,
            place=action.number,
        )


def ask_who_is_late(state: EngagementState) -> Iterator[NextStep]:
    """Not done although its day is over."""
    for action in state.actions:
        if not action_is_overdue(action, state.on) or action.due_on is None:
            continue
        days = (state.on - action.due_on).days
        yield a_step(
            Urgency.LATE,
            key=f"action-late:{action.id}",
            rule="action-late",
            kind=StepKind.CALL,
            title=_("Ask about action {label} · {what}").format(label=action.label, what=action.what.strip()),
            reason=f"{late_text(days)} {owner_text(action.owner)}",
            minutes=5,
            spot=_spot(state, action),
            due_on=action.due_on,
            place=action.number,
        )


def answer_proposals(state: EngagementState) -> Iterator[NextStep]:
    """The dealership proposed something and waits for an answer."""
    for action in state.actions:
        if not action.is_proposal or action.is_dropped:
            continue
        yield a_step(
            Urgency.DUE,
            key=f"proposal:{action.id}",
            rule="proposal",
            kind=StepKind.DECIDE,
            title=_("Answer proposal {label} · {what}").format(label=action.label, what=action.what.strip()),
            reason=sentence(_("Proposed by {name}.").format(name=action.proposed_by.strip()))
            if action.proposed_by.strip()
            else _("Proposed by the dealership."),
            minutes=5,
            spot=_spot(state, action),
            place=action.number,
        )


def _check_day(state: EngagementState, action: Action) -> date | None:
    """When its effect is looked at: as agreed for the action or for the check itself, and never before it was done again."""
    days = (action.checked_from, state.check_days.get(action.id), action.done_on)
    return max((day for day in days if day is not None), default=None)


def _asked_for(action: Action) -> str:
    if action.proof.strip():
        return sentence(_("Evidence asked for: {proof}").format(proof=action.proof))
    if action.done_on is None:
        return _("It is done.")
    return _("Done on {day}; done is not yet effective.").format(day=day_text(action.done_on))


def _spot(state: EngagementState, action: Action) -> Spot:
    return Spot(
        page="findings",
        action_id=action.id,
        finding_id=state.findings_of_actions.get(action.id),
        area_id=state.areas_of_actions.get(action.id),
    )


RULES: Final = (
    StepRule(code="verify", apply=verify_what_is_done),
    StepRule(code="action-late", apply=ask_who_is_late),
    StepRule(code="proposal", apply=answer_proposals),
)
