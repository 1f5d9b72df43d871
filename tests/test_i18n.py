"""Numbers and dates read as the language in force writes them, with and without Babel the same."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from qma_app.i18n import day_text, in_language, instant_text, level_text, number_text, rounded


@given(st.dates(min_value=date(1990, 1, 1)))
def test_english_dates_are_as_babel_writes_them(day: date) -> None:
    assert day_text(day) == format_date(day, "medium", locale="en_GB")


@given(st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2100, 1, 1)))  # noqa: DTZ001  hypothesis wants naive bounds
def test_english_times_are_as_babel_writes_them(at: datetime) -> None:
    here = at.replace(tzinfo=UTC).astimezone()
    assert instant_text(here) == format_datetime(here, "medium", locale="en_GB")


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=3), st.integers(0, 2))
def test_english_numbers_are_as_babel_writes_them(value: Decimal, places: int) -> None:
    pattern = "#,##0" + ("." + "0" * places if places else "")
    assert number_text(value, places) == format_decimal(
        rounded(value, places), format=pattern, locale="en_GB"
    )


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        (Fraction(7995, 100), 0, "80"),
        (Fraction(7995, 100), 1, "80.0"),
        (Fraction(1, 2), 0, "1"),
        (Fraction(5, 2), 0, "3"),
        (Fraction(2, 3), 2, "0.67"),
        (1234567, 0, "1,234,567"),
    ],
)
def test_figures_are_rounded_half_up(value: Fraction | int, places: int, shown: str) -> None:
    assert number_text(value, places) == shown


def test_another_language_holds_only_inside_its_block() -> None:
    with in_language("de"):
        assert number_text(Decimal("1234.5"), 1) == "1.234,5"
        assert day_text(date(2026, 11, 21)) == "21.11.2026"
    assert number_text(Decimal("1234.5"), 1) == "1,234.5"


def test_nothing_rated_is_a_dash() -> None:
    assert level_text(None) == "–"
    assert level_text(Fraction(781, 10), 1) == "78.1%"
