"""What a checkpoint was rated before: the assessments of a programme side by side."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import CheckpointId, EngagementId
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
    """A few letters for a column head: Base, M6 (the programme's month), Self, Pre, Audit, Surv."""
    short = {
        AssessmentKind.BASELINE: _("Base"),
        AssessmentKind.SELF_ASSESSMENT: _("Self"),
        AssessmentKind.PRE_AUDIT: _("Pre"),
        AssessmentKind.CERTIFICATION_AUDIT: _("Audit"),
        AssessmentKind.SURVEILLANCE: _("Surv"),
    }.get(assessment.kind)
    return short or _("M{month}").format(month=engagement.month_on(assessment.started_on))


def earlier_ratings(
    reader: Reader, assessment: Assessment, wanted: Collection[CheckpointId] | None = None
) -> dict[CheckpointId, Rating]:
    """For each checkpoint its decided rating in the newest assessment before this one, self-assessments left out.

    With `wanted` older assessments are read only as long as one of these checkpoints has none yet.
    """
    earlier = [
        other
        for other in reader.all(Assessment, engagement_id=assessment.engagement_id)
        if other.number < assessment.number and other.kind is not AssessmentKind.SELF_ASSESSMENT
    ]
    found: dict[CheckpointId, Rating] = {}
    missing = None if wanted is None else set(wanted)
    for other in sorted(earlier, key=lambda a: -a.number):
        if missing is not None and not missing:
            break
        for checkpoint_id, rating in reader.ratings(other.id).items():
            if (
                checkpoint_id not in found
                and rating.outcome in (Outcome.RATED, Outcome.NOT_APPLICABLE)
                and checkpoint_id.split(".", 1)[0] in other.scope
            ):
                found[checkpoint_id] = rating
        if missing is not None:
            missing -= found.keys()
    return found


def checkpoint_history(
    reader: Reader, engagement_id: EngagementId, checkpoint_id: CheckpointId
) -> tuple[HistoryPoint, ...]:
    """Every assessment of the programme whose scope holds the checkpoint, in order, with what it said."""
    engagement = reader.get(Engagement, engagement_id)
    points = []
    for assessment in sorted(reader.all(Assessment, engagement_id=engagement_id), key=lambda a: a.number):
        if checkpoint_id.split(".", 1)[0] not in assessment.scope:
            continue
        ratings = reader.all(Rating, assessment_id=assessment.id, checkpoint_id=checkpoint_id)
        points.append(
            HistoryPoint(
                assessment=assessment,
                label=assessment_label(engagement, assessment),
                rating=ratings[0] if ratings else None,
            )
        )
    return tuple(points)
