"""The first sheet: which assessment this is, what it came to and why, and its author's own words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from qma_app.design import LIGHT, level_colour
from qma_app.domain.dealership import Dealership
from qma_app.domain.edition import EditionStatus
from qma_app.domain.engagement import Engagement
from qma_app.domain.field_titles import field_title
from qma_app.domain.levels import bounds_of
from qma_app.domain.people import Qualification
from qma_app.domain.result import Tally
from qma_app.domain.wording import kind_title, role_title, verdict_title
from qma_app.exchange.workbook.columns import write_header
from qma_app.exchange.workbook.file import Cell, Layout, Sheet, Value, WorkbookFile
from qma_app.exchange.workbook.looks import (
    COUNT,
    DAY,
    HEADING,
    INSTANT,
    LABEL,
    MARK,
    PERCENT,
    SHARE,
    TITLE,
    TYPED,
    WORD,
    Look,
    level_look,
    tinted,
)
from qma_app.i18n import _, day_text

if TYPE_CHECKING:
    from qma_app.exchange.assessment_workbook import AssessmentBook, PersonLine

_WIDTHS: Final = (30, 50, 11, 11, 11, 11, 11, 11, 11)


def write_overview(workbook: WorkbookFile, book: AssessmentBook) -> None:
    """Facts, result, levels, rules, words and people, one below the other."""
    layout = Layout(widths=_WIDTHS, tab_colour=LIGHT.ok, footer=book.edition.label)
    with workbook.sheet(_("Overview"), layout) as sheet:
        sheet.row(book.title, look=TITLE)
        if book.mark:
            sheet.row(book.mark, look=MARK)
        _write_assessment(sheet, book)
        _write_result(sheet, book)
        _write_areas(sheet, book)
        _write_rules(sheet, book)
        _write_words(sheet, book)
        _write_dealership(sheet, book)
        _write_people(sheet, book)


def _write_assessment(sheet: Sheet, book: AssessmentBook) -> None:
    assessment, engagement, edition = book.assessment, book.engagement, book.edition
    _heading(sheet, _("Assessment"))
    _fact(sheet, _("Number"), Cell(assessment.number, _left(COUNT)))
    _fact(sheet, _("Kind"), kind_title(assessment.kind))
    _fact(sheet, _("Started on"), Cell(assessment.started_on, _left(DAY)))
    _fact(sheet, _("Completed on"), Cell(assessment.completed_on, _left(DAY)))
    _fact(sheet, _("Completed at"), Cell(assessment.completed_at, _left(INSTANT)))
    _fact(sheet, _("State"), _("open") if assessment.is_open else _("completed"))
    _fact(sheet, _("Assessor"), book.name_of(assessment.assessor_id))
    areas = (edition.areas_by_id.get(id) for id in assessment.scope)
    _fact(sheet, _("Scope"), ", ".join(str(area.title) for area in areas if area is not None))
    if assessment.features is not None:
        titles = {feature.id: str(feature.title) for feature in edition.features}
        known = ", ".join(titles.get(id, id) for id in assessment.features)
        _fact(sheet, _("Features on completion"), known)
    if assessment.staff is not None:
        _fact(sheet, _("Staff on completion"), Cell(assessment.staff, _left(COUNT)))
    for entry in assessment.reopenings:
        words = _("{reason} ({who})").format(reason=entry.reason, who=book.name_of(entry.who) or "–")
        sheet.row(Cell(_("Reopened"), LABEL), words, Cell(entry.at, INSTANT), look=TYPED)
    _fact(sheet, _("Edition"), edition.label)
    status = {EditionStatus.DRAFT: _("draft"), EditionStatus.RELEASED: _("released")}[edition.status]
    _fact(sheet, _("State of the edition"), status)
    _fact(sheet, _("Programme started on"), Cell(engagement.started_on, _left(DAY)))
    _fact(sheet, _("Months of the programme"), Cell(engagement.months, _left(COUNT)))
    _fact(
        sheet,
        _("Month of the programme at the start"),
        Cell(engagement.month_on(assessment.started_on), _left(COUNT)),
    )
    _fact(sheet, _("Coach"), book.name_of(engagement.coach_id))
    _write_agreement(sheet, book)
    _fact(sheet, _("Note on the programme"), engagement.note)
    _fact(sheet, _("Last change shown"), Cell(book.changed_at, _left(INSTANT)))  # fmt: skip


def _write_agreement(sheet: Sheet, book: AssessmentBook) -> None:
    """Who leads the programme in the house, and what was agreed and accepted; only what there is."""
    engagement = book.engagement
    facts: tuple[tuple[str, Value, Look], ...] = (
        ("principal_id", book.name_of(engagement.principal_id), TYPED),
        ("officer_id", book.name_of(engagement.officer_id), TYPED),
        ("officer_percent", engagement.officer_percent, PERCENT),
        ("targets_locked_on", engagement.targets_locked_on, DAY),
        ("plan_accepted_on", engagement.plan_accepted_on, DAY),
        ("plan_accepted_by", engagement.plan_accepted_by, TYPED),
        ("ended_on", engagement.ended_on, DAY),
        ("ended_reason", engagement.ended_reason, TYPED),
    )
    for name, value, look in facts:
        if value not in (None, ""):
            _fact(sheet, field_title(Engagement, name), Cell(value, _left(look)))


def _write_result(sheet: Sheet, book: AssessmentBook) -> None:
    result, rules = book.result, book.edition.rules
    _heading(sheet, _("Result"))
    _fact(sheet, _("Overall level"), _level(book, result.overall, align="left"))
    _fact(sheet, _("Verdict of the rules"), verdict_title(result.verdict))
    _fact(sheet, _("Grade"), result.grade.grade.value if result.grade else "–")
    for reason in result.grade.reasons if result.grade else ():
        _fact(sheet, _("Why not a better grade"), reason)
    _fact(sheet, _("Pass mark"), Cell(rules.pass_mark / 100, _left(SHARE)))
    _fact(sheet, _("Areas rated"), Cell(result.rated_areas, _left(COUNT)))
    _fact(sheet, _("Areas that count"), Cell(result.counted_areas, _left(COUNT)))


def _write_areas(sheet: Sheet, book: AssessmentBook) -> None:
    _heading(sheet, _("Areas and processes"))
    write_header(
        sheet,
        [
            _("Area"),
            _("Process"),
            _("Level"),
            _("Coverage"),
            _("Applicable"),
            _("Rated"),
            _("Not seen"),
            _("Open"),
            _("Not applicable"),
        ],
    )
    for area in book.result.areas:
        title = str(book.edition.areas_by_id[area.area_id].title)
        state = _("rated") if area.is_rated else _("not rated") if area.applies else _("does not apply here")
        sheet.row(title, Cell(state, LABEL), _level(book, area.level), *_tally(area.tally), look=TYPED)
        for process in area.processes:
            if process.tally.applicable or process.tally.not_applicable:
                known = book.edition.processes[process.process_id]
                sheet.row(
                    Cell(title, LABEL),
                    f"{known.number} {known.title}",
                    _level(book, process.tally.level),
                    *_tally(process.tally),
                    look=TYPED,
                )
    sheet.row(
        _("Overall"), None, _level(book, book.result.overall), *_tally(book.result.tally), look=tinted(TYPED, LIGHT.raised)
    )  # fmt: skip


def _write_rules(sheet: Sheet, book: AssessmentBook) -> None:
    titles = {
        "overall": _("Overall level"),
        "areas-rated": _("Every area rated"),
        "area-floor": _("Every area above its floor"),
        "criticals": _("Critical checkpoints"),
        "majors": _("Major findings"),
    }
    _heading(sheet, _("Rules"))
    write_header(sheet, [_("Rule"), _("Why"), _("Holds")])
    for answer in book.result.rules:
        colour = LIGHT.ok if answer.holds else LIGHT.bad
        holds = Cell(_("yes") if answer.holds else _("no"), tinted(WORD, colour))
        sheet.row(titles.get(answer.code, answer.code), answer.reason, holds, look=TYPED)


def _write_words(sheet: Sheet, book: AssessmentBook) -> None:
    _heading(sheet, _("In the author's words"))
    _fact(sheet, _("Summary"), book.assessment.summary or "–")
    for remark in book.assessment.remarks:
        area = book.edition.areas_by_id.get(remark.area_id)
        _fact(sheet, str(area.title) if area else remark.area_id, remark.text)


def _write_dealership(sheet: Sheet, book: AssessmentBook) -> None:
    dealership = book.dealership
    _heading(sheet, _("Dealership"))
    _fact(sheet, _("Name"), dealership.name)
    _fact(sheet, _("Code"), dealership.code)
    _fact(sheet, _("City"), dealership.city)
    _fact(sheet, _("Country"), dealership.country)
    if dealership.region:
        _fact(sheet, field_title(Dealership, "region"), dealership.region)
    if dealership.language:
        _fact(sheet, field_title(Dealership, "language"), dealership.language)
    _fact(
        sheet,
        _("Sample dealership"),
        _("yes, everything in it is invented") if dealership.is_sample else _("no"),
    )
    if dealership.archived_at is not None:
        _fact(sheet, _("Archived at"), Cell(dealership.archived_at, _left(INSTANT)))
    _fact(sheet, _("Note"), dealership.note)
    features = {feature.id: str(feature.title) for feature in book.edition.features}
    for site in book.sites:
        _fact(sheet, _("Site"), site.name)
        _fact(sheet, _("Address"), site.address)
        _fact(sheet, _("Features"), ", ".join(features.get(id, id) for id in site.features))
        _fact(sheet, _("Staff"), Cell(site.staff, _left(COUNT)))


def _write_people(sheet: Sheet, book: AssessmentBook) -> None:
    if not book.people:
        return
    _heading(sheet, _("People named here"))
    write_header(sheet, [_("Name"), _("Function and certificates")])
    for line in book.people.values():
        sheet.row(line.person.name, "\n".join(_certificates(line)), look=TYPED)


def _certificates(line: PersonLine) -> list[str]:
    return [line.person.function] * bool(line.person.function) + [
        _certificate(held) for held in line.qualifications
    ]


def _certificate(held: Qualification) -> str:
    words = f"{role_title(held.role)} {held.number}".rstrip()
    if held.valid_from is not None:
        words = _("{words}, from {day}").format(words=words, day=day_text(held.valid_from))
    if held.valid_until is not None:
        words = _("{words}, until {day}").format(words=words, day=day_text(held.valid_until))
    further = [f"{field_title(Qualification, 'training')}: {held.training}"] * bool(held.training)
    for name, day in (("trained_on", held.trained_on), ("checked_on", held.checked_on)):
        if day is not None:
            further.append(f"{field_title(Qualification, name)}: {day_text(day)}")
    if held.supervised is not None:
        further.append(f"{field_title(Qualification, 'supervised')}: {held.supervised}")
    return "; ".join((words, *further))


def _heading(sheet: Sheet, title: str) -> None:
    sheet.row(None, look=HEADING)
    sheet.row(title, look=HEADING)


def _fact(sheet: Sheet, label: str, value: Value | Cell) -> None:
    sheet.row(Cell(label, LABEL), value, look=TYPED)


def _left(look: Look) -> Look:
    return replace(look, align="left")


def _level(book: AssessmentBook, level: Fraction | None, *, align: str = "right") -> Cell:
    """A level as a percent figure on the colour of its step."""
    rules = book.edition.rules
    if level is None:
        return Cell("–", replace(WORD, align=align))
    colour = level_colour(level, floor=rules.area_floor, pass_mark=rules.pass_mark)
    look = replace(tinted(level_look(level, bounds_of(rules)), colour), align=align)
    return Cell(float(level / 100), look)


def _tally(tally: Tally) -> Sequence[Cell]:
    counts = (tally.applicable, tally.rated, tally.not_seen, tally.open, tally.not_applicable)
    return [Cell(float(tally.coverage), SHARE), *(Cell(count, COUNT) for count in counts)]
