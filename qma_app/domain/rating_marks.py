"""The decided ratings of a programme, as little of each as levels need, and levels that are kept up mark by mark."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from fractions import Fraction

from qma_app.domain.applicability import applicable_checkpoints
from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.dealership import Premises
from qma_app.domain.edition import Edition
from qma_app.domain.ids import AreaId, AssessmentId, CheckpointId
from qma_app.domain.levels import overall_of
from qma_app.domain.lineage import Lineage
from qma_app.domain.ports import Reader
from qma_app.domain.rating import Outcome, Rating
from qma_app.domain.result import AreaResult, Tally

_DECIDED = frozenset({Outcome.RATED, Outcome.NOT_APPLICABLE})
_FIELDS = ("checkpoint_id", "points", "rated_at")
_NEVER = -1
"""Points of a checkpoint that nobody has rated."""


Mark = tuple[CheckpointId, int | None, date]
"""One decided rating: its checkpoint, its points (None = not applicable), the day it was rated in UTC."""
Marks = Mapping[AssessmentId, list[Mark]]


def marks_of(reader: Reader, assessments: Iterable[Assessment]) -> dict[AssessmentId, list[Mark]]:
    """The decided ratings of these assessments within their scopes, under the ids of their own editions; self-assessments left out."""
    return {
        one.id: _marks_in(reader, one)
        for one in assessments
        if one.kind is not AssessmentKind.SELF_ASSESSMENT
    }


def _marks_in(reader: Reader, assessment: Assessment) -> list[Mark]:
    scope, started_on = frozenset[str](assessment.scope), assessment.started_on
    rows = reader.fields(Rating, _FIELDS, assessment_id=assessment.id, outcome=_DECIDED)
    return [
        (id, points, started_on if rated_at is None else rated_at.date())
        for id, points, rated_at in rows
        if id[: id.index(".")] in scope
    ]


def marks_under(edition: Edition, assessment: Assessment, marks: list[Mark], lineage: Lineage) -> list[Mark]:
    """The marks of an assessment under the ids of an edition: its own, or a later one, where each checkpoint has what it comes from."""
    then = lineage.of(assessment)
    if then == edition.hash:
        return marks
    by_id = {mark[0]: mark for mark in marks}
    origins = lineage.before(edition.checkpoints, at=edition.hash, to=then)
    return [(now, *by_id[id][1:]) for now, id in origins.items() if id in by_id]


def covers(tally: Tally, share: Fraction) -> bool:
    """Whether the coverage reaches a share, in whole numbers: asked for every area after every assessment."""
    return tally.rated * share.denominator >= tally.applicable * share.numerator


class RunningLevels:
    """The counts of each area over the last mark of each applicable checkpoint: what `area_results` would count, kept up mark by mark."""

    def __init__(self, edition: Edition, applicable: Collection[CheckpointId]) -> None:
        self._rules = edition.rules
        self._counts: dict[str, _Counts] = {}
        self._points: dict[CheckpointId, _Point] = {}
        checkpoints = edition.checkpoints
        for id in applicable:
            area = id[: id.index(".")]
            counts = self._counts.get(area)
            if counts is None:
                counts = self._counts[area] = _Counts()
            counts.total += 1
            self._points[id] = _Point(counts, checkpoints[id].weight)

    def take(self, marks: Iterable[Mark]) -> None:
        """These marks count from now on instead of earlier ones of the same checkpoints."""
        known = self._points
        for id, points, day in marks:
            if id not in known:
                continue
            point = known[id]
            counts, before = point.counts, point.points
            if day > counts.rated_on:
                counts.rated_on = day
            if points == before:
                continue
            point.points = points
            if before is None:
                counts.not_applicable -= 1
            elif before != _NEVER:
                counts.rated -= 1
                counts.weight -= point.weight
                counts.weighted_points -= point.weight * before
            if points is None:
                counts.not_applicable += 1
            else:
                counts.rated += 1
                counts.weight += point.weight
                counts.weighted_points += point.weight * points

    def areas(self) -> tuple[AreaResult, ...]:
        """Each area in which something applies, without its processes, as it stands after the marks taken."""
        return tuple(
            AreaResult(
                area_id=AreaId(id),
                tally=(tally := counts.tally()),
                processes=(),
                is_rated=bool(tally.weight) and covers(tally, self._rules.coverage),
            )
            for id, counts in self._counts.items()
        )

    def overall(self) -> Fraction | None:
        """The overall level; None while an area that applies is not rated."""
        areas = [area for area in self.areas() if area.applies]
        return overall_of(areas, self._rules) if all(area.is_rated for area in areas) else None

    def points_of(self, ids: Iterable[CheckpointId]) -> dict[CheckpointId, int | None]:
        """The points of those of these checkpoints that have a mark; None where one does not apply."""
        known = self._points
        return {id: points for id in ids if id in known and (points := known[id].points) != _NEVER}

    def last_days(self) -> dict[str, date]:
        """The day of the newest mark of each area that has one."""
        return {id: counts.rated_on for id, counts in self._counts.items() if counts.rated_on > date.min}


class LevelRun:
    """Levels after one assessment and the next, begun anew only where another edition is looked at or something else applies."""

    def __init__(self, marks: Marks, lineage: Lineage) -> None:
        self._marks = marks
        self._lineage = lineage
        self._added: list[Assessment] = []
        self._taken = 0
        self._ground: tuple[str, Premises] | None = None
        self._running: RunningLevels | None = None

    def add(self, assessment: Assessment) -> None:
        """The marks of this assessment count from now on, over those of the ones before it."""
        self._added.append(assessment)

    def levels(self, edition: Edition, premises: Premises) -> RunningLevels:
        """The levels after all assessments added so far, in an edition and by what applies to these premises."""
        if self._running is None or self._ground != (edition.hash, premises):
            self._running = RunningLevels(edition, applicable_checkpoints(edition, premises))
            self._ground, self._taken = (edition.hash, premises), 0
        for one in self._added[self._taken :]:
            self._running.take(marks_under(edition, one, self._marks[one.id], self._lineage))
        self._taken = len(self._added)
        return self._running


class _Counts:
    """Counts of one area as they are added up."""

    __slots__ = ("not_applicable", "rated", "rated_on", "total", "weight", "weighted_points")

    def __init__(self) -> None:
        self.total = self.rated = self.not_applicable = self.weighted_points = self.weight = 0
        self.rated_on = date.min

    def tally(self) -> Tally:
        return Tally(
            applicable=self.total - self.not_applicable,
            rated=self.rated,
            not_applicable=self.not_applicable,
            not_seen=0,
            weighted_points=self.weighted_points,
            weight=self.weight,
        )


class _Point:
    """One applicable checkpoint with its last mark, and the counts it is part of."""

    __slots__ = ("counts", "points", "weight")

    def __init__(self, counts: _Counts, weight: int) -> None:
        self.counts = counts
        self.weight = weight
        self.points: int | None = _NEVER
