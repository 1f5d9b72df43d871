"""Slips that would take a part of the standard along unseen: sheets without keys, columns deleted."""

from __future__ import annotations

from qma_app.domain.edition import Edition
from qma_app.exchange.importing.names import quoted
from qma_app.exchange.standard_workbook.columns import (
    AREA,
    KPIS,
    MEANING,
    STANDARD,
    area_fields,
    columns_of,
    kpi_fields,
    standard_fields,
)
from qma_app.exchange.standard_workbook.notes import Notes, sheet_place
from qma_app.exchange.standard_workbook.sheets import SheetIn
from qma_app.i18n import _, ngettext


def note_strange_sheets(names: list[str], base: Edition | None, notes: Notes) -> None:
    """A sheet of somebody's own is left out; one of ours that lost its keys must not vanish like that."""
    codes = {area.code.casefold() for area in base.areas} if base else set()
    for name in names:
        if name.casefold() in codes:
            notes.error(
                "workbook.no-keys",
                sheet_place(name),
                _("the hidden first row of the sheet is gone"),
                _("copy the first row of the sheet of another area into its first row"),
            )
        else:
            notes.warning(
                "workbook.sheet",
                sheet_place(name),
                _("the sheet is none of the standard's: it is left out"),
                _("nothing needs to be done"),
            )


def note_missing_columns(sheet: SheetIn, languages: tuple[str, ...], notes: Notes) -> None:
    """A deleted column would take its texts along unseen."""
    fields = {AREA: area_fields, KPIS: kpi_fields, STANDARD: standard_fields}.get(sheet.mark)
    if fields is None:
        return
    missing = [
        column.title
        for column in columns_of(fields(), languages, sheet.mark)
        if column.key != MEANING and column.key not in sheet.columns
    ]
    if missing:
        count = len(missing)
        notes.error(
            "workbook.column-gone",
            sheet_place(sheet.name),
            ngettext("the column {columns} is gone", "the columns {columns} are gone", count).format(
                columns=", ".join(map(quoted, missing))
            ),
            _("copy it back from the workbook as it was exported, with its hidden first row"),
        )
