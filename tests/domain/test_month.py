"""Months are read, ordered and counted without days."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qma_app.domain.month import Month

MONTHS = st.builds(Month, st.integers(100, 9000), st.integers(1, 12))


@given(MONTHS, st.integers(-500, 500))
def test_going_there_and_back(month: Month, steps: int) -> None:
    assert month.plus(steps).plus(-steps) == month
    assert (month.plus(steps) > month) is (steps > 0)
    assert Month.parse(str(month)) == month
    assert Month.of(month.first_day) == month


def test_it_is_written_as_a_year_and_a_month() -> None:
    assert str(Month.of(date(2026, 3, 31))) == "2026-03"
    assert str(Month(2026, 12).plus(1)) == "2027-01"


@pytest.mark.parametrize(
    "text", ["2026", "2026-13", "2026-00", "26-03", "2026-3", "2026-03-01", "März 2026", ""]
)
def test_anything_else_is_no_month(text: str) -> None:
    with pytest.raises(ValueError, match="is no month"):
        Month.parse(text)
