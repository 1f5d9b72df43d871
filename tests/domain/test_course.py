"""Where the last assessments lead, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from math import exp

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


def test_a_gap_that_halves_goes_on_halving() -> None:
    found = score_forecast(points([50, 75], every=91), START + timedelta(days=182))
    assert found is not None
    assert found.expected == Fraction("87.5")


def test_points_on_the_curve_still_lie_within_the_least_scatter() -> None:
    found = score_forecast(points([36, 52, 64]), START + timedelta(days=270))
    assert found is not None
    assert found.expected == 73
    # s = 2 of a gap of 36, n = 3, two steps behind the middle: 2 x (2/36) x sqrt(1 + 1/3 + 4/2) in ln of the gap
    half = 2 * 2 / 36 * (10 / 3) ** 0.5
    assert float(found.low) == pytest.approx(100 - 27 * exp(half), abs=1e-5)
    assert float(found.high) == pytest.approx(100 - 27 / exp(half), abs=1e-5)


def test_equal_steps_are_not_expected_to_reach_a_hundred() -> None:
    found = score_forecast(points([50, 60, 70, 80]), START + timedelta(days=5000))
    assert found is not None
    assert found.expected < 100


def test_a_full_house_is_expected_to_stay_nearly_full() -> None:
    found = score_forecast(points([100, 100]), AUDIT)
    assert found is not None
    assert found.expected == 99
    assert found.low > 85
    assert found.high > 99


def test_residuals_widen_the_range() -> None:
    calm = score_forecast(points([50, 55, 60, 65]), AUDIT)
    wild = score_forecast(points([50, 65, 50, 65]), AUDIT)
    assert calm is not None
    assert wild is not None
    assert wild.high - wild.low > calm.high - calm.low


def test_nothing_is_expected_below_nothing() -> None:
    down = score_forecast(points([40, 10]), AUDIT)
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
        "67% expected on 28 Sept 2026, between 60% and 73%: over the last 3 assessments the gap to 100 shrank by 4.5% a month."
    )


@given(
    levels=st.lists(st.fractions(min_value=0, max_value=100, max_denominator=50), min_size=2, max_size=9),
    ahead=st.integers(min_value=0, max_value=2000),
)
def test_the_expected_level_lies_in_its_range_on_the_scale(levels: list[Fraction], ahead: int) -> None:
    found = score_forecast(points(levels), START + timedelta(days=ahead))
    assert found is not None
    assert 0 <= found.low <= found.expected <= found.high <= 100
