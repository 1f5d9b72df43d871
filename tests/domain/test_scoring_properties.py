"""What holds for every result, whatever was rated."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from functools import partial

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from qma_app.domain.edition import Edition
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.ids import AreaId, CheckpointId
from qma_app.domain.rating import Outcome, Rating
from qma_app.domain.result import Grade, Result, Verdict
from qma_app.domain.scoring import score
from tests.builders import (
    a_checkpoint,
    a_finding,
    a_rating,
    a_rating_not_applicable,
    a_rating_not_seen,
    an_edition,
    areas_of,
    some_rules,
)

SCALE = (0, 4, 6, 8, 10)
AREAS, PROCESSES, ROWS = 3, 2, 3
Case = tuple[Edition, dict[CheckpointId, Rating], list[Finding]]


def rated_at(points: int) -> Callable[[str], Rating]:
    return partial(a_rating, points)


NOT_APPLICABLE, NOT_SEEN, UNTOUCHED = -1, -2, -3
RATED: dict[int, Callable[[str], Rating]] = {points: rated_at(points) for points in SCALE}
RATED |= {NOT_APPLICABLE: a_rating_not_applicable, NOT_SEEN: a_rating_not_seen}
# mostly good points, so that passes and every grade come up and not only fails
MARKS = st.sampled_from([10, 10, 10, 10, 8, 8, 8, 6, 4, 0, NOT_APPLICABLE, NOT_SEEN, UNTOUCHED])
GOOD_MARKS = st.sampled_from([10, 10, 10, 8, 8, 6, NOT_APPLICABLE])

# No deadline: how long an example takes is no promise here, and the machine may be busy.
FEW = settings(max_examples=50, deadline=None)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A small standard with its ratings and findings."""
    ids = [
        f"a{area}.p{process}.n{row}"
        for area in range(AREAS)
        for process in range(PROCESSES)
        for row in range(ROWS)
    ]
    weights = draw(st.lists(st.integers(1, 3), min_size=len(ids), max_size=len(ids)))
    marks = draw(st.lists(draw(st.sampled_from([MARKS, GOOD_MARKS])), min_size=len(ids), max_size=len(ids)))
    criticals = draw(st.sets(st.sampled_from(ids), max_size=3))
    grades = draw(st.lists(st.sampled_from(FindingGrade), max_size=2))
    edition = an_edition(
        checkpoints=[
            a_checkpoint(id, weight=weight, critical=id in criticals)
            for id, weight in zip(ids, weights, strict=True)
        ],
        rules=some_rules(area_weights={AreaId("a0"): draw(st.integers(1, 3))}),
        hash="0" * 64,
    )
    findings = [
        a_finding(number, grade, checkpoint_id=draw(st.sampled_from([None, CheckpointId(ids[0])])))
        for number, grade in enumerate(grades, 1)
    ]
    ratings = {
        CheckpointId(id): RATED[mark](id) for id, mark in zip(ids, marks, strict=True) if mark in RATED
    }
    return edition, ratings, findings


def scored(case: Case) -> Result:
    edition, ratings, findings = case
    return score(edition, ratings, edition.checkpoints, findings)


@FEW
@given(cases(), st.data())
def test_the_order_of_what_is_given_changes_nothing(case: Case, data: st.DataObject) -> None:
    edition, ratings, findings = case
    ids = data.draw(st.permutations(list(ratings)))
    applicable = data.draw(st.permutations(list(edition.checkpoints)))
    shuffled = score(edition, {id: ratings[id] for id in ids}, applicable, findings[::-1])
    assert shuffled == scored(case)


@FEW
@given(cases())
def test_not_applicable_is_the_same_as_a_checklist_without_it(case: Case) -> None:
    edition, ratings, findings = case
    kept = [
        point
        for point in edition.checkpoints.values()
        if point.id not in ratings or ratings[point.id].outcome is not Outcome.NOT_APPLICABLE
    ]
    whole = scored(case)
    assert without_set_aside(
        score(edition, ratings, [point.id for point in kept], findings)
    ) == without_set_aside(whole)

    shorter = an_edition(checkpoints=kept, rules=edition.rules, hash="1" * 64)
    without = score(shorter, ratings, shorter.checkpoints, findings)
    assert [area.level for area in without.areas] == [area.level for area in whole.areas if area.applies]
    assert (without.overall, without.verdict, without.tally.coverage) == (
        whole.overall,
        whole.verdict,
        whole.tally.coverage,
    )
    assert [rule.holds for rule in without.rules] == [rule.holds for rule in whole.rules]
    assert (without.grade and without.grade.grade) == (whole.grade and whole.grade.grade)


