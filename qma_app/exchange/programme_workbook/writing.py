"""Writes the programme workbook: a sheet of facts, then a table for each kind of record, with its headings even where it is empty."""

from __future__ import annotations

from dataclasses import replace
from typing import BinaryIO, Final

from qma_app.design import LIGHT
from qma_app.domain.dealership import Dealership
from qma_app.domain.engagement import Engagement
from qma_app.domain.field_titles import field_title
from qma_app.domain.record import Record
from qma_app.exchange.programme_workbook import auditing, certifying, planning, visiting
from qma_app.exchange.programme_workbook.book import ProgrammeBook
from qma_app.exchange.programme_workbook.columns import Table
from qma_app.exchange.workbook.columns import Meter, Progress, write_table
from qma_app.exchange.workbook.file import Cell, Layout, Sheet, Value, WorkbookFile
from qma_app.exchange.workbook.looks import (
    COUNT,
    DAY,
    HEADING,
    INSTANT,
    LABEL,
    MARK,
    NAME,
    PERCENT,
    TITLE,
    TYPED,
    Look,
)
from qma_app.i18n import _

_WIDTHS: Final = (34, 70)


def write(book: ProgrammeBook, file: BinaryIO, *, progress: Progress | None = None) -> None:
    """Write the workbook into an open file; the same book in the same language always gives the same bytes.

    `progress` hears the share done and stops the work by answering False (ReportTrouble `workbook.cancelled`).
    """
    tables = (
        *((table, LIGHT.accent) for table in planning.plan_tables(book)),
        *((table, LIGHT.ok) for table in planning.agreement_tables(book)),
        *((table, LIGHT.warn) for table in visiting.visit_tables(book)),
        *((table, LIGHT.bad) for table in visiting.promise_tables(book)),
        *(
            (table, LIGHT.accent)
            for table in (*auditing.audit_tables(book), *certifying.certificate_tables(book))
        ),
        *((table, LIGHT.line) for table in (*visiting.review_tables(book), *visiting.step_tables(book))),
    )
    meter = Meter(progress, sum(len(table.rows) for table, _colour in tables))
    meter.tell()
    with WorkbookFile(file, title=book.title, changed_at=book.changed_at) as workbook:
        _write_overview(workbook, book, [table for table, _colour in tables])
        for table, colour in tables:
            write_table(
                workbook,
                table.title,
                table.columns,
                table.rows,
                banner=book.banner,
                meter=meter,
                tab_colour=colour,
                footer=book.edition.label,
            )
        meter.tell()


def _write_overview(workbook: WorkbookFile, book: ProgrammeBook, tables: list[Table]) -> None:
    layout = Layout(widths=_WIDTHS, tab_colour=LIGHT.ok, footer=book.edition.label)
    with workbook.sheet(_("Overview"), layout) as sheet:
        sheet.row(book.title, look=TITLE)
        if book.dealership.is_sample:
            sheet.row(_("SAMPLE"), look=MARK)
        _write_programme(sheet, book)
        _write_dealership(sheet, book)
        _heading(sheet, _("Sheets"))
        for table in tables:
            _fact(sheet, table.title, len(table.rows), COUNT)
        _heading(sheet, _("What it rests on"))
        _fact(sheet, _("Day shown"), book.on, DAY)
        _fact(sheet, _("Last change shown"), book.changed_at, INSTANT)
        _fact(sheet, _("Entries of the change log"), book.head.seq, COUNT)
        _fact(sheet, _("Head of the change log"), book.head.hash, NAME)
        _fact(sheet, _("Hash of the edition"), book.engagement.edition, NAME)
        _fact(sheet, _("Programme id"), book.engagement.id, NAME)
        _fact(sheet, _("Dealership id"), book.dealership.id, NAME)


def _write_programme(sheet: Sheet, book: ProgrammeBook) -> None:
    engagement = book.engagement
    _heading(sheet, _("Programme"))
    _field(sheet, Engagement, "edition", book.edition.label)
    _field(sheet, Engagement, "started_on", engagement.started_on, DAY)
    _field(sheet, Engagement, "months", engagement.months, COUNT)
    _fact(sheet, _("Month of the programme"), engagement.month_on(book.on), COUNT)
    _field(sheet, Engagement, "coach_id", book.name_of(engagement.coach_id))
    _field(sheet, Engagement, "principal_id", book.name_of(engagement.principal_id))
    _field(sheet, Engagement, "officer_id", book.name_of(engagement.officer_id))
    _field(sheet, Engagement, "officer_percent", engagement.officer_percent, PERCENT)
    _field(sheet, Engagement, "targets_locked_on", engagement.targets_locked_on, DAY)
    _field(sheet, Engagement, "plan_accepted_on", engagement.plan_accepted_on, DAY)
    _field(sheet, Engagement, "plan_accepted_by", engagement.plan_accepted_by)
    _field(sheet, Engagement, "ended_on", engagement.ended_on, DAY)
    _field(sheet, Engagement, "ended_reason", engagement.ended_reason)
    _field(sheet, Engagement, "note", engagement.note)


def _write_dealership(sheet: Sheet, book: ProgrammeBook) -> None:
    dealership = book.dealership
    _heading(sheet, _("Dealership"))
    for name in ("name", "code", "country", "region", "city", "language", "note"):
        _field(sheet, Dealership, name, getattr(dealership, name))
    if dealership.is_sample:
        _field(sheet, Dealership, "is_sample", _("yes, everything in it is invented"))
    if dealership.archived_at is not None:
        _field(sheet, Dealership, "archived_at", dealership.archived_at, INSTANT)
    features = {feature.id: str(feature.title) for feature in book.edition.features}
    for site in book.sites:
        _fact(sheet, _("Site"), site.name)
        _fact(sheet, _("Address"), site.address)
        _fact(sheet, _("Features"), ", ".join(features.get(id, id) for id in site.features))
        _fact(sheet, _("Staff"), site.staff, COUNT)


def _heading(sheet: Sheet, title: str) -> None:
    sheet.row(None, look=HEADING)
    sheet.row(title, look=HEADING)


def _field(sheet: Sheet, kind: type[Record], name: str, value: Value, look: Look = TYPED) -> None:
    _fact(sheet, field_title(kind, name), value, look)


def _fact(sheet: Sheet, label: str, value: Value, look: Look = TYPED) -> None:
    sheet.row(Cell(label, LABEL), Cell(value, replace(look, align="left")), look=TYPED)
