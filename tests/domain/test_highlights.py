"""What is said first: three strengths, three gaps, always the same ones in the same order."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qma_app.domain.edition import Checkpoint, Impact
from qma_app.domain.highlights import Highlight, gaps, required_points, strengths
from qma_app.domain.ids import AreaId
from qma_app.domain.levels import Ratings, tally_of
from tests.builders import a_checkpoint, a_rating_not_applicable, a_rating_not_seen, an_edition, ratings_of

FEW = settings(max_examples=50, deadline=None)

NO_IMPACT = Impact(cx=0, ex=0, profit=0)


def names(highlights: tuple[Highlight, ...]) -> list[str]:
    return [each.checkpoint.id.rsplit(".", 1)[-1] for each in highlights]


def found_gaps(checkpoints: list[Checkpoint], points: list[int | None], count: int = 9) -> list[str]:
    edition = an_edition(checkpoints=checkpoints)
    ratings = ratings_of({point.id: value for point, value in zip(checkpoints, points, strict=True)})
    return names(gaps(edition, ratings, edition.checkpoints, count=count))


def found_strengths(checkpoints: list[Checkpoint], points: list[int | None], count: int = 9) -> list[str]:
    edition = an_edition(checkpoints=checkpoints)
    ratings = ratings_of({point.id: value for point, value in zip(checkpoints, points, strict=True)})
    return names(strengths(edition, ratings, edition.checkpoints, count=count))


def test_an_unmet_critical_is_more_urgent_than_any_other_gap() -> None:
    checkpoints = [a_checkpoint("a.p.heavy", weight=3), a_checkpoint("a.p.critical", weight=1, critical=True)]
    assert found_gaps(checkpoints, [0, 6]) == ["critical", "heavy"]


def test_a_met_critical_queues_like_any_other_gap() -> None:
    checkpoints = [a_checkpoint("a.p.critical", weight=1, critical=True), a_checkpoint("a.p.light", weight=1)]
    assert found_gaps(checkpoints, [8, 6]) == ["light", "critical"]


def test_gaps_come_by_weight_times_missing_points() -> None:
    checkpoints = [
        a_checkpoint("a.p.x6", weight=1),
        a_checkpoint("a.p.x12", weight=3),
        a_checkpoint("a.p.x8", weight=2),
    ]
    assert found_gaps(checkpoints, [4, 6, 6]) == ["x12", "x8", "x6"]


def test_impact_breaks_a_tie_between_gaps() -> None:
    checkpoints = [
        a_checkpoint("a.p.none", impact=NO_IMPACT),
        a_checkpoint("a.p.staff", impact=Impact(cx=0, ex=3, profit=0)),
        a_checkpoint("a.p.profit", impact=Impact(cx=0, ex=0, profit=3)),
        a_checkpoint("a.p.customers", impact=Impact(cx=3, ex=0, profit=0)),
    ]
    assert found_gaps(checkpoints, [4, 4, 4, 4]) == ["customers", "profit", "staff", "none"]
    assert found_strengths(checkpoints, [10, 10, 10, 10]) == ["customers", "profit", "staff", "none"]


def test_the_order_of_the_standard_breaks_what_is_left() -> None:
    checkpoints = [a_checkpoint(f"a.p.{name}") for name in ("zulu", "alpha", "mike")]
    assert found_gaps(checkpoints, [4, 4, 4]) == ["zulu", "alpha", "mike"]
    assert found_strengths(checkpoints, [10, 10, 10]) == ["zulu", "alpha", "mike"]


def test_what_is_fully_met_is_a_strength_and_never_a_gap() -> None:
    checkpoints = [
        a_checkpoint("a.p.light", weight=1),
        a_checkpoint("a.p.mostly", weight=3),
        a_checkpoint("a.p.heavy", weight=3, impact=NO_IMPACT),
    ]
    assert found_strengths(checkpoints, [10, 8, 10]) == ["heavy", "light"]
    assert found_gaps(checkpoints, [10, 8, 10]) == ["mostly"]


def test_three_are_named_unless_more_are_asked_for() -> None:
    checkpoints = [a_checkpoint(f"a.p.n{place}") for place in range(10)]
    edition = an_edition(checkpoints=checkpoints)
    ratings = ratings_of({point.id: 10 if place < 5 else 6 for place, point in enumerate(checkpoints)})
    assert names(strengths(edition, ratings, edition.checkpoints)) == ["n0", "n1", "n2"]
    assert names(gaps(edition, ratings, edition.checkpoints)) == ["n5", "n6", "n7"]
    assert len(gaps(edition, ratings, edition.checkpoints, count=5)) == 5


def test_what_was_not_rated_or_does_not_apply_is_neither_strength_nor_gap() -> None:
    edition = an_edition(checkpoints=[a_checkpoint(f"a.p.n{place}", critical=True) for place in range(5)])
    ids = list(edition.checkpoints)
    ratings: Ratings = {
        ids[0]: a_rating_not_applicable(ids[0]),
        ids[1]: a_rating_not_seen(ids[1]),
        **ratings_of({ids[2]: None, ids[3]: 0}),
    }
    applicable = [id for id in ids if id != ids[3]]
    assert gaps(edition, ratings, applicable) == ()
    assert strengths(edition, ratings, applicable) == ()


def test_the_scope_limits_what_is_named() -> None:
    edition = an_edition(checkpoints=[a_checkpoint("service.p.one"), a_checkpoint("parts.p.two")])
    low = ratings_of(dict.fromkeys(edition.checkpoints, 4))
    high = ratings_of(dict.fromkeys(edition.checkpoints, 10))
    assert names(gaps(edition, low, edition.checkpoints, scope=(AreaId("parts"),))) == ["two"]
    assert names(strengths(edition, high, edition.checkpoints, scope=(AreaId("service"),))) == ["one"]


def test_a_gap_says_what_it_misses() -> None:
    edition = an_edition(checkpoints=[a_checkpoint("a.p.one", weight=3, critical=True)])
    (gap,) = gaps(edition, ratings_of({"a.p.one": 6}), edition.checkpoints)
    assert (gap.points, gap.missing, gap.is_unmet_critical) == (6, 12, True)


@pytest.mark.parametrize(
    ("level", "missing"), [(80, 0), (85, 0), (86, 0), (87, 1), (90, 4), (Fraction(861, 10), 1)]
)
def test_what_a_level_still_takes_is_counted_in_weighted_points(level: int | Fraction, missing: int) -> None:
    # 86 of 100 weighted points
    checkpoints = [a_checkpoint("a.p.one", weight=3), a_checkpoint("a.p.two", weight=7)]
    tally = tally_of(checkpoints, ratings_of({"a.p.one": 10, "a.p.two": 8}))
    assert (tally.weighted_points, tally.weight) == (86, 10)
    assert required_points(tally, level) == missing


def test_nothing_is_required_where_nothing_is_rated() -> None:
    assert required_points(tally_of([], {}), 80) == 0


@FEW
@given(st.permutations(range(6)), st.lists(st.sampled_from([0, 4, 6, 8, 10]), min_size=6, max_size=6))
def test_the_order_in_which_ratings_arrive_changes_nothing(order: list[int], points: list[int]) -> None:
    edition = an_edition(
        checkpoints=[a_checkpoint(f"a.p.n{place}", weight=1 + place % 3) for place in range(6)]
    )
    ids = list(edition.checkpoints)
    ratings = ratings_of(dict(zip(ids, points, strict=True)))
    shuffled = {ids[place]: ratings[ids[place]] for place in order}
    assert gaps(edition, shuffled, list(shuffled)) == gaps(edition, ratings, ids)
    assert strengths(edition, shuffled, list(shuffled)) == strengths(edition, ratings, ids)
