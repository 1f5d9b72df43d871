"""The same result under the areas of the published model, for whoever compares houses by those."""

from __future__ import annotations

from qma_app.charts.bars import Bar, Bound, bars
from qma_app.design import NOT_RATED, level_colour
from qma_app.domain.reported import ReportedResult, reported_overall, reported_results
from qma_app.i18n import _
from qma_app.reports.blocks import Chart
from qma_app.reports.kit import Kit
from qma_app.reports.pages import CONTENT_WIDTH, SHORT
from qma_app.reports.paper import AssessmentPaper
from qma_app.reports.sections.development import has_development
from qma_app.reports.wording import level_shown

_ROW = 14.6


def add_reported(kit: Kit, paper: AssessmentPaper, *, below: float = SHORT) -> None:
    """A bar for each published area, below the development if there is one; nothing in an extract, or where the edition reports under no others.

    Without a development the section may follow on a page filled less than `below`.
    """
    results = () if paper.is_extract else reported_results(paper.edition, paper.result)
    if not results:
        return
    overall = reported_overall(results)
    title = _("Under the published areas")
    if has_development(paper):
        kit.heading(title, level=1, before=28)
    else:
        kit.section(title, below=below)
    kit.paragraph(
        _(
            "The published model counts {count} areas. Taken together as it does, the same ratings come to {level}."
        ).format(count=len(paper.edition.reported_under), level=level_shown(paper.edition, overall))
    )
    floor = paper.edition.rules.area_floor
    mark = paper.edition.rules.pass_mark
    bounds = (
        Bound(level=floor, label=_("floor {level}").format(level=floor)),
        Bound(level=mark, label=_("pass mark {level}").format(level=mark)),
    )
    rows = [_bar(paper, result) for result in results]
    kit.flow.add(
        Chart(kit.setter, bars(rows, width=CONTENT_WIDTH, bounds=bounds, row_height=_ROW)), before=12
    )
    kit.quiet(
        _(
            "Pass or fail is decided by the areas of this standard alone; this page only shows them another way."
        ),
        before=8,
    )


def _bar(paper: AssessmentPaper, result: ReportedResult) -> Bar:
    rules, codes = paper.edition.rules, _codes(paper, result)
    if result.is_rated:
        colour, remark = level_colour(result.level, floor=rules.area_floor, pass_mark=rules.pass_mark), codes
    else:
        colour = NOT_RATED
        remark = _("{rated} of {count} rated").format(rated=result.tally.rated, count=result.tally.applicable)
    return Bar(
        label=str(result.area.title),
        level=result.level,
        figure=level_shown(paper.edition, result.level),
        colour=colour,
        remark=remark,
    )


def _codes(paper: AssessmentPaper, result: ReportedResult) -> str:
    """Which areas of the standard stand behind it: `MGT, ADM`."""
    return ", ".join(paper.edition.areas_by_id[id].code for id in result.area.areas)
