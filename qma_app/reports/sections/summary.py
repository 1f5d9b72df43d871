"""The page the principal reads: the figure, the areas, what is good, what is urgent, the trend and the rules."""

from __future__ import annotations

from collections.abc import Sequence

from qma_app.charts.ring import ring
from qma_app.charts.trend import TrendPoint, trend
from qma_app.design import level_colour, points_colour
from qma_app.domain.edition import Edition
from qma_app.domain.highlights import Highlight
from qma_app.domain.result import RuleAnswer
from qma_app.i18n import _, day_text, ngettext, percent_text
from qma_app.reports.blocks import Block, Chart, Gap, Stack
from qma_app.reports.kit import Kit
from qma_app.reports.marks import Chip, Dot
from qma_app.reports.pages import CONTENT_HEIGHT, CONTENT_WIDTH
from qma_app.reports.paper import AssessmentPaper
from qma_app.reports.sections.cover import area_chart
from qma_app.reports.styles import CELL, CELL_QUIET, CELL_STRONG, FACT, FOOT, LABEL, LEAD, MINOR_HEADING
from qma_app.reports.tables import Row, Table, side_by_side
from qma_app.reports.wording import level_shown

_HALF = (CONTENT_WIDTH - 26) / 2
_RING, _TREND = 92.0, 184.0
_HEADING = 32.0
"""What the heading of the section takes."""


def add_summary(kit: Kit, paper: AssessmentPaper, *, verdict: str) -> None:
    """All on one page; only the author's words go on to the next where they are too long to stand under the result."""
    kit.section(_("Summary"), may_follow=False)
    result = _result(kit, paper, verdict)
    blocks: list[tuple[Block, float]] = [(Chart(kit.setter, area_chart(paper)), 10)]
    if paper.strengths or paper.gaps:
        blocks.append((highlights(kit, paper.edition, paper.strengths, paper.gaps), 14))
    rules = rule_table(kit, paper.result.rules, CONTENT_WIDTH)
    rules_title = _("The rules, applied to this extract") if paper.is_extract else _("The rules, one by one")
    blocks.append((Stack([kit.words(rules_title, MINOR_HEADING), Gap(2), rules]), 14))
    words = kit.quoted(paper.assessment.summary, title=_("In the author's words"), where=_("Summary"))
    kit.flow.add(result)
    taken = _HEADING + sum(space + block.height(CONTENT_WIDTH) for block, space in [(result, 0), *blocks])
    if words is not None:
        fits = taken + 8 + words.height(CONTENT_WIDTH) <= CONTENT_HEIGHT
        blocks.insert(0 if fits else len(blocks), (words, 8 if fits else 16))
    for block, space in blocks:
        kit.flow.add(block, before=space)


def highlights(
    kit: Kit, edition: Edition, strengths: Sequence[Highlight], gaps: Sequence[Highlight]
) -> Block:
    """What is done best beside what is most urgent to mend."""
    best = _highlights(kit, edition, _("Strengths"), strengths, _("Nothing is fully met yet."))
    urgent = _highlights(kit, edition, _("Most urgent gaps"), gaps, _("Nothing rated falls short."))
    return side_by_side((best, urgent), (_HALF, _HALF), gutter=26)


