"""How old open findings are and how long closing takes: the worked median, the edges of the bands, what is left out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qma_app.domain.ageing import ageing, kaplan_meier_median, median_days_to_close
from qma_app.domain.finding import Finding, FindingGrade
from tests.builders import NOW, TODAY, a_finding

TIMES = st.lists(st.integers(0, 50), max_size=12)


def seen(days_ago: int, number: int = 1, grade: FindingGrade = FindingGrade.MINOR) -> Finding:
    return a_finding(number, grade, seen_on=TODAY - timedelta(days=days_ago))


def closed(after: int, number: int) -> Finding:
    return a_finding(number, seen_on=TODAY - timedelta(days=after), closed_on=TODAY)


def test_the_worked_median_counts_those_still_waiting() -> None:
    assert kaplan_meier_median([3, 5, 8, 20, 22, 23, 26, 30, 49, 75], [96, 96]) == 23


def test_without_open_ones_the_median_is_the_middle() -> None:
    assert kaplan_meier_median([7, 1, 3], []) == 3
    assert kaplan_meier_median([4], []) == 4
    assert kaplan_meier_median([0, 0, 9], []) == 0


def test_there_is_no_median_while_most_are_open() -> None:
    assert kaplan_meier_median([], []) is None
    assert kaplan_meier_median([], [5, 9]) is None
    assert kaplan_meier_median([1], [5, 9]) is None


def test_one_let_go_at_the_same_time_was_still_watched() -> None:
    # 1 of 4 ends at 5, then 1 of the 2 left at 9: 3/4, 3/8
    assert kaplan_meier_median([5, 9], [5, 9]) == 9
    # one who went before says nothing about later: 1 of 3, then 1 of 2
    assert kaplan_meier_median([5, 9], [3, 20]) == 9


@settings(max_examples=200, deadline=None)
@given(TIMES, TIMES)
def test_the_median_is_one_of_the_ends_and_never_shorter_for_those_still_open(
    done: list[int], still: list[int]
) -> None:
    found = kaplan_meier_median(done, still)
    naive = kaplan_meier_median(done, [])
    assert naive is None or naive == sorted(done)[(len(done) - 1) // 2]
    if found is not None:
        assert found in done
        assert naive is not None
        assert found >= naive or any(each < naive for each in still)


@pytest.mark.parametrize(
    ("days", "band"),
    [(-3, 0), (0, 0), (30, 0), (31, 1), (60, 1), (61, 2), (90, 2), (91, 3), (180, 3), (181, 4), (4000, 4)],
)
def test_the_bands_begin_where_the_ones_before_end(days: int, band: int) -> None:
    bands = ageing([seen(days)], TODAY).bands
    assert [each.count for each in bands] == [int(place == band) for place in range(5)]


def test_open_findings_are_counted_by_grade() -> None:
    found = ageing(
        [
            seen(1, 1, FindingGrade.MAJOR),
            seen(2, 2),
            seen(3, 3),
            seen(200, 4, FindingGrade.IMPROVEMENT),
            seen(5, 5, FindingGrade.GOOD_PRACTICE),
            closed(9, 6),
            a_finding(7, deleted_at=NOW),
            a_finding(8, seen_on=None),
        ],
        TODAY,
    )
    assert [(each.first, each.last) for each in found.bands] == [
        (0, 30),
        (31, 60),
        (61, 90),
        (91, 180),
        (181, None),
    ]
    assert found.bands[0].by_grade == {FindingGrade.MAJOR: 1, FindingGrade.MINOR: 2}
    assert found.bands[4].by_grade == {FindingGrade.IMPROVEMENT: 1}
    assert found.undated == 1


def some_findings() -> Sequence[Finding]:
    return [closed(10, 1), closed(20, 2), seen(15, 3), closed(40, 4)]


def test_days_to_close_count_open_findings_as_not_yet() -> None:
    # 3/4 after 10 days; the one open since 15 says nothing later; 3/8 after 20
    assert median_days_to_close(some_findings(), TODAY) == 20
    assert median_days_to_close([closed(10, 1), seen(15, 2), seen(15, 3)], TODAY) is None


def test_what_has_no_way_to_a_close_is_left_out() -> None:
    others = [
        seen(100, 5, FindingGrade.GOOD_PRACTICE),
        a_finding(6, seen_on=None),
        a_finding(7, deleted_at=NOW),
        a_finding(8, seen_on=TODAY, closed_on=TODAY, deleted_at=NOW),
    ]
    assert median_days_to_close([*some_findings(), *others], TODAY) == 20
