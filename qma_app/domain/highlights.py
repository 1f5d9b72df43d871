"""The few things to say first: what is done best, and what is most urgent to mend."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from qma_app.domain.edition import Checkpoint, Edition
from qma_app.domain.ids import AreaId, CheckpointId
from qma_app.domain.levels import Ratings, points_of
from qma_app.domain.result import Tally

HOW_MANY = 3
_CUSTOMERS, _STAFF, _PROFIT = 40, 25, 35


@dataclass(frozen=True, kw_only=True, slots=True)
class Highlight:
    """A rated checkpoint worth a word; `missing` is its weight times the points short of the top of the scale."""

    checkpoint: Checkpoint
    points: int
    missing: int
    is_unmet_critical: bool


def strengths(
    edition: Edition,
    ratings: Ratings,
    applicable: Collection[CheckpointId],
    *,
    scope: Sequence[AreaId] | None = None,
    count: int = HOW_MANY,
) -> tuple[Highlight, ...]:
    """Fully met checkpoints, heaviest first, then by impact, then in the order of the standard."""
    met = [each for each in _rated(edition, ratings, applicable, scope) if not each.missing]
    return tuple(sorted(met, key=_weight_then_impact)[:count])


def gaps(
    edition: Edition,
    ratings: Ratings,
    applicable: Collection[CheckpointId],
    *,
    scope: Sequence[AreaId] | None = None,
    count: int = HOW_MANY,
) -> tuple[Highlight, ...]:
    """Checkpoints short of the top: unmet criticals first, then by missing weighted points, impact, order of the standard.

    Only what was rated is a gap; a checkpoint nobody has seen is not.
    """
    short = [each for each in _rated(edition, ratings, applicable, scope) if each.missing]
    return tuple(sorted(short, key=_urgency)[:count])


def required_points(tally: Tally, level: int | Fraction) -> int:
    """How many weighted points the rated checkpoints still lack for `level` percent; 0 once it is reached."""
    return max(0, ceil(Fraction(level) * tally.weight / 10) - tally.weighted_points)


def _rated(
    edition: Edition, ratings: Ratings, applicable: Collection[CheckpointId], scope: Sequence[AreaId] | None
) -> Iterator[Highlight]:
    top = edition.points[-1]
    applying = frozenset(applicable)
    for area in edition.areas:
        if scope is not None and area.id not in scope:
            continue
        for point in area.checkpoints():
            points = points_of(ratings.get(point.id))
            if points is not None and point.id in applying:
                yield Highlight(
                    checkpoint=point,
                    points=points,
                    missing=point.weight * (top - points),
                    is_unmet_critical=point.is_critical and points < edition.rules.critical_points,
                )


def _weight_then_impact(highlight: Highlight) -> tuple[int, int]:
    return -highlight.checkpoint.weight, -_impact(highlight.checkpoint)


def _urgency(highlight: Highlight) -> tuple[bool, int, int]:
    return not highlight.is_unmet_critical, -highlight.missing, -_impact(highlight.checkpoint)


def _impact(checkpoint: Checkpoint) -> int:
    """Customers, staff and profit weighed as for the priority of actions."""
    impact = checkpoint.impact
    return _CUSTOMERS * impact.cx + _STAFF * impact.ex + _PROFIT * impact.profit