def without_set_aside(result: Result) -> Result:
    """The result with the one count that tells the difference taken out."""
    return replace(
        result,
        tally=replace(result.tally, not_applicable=0),
        areas=tuple(
            replace(
                area,
                tally=replace(area.tally, not_applicable=0),
                processes=tuple(
                    replace(process, tally=replace(process.tally, not_applicable=0))
                    for process in area.processes
                ),
            )
            for area in result.areas
        ),
    )


VERDICTS = (Verdict.FAIL, Verdict.CONDITIONAL, Verdict.PASS)
GRADES = (None, Grade.C, Grade.B, Grade.A)


@FEW
@given(cases(), st.data())
def test_raising_a_rating_never_lowers_a_result(case: Case, data: st.DataObject) -> None:
    edition, ratings, findings = case
    can_rise = [id for id, rating in ratings.items() if rating.points is not None and rating.points < 10]
    assume(can_rise)
    id = data.draw(st.sampled_from(can_rise))
    points = ratings[id].points
    assert points is not None
    higher = data.draw(st.sampled_from([step for step in SCALE if step > points]))
    before, after = scored(case), scored((edition, {**ratings, id: a_rating(higher, id)}, findings))
    assert (after.overall or 0) >= (before.overall or 0)
    assert all(
        (new.level or 0) >= (old.level or 0) for new, old in zip(after.areas, before.areas, strict=True)
    )
    assert VERDICTS.index(after.verdict) >= VERDICTS.index(before.verdict)
    assert GRADES.index(after.grade and after.grade.grade) >= GRADES.index(
        before.grade and before.grade.grade
    )
    assert {rule.code for rule in before.rules if rule.holds} <= {
        rule.code for rule in after.rules if rule.holds
    }


@FEW
@given(cases(), st.integers(2, 50))
def test_multiplying_every_weight_changes_nothing(case: Case, factor: int) -> None:
    edition, ratings, findings = case
    scaled = an_edition(
        areas_of(replace(point, weight=factor * point.weight) for point in edition.checkpoints.values()),
        rules=some_rules(
            area_weights={
                area.id: factor * edition.rules.area_weights.get(area.id, 1) for area in edition.areas
            }
        ),
    )
    before, after = scored(case), scored((scaled, ratings, findings))
    assert (after.overall, after.verdict, after.grade, after.rules) == (
        before.overall,
        before.verdict,
        before.grade,
        before.rules,
    )
    assert [area.level for area in after.areas] == [area.level for area in before.areas]


@FEW
@given(st.integers(1, 30), st.integers(0, 30))
def test_an_area_is_rated_from_exactly_its_coverage_on(applicable: int, rated: int) -> None:
    rated = min(rated, applicable)
    edition = an_edition(checkpoints=[a_checkpoint(f"a.p.n{place}") for place in range(applicable)])
    ids = list(edition.checkpoints)[:rated]
    result = score(edition, {id: a_rating(10, id) for id in ids}, edition.checkpoints)
    assert result.areas[0].is_rated == (3 * rated >= 2 * applicable)
    assert (result.verdict is Verdict.PASS) == result.areas[0].is_rated


@FEW
@given(st.integers(1, 400), st.integers(0, 400))
def test_the_pass_mark_is_met_exactly_or_not_at_all(count: int, low: int) -> None:
    low = min(low, count)
    edition = an_edition(
        checkpoints=[a_checkpoint("a.p.high", weight=count), a_checkpoint("a.p.low", weight=low + 1)]
    )
    result = score(
        edition,
        {id: a_rating(10 if id.endswith("high") else 6, id) for id in edition.checkpoints},
        edition.checkpoints,
    )
    exact = Fraction(100 * count + 60 * (low + 1), count + low + 1)
    assert result.overall == exact
    assert result.rules[0].holds == (exact >= 80)


@FEW
@given(cases())
def test_a_verdict_follows_from_its_rules(case: Case) -> None:
    result = scored(case)
    missed = {rule.code for rule in result.rules if not rule.holds}
    assert (result.verdict is Verdict.PASS) == (not missed)
    assert (result.verdict is Verdict.CONDITIONAL) == (
        bool(missed) and missed <= {"criticals", "majors"} and not result.open_criticals
    )
    assert result.is_partial == ("areas-rated" in missed and result.counted_areas > 0)
    assert (result.grade is None) == (result.is_partial or result.overall is None)


@FEW
@given(cases())
def test_a_rule_that_holds_names_nothing_in_its_way_and_one_that_fails_names_something(case: Case) -> None:
    result = scored(case)
    for rule in result.rules[1:]:
        if rule.holds:
            assert rule.records == ()
        elif result.rated_areas:
            assert rule.records
