"""Coach beside auditor: the worked table to three digits, exact fractions, and nothing said where nothing can be said."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qma_app.domain.agreement import Agreement, PointPair, agreement
from qma_app.domain.ids import AreaId, CheckpointId

STEPS = (0, 4, 6, 8, 10)
WORKED = ((20, 3, 0), (2, 12, 3), (0, 2, 8))
SERVICE, PARTS = AreaId("service"), AreaId("parts")
POINTS = st.sampled_from(STEPS)
PAIRS = st.lists(st.tuples(POINTS, POINTS), min_size=1, max_size=40)


def pairs_of(points: Sequence[tuple[int, int]], area: AreaId = SERVICE) -> list[PointPair]:
    return [
        PointPair(checkpoint_id=CheckpointId(f"{area}.{at}"), area_id=area, coach=coach, auditor=auditor)
        for at, (coach, auditor) in enumerate(points)
    ]


def of_table(table: Sequence[Sequence[int]], steps: Sequence[int]) -> list[PointPair]:
    return pairs_of(
        [
            (steps[row], steps[column])
            for row, counts in enumerate(table)
            for column, count in enumerate(counts)
            for _one in range(count)
        ]
    )


def overall(points: Sequence[tuple[int, int]]) -> Agreement:
    return agreement(pairs_of(points), STEPS).overall


def test_the_worked_table_gives_its_worked_figures() -> None:
    figures = agreement(of_table(WORKED, (0, 6, 10)), (0, 6, 10)).overall
    assert figures.count == 50
    assert None not in (figures.raw, figures.expected, figures.kappa, figures.weighted)
    assert [f"{float(one or 0):.3f}" for one in (figures.raw, figures.expected, figures.kappa)] == [
        "0.800",
        "0.362",
        "0.687",
    ]
    assert f"{float(figures.weighted or 0):.3f}" == "0.834"
    assert figures.raw == Fraction(4, 5)
    assert f"{figures.standard_error:.3f}" == "0.089"


def test_steps_count_by_their_place_on_the_scale_and_not_by_their_points() -> None:
    near, far = (
        agreement(of_table(WORKED, steps), steps).overall.weighted for steps in ((0, 1, 2), (0, 1, 10))
    )
    assert near == far


def test_steps_nobody_used_count_where_they_lie_between() -> None:
    low = agreement(of_table(WORKED, (0, 4, 6)), STEPS).overall
    apart = agreement(of_table(WORKED, (0, 4, 10)), STEPS).overall
    assert low == agreement(of_table(WORKED, (0, 4, 6)), (0, 4, 6)).overall
    assert apart.kappa == low.kappa
    assert apart.weighted != low.weighted


def test_without_a_pair_nothing_is_said() -> None:
    result = agreement([], STEPS)
    assert result.overall == Agreement(count=0)
    assert not result.areas
    assert not result.differently
    assert result.overall.standard_error is None
    assert result.overall.meets_goal is None


def test_where_both_gave_one_and_the_same_step_throughout_there_is_no_kappa() -> None:
    figures = overall([(8, 8)] * 5)
    assert figures.raw == figures.expected == 1
    assert figures.kappa is None
    assert figures.weighted is None
    assert figures.difference == 0
    assert figures.standard_error is None


def test_each_staying_on_a_step_of_their_own_is_no_agreement_at_all() -> None:
    figures = overall([(10, 6)] * 4)
    assert {figures.raw, figures.expected, figures.kappa, figures.weighted} == {Fraction(0)}
    assert figures.difference == 4


def test_a_coach_who_is_steadily_too_kind_shows_in_the_mean_difference() -> None:
    assert overall([(10, 8), (8, 6), (6, 4), (8, 8)]).difference == Fraction(3, 2)
    assert overall([(4, 8), (8, 6), (6, 6)]).difference == Fraction(-2, 3)


def test_the_goal_is_reached_at_the_very_figure_and_not_a_hair_below() -> None:
    assert Agreement(count=9, weighted=Fraction(3, 5)).meets_goal is True
    assert Agreement(count=9, weighted=Fraction(3, 5) - Fraction(1, 10**30)).meets_goal is False


def test_each_area_has_figures_of_its_own_in_the_order_it_came() -> None:
    service, parts = pairs_of([(10, 10), (0, 4)]), pairs_of([(8, 8)], PARTS)
    result = agreement([*parts, *service], STEPS)
    assert [one.area_id for one in result.areas] == [PARTS, SERVICE]
    assert [one.agreement for one in result.areas] == [
        agreement(parts, STEPS).overall,
        agreement(service, STEPS).overall,
    ]
    assert result.overall.count == 3


def test_what_was_read_differently_comes_largest_first_and_else_in_its_order() -> None:
    result = agreement(pairs_of([(8, 10), (10, 10), (0, 10), (0, 4), (10, 6), (10, 8)]), STEPS)
    assert [(one.coach, one.auditor) for one in result.differently] == [
        (0, 10),
        (10, 6),
        (0, 4),
        (8, 10),
        (10, 8),
    ]


def test_points_of_another_scale_are_named_and_count_nowhere() -> None:
    on = pairs_of([(10, 10), (0, 4)])
    off = pairs_of([(5, 10), (10, 5)], PARTS)
    result = agreement([*on, *off], STEPS)
    assert result.off_scale == tuple(off)
    assert result.overall == agreement(on, STEPS).overall
    assert result.areas == agreement(on, STEPS).areas


@settings(max_examples=100, deadline=None)
@given(PAIRS)
def test_figures_keep_within_their_bounds_and_do_not_care_who_is_who(points: list[tuple[int, int]]) -> None:
    figures = overall(points)
    mirrored = overall([(auditor, coach) for coach, auditor in points])
    assert (figures.raw, figures.kappa, figures.weighted) == (mirrored.raw, mirrored.kappa, mirrored.weighted)
    assert figures.difference == -(mirrored.difference or Fraction())
    for kappa in (figures.kappa, figures.weighted):
        assert kappa is None or -1 <= kappa <= 1
    if all(coach == auditor for coach, auditor in points):
        assert figures.weighted in (1, None)


@settings(max_examples=100, deadline=None)
@given(PAIRS)
def test_the_weighted_figure_agrees_with_the_textbook_sum_over_all_cells(
    points: list[tuple[int, int]],
) -> None:
    n, top = len(points), len(STEPS) - 1
    rows = [sum(coach == step for coach, _auditor in points) for step in STEPS]
    columns = [sum(auditor == step for _coach, auditor in points) for step in STEPS]
    seen = chance = Fraction()
    for i, row in enumerate(STEPS):
        for j, column in enumerate(STEPS):
            weight = 1 - Fraction((i - j) ** 2, top**2)
            seen += weight * Fraction(points.count((row, column)), n)
            chance += weight * Fraction(rows[i] * columns[j], n * n)
    expected = None if chance == 1 else (seen - chance) / (1 - chance)
    assert overall(points).weighted == expected


@pytest.mark.parametrize("steps", [(0, 4, 6, 8, 10), (10, 8, 6, 4, 0), (0, 0, 4, 6, 8, 10)])
def test_the_order_in_which_the_scale_is_written_does_not_matter(steps: tuple[int, ...]) -> None:
    points = pairs_of([(10, 8), (0, 6), (4, 4)])
    assert agreement(points, steps) == agreement(points, STEPS)
