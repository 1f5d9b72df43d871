"""The last sheet: how the figures come about, in words and with an example from this very assessment, and what they rest on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from qma_app.design import LIGHT, points_colour
from qma_app.domain.levels import bounds_of, points_of
from qma_app.exchange.workbook.columns import write_header
from qma_app.exchange.workbook.file import Cell, Layout, Sheet, WorkbookFile
from qma_app.exchange.workbook.looks import (
    BANNER,
    COUNT,
    HEADING,
    INSTANT,
    LABEL,
    NAME,
    SHARE,
    TYPED,
    level_look,
    tinted,
)
from qma_app.i18n import _, level_text, ngettext, number_text

if TYPE_CHECKING:
    from qma_app.domain.result import AreaResult
    from qma_app.exchange.assessment_workbook import AssessmentBook

_WIDTHS: Final = (34, 70, 12, 12, 16, 16)


def write_scoring(workbook: WorkbookFile, book: AssessmentBook) -> None:
    """Rules, formula, example, origin, and what was lost on the way into cells."""
    layout = Layout(widths=_WIDTHS, tab_colour=LIGHT.muted, footer=book.edition.label)
    with workbook.sheet(_("Scoring explained"), layout) as sheet:
        sheet.row(book.banner, look=BANNER)
        _write_rules(sheet, book)
        _write_scale(sheet, book)
        _write_example(sheet, book)
        _write_mean(sheet, book)
        _write_origin(sheet, book)
        _write_losses(sheet, workbook)


def _write_rules(sheet: Sheet, book: AssessmentBook) -> None:
    _heading(sheet, _("How a result comes about"))
    for title, words in (*_levels_in_words(book), *_verdicts_in_words(book), *_grades_in_words(book)):
        sheet.row(Cell(title, LABEL), words, look=TYPED)


def _levels_in_words(book: AssessmentBook) -> Iterator[tuple[str, str]]:
    rules = book.edition.rules
    yield (
        _("Level"),
        _(
            "Each rated checkpoint has points and a weight. Its level in percent is the sum of weight × points divided by the sum of weight × 10, taken over the rated checkpoints of a process or an area. Nothing is rounded before it is compared."
        ),
    )
    yield _("Formula"), _("level = 100 × Σ (weight × points) ÷ Σ (weight × 10)")
    yield (
        _("Not applicable, not seen"),
        _(
            "A checkpoint marked not applicable, with a reason, leaves the sum. One that was not seen stays applicable and lowers the coverage; so does one left untouched when the assessment is completed."
        ),
    )
    yield (
        _("Coverage"),
        _(
            "The rated share of the applicable checkpoints, by count. An area below {share} is “not rated”."
        ).format(share=rules.coverage),
    )
    weights = ", ".join(
        f"{area.title} {rules.area_weights.get(area.id, 1)}"
        for area in book.edition.areas
        if rules.area_weights
    )
    mean = _("The overall level is the mean of the rated areas, each of the same weight.")
    if weights:
        mean = _("The overall level is the mean of the rated areas by their weights: {weights}.").format(
            weights=weights
        )
    yield _("Overall level"), mean


def _verdicts_in_words(book: AssessmentBook) -> Iterator[tuple[str, str]]:
    rules = book.edition.rules
    yield (
        _("Pass"),
        _(
            "Overall at least {mark}, every area rated and at least {floor}, every critical checkpoint at {points} points or more (or not applicable with a reason), and no major finding open."
        ).format(
            mark=level_text(Fraction(rules.pass_mark)),
            floor=level_text(Fraction(rules.area_floor)),
            points=rules.critical_points,
        ),
    )
    yield (
        _("Conditional"),
        ngettext(
            "All of that holds but majors are open, unmet critical checkpoints among them: {days} day to close them.",
            "All of that holds but majors are open, unmet critical checkpoints among them: {days} days to close them.",
            rules.conditional_days,
        ).format(days=rules.conditional_days),
    )
    yield _("Not passed"), _("Anything else is missed.")
    yield (
        _("Samples"),
        _(
            "The share of conforming records suggests points: {steps}, else 0. On a critical checkpoint one failing record suggests at most {cap}. The person at work decides. Beside a share stands its exact 95% interval (Clopper-Pearson): what the records looked at leave open about all the others."
        ).format(
            steps="; ".join(
                _("{points} from {share}").format(share=level_text(100 * rule.share), points=rule.points)
                for rule in rules.sample
                if rule.points
            ),
            cap=rules.critical_sample_cap,
        ),
    )


def _grades_in_words(book: AssessmentBook) -> Iterator[tuple[str, str]]:
    grades = book.edition.rules.grades
    yield (
        _("Grade"),
        _(
            "A from {a}, B from {b}, else C. A becomes B when an area or process is below {element}, a critical checkpoint has {points} points or fewer, or any checkpoint has 0. Any grade becomes C when an area is below {floor} or a critical checkpoint has 0."
        ).format(
            a=level_text(Fraction(grades.a_from)),
            b=level_text(Fraction(grades.b_from)),
            element=level_text(Fraction(grades.a_element_floor)),
            points=grades.b_critical_points,
            floor=level_text(Fraction(grades.c_element_floor)),
        ),
    )


def _write_scale(sheet: Sheet, book: AssessmentBook) -> None:
    _heading(sheet, _("Scale"))
    write_header(sheet, [_("Points"), _("Step")])
    for step in book.edition.scale:
        look = tinted(COUNT, points_colour(step.points, book.edition.points))
        sheet.row(Cell(step.points, look), str(step.title), look=TYPED)


def _write_example(sheet: Sheet, book: AssessmentBook) -> None:
    _heading(sheet, _("Worked out for this assessment"))
    area = next((area for area in book.result.areas if area.level is not None), None)
    if area is None:
        sheet.row(Cell(_("Nothing is rated yet."), TYPED), look=TYPED)
        return
    title = str(book.edition.areas_by_id[area.area_id].title)
    sheet.row(Cell(_("The rated checkpoints of {area}").format(area=title), BANNER), look=BANNER)
    write_header(
        sheet,
        [_("No."), _("Checkpoint"), _("Weight"), _("Points"), _("Weight × points"), _("Weight × 10")],
    )
    for line in book.ratings:
        points = points_of(line.rating)
        if line.area.id == area.area_id and line.applies and points is not None:
            weight = line.checkpoint.weight
            figures = (Cell(figure, COUNT) for figure in (weight, points, weight * points, weight * 10))
            sheet.row(
                Cell(line.checkpoint.number, NAME), line.checkpoint.statement.marked, *figures, look=TYPED
            )
    tally = area.tally
    total = tinted(COUNT, LIGHT.raised)
    sums = (
        Cell(tally.weight, total),
        Cell(None, total),
        Cell(tally.weighted_points, total),
        Cell(10 * tally.weight, total),
    )
    sheet.row(_("Sum"), None, *sums, look=tinted(TYPED, LIGHT.raised))
    words = _("100 × {points} ÷ {most}").format(
        points=number_text(tally.weighted_points), most=number_text(10 * tally.weight)
    )
    sheet.row(_("Level of {area}").format(area=title), words, _level(book, area.level), look=TYPED)  # fmt: skip


def _write_mean(sheet: Sheet, book: AssessmentBook) -> None:
    rules = book.edition.rules
    rated = [area for area in book.result.areas if area.applies and area.is_rated]
    _heading(sheet, _("From the areas to the overall level"))
    write_header(sheet, [_("Area"), _("State"), _("Level"), _("Weight")])
    for area in book.result.areas:
        if area.applies:
            _write_area(sheet, book, area)
    if rated:
        weight = sum(rules.area_weights.get(area.area_id, 1) for area in rated)
        words = _("the sum of level × weight, divided by {weight}").format(weight=weight)
        sheet.row(
            _("Overall level"), words, _level(book, book.result.overall), Cell(weight, COUNT), look=TYPED
        )


def _write_area(sheet: Sheet, book: AssessmentBook, area: AreaResult) -> None:
    state = (
        _("{rated} of {count} rated: counts") if area.is_rated else _("{rated} of {count} rated: left out")
    )
    sheet.row(
        str(book.edition.areas_by_id[area.area_id].title),
        state.format(rated=area.tally.rated, count=area.tally.applicable),
        _level(book, area.level),
        Cell(book.edition.rules.area_weights.get(area.area_id, 1), COUNT),
        look=TYPED,
    )


def _write_origin(sheet: Sheet, book: AssessmentBook) -> None:
    edition, head = book.edition, book.head
    _heading(sheet, _("What this rests on"))
    for label, value in (
        (_("Edition"), edition.label),
        (_("Standard and version"), f"{edition.standard} {edition.version}"),
        (_("Hash of the edition"), edition.hash),
        (_("Entries of the change log"), Cell(head.seq, replace(COUNT, align="left"))),
        (_("Head of the change log"), head.hash or "–"),
        (_("Assessment id"), book.assessment.id),
        (_("Programme id"), book.engagement.id),
        (_("Dealership id"), book.dealership.id),
    ):
        sheet.row(Cell(label, LABEL), value, look=TYPED)
    if head.at is not None:
        sheet.row(Cell(_("Last entry of the change log"), LABEL), Cell(head.at, INSTANT), look=TYPED)
    sheet.row(
        Cell(_("To check it"), LABEL),
        _(
            "Verify the workspace: its log must hold an entry of this number with this hash. All cells of this workbook hold plain values; none is a formula."
        ),
        look=TYPED,
    )


def _write_losses(sheet: Sheet, workbook: WorkbookFile) -> None:
    losses = workbook.losses
    if losses.replaced:
        words = ngettext(
            "{count} character that no cell can show was replaced by U+FFFD.",
            "{count} characters that no cell can show were replaced by U+FFFD.",
            losses.replaced,
        ).format(count=number_text(losses.replaced))
        sheet.row(Cell(_("Note"), LABEL), words, look=TYPED)
    if losses.cut:
        words = ngettext(
            "{count} text was too long for a cell and was cut; the program keeps it whole.",
            "{count} texts were too long for a cell and were cut; the program keeps them whole.",
            losses.cut,
        ).format(count=number_text(losses.cut))
        sheet.row(Cell(_("Note"), LABEL), words, look=TYPED)


def _heading(sheet: Sheet, title: str) -> None:
    sheet.row(None, look=HEADING)
    sheet.row(title, look=HEADING)


def _level(book: AssessmentBook, level: Fraction | None) -> Cell:
    if level is None:
        return Cell("–", SHARE)
    return Cell(float(level / 100), level_look(level, bounds_of(book.edition.rules)))
