"""What a checkpoint was rated before: the assessments of a programme side by side."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import CheckpointId, EditionHash, EngagementId
from qma_app.domain.lineage import Lineage, lineage_of
from qma_app.domain.ports import Reader
from qma_app.domain.rating import Outcome, Rating
from qma_app.i18n import _


@dataclass(frozen=True, kw_only=True, slots=True)
class HistoryPoint:
    """One assessment's word on a checkpoint; `rating` is None where it was left untouched."""

    assessment: Assessment
    label: str
    rating: Rating | None


def assessment_label(engagement: Engagement, assessment: Assessment) -> str:
    """A few letters for a column head: Base, M6 (the programme's month), Self, Pre, Audit, Surv, Follow, Recert, Short."""
    short = {
        AssessmentKind.BASELINE: _("Base"),
        AssessmentKind.SELF_ASSESSMENT: _("Self"),
        AssessmentKind.PRE_AUDIT: _("Pre"),
        AssessmentKind.CERTIFICATION_AUDIT: _("Audit"),
        AssessmentKind.SURVEILLANCE: _("Surv"),
        AssessmentKind.FOLLOW_UP_AUDIT: _("Follow"),
        AssessmentKind.RECERTIFICATION: _("Recert"),
        AssessmentKind.SHORT_NOTICE: _("Short"),
    }.get(assessment.kind)
    return short or _("M{month}").format(month=engagement.month_on(assessment.started_on))


def earlier_ratings(
    reader: Reader,
    assessment: Assessment,
    wanted: Collection[CheckpointId] | None = None,
    *,
    by_coach: bool = False,
) -> dict[CheckpointId, Rating]:
    """For each checkpoint its decided rating in the newest assessment before this one, self-assessments left out.

    `by_coach` leaves audits out too. With `wanted` older assessments are read only as long as one of these checkpoints has none yet. In assessments of an older
    edition the checkpoint counts that this one comes from; its rating is given under the id it has here.
    """
    earlier = [
        other
        for other in reader.all(Assessment, engagement_id=assessment.engagement_id)
        if other.number < assessment.number
        and other.kind is not AssessmentKind.SELF_ASSESSMENT
        and not (by_coach and other.is_audit)
    ]
    lineage = lineage_of(reader, assessment.engagement_id) if earlier else None
    found: dict[CheckpointId, Rating] = {}
    missing = None if wanted is None else set(wanted)
    for other in sorted(earlier, key=lambda a: -a.number):
        if missing is not None and not missing:
            break
        for checkpoint_id, rating in _ratings_under_ids_of(reader, lineage, assessment, other).items():
            if (
                checkpoint_id not in found
                and rating.outcome in (Outcome.RATED, Outcome.NOT_APPLICABLE)
                and rating.checkpoint_id.split(".", 1)[0] in other.scope
            ):
                found[checkpoint_id] = (
                    rating
                    if rating.checkpoint_id == checkpoint_id
                    else replace(rating, checkpoint_id=checkpoint_id)
                )
        if missing is not None:
            missing -= found.keys()
    return found


def checkpoint_history(
    reader: Reader,
    engagement_id: EngagementId,
    checkpoint_id: CheckpointId,
    *,
    seen_from: Assessment | None = None,
) -> tuple[HistoryPoint, ...]:
    """Every assessment of the programme whose scope holds the checkpoint, in order, with what it said.

    The checkpoint is one of the edition of `seen_from`, else of the edition in force; in other editions it is what it comes from
    or what it became.
    """
    engagement = reader.get(Engagement, engagement_id)
    lineage = lineage_of(reader, engagement_id)
    here = lineage.of(seen_from) if seen_from is not None else lineage.editions[-1]
    points = []
    for assessment in sorted(reader.all(Assessment, engagement_id=engagement_id), key=lambda a: a.number):
        ids = [
            id
            for id in _known_as(reader, lineage, checkpoint_id, here, lineage.of(assessment))
            if id.split(".", 1)[0] in assessment.scope
        ]
        if not ids:
            continue
        ratings = [
            rating
            for id in ids
            for rating in reader.all(Rating, assessment_id=assessment.id, checkpoint_id=id)
        ]
        points.append(
            HistoryPoint(
                assessment=assessment,
                label=assessment_label(engagement, assessment),
                rating=ratings[0] if ratings else None,
            )
        )
    return tuple(points)


def _ratings_under_ids_of(
    reader: Reader, lineage: Lineage | None, here: Assessment, other: Assessment
) -> Mapping[CheckpointId, Rating]:
    """The ratings of another assessment by the checkpoints of this one's edition."""
    ratings = reader.ratings(other.id)
    if lineage is None or lineage.of(here) == lineage.of(other):
        return ratings
    mine = reader.edition(lineage.of(here)).checkpoints
    origins = lineage.before(mine, at=lineage.of(here), to=lineage.of(other))
    return {id: ratings[then] for id, then in origins.items() if then in ratings}


def _known_as(
    reader: Reader, lineage: Lineage, id: CheckpointId, here: EditionHash, there: EditionHash
) -> tuple[CheckpointId, ...]:
    """What a checkpoint is called in another edition: what it comes from, or what it became; nothing where it is gone."""
    if here == there:
        return (id,)
    if lineage.is_before(there, here):
        ids = tuple(lineage.before((id,), at=here, to=there).values())
    else:
        ids = lineage.after(id, at=here, to=there)
    known = reader.edition(there).checkpoints
    return tuple(each for each in ids if each in known)
