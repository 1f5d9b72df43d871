"""The result to expect if somebody audited today, with the range it will lie in: the unrated part decides how wide that is."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from operator import attrgetter

from qma_app.domain.edition import Checkpoint, Edition
from qma_app.domain.ids import AreaId, CheckpointId
from qma_app.domain.levels import Ratings, outcome_of, points_of
from qma_app.domain.rating import Outcome

_FULL = Fraction(100)


@dataclass(frozen=True, kw_only=True, slots=True)
class AreaRange:
    """What to expect of one area, in percent; `weight` is that of everything in it that counts, `unseen` how much of it nobody rated."""

    area_id: AreaId
    low: Fraction
    expected: Fraction
    high: Fraction
    weight: int
    unseen: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ResultRange:
    """What to expect overall and of each area in which something applies; None overall while nothing is rated."""

    low: Fraction | None
    expected: Fraction | None
    high: Fraction | None
    areas: tuple[AreaRange, ...]


def result_range(
    edition: Edition,
    ratings: Ratings,
    applicable: Collection[CheckpointId],
    *,
    doubted: Collection[CheckpointId] = (),
) -> ResultRange:
    """Level m and spread d of what is rated in an area are carried over to what is not.

    With R the weight of the rated and U that of the unrated checkpoints of an area (not applicable ones left out), m the level of
    the rated ones and d the mean distance of their levels from m (both weighted): expected = m; low = (R m' + U max(0, m - d)) / (R + U);
    high = (R m + U min(100, m + d)) / (R + U). In m' the `doubted` checkpoints, which are green on paper only, count as the step of the scale below the
    critical points. An area in which nothing is rated is expected at the mean of the others, and lies between the lowest low and the
    highest high of them. Overall is the mean of the areas by the weights of the edition, of each of the three.
    """
    applying = frozenset(applicable)
    known: dict[AreaId, AreaRange] = {}
    blank: dict[AreaId, int] = {}
    for area in edition.areas:
        points = [
            one
            for one in area.checkpoints()
            if one.id in applying and outcome_of(ratings.get(one.id)) is not Outcome.NOT_APPLICABLE
        ]
        if not points:
            continue
        found = _area_range(edition, area.id, points, ratings, frozenset(doubted))
        if found is None:
            blank[area.id] = sum(one.weight for one in points)
        else:
            known[area.id] = found
    if not known:
        return ResultRange(low=None, expected=None, high=None, areas=())
    weights = edition.rules.area_weights
    middle = _mean(known, weights, attrgetter("expected"))
    lowest, highest = min(one.low for one in known.values()), max(one.high for one in known.values())
    for area_id, weight in blank.items():
        known[area_id] = AreaRange(
            area_id=area_id, low=lowest, expected=middle, high=highest, weight=weight, unseen=weight
        )
    ordered = tuple(known[area.id] for area in edition.areas if area.id in known)
    return ResultRange(
        low=_mean(known, weights, attrgetter("low")),
        expected=_mean(known, weights, attrgetter("expected")),
        high=_mean(known, weights, attrgetter("high")),
        areas=ordered,
    )


def _area_range(
    edition: Edition,
    area_id: AreaId,
    points: Sequence[Checkpoint],
    ratings: Ratings,
    doubted: frozenset[CheckpointId],
) -> AreaRange | None:
    rated = [(one, 10 * found) for one in points if (found := points_of(ratings.get(one.id))) is not None]
    if not rated:
        return None
    weight = sum(one.weight for one, _level in rated)
    unseen = sum(one.weight for one in points) - weight
    level = Fraction(sum(one.weight * here for one, here in rated), weight)
    spread = sum((one.weight * abs(here - level) for one, here in rated), Fraction()) / weight
    fallen = 10 * _step_below(edition)
    doubtful = Fraction(
        sum(one.weight * (min(here, fallen) if one.id in doubted else here) for one, here in rated), weight
    )
    whole = weight + unseen
    return AreaRange(
        area_id=area_id,
        low=(weight * doubtful + unseen * max(Fraction(), level - spread)) / whole,
        expected=level,
        high=(weight * level + unseen * min(_FULL, level + spread)) / whole,
        weight=whole,
        unseen=unseen,
    )


def _step_below(edition: Edition) -> int:
    """The highest step of the scale that is not enough for a critical checkpoint."""
    return max((one for one in edition.points if one < edition.rules.critical_points), default=0)


def _mean(
    areas: Mapping[AreaId, AreaRange], weights: Mapping[AreaId, int], of: Callable[[AreaRange], Fraction]
) -> Fraction:
    weighed = [(weights.get(id, 1), of(one)) for id, one in areas.items()]
    return sum((weight * value for weight, value in weighed), Fraction()) / sum(
        weight for weight, _value in weighed
    )
