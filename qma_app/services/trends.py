"""How the levels of a programme's areas developed from assessment to assessment, and where they stand now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from qma_app.domain.applicability import applicable_checkpoints, premises_of
from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.edition import Area, Edition
from qma_app.domain.engagement import Engagement
from qma_app.domain.history import assessment_label
from qma_app.domain.ids import EngagementId
from qma_app.domain.levels import area_results, overall_of
from qma_app.domain.ports import Reader
from qma_app.domain.scoring import score
from qma_app.domain.standing import edition_of_assessment, list_assessments, premises_in


@dataclass(frozen=True, kw_only=True, slots=True)
class TrendColumn:
    """One assessment; `overall` is the mean of its rated areas, `is_whole` says that none of those that apply is missing."""

    assessment: Assessment
    label: str
    overall: Fraction | None
    is_whole: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class TrendLine:
    """One area: a level a column (None = not rated in it), and the standing with its coverage."""

    area: Area
    levels: tuple[Fraction | None, ...]
    standing: Fraction | None
    coverage: Fraction


@dataclass(frozen=True, kw_only=True, slots=True)
class TrendsView:
    """Every assessment but the self-assessments, in their order."""

    engagement: Engagement
    edition: Edition
    columns: tuple[TrendColumn, ...]
    lines: tuple[TrendLine, ...]
    overall: Fraction | None


def trends(reader: Reader, engagement_id: EngagementId, *, on: date) -> TrendsView:
    """The areas that apply today against the assessments begun up to a day."""
    engagement = reader.get(Engagement, engagement_id)
    edition = reader.edition(engagement.edition)
    applicable = applicable_checkpoints(edition, premises_of(reader, engagement.dealership_id))
    standing = score(edition, reader.standing(engagement_id), applicable, ())
    read = [
        _column(reader, engagement, one)
        for one in list_assessments(reader, engagement_id)
        if one.kind is not AssessmentKind.SELF_ASSESSMENT and one.started_on <= on
    ]
    return TrendsView(
        engagement=engagement,
        edition=edition,
        columns=tuple(column for column, _levels in read),
        lines=tuple(
            TrendLine(
                area=edition.areas_by_id[area.area_id],
                levels=tuple(levels.get(area.area_id) for _column, levels in read),
                standing=area.level,
                coverage=area.tally.coverage,
            )
            for area in standing.areas
            if area.applies
        ),
        overall=standing.overall,
    )


def _column(
    reader: Reader, engagement: Engagement, assessment: Assessment
) -> tuple[TrendColumn, dict[str, Fraction | None]]:
    edition = edition_of_assessment(reader, assessment)
    applicable = applicable_checkpoints(edition, premises_in(reader, assessment))
    results = area_results(edition, reader.ratings(assessment.id), applicable, scope=assessment.scope)
    counted = [area for area in results if area.applies]
    applying = {edition.checkpoints[id].area_id for id in applicable}
    column = TrendColumn(
        assessment=assessment,
        label=assessment_label(engagement, assessment),
        overall=overall_of(counted, edition.rules),
        is_whole=applying <= set(assessment.scope) and all(area.is_rated for area in counted),
    )
    return column, {area.area_id: area.level if area.is_rated else None for area in results}
