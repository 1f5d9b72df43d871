"""The first two pages of the summary: what is recommended with every rule behind it, and the areas."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from qma_app.charts.bars import Bar, Bound, bars
from qma_app.charts.ring import ring
from qma_app.design import NOT_RATED, level_colour
from qma_app.domain.finding import FindingGrade
from qma_app.domain.recommending import RuleNumbers
from qma_app.domain.result import AreaResult, Verdict
from qma_app.domain.wording import grade_count, verdict_title
from qma_app.i18n import _, percent_text
from qma_app.reports.actions.drawing import paper_head
from qma_app.reports.auditing.fitting import fitted, titled
from qma_app.reports.auditing.summary_values import SummaryPaper
from qma_app.reports.auditing.words import (
    aims_text,
    area_text,
    audit_name,
    certificate_text,
    methods_text,
    part_title,
    span_text,
)
from qma_app.reports.blocks import Block, Chart, Gap, Stack
from qma_app.reports.kit import Kit
from qma_app.reports.marks import Dot
from qma_app.reports.pages import CONTENT_HEIGHT, CONTENT_WIDTH
from qma_app.reports.principal.lines import clipped
from qma_app.reports.sections.summary import highlights
from qma_app.reports.styles import CELL, CELL_STRONG, FACT, LABEL, LEAD, QUIET
from qma_app.reports.tables import Row, Table, side_by_side
from qma_app.reports.wording import edition_line, level_shown

_RING: Final = 96.0
_FIGURE: Final = 58.0


def recommendation_words(paper: SummaryPaper) -> str:
    """What the auditor recommends, never more; a decision is somebody else's."""
    verdict = paper.head.audit.recommendation
    if verdict is None:
        return _("No recommendation is given yet.")
    return {
        Verdict.PASS: _("The auditor recommends: pass."),
        Verdict.CONDITIONAL: _(
            "The auditor recommends: pass once the majors are closed, within {days} days."
        ),
        Verdict.FAIL: _("The auditor recommends: no pass."),
    }[verdict].format(days=paper.head.frame.edition.rules.conditional_days)


def result_page(kit: Kit, paper: SummaryPaper, title: str) -> None:
    """Recommendation, figure, and each rule with its numbers."""
    head = paper.head
    name = audit_name(head)
    top = paper_head(kit, head.frame, title, name)
    kit.flow.add(top, entry=kit.entry(_("Result"), 0, in_contents=False))
    blocks: list[Block] = [_result(kit, paper), _rules(kit, paper), _facts(kit, paper)]
    room = CONTENT_HEIGHT - top.height(CONTENT_WIDTH) - sum(one.height(CONTENT_WIDTH) for one in blocks)
    words = head.audit.recommendation_words
    if words.strip():
        most = max(1, int((room - 40) / LEAD.leading))
        said = clipped(kit, words, CELL, where=_("Recommendation"), most=most)
        blocks.insert(1, Stack([Gap(8), kit.words(_("In the auditor's words"), LABEL), Gap(2), said]))
    for block in blocks:
        kit.flow.add(block)


def _result(kit: Kit, paper: SummaryPaper) -> Block:
    result, rules = paper.recommended.result, paper.head.frame.edition.rules
    figure = ring(
        result.overall,
        figure=level_shown(paper.head.frame.edition, result.overall),
        caption=_("{mark} needed").format(mark=percent_text(str(rules.pass_mark))),
        colour=level_colour(result.overall, floor=rules.area_floor, pass_mark=rules.pass_mark),
        mark=rules.pass_mark,
        diameter=_RING,
    )
    said: list[Block] = [Gap(8), kit.words(recommendation_words(paper), LEAD)]
    computed, given = paper.recommended.verdict, paper.head.audit.recommendation
    if given is not None and given is not computed:
        other = _("By the rules alone: {verdict}.").format(verdict=verdict_title(computed))
        said += [Gap(2), kit.words(other, CELL)]
    if not paper.is_rated:
        said += [Gap(2), kit.words(_("Not every checkpoint is decided yet."), CELL)]
    if result.grade is not None:
        said += [Gap(2), kit.words(_("Grade {grade}").format(grade=result.grade.grade), CELL_STRONG)]
    said += [
        Gap(4),
        kit.words(
            _("A recommendation is not a certificate: somebody who did not audit decides, and later."), QUIET
        ),
    ]
    cells = (Chart(kit.setter, figure), Stack(said))
    return side_by_side(cells, (_RING, CONTENT_WIDTH - _RING - 22), gutter=22)


def _rules(kit: Kit, paper: SummaryPaper) -> Block:
    titles = ("", _("Rule"), _("Reached"), _("Needed"), _("Why"))
    rest = CONTENT_WIDTH - 12 - 104 - 2 * _FIGURE - 40
    rows = [_rule(kit, one) for one in paper.recommended.rules]
    table = Table((12, 104, _FIGURE, _FIGURE, rest), rows, head=kit.head_row(titles))
    return titled(kit, _("The rules, one by one"), table)


