"""From the filled rows of a file to the sheets of a standard: each row as texts by the keys of the hidden first row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from qma_app.domain.plain_text import REPLACEMENT, composed, storable
from qma_app.exchange.importing.names import quoted
from qma_app.exchange.importing.tables import Cell, CellNote, Row, is_readable, letters_of, why_not_readable
from qma_app.exchange.standard_workbook.columns import AREA, EXPLAINED, KEY_MARK, KPIS, LISTS, STANDARD
from qma_app.exchange.standard_workbook.notes import Notes, cell_place, row_place, sheet_place
from qma_app.i18n import _

_BREAKS: Final = re.compile("[ ]*[\t\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]\\s*")
_KNOWN_SHEETS: Final = (EXPLAINED, STANDARD, KPIS, AREA, LISTS)


@dataclass(frozen=True, kw_only=True, slots=True)
class RowIn:
    """One row of a sheet; `columns` leads from a key to its column, `texts` to what stands there."""

    sheet: str
    number: int
    columns: Mapping[str, int]
    texts: Mapping[str, str]

    def text(self, key: str) -> str:
        """What stands under the key; empty where nothing does."""
        return self.texts.get(key, "")

    def place(self, key: str = "") -> str:
        """The address of the cell under the key; of the row, where the sheet has no such column."""
        column = self.columns.get(key)
        if column is None:
            return row_place(self.sheet, self.number)
        return cell_place(self.sheet, f"{letters_of(column)}{self.number}")


@dataclass(kw_only=True, slots=True)
class SheetIn:
    """One sheet; `mark` says what it is, empty while its keys were not met. The marked column holds the ids."""

    name: str
    mark: str = ""
    key_row: int = 0
    facts: tuple[str, ...] = ()
    columns: dict[str, int] = field(default_factory=dict)
    keys: dict[int, str] = field(default_factory=dict)
    titles: dict[int, str] = field(default_factory=dict)
    strangers: set[int] = field(default_factory=set)
    rows: list[RowIn] = field(default_factory=list)
    is_filled: bool = False


def gather_sheets(rows: Iterable[tuple[str, Row]], names: Iterable[str], notes: Notes) -> list[SheetIn]:
    """Every named sheet in the order of the file, those that are none of ours noted and left out."""
    sheets = {name: SheetIn(name=name) for name in names}
    for name, row in rows:
        sheet = sheets[name]
        if row.cells:
            _take(sheet, row, notes)
    return [sheet for sheet in sheets.values() if sheet.mark]


def strangers_among(names: Iterable[str], sheets: Iterable[SheetIn]) -> list[str]:
    """Sheets without our keys, in their order."""
    known = {sheet.name for sheet in sheets}
    return [name for name in names if name not in known]


def _take(sheet: SheetIn, row: Row, notes: Notes) -> None:
    first = row.text(1)
    if not sheet.mark:
        sheet.is_filled = True
        if first in _KNOWN_SHEETS:
            _take_keys(sheet, row, first)
    elif sheet.mark in (EXPLAINED, LISTS):
        return
    elif row.number == sheet.key_row + 1:
        sheet.titles = {column: cell.text for column, cell in row.cells.items()}
    else:
        texts = {
            sheet.keys[cell.column]: text
            for cell in row.cells.values()
            if (text := _text_of(cell, sheet, row, notes))
        }
        if texts:
            sheet.rows.append(RowIn(sheet=sheet.name, number=row.number, columns=sheet.columns, texts=texts))


def _take_keys(sheet: SheetIn, row: Row, mark: str) -> None:
    sheet.mark, sheet.key_row = mark, row.number
    width = max(row.cells)
    sheet.facts = tuple(row.text(column).strip() for column in range(1, width + 1))
    for column in sorted(row.cells):
        key = row.text(column).strip()
        if key and key not in sheet.columns:
            sheet.columns[key] = column
            sheet.keys[column] = key


def _text_of(cell: Cell, sheet: SheetIn, row: Row, notes: Notes) -> str:
    """The text of a cell, cleaned with a note; empty where it is not read, with a note too."""
    place = cell_place(sheet.name, f"{cell.letters}{row.number}")
    if cell.column not in sheet.keys:
        _note_stranger(cell, sheet, notes)
        return ""
    if sheet.keys[cell.column].startswith(KEY_MARK):
        return cell.text.strip() if is_readable(cell) else ""
    if cell.note is CellNote.REPEATED:
        notes.warning(
            "workbook.merged",
            place,
            _("the cell is merged with another: it is left out"),
            _("part the cells and write into each"),
        )
        return ""
    if cell.note is CellNote.FORMULA:
        notes.warning(
            "workbook.formula",
            place,
            _("a formula stands here: it is left out"),
            _("write its result as a plain value"),
        )
        return ""
    if not is_readable(cell):
        notes.warning("workbook.unreadable", place, _("the cell is left out"), why_not_readable(cell))
        return ""
    return _cleaned(cell.text, place, notes)  # fmt: skip


def _cleaned(found: str, place: str, notes: Notes) -> str:
    text = found if found.isascii() else composed(storable(found))
    stripped = text.strip()
    joined = _BREAKS.sub(" ", stripped)
    if joined != stripped:
        notes.warning(
            "workbook.line-break",
            place,
            _("{text} has line breaks or tabs").format(text=quoted(stripped)),
            _("they become spaces"),
        )
    elif stripped and stripped != text:
        notes.warning(
            "workbook.trimmed",
            place,
            _("spaces stand around {text}").format(text=quoted(stripped)),
            _("they are left out"),
        )
    if REPLACEMENT in joined:
        notes.warning(
            "workbook.lost-character",
            place,
            _("{text} holds the mark of a lost character").format(text=quoted(joined)),
            _("type the place again"),
        )
    return joined


def _note_stranger(cell: Cell, sheet: SheetIn, notes: Notes) -> None:
    if cell.column in sheet.strangers:
        return
    sheet.strangers.add(cell.column)
    title = sheet.titles.get(cell.column, "")
    notes.warning(
        "workbook.column",
        sheet_place(sheet.name),
        _("column {column} {title} is none of the standard's: it is left out").format(
            column=cell.letters, title=quoted(title) if title else ""
        ),
        _("nothing needs to be done; remarks have a column of their own"),
    )
