"""Before and after: the worked numbers, what is said about them, and what is suggested."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qma_app.content.loader import load_edition
from qma_app.domain.edition import Direction, KpiDefinition, Text
from qma_app.domain.effect import (
    MeanChange,
    ShareChange,
    compare_means,
    compare_readings,
    compare_shares,
    effect_words,
    is_share,
    sample_effect,
    sample_limit_words,
    suggested_effect,
)
from qma_app.domain.ids import AreaId
from qma_app.domain.month import Month
from qma_app.domain.verification import Effect, UsedReading
from qma_app.errors import RuleBroken
from tests.builders import a_text

HIGHER, LOWER, BAND = Direction.HIGHER, Direction.LOWER, Direction.BAND
MANY = settings(max_examples=200, deadline=None)
SHARES = st.integers(0, 60).flatmap(lambda count: st.tuples(st.integers(0, count), st.just(count)))
SHIPPED = Path(__file__).resolve().parents[2] / "checklists" / "dealer-quality" / "2026.1"
OLD, NEW = (Month(2026, 1), Month(2026, 3)), (Month(2026, 5), Month(2026, 7))


def figures(*values: str) -> list[Decimal]:
    return [Decimal(value) for value in values]


def a_reading(month: int, numerator: str, denominator: str | None = None) -> UsedReading:
    return UsedReading(
        month=Month(2026, month),
        numerator=Decimal(numerator),
        denominator=None if denominator is None else Decimal(denominator),
    )


def a_kpi(
    denominator: Text, calculation: str = "ratio", unit: str = "percent", factor: int = 100
) -> KpiDefinition:
    return KpiDefinition(
        code="X1",
        title=a_text("Late"),
        purpose=a_text("Shows it"),
        numerator=a_text("late orders"),
        denominator=denominator,
        calculation=calculation,
        unit=unit,
        direction=LOWER,
        rhythm="month",
        area=AreaId("service"),
        factor=factor,
    )


def test_two_shares_compare_as_worked() -> None:
    change = compare_shares(18, 240, 9, 260)
    assert (change.before_share, change.after_share) == (Fraction(3, 40), Fraction(9, 260))
    assert change.difference == Fraction(9, 260) - Fraction(3, 40)
    assert round(-100 * float(change.difference), 1) == 4.0
    assert (round(-100 * change.high, 1), round(-100 * change.low, 1)) == (0.0, 8.4)
    assert f"{change.p_value:.3f}" == "0.050"


def test_the_worked_example_is_probably_better_and_suggests_no_effect_yet() -> None:
    change = compare_shares(18, 240, 9, 260)
    assert effect_words(change, LOWER) == "probably better, keep watching"
    assert suggested_effect(change, LOWER) is Effect.NOT_SHOWN
    assert effect_words(change, HIGHER) == "probably worse"
    assert suggested_effect(change, HIGHER) is Effect.NOT_SHOWN


def test_a_clear_change_is_effective_or_worse_by_its_direction() -> None:
    change = compare_shares(60, 240, 9, 260)
    assert (effect_words(change, LOWER), suggested_effect(change, LOWER)) == (
        "clearly better",
        Effect.EFFECTIVE,
    )
    assert (effect_words(change, HIGHER), suggested_effect(change, HIGHER)) == ("clearly worse", Effect.WORSE)


@pytest.mark.parametrize(
    ("shares", "words"),
    [
        ((18, 240, 17, 260), "no clear change"),
        ((0, 240, 0, 260), "no clear change"),
        ((240, 240, 260, 260), "no clear change"),
        ((6, 10, 1, 10), "probably better, keep watching"),  # the interval leaves out 0, p is 0.057
        ((30, 100, 19, 100), "probably better, keep watching"),  # p is 0.099
        ((27, 160, 0, 20), "probably better, keep watching"),  # the interval as printed begins with 0.0
        ((27, 166, 10, 126), "probably better, keep watching"),  # p as printed is 0.050
        ((2, 8, 13, 200), "probably better, keep watching"),  # p is 0.106, the interval leaves out 0
        ((3, 240, 0, 260), "too few to tell"),  # three cases cannot tell, however they fall
        ((2, 3, 0, 3), "too few to tell"),
        ((0, 3, 0, 3), "too few to tell"),
        ((5, 10, 0, 0), "too few to tell"),
        ((0, 0, 0, 0), "too few to tell"),
    ],
)
def test_what_is_not_clear_is_said_in_words_and_shows_no_effect(
    shares: tuple[int, int, int, int], words: str
) -> None:
    change = compare_shares(*shares)
    assert effect_words(change, LOWER) == words
    assert suggested_effect(change, LOWER) is Effect.NOT_SHOWN


def test_in_a_band_the_person_decides() -> None:
    clear, none = compare_shares(60, 240, 9, 260), compare_shares(18, 240, 17, 260)
    assert effect_words(clear, BAND) == "changed; decide whether this is better"
    assert effect_words(none, BAND) == "no clear change"
    assert suggested_effect(clear, BAND) is suggested_effect(none, BAND) is None


def test_without_records_there_is_no_share_and_anything_is_possible() -> None:
    change = compare_shares(0, 0, 3, 10)
    assert (change.before_share, change.difference) == (None, None)
    assert (change.low, change.high, change.p_value) == (-1.0, 1.0, 1.0)


@MANY
@given(SHARES, SHARES)
def test_what_is_better_one_way_round_is_worse_the_other(
    before: tuple[int, int], after: tuple[int, int]
) -> None:
    there, back = compare_shares(*before, *after), compare_shares(*after, *before)
    assert (back.low, back.high) == pytest.approx((-there.high, -there.low))
    assert back.p_value == pytest.approx(there.p_value)
    assert there.low <= float(there.difference or 0) <= there.high
    assert suggested_effect(there, LOWER) is suggested_effect(back, HIGHER)
    assert effect_words(there, LOWER) == effect_words(back, HIGHER)


@MANY
@given(SHARES, SHARES)
def test_an_effect_is_suggested_only_with_both_the_interval_and_the_test(
    before: tuple[int, int], after: tuple[int, int]
) -> None:
    change = compare_shares(*before, *after)
    if suggested_effect(change, LOWER) is Effect.EFFECTIVE:
        assert change.high < 0
        assert change.p_value < 0.05
    if suggested_effect(change, LOWER) is Effect.WORSE:
        assert change.low > 0
        assert change.p_value < 0.05


def test_means_compare_over_all_splits_of_the_months() -> None:
    change = compare_means(figures("10", "11", "12.5", "12.5"), figures("5", "6", "7", "8"))
    assert (change.before_mean, change.after_mean) == (Fraction(23, 2), Fraction(13, 2))
    assert change.difference == -5
    assert (change.p_value, change.splits, change.is_exact) == (2 / 70, 70, True)
    assert effect_words(change, LOWER) == "clearly better"
    assert suggested_effect(change, LOWER) is Effect.EFFECTIVE
    assert suggested_effect(change, HIGHER) is Effect.WORSE


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (figures("10", "11", "12", "9"), figures("10", "12", "11", "9"), "no clear change"),
        (figures("10", "11", "12", "7"), figures("5", "6", "9", "8"), "no clear change"),  # p is 0.11
        (figures("10", "11", "12", "8"), figures("5", "6", "9", "7"), "probably better, keep watching"),
        (figures("10", "11", "12"), figures("1", "2", "3"), "too few to tell"),
        (figures("10"), figures("1", "2", "3"), "too few to tell"),
        ([], figures("1", "2", "3"), "too few to tell"),
        ([], [], "too few to tell"),
    ],
)
def test_few_or_mixed_months_are_not_clear(before: list[Decimal], after: list[Decimal], words: str) -> None:
    change = compare_means(before, after)
    assert effect_words(change, LOWER) == words
    assert suggested_effect(change, LOWER) is Effect.NOT_SHOWN


def test_a_mean_of_no_month_is_missing() -> None:
    change = compare_means(figures("1"), [])
    assert (change.before_mean, change.after_mean, change.difference, change.p_value) == (
        Fraction(1),
        None,
        None,
        1.0,
    )


def test_months_of_a_share_are_added_up_and_others_left_out() -> None:
    readings = [
        a_reading(1, "6", "80"),
        a_reading(3, "12", "160"),
        a_reading(4, "50", "50"),
        a_reading(5, "9", "260"),
        a_reading(8, "50", "50"),
    ]
    assert compare_readings(readings, OLD, NEW, is_share=True) == compare_shares(18, 240, 9, 260)


@pytest.mark.parametrize("odd", [("1.5", "80"), ("6", "80.5"), ("81", "80"), ("-1", "80"), ("6", None)])
def test_what_cannot_be_counted_is_compared_month_by_month(odd: tuple[str, str | None]) -> None:
    readings = [a_reading(2, *odd), a_reading(6, "9", "260")]
    change = compare_readings(readings, OLD, NEW, is_share=True)
    assert isinstance(change, MeanChange)
    mirrored = [a_reading(6, *odd), a_reading(2, "9", "260")]
    assert isinstance(compare_readings(mirrored, OLD, NEW, is_share=True), MeanChange)


def test_monthly_values_are_ratios_and_an_empty_month_has_none() -> None:
    readings = [
        a_reading(1, "30", "12"),
        a_reading(2, "7", "0"),
        a_reading(3, "10", "4"),
        a_reading(5, "3.5"),
    ]
    change = compare_readings(readings, OLD, NEW, is_share=False)
    assert change == compare_means([Fraction(5, 2), Fraction(5, 2)], figures("3.5"))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (NEW, OLD),
        (OLD, (Month(2026, 3), Month(2026, 7))),
        ((OLD[1], OLD[0]), NEW),
        (OLD, (NEW[1], NEW[0])),
    ],
)
def test_months_that_do_not_follow_one_another_are_refused_with_a_way_out(
    before: tuple[Month, Month], after: tuple[Month, Month]
) -> None:
    with pytest.raises(RuleBroken) as caught:
        compare_readings([], before, after, is_share=True)
    assert caught.value.code == "verification.months-overlap"
    assert caught.value.way_out


def test_a_share_counts_cases_of_cases() -> None:
    assert is_share(a_kpi(a_text("all orders", de="alle Aufträge")))
    assert not is_share(a_kpi(a_text("all orders"), calculation="score"))
    assert not is_share(a_kpi(a_text("all orders"), unit="points"))
    assert not is_share(a_kpi(a_text("all orders"), factor=1000))
    assert not is_share(a_kpi(Text()))


@pytest.mark.parametrize("words", ["hours present", "sales", "parts sales", "Stock value", "mean headcount"])
def test_amounts_are_no_cases_in_english(words: str) -> None:
    assert not is_share(a_kpi(a_text(words)))


@pytest.mark.parametrize("words", ["Sollstunden", "Lohnumsatz", "Bruttoertrag der Fahrzeuge", "Lagerwert"])
def test_amounts_are_no_cases_in_german(words: str) -> None:
    assert not is_share(a_kpi(Text(texts={"de": words})))


@pytest.mark.parametrize("words", ["jeder Vertrag", "bewertete Kunden", "sales appointments made"])
def test_words_that_only_look_like_amounts_are_cases(words: str) -> None:
    assert is_share(a_kpi(Text(texts={"de": words})))


def test_the_amounts_of_the_shipped_standard_are_told_from_its_cases() -> None:
    edition = load_edition(SHIPPED)
    percent = {
        code for code, kpi in edition.kpis.items() if kpi.unit == "percent" and kpi.calculation == "ratio"
    }
    amounts = percent - {code for code, kpi in edition.kpis.items() if is_share(kpi)}
    words = "O11 O13 O14 O15 O23 O27 P01 P02 P08 P09 P10 P20 P21 P24 P26 P28 P29 P30 P31 P35 E03 E05 E13"
    assert " ".join(sorted(amounts)) == " ".join(sorted(words.split()))


@pytest.mark.parametrize(
    ("size", "allowed", "failing", "effect"),
    [(10, 0, 0, Effect.EFFECTIVE), (10, 0, 1, Effect.NOT_SHOWN), (42, 1, 1, Effect.EFFECTIVE)],
)
def test_a_sample_shows_the_effect_when_no_more_fail_than_allowed(
    size: int, allowed: int, failing: int, effect: Effect
) -> None:
    assert sample_effect(size, allowed, failing) is effect


@pytest.mark.parametrize(("size", "allowed", "failing"), [(0, 0, 0), (5, 5, 0), (5, -1, 0), (5, 0, 6), (5, 0, -1)])  # fmt: skip
def test_numbers_that_no_sample_has_are_refused_with_a_way_out(size: int, allowed: int, failing: int) -> None:
    with pytest.raises(RuleBroken) as caught:
        sample_effect(size, allowed, failing)
    assert caught.value.code == "verification.sample-impossible"
    assert caught.value.way_out


def test_none_of_ten_still_leaves_a_quarter_possible() -> None:
    assert sample_limit_words(10, 0) == "0 of 10 failed; up to 25.9% of all may fail (95 in 100 sure)"


def test_changes_are_values() -> None:
    assert isinstance(compare_shares(1, 2, 1, 2), ShareChange)
    assert compare_shares(1, 2, 1, 2) == compare_shares(1, 2, 1, 2)
