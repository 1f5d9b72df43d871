"""The table of Today by the published areas; read only when somebody looks at it that way."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction

from qma_app.domain.assessment import Assessment
from qma_app.domain.edition import Area, ReportedArea
from qma_app.domain.ids import AreaId
from qma_app.domain.ports import Reader
from qma_app.domain.reported import reported_overall, reported_results
from qma_app.domain.scoring import score
from qma_app.domain.standing import applicable_in, edition_of_assessment
from qma_app.services.today import TodayView


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportedLine:
    """One published area over the assessments of the view: a level a column (None = not rated in it), and the standing.

    `behind` are the areas of the standard it is made of, as far as they apply to the dealership; never empty.
    """

    area: ReportedArea
    behind: tuple[Area, ...]
    levels: tuple[Fraction | None, ...]
    standing: Fraction | None
    coverage: Fraction


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportedStanding:
    """All published areas the dealership has something of; `overall` is the mean of the `rated` ones among them."""

    lines: tuple[ReportedLine, ...]
    overall: Fraction | None
    rated: int


def reported_today(reader: Reader, view: TodayView) -> ReportedStanding:
    """What the view shows by areas, by published areas; without lines where the edition reports under no others."""
    edition = view.edition
    counted = {line.area.id: line.area for line in view.areas}
    results = reported_results(edition, view.standing)
    columns = [_levels(reader, column.assessment, counted) for column in view.columns] if results else []
    return ReportedStanding(
        lines=tuple(
            ReportedLine(
                area=result.area,
                behind=tuple(counted[id] for id in result.area.areas if id in counted),
                levels=tuple(levels.get(result.area.id) for levels in columns),
                standing=result.level,
                coverage=result.tally.coverage,
            )
            for result in results
        ),
        overall=reported_overall(results),
        rated=sum(result.is_rated for result in results),
    )


def _levels(
    reader: Reader, assessment: Assessment, counted: Collection[AreaId]
) -> dict[str, Fraction | None]:
    """The rated published areas of one assessment; one of which only a part was looked at has no level in it."""
    edition = edition_of_assessment(reader, assessment)
    ratings, applicable = reader.ratings(assessment.id), applicable_in(reader, assessment)
    scope = frozenset(assessment.scope)
    return {
        found.area.id: found.level
        for found in reported_results(edition, score(edition, ratings, applicable, scope=assessment.scope))
        if found.is_rated and scope.issuperset(id for id in found.area.areas if id in counted)
    }