def _rule(kit: Kit, rule: RuleNumbers) -> Row:
    return Row(
        (
            Dot(holds=rule.holds, line_height=12),
            kit.words(rule.title, CELL_STRONG),
            kit.words(rule.shown if rule.reached is not None else "–", CELL),
            kit.words(rule.shown_needed, CELL),
            clipped(kit, rule.reason, FACT, where=rule.title, most=4),
        ),
        padding=3,
    )


def _facts(kit: Kit, paper: SummaryPaper) -> Block:
    head, goes_to = paper.head, paper.head.audit.distribution
    team = [
        ": ".join((part_title(one.part), " · ".join(filter(None, (one.person.name, certificate_text(one))))))
        for one in head.team
    ]
    rows: list[tuple[str, str | Block]] = [
        (_("Audited"), span_text(head)),
        (_("Aims"), clipped(kit, aims_text(head), CELL, where=_("aims"), most=3)),
        (_("Scope"), clipped(kit, ", ".join(map(area_text, head.scope)), CELL, where=_("scope"), most=4)),
        (_("Team"), clipped(kit, "\n".join(team), CELL, where=_("team"), most=6) if team else ""),
        (_("Criteria"), edition_line(head.frame.edition)),
        (_("Methods"), clipped(kit, methods_text(head), CELL, where=_("methods"), most=3)),
        (_("Recommended by"), paper.recommended_by),
        (
            _("Report goes to"),
            clipped(kit, goes_to, CELL, where=_("distribution"), most=2) if goes_to.strip() else "",
        ),
        (
            _("Good to know"),
            _(
                "An audit looks at samples: what it did not find may still exist. The report has every rating, finding and sample."
            ),
        ),
    ]
    return titled(kit, _("About the audit"), kit.facts(rows, padding=2.2, where=_("audit")))


def areas_page(kit: Kit, paper: SummaryPaper) -> None:
    """The areas as bars against floor and pass mark, what is best and most urgent, the limits of the audit, and the areas left out."""
    edition = paper.head.frame.edition
    rules = edition.rules
    kit.section(_("The areas"), may_follow=False)
    floor = Bound(level=rules.area_floor, label=_("floor {level}").format(level=rules.area_floor))
    mark = Bound(level=rules.pass_mark, label=_("pass mark {level}").format(level=rules.pass_mark))
    rows = [_bar(paper, one) for one in paper.recommended.result.areas if one.applies]
    blocks: list[Block] = [Chart(kit.setter, bars(rows, width=CONTENT_WIDTH, bounds=(floor, mark)))]
    if paper.strengths or paper.gaps:
        shown = highlights(kit, edition, paper.strengths, paper.gaps)
        blocks.append(Stack([Gap(12), shown]))
    room = CONTENT_HEIGHT - 60 - sum(one.height(CONTENT_WIDTH) for one in blocks)
    limits = paper.head.audit.limits
    if limits.strip():
        said = clipped(kit, limits, CELL, where=_("limits"), most=12)
        blocks.append(titled(kit, _("Limits of this audit"), said))
        room -= blocks[-1].height(CONTENT_WIDTH)
    if paper.head.left_out:
        lines = [
            f"{area_text(area)}: {reason or _('no reason given')}" for area, reason in paper.head.left_out
        ]
        listed = fitted(kit, lines, lambda some: _lines(kit, some), room - 30)
        blocks.append(titled(kit, _("Not looked at"), listed))
    for place, block in enumerate(blocks):
        kit.flow.add(block, before=4 if place else 0)


def _lines(kit: Kit, lines: Sequence[str]) -> Block:
    return Stack([clipped(kit, one, CELL, where=_("scope"), most=2) for one in lines], gap=2)


def _bar(paper: SummaryPaper, result: AreaResult) -> Bar:
    edition = paper.head.frame.edition
    rules = edition.rules
    if not result.is_rated:
        colour = NOT_RATED
        remark = _("{rated} of {count} rated").format(rated=result.tally.rated, count=result.tally.applicable)
    else:
        colour = level_colour(result.level, floor=rules.area_floor, pass_mark=rules.pass_mark)
        counts = Counter(
            one.grade
            for one in paper.findings
            if one.checkpoint_id is not None and one.checkpoint_id.split(".", 1)[0] == result.area_id
        )
        graver = (FindingGrade.MAJOR, FindingGrade.MINOR)
        remark = ", ".join(grade_count(grade, counts[grade]) for grade in graver if counts[grade])
    return Bar(
        label=str(edition.areas_by_id[result.area_id].title),
        level=result.level,
        figure=level_shown(edition, result.level),
        colour=colour,
        remark=remark,
    )
