"""Which action comes first: the worked numbers, heavy ones first, those without a figure behind."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qma_app.domain.action import Action, ActionLink
from qma_app.domain.finding import FindingGrade
from qma_app.domain.ids import ActionId, ActionLinkId
from qma_app.domain.priority import action_order, heavy_actions, priority, priority_of
from tests.builders import GREETING, NOW, PRICE_AGREED, TODAY, a_finding, an_edition, an_engagement, an_id

SCORE = st.integers(1, 5)


def an_action(number: int = 1, **changes: Any) -> Action:
    return Action(
        id=ActionId(an_id(f"action {number}")),
        engagement_id=an_engagement().id,
        number=number,
        what="Read the price out before the signature.",
        **changes,
    )


def valued(number: int, value: int) -> Action:
    return an_action(number, cx=value, ex=value, profit=value, confidence=100, effort=1)


def a_link(action: int, finding: int, **changes: Any) -> ActionLink:
    return ActionLink(
        id=ActionLinkId(an_id(f"link {action} {finding}")),
        action_id=an_action(action).id,
        finding_id=a_finding(finding).id,
        **changes,
    )


@pytest.mark.parametrize(
    ("figures", "found"),
    [
        ((5, 3, 3, 80, 2), Fraction(152, 100)),
        ((3, 2, 5, 90, 4), Fraction(77625, 100_000)),
        ((4, 4, 2, 60, 1), Fraction(198, 100)),
    ],
)
def test_the_priority_is_the_worked_one(figures: tuple[int, int, int, int, int], found: Fraction) -> None:
    assert priority(*figures) == found


@pytest.mark.parametrize("missing", range(5))
def test_without_one_of_its_figures_there_is_no_priority(missing: int) -> None:
    figures: list[int | None] = [3, 3, 3, 50, 3]
    figures[missing] = None
    assert priority(*figures) is None


@pytest.mark.parametrize(
    "figures", [(0, 3, 3, 50, 3), (3, 6, 3, 50, 3), (3, 3, 3, 101, 3), (3, 3, 3, -1, 3), (3, 3, 3, 50, 0)]
)
def test_a_figure_outside_its_bounds_is_refused(figures: tuple[int, int, int, int, int]) -> None:
    with pytest.raises(ValueError):
        priority(*figures)


@given(SCORE, SCORE, SCORE, st.integers(0, 100), SCORE)
def test_the_priority_lies_between_nothing_and_five(
    cx: int, ex: int, profit: int, confidence: int, effort: int
) -> None:
    found = priority(cx, ex, profit, confidence, effort)
    assert found is not None
    assert 0 <= found <= 5
    if effort > 1:
        easier = priority(cx, ex, profit, confidence, effort - 1)
        assert easier is not None
        assert easier >= found


def test_heavy_ones_first_then_by_priority_then_by_number_and_the_unvalued_behind() -> None:
    actions = [an_action(1), valued(2, 2), valued(3, 5), valued(4, 2), an_action(5), valued(6, 1)]
    heavy = {an_action(5).id, an_action(6).id}
    assert [each.number for each in action_order(actions, heavy)] == [6, 5, 3, 2, 4, 1]


def test_a_priority_of_nothing_still_comes_before_none() -> None:
    doubtful = an_action(2, cx=1, ex=1, profit=1, confidence=0, effort=1)
    assert priority_of(doubtful) == 0
    assert [each.number for each in action_order([an_action(1), doubtful], ())] == [2, 1]


def test_actions_for_open_majors_and_critical_checkpoints_are_heavy() -> None:
    findings = [
        a_finding(1, FindingGrade.MAJOR, checkpoint_id=GREETING),
        a_finding(2, FindingGrade.MINOR, checkpoint_id=PRICE_AGREED),
        a_finding(3, FindingGrade.MINOR, checkpoint_id=GREETING),
        a_finding(4, FindingGrade.MINOR, checkpoint_id=None),
        a_finding(5, FindingGrade.MAJOR, closed_on=TODAY),
        a_finding(6, FindingGrade.GOOD_PRACTICE, checkpoint_id=PRICE_AGREED),
        a_finding(7, FindingGrade.MAJOR, deleted_at=NOW),
        a_finding(8, FindingGrade.MINOR, checkpoint_id="service.gone.now"),
        a_finding(9, FindingGrade.MAJOR),
    ]
    actions = [an_action(number) for number in range(1, 11)]
    links = [a_link(number, number) for number in range(1, 9)]
    links += [a_link(9, 9, deleted_at=NOW), a_link(10, 3), a_link(10, 1), a_link(11, 1)]
    heavy = heavy_actions(actions, links, findings, an_edition())
    assert {each.number for each in actions if each.id in heavy} == {1, 2, 10}
    assert len(heavy) == 3
