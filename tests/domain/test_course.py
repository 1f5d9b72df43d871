"""Where a line through the last assessments leads, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qma_app.domain.course import CoursePoint, score_forecast

START = date(2026, 1, 1)
AUDIT = date(2027, 1, 1)


def points(levels: Sequence[int | Fraction], every: int = 90) -> list[CoursePoint]:
    return [
        CoursePoint(on=START + timedelta(days=every * place), overall=Fraction(level), label=f"M{place}")
        for place, level in enumerate(levels)
    ]


def test_a_straight_line_goes_on_as_it_is() -> None:
    found = score_forecast(points([50, 56, 62]), START + timedelta(days=270))
    assert found is not None
    assert found.expected == 68


def test_points_on_a_line_still_lie_within_the_least_scatter() -> None:
    found = score_forecast(points([50, 56, 62]), START + timedelta(days=270))
    assert found is not None
    # s = 2, n = 3, mean in the middle: 2 x 2 x sqrt(1 + 1/3 + 4/2)
    assert round(float(found.high - found.expected), 3) == pytest.approx(4 * (10 / 3) ** 0.5, abs=0.001)
    assert found.expected - found.low == found.high - found.expected


def test_residuals_widen_the_range() -> None:
    calm = score_forecast(points([50, 55, 60, 65]), AUDIT)
    wild = score_forecast(points([50, 65, 50, 65]), AUDIT)
    assert calm is not None
    assert wild is not None
    assert wild.high - wild.low > calm.high - calm.low


def test_nothing_is_expected_above_a_hundred_or_below_nothing() -> None:
    up, down = score_forecast(points([60, 80]), AUDIT), score_forecast(points([40, 10]), AUDIT)
    assert up is not None
    assert up.expected == up.high == 100
    assert down is not None
    assert down.expected == down.low == 0


def test_only_the_last_six_points_count() -> None:
    old = score_forecast(points([0, 90, 50, 52, 54, 56, 58, 60]), AUDIT)
    new = score_forecast(points([0, 90, 50, 52, 54, 56, 58, 60])[2:], AUDIT)
    assert old == new


@pytest.mark.parametrize("levels", [[], [50]])
def test_one_point_leads_nowhere(levels: list[int]) -> None:
    assert score_forecast(points(levels), AUDIT) is None


def test_points_of_one_day_lead_nowhere() -> None:
    assert score_forecast(points([50, 60], every=0), AUDIT) is None


def test_the_words_name_level_range_and_pace() -> None:
    found = score_forecast(points([50, 56, 62]), START + timedelta(days=270))
    assert found is not None
    assert found.words == (
        "68% expected on 28 Sept 2026, between 61% and 75%: a line through the last 3 assessments, 2.0 points a month."
    )


@given(
    levels=st.lists(st.fractions(min_value=0, max_value=100, max_denominator=50), min_size=2, max_size=9),
    ahead=st.integers(min_value=0, max_value=2000),
)
def test_the_expected_level_lies_in_its_range_on_the_scale(levels: list[Fraction], ahead: int) -> None:
    found = score_forecast(points(levels), START + timedelta(days=ahead))
    assert found is not None
    assert 0 <= found.low <= found.expected <= found.high <= 100
