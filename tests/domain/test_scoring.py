"""The verdict and the rules behind it: what passes, what is conditional, what fails, and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

import pytest

from qma_app.domain.edition import Edition
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.ids import AreaId, CheckpointId
from qma_app.domain.rating import Outcome, Rating
from qma_app.domain.result import Result, RuleAnswer, Verdict
from qma_app.domain.scoring import score
from tests.builders import (
    TODAY,
    a_checkpoint,
    a_finding,
    a_rating,
    a_rating_not_applicable,
    a_rating_not_seen,
    an_edition,
    ratings_of,
    some_rules,
)

CRITICAL = CheckpointId("service.reception.law")
SERVICE, PARTS = AreaId("service"), AreaId("parts")


def a_standard() -> Edition:
    """Service and Parts with ten checkpoints each, one more in Service that is critical, all of weight 1."""
    checkpoints = [a_checkpoint(f"service.reception.n{place}") for place in range(10)]
    checkpoints.append(a_checkpoint(CRITICAL, critical=True))
    checkpoints += [a_checkpoint(f"parts.stock.n{place}") for place in range(10)]
    return an_edition(checkpoints=checkpoints)


def all_at(points: int) -> dict[CheckpointId, Rating]:
    """Every checkpoint of the standard at these points; the critical one met."""
    ratings = ratings_of(dict.fromkeys(a_standard().checkpoints, points))
    ratings[CRITICAL] = a_rating(10, CRITICAL)
    return ratings


def rule(result: Result, code: str) -> RuleAnswer:
    return next(answer for answer in result.rules if answer.code == code)


def missed(result: Result) -> list[str]:
    return [answer.code for answer in result.rules if not answer.holds]


def scored(
    ratings: dict[CheckpointId, Rating],
    findings: Sequence[Finding] = (),
    scope: Sequence[AreaId] | None = None,
) -> Result:
    edition = a_standard()
    return score(edition, ratings, edition.checkpoints, findings, scope=scope)


def test_a_dealership_that_holds_every_rule_passes() -> None:
    result = scored(all_at(8))
    assert result.verdict is Verdict.PASS
    assert [answer.code for answer in result.rules] == [
        "overall",
        "areas-rated",
        "area-floor",
        "criticals",
        "majors",
    ]
    assert missed(result) == []
    assert not result.is_partial
    assert result.unmet_criticals == result.open_criticals == ()


def test_the_overall_level_is_the_mean_of_the_areas_not_of_all_points() -> None:
    ratings = all_at(10)
    ratings.update(ratings_of({id: 8 for id in ratings if id.startswith("parts")}))
    result = scored(ratings)
    assert result.overall == 90
    assert result.tally.level == Fraction(10 * (110 + 80), 21)


def level_of_one_area(points: list[int]) -> Result:
    edition = an_edition(checkpoints=[a_checkpoint(f"a.p.n{place}") for place in range(len(points))])
    ratings = ratings_of({f"a.p.n{place}": value for place, value in enumerate(points)})
    return score(edition, ratings, edition.checkpoints)


def test_80_passes_and_79_95_does_not() -> None:
    at_the_mark = level_of_one_area([10] * 100 + [6] * 100)
    assert at_the_mark.overall == 80
    assert at_the_mark.verdict is Verdict.PASS

    just_below = level_of_one_area([8] * 399 + [6])
    assert just_below.overall == Fraction("79.95")
    assert just_below.verdict is Verdict.FAIL
    assert missed(just_below) == ["overall"]
    assert rule(just_below, "overall").reason == "79.95% overall; at least 80% is needed."


def test_the_overall_rule_names_its_figures_and_its_areas() -> None:
    assert (
        rule(scored(all_at(8)), "overall").reason == "80.9% overall (2 of 2 areas); at least 80% is needed."
    )
    assert rule(scored(all_at(8)), "overall").records == ("service", "parts")


def test_ratings_too_few_for_any_area_are_counted() -> None:
    """ "Not rated" would be wrong beside a checkpoint that has points."""
    result = scored(ratings_of({next(iter(a_standard().checkpoints)): 8}))
    said = {rule(result, "overall").reason, rule(result, "area-floor").reason}
    assert said == {f"No area has enough ratings yet (1 of {result.tally.applicable})."}


def test_before_anything_is_rated_no_level_rule_holds() -> None:
    result = scored({})
    assert result.overall is None
    assert result.grade is None
    assert result.verdict is Verdict.FAIL
    assert missed(result) == ["overall", "areas-rated", "area-floor", "criticals"]
    assert rule(result, "overall").reason == rule(result, "area-floor").reason == "No area is rated yet."
    assert rule(result, "overall").records == ()


def test_an_area_below_its_floor_fails_a_dealership_above_the_mark() -> None:
    ratings = all_at(10)
    ratings.update(ratings_of({f"parts.stock.n{place}": 6 for place in range(8)}))
    result = scored(ratings)
    assert result.overall == 84
    assert result.verdict is Verdict.FAIL
    assert missed(result) == ["area-floor"]
    assert rule(result, "area-floor").records == (PARTS,)
    assert rule(result, "area-floor").reason == "1 area is below 70%: Parts 68.0%."


def test_an_area_just_below_its_floor_is_below_it() -> None:
    edition = an_edition(
        checkpoints=[*(a_checkpoint(f"a.p.n{place}") for place in range(200)), a_checkpoint("b.p.one")]
    )
    ratings = ratings_of(dict.fromkeys(edition.checkpoints, 8))
    ratings.update(ratings_of({f"a.p.n{place}": 6 for place in range(101)}))
    ratings.update(ratings_of({"b.p.one": 10}))
    result = score(edition, ratings, edition.checkpoints)
    assert result.areas[0].level == Fraction("69.9")
    assert missed(result) == ["area-floor"]


def test_an_area_exactly_at_its_floor_is_enough() -> None:
    ratings = all_at(10)
    ratings.update(ratings_of({f"parts.stock.n{place}": 4 for place in range(5)}))
    result = scored(ratings)
    assert (
        rule(result, "area-floor").reason == "Every rated area reaches 70%; the lowest is Parts with 70.0%."
    )
    assert result.verdict is Verdict.PASS


def test_with_an_area_that_is_not_rated_the_result_is_partial_and_cannot_pass() -> None:
    ratings = all_at(10)
    for place in range(10):
        id = CheckpointId(f"parts.stock.n{place}")
        ratings[id] = a_rating(None if place < 4 else 6, id)
    result = scored(ratings)
    assert (result.rated_areas, result.counted_areas) == (1, 2)
    assert result.is_partial
    assert result.overall == 100
    assert result.grade is None
    assert result.verdict is Verdict.FAIL
    assert missed(result) == ["areas-rated"]
    answer = rule(result, "areas-rated")
    assert answer.records == (PARTS,)
    assert (
        answer.reason
        == "1 of 2 areas are rated. Fewer than 2/3 of the checkpoints are rated in: Parts (6 of 10)."
    )


def test_an_area_in_which_nothing_applies_is_left_out() -> None:
    edition = a_standard()
    applicable = [id for id in edition.checkpoints if id.startswith("service")]
    result = score(edition, all_at(8), applicable)
    assert (result.rated_areas, result.counted_areas) == (1, 1)
    assert [area.applies for area in result.areas] == [True, False]
    assert result.overall == Fraction(900, 11)
    assert rule(result, "areas-rated").reason == "The area is rated."
    assert result.verdict is Verdict.PASS


def test_an_area_set_aside_point_by_point_is_left_out_too() -> None:
    ratings = all_at(8)
    ratings.update({id: a_rating_not_applicable(id) for id in ratings if id.startswith("parts")})
    result = scored(ratings)
    assert result.counted_areas == 1
    assert result.verdict is Verdict.PASS


def test_where_nothing_applies_nothing_is_passed() -> None:
    result = score(a_standard(), all_at(10), ())
    assert result.verdict is Verdict.FAIL
    assert missed(result) == ["overall", "areas-rated", "area-floor"]
    assert rule(result, "areas-rated").reason == "No area applies."
    assert rule(result, "criticals").reason == "No critical checkpoint applies."


def test_a_single_area_too_thinly_rated_is_named_without_counting_areas() -> None:
    edition = an_edition(checkpoints=[a_checkpoint(f"service.p.n{place}") for place in range(3)])
    result = score(edition, ratings_of({"service.p.n0": 10}), edition.checkpoints)
    assert rule(result, "areas-rated").reason == (
        "Fewer than 2/3 of the checkpoints are rated in: Service (1 of 3)."
    )


def test_the_scope_limits_areas_and_criticals() -> None:
    ratings = all_at(8)
    ratings[CRITICAL] = a_rating(0, CRITICAL)
    result = scored(ratings, scope=(PARTS,))
    assert [area.area_id for area in result.areas] == [PARTS]
    assert result.counted_areas == 1
    assert result.unmet_criticals == ()
    assert result.verdict is Verdict.PASS


def test_ratings_of_what_does_not_apply_are_ignored() -> None:
    edition = a_standard()
    ratings = all_at(8)
    ratings[CRITICAL] = a_rating(0, CRITICAL)
    applicable = [id for id in edition.checkpoints if id != CRITICAL]
    result = score(edition, ratings, applicable)
    assert result.overall == 80
    assert result.verdict is Verdict.PASS


@pytest.mark.parametrize(
    ("points", "verdict"), [(0, "conditional"), (6, "conditional"), (8, "pass"), (10, "pass")]
)
def test_a_critical_checkpoint_is_met_from_8_points(points: int, verdict: str) -> None:
    ratings = all_at(10)
    ratings[CRITICAL] = a_rating(points, CRITICAL)
    assert scored(ratings).verdict == verdict


def test_an_unmet_critical_is_a_major_without_any_finding() -> None:
    ratings = all_at(10)
    ratings[CRITICAL] = a_rating(6, CRITICAL)
    result = scored(ratings)
    assert result.verdict is Verdict.CONDITIONAL
    assert missed(result) == ["criticals", "majors"]
    assert result.unmet_criticals == (CRITICAL,)
    assert rule(result, "criticals").records == rule(result, "majors").records == (CRITICAL,)
    assert rule(result, "criticals").reason == "1 critical checkpoint is below 8 points: SRV-01.11."
    assert rule(result, "majors").reason == "1 major is open: SRV-01.11 (critical)."


def test_an_unmet_critical_with_its_finding_is_one_major_not_two() -> None:
    ratings = all_at(10)
    ratings[CRITICAL] = a_rating(6, CRITICAL)
    finding = a_finding(14, FindingGrade.MAJOR, checkpoint_id=CRITICAL)
    answer = rule(scored(ratings, findings=[finding]), "majors")
    assert answer.records == (finding.id,)
    assert answer.reason == "1 major is open: F-014."


def test_an_unmet_critical_stays_a_major_when_its_finding_was_closed_too_early() -> None:
    ratings = all_at(10)
    ratings[CRITICAL] = a_rating(6, CRITICAL)
    closed = a_finding(14, FindingGrade.MAJOR, checkpoint_id=CRITICAL, closed_on=TODAY)
    result = scored(ratings, findings=[closed])
    assert result.verdict is Verdict.CONDITIONAL
    assert rule(result, "majors").records == (CRITICAL,)


def test_a_critical_checkpoint_set_aside_with_a_reason_stands_in_nobodys_way() -> None:
    ratings = all_at(8)
    ratings[CRITICAL] = a_rating_not_applicable(CRITICAL)
    result = scored(ratings)
    assert result.verdict is Verdict.PASS
    assert result.open_criticals == ()
    assert rule(result, "criticals").reason == "No critical checkpoint applies."


@pytest.mark.parametrize(
    "rating",
    [
        None,
        a_rating(None, CRITICAL),
        a_rating_not_seen(CRITICAL),
        a_rating_not_applicable(CRITICAL, reason=""),
    ],
)
def test_a_critical_checkpoint_nobody_has_seen_cannot_be_promised_away(rating: Rating | None) -> None:
    """There is no major that could be closed: the verdict is a fail, not conditional."""
    ratings = all_at(10)
    del ratings[CRITICAL]
    if rating is not None:
        ratings[CRITICAL] = rating
    result = scored(ratings)
    assert result.verdict is Verdict.FAIL
    assert missed(result) == ["criticals"]
    assert result.open_criticals == rule(result, "criticals").records == (CRITICAL,)
    assert rule(result, "criticals").reason == "1 critical checkpoint has no points yet: SRV-01.11."
    assert rule(result, "majors").holds


def test_one_unmet_and_one_unseen_critical_are_both_named_and_fail() -> None:
    edition = an_edition(
        checkpoints=[a_checkpoint(f"a.p.n{place}", critical=place < 2) for place in range(9)]
    )
    ratings = ratings_of(dict.fromkeys(edition.checkpoints, 10))
    ratings[CheckpointId("a.p.n0")] = a_rating(4, "a.p.n0")
    del ratings[CheckpointId("a.p.n1")]
    result = score(edition, ratings, edition.checkpoints)
    assert result.verdict is Verdict.FAIL
    answer = rule(result, "criticals")
    assert answer.records == ("a.p.n0", "a.p.n1")
    assert answer.reason == (
        "1 critical checkpoint is below 8 points: A-01.1. 1 critical checkpoint has no points yet: A-01.2."
    )


def test_an_open_major_makes_a_pass_conditional() -> None:
    major = a_finding(7, FindingGrade.MAJOR, checkpoint_id=None)
    result = scored(all_at(8), findings=[major])
    assert result.verdict is Verdict.CONDITIONAL
    assert missed(result) == ["majors"]
    assert rule(result, "majors").records == (major.id,)


@pytest.mark.parametrize("code", ["overall", "area-floor", "areas-rated"])
def test_an_open_major_beside_any_other_miss_is_a_fail(code: str) -> None:
    ratings = all_at(10)
    if code == "overall":
        ratings = all_at(6)
        ratings.update(
            ratings_of({f"{p}.n{i}": 10 for p in ("service.reception", "parts.stock") for i in range(4)})
        )
    elif code == "area-floor":
        ratings.update(ratings_of({f"parts.stock.n{place}": 6 for place in range(8)}))
    else:
        ratings = {id: rating for id, rating in ratings.items() if not id.startswith("parts")}
    result = scored(ratings, findings=[a_finding(1, FindingGrade.MAJOR)])
    assert missed(result) == [code, "majors"]
    assert result.verdict is Verdict.FAIL


def test_closed_majors_and_lighter_findings_stand_in_nobodys_way() -> None:
    findings = [
        a_finding(1, FindingGrade.MAJOR, closed_on=date(2026, 11, 2)),
        a_finding(2, FindingGrade.MINOR),
        a_finding(3, FindingGrade.IMPROVEMENT),
        a_finding(4, FindingGrade.GOOD_PRACTICE),
    ]
    result = scored(all_at(8), findings=findings)
    assert result.verdict is Verdict.PASS
    assert rule(result, "majors").reason == "No major finding is open."


def test_an_open_major_counts_even_where_its_checkpoint_is_met_or_set_aside_now() -> None:
    ratings = all_at(8)
    ratings[CRITICAL] = a_rating_not_applicable(CRITICAL)
    major = a_finding(1, FindingGrade.MAJOR, checkpoint_id=CRITICAL)
    assert scored(ratings, findings=[major]).verdict is Verdict.CONDITIONAL
    assert scored(all_at(8), findings=[major]).verdict is Verdict.CONDITIONAL


def test_only_majors_of_the_scope_or_of_the_whole_house_count() -> None:
    in_parts = a_finding(1, FindingGrade.MAJOR, checkpoint_id=CheckpointId("parts.stock.n1"))
    in_service = a_finding(2, FindingGrade.MAJOR, checkpoint_id=CRITICAL)
    of_the_house = a_finding(3, FindingGrade.MAJOR, checkpoint_id=None)
    result = scored(all_at(8), findings=[of_the_house, in_service, in_parts], scope=(PARTS,))
    assert rule(result, "majors").records == (in_parts.id, of_the_house.id)
    assert rule(result, "majors").reason == "2 majors are open: F-001, F-003."


def test_a_long_list_is_cut_in_the_sentence_and_whole_in_the_records() -> None:
    majors = [a_finding(number, FindingGrade.MAJOR) for number in range(7, 0, -1)]
    answer = rule(scored(all_at(8), findings=majors), "majors")
    assert answer.reason == "7 majors are open: F-001, F-002, F-003, F-004, F-005 and 2 more."
    assert answer.records == tuple(finding.id for finding in reversed(majors))


def test_several_areas_and_criticals_are_named_in_the_plural() -> None:
    edition = an_edition(
        checkpoints=[a_checkpoint(f"{area}.p.n{place}", critical=True) for area in "ab" for place in (1, 2)]
    )
    low = score(edition, ratings_of(dict.fromkeys(edition.checkpoints, 6)), edition.checkpoints)
    assert rule(low, "area-floor").reason == "2 areas are below 70%: A 60.0%, B 60.0%."
    assert (
        rule(low, "criticals").reason
        == "4 critical checkpoints are below 8 points: A-01.1, A-01.2, B-01.1, B-01.2."
    )
    assert rule(low, "areas-rated").reason == "All 2 areas are rated."
    unseen = score(edition, {}, edition.checkpoints)
    assert rule(unseen, "criticals").reason.startswith("4 critical checkpoints have no points yet: A-01.1,")
    met = score(edition, ratings_of(dict.fromkeys(edition.checkpoints, 8)), edition.checkpoints)
    assert rule(met, "criticals").reason == "All 4 critical checkpoints are met."


def test_one_met_critical_is_named_in_the_singular() -> None:
    assert rule(scored(all_at(8)), "criticals").reason == "The critical checkpoint is met."


def test_the_marks_are_those_of_the_edition() -> None:
    edition = an_edition(
        checkpoints=[a_checkpoint("a.p.one", critical=True), a_checkpoint("a.p.two")],
        rules=some_rules(pass_mark=55, area_floor=50, critical_points=6, coverage=Fraction(1, 2)),
    )
    result = score(edition, ratings_of({"a.p.one": 6}), edition.checkpoints)
    assert result.verdict is Verdict.PASS


def test_a_rating_left_without_points_is_no_rating() -> None:
    ratings = all_at(8)
    ratings[CRITICAL] = a_rating(None, CRITICAL, outcome=Outcome.RATED)
    assert scored(ratings).open_criticals == (CRITICAL,)
