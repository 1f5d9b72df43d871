"""Writes an edition as a workbook its keeper can work in: explanations, the standard, its KPIs, and a sheet for each area."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, BinaryIO, Final

from openpyxl.utils import get_column_letter

from qma_app.design import LIGHT
from qma_app.domain.edition import Edition
from qma_app.exchange.standard_workbook.choices import (
    FIRST_ROW,
    Choices,
    add_choice,
    add_choices,
    choices_of,
    write_choices,
)
from qma_app.exchange.standard_workbook.columns import (
    AREA,
    KPIS,
    STANDARD,
    Column,
    area_fields,
    columns_of,
    kpi_fields,
    standard_fields,
)
from qma_app.exchange.standard_workbook.explained import write_explained
from qma_app.exchange.standard_workbook.lines import (
    Line,
    area_lines,
    kpi_lines,
    most_actions,
    standard_lines,
)
from qma_app.exchange.standard_workbook.words import PROCESS
from qma_app.exchange.workbook.columns import Meter, Progress
from qma_app.exchange.workbook.file import Layout, WorkbookFile
from qma_app.exchange.workbook.looks import HEADER, NAME, Look, tinted
from qma_app.exchange.workbook.words import sheet_title
from qma_app.i18n import _

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_PAGE: Final = 190.0
"""So many characters stand side by side on a page before the print is too small to read."""
_HEADS: Final = {
    "phase": LIGHT.raised,
    "standard": LIGHT.raised,
    PROCESS: LIGHT.raised,
    AREA[1:]: LIGHT.sidebar_text,
}
"""Kinds of rows that others stand below, with their ground."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Plan:
    """What every sheet of one workbook needs to know."""

    edition: Edition
    titles: dict[str, str]
    choices: Choices
    meter: Meter


def write_standard_workbook(edition: Edition, file: BinaryIO, *, progress: Progress | None = None) -> None:
    """Write the workbook into an open file, in the language in force; the same edition always gives the same bytes.

    `progress` hears the share done and stops the work by answering False (ReportTrouble `workbook.cancelled`).
    """
    meter = Meter(progress, len(edition.checkpoints) + len(edition.processes) + len(edition.kpis))
    meter.tell()
    plan = _Plan(edition=edition, titles=_titles(edition), choices=choices_of(edition), meter=meter)
    languages = edition.languages
    with WorkbookFile(file, title=edition.label, changed_at=_day_of(edition)) as book:
        write_explained(book, plan.titles["explained"], edition)
        columns = columns_of(standard_fields(), languages, STANDARD)
        _write_records(book, plan, plan.titles["standard"], columns, standard_lines(edition), LIGHT.warn)
        columns = columns_of(kpi_fields(), languages, KPIS)
        _write_records(book, plan, plan.titles["kpis"], columns, kpi_lines(edition), LIGHT.ok)
        columns = columns_of(area_fields(most_actions(edition)), languages, AREA)
        for area in edition.areas:
            lines = area_lines(area, edition)
            _write_records(book, plan, plan.titles[area.id], columns, lines, LIGHT.accent, frozen="title")
        write_choices(book, plan.titles["lists"], plan.choices)
        meter.tell()


def _titles(edition: Edition) -> dict[str, str]:
    """What each sheet is called: no two alike, whatever the case."""
    wanted = {"explained": _("Explained"), "standard": _("Standard"), "kpis": _("KPIs")}
    wanted |= {area.id: area.code for area in edition.areas} | {"lists": _("Lists")}
    titles: dict[str, str] = {}
    for key in sorted(wanted, key=lambda key: key not in edition.areas_by_id):
        titles[key] = sheet_title(wanted[key], titles.values())
    return titles


def _day_of(edition: Edition) -> datetime:
    """The file bears the year of the edition, not the minute of its making: so the same edition gives the same bytes."""
    year = edition.version.partition(".")[0]
    return datetime(int(year) if year.isdecimal() and 1980 <= int(year) <= 9999 else 1980, 1, 1, tzinfo=UTC)


def _write_records(
    book: WorkbookFile,
    plan: _Plan,
    title: str,
    columns: Sequence[Column],
    lines: Iterable[Line],
    tab_colour: str,
    frozen: str = "",
) -> None:
    """A sheet with the hidden keys, the titles, and a row for each record."""
    gates: list[str] = []
    rows = FIRST_ROW

    def finish(sheet: Worksheet) -> None:
        sheet.print_title_rows = f"2:{FIRST_ROW - 1}"
        width = sum(column.width for column in columns[1:])
        sheet.page_setup.fitToWidth = max(1, math.ceil(width / _PAGE))
        add_choices(sheet, columns, plan.choices, plan.titles["lists"], rows)
        if gates:
            add_choice(sheet, "check", plan.choices, plan.titles["lists"], gates)

    keys = [column.key for column in columns]
    layout = Layout(
        widths=[column.width for column in columns],
        hidden=[True],
        frozen_rows=FIRST_ROW - 1,
        frozen_columns=next((at for at, key in enumerate(keys, 1) if frozen and key.startswith(frozen)), 3),
        filter_row=FIRST_ROW - 1,
        tab_colour=tab_colour,
        footer=plan.edition.label,
        finish=finish,
    )
    looks = [column.look for column in columns]
    with book.sheet(title, layout) as sheet:
        sheet.append(keys, [sheet.style(NAME)] * len(keys), is_hidden=True)
        sheet.row(*(column.title for column in columns), look=HEADER)
        styles = {"": [sheet.style(look) for look in looks]}
        for line in lines:
            ground = _HEADS.get(line.kind, "")
            if ground not in styles:
                styles[ground] = [sheet.style(_head(look, ground)) for look in looks]
            cells = line.cells
            sheet.append([line.id, *(cells.get(key) for key in keys[1:])], styles[ground])
            if line.kind == "gate":
                gates.append(f"{get_column_letter(keys.index('value') + 1)}{sheet.count}")
            plan.meter.step()
        rows = sheet.count


def _head(look: Look, ground: str) -> Look:
    return replace(tinted(look, ground), is_bold=True)