def _result(kit: Kit, paper: AssessmentPaper, verdict: str) -> Block:
    result, rules = paper.result, paper.edition.rules
    figure = ring(
        result.overall,
        figure=level_shown(paper.edition, result.overall),
        caption=_("{mark} needed").format(mark=percent_text(str(rules.pass_mark))),
        colour=level_colour(result.overall, floor=rules.area_floor, pass_mark=rules.pass_mark),
        mark=rules.pass_mark,
        diameter=_RING,
    )
    said: list[Block] = [Gap(6), kit.words(verdict, LEAD), Gap(2)]
    tally = result.tally
    counts = [
        _("{rated} of {count} areas rated").format(rated=result.rated_areas, count=result.counted_areas),
        _("{rated} of {count} applicable checkpoints rated").format(
            rated=tally.rated, count=tally.applicable
        ),
    ]
    if tally.not_applicable:
        counts.append(
            ngettext("{count} not applicable", "{count} not applicable", tally.not_applicable).format(
                count=tally.not_applicable
            )
        )
    said.append(kit.words(" · ".join(counts), CELL_QUIET))
    if result.grade is not None:
        said += [Gap(4), kit.words(_("Grade {grade}").format(grade=result.grade.grade), CELL_STRONG)]
        if result.grade.reasons:
            said.append(kit.words(_grade_reasons(result.grade.reasons), CELL_QUIET))
    else:
        said += [Gap(4), kit.words(_("No grade while an area is not rated."), CELL_QUIET)]
    cells: list[Block] = [Chart(kit.setter, figure), Stack(said)]
    widths = [_RING, CONTENT_WIDTH - _RING - 22]
    if len(paper.trend) > 1:
        cells.append(_trend(kit, paper))
        widths = [_RING, CONTENT_WIDTH - _RING - _TREND - 44, _TREND]
    return side_by_side(cells, widths, gutter=22)


def _trend(kit: Kit, paper: AssessmentPaper) -> Block:
    chart = trend(
        [
            TrendPoint(
                label=step.label,
                below=day_text(step.day, "MMM y"),
                level=step.level,
                figure=level_shown(paper.edition, step.level),
                is_partial=step.is_partial,
            )
            for step in paper.trend[-5:]
        ],
        width=_TREND,
        height=96,
        mark=paper.edition.rules.pass_mark,
    )
    shown: list[Block] = [kit.words(_("Overall level over the assessments"), LABEL), Chart(kit.setter, chart)]
    if any(step.is_partial for step in paper.trend[-5:]):
        shown.append(kit.words(_("Hollow: not every area was rated."), FOOT))
    return Stack(shown)


def _grade_reasons(reasons: Sequence[str]) -> str:
    shown = " ".join(reasons[:3])
    if len(reasons) <= 3:
        return shown
    more = len(reasons) - 3
    return ngettext(
        "{reasons} And {count} more (annex B).", "{reasons} And {count} more (annex B).", more
    ).format(reasons=shown, count=more)


def _highlights(kit: Kit, edition: Edition, title: str, found: Sequence[Highlight], nothing: str) -> Block:
    rows = [
        Row(
            (
                Chip(kit.setter, str(each.points), "", points_colour(each.points, edition.points)),
                Stack(
                    [
                        kit.words(_highlight_title(each), CELL_QUIET),
                        kit.words(each.checkpoint.statement.marked, CELL),
                    ]
                ),
            ),
            padding=3.5,
        )
        for each in found
    ]
    body = Table((18, _HALF - 28), rows, gutter=10) if rows else kit.words(nothing, CELL_QUIET)
    return Stack([kit.words(title, MINOR_HEADING), Gap(2), body])


def _highlight_title(highlight: Highlight) -> str:
    if highlight.is_unmet_critical:
        return _("{number} · critical").format(number=highlight.checkpoint.number)
    return highlight.checkpoint.number


def rule_table(kit: Kit, answers: Sequence[RuleAnswer], width: float) -> Table:
    """Each rule: whether it holds, its name, and why."""
    rows = [
        Row(
            (
                Dot(holds=answer.holds, line_height=12),
                kit.words(rule_title(answer.code), CELL_STRONG),
                kit.words(answer.reason, FACT),
            ),
            padding=3,
        )
        for answer in answers
    ]
    return Table((11, 104, width - 11 - 104 - 18), rows, gutter=9)


def rule_title(code: str) -> str:
    """The name of a rule."""
    return {
        "overall": _("Overall level"),
        "areas-rated": _("Coverage of the areas"),
        "area-floor": _("Floor of each area"),
        "criticals": _("Critical checkpoints"),
        "majors": _("Major findings"),
    }.get(code, code)
