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
_FIELDS = ("assessment_id", "checkpoint_id", "points", "rated_at")


Mark = tuple[CheckpointId, int | None, date]
"""One decided rating: its checkpoint, its points (None = not applicable), the day it was rated in UTC."""
Marks = Mapping[AssessmentId, list[Mark]]


def marks_of(reader: Reader, assessments: Iterable[Assessment]) -> dict[AssessmentId, list[Mark]]:
    """The decided ratings of these assessments within their scopes, under the ids of their own editions; self-assessments left out."""
    wanted = {one.id: one for one in assessments if one.kind is not AssessmentKind.SELF_ASSESSMENT}
    found: dict[AssessmentId, list[Mark]] = {id: [] for id in wanted}
    places = {id: (frozenset[str](one.scope), one.started_on, found[id].append) for id, one in wanted.items()}
    rows = reader.fields(Rating, _FIELDS, assessment_id=frozenset(wanted), outcome=_DECIDED)
    for assessment_id, checkpoint_id, points, rated_at in rows:
        scope, started_on, add = places[assessment_id]
        if checkpoint_id[: checkpoint_id.index(".")] in scope:
            add((checkpoint_id, points, started_on if rated_at is None else rated_at.date()))
    return found


def marks_under(edition: Edition, assessment: Assessment, marks: list[Mark], lineage: Lineage) -> list[Mark]:
    """The marks of an assessment under the ids of an edition: its own, or a later one, where each checkpoint has what it comes from."""
    then = lineage.of(assessment)
    if then == edition.hash:
        return marks
    by_id = {mark[0]: mark for mark in marks}
    origins = lineage.before(edition.checkpoints, at=edition.hash, to=then)
    return [(now, *by_id[id][1:]) for now, id in origins.items() if id in by_id]


class RunningLevels:
    """The counts of each area over the last mark of each applicable checkpoint: what `area_results` would count, kept up mark by mark."""

    def __init__(self, edition: Edition, applicable: Collection[CheckpointId]) -> None:
        self._rules = edition.rules
        self._counts: dict[str, _Counts] = {}
        self._of: dict[CheckpointId, tuple[_Counts, int]] = {}
        self._last: dict[CheckpointId, int | None] = {}
        for id in applicable:
            counts = self._counts.setdefault(id[: id.index(".")], _Counts())
            counts.total += 1
            self._of[id] = counts, edition.checkpoints[id].weight

    def take(self, marks: Iterable[Mark]) -> None:
        """These marks count from now on instead of earlier ones of the same checkpoints."""
        last, of = self._last, self._of
        for id, points, day in marks:
            if id not in of:
                continue
            counts, weight = of[id]
            if counts.rated_on is None or day > counts.rated_on:
                counts.rated_on = day
            if id in last:
                if last[id] == points:
                    continue
                counts.add(last[id], weight, -1)
            counts.add(points, weight, 1)
            last[id] = points

    def areas(self) -> tuple[AreaResult, ...]:
        """Each area in which something applies, without its processes, as it stands after the marks taken."""
        return tuple(
            AreaResult(
                area_id=AreaId(id),
                tally=(tally := counts.tally()),
                processes=(),
                is_rated=bool(tally.weight) and tally.coverage >= self._rules.coverage,
            )
            for id, counts in self._counts.items()
        )

    def overall(self) -> Fraction | None:
        """The overall level; None while an area that applies is not rated."""
        areas = [area for area in self.areas() if area.applies]
        return overall_of(areas, self._rules) if all(area.is_rated for area in areas) else None

    def last_days(self) -> dict[str, date]:
        """The day of the newest mark of each area that has one."""
        return {id: counts.rated_on for id, counts in self._counts.items() if counts.rated_on is not None}


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
        self.rated_on: date | None = None

    def add(self, points: int | None, weight: int, sign: int) -> None:
        if points is None:
            self.not_applicable += sign
        else:
            self.rated += sign
            self.weighted_points += sign * weight * points
            self.weight += sign * weight

    def tally(self) -> Tally:
        return Tally(
            applicable=self.total - self.not_applicable,
            rated=self.rated,
            not_applicable=self.not_applicable,
            not_seen=0,
            weighted_points=self.weighted_points,
            weight=self.weight,
        )
