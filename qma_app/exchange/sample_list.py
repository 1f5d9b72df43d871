"""Reads the list a dealership provides to draw records from: a workbook, a CSV file, or numbers typed as a range."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from qma_app.domain.audit import ListSource
from qma_app.domain.drawing_lots import LARGEST
from qma_app.domain.sample_drawing import CleanList, read_list, week_name
from qma_app.errors import ImportTrouble, Problem
from qma_app.exchange.importing.names import plain, quoted
from qma_app.exchange.importing.reading import OutsideFile, Progress
from qma_app.exchange.importing.tables import Row, Sheet, is_readable, letters_of, why_not_readable
from qma_app.i18n import _, ngettext

_NAMED: Final = 20
"""So many places of one kind of mistake are named; the others are counted."""
_TITLES: Final = frozenset(
    ("order", "order no", "order number", "repair order", "ro", "ro number", "job", "job number", "invoice", "invoice no", "invoice number", "record", "record no", "number", "no", "id", "vin", "contract", "contract number", "customer number", "auftrag", "auftragsnr", "auftragsnummer", "werkstattauftrag", "rechnung", "rechnungsnr", "rechnungsnummer", "beleg", "belegnr", "belegnummer", "nummer", "nr", "fin", "fahrgestellnummer", "vertrag", "vertragsnummer", "kundennummer", "vorgang", "vorgangsnummer")
)  # fmt: skip
_RANGE: Final = re.compile(
    r"(\D*?)(\d{1,12})\s*(?:-|–|—|\.\.\.?|…|:|to|bis)\s*(\D*?)(\d{1,12})", re.IGNORECASE
)
_ONE: Final = re.compile(r"(\D*?)(\d{1,12})")
_PARTS: Final = re.compile(r"[;,\n]+")
_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T].*)?")
_POINTS: Final = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?:\s.*)?")


@dataclass(frozen=True, kw_only=True, slots=True)
class SampleList:
    """A list as it was read; `name` says which, with sheet and column, `stratified_by` what its parts are.

    Blank lines and repeats are left out and named as warnings. While a problem is more than a warning nothing is drawn of it.
    `columns` are the headings that can be chosen, by the letters of their columns.
    """

    name: str
    source: ListSource
    listed: CleanList
    stratified_by: str = ""
    problems: tuple[Problem, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if not problem.is_warning)


def read_sample_list(
    path: Path,
    *,
    column: str = "",
    part: str = "",
    by_week: bool = False,
    sheet: str = "",
    progress: Progress | None = None,
) -> SampleList:
    """The records of a workbook or a CSV file; ImportTrouble where the file is refused or the column is not there.

    `column` and `part` are headings or letters; without `column` it is the one headed as order, invoice or the like, else the first.
    With `by_week` the days in the column `part` give the parts. A child process parses the file.
    """
    file = OutsideFile(path=path, progress=progress)
    look = file.first_look()
    chosen = _sheet_of(look.sheets, sheet, look.name)
    head = _heading_of(chosen)
    columns = _columns_of(chosen, head)
    place = _column_of(columns, column, look.name) if column else _usual_column(columns, head)
    part_place = _column_of(columns, part, look.name) if part else None
    reading = _Reading(place=place, part_place=part_place, by_week=by_week)
    with closing(file.rows([chosen.name])) as rows:
        for _name, row in rows:
            if head is None or row.number > head.number:
                reading.take(row)
    if not any(line.strip() for line in reading.lines) and not reading.problems:
        raise _empty(look.name)
    names = (look.name, chosen.name if look.form == "xlsx" else "", columns.get(place, letters_of(place)))
    return SampleList(
        name=", ".join(filter(None, names)),
        source=ListSource.WORKBOOK if look.form == "xlsx" else ListSource.CSV,
        listed=read_list(reading.lines, reading.parts if part_place is not None else ()),
        stratified_by=_parted_by(columns, part_place, by_week=by_week),
        problems=reading.every_problem(),
        columns={letters_of(one): title for one, title in columns.items()},
    )


def read_numbers(text: str) -> SampleList:
    """Numbers typed as ranges: `1001-1250; 1300-1310`, with the letters before them and their zeros.

    ImportTrouble for anything that is no number or range, runs backwards, or holds more records than can be drawn from.
    """
    lines: list[str] = []
    every = [" ".join(given.split()) for given in _PARTS.split(text) if given.strip()]
    for given in every:
        lines += _numbers(given, LARGEST - len(lines))
    if not lines:
        raise _no_range(text)
    listed = read_list(lines)
    problems = _repeated(listed.repeats)
    return SampleList(name="; ".join(every), source=ListSource.NUMBERS, listed=listed, problems=problems)


@dataclass(slots=True)
class _Reading:
    """The lines of a list as they are taken in, row by row, with what is wrong with them."""

    place: int
    part_place: int | None
    by_week: bool
    lines: list[str] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    first_at: dict[str, int] = field(default_factory=dict)
    blanks: list[int] = field(default_factory=list)
    repeats: list[tuple[int, str]] = field(default_factory=list)
    last: int | None = None

    def take(self, row: Row) -> None:
        cell = row.cells.get(self.place)
        if cell is not None and not is_readable(cell):
            self._problem(row, self.place, why_not_readable(cell), _("write the number itself"))
            return
        if self.last is not None:
            for missing in range(self.last + 1, row.number):
                self._add(missing, "", "")
        self.last = row.number
        text = " ".join(row.text(self.place).split())
        self._add(row.number, text, self._part(row) if text else "")

    def every_problem(self) -> tuple[Problem, ...]:
        found = list(self.problems)
        found += (
            Problem(
                code="sample-list.blank",
                place=_("row {row}").format(row=row),
                found=_("no record"),
                advice=_("the row is left out"),
                is_warning=True,
            )
            for row in self.blanks[:_NAMED]
        )
        found += (
            Problem(
                code="sample-list.repeat",
                place=_("row {row}").format(row=row),
                found=_("{record} stands here again (first in row {first})").format(
                    record=quoted(text), first=self.first_at[text]
                ),
                advice=_("it counts once"),
                is_warning=True,
            )
            for row, text in self.repeats[:_NAMED]
        )
        more = max(0, len(self.blanks) - _NAMED) + max(0, len(self.repeats) - _NAMED)
        if more:
            found.append(_and_more(more))
        return tuple(found)

    def _add(self, number: int, text: str, part: str) -> None:
        if not text:
            self.blanks.append(number)
        elif text in self.first_at:
            self.repeats.append((number, text))
        else:
            self.first_at[text] = number
        self.lines.append(text)
        self.parts.append(part)

    def _part(self, row: Row) -> str:
        if self.part_place is None:
            return ""
        text = " ".join(row.text(self.part_place).split())
        if not self.by_week:
            return text or _("(without)")
        day = _day_of(text)
        if day is None:
            found = _("{text} is no day").format(text=quoted(text)) if text else _("no day")
            self._problem(row, self.part_place, found, _("write it as 2027-06-14 or 14.06.2027"))
            return ""
        return week_name(day)

    def _problem(self, row: Row, column: int, found: str, advice: str) -> None:
        if len(self.problems) < _NAMED:
            place = f"{letters_of(column)}{row.number}"
            self.problems.append(Problem(code="sample-list.cell", place=place, found=found, advice=advice))


def _sheet_of(sheets: Sequence[Sheet], wanted: str, shown: str) -> Sheet:
    if wanted:
        found = next((one for one in sheets if one.name == wanted), None)
        if found is None or not found.rows:
            raise ImportTrouble(
                _("{name} has no sheet {sheet} with rows.").format(name=shown, sheet=quoted(wanted)),
                code="sample-list.sheet",
                way_out=_("Choose one of: {sheets}.").format(
                    sheets=", ".join(one.name for one in sheets if one.rows)
                ),
            )
        return found
    filled = [one for one in sheets if one.rows]
    if not filled:
        raise _empty(shown)
    return next((one for one in filled if not one.is_hidden), filled[0])


def _heading_of(sheet: Sheet) -> Row | None:
    """The row of headings: the first with a usual title, else the first row where it is the only one without a digit."""
    for row in sheet.rows[:_NAMED]:
        if any(plain(cell.text) in _TITLES for cell in row.own_cells() if is_readable(cell)):
            return row
    first, *others = sheet.rows
    has_digits = any(map(str.isdigit, "".join(cell.text for cell in first.own_cells())))
    below = [row for row in others if any(map(str.isdigit, "".join(c.text for c in row.own_cells())))]
    return None if has_digits or not below else first


def _columns_of(sheet: Sheet, head: Row | None) -> dict[int, str]:
    if head is not None:
        return {cell.column: " ".join(cell.text.split()) for cell in head.own_cells() if is_readable(cell)}
    every = sorted({column for row in sheet.rows for column in row.cells})
    return {column: letters_of(column) for column in every}


def _usual_column(columns: Mapping[int, str], head: Row | None) -> int:
    usual = [column for column, title in columns.items() if head is not None and plain(title) in _TITLES]
    return min(usual, default=min(columns))


def _column_of(columns: Mapping[int, str], wanted: str, shown: str) -> int:
    for column, title in columns.items():
        if plain(title) == plain(wanted):
            return column
    for column in columns:
        if letters_of(column) == wanted.strip().upper():
            return column
    raise ImportTrouble(
        _("{name} has no column {column}.").format(name=shown, column=quoted(wanted)),
        code="sample-list.column",
        way_out=_("Choose one of: {columns}.").format(columns=", ".join(columns.values())),
    )


def _parted_by(columns: Mapping[int, str], part_place: int | None, *, by_week: bool) -> str:
    if part_place is None:
        return ""
    title = columns.get(part_place, letters_of(part_place))
    return _("week of {column}").format(column=title) if by_week else title


def _day_of(text: str) -> date | None:
    try:
        if found := _ISO.fullmatch(text):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _POINTS.fullmatch(text):
            return date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        return None
    return None


def _numbers(given: str, room: int) -> list[str]:
    one = _ONE.fullmatch(given)
    if one:
        return [given]
    found = _RANGE.fullmatch(given)
    if found is None or found[3].strip() not in ("", found[1].strip()):
        raise _no_range(given)
    before, first, last = found[1], int(found[2]), int(found[4])
    if last < first:
        raise ImportTrouble(
            _("{text} runs backwards.").format(text=quoted(given)),
            code="sample-list.range",
            way_out=_("Write the smaller number first."),
        )
    if last - first + 1 > room:
        raise ImportTrouble(
            _("{text} holds more than {limit} records.").format(text=quoted(given), limit=LARGEST),
            code="sample-list.too-many",
            way_out=_("Look at both numbers, or draw from a part of the list."),
        )
    width = len(found[2])
    return [f"{before}{number:0{width}d}" for number in range(first, last + 1)]


def _repeated(count: int) -> tuple[Problem, ...]:
    if not count:
        return ()
    found = ngettext("{count} number is there twice", "{count} numbers are there twice", count)
    return (
        Problem(
            code="sample-list.repeat",
            place=_("numbers"),
            found=found.format(count=count),
            advice=_("each counts once"),
            is_warning=True,
        ),
    )


def _and_more(count: int) -> Problem:
    return Problem(
        code="sample-list.more",
        place=_("further down"),
        found=ngettext("{count} row more of this kind", "{count} rows more of this kind", count).format(
            count=count
        ),
        advice=_("they are counted, and left out as well"),
        is_warning=True,
    )


def _no_range(text: str) -> ImportTrouble:
    return ImportTrouble(
        _("{text} is no number and no range.").format(text=quoted(text)),
        code="sample-list.range",
        way_out=_("Write it as 1001-1250, or several parted by semicolons."),
    )


def _empty(shown: str) -> ImportTrouble:
    return ImportTrouble(
        _("{name} has no records.").format(name=shown),
        code="sample-list.empty",
        way_out=_("Ask for the list with one record in each row."),
    )
