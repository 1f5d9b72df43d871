"""Which action comes first: value over effort, but criticals and majors before everything else."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from fractions import Fraction

from qma_app.domain.action import Action, ActionLink
from qma_app.domain.edition import Edition
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.ids import ActionId

_CUSTOMERS, _STAFF, _PROFIT = Fraction(40, 100), Fraction(25, 100), Fraction(35, 100)


def priority(
    cx: int | None, ex: int | None, profit: int | None, confidence_percent: int | None, effort: int | None
) -> Fraction | None:
    """Value for customers, staff and profit times confidence, over effort (1 to 5 each, 0 to 100 percent): 0 to 5.

    None while one of them is missing; ValueError for a number outside its bounds.
    """
    if cx is None or ex is None or profit is None or confidence_percent is None or effort is None:
        return None
    if not all(1 <= score <= 5 for score in (cx, ex, profit, effort)) or not 0 <= confidence_percent <= 100:
        raise ValueError(f"no priority from {cx}, {ex}, {profit}, {confidence_percent} %, {effort}")
    value = _CUSTOMERS * cx + _STAFF * ex + _PROFIT * profit
    return value * Fraction(confidence_percent, 100) / effort


def priority_of(action: Action) -> Fraction | None:
    """The priority of an action; None while one of its five figures is missing."""
    return priority(action.cx, action.ex, action.profit, action.confidence, action.effort)


def action_order(actions: Iterable[Action], heavy_ids: Collection[ActionId]) -> tuple[Action, ...]:
    """Heavy ones first; within each part by priority, highest first, then by number; those without a priority behind."""

    def place(action: Action) -> tuple[bool, bool, Fraction, int]:
        found = priority_of(action)
        return action.id not in heavy_ids, found is None, -(found or Fraction()), action.number

    return tuple(sorted(actions, key=place))


def heavy_actions(
    actions: Iterable[Action], links: Iterable[ActionLink], findings: Sequence[Finding], edition: Edition
) -> frozenset[ActionId]:
    """The actions that serve an open major, or an open finding (other than a good practice) on a critical checkpoint."""
    heavy = {each.id for each in findings if each.deleted_at is None and _is_heavy(each, edition)}
    known = {each.id for each in actions}
    return frozenset(
        link.action_id
        for link in links
        if link.deleted_at is None and link.action_id in known and link.finding_id in heavy
    )


def _is_heavy(finding: Finding, edition: Edition) -> bool:
    if not finding.wants_work:
        return False
    if finding.grade is FindingGrade.MAJOR:
        return True
    if finding.checkpoint_id is None:
        return False
    checkpoint = edition.checkpoints.get(finding.checkpoint_id)
    return checkpoint is not None and checkpoint.is_critical
