"""Levels and coverage: exact, over what was rated, and never shown on the wrong side of a bound."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qma_app.domain.edition import Edition
from qma_app.domain.ids import AreaId, CheckpointId
from qma_app.domain.levels import area_results, bounds_of, outcome_of, overall_of, tally_of
from qma_app.domain.rating import Outcome, Rating
from qma_app.domain.scoring import level_of, shown_level
from qma_app.i18n import in_language
from tests.builders import (
    a_checkpoint,
    a_rating,
    a_rating_not_applicable,
    a_rating_not_seen,
    an_edition,
    ratings_of,
    some_rules,
)

FEW = settings(max_examples=50, deadline=None)

SERVICE, PARTS = AreaId("service"), AreaId("parts")


def test_the_level_of_a_weighted_checklist_is_the_worked_one() -> None:
    rows = [(3, 10), (2, 8), (1, 6), (2, None), (1, 4), (3, 10)]
    checkpoints = [
        a_checkpoint(f"a.p.n{place}", weight=weight) for place, (weight, _points) in enumerate(rows)
    ]
    ratings: dict[CheckpointId, Rating] = {
        point.id: a_rating_not_applicable(point.id) if points is None else a_rating(points, point.id)
        for point, (_weight, points) in zip(checkpoints, rows, strict=True)
    }
    tally = tally_of(checkpoints, ratings)
    assert (tally.weighted_points, tally.weight) == (86, 10)
    assert tally.level == level_of(checkpoints, ratings) == 86
    assert (tally.applicable, tally.rated, tally.not_applicable) == (5, 5, 1)
    assert tally.coverage == 1


def areas_at(*levels: int) -> tuple[Edition, dict[CheckpointId, Rating]]:
    """Areas a0, a1, ... at whole levels: so many of a hundred checkpoints are met, the others not."""
    points = {
        f"a{area}.p.n{place}": 10 if place < level else 0
        for area, level in enumerate(levels)
        for place in range(100)
    }
    return an_edition(checkpoints=[a_checkpoint(id) for id in points]), ratings_of({**points})


def test_the_weighted_and_the_plain_mean_of_areas_are_the_worked_ones() -> None:
    edition, ratings = areas_at(88, 81, 76, 92)
    areas = area_results(edition, ratings, edition.checkpoints)
    weights = {AreaId("a0"): 3, AreaId("a1"): 2, AreaId("a2"): 3, AreaId("a3"): 2}
    assert overall_of(areas, some_rules()) == Fraction("84.25")
    assert overall_of(areas, some_rules(area_weights=weights)) == Fraction("83.8")


def test_an_area_the_edition_gives_no_weight_to_counts_once() -> None:
    edition, ratings = areas_at(90, 60)
    areas = area_results(edition, ratings, edition.checkpoints)
    assert overall_of(areas, some_rules(area_weights={AreaId("a0"): 2})) == 80


def test_not_seen_and_open_lower_the_coverage_and_not_the_level() -> None:
    checkpoints = [a_checkpoint(f"a.p.n{place}") for place in range(5)]
    ids = [point.id for point in checkpoints]
    ratings = {ids[0]: a_rating(8, ids[0]), ids[1]: a_rating_not_seen(ids[1]), ids[2]: a_rating(None, ids[2])}
    ratings[ids[3]] = a_rating_not_applicable(ids[3])
    tally = tally_of(checkpoints, ratings)
    assert tally.level == 80
    assert (tally.applicable, tally.rated, tally.not_seen, tally.open, tally.not_applicable) == (
        4,
        1,
        1,
        2,
        1,
    )
    assert tally.coverage == Fraction(1, 4)


def test_nothing_rated_has_no_level() -> None:
    assert level_of([a_checkpoint()], {}) is None
    assert level_of([], {}) is None


def test_coverage_counts_checkpoints_whatever_they_weigh() -> None:
    checkpoints = [a_checkpoint("a.p.heavy", weight=3), a_checkpoint("a.p.light"), a_checkpoint("a.p.other")]
    edition = an_edition(checkpoints=checkpoints)
    (area,) = area_results(edition, ratings_of({"a.p.heavy": 10}), edition.checkpoints)
    assert area.tally.coverage == Fraction(1, 3)
    assert not area.is_rated


@pytest.mark.parametrize(
    ("rated", "of", "is_rated"), [(2, 3, True), (1, 2, False), (4, 6, True), (65, 98, False)]
)
def test_two_thirds_of_the_checkpoints_are_just_enough(rated: int, of: int, is_rated: bool) -> None:
    edition = an_edition(checkpoints=[a_checkpoint(f"a.p.n{place}") for place in range(of)])
    ratings = ratings_of({f"a.p.n{place}": 10 for place in range(rated)})
    (area,) = area_results(edition, ratings, edition.checkpoints)
    assert area.is_rated is is_rated


def test_an_area_in_which_nothing_is_rated_is_not_rated_however_little_coverage_is_asked_for() -> None:
    edition = an_edition(rules=some_rules(coverage=Fraction(0)))
    assert not any(area.is_rated for area in area_results(edition, {}, edition.checkpoints))


def test_areas_and_processes_come_in_the_order_of_the_standard() -> None:
    edition = an_edition()
    areas = area_results(edition, {}, list(reversed(list(edition.checkpoints))))
    assert [area.area_id for area in areas] == [SERVICE, PARTS]
    assert [process.process_id for area in areas for process in area.processes] == list(edition.processes)


def test_an_area_adds_up_its_processes() -> None:
    edition = an_edition()
    ratings = ratings_of({"service.reception.greeting": 8, "service.repair-order.price-agreed": 10})
    service = area_results(edition, ratings, edition.checkpoints, scope=(SERVICE,))[0]
    assert [process.tally.level for process in service.processes] == [80, 100]
    assert (service.tally.weighted_points, service.tally.weight) == (2 * 8 + 3 * 10, 5)
    assert service.level == 92


@pytest.mark.parametrize(
    ("rating", "outcome"),
    [
        (None, Outcome.OPEN),
        (a_rating(None), Outcome.OPEN),
        (a_rating(0), Outcome.RATED),
        (a_rating(None, outcome=Outcome.RATED), Outcome.OPEN),
        (a_rating_not_applicable(), Outcome.NOT_APPLICABLE),
        (a_rating_not_applicable(reason="  "), Outcome.OPEN),
        (a_rating_not_seen(), Outcome.NOT_SEEN),
    ],
)
def test_only_points_or_a_reason_close_a_checkpoint(rating: Rating | None, outcome: Outcome) -> None:
    assert outcome_of(rating) is outcome


@pytest.mark.parametrize(
    ("level", "shown"),
    [
        ("79.95", "79.95%"),
        ("79.949", "79.9%"),
        ("79.9999", "79.9999%"),
        ("80", "80.0%"),
        ("80.04", "80.04%"),
        ("80.05", "80.1%"),
        ("69.96", "69.96%"),
        ("85.96", "86.0%"),
    ],
)
def test_a_level_is_never_shown_on_the_wrong_side_of_a_bound(level: str, shown: str) -> None:
    assert shown_level(Fraction(level), (70, 80)) == shown


def test_a_level_without_bounds_is_rounded_half_up() -> None:
    assert shown_level(Fraction("79.95")) == "80.0%"
    assert shown_level(Fraction("79.5"), places=0) == "80%"
    assert shown_level(Fraction("79.5"), (80,), places=0) == "79.5%"
    assert shown_level(Fraction(200, 3), (Fraction(200, 3),)) == "66.7%"


def test_a_bound_between_two_figures_is_not_leapt_over() -> None:
    assert shown_level(Fraction("79.96"), (Fraction("79.97"),)) == "79.96%"


def test_a_level_not_yet_known_is_a_dash() -> None:
    assert shown_level(None, (80,)) == "–"


def test_a_level_is_shown_as_the_language_writes_it() -> None:
    with in_language("de"):
        assert shown_level(Fraction("79.95"), (80,)) == "79,95\N{NO-BREAK SPACE}%"


@FEW
@given(st.fractions(0, 100, max_denominator=5000), st.integers(0, 2))
def test_whatever_the_level_the_shown_figure_tells_the_truth_about_every_bound(
    level: Fraction, places: int
) -> None:
    bounds = bounds_of(some_rules())
    shown = Fraction(shown_level(level, bounds, places).removesuffix("%"))
    assert [(shown > bound, shown < bound) for bound in bounds] == [
        (level > bound, level < bound) for bound in bounds
    ]


def test_the_bounds_are_every_level_that_decides_something() -> None:
    rules = some_rules(pass_mark=82, area_floor=65)
    assert bounds_of(rules) == (65, 70, 80, 82, 90)
