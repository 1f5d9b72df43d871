"""Counts and levels over checkpoints, exact to the last digit, and the one way a level is shown near a bound.

Nothing here makes sentences, so that a screen can have its figures before any language is loaded.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import fields
from fractions import Fraction

from qma_app.domain.edition import Area, Checkpoint, Edition, ResultRules
from qma_app.domain.ids import AreaId, CheckpointId
from qma_app.domain.rating import Outcome, Rating
from qma_app.domain.result import AreaResult, ProcessResult, Tally
from qma_app.i18n import level_text, rounded

Ratings = Mapping[CheckpointId, Rating]
_NONE = dict.fromkeys(Outcome, 0)


def outcome_of(rating: Rating | None) -> Outcome:
    """How far a checkpoint has come: untouched is open, and so is one set aside as not applicable without a reason."""
    if rating is None:
        return Outcome.OPEN
    if rating.outcome is Outcome.RATED and rating.points is None:
        return Outcome.OPEN
    if rating.outcome is Outcome.NOT_APPLICABLE and not rating.reason.strip():
        return Outcome.OPEN
    return rating.outcome


def points_of(rating: Rating | None) -> int | None:
    """The points of a rated checkpoint, None for any other."""
    return rating.points if rating is not None and rating.outcome is Outcome.RATED else None


def tally_of(checkpoints: Iterable[Checkpoint], ratings: Ratings) -> Tally:
    """Counts and weighted points over these checkpoints; the caller leaves out those that do not apply."""
    counts = _NONE.copy()
    weighted_points = weight = 0
    for checkpoint in checkpoints:
        rating = ratings.get(checkpoint.id)
        counts[outcome_of(rating)] += 1
        points = points_of(rating)
        if points is not None:
            weighted_points += checkpoint.weight * points
            weight += checkpoint.weight
    return Tally(
        applicable=sum(counts.values()) - counts[Outcome.NOT_APPLICABLE],
        rated=counts[Outcome.RATED],
        not_applicable=counts[Outcome.NOT_APPLICABLE],
        not_seen=counts[Outcome.NOT_SEEN],
        weighted_points=weighted_points,
        weight=weight,
    )


def level_of(checkpoints: Iterable[Checkpoint], ratings: Ratings) -> Fraction | None:
    """The level of a process or any other group of checkpoints, in percent; None while none is rated."""
    return tally_of(checkpoints, ratings).level


def area_results(
    edition: Edition,
    ratings: Ratings,
    applicable: Collection[CheckpointId],
    *,
    scope: Sequence[AreaId] | None = None,
) -> tuple[AreaResult, ...]:
    """Each area of the scope (None: all) with its processes, in the order of the standard."""
    applying = frozenset(applicable)
    return tuple(
        _area_result(area, edition.rules, ratings, applying)
        for area in edition.areas
        if scope is None or area.id in scope
    )


def overall_of(areas: Iterable[AreaResult], rules: ResultRules) -> Fraction | None:
    """The mean of the rated areas by their weights (1 unless the edition says otherwise); None while none is rated."""
    points, weight = Fraction(0), 0
    for area in areas:
        if area.is_rated and area.level is not None:
            area_weight = rules.area_weights.get(area.area_id, 1)
            points += area_weight * area.level
            weight += area_weight
    return points / weight if weight else None


def sum_of(tallies: Iterable[Tally]) -> Tally:
    """All counts added up."""
    rows = tuple(tallies)
    return Tally(**{field.name: sum(getattr(row, field.name) for row in rows) for field in fields(Tally)})


def bounds_of(rules: ResultRules) -> tuple[int, ...]:
    """Every level that decides something, lowest first: what a shown figure must not seem to reach when it does not."""
    grades = rules.grades
    return tuple(
        sorted(
            {
                rules.pass_mark,
                rules.area_floor,
                grades.a_from,
                grades.b_from,
                grades.a_element_floor,
                grades.c_element_floor,
            }
        )
    )


def shown_level(level: Fraction | None, bounds: Collection[int | Fraction] = (), places: int = 1) -> str:
    """A level for people, with `places` decimals or as many more as keep it on its own side of every bound.

    79.95 beside a pass mark of 80 is shown as 79.95, never as 80.0. A dash where nothing is rated yet.
    """
    if level is not None:
        while any(_is_blurred(level, bound, places) for bound in bounds):
            places += 1
    return level_text(level, places)


def _is_blurred(level: Fraction, bound: int | Fraction, places: int) -> bool:
    shown = Fraction(rounded(level, places))
    return level != bound and (shown == bound or (shown > bound) != (level > bound))


def _area_result(
    area: Area, rules: ResultRules, ratings: Ratings, applying: frozenset[CheckpointId]
) -> AreaResult:
    processes = tuple(
        ProcessResult(
            process_id=process.id,
            tally=tally_of((point for point in process.checkpoints if point.id in applying), ratings),
        )
        for process in area.processes
    )
    tally = sum_of(process.tally for process in processes)
    return AreaResult(
        area_id=area.id,
        tally=tally,
        processes=processes,
        is_rated=tally.level is not None and tally.coverage >= rules.coverage,
    )
