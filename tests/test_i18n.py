"""Numbers and dates read as the language in force writes them, with and without Babel the same."""

from __future__ import annotations

from contextvars import copy_context
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from threading import Thread

import pytest
from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal, format_percent
from hypothesis import given
from hypothesis import strategies as st

from qma_app.domain.edition import Text
from qma_app.i18n import (
    content_language,
    day_text,
    in_language,
    instant_text,
    language,
    level_text,
    number_text,
    percent_text,
    rounded,
    set_content_language,
    system_language,
    unit_text,
)


@given(st.dates(min_value=date(1990, 1, 1)))
def test_english_dates_are_as_babel_writes_them(day: date) -> None:
    assert day_text(day) == format_date(day, "medium", locale="en_GB")


PATTERNS = ("full", "d MMM", "d MMM yyyy", "MMM yyyy", "d. MMM", "EEEE, dd/MMMM y", "MMMM y")


@given(st.dates(min_value=date(1990, 1, 1)), st.sampled_from(PATTERNS), st.sampled_from(("en", "de")))
def test_dates_by_a_pattern_are_as_babel_writes_them(day: date, pattern: str, code: str) -> None:
    with in_language(code):
        assert day_text(day, pattern) == format_date(day, pattern, locale={"en": "en_GB"}.get(code, code))


@pytest.mark.parametrize("pattern", ["long", "short", "d MMM 'at' y", "LLL", "EEE", "QQQ y"])
def test_other_patterns_are_left_to_babel(pattern: str) -> None:
    day = date(2026, 9, 5)
    assert day_text(day, pattern) == format_date(day, pattern, locale="en_GB")


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


@given(st.dates(min_value=date(1990, 1, 1)))
def test_german_dates_are_as_babel_writes_them(day: date) -> None:
    with in_language("de"):
        assert day_text(day) == format_date(day, "medium", locale="de")


@given(st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2100, 1, 1)))  # noqa: DTZ001  hypothesis wants naive bounds
def test_german_times_are_as_babel_writes_them(at: datetime) -> None:
    here = at.replace(tzinfo=UTC).astimezone()
    with in_language("de"):
        assert instant_text(here) == format_datetime(here, "medium", locale="de")


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=3), st.integers(0, 2))
def test_german_numbers_are_as_babel_writes_them(value: Decimal, places: int) -> None:
    pattern = "#,##0" + ("." + "0" * places if places else "")
    with in_language("de"):
        assert number_text(value, places) == format_decimal(
            rounded(value, places), format=pattern, locale="de"
        )


@pytest.mark.parametrize(
    ("language", "shown"), [("en", "92.9%"), ("de", "92.9\N{NO-BREAK SPACE}%"), ("fr", "92.9%")]
)
def test_a_figure_stands_before_its_unit_as_a_level_does(language: str, shown: str) -> None:
    with in_language(language):
        assert unit_text("92.9", "%") == shown == percent_text("92.9")
        assert unit_text("4", "days") == "4 days"
        assert (unit_text("4", ""), unit_text("", "%"), unit_text("", "days")) == ("4", "", "")


@pytest.mark.parametrize("places", [0, 1])
def test_german_levels_are_as_babel_writes_them(places: int) -> None:
    level = Fraction(1562, 20)
    pattern = "#,##0" + ("." + "0" * places if places else "") + "\N{NO-BREAK SPACE}%"
    with in_language("de"):
        shown = format_percent(rounded(level, places) / 100, format=pattern, locale="de")
        assert level_text(level, places) == shown


def test_a_paper_speaks_its_language_in_the_words_of_the_standard_too() -> None:
    text = Text(texts={"en": "Service", "de": "Werkstatt"})
    assert str(text) == "Service"
    with in_language("de"):
        assert str(text) == "Werkstatt"
        set_content_language("en")
        assert (language(), content_language(), str(text)) == ("de", "en", "Service")
        with in_language("de"):
            assert str(text) == "Werkstatt"
        assert content_language() == "en"
    assert (language(), content_language()) == ("en", "en")


def test_a_text_that_is_not_translated_is_marked_with_its_language() -> None:
    text = Text(texts={"en": "Service"})
    assert (text.is_fallback, text.marked) == (False, "Service")
    with in_language("de"):
        assert (text.is_fallback, text.marked) == (True, "Service\N{NO-BREAK SPACE}[EN]")
        assert Text(texts={"fr": "Atelier"}).marked == "Atelier\N{NO-BREAK SPACE}[FR]"
        assert Text().marked == ""


def test_other_work_goes_on_in_the_languages_it_began_with() -> None:
    heard: list[tuple[str, str]] = []
    with in_language("de"):
        set_content_language("fr")
        context = copy_context()
    worker = Thread(target=context.run, args=(lambda: heard.append((language(), content_language())),))
    worker.start()
    worker.join()
    assert heard == [("de", "fr")]


@pytest.mark.parametrize(
    ("environment", "spoken"),
    [
        ({}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "de"),
        ({"LANG": "de"}, "de"),
        ({"LANG": "de-CH"}, "de"),
        ({"LANG": "den_US"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "en"),
        ({"LC_MESSAGES": "de_AT", "LANG": "en_GB"}, "de"),
        ({"LC_ALL": "en_GB", "LC_MESSAGES": "de_AT"}, "en"),
        ({"QMA_LANGUAGE": "de", "LC_ALL": "en_GB"}, "de"),
        ({"QMA_LANGUAGE": "", "LANG": "de_DE"}, "de"),
    ],
)
def test_a_terminal_is_answered_in_its_language(environment: dict[str, str], spoken: str) -> None:
    assert system_language(environment) == spoken


def test_nothing_rated_is_a_dash() -> None:
    assert level_text(None) == "–"
    assert level_text(Fraction(781, 10), 1) == "78.1%"
