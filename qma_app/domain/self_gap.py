"""How a department sees itself beside how the coach sees it: only checkpoints that both have rated, and the same ones for both."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.edition import Checkpoint, Edition
from qma_app.domain.ids import AreaId
from qma_app.domain.levels import Ratings, points_of
from qma_app.domain.ports import Reader
from qma_app.domain.standing import edition_of_assessment

WIDEST = 5
GAP_KPI = "O43"
"""The code under which the standard defines the gap as a KPI."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PointGap:
    """One checkpoint: the points of the self-assessment with its note, and the coach's."""

    checkpoint: Checkpoint
    own: int
    coach: int
    note: str = ""

    @property
    def gap(self) -> int:
        """Above 0 where the department sees itself better than the coach does."""
        return self.own - self.coach


@dataclass(frozen=True, kw_only=True, slots=True)
class Gap:
    """Checkpoints that both have rated, never none; levels are in percent, by the weights of the standard."""

    points: tuple[PointGap, ...]

    @property
    def count(self) -> int:
        """On how many checkpoints it rests."""
        return len(self.points)

    @property
    def own_level(self) -> Fraction:
        return _level((each.checkpoint.weight, each.own) for each in self.points)

    @property
    def coach_level(self) -> Fraction:
        return _level((each.checkpoint.weight, each.coach) for each in self.points)

    @property
    def level(self) -> Fraction:
        """Self minus coach in points of the level, -100 to 100, as the KPI has it."""
        return self.own_level - self.coach_level

    def too_high(self, count: int = WIDEST) -> tuple[PointGap, ...]:
        """Where the department sees itself most above the coach: widest first, then heaviest, then as the standard has them."""
        above = [each for each in self.points if each.gap > 0]
        return tuple(sorted(above, key=lambda each: (-each.gap, -each.checkpoint.weight))[:count])

    def too_low(self, count: int = WIDEST) -> tuple[PointGap, ...]:
        """Where it sees itself most below the coach, in the same order."""
        below = [each for each in self.points if each.gap < 0]
        return tuple(sorted(below, key=lambda each: (each.gap, -each.checkpoint.weight))[:count])


@dataclass(frozen=True, kw_only=True, slots=True)
class AreaGap:
    """The gap of one area, and the self-assessment it comes from."""

    area_id: AreaId
    assessment: Assessment
    gap: Gap


def self_assessment_of(
    assessments: Iterable[Assessment], area_id: AreaId, *, until: date | None = None
) -> Assessment | None:
    """The newest completed self-assessment of an area that was begun by `until` (None: the newest of all).

    Where none was begun by then it is the first one after, so that a department may answer to the coach's picture too.
    """
    mine = sorted(
        (
            each
            for each in assessments
            if each.kind is AssessmentKind.SELF_ASSESSMENT and not each.is_open and area_id in each.scope
        ),
        key=lambda each: each.number,
    )
    before = [each for each in mine if until is None or each.started_on <= until]
    return before[-1] if before else mine[0] if mine else None


def area_gaps(
    reader: Reader,
    edition: Edition,
    assessments: Sequence[Assessment],
    coach: Ratings,
    applicable: Collection[str],
    *,
    scope: Sequence[AreaId] | None = None,
    until: date | None = None,
) -> tuple[AreaGap, ...]:
    """Each area of the scope (None: all) that has a self-assessment, beside these ratings of the coach.

    An area in which not one checkpoint was rated by both has no gap and is left out.
    """
    # A checkpoint of another edition may ask for something else under the same id.
    comparable = [
        each
        for each in assessments
        if each.kind is AssessmentKind.SELF_ASSESSMENT
        and edition_of_assessment(reader, each).hash == edition.hash
    ]
    known: dict[str, Ratings] = {}
    found = []
    for area in edition.areas:
        if scope is not None and area.id not in scope:
            continue
        own = self_assessment_of(comparable, area.id, until=until)
        if own is None:
            continue
        if own.id not in known:
            known[own.id] = reader.ratings(own.id)
        gap = gap_between(known[own.id], coach, (p for p in area.checkpoints() if p.id in applicable))
        if gap is not None:
            found.append(AreaGap(area_id=area.id, assessment=own, gap=gap))
    return tuple(found)


def gap_between(own: Ratings, coach: Ratings, checkpoints: Iterable[Checkpoint]) -> Gap | None:
    """The gap over these checkpoints; None where not one has points from both."""
    points = []
    for checkpoint in checkpoints:
        mine, theirs = own.get(checkpoint.id), points_of(coach.get(checkpoint.id))
        own_points = points_of(mine)
        if mine is not None and own_points is not None and theirs is not None:
            points.append(PointGap(checkpoint=checkpoint, own=own_points, coach=theirs, note=mine.note))
    return Gap(points=tuple(points)) if points else None


def together(areas: Iterable[AreaGap]) -> Gap | None:
    """All checkpoints of these areas as one gap; None without any."""
    points = tuple(point for area in areas for point in area.gap.points)
    return Gap(points=points) if points else None


def _level(rated: Iterable[tuple[int, int]]) -> Fraction:
    pairs = tuple(rated)
    weight = sum(each for each, _points in pairs)
    return Fraction(10 * sum(each * points for each, points in pairs), weight)
