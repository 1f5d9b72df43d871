"""Reads a list of visits from a workbook or a CSV file, whoever made it: every bad cell with its address, and nothing written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date, time
from operator import attrgetter
from pathlib import Path
from typing import Final

from qma_app.errors import ImportTrouble, Problem
from qma_app.exchange.importing import guards
from qma_app.exchange.importing.names import plain
from qma_app.exchange.importing.reading import OutsideFile, Progress
from qma_app.exchange.importing.tables import FirstLook, Row, is_readable, letters_of, why_not_readable
from qma_app.exchange.reading_cells import NotRead
from qma_app.exchange.visit_cells import day_cell, day_order, time_cell
from qma_app.i18n import _, day_text

MOST_VISITS: Final = 600
"""Fifty a year over twelve years; more is another table."""
LONGEST_PURPOSE: Final = 4_000
_SEARCHED: Final = 20
_ASIDE: Final = re.compile(r"\([^()]*\)|\*")
_PARTED: Final = re.compile(r"[;,\n/|]+")

_HEADINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "day": ("date", "day", "visit", "visit on", "on", "datum", "tag", "termin", "besuch", "besuch am", "am"),
    "starts_at": ("from", "start", "begin", "starts at", "time", "von", "beginn", "anfang", "ab", "uhrzeit"),
    "ends_at": ("to", "until", "end", "ends at", "till", "bis", "ende", "schluss"),
    "areas": ("areas", "area", "department", "departments", "bereiche", "bereich", "abteilung", "abteilungen"),
    "purpose": ("purpose", "subject", "topic", "what for", "about", "remark", "note", "zweck", "thema", "anlass", "inhalt", "bemerkung", "notiz", "betreff"),
}  # fmt: skip
_MEANT: Final = {words: field for field, every in _HEADINGS.items() for words in every}


@dataclass(frozen=True, kw_only=True, slots=True)
class VisitRow:
    """One visit as written; `areas` are the words of its cell, `places` the address of each of its cells. None and "" = the cell is empty."""

    place: str
    planned_on: date
    starts_at: time | None
    ends_at: time | None
    areas: tuple[str, ...]
    purpose: str
    places: Mapping[str, str]

    def place_of(self, field: str) -> str:
        """Where a field stands: its cell, or the row where the list has no such column."""
        return self.places.get(field, self.place)


@dataclass(frozen=True, kw_only=True, slots=True)
class VisitList:
    """What a list says; a row with a problem that is no warning is missing in `rows`."""

    name: str
    rows: tuple[VisitRow, ...]
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What must be mended before it can be taken in."""
        return tuple(problem for problem in self.problems if not problem.is_warning)


def read_visit_table(path: Path, *, progress: Progress | None = None) -> VisitList:
    """The visits of the first sheet that has a heading for a day; ImportTrouble where there is none, or the file is refused.

    Headings are understood in English and German, in any order. A child process parses the file.
    """
    file = OutsideFile(path=path, progress=progress)
    look = file.first_look()
    table = _table_of(look)
    rows = list(_below(file, table, look.name))
    is_day_first = day_order(row.text(table.columns["day"]) for row in rows)
    found: list[VisitRow] = []
    problems: list[Problem] = []
    for row in rows:
        read = _read(row, table, is_day_first)
        if isinstance(read, VisitRow):
            found.append(read)
        else:
            problems += read
    if not rows:
        raise ImportTrouble(
            _("{name} has headings, but no visit below them.").format(name=look.name),
            code="visits.empty",
            way_out=_("Write one visit in each row."),
            name=look.name,
        )
    problems += _twice(found)
    return VisitList(name=look.name, rows=tuple(found), problems=tuple(problems))


@dataclass(frozen=True, slots=True)
class _Table:
    """Where the list stands: its sheet, the row of its headings, the column of each field that it has."""

    sheet: str
    row: int
    columns: Mapping[str, int]
    has_sheets: bool

    def place(self, row: int, column: int = 0) -> str:
        """The address of a cell, or of a row, as its author knows it."""
        where = f"{letters_of(column)}{row}" if column else _("row {row}").format(row=row)
        return _("Sheet {sheet}, {cell}").format(sheet=self.sheet, cell=where) if self.has_sheets else where


