"""Grades A, B and C: by the exact level, and down again for what an average would hide."""

from __future__ import annotations

from fractions import Fraction

import pytest

from qma_app.domain.edition import Edition
from qma_app.domain.ids import CheckpointId
from qma_app.domain.rating import Rating
from qma_app.domain.result import Grade, GradeAnswer, Result
from qma_app.domain.scoring import score
from tests.builders import a_checkpoint, a_rating_not_seen, an_edition, ratings_of


def result_of(
    points: dict[str, int], weights: dict[str, int] | None = None, criticals: tuple[str, ...] = ()
) -> Result:
    weights = weights or {}
    edition = an_edition(
        checkpoints=[a_checkpoint(id, weight=weights.get(id, 1), critical=id in criticals) for id in points]
    )
    return score(edition, ratings_of({**points}), edition.checkpoints)


def grade(
    points: dict[str, int], weights: dict[str, int] | None = None, criticals: tuple[str, ...] = ()
) -> GradeAnswer:
    answer = result_of(points, weights, criticals).grade
    assert answer is not None
    return answer


def rows(area: str, *points: int) -> dict[str, int]:
    """An area of one process with these points."""
    return {f"{area}.p.n{place}": value for place, value in enumerate(points)}


WORKED = {
    **rows("reception", 10, 8, 8, 10),
    **rows("workshop", 8, 6, 10, 10, 4),
    **rows("handover", 10, 10, 8),
}


def test_the_worked_example_is_a_b() -> None:
    result = result_of(WORKED)
    assert [area.level for area in result.areas] == [90, 76, Fraction(280, 3)]
    assert result.overall is not None
    assert round(float(result.overall), 1) == 86.4
    assert result.tally.level == 85
    assert result.grade == GradeAnswer(grade=Grade.B, reasons=())


STRONG = {f"more{area}.p.one": 10 for area in range(4)}


def test_the_worked_workshop_at_76_would_have_stopped_an_a() -> None:
    answer = grade({**WORKED, **STRONG})
    assert answer.grade is Grade.B
    assert answer.reasons == ("Workshop is at 76.0%, below 80%.", "WOR-01 P is at 76.0%, below 80%.")


@pytest.mark.parametrize("others", [{}, STRONG])
def test_the_worked_workshop_at_69_would_have_made_a_c(others: dict[str, int]) -> None:
    workshop = [10] * 8 + [6] * 7 + [4] * 4 + [0]
    workshop[-1] = 0
    points = {**WORKED, **others, **rows("workshop", *workshop)}
    assert result_of(points).areas[1].level == 69
    assert grade(points) == GradeAnswer(grade=Grade.C, reasons=("Workshop is at 69.0%, below 70%.",))


def at_level(level: str) -> Result:
    """One area at an exact level between 80 and 100: weights on an 8 and a 10."""
    share = (Fraction(level) - 80) / 20
    return result_of(
        {"a.p.eight": 8, "a.p.ten": 10},
        {"a.p.eight": share.denominator - share.numerator, "a.p.ten": share.numerator},
    )


@pytest.mark.parametrize(("level", "expected"), [("90", Grade.A), ("89.99", Grade.B), ("89.95", Grade.B)])
def test_an_a_begins_at_exactly_90(level: str, expected: Grade) -> None:
    result = at_level(level)
    assert result.overall == Fraction(level)
    assert result.grade == GradeAnswer(grade=expected, reasons=())


def test_a_b_begins_at_exactly_80() -> None:
    assert grade(rows("a", 8, 8)).grade is Grade.B
    points, weights = {"a.p.x": 8, "a.p.y": 6}, {"a.p.x": 999, "a.p.y": 1}
    assert result_of(points, weights).overall == Fraction("79.98")
    assert grade(points, weights) == GradeAnswer(grade=Grade.C, reasons=())


def test_a_weak_process_stops_an_a_even_in_a_strong_area() -> None:
    points = {**{f"a.strong.n{place}": 10 for place in range(20)}, "a.weak.one": 8, "a.weak.two": 6}
    assert grade(points) == GradeAnswer(grade=Grade.B, reasons=("A-02 Weak is at 70.0%, below 80%.",))


def test_an_area_or_process_at_exactly_80_does_not_stop_an_a() -> None:
    points = {**rows("a", *[10] * 4), **rows("b", *[10] * 4), **rows("c", 8, 8)}
    assert result_of(points).overall == Fraction(280, 3)
    assert grade(points) == GradeAnswer(grade=Grade.A, reasons=())


def test_a_critical_with_4_stops_an_a() -> None:
    points = rows("a", *[10] * 30, 4)
    assert grade(points).grade is Grade.A
    assert grade(points, criticals=("a.p.n30",)) == GradeAnswer(
        grade=Grade.B, reasons=("Critical checkpoint A-01.31 has only 4 points.",)
    )


def test_a_critical_with_6_does_not_stop_an_a() -> None:
    assert grade(rows("a", *[10] * 30, 6), criticals=("a.p.n30",)).grade is Grade.A


def test_any_checkpoint_with_0_stops_an_a() -> None:
    assert grade(rows("a", *[10] * 30, 0)) == GradeAnswer(
        grade=Grade.B, reasons=("Checkpoint A-01.31 has 0 points.",)
    )


@pytest.mark.parametrize("filler", [8, 10])
def test_a_critical_with_0_makes_an_a_or_a_b_a_c(filler: int) -> None:
    points = {**rows("a", *[10] * 10, *[filler] * 20, 0), **rows("b", 10)}
    assert grade(points, criticals=("a.p.n30",)) == GradeAnswer(
        grade=Grade.C, reasons=("Critical checkpoint A-01.31 has 0 points.",)
    )


def test_an_area_at_exactly_70_does_not_make_a_c() -> None:
    points = {**rows("a", 8, 6), **rows("b", 10, 10)}
    assert grade(points) == GradeAnswer(grade=Grade.B, reasons=())


def test_what_stops_an_a_costs_a_b_nothing() -> None:
    points = {**rows("a", *[8] * 30, 0), **rows("b", 10)}
    assert grade(points) == GradeAnswer(grade=Grade.B, reasons=())


def test_a_c_by_its_level_has_lost_nothing_to_a_downgrade() -> None:
    assert grade(rows("a", 6, 0), criticals=("a.p.n1",)) == GradeAnswer(grade=Grade.C, reasons=())


def an_edition_with_unseen() -> tuple[Edition, dict[CheckpointId, Rating]]:
    edition = an_edition(checkpoints=[a_checkpoint(f"a.p.n{place}") for place in range(3)])
    ratings = ratings_of({"a.p.n0": 10, "a.p.n1": 10})
    ratings[CheckpointId("a.p.n2")] = a_rating_not_seen("a.p.n2")
    return edition, ratings


def test_what_was_not_seen_does_not_lower_a_grade() -> None:
    edition, ratings = an_edition_with_unseen()
    assert score(edition, ratings, edition.checkpoints).grade == GradeAnswer(grade=Grade.A, reasons=())


def test_a_partial_result_has_no_grade() -> None:
    edition = an_edition(checkpoints=[a_checkpoint("a.p.one"), a_checkpoint("b.p.two")])
    result = score(edition, ratings_of({"a.p.one": 10}), edition.checkpoints)
    assert result.overall == 100
    assert result.is_partial
    assert result.grade is None
