"""Writes the people of a dealership, or nobody yet, as a workbook that can be filled in and read back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import BinaryIO, Final

from qma_app.design import LIGHT
from qma_app.domain.edition import Edition
from qma_app.exchange.workbook.columns import Column, Meter, write_header, write_table
from qma_app.exchange.workbook.file import Layout, Sheet, WorkbookFile
from qma_app.exchange.workbook.looks import BANNER, LABEL, TYPED
from qma_app.i18n import _

_EMPTY_ROWS: Final = 60
_FIELD: Final = replace(TYPED, fill=LIGHT.raised)
_ALWAYS: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""A workbook that shows nothing dated is the same whenever it is made."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonLine:
    """One person as the workbook lists it; `processes` are numbers (`SRV-04`)."""

    name: str
    function: str = ""
    email: str = ""
    phone: str = ""
    processes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class PeopleBook:
    """What the workbook shows: the people there are, and the processes they can answer for where an edition is known."""

    title: str
    people: Sequence[PersonLine] = ()
    edition: Edition | None = None
    changed_at: datetime | None = None


def write_people(book: PeopleBook, file: BinaryIO) -> None:
    """Write the workbook into an open file; the same book in the same language always gives the same bytes."""
    with WorkbookFile(file, title=book.title, changed_at=book.changed_at or _ALWAYS) as workbook:
        _write_list(workbook, book)
        if book.edition is not None:
            _write_processes(workbook, book.edition)


def headings() -> tuple[str, ...]:
    """The headings of the list in the language in force; each is one the reader understands."""
    return (_("Name"), _("Function"), _("E-mail"), _("Phone"), _("Processes"))


def _write_list(workbook: WorkbookFile, book: PeopleBook) -> None:
    layout = Layout(
        widths=(30, 30, 34, 22, 34),
        frozen_rows=3,
        frozen_columns=1,
        tab_colour=LIGHT.accent,
        footer=book.title,
    )
    with workbook.sheet(_("People"), layout) as sheet:
        sheet.row(book.title, look=BANNER)
        sheet.row(
            _("One person in each row. Processes by their numbers, parted by semicolons: SRV-04; PRT-02"),
            look=replace(LABEL, is_wrapped=False, is_ruled=False),
        )
        write_header(sheet, headings())
        for person in book.people:
            _write_person(sheet, person)
        for _place in range(0 if book.people else _EMPTY_ROWS):
            sheet.row(*[None] * len(headings()), look=_FIELD)


def _write_person(sheet: Sheet, person: PersonLine) -> None:
    processes = "; ".join(person.processes)
    sheet.row(person.name, person.function, person.email, person.phone, processes, look=_FIELD)


def _write_processes(workbook: WorkbookFile, edition: Edition) -> None:
    columns: list[Column[tuple[str, str, str]]] = [
        Column(title=_("No."), width=12, value=lambda line: line[0]),
        Column(title=_("Process"), width=52, value=lambda line: line[1]),
        Column(title=_("Area"), width=36, value=lambda line: line[2]),
    ]
    lines = [
        (process.number, str(process.title), f"{area.code} {area.title}")
        for area in edition.areas
        for process in area.processes
    ]
    write_table(
        workbook,
        _("List of processes"),
        columns,
        lines,
        banner=edition.label,
        meter=Meter(None, len(lines)),
        footer=edition.label,
    )