def _table_of(look: FirstLook) -> _Table:
    for sheet in sorted(look.sheets, key=attrgetter("is_hidden")):
        best: _Table | None = None
        for row in sheet.rows[:_SEARCHED]:
            columns: dict[str, int] = {}
            for cell in row.own_cells():
                field = _meaning(cell.text) if is_readable(cell) else None
                if field is not None:
                    columns.setdefault(field, cell.column)
            if "day" in columns and (best is None or len(columns) > len(best.columns)):
                best = _Table(sheet.name, row.number, columns, look.form == "xlsx")
        if best is not None:
            return best
    raise ImportTrouble(
        _("{name} has no row of headings with a date in it.").format(name=look.name),
        code="visits.headings",
        way_out=_("Write headings above the list: Date, From, To, Areas, Purpose."),
        name=look.name,
    )


def _meaning(heading: str) -> str | None:
    """The field a heading names, remarks in brackets left out."""
    return _MEANT.get(plain(heading)) or _MEANT.get(plain(_ASIDE.sub(" ", heading[:300])))


def _below(file: OutsideFile, table: _Table, name: str) -> Iterator[Row]:
    """The rows below the headings that say something in a column of the list."""
    count = 0
    with closing(file.rows([table.sheet])) as rows:
        for _sheet, row in rows:
            cells = [row.cells.get(column) for column in table.columns.values()]
            if row.number <= table.row or not any(cell and cell.text.strip() for cell in cells):
                continue
            count += 1
            if count > MOST_VISITS:
                raise guards.too_much(
                    name, _("{name} lists more than {limit} visits.").format(name=name, limit=MOST_VISITS)
                )
            yield row


def _read(row: Row, table: _Table, is_day_first: bool | None) -> VisitRow | list[Problem]:
    problems = _unreadable(row, table)
    said = {field: row.text(column).strip() for field, column in table.columns.items()}
    day: date | None = None
    times: dict[str, time | None] = {"starts_at": None, "ends_at": None}

    def wrong(field: str, code: str, found: str, advice: str) -> None:
        place = table.place(row.number, table.columns.get(field, 0))
        problems.append(Problem(code=f"visits.{code}", place=place, found=found, advice=advice))

    try:
        if said["day"]:
            day = day_cell(said["day"], is_day_first=is_day_first)
        elif not problems:
            wrong("day", "day-missing", _("the date is missing"), _("write it as 2026-11-21 or 21.11.2026"))
    except NotRead as trouble:
        wrong("day", trouble.code, trouble.found, trouble.advice)
    for field in times:
        try:
            times[field] = time_cell(said[field]) if said.get(field) else None
        except NotRead as trouble:
            wrong(field, trouble.code, trouble.found, trouble.advice)
    starts_at, ends_at = times["starts_at"], times["ends_at"]
    if starts_at is not None and ends_at is not None and ends_at <= starts_at:
        found = _("the end {end} is not behind the start {start}").format(
            end=f"{ends_at:%H:%M}", start=f"{starts_at:%H:%M}"
        )
        wrong("ends_at", "times", found, _("write an end behind the start, on the same day"))
    purpose = "\n".join(" ".join(line.split()) for line in said.get("purpose", "").splitlines()).strip()
    if len(purpose) > LONGEST_PURPOSE:
        wrong("purpose", "purpose", _("the purpose is too long"), _("shorten it"))
    if problems or day is None:
        return problems
    return VisitRow(
        place=table.place(row.number),
        planned_on=day,
        starts_at=starts_at,
        ends_at=ends_at,
        areas=_parted(said.get("areas", "")),
        purpose=purpose,
        places={field: table.place(row.number, column) for field, column in table.columns.items()},
    )


def _unreadable(row: Row, table: _Table) -> list[Problem]:
    return [
        Problem(
            code="visits.cell",
            place=table.place(row.number, cell.column),
            found=why_not_readable(cell),
            advice=_("write the value itself"),
        )
        for column in table.columns.values()
        if (cell := row.cells.get(column)) and not is_readable(cell)
    ]


def _parted(text: str) -> tuple[str, ...]:
    parts = (" ".join(part.split()) for part in _PARTED.split(text))
    return tuple(dict.fromkeys(part for part in parts if part))


def _twice(rows: list[VisitRow]) -> Iterator[Problem]:
    first: dict[date, VisitRow] = {}
    for row in rows:
        before = first.setdefault(row.planned_on, row)
        if before is not row:
            yield Problem(
                code="visits.twice",
                place=row.place_of("day"),
                found=_("{day} stands in {place} already").format(
                    day=day_text(row.planned_on), place=before.place
                ),
                advice=_("keep one of the two rows"),
            )
