"""The pace of passed checkpoints, and the day by which all will have passed."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from qma_app.domain.burn_up import burn_forecast, pace
from qma_app.i18n import number_text

ON, AUDIT = date(2026, 6, 1), date(2027, 9, 1)
COUNTS = (0, 22, 41, 70, 96, 118)


def test_the_pace_is_the_mean_of_the_last_three_months() -> None:
    assert pace(COUNTS) == Fraction(118 - 41, 3)
    assert number_text(pace(COUNTS), 1) == "25.7"


def test_what_is_left_takes_its_time_at_that_pace() -> None:
    found = burn_forecast(COUNTS, 478, on=ON, audit_on=AUDIT)
    assert found.left == 360
    assert found.months is not None
    assert number_text(found.months, 1) == "14.0"
    assert found.done_on == date(2027, 8, 1)
    assert not found.is_late


def test_later_than_the_audit_is_late() -> None:
    assert burn_forecast(COUNTS, 478, on=ON, audit_on=date(2027, 7, 31)).is_late


def test_standing_still_never_ends_and_is_late() -> None:
    found = burn_forecast((40, 40, 40, 40), 478, on=ON, audit_on=AUDIT)
    assert found.rate == 0
    assert (found.months, found.done_on, found.is_late) == (None, None, True)


def test_a_loss_counts_as_standing_still() -> None:
    assert pace((40, 38)) == 0


def test_nothing_left_is_never_late() -> None:
    found = burn_forecast((470, 478), 478, on=ON, audit_on=date(2026, 1, 1))
    assert (found.left, found.done_on, found.is_late) == (0, ON, False)


def test_the_count_of_the_day_itself_says_what_is_left() -> None:
    assert burn_forecast(COUNTS, 478, on=ON, audit_on=AUDIT, now=130).left == 348


def test_fewer_months_give_the_pace_of_those_there_are() -> None:
    assert pace((0, 30)) == 30
    assert pace((30,)) == 0
    assert pace(()) == 0


def test_a_pace_that_takes_a_century_names_no_day() -> None:
    found = burn_forecast((0, 0, 0, 1), 5000, on=ON, audit_on=AUDIT)
    assert found.done_on is None
    assert found.is_late
