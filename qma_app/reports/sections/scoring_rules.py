"""Annex B: how the result was worked out, in plain words with the figures of this edition, so that anybody can check it."""

from __future__ import annotations

from fractions import Fraction

from qma_app.design import LIGHT, points_colour
from qma_app.domain.edition import Edition, SampleRule
from qma_app.i18n import _, ngettext, number_text, percent_text
from qma_app.reports.blocks import Block
from qma_app.reports.kit import Kit
from qma_app.reports.marks import Chip
from qma_app.reports.pages import CONTENT_WIDTH, SHORT
from qma_app.reports.paper import AreaPart, AssessmentPaper
from qma_app.reports.sections.summary import rule_table
from qma_app.reports.styles import CELL, CELL_QUIET, CELL_STRONG, LABEL, Align
from qma_app.reports.tables import Row, Table
from qma_app.reports.wording import level_shown


def add_scoring_rules(kit: Kit, paper: AssessmentPaper, *, below: float = SHORT) -> None:
    """The rules of the edition, then this assessment worked through them; on a page filled less than `below` they follow."""
    edition = paper.edition
    kit.section(_("Annex B: how the result was worked out"), below=below)
    kit.heading(_("Points"), before=4)
    kit.paragraph(
        _(
            "Each checkpoint is rated with one of these steps. Checkpoints weigh {weights}; a heavier one counts for more."
        ).format(weights=_weights(edition))
    )
    kit.flow.add(_scale(kit, edition), before=6)
    kit.heading(_("Levels"))
    for sentence in _level_sentences(edition):
        kit.paragraph(sentence, before=4)
    kit.flow.add(_worked_out(kit, paper), before=10)
    kit.paragraph(_mean_sentence(paper), before=8)
    kit.heading(_("Pass, conditional, not passed"))
    for sentence in _verdict_sentences(edition):
        kit.paragraph(sentence, before=4)
    kit.flow.add(rule_table(kit, paper.result.rules, CONTENT_WIDTH), before=8)
    kit.heading(_("Grade"))
    kit.paragraph(_grade_sentence(edition), keeps=True)
    _add_grade(kit, paper)
    kit.heading(_("Samples"))
    kit.paragraph(_sample_sentence(edition))


def _weights(edition: Edition) -> str:
    used = sorted({checkpoint.weight for checkpoint in edition.checkpoints.values()})
    return ", ".join(map(str, used[:-1])) + (
        _(" or {last}").format(last=used[-1]) if len(used) > 1 else str(used[-1]) if used else "1"
    )


def _scale(kit: Kit, edition: Edition) -> Table:
    cells: list[Block | None] = [
        Chip(kit.setter, str(step.points), str(step.title), points_colour(step.points, edition.points))
        for step in edition.scale
    ]
    count = len(cells)
    width = (CONTENT_WIDTH - 8 * (count - 1)) / count
    return Table((width,) * count, (Row(tuple(cells), rule=None),), gutter=8)


def _level_sentences(edition: Edition) -> tuple[str, ...]:
    rules = edition.rules
    weights = sorted(set(rules.area_weights.values()) | {1}) if rules.area_weights else []
    mean = (
        _("The overall level is the mean of the rated areas, each with its weight (see the table).")
        if weights
        else _("The overall level is the plain mean of the rated areas.")
    )
    return (
        _("The level of an area is the sum of weight times points over its rated checkpoints, as a percentage of what that sum would be with full points."),
        _("Not applicable, with a written reason, leaves the sum. Not seen, also what nobody touched before the assessment was completed, does not count as 0 but lowers the coverage."),
        _("An area counts as rated when at least {share} of its applicable checkpoints carry points; otherwise the overall level is marked as partial and cannot pass.").format(share=rules.coverage),
        mean,
        _("Levels are exact fractions. Nothing is rounded before it is compared: 79.95% is not 80%. Only the figure you read is rounded, half up."),
    )  # fmt: skip


