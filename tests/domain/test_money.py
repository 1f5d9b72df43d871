"""What actions are worth together: each amount once, over chains and rings, and nothing that is not in force."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qma_app.domain.action import Action
from qma_app.domain.ids import ActionId, EngagementId
from qma_app.domain.money import counted_in_problem, money_of, money_sum
from qma_app.errors import RuleBroken
from tests.builders import NOW, TODAY, an_id

INS = st.lists(st.one_of(st.none(), st.integers(0, 9)), min_size=1, max_size=10)


def id_of(number: int) -> ActionId:
    return ActionId(an_id(f"action {number}"))


def worth(number: int, likely: str | None = "100", into: int | None = None, **changes: Any) -> Action:
    action = Action(
        id=id_of(number),
        engagement_id=EngagementId(an_id("engagement")),
        number=number,
        what="Read the price out before the signature.",
        money_likely=None if likely is None else Decimal(likely),
        counted_in=None if into is None else id_of(into),
    )
    return replace(action, **changes)


def numbers(actions: Sequence[Action]) -> list[int]:
    return [each.number for each in actions]


def test_low_likely_and_high_are_summed_apart() -> None:
    found = money_sum(
        [
            worth(1, "100.50", money_low=Decimal(80), money_high=Decimal(150)),
            worth(2, "40"),
        ]
    )
    assert (found.low, found.likely, found.high) == (Decimal(120), Decimal("140.50"), Decimal(190))
    assert (numbers(found.counted), numbers(found.left_out)) == ([1, 2], [])


def test_a_missing_likely_figure_lies_between_the_others() -> None:
    found = money_sum([worth(1, None, money_low=Decimal(10), money_high=Decimal(30))])
    assert [found.low, found.likely, found.high] == [Decimal(each) for each in (10, 20, 30)]
    only_high = money_sum([worth(1, None, money_high=Decimal(30))])
    assert only_high.low == only_high.likely == only_high.high == 30


def test_actions_without_money_or_not_in_force_are_not_there() -> None:
    found = money_sum(
        [
            worth(1, None),
            worth(2, dropped_on=TODAY),
            worth(3, is_proposal=True),
            worth(4, deleted_at=NOW),
        ]
    )
    assert (found.likely, found.counted, found.left_out) == (Decimal(), (), ())
    assert money_sum([]).high == 0


def test_only_money_that_somebody_confirmed_is_confirmed() -> None:
    found = money_sum(
        [
            worth(1),
            worth(2, money_confirmed_by="B. Sample"),
            worth(3, money_confirmed_by="  "),
            worth(4, money_confirmed_on=TODAY),
            worth(5, into=1),
        ]
    )
    assert numbers(found.unconfirmed) == [1, 3]


def test_money_counted_in_another_action_is_left_out_over_any_chain() -> None:
    found = money_sum([worth(1, into=2), worth(2, into=3), worth(3)])
    assert (numbers(found.counted), numbers(found.left_out)) == ([3], [1, 2])
    assert found.likely == 100


def test_money_counted_in_an_action_not_in_force_counts_for_itself() -> None:
    assert numbers(money_sum([worth(1, into=2), worth(2, dropped_on=TODAY)]).counted) == [1]
    assert numbers(money_sum([worth(1, into=2), worth(2, None)]).counted) == [1]
    assert numbers(money_sum([worth(1, into=9)]).counted) == [1]


def test_a_chain_leads_through_an_action_not_in_force() -> None:
    found = money_sum([worth(1, into=2), worth(2, into=3, dropped_on=TODAY), worth(3)])
    assert (numbers(found.counted), numbers(found.left_out)) == ([3], [1])


def test_a_ring_counts_its_smallest_number_once() -> None:
    found = money_sum([worth(5, into=3), worth(3, into=4), worth(4, into=5), worth(1, into=5)])
    assert (numbers(found.counted), numbers(found.left_out)) == ([3], [5, 4, 1])


def test_a_ring_not_in_force_holds_nothing() -> None:
    found = money_sum(
        [
            worth(1, into=2),
            worth(2, into=3, dropped_on=TODAY),
            worth(3, into=2, is_proposal=True),
            worth(4, into=4),
        ]
    )
    assert numbers(found.counted) == [1, 4]


@settings(max_examples=200, deadline=None)
@given(INS)
def test_each_amount_is_counted_once_whatever_leads_where(into: list[int | None]) -> None:
    actions = [worth(number, str(10**number), into[number]) for number in range(len(into))]
    found = money_sum(actions)
    assert found.counted
    assert sorted(numbers((*found.counted, *found.left_out))) == list(range(len(into)))
    assert found.likely == sum(10**each.number for each in found.counted)
    by_number = {each.number: each for each in actions}
    for each in found.left_out:
        reached, at = set(), into[each.number]
        while at is not None and at in by_number and at not in reached:
            reached.add(at)
            at = into[at]
        assert reached & set(numbers(found.counted))


def test_money_may_be_counted_in_another_action() -> None:
    actions = [worth(1), worth(2, into=3), worth(3, into=2)]
    counted_in_problem(actions[0], id_of(2), actions)


@pytest.mark.parametrize(
    ("other", "code"),
    [
        (1, "action.counted-in-itself"),
        (9, "action.counted-in-unknown"),
        (2, "action.counted-in-ring"),
        (3, "action.counted-in-ring"),
    ],
)
def test_money_counted_in_itself_is_refused_with_a_way_out(other: int, code: str) -> None:
    actions = [worth(1), worth(2, into=1), worth(3, into=2)]
    with pytest.raises(RuleBroken) as caught:
        counted_in_problem(actions[0], id_of(other), actions)
    assert caught.value.code == code
    assert caught.value.way_out


def test_a_part_of_the_actions_never_sums_what_is_counted_outside_of_it() -> None:
    whole, part, other = worth(1, "900"), worth(2, "400", into=1), worth(3)
    every = (whole, part, other)
    assert money_of((part, other), every).likely == 100
    assert money_of((part, other), every).left_out == (part,)
    assert money_of((whole,), every).likely == 900
    assert money_of(every, every).likely == money_sum(every).likely == 1000
