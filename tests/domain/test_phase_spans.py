"""Phases lie where the edition puts them, for every length, one after the other without a gap."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qma_app.domain.edition import Edition, GateCondition, Phase, Span
from qma_app.domain.phase_spans import (
    cut_evenly,
    day_at,
    phase_bounds,
    phase_title,
    spans_of,
    waves_in,
)
from tests.builders import a_text, an_edition

SHIPPED = {
    "commitment": ((0, 1), (0, 1)),
    "baseline": ((1, 2), (1, 3)),
    "plan": ((2, 3), (3, 5)),
    "improve": ((3, 9), (5, 18)),
    "pre-audit": ((9, 11), (18, 22)),
    "audit": ((11, 12), (22, 24)),
    "hold-the-gains": ((12, 48), (24, 60)),
}
WAVE_LEVEL = GateCondition(id="level", check="wave-level", title=a_text("Level"), at_least=75)


def phases() -> tuple[Phase, ...]:
    """Those of the shipped standard."""
    return tuple(
        Phase(
            id=id,
            title=a_text(id.capitalize()),
            spans=tuple(
                Span(length=length, first=first, last=last)
                for length, (first, last) in zip((12, 24), spans, strict=True)
            ),
            gate=(WAVE_LEVEL,) if id == "improve" else (),
        )
        for id, spans in SHIPPED.items()
    )


def edition(**changes: object) -> Edition:
    return an_edition(**{"phases": phases(), **changes})  # type: ignore[arg-type]  # any field of Edition


def months(*bounds: int | Fraction) -> tuple[Fraction, ...]:
    return tuple(map(Fraction, bounds))


class TestBounds:
    """The months with which phases begin."""

    def test_a_length_the_edition_names_is_taken_as_it_stands(self) -> None:
        assert phase_bounds(phases(), 12) == months(0, 1, 2, 3, 9, 11, 12, 48)
        assert phase_bounds(phases(), 24) == months(0, 1, 3, 5, 18, 22, 24, 60)

    def test_eighteen_months_lie_in_the_middle_of_twelve_and_twenty_four(self) -> None:
        half = Fraction(1, 2)
        assert phase_bounds(phases(), 18) == months(0, 1, 2 + half, 4, 13 + half, 16 + half, 18, 54)

    def test_a_shorter_programme_is_squeezed_up_to_the_audit_and_keeps_what_follows(self) -> None:
        bounds = phase_bounds(phases(), 6)
        assert bounds[:7] == months(0, Fraction(1, 2), 1, Fraction(3, 2), Fraction(9, 2), Fraction(11, 2), 6)
        assert bounds[7] == 42  # 36 months behind the audit as in every length

    def test_a_longer_programme_is_stretched(self) -> None:
        assert phase_bounds(phases(), 48) == months(0, 2, 6, 10, 36, 44, 48, 84)

    def test_without_spans_all_phases_are_equally_long(self) -> None:
        plain = tuple(Phase(id=str(number), title=a_text()) for number in range(3))
        assert phase_bounds(plain, 12) == months(0, 4, 8, 12)
        assert phase_bounds((), 12) == months(0)


class TestSpans:
    """The days of the phases."""

    def test_the_improving_phase_comes_once_a_wave(self) -> None:
        spans = spans_of(edition(), date(2026, 3, 2), 18)
        assert [(span.phase, span.wave) for span in spans] == [
            ("commitment", 0),
            ("baseline", 0),
            ("plan", 0),
            ("improve", 1),
            ("improve", 2),
            ("pre-audit", 0),
            ("audit", 0),
            ("hold-the-gains", 0),
        ]
        assert spans[3].title == "Improve, wave 1"
        assert (spans[0].starts_on, spans[0].ends_on) == (date(2026, 3, 2), date(2026, 4, 1))
        assert spans[6].starts_on == date(2027, 7, 17)
        assert spans[6].ends_on == date(2027, 9, 1)

    @pytest.mark.parametrize(("months", "waves"), [(12, 2), (18, 2), (24, 3)])
    def test_usual_lengths_have_two_or_three_waves(self, months: int, waves: int) -> None:
        assert max(span.wave for span in spans_of(edition(), date(2026, 3, 2), months)) == waves

    def test_a_start_on_the_last_of_a_leap_february_ends_on_a_day_there_is(self) -> None:
        spans = spans_of(edition(), date(2028, 2, 29), 12)
        assert spans[6].ends_on == date(2029, 2, 27)
        assert spans[7].starts_on == date(2029, 2, 28)

    def test_an_edition_without_phases_has_none(self) -> None:
        assert spans_of(edition(phases=()), date(2026, 3, 2), 12) == ()

    def test_a_phase_the_edition_does_not_know_is_called_by_its_id(self) -> None:
        assert phase_title(edition(), "afterglow") == "afterglow"

    @given(
        started_on=st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 12, 31)),
        months=st.integers(min_value=3, max_value=60),
        waves=st.one_of(st.none(), st.integers(min_value=1, max_value=8)),
    )
    def test_each_phase_follows_the_one_before_on_the_next_day(
        self, started_on: date, months: int, waves: int | None
    ) -> None:
        spans = spans_of(edition(), started_on, months, waves)
        assert spans[0].starts_on == started_on
        assert all(span.starts_on <= span.ends_on for span in spans)
        for one, following in pairwise(spans):
            assert following.starts_on == one.ends_on + timedelta(days=1)


class TestArithmetic:
    """Parts of months and waves."""

    def test_half_a_month_counts_by_the_days_of_that_month(self) -> None:
        assert day_at(date(2026, 2, 1), Fraction(1, 2)) == date(2026, 2, 15)
        assert day_at(date(2026, 3, 1), Fraction(1, 2)) == date(2026, 3, 16)

    @pytest.mark.parametrize(
        ("months", "waves"), [(Fraction(1), 1), (Fraction(6), 2), (Fraction(19, 2), 2), (Fraction(40), 6)]
    )
    def test_one_wave_for_about_four_months_six_at_most(self, months: Fraction, waves: int) -> None:
        assert waves_in(months) == waves

    def test_no_more_parts_than_days(self) -> None:
        first = date(2026, 3, 1)
        assert cut_evenly(first, first + timedelta(days=2), 5) == [
            first,
            first + timedelta(days=1),
            first + timedelta(days=2),
        ]
