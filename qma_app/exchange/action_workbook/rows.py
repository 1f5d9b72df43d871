"""Reads the rows of the two sheets that come back, and names every sheet, column and cell that cannot be taken."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from qma_app.domain.plain_text import storable
from qma_app.exchange.action_workbook.came_back import Gathered, PlanRow, SheetIn
from qma_app.exchange.action_workbook.columns import PlanColumn, columns_of
from qma_app.exchange.action_workbook.keys import ID, NUMBER, Part
from qma_app.exchange.importing.names import quoted
from qma_app.exchange.importing.tables import Cell, CellNote, Row, is_readable, why_not_readable
from qma_app.exchange.standard_workbook.notes import Notes, sheet_place
from qma_app.i18n import _, in_language, ngettext

HEAD_ROWS: Final = 3
"""Rows between the hidden keys and the first record: title, hint and heads."""


class RowReader:
    """Turns the cells of a workbook into rows by key."""

    def __init__(self, gathered: Gathered, language: str, notes: Notes) -> None:
        self._gathered = gathered
        self._notes = notes
        self._language = language
        self._columns = {part: {one.key: one for one in columns_of(part)} for part in Part}

    def rows(self) -> list[PlanRow]:
        """Every row in which something of ours stands, in the order of the file."""
        self._note_sheets()
        return [read for sheet, row in self._gathered.rows if (read := self._row(sheet, row)) is not None]

    def _note_sheets(self) -> None:
        sheets = list(self._gathered.sheets.values())
        for part in Part:
            mine = [sheet for sheet in sheets if sheet.part is part]
            title = {Part.ACTIONS: _("Actions"), Part.FINDINGS: _("Findings")}[part]
            if not mine:
                self._notes.warning(
                    "actions.sheet-gone",
                    sheet_place(title),
                    _("the sheet is gone, or its hidden first row"),
                    _("nothing of it is changed here"),
                )
            for more in mine[1:]:
                self._notes.error(
                    "actions.sheet-twice",
                    sheet_place(more.name),
                    _("the sheet is a copy of the sheet {sheet}").format(sheet=quoted(mine[0].name)),
                    _("it is left out: delete one of the two"),
                )
                del self._gathered.sheets[more.name]
                self._gathered.rows = [one for one in self._gathered.rows if one[0] is not more]
            if mine:
                self._note_missing_columns(mine[0])
        with in_language(self._language):
            ours = {_("Causes"), _("Verifications"), _("KPI readings"), _("Sightings"), _("Evidence"), _("Pairs of photos")}  # fmt: skip
            ours |= {_("Actions"), _("Findings")}  # without their keys, and named above
        for name in self._gathered.others:
            if name not in ours:
                self._notes.warning(
                    "actions.sheet-strange",
                    sheet_place(name),
                    _("the sheet is none of the plan's: it is left out"),
                    _("nothing needs to be done"),
                )

    def _note_missing_columns(self, sheet: SheetIn) -> None:
        missing = [column for key, column in self._columns[sheet.part].items() if key not in sheet.columns]
        if missing:
            titles = ", ".join(quoted(column.title) for column in missing)
            self._notes.warning(
                "actions.column-gone",
                sheet_place(sheet.name),
                ngettext(
                    "the column {columns} is gone", "the columns {columns} are gone", len(missing)
                ).format(columns=titles),
                _("nothing of it is changed here"),
            )

    def _row(self, sheet: SheetIn, row: Row) -> PlanRow | None:
        """The row by key; None for one in which nothing of ours stands."""
        if self._is_head(sheet, row):
            return None
        by_column = {column: key for key, column in sheet.columns.items()}
        texts: dict[str, str] = {}
        unread: set[str] = set()
        read = PlanRow(
            part=sheet.part,
            sheet=sheet.name,
            number=row.number,
            id=row.text(sheet.columns.get(ID, 0)).strip(),
            texts=texts,
            unread=frozenset(),
            columns=sheet.columns,
        )
        for cell in row.cells.values():
            key = by_column.get(cell.column, "")
            column = self._columns[sheet.part].get(key)
            if column is None:
                continue
            if self._is_read(read, cell, column):
                texts[key] = storable(cell.text)
            else:
                unread.add(key)
        return replace(read, unread=frozenset(unread)) if texts or unread else None

    def _is_head(self, sheet: SheetIn, row: Row) -> bool:
        """Title, hint and heads: they stand right below the keys, unless somebody sorted the heads away."""
        id = row.text(sheet.columns.get(ID, 0)).strip()
        if id in self._gathered.went_out:
            return False
        with in_language(self._language):
            heads = {_("No."), _("Id")}
        is_named = bool({id, row.text(sheet.columns.get(NUMBER, 0)).strip()} & heads)
        return is_named or (not id and row.number <= sheet.key_row + HEAD_ROWS)

    def _is_read(self, row: PlanRow, cell: Cell, column: PlanColumn) -> bool:
        place = row.place(column.key)
        if cell.note is CellNote.REPEATED:
            self._notes.error(
                "actions.merged",
                place,
                _("the cell is merged with another"),
                _("it is left as it is here: part the cells and write into each"),
            )
            return False
        if not is_readable(cell):
            self._notes.error(
                "actions.unreadable",
                place,
                _found_in(cell, why_not_readable(cell)),
                _("it is left as it is here: write the value itself"),
            )
            return False
        if cell.note is CellNote.FORMULA:
            self._notes.warning(
                "actions.formula",
                place,
                _("a formula stands here, its result is {text}").format(text=quoted(cell.text)),
                _("the result is taken as a plain value"),
            )
        return True


def _found_in(cell: Cell, why: str) -> str:
    """What stands in a cell that cannot be read, and why."""
    return (
        why
        if cell.note is CellNote.NOT_COMPUTED
        else _("{text}: {why}").format(text=quoted(cell.text), why=why)
    )
