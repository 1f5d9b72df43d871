"""People pasted from a spreadsheet or typed by hand: read by the same rules as a file of them."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from typing import Final

from qma_app.errors import Problem
from qma_app.exchange.importing.tables import Cell, Row
from qma_app.exchange.people_list import MOST_PEOPLE, PeopleList, PersonRow, PersonWords, listed_twice, row_of
from qma_app.exchange.people_table import NAMED_BY, field_of_heading, words_of_row
from qma_app.i18n import _

_USUAL: Final = {"name": 1, "function": 2, "email": 3, "phone": 4, "processes": 5}


def pasted_people(text: str) -> tuple[PersonWords, ...]:
    """The rows of a piece of a spreadsheet: by its headings where the first row has them, else name, function, e-mail, phone, processes."""
    sign = next((one for one in "\t;" if one in text), "\t")
    cells = csv.reader(text.splitlines(keepends=True), delimiter=sign)
    rows = [
        Row(number, {column: Cell(words, column) for column, words in enumerate(row, 1)})
        for number, row in enumerate(cells, 1)
        if number <= MOST_PEOPLE
    ]
    columns = _columns(rows[0]) if rows else {}
    below = rows[1:] if columns else rows
    read = (words_of_row(row, columns or _USUAL) for row in below)
    return tuple(words for words in read if words is not None)


def typed_people(people: Sequence[PersonWords], *, name: str) -> PeopleList:
    """People typed row by row as a list called `name`; each row that does not hold is named by its number, empty ones count for nothing."""
    rows: list[PersonRow] = []
    problems: list[Problem] = []
    for number, words in enumerate(people, 1):
        if not any((words.name, words.function, words.email, words.phone, words.processes)):
            continue
        person, wrong = row_of(_("row {row}").format(row=number), words)
        problems += wrong
        if person.name:
            rows.append(person)
    problems += listed_twice(rows)
    return PeopleList(name=name, rows=tuple(rows), problems=tuple(problems))


def _columns(row: Row) -> dict[str, int]:
    """The columns by their headings; empty where the row is none of headings."""
    found: dict[str, int] = {}
    for cell in row.own_cells():
        field = field_of_heading(cell.text)
        if field is not None:
            found.setdefault(field, cell.column)
    return found if NAMED_BY & found.keys() and len(found) > 1 else {}
