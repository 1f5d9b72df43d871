"""The self-assessments of the departments beside what the coach or auditor saw: how far apart, and where most."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from reportlab.graphics.shapes import Drawing

from qma_app.charts.dumbbells import Dumbbell, dumbbells
from qma_app.design import level_colour, points_colour
from qma_app.domain.assessment import AssessmentKind
from qma_app.domain.edition import Edition
from qma_app.domain.self_gap import GAP_KPI, PointGap, together
from qma_app.i18n import _, day_text, ngettext, number_text
from qma_app.reports.blocks import Block, Chart, Stack
from qma_app.reports.kit import Kit
from qma_app.reports.marks import Chip
from qma_app.reports.pages import CONTENT_WIDTH
from qma_app.reports.paper import AssessmentPaper
from qma_app.reports.styles import CELL, CELL_QUIET, CELL_STRONG, LABEL, NOTE, Align
from qma_app.reports.tables import Row, Table

_NUMBER, _CHIP, _GAP = 48.0, 20.0, 30.0


def add_beside_coach(kit: Kit, paper: AssessmentPaper) -> None:
    """Nothing while no area of the scope has a self-assessment with a checkpoint that both rated."""
    whole = together(paper.self_gaps)
    if whole is None:
        return
    kit.section(title_of(paper))
    kit.lead(_lead(whole.level, whole.count))
    kit.flow.add(Chart(kit.setter, _chart(paper)), before=12)
    kit.quiet(
        " ".join(
            filter(
                None,
                (
                    _(
                        "Levels over the checkpoints that both have rated, weighed as in the standard; the gap is self minus the other, in points of the level."
                    ),
                    _planned(paper.edition),
                ),
            )
        ),
        before=8,
    )
    kit.quiet(" ".join(_sources(paper)), before=2)
    _add_points(kit, paper, _("Seen better than it was found"), whole.too_high())
    _add_points(kit, paper, _("Seen worse than it was found"), whole.too_low())


def title_of(paper: AssessmentPaper) -> str:
    """Whom the departments are compared with."""
    return (
        _("Self-assessment beside the auditor")
        if paper.assessment.kind.is_audit
        else _("Self-assessment beside the coach")
    )


def signed(value: Fraction | int, places: int = 1) -> str:
    """A difference with its sign; nought has none."""
    text = number_text(abs(Fraction(value)), places)
    if not any(digit in text for digit in "123456789"):
        return text
    return f"+{text}" if value > 0 else f"−{text}"


def _planned(edition: Edition) -> str:
    """What the standard expects of the gap, where it defines the KPI."""
    kpi = edition.kpis.get(GAP_KPI)
    if kpi is None or kpi.range is None or not (kpi.range.least and kpi.range.most):
        return ""
    return _("{kpi} is expected between {least} and {most}; a gap either way hides something.").format(
        kpi=f"{kpi.code} {kpi.title}", least=kpi.range.least.replace("-", "−"), most=f"+{kpi.range.most}"
    )


def _lead(level: Fraction, count: int) -> str:
    rests = ngettext(
        "on {count} checkpoint that both have rated", "on {count} checkpoints that both have rated", count
    ).format(count=number_text(count))
    figure = number_text(abs(level), 1)
    if level > 0:
        return _("The departments see themselves {points} points higher, {rests}.").format(
            points=figure, rests=rests
        )
    if level < 0:
        return _("The departments see themselves {points} points lower, {rests}.").format(
            points=figure, rests=rests
        )
    return _("Departments and assessor come to the same level, {rests}.").format(rests=rests)


def _chart(paper: AssessmentPaper) -> Drawing:
    rules = paper.edition.rules
    rows = [
        Dumbbell(
            label=str(paper.edition.areas_by_id[area.area_id].title),
            hollow=area.gap.own_level,
            filled=area.gap.coach_level,
            colour=level_colour(area.gap.coach_level, floor=rules.area_floor, pass_mark=rules.pass_mark),
            figure=signed(area.gap.level),
            remark=_("n = {count}").format(count=area.gap.count),
        )
        for area in paper.self_gaps
    ]
    return dumbbells(rows, width=CONTENT_WIDTH, hollow_name=_("Self"), filled_name=_other(paper))


def _other(paper: AssessmentPaper) -> str:
    return _("Auditor") if paper.assessment.kind.is_audit else _("Coach")


def _sources(paper: AssessmentPaper) -> list[str]:
    """Which self-assessment each area is taken from, named once for areas that share one."""
    if paper.assessment.kind is AssessmentKind.SELF_ASSESSMENT:
        return [_("The coach's ratings are the latest ones before this self-assessment.")]
    areas: dict[str, list[str]] = {}
    for area in paper.self_gaps:
        own = area.assessment
        name = _("assessment {number} of {day}").format(
            number=own.number, day=day_text(own.completed_on or own.started_on)
        )
        areas.setdefault(name, []).append(str(paper.edition.areas_by_id[area.area_id].title))
    return [
        _("{areas}: {assessment}.").format(areas=", ".join(titles), assessment=name)
        for name, titles in areas.items()
    ]


def _add_points(kit: Kit, paper: AssessmentPaper, title: str, points: Sequence[PointGap]) -> None:
    if not points:
        return
    kit.minor_heading(title, before=18)
    rows = [_row(kit, paper.edition, each) for each in points]
    head = Row(
        (
            kit.words(_("No."), LABEL),
            kit.words(_("Checkpoint"), LABEL),
            kit.words(_("Self"), LABEL),
            kit.words(_other(paper), LABEL),
            kit.words(_("Gap"), LABEL.aligned(Align.END)),
        ),
        padding=3,
    )
    statement = CONTENT_WIDTH - _NUMBER - 2 * (_CHIP + 14) - _GAP - 40
    kit.flow.add(Table((_NUMBER, statement, _CHIP + 14, _CHIP + 14, _GAP), rows, head=head), before=2)


def _row(kit: Kit, edition: Edition, each: PointGap) -> Row:
    checkpoint = each.checkpoint
    said: list[Block] = [kit.words(checkpoint.statement.marked, CELL)]
    if each.note.strip():
        where = _("{number}, self-assessment").format(number=checkpoint.number)
        said.append(kit.words(each.note, NOTE, where=where))
    return Row(
        (
            kit.words(checkpoint.number, CELL_QUIET),
            Stack(said, gap=1),
            _chip(kit, edition, each.own),
            _chip(kit, edition, each.coach),
            kit.words(signed(each.gap, 0), CELL_STRONG.aligned(Align.END)),
        )
    )


def _chip(kit: Kit, edition: Edition, points: int) -> Chip:
    colour = points_colour(points, edition.points) if points in edition.points else None
    return Chip(kit.setter, str(points), "", colour)
