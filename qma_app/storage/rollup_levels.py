"""What the rollup keeps of levels: the sums of each area, moved by a difference with a rating, and the past overall levels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from operator import add, sub
from sqlite3 import Cursor
from typing import TYPE_CHECKING, NamedTuple

from qma_app.domain.applicability import applicable_checkpoints, premises_of
from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.edition import Checkpoint, Edition
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import AreaId, AssessmentId, CheckpointId, EngagementId
from qma_app.domain.levels import area_results, overall_of, points_of, tally_of
from qma_app.domain.lineage import lineage_of
from qma_app.domain.rating import Outcome, Rating
from qma_app.domain.standing import (
    applicable_in,
    edition_of_assessment,
    list_assessments,
    premises_in,
)

if TYPE_CHECKING:
    from qma_app.storage.scopes import ReadingScope

_DECIDED = (Outcome.RATED, Outcome.NOT_APPLICABLE)
_STORED = (
    "SELECT outcome, points, reason FROM ratings WHERE assessment_id = ? AND checkpoint_id = ? AND deleted_at IS NULL"
    " AND outcome IN ('rated', 'not-applicable')"
)
_ANY_STORED = (
    "SELECT 1 FROM ratings WHERE checkpoint_id = ? AND deleted_at IS NULL AND outcome IN ('rated', 'not-applicable')"
    " AND assessment_id IN"
)


class Word(NamedTuple):
    """What a decided rating says about its checkpoint; anything else about it moves no sum."""

    outcome: Outcome
    points: int | None
    has_reason: bool


class RatingMove(NamedTuple):
    """What one rating said before an edit and says after it; None = it decided nothing."""

    assessment_id: AssessmentId
    checkpoint_id: CheckpointId
    was: Word | None
    now: Word | None


class AreaSums(NamedTuple):
    """The standing of one area, as sums; `applicable` leaves out what was set aside as not applicable."""

    weighted_points: int = 0
    weight: int = 0
    rated: int = 0
    not_applicable: int = 0
    applicable: int = 0
    unmet_criticals: int = 0

    def moved(self, now: AreaSums, was: AreaSums) -> AreaSums:
        """With one thing in it replaced by another, field by field."""
        return AreaSums._make(map(sub, map(add, self, now), was))


class PastLevel(NamedTuple):
    """One assessment, self-assessments left out; `overall` is None while it is open or where an area that applies is not rated."""

    assessment_id: AssessmentId
    number: int
    kind: AssessmentKind
    on: date | None
    overall: Fraction | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Ground:
    """All that decides what a rating means for the standing, but the ratings themselves.

    `passes` are the assessments whose decided ratings stand in an area, the newest first: neither in the bin nor self-assessments,
    made in the edition in force. `carried` stands where none of them says anything; it comes from `older`, made in editions left behind.
    """

    edition: Edition
    applicable: frozenset[CheckpointId]
    passes: Mapping[AreaId, Sequence[AssessmentId]]
    older: frozenset[AssessmentId]
    carried: Mapping[CheckpointId, Rating]


def ground_of(reader: ReadingScope, engagement: Engagement) -> Ground:
    """The ground of a programme as it is now."""
    first = lineage_of(reader, engagement.id).editions[0]
    counted = [
        one
        for one in list_assessments(reader, engagement.id)
        if one.kind is not AssessmentKind.SELF_ASSESSMENT
    ]
    in_force = [one for one in counted if (one.edition or first) == engagement.edition]
    edition = reader.edition(engagement.edition)
    return Ground(
        edition=edition,
        applicable=frozenset(applicable_checkpoints(edition, premises_of(reader, engagement.dealership_id))),
        passes={
            area.id: [one.id for one in reversed(in_force) if area.id in one.scope] for area in edition.areas
        },
        older=frozenset(one.id for one in counted) - {one.id for one in in_force},
        carried=reader.carried(engagement.id),
    )


def area_sums(reader: ReadingScope, engagement: Engagement) -> dict[AreaId, AreaSums]:
    """The sums of every area of the edition in force, from all its ratings."""
    edition = reader.edition(engagement.edition)
    applicable = frozenset(applicable_checkpoints(edition, premises_of(reader, engagement.dealership_id)))
    standing = reader.standing(engagement.id)
    found = {}
    for area in edition.areas:
        checkpoints = [point for point in area.checkpoints() if point.id in applicable]
        tally = tally_of(checkpoints, standing)
        unmet = sum(
            point.is_critical and _is_below(points_of(standing.get(point.id)), edition)
            for point in checkpoints
        )
        found[area.id] = AreaSums(
            weighted_points=tally.weighted_points,
            weight=tally.weight,
            rated=tally.rated,
            not_applicable=tally.not_applicable,
            applicable=tally.applicable,
            unmet_criticals=unmet,
        )
    return found


def past_levels(reader: ReadingScope, engagement_id: EngagementId) -> tuple[PastLevel, ...]:
    """Every assessment that is no self-assessment, by number."""
    return tuple(
        past_level(reader, one)
        for one in list_assessments(reader, engagement_id)
        if one.kind is not AssessmentKind.SELF_ASSESSMENT
    )


def past_level(reader: ReadingScope, assessment: Assessment) -> PastLevel:
    """What is kept of one assessment."""
    return PastLevel(
        assessment_id=assessment.id,
        number=assessment.number,
        kind=assessment.kind,
        on=assessment.completed_on,
        overall=None if assessment.is_open else _whole_level(reader, assessment),
    )


def move_of(before: Rating | None, after: Rating) -> RatingMove | None:
    """What an edit of a rating moves; None where it decides what it did before."""
    was, now = _word_of(before), _word_of(after)
    return None if was == now else RatingMove(after.assessment_id, after.checkpoint_id, was, now)


def moved_sums(cursor: Cursor, ground: Ground, moves: Iterable[RatingMove]) -> dict[AreaId, AreaSums] | None:
    """By how much each area moved with these ratings, of which no two are of the same checkpoint; None where that takes a recount.

    The rating that stood before and the one that stands now are found without looking at any other checkpoint.
    """
    moved: dict[AreaId, AreaSums] = {}
    for assessment_id, checkpoint_id, was, now in moves:
        if assessment_id in ground.older:
            return None
        checkpoint = ground.edition.checkpoints.get(checkpoint_id)
        if checkpoint is None or checkpoint_id not in ground.applicable:
            continue
        area_id = checkpoint.area_id
        passes = ground.passes[area_id]
        if assessment_id not in passes:
            continue
        place = passes.index(assessment_id)
        if place and _has_word(cursor, passes[:place], checkpoint_id):
            continue  # a newer assessment has spoken
        if was is None or now is None:
            beneath = _first_word(cursor, passes[place + 1 :], checkpoint_id) or _word_of(
                ground.carried.get(checkpoint_id)
            )
            was, now = was or beneath, now or beneath
        if was != now:
            moved[area_id] = moved.get(area_id, AreaSums()).moved(
                _sums_of(checkpoint, now, ground.edition), _sums_of(checkpoint, was, ground.edition)
            )
    return moved


def _sums_of(checkpoint: Checkpoint, word: Word | None, edition: Edition) -> AreaSums:
    if word is not None and word.outcome is Outcome.NOT_APPLICABLE and word.has_reason:
        return AreaSums(not_applicable=1)
    if word is None or word.outcome is not Outcome.RATED or word.points is None:
        return AreaSums(applicable=1)
    is_unmet = checkpoint.is_critical and _is_below(word.points, edition)
    weight = checkpoint.weight
    return AreaSums(weight * word.points, weight, 1, 0, 1, int(is_unmet))


def _is_below(points: int | None, edition: Edition) -> bool:
    return points is not None and points < edition.rules.critical_points


def _word_of(rating: Rating | None) -> Word | None:
    if rating is None or rating.deleted_at is not None or rating.outcome not in _DECIDED:
        return None
    return Word(rating.outcome, rating.points, bool(rating.reason.strip()))


def _has_word(cursor: Cursor, passes: Sequence[str], checkpoint_id: str) -> bool:
    """Whether one of these assessments says anything."""
    places = ",".join("?" * len(passes))
    row = cursor.execute(f"{_ANY_STORED} ({places}) LIMIT 1", (checkpoint_id, *passes)).fetchone()
    return row is not None


def _first_word(cursor: Cursor, passes: Iterable[str], checkpoint_id: str) -> Word | None:
    """What the first of these assessments says that says anything."""
    for assessment_id in passes:
        row = cursor.execute(_STORED, (assessment_id, checkpoint_id)).fetchone()
        if row is not None:
            return Word(Outcome(row[0]), row[1], bool(row[2].strip()))
    return None


def _whole_level(reader: ReadingScope, assessment: Assessment) -> Fraction | None:
    """The overall level where every area in which something applies is in the scope and rated, as Today shows it."""
    edition = edition_of_assessment(reader, assessment)
    results = area_results(
        edition, reader.ratings(assessment.id), applicable_in(reader, assessment), scope=assessment.scope
    )
    counted = [area for area in results if area.applies]
    everywhere = applicable_checkpoints(edition, premises_in(reader, assessment))
    applying = {edition.checkpoints[id].area_id for id in everywhere}
    is_whole = applying <= {area.area_id for area in counted} and all(area.is_rated for area in counted)
    return overall_of(counted, edition.rules) if is_whole else None
