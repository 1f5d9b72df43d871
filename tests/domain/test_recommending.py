"""What the rules recommend, with exact numbers, and that nobody can go above it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import pytest

from qma_app.domain.certification import DecisionOutcome
from qma_app.domain.edition import Edition
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.ids import AreaId, CheckpointId
from qma_app.domain.levels import Ratings
from qma_app.domain.rating import Rating
from qma_app.domain.recommending import (
    Basis,
    Recommended,
    check_outcome,
    check_recommendation,
    count_criticals,
    looked_again,
    outcomes_open,
    recommended,
    verdicts_open,
)
from qma_app.domain.result import Verdict
from qma_app.errors import RuleBroken
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
PASS, CONDITIONAL, FAIL = Verdict.PASS, Verdict.CONDITIONAL, Verdict.FAIL
GRANTED, ON_CONDITION, REFUSED = DecisionOutcome.GRANTED, DecisionOutcome.CONDITIONAL, DecisionOutcome.REFUSED


def a_standard() -> Edition:
    """Ten checkpoints each in Service and Parts, and a critical one in Service."""
    points = [a_checkpoint(f"service.reception.n{place}") for place in range(10)]
    points.append(a_checkpoint(CRITICAL, critical=True))
    points += [a_checkpoint(f"parts.stock.n{place}") for place in range(10)]
    return an_edition(checkpoints=points)


def all_at(points: int, critical: int = 10) -> dict[CheckpointId, Rating]:
    ratings = ratings_of(dict.fromkeys(a_standard().checkpoints, points))
    return ratings | {CRITICAL: a_rating(critical, CRITICAL)}


def told(ratings: Ratings, findings: Sequence[Finding] = (), edition: Edition | None = None) -> Recommended:
    edition = a_standard() if edition is None else edition
    return recommended(
        Basis(
            edition=edition,
            ratings=ratings,
            applicable=tuple(edition.checkpoints),
            findings=tuple(findings),
            scope=tuple(area.id for area in edition.areas),
        )
    )


def a_major() -> Finding:
    return a_finding(1, FindingGrade.MAJOR, checkpoint_id=CheckpointId("parts.stock.n0"))


@pytest.mark.parametrize(
    ("points", "critical", "findings", "verdict", "missed"),
    [
        (8, 10, [], PASS, []),
        (6, 10, [], FAIL, ["overall", "area-floor"]),
        (10, 4, [], CONDITIONAL, ["criticals", "majors"]),
        (8, 10, [a_major()], CONDITIONAL, ["majors"]),
        (6, 10, [a_major()], FAIL, ["overall", "area-floor", "majors"]),
    ],
)
def test_the_verdict_and_the_rules_that_stand_in_its_way(
    points: int, critical: int, findings: list[Finding], verdict: Verdict, missed: list[str]
) -> None:
    found = told(all_at(points, critical), findings)
    assert found.verdict is verdict
    assert [rule.code for rule in found.missed] == missed


def test_every_rule_tells_its_numbers() -> None:
    rules = told(all_at(8, 4), [a_major()]).rules
    assert [(one.code, one.shown, one.shown_needed, one.holds) for one in rules] == [
        ("overall", "78.2%", "80%", False),
        ("areas-rated", "2", "2", True),
        ("area-floor", "76.4%", "70%", True),
        ("criticals", "0", "1", False),
        ("majors", "2", "0", False),
    ]
    assert rules[0].reached == (Fraction(840, 11) + 80) / 2
    assert rules[2].reached == Fraction(840, 11)
    assert all(one.reason for one in rules)


def test_a_level_a_hair_below_the_mark_fails_and_does_not_look_as_if_it_passed() -> None:
    points = [a_checkpoint("service.reception.heavy", weight=1999), a_checkpoint("service.reception.one")]
    edition = an_edition(checkpoints=points)
    found = told(ratings_of({points[0].id: 8, points[1].id: 6}), edition=edition)
    overall = found.rules[0]
    assert overall.reached == Fraction(10 * (1999 * 8 + 6), 2000) == Fraction(7999, 100)
    assert (overall.holds, overall.shown, found.verdict) == (False, "79.99%", FAIL)


def test_exactly_the_mark_passes() -> None:
    assert told(all_at(8, 8)).rules[0].reached == 80
    assert told(all_at(8, 8)).verdict is PASS


@pytest.mark.parametrize(
    ("rating", "reached", "needed"),
    [(a_rating_not_seen(CRITICAL), 0, 1), (a_rating_not_applicable(CRITICAL), 0, 0), (a_rating(8, CRITICAL), 1, 1)],
)  # fmt: skip
def test_criticals_are_counted_among_those_that_apply(rating: Rating, reached: int, needed: int) -> None:
    rule = told(all_at(10) | {CRITICAL: rating}).rules[3]
    assert (rule.shown, rule.shown_needed, rule.holds) == (str(reached), str(needed), reached == needed)


def test_critical_checkpoints_outside_the_scope_are_not_counted() -> None:
    edition = a_standard()
    basis = Basis(
        edition=edition,
        ratings=all_at(8),
        applicable=tuple(edition.checkpoints),
        findings=(),
        scope=(AreaId("parts"),),
    )
    assert count_criticals(basis) == 0


def test_a_closed_major_stands_in_nobodys_way() -> None:
    closed = a_finding(1, FindingGrade.MAJOR, closed_on=TODAY, checkpoint_id=CheckpointId("parts.stock.n0"))
    assert told(all_at(8), [closed]).verdict is PASS


def test_nothing_rated_has_no_figure_and_fails() -> None:
    found = told({})
    assert (found.verdict, found.rules[0].reached, found.rules[0].shown) == (FAIL, None, "–")


def test_other_rules_of_the_edition_are_followed() -> None:
    edition = an_edition(checkpoints=list(a_standard().checkpoints.values()), rules=some_rules(pass_mark=85))
    assert told(all_at(8), edition=edition).verdict is FAIL


def test_a_follow_up_is_judged_on_the_points_of_then_with_its_own_over_them() -> None:
    then = all_at(10, 4)
    now = {
        CRITICAL: a_rating(10, CRITICAL),
        CheckpointId("parts.stock.n0"): a_rating_not_seen("parts.stock.n0"),
    }
    merged = looked_again(then, now)
    assert merged[CRITICAL].points == 10
    assert merged[CheckpointId("parts.stock.n0")].points == 10
    assert (told(then).verdict, told(merged).verdict) == (CONDITIONAL, PASS)


@pytest.mark.parametrize(
    ("computed", "chosen", "words", "code"),
    [
        (PASS, PASS, "", None),
        (PASS, CONDITIONAL, "", "audit.recommendation-words"),
        (PASS, FAIL, "  ", "audit.recommendation-words"),
        (PASS, FAIL, "Records were written afterwards.", None),
        (CONDITIONAL, PASS, "They will manage.", "audit.recommendation-better"),
        (CONDITIONAL, CONDITIONAL, "", None),
        (FAIL, CONDITIONAL, "Nearly there.", "audit.recommendation-better"),
        (FAIL, PASS, "Nearly there.", "audit.recommendation-better"),
        (FAIL, FAIL, "", None),
    ],
)
def test_less_may_be_recommended_with_words_and_never_more(
    computed: Verdict, chosen: Verdict, words: str, code: str | None
) -> None:
    if code is None:
        check_recommendation(computed, chosen, words)
        return
    with pytest.raises(RuleBroken) as caught:
        check_recommendation(computed, chosen, words)
    assert caught.value.code == code
    assert caught.value.way_out


@pytest.mark.parametrize(
    ("recommendation", "outcome", "words", "code"),
    [
        (PASS, GRANTED, "", None),
        (PASS, REFUSED, "", "decision.words"),
        (PASS, REFUSED, "  ", "decision.words"),
        (PASS, ON_CONDITION, "One record is missing.", None),
        (CONDITIONAL, GRANTED, "They will manage.", "decision.better"),
        (FAIL, ON_CONDITION, "They will manage.", "decision.better"),
        (FAIL, REFUSED, "", None),
    ],
)
def test_nobody_decides_more_than_was_recommended(
    recommendation: Verdict, outcome: DecisionOutcome, words: str, code: str | None
) -> None:
    if code is None:
        check_outcome(recommendation, outcome, words)
        return
    with pytest.raises(RuleBroken) as caught:
        check_outcome(recommendation, outcome, words)
    assert caught.value.code == code


def test_what_is_open_to_choose() -> None:
    assert verdicts_open(PASS) == (PASS, CONDITIONAL, FAIL)
    assert verdicts_open(FAIL) == (FAIL,)
    assert outcomes_open(CONDITIONAL) == (ON_CONDITION, REFUSED)
    assert outcomes_open(PASS) == (GRANTED, ON_CONDITION, REFUSED)
