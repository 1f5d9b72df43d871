"""Reads a list of people from a workbook or a CSV file, whoever made it; `people_workbook` writes one to be filled in."""

from __future__ import annotations

import re
from collections.abc import Generator, Mapping
from contextlib import closing
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import Final

from qma_app.errors import ImportTrouble, Problem
from qma_app.exchange.importing import guards
from qma_app.exchange.importing.names import plain
from qma_app.exchange.importing.reading import OutsideFile, Progress
from qma_app.exchange.importing.tables import FirstLook, Row, is_readable, letters_of, why_not_readable
from qma_app.exchange.people_list import MOST_PEOPLE, PeopleList, PersonRow, PersonWords, listed_twice, row_of
from qma_app.i18n import _

_SEARCHED: Final = 20
_ASIDE: Final = re.compile(r"\([^()]*\)|\*")
_TITLES: Final = frozenset(("jr", "sr", "dr", "prof", "mba", "msc", "bsc", "phd", "ii", "iii"))

_HEADINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "name": ("name", "full name", "person", "employee", "mitarbeiter", "mitarbeiterin", "mitarbeitende", "vollständiger name", "vor und nachname", "name vorname", "ansprechpartner", "ansprechpartnerin", "contact", "kontakt"),
    "first": ("first name", "given name", "forename", "vorname", "rufname"),
    "last": ("last name", "surname", "family name", "nachname", "familienname", "zuname"),
    "function": ("function", "role", "position", "job title", "title", "job", "funktion", "rolle", "stelle", "tätigkeit", "berufsbezeichnung", "aufgabe"),
    "email": ("e mail", "email", "mail", "e mail address", "email address", "mail address", "e mail adresse", "email adresse", "mailadresse", "e mail dienstlich", "e mail geschäftlich"),
    "phone": ("phone", "telephone", "phone number", "tel", "telefon", "telefonnummer", "rufnummer", "durchwahl", "business phone", "telefon geschäftlich"),
    "mobile": ("mobile", "mobile phone", "cell", "cell phone", "mobil", "mobiltelefon", "handy", "mobilnummer", "handynummer"),
    "processes": ("processes", "process", "process owner", "process owner of", "owner of", "answers for", "prozesse", "prozess", "prozessverantwortung", "prozessverantwortlich für", "prozessverantwortlicher für", "verantwortlich für", "prozesseigner", "prozesseigner von"),
}  # fmt: skip
_MEANT: Final = {words: field for field, every in _HEADINGS.items() for words in every}
NAMED_BY: Final = frozenset(("name", "first", "last"))


def read_people_table(path: Path, *, progress: Progress | None = None) -> PeopleList:
    """The people of the first sheet that has a heading for a name; ImportTrouble where there is none, or the file is refused.

    Headings are understood in English and German, in any order, above any rows. A child process parses the file.
    """
    file = OutsideFile(path=path, progress=progress)
    look = file.first_look()
    table = _table_of(look)
    people: list[PersonRow] = []
    problems: list[Problem] = []
    for row in _below(file, table):
        if len(people) >= MOST_PEOPLE:
            raise guards.too_much(
                look.name,
                _("{name} lists more than {limit} people.").format(name=look.name, limit=MOST_PEOPLE),
            )
        place = _place(table.sheet, row.number, has_sheets=look.form == "xlsx")
        broken = [
            cell
            for column in table.columns.values()
            if (cell := row.cells.get(column)) and not is_readable(cell)
        ]
        problems += (
            Problem(
                code="people.cell",
                place=f"{place}, {letters_of(cell.column)}{row.number}",
                found=why_not_readable(cell),
                advice=_("write the value itself"),
            )
            for cell in broken
        )
        words = words_of_row(row, table.columns)
        if words is None:
            continue
        person, wrong = row_of(place, words)
        problems += wrong
        if person.name:
            people.append(person)
    if not people and not problems:
        raise ImportTrouble(
            _("{name} has headings, but nobody below them.").format(name=look.name),
            code="people.empty",
            way_out=_("Write one person in each row."),
            name=look.name,
        )
    problems += listed_twice(people)
    return PeopleList(name=look.name, rows=tuple(people), problems=tuple(problems))


@dataclass(frozen=True, slots=True)
class _Table:
    """Where the list stands: its sheet, the row of its headings, and the column of each field that it has."""

    sheet: str
    row: int
    columns: Mapping[str, int]


def _table_of(look: FirstLook) -> _Table:
    best: _Table | None = None
    for sheet in sorted(look.sheets, key=attrgetter("is_hidden")):
        for row in sheet.rows[:_SEARCHED]:
            columns: dict[str, int] = {}
            for cell in row.own_cells():
                field = field_of_heading(cell.text) if is_readable(cell) else None
                if field is not None:
                    columns.setdefault(field, cell.column)
            if NAMED_BY & columns.keys() and (best is None or len(columns) > len(best.columns)):
                best = _Table(sheet.name, row.number, columns)
        if best is not None:
            return best
    raise ImportTrouble(
        _("{name} has no row of headings with a name in it.").format(name=look.name),
        code="people.headings",
        way_out=_("Write headings above the list: Name, Function, E-mail, Phone, Processes."),
        name=look.name,
    )


def field_of_heading(heading: str) -> str | None:
    """The field a heading names, remarks in brackets left out."""
    return _MEANT.get(plain(heading)) or _MEANT.get(plain(_ASIDE.sub(" ", heading[:300])))


def _below(file: OutsideFile, table: _Table) -> Generator[Row, None, None]:
    with closing(file.rows([table.sheet])) as rows:
        for _name, row in rows:
            if row.number > table.row:
                yield row


def words_of_row(row: Row, columns: Mapping[str, int]) -> PersonWords | None:
    """What a row says; None where it says nothing in any column of the list."""
    said = {field: row.text(column).strip() for field, column in columns.items()}
    if not any(said.values()):
        return None
    first, last, name = (said.get(field, "") for field in ("first", "last", "name"))
    parts = [part for part in (first, last or name) if part] if first or last else [_turned(name)]
    return PersonWords(
        name=" ".join(parts),
        function=said.get("function", ""),
        email=said.get("email", ""),
        phone=said.get("phone", "") or said.get("mobile", ""),
        processes=said.get("processes", ""),
    )


def _turned(name: str) -> str:
    """`Huber, Rita` as it is spoken: Rita Huber."""
    last, comma, first = name.partition(",")
    if not comma or "," in first or not last.strip() or not first.strip():
        return name
    return name if plain(first) in _TITLES else f"{first.strip()} {last.strip()}"


def _place(sheet: str, row: int, *, has_sheets: bool) -> str:
    if has_sheets:
        return _("Sheet {sheet}, row {row}").format(sheet=sheet, row=row)
    return _("row {row}").format(row=row)
