"""Audit days: the worked numbers, the limits of what may be taken away, and the table that anybody may change."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qma_app.domain.assessment import AssessmentKind
from qma_app.domain.audit_days import (
    DEFAULT_TABLE,
    AreasDays,
    DaysProposal,
    KindShare,
    PlanningTable,
    RiskShare,
    TableRow,
    days_problems,
    effective_staff,
    plan_days,
    risk_title,
    table_from_json,
    table_statement,
    table_to_json,
)
from qma_app.errors import RuleBroken
from qma_app.i18n import in_language

FIRST = AssessmentKind.CERTIFICATION_AUDIT
SURVEILLANCE = AssessmentKind.SURVEILLANCE
RECERTIFICATION = AssessmentKind.RECERTIFICATION
FOLLOW_UP = AssessmentKind.FOLLOW_UP_AUDIT
MATURE = ("mature-system",)
RISKS = [risk.code for risk in DEFAULT_TABLE.risks]


def days(staff: int, *risks: str, kind: AssessmentKind = FIRST, **more: int) -> DaysProposal:
    return plan_days(staff, risks, DEFAULT_TABLE, kind, **more)


@pytest.mark.parametrize(
    ("least", "most", "table_days"),
    [
        (1, 5, "1.5"),
        (6, 10, "2"),
        (11, 15, "2.5"),
        (16, 25, "3"),
        (26, 45, "4"),
        (46, 65, "5"),
        (66, 85, "6"),
        (86, 125, "7"),
        (126, 175, "8"),
        (176, 275, "9"),
        (276, 425, "10"),
        (426, 625, "11"),
    ],
)
def test_each_step_of_staff_has_its_days_from_its_first_to_its_last(
    least: int, most: int, table_days: str
) -> None:
    assert days(least).table_days == days(most).table_days == Decimal(table_days)


def test_the_worked_house_of_78_staff_takes_its_worked_days() -> None:
    plain, mature = days(78), days(78, *MATURE)
    assert plain.table_days == plain.days == 6
    assert mature.exact == Fraction(27, 5)
    assert mature.days == Decimal("5.4")
    assert mature.on_site_least == Decimal("4.32")
    assert mature.half_days == Decimal("5.5")
    assert days(78, *MATURE, kind=SURVEILLANCE).exact == Fraction(9, 5)
    assert days(78, kind=SURVEILLANCE).exact == 2
    assert days(78, kind=RECERTIFICATION).exact == 4


def test_eleven_areas_roughly_take_two_to_three_days() -> None:
    rough = days(78, areas=11).areas_days
    assert rough == AreasDays(low=Decimal("2.07"), high=Decimal("2.75"))
    assert days(78).areas_days is None


def test_no_more_than_three_tenths_are_taken_away_however_many_risks_say_so() -> None:
    table = replace(
        DEFAULT_TABLE,
        risks=tuple(RiskShare(code=code, share=Fraction(-1, 7)) for code in ("one", "two", "three")),
    )
    assert plan_days(78, ["one", "two"], table, FIRST).exact == 6 * Fraction(5, 7)
    assert plan_days(78, ["one", "two", "three"], table, FIRST).exact == Fraction(42, 10)


def test_what_adds_and_what_takes_away_are_summed_before_the_limit() -> None:
    assert days(78, "several-sites", "many-complaints", "mature-system").exact == Fraction(66, 10)
    every_reduction = [risk.code for risk in DEFAULT_TABLE.risks if risk.share < 0]
    assert days(78, *every_reduction).exact == Fraction(42, 10)


def test_a_risk_named_twice_counts_once() -> None:
    assert days(78, "mature-system", "mature-system").exact == Fraction(27, 5)


@pytest.mark.parametrize(("majors", "needed"), [(0, "0.5"), (1, "0.5"), (2, "0.5"), (3, "0.75"), (8, "2")])
def test_a_follow_up_goes_by_its_majors_and_not_by_the_staff(majors: int, needed: str) -> None:
    for staff in (5, 600):
        assert days(staff, "several-sites", kind=FOLLOW_UP, majors=majors).days == Decimal(needed)


def test_a_third_of_a_day_is_kept_exactly_and_shown_rounded_up() -> None:
    third = days(100, kind=SURVEILLANCE)
    assert third.exact == Fraction(7, 3)
    assert (third.days, third.half_days, third.on_site_least) == (
        Decimal("2.34"),
        Decimal("2.5"),
        Decimal("1.87"),
    )


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 625), st.lists(st.sampled_from(RISKS)), st.sampled_from(AssessmentKind))
def test_no_proposal_falls_below_the_limits(staff: int, risks: list[str], kind: AssessmentKind) -> None:
    proposal = plan_days(staff, risks, DEFAULT_TABLE, kind)
    assert proposal.days >= proposal.exact
    assert proposal.half_days >= proposal.exact
    assert proposal.half_days % Decimal("0.5") == 0
    assert Fraction(proposal.half_days) - proposal.exact < Fraction(1, 2)
    assert proposal.on_site_least >= proposal.exact * Fraction(4, 5)
    if kind is not FOLLOW_UP:
        least = Fraction(proposal.table_days) * Fraction(7, 10) * DEFAULT_TABLE.share_of(kind)
        assert proposal.exact >= least


def test_the_lines_say_how_the_days_came_about_and_whose_table_it_is() -> None:
    lines = days(78, *MATURE, areas=11, kind=SURVEILLANCE).lines
    assert lines == (
        "78 full-time equivalents: 6 days for a first audit.",
        "The quality system has run for years: −10%",
        "An audit of this kind takes 1/3 of a first one.",
        "That makes 1.80 days of 8 hours, 1.44 of them on site at least (80%); travelling is not counted.",
        "Roughly beside it: 11 areas of 45 to 60 minutes each, 2 times over for meetings, records and writing, make 2.1 to 2.8 days.",
        table_statement(),
    )
    assert "own planning table" in table_statement()


def test_what_goes_beyond_the_limit_is_said_in_the_lines() -> None:
    table = replace(DEFAULT_TABLE, risks=(RiskShare(code="far", share=Fraction(-1, 2), title="Far away"),))
    lines = plan_days(78, ["far"], table, FIRST).lines
    assert "Far away: −50%" in lines
    assert "Together −50%; no more than 30% is taken away." in lines


def test_every_risk_of_ours_has_words_and_another_keeps_its_own() -> None:
    assert all(risk_title(risk) != risk.code for risk in DEFAULT_TABLE.risks)
    assert risk_title(RiskShare(code="x", share=Fraction(1, 10), title="Night shifts")) == "Night shifts"
    assert risk_title(RiskShare(code="x", share=Fraction(1, 10))) == "x"


def test_days_are_told_in_other_languages_too() -> None:
    with in_language("de"):
        assert "5,40" in " ".join(days(78, *MATURE).lines)


@pytest.mark.parametrize("staff", [0, -3])
def test_a_house_without_staff_is_refused(staff: int) -> None:
    with pytest.raises(RuleBroken) as caught:
        days(staff)
    assert caught.value.code == "audit-days.staff"


def test_a_house_beyond_the_table_is_refused_with_a_way_out() -> None:
    with pytest.raises(RuleBroken) as caught:
        days(626)
    assert caught.value.code == "audit-days.beyond-table"
    assert "626" in caught.value.message
    assert "row" in caught.value.way_out


def test_a_risk_the_table_does_not_know_is_refused() -> None:
    with pytest.raises(RuleBroken) as caught:
        days(78, "moonlight")
    assert caught.value.code == "audit-days.unknown-risk"


def test_part_timers_count_by_their_hours_and_a_part_of_one_as_one() -> None:
    assert effective_staff(60, [20, 20], 40) == 61
    assert effective_staff(85, [Decimal("0.5")], Decimal("37.5")) == 86
    assert effective_staff(85, [], 40) == 85
    for wrong in [(-1, [20], 40), (1, [-20], 40), (1, [20], 0)]:
        with pytest.raises(RuleBroken):
            effective_staff(*wrong)


def agreed(days: str, on_site: str, reason: str = "") -> tuple[str, ...]:
    return days_problems(plan_days(78, MATURE, DEFAULT_TABLE, FIRST), Decimal(days), Decimal(on_site), reason)


def test_the_days_proposed_and_more_need_no_reason() -> None:
    assert agreed("5.4", "4.32") == agreed("6", "6") == ()


def test_fewer_days_than_proposed_need_a_reason_by_a_hair() -> None:
    (problem,) = agreed("5.39999", "5")
    assert "5.39999" in problem
    assert "5.40" in problem
    assert agreed("5.39999", "5", "Two auditors know the house") == ()


def test_it_is_the_exact_days_that_are_not_to_be_fallen_below() -> None:
    third = days(100, kind=SURVEILLANCE)
    assert days_problems(third, Decimal("2.3334"), Decimal(2)) == ()
    assert len(days_problems(third, Decimal("2.3333"), Decimal(2))) == 1


def test_a_hair_too_little_on_site_is_told() -> None:
    assert len(agreed("5.4", "4.31999")) == 1
    assert len(agreed("5.4", "5.5")) == 1
    assert len(agreed("0", "0", "none")) == 1


def test_a_table_of_ones_own_is_used_and_survives_its_text() -> None:
    own = PlanningTable(
        rows=(TableRow(up_to=30, days=Decimal("2.25")), TableRow(up_to=90, days=Decimal("3.75"))),
        risks=(RiskShare(code="night", share=Fraction(1, 3), title="Nachtschicht"),),
        kinds=(KindShare(kind=SURVEILLANCE, share=Fraction(2, 5)),),
        days_per_major=Decimal("0.4"),
        area_minutes=(30, 50),
        around=Fraction(3, 2),
    )
    assert plan_days(78, ["night"], own, SURVEILLANCE).exact == 2
    for table in (own, DEFAULT_TABLE):
        assert table_from_json(table_to_json(table)) == table


ROW = TableRow(up_to=10, days=Decimal(2))


@pytest.mark.parametrize(
    "change",
    [
        {"rows": ()},
        {"rows": (ROW, ROW)},
        {"rows": (ROW, TableRow(up_to=20, days=Decimal(1)))},
        {"rows": (TableRow(up_to=10, days=Decimal(0)),)},
        {"rows": (TableRow(up_to=10, days=Decimal(366)),)},
        {"rows": (TableRow(up_to=0, days=Decimal(1)),)},
        {"risks": (RiskShare(code="all", share=Fraction(-1)),)},
        {"risks": (RiskShare(code="a", share=Fraction(1, 9)), RiskShare(code="a", share=Fraction(1, 8)))},
        {"kinds": (KindShare(kind=SURVEILLANCE, share=Fraction(0)),)},
        {"days_per_major": Decimal(0)},
        {"area_minutes": (60, 45)},
        {"around": Fraction(1, 2)},
    ],
)
def test_a_table_that_cannot_be_used_is_refused(change: dict[str, object]) -> None:
    table = replace(DEFAULT_TABLE, **change)  # type: ignore[arg-type]
    for use in (
        lambda: plan_days(5, [], table, FIRST),
        lambda: table_from_json(table_to_json(table)),
    ):
        with pytest.raises(RuleBroken) as caught:
            use()
        assert caught.value.code == "audit-days.table"


@pytest.mark.parametrize("text", ["", "[]", "null", "{}", '{"rows": 1}', "{"])
def test_text_that_is_no_table_is_refused(text: str) -> None:
    with pytest.raises(RuleBroken):
        table_from_json(text)


def test_days_that_are_no_number_are_refused() -> None:
    for word in ("NaN", "Infinity", "many"):
        with pytest.raises(RuleBroken):
            table_from_json(table_to_json(DEFAULT_TABLE).replace('"1.5"', f'"{word}"', 1))
