"""What drawn records suggest: points by the share that conforms, and how heavy a finding would be."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qma_app.domain.edition import SampleRule
from qma_app.domain.finding import FindingGrade
from qma_app.domain.sampling import suggested_grade, suggested_points
from tests.builders import a_checkpoint, a_sample, some_rules

FEW = settings(max_examples=50, deadline=None)


@pytest.mark.parametrize(
    ("conforming", "failing", "points"),
    [
        (10, 0, 10),
        (1, 0, 10),
        (9, 1, 8),
        (99, 1, 8),
        (89, 11, 6),
        (3, 1, 6),
        (74, 26, 4),
        (1, 1, 4),
        (49, 51, 0),
        (0, 10, 0),
    ],
)
def test_a_sample_suggests_points_by_its_share(conforming: int, failing: int, points: int) -> None:
    assert suggested_points(a_sample(conforming, failing), some_rules(), is_critical=False) == points


@pytest.mark.parametrize(
    ("conforming", "failing", "points"), [(10, 0, 10), (99, 1, 4), (9, 1, 4), (1, 1, 4), (4, 6, 0)]
)
def test_one_failure_on_a_critical_checkpoint_suggests_at_most_4(
    conforming: int, failing: int, points: int
) -> None:
    assert suggested_points(a_sample(conforming, failing), some_rules(), is_critical=True) == points


def test_nothing_is_suggested_before_a_record_was_looked_at() -> None:
    assert suggested_points(a_sample(0, unseen=10), some_rules(), is_critical=False) is None


def test_records_not_looked_at_do_not_count() -> None:
    assert suggested_points(a_sample(3, 1, unseen=6), some_rules(), is_critical=False) == 6


def test_the_steps_are_those_of_the_edition_in_any_order() -> None:
    rules = some_rules(
        sample=(SampleRule(share=Fraction(1, 3), points=4), SampleRule(share=Fraction(2, 3), points=10)),
        critical_sample_cap=6,
    )
    assert suggested_points(a_sample(2, 1), rules, is_critical=False) == 10
    assert suggested_points(a_sample(1, 2), rules, is_critical=False) == 4
    assert suggested_points(a_sample(2, 1), rules, is_critical=True) == 6


@FEW
@given(st.integers(0, 30), st.integers(1, 30), st.booleans())
def test_one_more_conforming_record_never_suggests_less(
    conforming: int, failing: int, is_critical: bool
) -> None:
    before = suggested_points(a_sample(conforming, failing), some_rules(), is_critical)
    after = suggested_points(a_sample(conforming + 1, failing - 1), some_rules(), is_critical)
    assert before is not None
    assert after is not None
    assert after >= before


MAJOR, MINOR = FindingGrade.MAJOR, FindingGrade.MINOR
IMPROVEMENT, GOOD_PRACTICE = FindingGrade.IMPROVEMENT, FindingGrade.GOOD_PRACTICE


@pytest.mark.parametrize(
    ("weight", "critical", "grades"),
    [
        (1, False, {0: MINOR, 4: MINOR, 6: MINOR, 8: IMPROVEMENT, 10: GOOD_PRACTICE}),
        (2, False, {0: MINOR, 4: MINOR, 6: MINOR, 8: IMPROVEMENT, 10: GOOD_PRACTICE}),
        (3, False, {0: MAJOR, 4: MINOR, 6: MINOR, 8: IMPROVEMENT, 10: GOOD_PRACTICE}),
        (3, True, {0: MAJOR, 4: MAJOR, 6: MAJOR, 8: IMPROVEMENT, 10: GOOD_PRACTICE}),
        (1, True, {0: MAJOR, 4: MAJOR, 6: MAJOR, 8: IMPROVEMENT, 10: GOOD_PRACTICE}),
    ],
)
def test_the_suggested_grade_follows_points_weight_and_critical(
    weight: int, critical: bool, grades: dict[int, FindingGrade]
) -> None:
    checkpoint = a_checkpoint(weight=weight, critical=critical)
    assert {points: suggested_grade(checkpoint, points) for points in grades} == grades


def test_the_edition_says_from_when_a_critical_checkpoint_is_met() -> None:
    assert suggested_grade(a_checkpoint(critical=True), 8, critical_points=10) is MAJOR
    assert suggested_grade(a_checkpoint(critical=True), 6, critical_points=6) is MINOR
