"""The rows of a workbook's sheet, one after the other: only one row at a time is in memory."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final
from xml.parsers import expat

from qma_app.exchange.importing import guards
from qma_app.exchange.importing.tables import Cell, CellNote, Row, column_of
from qma_app.exchange.importing.workbook_parts import (
    Attributes,
    Package,
    new_parser,
    too_long,
    unescaped,
)
from qma_app.i18n import _

MOST_MERGED: Final = 10_000
_MERGED: Final = re.compile(
    rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})"'
)
_LONGEST_TAG: Final = 200
_PLACE: Final = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_DAY_ZERO: Final = datetime(1899, 12, 30, tzinfo=UTC)
_DAY_ZERO_1904: Final = datetime(1904, 1, 1, tzinfo=UTC)
_LAST_DAY: Final = 2_958_465
_LEAP_BUG: Final = 60
"""Excel counts a 29 February 1900 that never was: days before it are one off."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """What is needed to read the cells of any sheet of one workbook."""

    package: Package
    texts: list[bytes]
    dates: frozenset[int]
    from_1904: bool
    is_across: bool = False
    """Whether cells merged into the one to their left are told as repeated too, not only those below it."""


def sheet_rows(reading: Reading, part: str, name: str) -> Iterator[tuple[float, Row]]:
    """Each filled row with the share of the sheet read so far; stops with the sheet, never trusts its dimensions."""
    merged = _merged_columns(reading.package, part, is_across=reading.is_across)
    sheet = _Sheet(reading=reading, name=name)
    parser = new_parser(reading.package.shown, start=sheet.start, end=sheet.end, text=sheet.take)
    size = max(reading.package.size(part), 1)
    done = 0
    running: dict[int, tuple[int, str]] = {}
    try:
        for chunk in reading.package.chunks(part):
            parser.Parse(chunk, False)
            done += len(chunk)
            for row in sheet.finished:
                yield done / size, _with_merged(row, merged, running)
            sheet.finished.clear()
        parser.Parse(b"", True)
    except expat.ExpatError:
        raise guards.damaged(reading.package.shown) from None


def _merged_columns(package: Package, part: str, *, is_across: bool) -> dict[int, list[tuple[int, int, int]]]:
    """For each row in which ranges merged over several rows begin, their first column, each of their columns and last rows.

    They stand behind the cells they are about, so they are looked for first, in the bytes.
    """
    found: dict[int, list[tuple[int, int, int]]] = {}
    count = cells = 0
    rest = b""
    for chunk in package.chunks(part):
        window = rest + chunk
        cells += window.count(b"</v>")
        if cells > guards.MOST_CELLS:
            raise guards.too_much(
                package.shown,
                _("{name} has a sheet with more than {limit} filled cells.").format(
                    name=package.shown, limit=guards.MOST_CELLS
                ),
            )
        for match in _MERGED.finditer(window) if b"mergeCell" in window else ():
            first, last, left = int(match[2]), int(match[4]), column_of(match[1].decode())
            right = min(column_of(match[3].decode()), guards.MOST_COLUMNS) if is_across else left
            if last > first or right > left:
                places = found.setdefault(first, [])
                places += ((left, column, last) for column in range(left, max(left, right) + 1))
            count += max(left, right) - left + 1
            if count > MOST_MERGED:
                raise guards.too_much(
                    package.shown,
                    _("{name} has more than {limit} merged places in one sheet.").format(
                        name=package.shown, limit=MOST_MERGED
                    ),
                )
        cells -= window[max(window.rfind(b"<"), len(window) - _LONGEST_TAG) :].count(b"</v>")
        cut = window.rfind(b"<")
        rest = window[max(cut, len(window) - _LONGEST_TAG) :] if cut >= 0 else b""
    return found


def _with_merged(
    row: Row, merged: dict[int, list[tuple[int, int, int]]], running: dict[int, tuple[int, str]]
) -> Row:
    if not running and row.number not in merged:
        return row
    cells = dict(row.cells)
    for column, (last, text) in list(running.items()):
        if row.number > last:
            del running[column]
        elif column not in cells:
            cells[column] = Cell(text, column, CellNote.REPEATED)
    for left, column, last in merged.get(row.number, ()):
        if left in row.cells:
            running[column] = (last, row.cells[left].text)
            cells.setdefault(column, Cell(row.cells[left].text, column, CellNote.REPEATED))
    return Row(row.number, dict(sorted(cells.items())))


@dataclass(kw_only=True, slots=True)
class _Sheet:
    """Gathers what the parser tells into rows."""

    reading: Reading
    name: str
    finished: list[Row] = field(default_factory=list)
    cells: dict[int, Cell] = field(default_factory=dict)
    row: int = 0
    column: int = 0
    kind: str = ""
    style: str = ""
    words: list[str] = field(default_factory=list)
    length: int = 0
    is_text: bool = False
    is_formula: bool = False
    phonetic: int = 0
    has_value: bool = False
    row_count: int = 0
    cell_count: int = 0

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "c":
            self._begin_cell(attributes)
        elif name == "v":
            self.is_text = self.has_value = True
        elif name == "t":
            self.is_text = not self.phonetic
            self.has_value = True
        elif name == "f":
            self.is_formula = True
        elif name == "rPh":
            self.phonetic += 1
        elif name == "row":
            number = attributes.get("r", "")
            self.row = int(number) if number.isdecimal() and len(number) < 9 else self.row + 1
            self.column = 0
            self.cells = {}

    def end(self, name: str) -> None:
        if name == "c":
            self._finish_cell()
        elif name in ("v", "t"):
            self.is_text = False
        elif name == "rPh":
            self.phonetic -= 1
        elif name == "row" and self.cells:
            self.row_count += 1
            if self.row_count > guards.MOST_FILLED:
                raise guards.too_much(
                    self.reading.package.shown,
                    _("{name}, sheet {sheet}: there are more than {limit} filled rows.").format(
                        name=self.reading.package.shown, sheet=self.name, limit=guards.MOST_ROWS
                    ),
                )
            self.finished.append(Row(self.row, self.cells))
            self.cells = {}

    def take(self, text: str) -> None:
        if not self.is_text:
            return
        self.length += len(text)
        if self.length > guards.LONGEST_TEXT:
            where = _("Sheet {sheet}, row {row}").format(sheet=self.name, row=self.row)
            raise too_long(self.reading.package.shown, where)
        self.words.append(text)

    def _begin_cell(self, attributes: Attributes) -> None:
        place = _PLACE.fullmatch(attributes.get("r", ""))
        self.column = column_of(place[1]) if place else self.column + 1
        self.kind = attributes.get("t", "n")
        self.style = attributes.get("s", "")
        self.length = 0
        self.is_formula = self.has_value = False
        if self.words:
            self.words.clear()

    def _finish_cell(self) -> None:
        if not self.has_value:
            if self.is_formula:
                self._keep("=", CellNote.NOT_COMPUTED)
            return
        raw = "".join(self.words)
        if not raw and not self.is_formula:
            return
        text, note = self._read(raw)
        if self.is_formula and not raw:
            text, note = "=", CellNote.NOT_COMPUTED
        elif self.is_formula and note is CellNote.PLAIN:
            note = CellNote.FORMULA
        if text.strip():
            self._keep(text, note)

    def _keep(self, text: str, note: CellNote) -> None:
        self.cell_count += 1
        if self.cell_count > guards.MOST_CELLS:
            raise guards.too_much(
                self.reading.package.shown,
                _("{name}, sheet {sheet}: there are more than {limit} filled cells.").format(
                    name=self.reading.package.shown, sheet=self.name, limit=guards.MOST_CELLS
                ),
            )
        if self.column > guards.MOST_COLUMNS:
            note = CellNote.BEYOND
        self.cells[self.column] = Cell(text, self.column, note)

    def _read(self, raw: str) -> tuple[str, CellNote]:
        match self.kind:
            case "s":
                number = int(raw) if raw.isascii() and raw.isdecimal() and len(raw) < 9 else -1
                if not 0 <= number < len(self.reading.texts):
                    raise guards.damaged(self.reading.package.shown)
                return self.reading.texts[number].decode(), CellNote.PLAIN
            case "inlineStr" | "str":
                return unescaped(raw), CellNote.PLAIN
            case "b":
                return ("TRUE" if raw.strip() == "1" else "FALSE"), CellNote.PLAIN
            case "e":
                return raw, CellNote.ERROR
            case "d":
                return raw.removesuffix("T00:00:00"), CellNote.DATE
        return self._read_number(raw)

    def _read_number(self, raw: str) -> tuple[str, CellNote]:
        try:
            number = float(raw)
        except ValueError:
            return raw, CellNote.PLAIN
        is_date = self.style.isdecimal() and int(self.style) in self.reading.dates
        if is_date and 0 <= number <= _LAST_DAY:
            return day_of(number, from_1904=self.reading.from_1904), CellNote.DATE
        whole = raw.strip().removeprefix("-")
        return (raw.strip() if whole.isdecimal() else f"{number:.15g}"), CellNote.PLAIN


def day_of(number: float, *, from_1904: bool) -> str:
    """A count of days as a date, a date with its time, or a time: `2026-11-21`, `2026-11-21 14:02`, `14:02`."""
    seconds = round(number * 86_400)
    days, rest = divmod(seconds, 86_400)
    if days == 0 and rest:
        return f"{rest // 3600:02d}:{rest % 3600 // 60:02d}"
    if not from_1904 and days < _LEAP_BUG:
        days += 1
    at = (_DAY_ZERO_1904 if from_1904 else _DAY_ZERO) + timedelta(
        days=min(days, _LAST_DAY - 1462), seconds=rest
    )
    return f"{at:%Y-%m-%d %H:%M}" if rest else at.date().isoformat()
