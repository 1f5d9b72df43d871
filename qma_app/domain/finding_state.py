"""How far a finding has come, and what still stands between it and being closed: nothing closes on a promise."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from qma_app.domain.action import Action, Stage
from qma_app.domain.finding import Finding
from qma_app.domain.verification import Effect, Verification
from qma_app.i18n import _, ngettext

_STAGES = tuple(Stage)


class FindingState(StrEnum):
    """The way of a finding, in its order."""

    SEEN = "seen"
    PLANNED = "planned"
    PLAN_ACCEPTED = "plan-accepted"
    TO_VERIFY = "to-verify"
    EFFECTIVE = "effective"
    CLOSED = "closed"


class Obstacle(NamedTuple):
    """One thing that must be done before a finding closes, with a code and a sentence."""

    code: str
    words: str


def agreed_actions(actions: Iterable[Action]) -> tuple[Action, ...]:
    """The actions that count: neither dropped nor still a proposal."""
    return tuple(action for action in actions if not action.is_dropped and not action.is_proposal)


def stage_of(finding: Finding, actions: Iterable[Action]) -> Stage:
    """The stage of the least advanced agreed action; plan without one, act once the finding is closed."""
    if not finding.is_open:
        return Stage.ACT
    stages = [_STAGES.index(action.stage) for action in agreed_actions(actions)]
    return _STAGES[min(stages)] if stages else Stage.PLAN


def state_of(
    finding: Finding, actions: Iterable[Action], verifications: Sequence[Verification] = ()
) -> FindingState:
    """How far a finding has come; `actions` are those that serve it, `verifications` those of the finding itself.

    To verify: everything agreed is done and not everything was shown to work. A plan that was accepted, but whose effect is not
    yet shown, is a state of its own.
    """
    if not finding.is_open:
        return FindingState.CLOSED
    agreed = agreed_actions(actions)
    if not agreed:
        is_shown = is_shown_directly(verifications)
        accepted = FindingState.PLAN_ACCEPTED if finding.plan_accepted_on else FindingState.SEEN
        return FindingState.EFFECTIVE if is_shown else accepted
    stage = stage_of(finding, agreed)
    if stage is Stage.ACT:
        return FindingState.EFFECTIVE
    if stage is Stage.CHECK:
        return FindingState.TO_VERIFY
    return FindingState.PLAN_ACCEPTED if finding.plan_accepted_on else FindingState.PLANNED


def is_shown_directly(verifications: Sequence[Verification]) -> bool:
    """Whether the last check of the finding itself, made without an action, showed the effect."""
    made = [one for one in verifications if one.is_made]
    return bool(made) and max(made, key=_when).effect is Effect.EFFECTIVE


def closing_obstacles(
    finding: Finding,
    actions: Iterable[Action],
    verifications: Sequence[Verification] = (),
    *,
    cause_words: Sequence[str] = (),
) -> tuple[Obstacle, ...]:
    """What keeps a finding from being closed; empty where it may close.

    Only majors and minors need an effect. `cause_words` are what blocks in its causes (see `cause_rules`).
    """
    if not finding.grade.wants_effect:
        return ()
    found = [Obstacle("cause", words) for words in cause_words]
    agreed = agreed_actions(actions)
    unshown = [action for action in agreed if action.effective_on is None]
    if unshown:
        labels = ", ".join(action.label for action in unshown)
        words = ngettext(
            "The effect of action {labels} is not yet shown.",
            "The effect of actions {labels} is not yet shown.",
            len(unshown),
        )
        found.append(Obstacle("effect", words.format(labels=labels)))
    elif not agreed and not is_shown_directly(verifications):
        found.append(Obstacle("unverified", _("Nobody has checked yet that it is settled.")))
    return tuple(found)


def is_overdue(finding: Finding, today: date) -> bool:
    """Whether it should be settled by now."""
    return finding.wants_work and finding.due_on is not None and finding.due_on < today


def action_is_overdue(action: Action, today: date) -> bool:
    """Whether it should be done by now: once done, only its check can be late."""
    return action.is_open and action.done_on is None and action.due_on is not None and action.due_on < today


def wants_check(action: Action, today: date) -> bool:
    """Whether its effect can be looked at: it is done and the day of its check has come."""
    day = action.checked_from
    return action.is_open and action.stage is Stage.CHECK and (day is None or day <= today)


def _when(verification: Verification) -> tuple[date, int]:
    return verification.verified_on or date.min, verification.version
