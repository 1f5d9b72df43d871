"""What a list of actions is worth in a year, without counting the same money twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from qma_app.domain.action import Action
from qma_app.domain.ids import ActionId
from qma_app.errors import RuleBroken
from qma_app.i18n import _


@dataclass(frozen=True, kw_only=True, slots=True)
class MoneySum:
    """The sums, and the actions behind them: `counted`, of these the `unconfirmed`, and those `left_out` as counted in another."""

    low: Decimal
    likely: Decimal
    high: Decimal
    counted: tuple[Action, ...]
    left_out: tuple[Action, ...]
    unconfirmed: tuple[Action, ...]


def money_sum(actions: Sequence[Action]) -> MoneySum:
    """The money effect of all actions in force (not dropped, no proposal, not in the bin) that name any.

    What is counted in another one, over any chain, is left out where that one is itself counted. In a ring the smallest number counts.
    A missing figure falls back to the likely one, a missing likely one to the middle of the others.
    """
    by_id = {each.id: each for each in actions}
    valued = [each for each in actions if _holds_money(each)]
    counted = tuple(each for each in valued if _holder(each, by_id).id == each.id)
    ids = {each.id for each in counted}
    figures = [found for each in counted if (found := _figures(each)) is not None]
    return MoneySum(
        low=sum((low for low, _likely, _high in figures), Decimal()),
        likely=sum((likely for _low, likely, _high in figures), Decimal()),
        high=sum((high for _low, _likely, high in figures), Decimal()),
        counted=counted,
        left_out=tuple(each for each in valued if each.id not in ids),
        unconfirmed=tuple(each for each in counted if not _is_confirmed(each)),
    )


def money_of(some: Sequence[Action], actions: Sequence[Action]) -> MoneySum:
    """The money of some of all `actions` alone, yet never what is counted in an action outside of them."""
    whole = money_sum(actions)
    counted = {each.id for each in whole.counted}
    mine = {each.id for each in some}
    own = money_sum([replace(each, counted_in=None) for each in some if each.id in counted])
    return replace(own, left_out=tuple(each for each in whole.left_out if each.id in mine))


def counted_in_problem(action: Action, other_id: ActionId, actions: Sequence[Action]) -> None:
    """RuleBroken where the money of `action` cannot be counted in that other one: itself, none of these, or one counted in it."""
    by_id = {each.id: each for each in actions}
    if other_id == action.id:
        raise RuleBroken(
            _("The money of {action} cannot be counted in itself.").format(action=action.label),
            code="action.counted-in-itself",
            way_out=_("Choose another action, or none."),
            action=action.label,
        )
    other = by_id.get(other_id)
    if other is None:
        raise RuleBroken(
            _("The action that should hold the money of {action} is not there.").format(action=action.label),
            code="action.counted-in-unknown",
            way_out=_("Choose another action, or none."),
            action=action.label,
        )
    if any(each.id == action.id for each in _chain(other, by_id)):
        raise RuleBroken(
            _("The money of {other} is already counted in {action}.").format(
                other=other.label, action=action.label
            ),
            code="action.counted-in-ring",
            way_out=_("Choose another action, or let {other} count for itself first.").format(
                other=other.label
            ),
            action=action.label,
            other=other.label,
        )


def _is_confirmed(action: Action) -> bool:
    return action.money_confirmed_on is not None or bool(action.money_confirmed_by.strip())


def _figures(action: Action) -> tuple[Decimal, Decimal, Decimal] | None:
    """Low, likely, high; None without any."""
    given = [figure for figure in (action.money_low, action.money_high) if figure is not None]
    likely = action.money_likely
    if likely is None:
        if not given:
            return None
        likely = sum(given, Decimal()) / len(given)
    return (
        likely if action.money_low is None else action.money_low,
        likely,
        likely if action.money_high is None else action.money_high,
    )


def _chain(action: Action, by_id: Mapping[ActionId, Action]) -> Iterator[Action]:
    """The action, the one it is counted in, and so on, each once."""
    seen: set[ActionId] = set()
    at: Action | None = action
    while at is not None and at.id not in seen:
        seen.add(at.id)
        yield at
        at = by_id.get(at.counted_in) if at.counted_in is not None else None


def _holder(action: Action, by_id: Mapping[ActionId, Action]) -> Action:
    """The action in which the money of this one is counted in the end: the last of the chain, in a ring its smallest number."""
    chain = list(_chain(action, by_id))
    again = chain[-1].counted_in
    start = next((place for place, each in enumerate(chain) if each.id == again), len(chain))
    ring = [each for each in chain[start:] if _holds_money(each)]
    if ring:
        return min(ring, key=_number)
    return [each for each in chain[:start] if _holds_money(each)][-1]


def _holds_money(action: Action) -> bool:
    is_in_force = not action.is_dropped and not action.is_proposal and action.deleted_at is None
    return is_in_force and _figures(action) is not None


def _number(action: Action) -> tuple[int, str]:
    return action.number, action.id