def _worked_out(kit: Kit, paper: AssessmentPaper) -> Table:
    """One row an area: what was summed up, and what came out."""
    end, head_end = CELL.aligned(Align.END), LABEL.aligned(Align.END)
    has_weights = bool(paper.edition.rules.area_weights)
    titles = [
        _("Rated"),
        _("Coverage"),
        _("Weighted points"),
        _("of"),
        _("Exact level"),
        _("Level"),
        *([_("Weight")] if has_weights else []),
    ]
    head = Row(
        (kit.words(_("Area"), LABEL), *(kit.words(title, head_end) for title in titles)),
        padding=3, rule=LIGHT.control_edge, keeps=True,
    )  # fmt: skip
    widths = [46.0, 50, 62, 40, 70, 68, *([38] if has_weights else [])]
    rows = [
        Row(
            (
                kit.words(str(part.area.title), CELL),
                *(kit.words(text, end) for text in _figures(paper, part, has_weights)),
            )
        )
        for part in paper.areas
    ]
    first = CONTENT_WIDTH - sum(widths) - 8 * len(widths)
    return Table((first, *widths), rows, head=head, gutter=8)


def _figures(paper: AssessmentPaper, part: AreaPart, has_weights: bool) -> list[str]:
    tally = part.result.tally
    level = tally.level
    figures = [
        _("{rated} of {count}").format(rated=tally.rated, count=tally.applicable),
        percent_text(number_text(tally.coverage * 100)),
        number_text(tally.weighted_points),
        number_text(10 * tally.weight),
        "–" if level is None else f"{level.numerator}/{level.denominator}",
        level_shown(paper.edition, level) if part.result.is_rated else _("not rated"),
    ]
    return [*figures, str(paper.edition.rules.area_weights.get(part.area.id, 1))] if has_weights else figures


def _mean_sentence(paper: AssessmentPaper) -> str:
    result = paper.result
    if result.overall is None:
        return _("No area is rated, so there is no overall level.")
    return ngettext(
        "Overall: the level of {count} rated area is {exact}%, shown as {level}.",
        "Overall: the mean of {count} rated areas is {exact}%, shown as {level}.",
        result.rated_areas,
    ).format(
        count=result.rated_areas,
        exact=number_text(result.overall, 6),
        level=level_shown(paper.edition, result.overall),
    )


def _verdict_sentences(edition: Edition) -> tuple[str, ...]:
    rules = edition.rules
    return (
        _("Pass: the overall level is at least {mark}%, every area is rated and at least {floor}%, every critical checkpoint has {points} points or more (or is not applicable with a reason), and no major finding is open.").format(
            mark=rules.pass_mark, floor=rules.area_floor, points=rules.critical_points
        ),
        _("Conditional: everything holds but open majors, unmet critical checkpoints among them; they are closed with evidence within {days} days. Any other miss: not passed.").format(
            days=rules.conditional_days
        ),
        _("A critical checkpoint below {points} points is a major by itself.").format(points=rules.critical_points),
    )  # fmt: skip


def _grade_sentence(edition: Edition) -> str:
    grades = edition.rules.grades
    return _(
        "A from {a}%, B from {b}%, else C. A becomes B when an area or process is below {a_floor}%, a critical checkpoint has {points} points or fewer, or any checkpoint has 0. Any grade becomes C when an area is below {c_floor}% or a critical checkpoint has 0."
    ).format(
        a=grades.a_from,
        b=grades.b_from,
        a_floor=grades.a_element_floor,
        points=grades.b_critical_points,
        c_floor=grades.c_element_floor,
    )


def _add_grade(kit: Kit, paper: AssessmentPaper) -> None:
    grade = paper.result.grade
    if grade is None:
        kit.paragraph(_("No grade is given while an area that applies is not rated."))
        return
    said = _("Grade of this assessment: {grade}").format(grade=grade.grade)
    kit.paragraph(said, CELL_STRONG, before=8, keeps=bool(grade.reasons))
    for reason in grade.reasons:
        kit.paragraph(reason, CELL_QUIET, before=2)


def _sample_sentence(edition: Edition) -> str:
    steps = [
        _("from {share} conforming {points} points").format(share=_share_text(rule), points=rule.points)
        for rule in sorted(edition.rules.sample, key=_share, reverse=True)
        if rule.points
    ]
    return _(
        "Records drawn for a checkpoint suggest points: {steps}, below that 0. On a critical checkpoint a single failure suggests at most {cap}. The assessor decides. Behind each share stands the exact two-sided 95% interval (Clopper-Pearson)."
    ).format(steps=", ".join(steps), cap=edition.rules.critical_sample_cap)


def _share(rule: SampleRule) -> Fraction:
    return rule.share


def _share_text(rule: SampleRule) -> str:
    """A bound of the edition with no more places than it has: `90%`."""
    share = rule.share * 100
    return percent_text(number_text(share, 0 if share.denominator == 1 else 1))
