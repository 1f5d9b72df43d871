"""Writes the workbook: a sheet that explains, a row for each checkpoint, and a hidden sheet that says what it is about."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, BinaryIO, Final

from openpyxl.worksheet.cell_range import MultiCellRange
from openpyxl.worksheet.datavalidation import DataValidation

from qma_app.design import LIGHT
from qma_app.domain.applicability import applies, premises_of
from qma_app.domain.dealership import Dealership
from qma_app.domain.edition import Area, Checkpoint, Edition, Process
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import AreaId, EngagementId
from qma_app.domain.ports import LogHead, Reader
from qma_app.domain.rating import Outcome
from qma_app.domain.wording import outcome_title
from qma_app.exchange.self_assessment import keys
from qma_app.exchange.workbook.columns import Meter, Progress, write_header
from qma_app.exchange.workbook.file import Cell, Layout, Sheet, WorkbookFile
from qma_app.exchange.workbook.looks import BANNER, DAY, HEADING, LABEL, MARK, NAME, TITLE, TYPED, Look
from qma_app.i18n import _

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_FIELD: Final = replace(TYPED, fill=LIGHT.raised, is_open=True)
_DAY_FIELD: Final = replace(DAY, fill=LIGHT.raised, is_open=True, align="left")
_KEYS_SHEET: Final = "qma"
_FIRST_ROW: Final = 4
_RATING: Final = "E"
_LONGEST_ADVICE: Final = 225  # as much as Excel shows beside a wrong entry


@dataclass(frozen=True, kw_only=True, slots=True)
class SelfBook:
    """What a department head is given: the own area as it applies to the dealership."""

    dealership: Dealership
    engagement: Engagement
    edition: Edition
    area: Area
    rows: tuple[tuple[Process, Checkpoint], ...]
    head: LogHead
    is_sample: bool = False

    @property
    def title(self) -> str:
        """`Autohaus Beispiel · Self-assessment · Service`"""
        return f"{self.dealership.name} · {_('Self-assessment')} · {self.area.title}"

    @property
    def choices(self) -> tuple[str, ...]:
        """What the drop-down offers: the steps of the scale from the top, then the two marks without points."""
        steps = [f"{step.points} – {step.title}" for step in reversed(self.edition.scale)]
        return (*steps, outcome_title(Outcome.NOT_APPLICABLE), outcome_title(Outcome.NOT_SEEN))


def collect(reader: Reader, engagement_id: EngagementId, area_id: AreaId) -> SelfBook:
    """Everything the workbook shows, in the edition the programme follows now and the language in force."""
    engagement = reader.get(Engagement, engagement_id)
    edition = reader.edition(engagement.edition)
    dealership = reader.get(Dealership, engagement.dealership_id)
    premises = premises_of(reader, dealership.id)
    area = edition.areas_by_id[area_id]
    return SelfBook(
        dealership=dealership,
        engagement=engagement,
        edition=edition,
        area=area,
        rows=tuple(
            (process, point)
            for process in area.processes
            for point in process.checkpoints
            if applies(point, premises)
        ),
        head=reader.log_head(),
        is_sample=dealership.is_sample,
    )


def write(book: SelfBook, file: BinaryIO, *, progress: Progress | None = None) -> None:
    """Write the workbook into an open file; the same book in the same language always gives the same bytes.

    `progress` hears the share done and stops the work by answering False (ReportTrouble `workbook.cancelled`).
    """
    meter = Meter(progress, len(book.rows))
    meter.tell()
    changed_at = book.head.changed_at(book.engagement.started_on)
    with WorkbookFile(file, title=book.title, changed_at=changed_at) as workbook:
        _write_guide(workbook, book)
        _write_checkpoints(workbook, book, meter)
        _write_keys(workbook, book)
        meter.tell()


def _write_guide(workbook: WorkbookFile, book: SelfBook) -> None:
    layout = Layout(
        widths=(26, 80, 4),
        hidden=(False, False, True),
        tab_colour=LIGHT.ok,
        footer=book.edition.label,
        finish=_protect,
    )
    with workbook.sheet(_("How to fill it in"), layout) as sheet:
        sheet.row(_("Self-assessment: {area}").format(area=book.area.title), look=TITLE)
        if book.is_sample:
            sheet.row(_("SAMPLE"), look=MARK)
        _fact(sheet, _("Dealership"), book.dealership.name)
        _fact(sheet, _("Area"), f"{book.area.code} {book.area.title}")
        _fact(sheet, _("Standard"), book.edition.label)
        sheet.row(None, look=HEADING)
        sheet.row(_("Please fill in"), look=HEADING)
        sheet.row(Cell(_("Filled in by"), LABEL), Cell(None, _FIELD), Cell(keys.BY, NAME), look=TYPED)
        sheet.row(Cell(_("On (day)"), LABEL), Cell(None, _DAY_FIELD), Cell(keys.ON, NAME), look=TYPED)
        sheet.row(None, look=HEADING)
        sheet.row(_("How it is done"), look=HEADING)
        for place, words in enumerate(_steps(), 1):
            sheet.row(Cell(f"{place}.", LABEL), words, look=TYPED)
        sheet.row(None, look=HEADING)
        sheet.row(_("The ratings"), look=HEADING)
        for step in reversed(book.edition.scale):
            sheet.row(Cell(str(step.points), LABEL), str(step.title), look=TYPED)
        least = book.edition.rules.critical_points
        critical = _("met from {points} points; it stands between the house and the certificate")
        _fact(sheet, _("critical"), critical.format(points=least))
        _fact(
            sheet,
            outcome_title(Outcome.NOT_APPLICABLE),
            _("the house does not do this at all; the comment says why"),
        )
        _fact(sheet, outcome_title(Outcome.NOT_SEEN), _("nobody could look at it; the comment says why"))


def _steps() -> tuple[str, ...]:
    return (
        _(
            "On the second sheet choose a rating for each checkpoint: what is done today, not what is planned."
        ),
        _("Look at a few cases before you rate; the column “What to look at” says which."),
        _("Write into the comment what you saw. Only the tinted cells can be changed."),
        _("A row you leave empty counts as not seen."),
        _(
            "Send the file back to the coach. It stands beside the coach's own ratings; nothing is certified by it."
        ),
    )


def _write_checkpoints(workbook: WorkbookFile, book: SelfBook, meter: Meter) -> None:
    layout = Layout(
        widths=(10, 24, 52, 52, 24, 44, 34),
        hidden=(False, False, False, False, False, False, True),
        frozen_rows=_FIRST_ROW - 1,
        frozen_columns=1,
        filter_row=_FIRST_ROW - 1,
        tab_colour=LIGHT.accent,
        footer=book.edition.label,
        finish=partial(_finish_checkpoints, book),
    )
    with workbook.sheet(_("Checkpoints"), layout) as sheet:
        names = (keys.NUMBER, "", "", "", keys.RATING, keys.COMMENT, keys.ID)
        sheet.append(names, [sheet.style(NAME)] * len(names), is_hidden=True)
        sheet.row(book.title, look=BANNER)
        write_header(
            sheet,
            [
                _("No."),
                _("Process"),
                _("Checkpoint"),
                _("What to look at"),
                _("Rating"),
                _("Comment"),
                _("Checkpoint id"),
            ],
        )
        looks: tuple[Look, ...] = (NAME, LABEL, TYPED, LABEL, _FIELD, _FIELD, NAME)
        styles = [sheet.style(look) for look in looks]
        for process, point in book.rows:
            number = f"{point.number}\n{_('critical')}" if point.is_critical else point.number
            sheet.append(
                (
                    Cell(number, replace(NAME, is_wrapped=True)) if point.is_critical else number,
                    f"{process.number} {process.title}",
                    point.statement.marked,
                    _look_at(point),
                    None,
                    None,
                    point.id,
                ),
                styles,
            )
            meter.step()


def _look_at(point: Checkpoint) -> str:
    """What to look at, how many of what, and what shows it, a line each."""
    lines = [point.guidance.marked] if str(point.guidance) else []
    if point.sample is not None:
        lines.append(
            _("Sample: {size} {records}").format(size=point.sample.size, records=point.sample.of.marked)
        )
    if str(point.evidence):
        lines.append(_("Evidence: {words}").format(words=point.evidence.marked))
    return "\n".join(lines)


def _write_keys(workbook: WorkbookFile, book: SelfBook) -> None:
    facts: tuple[tuple[str, str | int], ...] = (
        (keys.FORMAT, keys.VERSION),
        (keys.DEALERSHIP, book.dealership.id),
        (keys.ENGAGEMENT, book.engagement.id),
        (keys.EDITION, book.edition.hash),
        (keys.AREA, book.area.id),
        *((keys.CHOICE, choice) for choice in book.choices),
    )
    with workbook.sheet(_KEYS_SHEET, Layout(widths=(24, 70), finish=_hide)) as sheet:
        for name, value in facts:
            sheet.row(name, value, look=NAME)


def _fact(sheet: Sheet, label: str, value: str) -> None:
    sheet.row(Cell(label, LABEL), value, look=TYPED)


def _finish_checkpoints(book: SelfBook, sheet: Worksheet) -> None:
    _protect(sheet)
    last = _FIRST_ROW + len(book.rows) - 1
    if not book.rows:
        return
    first_choice = 6  # below the five facts of the hidden sheet
    source = f"'{_KEYS_SHEET}'!$B${first_choice}:$B${first_choice + len(book.choices) - 1}"
    rating = DataValidation(
        type="list",
        sqref=MultiCellRange(f"{_RATING}{_FIRST_ROW}:{_RATING}{last}"),
        formula1=source,
        allow_blank=True,
        showErrorMessage=True,
        error=_("Please choose one of the ratings in the list.")[:_LONGEST_ADVICE],
    )
    sheet.data_validations.append(rating)


def _protect(sheet: Worksheet) -> None:
    """Without a password: it keeps from slips, not from anybody who means it. Widths, heights and filters stay free."""
    sheet.protection.enable()
    sheet.protection.formatColumns = sheet.protection.formatRows = False
    sheet.protection.autoFilter = False


def _hide(sheet: Worksheet) -> None:
    sheet.sheet_state = "hidden"
    _protect(sheet)
