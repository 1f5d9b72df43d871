"""Writes the visits of a programme, or none yet, as a workbook that can be filled in and read back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import BinaryIO, Final

from qma_app.design import LIGHT
from qma_app.domain.edition import Edition
from qma_app.exchange.workbook.columns import Column, Meter, write_header, write_table
from qma_app.exchange.workbook.file import Cell, Layout, WorkbookFile
from qma_app.exchange.workbook.looks import BANNER, LABEL, TYPED, Look
from qma_app.i18n import _

_EMPTY_ROWS: Final = 40
_FIELD: Final = replace(TYPED, fill=LIGHT.raised)
_DAY: Final = Look(number_format="yyyy-mm-dd", align="right", is_wrapped=False, fill=LIGHT.raised)
_ALWAYS: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""A workbook that shows nothing dated is the same whenever it is made."""


@dataclass(frozen=True, kw_only=True, slots=True)
class VisitLine:
    """One visit as the workbook lists it; `areas` are codes (`SRV`)."""

    day: date
    starts_at: time
    ends_at: time
    areas: tuple[str, ...] = ()
    purpose: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class VisitBook:
    """What the workbook shows: the visits there are, and the codes of areas where an edition is known."""

    title: str
    visits: Sequence[VisitLine] = ()
    edition: Edition | None = None
    changed_at: datetime | None = None


def write_visits(book: VisitBook, file: BinaryIO) -> None:
    """Write the workbook into an open file; the same book in the same language always gives the same bytes."""
    with WorkbookFile(file, title=book.title, changed_at=book.changed_at or _ALWAYS) as workbook:
        _write_list(workbook, book)
        if book.edition is not None:
            _write_areas(workbook, book.edition)


def headings() -> tuple[str, ...]:
    """The headings of the list in the language in force; each is one the reader understands."""
    return (_("Date"), _("From"), _("To"), _("Areas"), _("Purpose"))


def _write_list(workbook: WorkbookFile, book: VisitBook) -> None:
    layout = Layout(
        widths=(16, 10, 10, 30, 60),
        frozen_rows=3,
        frozen_columns=1,
        tab_colour=LIGHT.accent,
        footer=book.title,
    )
    with workbook.sheet(_("Visits"), layout) as sheet:
        sheet.row(book.title, look=BANNER)
        sheet.row(
            _("One visit in each row. Areas by their codes, parted by semicolons: SRV; PRT"),
            look=replace(LABEL, is_wrapped=False, is_ruled=False),
        )
        write_header(sheet, headings())
        for visit in book.visits:
            sheet.row(
                Cell(visit.day, _DAY),
                f"{visit.starts_at:%H:%M}",
                f"{visit.ends_at:%H:%M}",
                "; ".join(visit.areas),
                visit.purpose,
                look=_FIELD,
            )
        for _place in range(0 if book.visits else _EMPTY_ROWS):
            sheet.row(Cell(None, _DAY), None, None, None, None, look=_FIELD)


def _write_areas(workbook: WorkbookFile, edition: Edition) -> None:
    columns: list[Column[tuple[str, str]]] = [
        Column(title=_("Code"), width=12, value=lambda line: line[0]),
        Column(title=_("Area"), width=44, value=lambda line: line[1]),
    ]
    lines = [(area.code, str(area.title)) for area in edition.areas]
    write_table(
        workbook,
        _("Areas"),
        columns,
        lines,
        banner=edition.label,
        meter=Meter(None, len(lines)),
        footer=edition.label,
    )
