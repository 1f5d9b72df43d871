"""Which self-assessments belong beside an assessment that is reported."""

from __future__ import annotations

from collections.abc import Collection

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.edition import Edition
from qma_app.domain.ids import CheckpointId
from qma_app.domain.levels import Ratings
from qma_app.domain.ports import Reader
from qma_app.domain.rating import Outcome
from qma_app.domain.self_gap import AreaGap, area_gaps
from qma_app.domain.standing import list_assessments

_DECIDED = (Outcome.RATED, Outcome.NOT_APPLICABLE)


def self_gaps_beside(
    reader: Reader,
    edition: Edition,
    assessment: Assessment,
    ratings: Ratings,
    before: Ratings,
    applicable: Collection[CheckpointId],
) -> tuple[AreaGap, ...]:
    """The gaps of the areas of its scope; what this assessment left open counts as it was rated `before`.

    The report of a self-assessment shows that one alone, beside what the coach had rated before it.
    """
    if assessment.kind is AssessmentKind.SELF_ASSESSMENT:
        coach, assessments = dict(before), [assessment]
        if assessment.is_open:
            return ()
    else:
        decided = {id: rating for id, rating in ratings.items() if rating.outcome in _DECIDED}
        coach = {**before, **decided}
        assessments = list(list_assessments(reader, assessment.engagement_id))
    return area_gaps(
        reader,
        edition,
        assessments,
        coach,
        applicable,
        scope=assessment.scope,
        until=assessment.completed_on,
    )
