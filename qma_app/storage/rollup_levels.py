"""What the rollup keeps of levels: the sums of each area, moved by a difference with a rating, and the past overall levels."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
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
from qma_app.domain.standing import applicable_in, edition_of_assessment, list_assessments

if TYPE_CHECKING:
    from qma_app.storage.scopes import ReadingScope

_DECIDED = (Outcome.RATED, Outcome.NOT_APPLICABLE)
_STORED = "SELECT outcome, points, reason FROM ratings WHERE assessment_id = ? AND checkpoint_id = ? AND deleted_at IS NULL"
_ALL_STORED = (
    "SELECT outcome FROM ratings WHERE checkpoint_id = ? AND deleted_at IS NULL AND assessment_id IN"
)
RatingMove = tuple[Rating | None, Rating]
"""A rating before and after an edit."""


class Word(NamedTuple):
    """What a decided rating says about its checkpoint; anything else about it moves no sum."""

    outcome: Outcome
    points: int | None
    has_reason: bool


class AreaSums(NamedTuple):
    """The standing of one area, as sums; `applicable` leaves out what was set aside as not applicable."""

    weighted_points: int = 0
    weight: int = 0
    rated: int = 0
    not_applicable: int = 0
    applicable: int = 0
    unmet_criticals: int = 0

    def plus(self, other: AreaSums, sign: int = 1) -> AreaSums:
        """Added field by field, or taken away with -1."""
        return AreaSums._make(mine + sign * its for mine, its in zip(self, other, strict=True))


class PastLevel(NamedTuple):
    """One assessment, self-assessments left out; `overall` is None while it is open or where an area that applies is not rated."""

    assessment_id: AssessmentId
    number: int
    kind: AssessmentKind
    on: date | None
    overall: Fraction | None


class Pass(NamedTuple):
    """An assessment whose decided ratings can stand: not in the bin, no self-assessment, made in the edition in force."""

    id: AssessmentId
    scope: frozenset[AreaId]


@dataclass(frozen=True, kw_only=True, slots=True)
class Ground:
    """All that decides what a rating means for the standing, but the ratings themselves; `passes` the newest first.

    `carried` stands where no pass says anything; `older` are the assessments of editions left behind, from which it comes.
    """

    edition: Edition
    applicable: frozenset[CheckpointId]
    passes: tuple[Pass, ...]
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
        passes=tuple(Pass(one.id, frozenset(one.scope)) for one in reversed(in_force)),
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


def word_of(rating: Rating | None) -> Word | None:
    """What a rating says, None while it decides nothing."""
    if rating is None or rating.deleted_at is not None:
        return None
    return _word(rating.outcome, rating.points, rating.reason)


def moved_sums(cursor: Cursor, ground: Ground, moves: Iterable[RatingMove]) -> dict[AreaId, AreaSums] | None:
    """By how much each area moved with these ratings, of which no two are of the same checkpoint; None where that takes a recount.

    The rating that stood before and the one that stands now are found without looking at any other checkpoint.
    """
    moved: dict[AreaId, AreaSums] = {}
    for before, after in moves:
        if after.assessment_id in ground.older or _is_other(before, after):
            return None
        checkpoint = ground.edition.checkpoints.get(after.checkpoint_id)
        if checkpoint is None or checkpoint.id not in ground.applicable:
            continue
        area = checkpoint.area_id
        mine = [place for place, one in enumerate(ground.passes) if one.id == after.assessment_id]
        if not mine or area not in ground.passes[mine[0]].scope:
            continue
        passes = [one.id for one in ground.passes if area in one.scope]
        place = passes.index(after.assessment_id)
        if place and _have_word(cursor, passes[:place], checkpoint.id):
            continue  # a newer assessment has spoken
        was, now = word_of(before), word_of(after)
        if was is None or now is None:
            beneath = _first_word(cursor, passes[place + 1 :], checkpoint.id)
            beneath = beneath or word_of(ground.carried.get(checkpoint.id))
            was, now = was or beneath, now or beneath
        if was != now:
            sums = moved.get(area, AreaSums())
            sums = sums.plus(_sums_of(checkpoint, now, ground.edition))
            moved[area] = sums.plus(_sums_of(checkpoint, was, ground.edition), -1)
    return moved


def _sums_of(checkpoint: Checkpoint, word: Word | None, edition: Edition) -> AreaSums:
    if word is not None and word.outcome is Outcome.NOT_APPLICABLE and word.has_reason:
        return AreaSums(not_applicable=1)
    if word is None or word.outcome is not Outcome.RATED or word.points is None:
        return AreaSums(applicable=1)
    return AreaSums(
        weighted_points=checkpoint.weight * word.points,
        weight=checkpoint.weight,
        rated=1,
        applicable=1,
        unmet_criticals=int(checkpoint.is_critical and _is_below(word.points, edition)),
    )


def _is_below(points: int | None, edition: Edition) -> bool:
    return points is not None and points < edition.rules.critical_points


def _is_other(before: Rating | None, after: Rating) -> bool:
    return before is not None and (before.assessment_id, before.checkpoint_id) != (
        after.assessment_id,
        after.checkpoint_id,
    )


def _word(outcome: Outcome, points: int | None, reason: str) -> Word | None:
    return Word(outcome, points, bool(reason.strip())) if outcome in _DECIDED else None


def _have_word(cursor: Cursor, passes: Collection[str], checkpoint_id: str) -> bool:
    """Whether one of these assessments says anything; usually there are none."""
    places = ",".join("?" * len(passes))
    rows = cursor.execute(f"{_ALL_STORED} ({places})", (checkpoint_id, *passes)).fetchall()
    return any(outcome in _DECIDED for (outcome,) in rows)


def _first_word(cursor: Cursor, passes: Iterable[str], checkpoint_id: str) -> Word | None:
    """What the first of these assessments says that says anything."""
    for assessment_id in passes:
        row = cursor.execute(_STORED, (assessment_id, checkpoint_id)).fetchone()
        word = _word(Outcome(row[0]), row[1], row[2]) if row else None
        if word is not None:
            return word
    return None


def _whole_level(reader: ReadingScope, assessment: Assessment) -> Fraction | None:
    edition = edition_of_assessment(reader, assessment)
    results = area_results(
        edition, reader.ratings(assessment.id), applicable_in(reader, assessment), scope=assessment.scope
    )
    counted = [area for area in results if area.applies]
    is_whole = len(results) == len(edition.areas) and all(area.is_rated for area in counted)
    return overall_of(counted, edition.rules) if is_whole else None
