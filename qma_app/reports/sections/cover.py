"""The first page: what this is, for whom, and how it ended."""

from __future__ import annotations

from dataclasses import replace

from reportlab.graphics.shapes import Drawing

from qma_app.charts.bars import Bar, Bound, bars
from qma_app.design import NOT_RATED, level_colour
from qma_app.i18n import _, day_text
from qma_app.reports.blocks import Block, Chart, Gap, Stack
from qma_app.reports.kit import Kit
from qma_app.reports.pages import CONTENT_WIDTH
from qma_app.reports.paper import AreaPart, AssessmentPaper
from qma_app.reports.styles import CELL_QUIET, EYEBROW, FIGURE, LEAD, SUBTITLE, TITLE
from qma_app.reports.tables import side_by_side
from qma_app.reports.wording import (
    areas_line,
    assessor_line,
    assessor_title,
    days_text,
    dealer_line,
    edition_line,
    findings_remark,
    level_shown,
    result_colour,
)


def add_cover(
    kit: Kit, paper: AssessmentPaper, *, title: str, verdict: str, remarks: tuple[str, ...]
) -> None:
    """The cover; `verdict` is the sentence beside the figure, `remarks` stand under it."""
    assessment = paper.assessment
    kit.flow.add(kit.words(paper.edition.label.upper(), EYEBROW))
    kit.flow.add(kit.words(title, TITLE), before=56)
    kit.flow.add(kit.words(dealer_line(paper), SUBTITLE, where=_("Dealership")), before=6)
    kit.flow.add(_figure(kit, paper, verdict, remarks), before=34)
    kit.flow.add(Chart(kit.setter, cover_chart(paper)), before=30)
    facts = kit.facts(
        (
            *_names(paper),
            (_("Dates"), days_text(*paper.span)),
            (assessor_title(paper), assessor_line(paper)),
            (_("Coach"), paper.coach.name if paper.coach and assessment.kind.is_audit else ""),
            (_("Scope"), areas_line(paper)),
            (_("Sites"), ", ".join(site.name for site in paper.sites)),
            (_("Standard"), edition_line(paper.edition)),
            (_("State shown"), _("as of {day}").format(day=day_text(paper.shown_at.astimezone().date()))),
        ),
        rule=None,
        padding=1.5,
    )
    kit.flow.add(facts, before=24)


def _names(paper: AssessmentPaper) -> tuple[tuple[str, str], ...]:
    """What the paper is known by: of an audit its report number and what it follows."""
    if paper.audit is None:
        return ((_("Assessment"), f"{paper.assessment.number} · {paper.label}"),)
    head = paper.audit.head
    number = _("{number}, revision {revision}").format(number=head.audit.number, revision=head.audit.revision)
    return (_("Report"), number), (_("Follows"), head.follows)


def area_chart(paper: AssessmentPaper) -> Drawing:
    """The areas of the paper as bars, against floor and pass mark."""
    rules = paper.edition.rules
    floor = Bound(level=rules.area_floor, label=_("floor {level}").format(level=rules.area_floor))
    mark = Bound(level=rules.pass_mark, label=_("pass mark {level}").format(level=rules.pass_mark))
    rows = [_bar(paper, part) for part in paper.areas]
    return bars(rows, width=CONTENT_WIDTH, bounds=(floor, mark), row_height=14.6)


def cover_chart(paper: AssessmentPaper) -> Drawing:
    """The same without remarks, as quiet as a cover should be."""
    rows = [replace(_bar(paper, part), remark="") for part in paper.areas]
    return bars(rows, width=CONTENT_WIDTH, row_height=17.5, size=8)


def _bar(paper: AssessmentPaper, part: AreaPart) -> Bar:
    rules = paper.edition.rules
    result = part.result
    if result.is_rated:
        colour = level_colour(result.level, floor=rules.area_floor, pass_mark=rules.pass_mark)
        remark = findings_remark(part.findings)
    else:
        colour = NOT_RATED
        remark = (
            _("not applicable")
            if not result.applies
            else _("{rated} of {count} rated").format(rated=result.tally.rated, count=result.tally.applicable)
        )
    return Bar(
        label=str(part.area.title),
        level=result.level,
        figure=level_shown(paper.edition, result.level),
        colour=colour,
        remark=remark,
    )


def _figure(kit: Kit, paper: AssessmentPaper, verdict: str, remarks: tuple[str, ...]) -> Block:
    """The big figure with the verdict beside it; the verdict alone while nothing is rated."""
    said = [kit.words(verdict, LEAD), Gap(2), *(kit.words(remark, CELL_QUIET) for remark in remarks)]
    if paper.result.overall is None:
        return Stack(said)
    style = FIGURE.in_colour(result_colour(paper))
    figure = level_shown(paper.edition, paper.result.overall)
    width = kit.setter.one_line(figure, style).width + 6
    widths = (width, CONTENT_WIDTH - width - 20)
    return side_by_side((kit.words(figure, style), Stack([Gap(9), *said])), widths, gutter=20)
