"""In which order the areas of a programme are worked on, and how they are put into waves."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Final

from qma_app.domain.edition import Area, Checkpoint, Edition
from qma_app.domain.ids import AreaId, CheckpointId
from qma_app.domain.levels import points_of, shown_level, tally_of
from qma_app.domain.phase_spans import PhaseSpan
from qma_app.domain.rating import Rating
from qma_app.i18n import _, number_text

FOUNDATIONS: Final = ("management", "organisation")
"""What every other area rests on: leadership and a house in order come first."""
AFTER: Final[Mapping[str, tuple[str, ...]]] = {
    "parts": ("service",),
    "finance-insurance": ("new-cars",),
    "used-cars": ("new-cars",),
    "marketing": ("customer-relations",),
}
"""What is easier once another area is under way: parts follow the orders of service, finance and used cars the sale of new ones."""
_MOST_EFFECT: Final = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class RankedArea:
    """One area in its place of the order: `gap` (0 to 100) is None before it was rated, `load` its open checkpoints."""

    area: Area
    score: Fraction
    gap: Fraction | None
    effect: Fraction
    load: int
    after: tuple[Area, ...]
    is_foundation: bool


def ranked_areas(
    edition: Edition, checkpoints: Collection[Checkpoint], ratings: Mapping[CheckpointId, Rating]
) -> tuple[RankedArea, ...]:
    """The areas of these checkpoints in the order in which they should be worked on.

    Score = gap x effect, 0 to 100. The gap is what the area's level lacks to 100; the effect is the mean effect on customers of
    its checkpoints by their weight (`impact.cx`, 0 to 3), as a share of 3. An area that is not rated yet counts with the mean gap of the
    rated ones, and with 100 before any is rated, so that only effect and order speak. The highest score comes first, equals in the
    order of the standard; but management and organisation come before everything, and an area waits for those it rests on.
    """
    by_area: dict[AreaId, list[Checkpoint]] = {}
    for point in checkpoints:
        by_area.setdefault(point.area_id, []).append(point)
    areas = [area for area in edition.areas if area.id in by_area]
    gaps = {area.id: _gap(by_area[area.id], ratings) for area in areas}
    known = [gap for gap in gaps.values() if gap is not None]
    usual = sum(known, Fraction()) / len(known) if known else Fraction(100)
    bound, present = edition.rules.critical_points, {area.id: area for area in areas}
    ranked = [
        _ranked(area, by_area[area.id], ratings, gaps[area.id], usual, bound, present) for area in areas
    ]
    return tuple(_in_order(ranked))


def waves_of(ranked: Sequence[RankedArea], waves: int) -> tuple[tuple[RankedArea, ...], ...]:
    """The areas in their order, cut into waves of about the same load; no wave is empty while there are areas enough."""
    count = max(1, min(waves, len(ranked)))
    total = sum(max(1, one.load) for one in ranked)
    found: list[tuple[RankedArea, ...]] = []
    begin = done = 0
    for wave in range(1, count + 1):
        end = begin + 1
        done += max(1, ranked[begin].load) if ranked else 0
        latest = len(ranked) - (count - wave)
        while end < latest:
            load = max(1, ranked[end].load)
            if wave < count and (2 * done + load) * count > 2 * wave * total:
                break
            done += load
            end += 1
        found.append(tuple(ranked[begin:end]))
        begin = end
    return tuple(found)


def area_days(span: PhaseSpan, place: int, count: int) -> tuple[date, date]:
    """The days of the area in `place` (from 0) of `count` in a wave: each takes half of the wave, begun one after the other."""
    length = (span.ends_on - span.starts_on).days + 1
    first = span.starts_on + timedelta(days=length * place // (2 * count))
    behind = span.starts_on + timedelta(days=-(-length * (count + place + 1) // (2 * count)))
    return first, max(first, behind - timedelta(days=1))


def reasons_of(one: RankedArea) -> tuple[str, ...]:
    """Why an area stands where it does, for people."""
    found = []
    if one.is_foundation:
        found.append(_("everything else rests on it"))
    if one.gap is None:
        found.append(_("not rated yet"))
    else:
        found.append(_("level {level}").format(level=shown_level(100 - one.gap)))
    found.append(
        _("effect on customers {effect} of {most}").format(
            effect=number_text(one.effect, 1), most=_MOST_EFFECT
        )
    )
    if one.after:
        found.append(_("after {areas}").format(areas=", ".join(str(each.title) for each in one.after)))
    return tuple(found)


def is_open(rating: Rating | None, bound: int) -> bool:
    """Whether a checkpoint still has to be worked on: unrated, or below the points from which it is met."""
    points = points_of(rating)
    return points is None or points < bound


def _ranked(
    area: Area,
    points: list[Checkpoint],
    ratings: Mapping[CheckpointId, Rating],
    gap: Fraction | None,
    usual: Fraction,
    bound: int,
    present: Mapping[AreaId, Area],
) -> RankedArea:
    weight = sum(point.weight for point in points)
    effect = (
        Fraction(sum(point.weight * point.impact.cx for point in points), weight) if weight else Fraction()
    )
    return RankedArea(
        area=area,
        score=(usual if gap is None else gap) * effect / _MOST_EFFECT,
        gap=gap,
        effect=effect,
        load=sum(is_open(ratings.get(point.id), bound) for point in points),
        after=tuple(present[AreaId(id)] for id in AFTER.get(area.id, ()) if id in present),
        is_foundation=area.id in FOUNDATIONS,
    )


def _gap(points: list[Checkpoint], ratings: Mapping[CheckpointId, Rating]) -> Fraction | None:
    level = tally_of(points, ratings).level
    return None if level is None else 100 - level


def _in_order(ranked: list[RankedArea]) -> list[RankedArea]:
    waiting = sorted(ranked, key=_by_score)  # equals stay in the order of the standard
    found: list[RankedArea] = []
    while waiting:
        chosen = {one.area.id for one in found}
        ready = (one for one in waiting if all(each.id in chosen for each in one.after))
        following = next(ready, waiting[0])
        waiting.remove(following)
        found.append(following)
    return found


def _by_score(one: RankedArea) -> tuple[bool, Fraction]:
    return not one.is_foundation, -one.score
