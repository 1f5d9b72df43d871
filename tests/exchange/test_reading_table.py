"""Months of a KPI as people paste them: read without guessing, each bad cell named with line and column, all or nothing."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qma_app.domain.month import Month
from qma_app.domain.reading import MonthFigures
from qma_app.exchange.reading_cells import NotRead, TwoMonths, figure_cell, figure_text, month_cell
from qma_app.exchange.reading_table import MOST_LINES, ReadingLine, parse_readings, read_lines

MARCH = Month(2026, 3)


def figures(text: str, *, has_denominator: bool = False) -> list[tuple[str, str, str | None]]:
    table = parse_readings(text, has_denominator=has_denominator)
    assert table.problems == ()
    return [
        (str(one.month), str(one.numerator), None if one.denominator is None else str(one.denominator))
        for one in table.months
    ]


def problems(text: str, *, has_denominator: bool = False, **how: bool) -> list[tuple[int, int, str]]:
    table = parse_readings(text, has_denominator=has_denominator, **how)
    assert table.months == ()
    return [(one.line, one.column, one.code.removeprefix("readings.")) for one in table.problems]


@pytest.mark.parametrize(
    "text",
    [
        "2026-03", "2026/3", "2026.03", "03/2026", "3.2026", "3-2026", "Mar 2026", "March 2026", "mar. 2026", "Mar-26",
        "März 2026", "Mrz 26", "Maerz 2026", "MÄRZ 2026", "mars 2026", "marzo de 2026", "1 de marzo de 2026", "2026 March",
        "01.03.2026", "31.03.2026", "01.03.26", "2026-03-01", "2026-03-01 00:00:00", "2026-03-01T00:00:00", "03/03/2026",
        "13/03/2026", "03/13/2026", "01-Mar-2026", "1. März 2026", " 2026-03\u00a0",
    ],
)  # fmt: skip
def test_a_month_is_read_in_every_way_people_write_it(text: str) -> None:
    assert month_cell(text) == MARCH


@pytest.mark.parametrize(
    ("text", "number"),
    [("Jän 2026", 1), ("févr. 2026", 2), ("août 2026", 8), ("ago 2026", 8), ("Sept. 2026", 9), ("Okt 26", 10), ("dic. 2026", 12), ("Dez 2026", 12)],
)  # fmt: skip
def test_the_names_of_the_months_are_known_in_four_languages(text: str, number: int) -> None:
    assert month_cell(text) == Month(2026, number)


@pytest.mark.parametrize(
    "text",
    ["", "2026", "2026-13", "0/2026", "13.2026", "26 Mar", "jui 2026", "Ma 2026", "03/26", "31.02.2026", "1899-03", "soon", "March", "2026-00"],
)  # fmt: skip
def test_what_is_no_month_or_names_no_year_is_refused(text: str) -> None:
    with pytest.raises(NotRead):
        month_cell(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1234.5", "1234.5"), ("1,234.5", "1234.5"), ("1.234,5", "1234.5"), ("1 234,5", "1234.5"), ("1\u2009234,5", "1234.5"),
        ("1\u00a0234", "1234"), ("1\u202f234\u202f567,25", "1234567.25"), ("1'234.50", "1234.50"), ("12,5", "12.5"), ("0,125", "0.125"),
        ("12 %", "12"), ("12,5%", "12.5"), ("-3", "-3"), ("−3,5", "-3.5"), ("1.234.567", "1234567"), ("1,234,567.5", "1234567.5"),
        ("1.234,50 €", "1234.50"), ("EUR 12", "12"), (".5", ".5"), ("1234,567", "1234.567"), ("1,2340", "1.2340"), ("1 234,567", "1234.567"),
    ],
)  # fmt: skip
def test_a_figure_is_read_with_the_signs_of_several_countries(text: str, value: str) -> None:
    assert figure_cell(text, may_be_percent=True) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    ["", "twelve", "12 50", "1,2,3", "1.23.456", "12,34.5", "1,2345.6", "5.", "1e5", "12-", "(12)", "1..2", "1234567890123456", "NaN", "=A1"],
)  # fmt: skip
def test_what_is_no_figure_is_refused(text: str) -> None:
    with pytest.raises(NotRead):
        figure_cell(text, may_be_percent=True)


def test_one_thousand_or_one_and_a_bit_is_asked_never_guessed() -> None:
    table = parse_readings("2026-03\t1,234", has_denominator=False)
    (problem,) = table.problems
    assert (problem.line, problem.column, problem.code) == (1, 2, "readings.unclear")
    assert problem.place == "line 1, column 2"
    assert problem.found == "“1,234” may be 1234 or 1.234"
    assert problem.advice == "write 1234, or 1.2340 with four decimals"


@pytest.mark.parametrize(
    ("other", "value"), [("12.5", "1234"), ("12,5", "1.234"), ("1,234,567", "1234"), ("1.234.567", "1.234")]
)
def test_the_other_cells_decide_where_they_are_clear(other: str, value: str) -> None:
    assert figures(f"2026-03\t1,234\n2026-04\t{other}")[0] == ("2026-03", value, None)


def test_cells_that_contradict_one_another_decide_nothing() -> None:
    assert problems("2026-03\t1,234\n2026-04\t12.5\n2026-05\t12,5") == [(1, 2, "unclear")]


def test_typed_lines_do_not_speak_for_one_another() -> None:
    lines = [
        ReadingLine(number=1, month="2026-03", numerator="12.5"),
        ReadingLine(number=2, month="2026-04", numerator="1,234"),
    ]
    table = read_lines(lines, has_denominator=False)
    assert [(one.line, one.code) for one in table.problems] == [(2, "readings.unclear")]
    assert table.read[1].numerator == Decimal("12.5")


@pytest.mark.parametrize("sign", ["\t", ";", ","])
@pytest.mark.parametrize("head", ["", "Month{0}Late{0}All{0}Note\n"])
@pytest.mark.parametrize("end", ["", "\n", "\r\n\r\n"])
def test_cells_are_parted_by_tabs_semicolons_or_commas_with_or_without_a_head(
    sign: str, head: str, end: str
) -> None:
    text = head.format(sign) + f"2026-03{sign}18{sign}250{sign}strike\r\n2026-04{sign}9{sign}260{end}"
    table = parse_readings(text, has_denominator=True)
    assert table.problems == ()
    assert table.months == (
        MonthFigures(month=MARCH, numerator=Decimal(18), denominator=Decimal(250), note="strike"),
        MonthFigures(month=Month(2026, 4), numerator=Decimal(9), denominator=Decimal(260)),
    )


def test_a_decimal_comma_among_commas_is_named_not_cut_in_two() -> None:
    assert problems("2026-03,12,5") == [(1, 3, "surplus")]
    assert problems("2026-03,12,5,40", has_denominator=True) == [(1, 4, "surplus")]
    assert figures('2026-03,"12,5"') == [("2026-03", "12.5", None)]


def test_each_bad_cell_is_named_and_nothing_is_half_taken() -> None:
    text = "Month\tLate\tAll\n2026-03\t18\t250\n\nsoon\tnone\t0\n2026-05\t9\n03/2026\t1\t2"
    assert problems(text, has_denominator=True) == [
        (4, 1, "month"),
        (4, 2, "figure"),
        (4, 3, "denominator"),
        (5, 3, "figure-missing"),
        (6, 1, "month-twice"),
    ]


def test_a_percentage_where_cases_are_counted_is_refused() -> None:
    assert problems("2026-03\t7,5 %\t250", has_denominator=True) == [(1, 2, "share")]


def test_months_without_figures_are_not_yet_there() -> None:
    assert figures("2026-03\t12\n2026-04\t\n2026-05\t–\n\n") == [("2026-03", "12", None)]


def test_days_with_slashes_are_asked_unless_the_others_tell() -> None:
    assert month_cell("01/03/2026") == TwoMonths(Month(2026, 3), Month(2026, 1))
    assert problems("01/03/2026\t1") == [(1, 1, "month-unclear")]
    by_day, by_month = "01/01/2026\t1\n01/02/2026\t2\n01/03/2026\t3", "1/1/2026\t1\n2/1/2026\t2\n3/1/2026\t3"
    assert [one[0] for one in figures(by_day)] == ["2026-01", "2026-02", "2026-03"]
    assert [one[0] for one in figures(by_month)] == ["2026-01", "2026-02", "2026-03"]
    assert [one[0] for one in figures("31/01/2026\t1\n02/03/2026\t2")] == ["2026-01", "2026-03"]
    assert [one[0] for one in figures("01/31/2026\t1\n02/03/2026\t2")] == ["2026-01", "2026-02"]
    hinted = parse_readings("01/03/2026\t1", has_denominator=False, is_day_first=True)
    assert [one.month for one in hinted.months] == [MARCH]


def test_a_quotation_mark_that_stands_for_itself_loses_nothing() -> None:
    table = parse_readings('2026-03\t12\t"late\n2026-04\t13', has_denominator=False)
    assert [(str(one.month), one.note) for one in table.months] == [("2026-03", '"late'), ("2026-04", "")]


def test_another_table_pasted_by_mistake_is_refused() -> None:
    text = "\n".join(f"{1990 + at // 12}-{at % 12 + 1:02d}\t1" for at in range(MOST_LINES + 1))
    assert problems(text) == [(MOST_LINES + 1, 0, "too-many")]
    assert problems("2026-03\t1\tnote\tmore") == [(1, 4, "surplus")]


def test_nothing_pasted_is_no_problem() -> None:
    assert parse_readings("", has_denominator=True).months == ()
    assert parse_readings("\n \n", has_denominator=True).problems == ()


@given(
    st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**6), max_value=10**6, places=4),
    st.sampled_from(".,"),
)
def test_a_figure_written_by_us_is_read_back_alone(value: Decimal, sign: str) -> None:
    assert figure_cell(figure_text(value, sign)) == value


@given(st.text(max_size=60))
def test_whatever_is_pasted_is_read_or_named(text: str) -> None:
    table = parse_readings(text, has_denominator=True)
    assert not (table.months and table.problems)
    assert len(table.months) == (0 if table.problems else len(table.lines))
