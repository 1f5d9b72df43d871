"""Quartiles and percentiles as the methods give them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qma_app.domain.quartiles import percentile_of, quarter_of, quartiles

TEN = (61, 64, 66, 70, 71, 73, 75, 78, 80, 84)
some_values = st.lists(st.fractions(0, 100, max_denominator=50), min_size=1, max_size=20)


def test_the_golden_example() -> None:
    assert quartiles(TEN) == (Fraction(67), Fraction(72), Fraction("77.25"))
    assert percentile_of(75, TEN) == 65


def test_order_does_not_matter() -> None:
    assert quartiles(TEN[::-1]) == quartiles(TEN)


def test_equal_values_share_a_percentile() -> None:
    assert [percentile_of(value, (70, 70, 70, 70)) for value in (60, 70, 80)] == [0, 50, 100]


def test_a_single_value_is_its_own_quartile() -> None:
    seventy = Fraction(70)
    assert quartiles([seventy]) == (seventy, seventy, seventy)


def test_a_value_on_a_bound_belongs_to_the_higher_quarter() -> None:
    bounds = quartiles(TEN)
    assert [quarter_of(value, bounds) for value in (61, 67, 72, Fraction("77.25"), 84)] == [1, 2, 3, 4, 4]


def test_without_values_there_is_nothing_to_say() -> None:
    with pytest.raises(ValueError, match="no values"):
        quartiles(())
    with pytest.raises(ValueError, match="no values"):
        percentile_of(70, ())


@given(some_values)
def test_quartiles_are_in_order_and_within(values: list[Fraction]) -> None:
    lower, middle, upper = quartiles(values)
    assert min(values) <= lower <= middle <= upper <= max(values)


@given(some_values, st.integers(0, 19))
def test_a_higher_value_never_has_a_lower_percentile(values: list[Fraction], place: int) -> None:
    one = values[place % len(values)]
    assert 0 < percentile_of(one, values) < 100
    assert all(percentile_of(other, values) >= percentile_of(one, values) for other in values if other > one)
