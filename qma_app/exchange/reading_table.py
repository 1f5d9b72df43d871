"""Months of a KPI from a table somebody typed or pasted: all of it, or every bad cell with its line and column."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from qma_app.domain.month import Month
from qma_app.domain.reading import MonthFigures
from qma_app.errors import Problem
from qma_app.exchange.reading_cells import (
    NotRead,
    TwoMonths,
    decimal_sign,
    figure_cell,
    is_empty,
    month_cell,
)
from qma_app.i18n import _

MOST_LINES: Final = 600
"""Fifty years of months; more is another table pasted by mistake."""
_LONGEST_NOTE: Final = 4_000


@dataclass(frozen=True, kw_only=True, slots=True)
class CellProblem(Problem):
    """A cell that cannot be taken; `line` and `column` count from 1 as in what was pasted, column 0 is the whole line."""

    line: int
    column: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadingLine:
    """One line as written: `number` in the text it came from, and its cells."""

    number: int
    month: str
    numerator: str
    denominator: str = ""
    note: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing to take: a month alone is one that has no figures yet."""
        return is_empty(self.numerator) and is_empty(self.denominator) and is_empty(self.note)


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadingTable:
    """What a table says: `months` are empty as long as there is a problem; `lines` are its cells as written, blank ones left out.

    `read` holds by line number what was understood of each line that is whole.
    """

    months: tuple[MonthFigures, ...]
    problems: tuple[CellProblem, ...]
    lines: tuple[ReadingLine, ...]
    read: dict[int, MonthFigures]


def parse_readings(text: str, *, has_denominator: bool, is_day_first: bool | None = None) -> ReadingTable:
    """The months in a text whose cells are parted by tabs, semicolons or commas; a head line is left out.

    Cells are month, figure, with `has_denominator` the number it is a part of, and a note. What one cell leaves open (1,234 or
    01/03/2026) the other cells decide where they are clear; `is_day_first` decides for days where they are not.
    """
    rows, sign = _cells(text)
    problems: list[CellProblem] = []
    if len(rows) > MOST_LINES:
        problems.append(
            _problem(
                rows[MOST_LINES][0],
                0,
                "too-many",
                _("more than {count} lines").format(count=MOST_LINES),
                _("paste the months of one KPI only"),
            )
        )
        rows = rows[:MOST_LINES]
    if rows and _is_head(rows[0][1]):
        rows = rows[1:]
    lines: list[ReadingLine] = []
    for number, cells in rows:
        line = _line(number, cells, has_denominator=has_denominator)
        if not line.is_blank:
            lines.append(line)
            problems += _surplus(line, cells, sign, has_denominator=has_denominator)
    return _table(lines, problems, has_denominator=has_denominator, is_day_first=is_day_first)


def read_lines(lines: Sequence[ReadingLine], *, has_denominator: bool) -> ReadingTable:
    """The same for lines typed one by one: each cell has to be clear by itself."""
    kept = [line for line in lines if not line.is_blank]
    return _table(kept, [], has_denominator=has_denominator, is_day_first=None, is_alone=True)


def _table(
    lines: Sequence[ReadingLine],
    problems: list[CellProblem],
    *,
    has_denominator: bool,
    is_day_first: bool | None,
    is_alone: bool = False,
) -> ReadingTable:
    signs = set() if is_alone else _signs(lines)
    if not is_alone and is_day_first is None:
        is_day_first = _day_first(lines)
    read: dict[int, MonthFigures] = {}
    for line in lines:
        found = _figures(line, signs, has_denominator=has_denominator, is_day_first=is_day_first)
        if isinstance(found, MonthFigures):
            read[line.number] = found
        else:
            problems += found
    problems += _twice(read)
    problems.sort(key=lambda one: (one.line, one.column))
    return ReadingTable(
        months=() if problems else tuple(sorted(read.values(), key=lambda one: one.month)),
        problems=tuple(problems),
        lines=tuple(lines),
        read=read,
    )


def _figures(
    line: ReadingLine, signs: set[str], *, has_denominator: bool, is_day_first: bool | None
) -> MonthFigures | list[CellProblem]:
    problems: list[CellProblem] = []
    month: Month | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    try:
        month = _month(line.month, is_day_first)
    except NotRead as trouble:
        problems.append(_unread(line.number, 1, trouble))
    try:
        numerator = _figure(line.numerator, signs, may_be_percent=not has_denominator)
    except NotRead as trouble:
        problems.append(_unread(line.number, 2, trouble))
    if has_denominator:
        try:
            denominator = _figure(line.denominator, signs, may_be_percent=False)
            if denominator <= 0:
                raise NotRead(
                    "denominator", _("nothing to divide by"), _("leave the month out, or write of how many")
                )
        except NotRead as trouble:
            problems.append(_unread(line.number, 3, trouble))
    note = " ".join(line.note.split())
    if len(note) > _LONGEST_NOTE:
        column = 4 if has_denominator else 3
        problems.append(_problem(line.number, column, "note", _("the note is too long"), _("shorten it")))
    if problems or month is None or numerator is None:
        return problems
    return MonthFigures(month=month, numerator=numerator, denominator=denominator, note=note)


def _month(text: str, is_day_first: bool | None) -> Month:
    if is_empty(text):
        raise NotRead(
            "month-missing", _("the month is missing"), _("write it as 2026-03, 03/2026 or Mar 2026")
        )
    month = month_cell(text)
    if isinstance(month, Month):
        return month
    if is_day_first is None:
        raise NotRead(
            "month-unclear",
            _("“{text}” may be {one} or {other}").format(
                text=text.strip(), one=month.day_first, other=month.month_first
            ),
            _("write it as {one} or {other}").format(one=month.day_first, other=month.month_first),
        )
    return month.day_first if is_day_first else month.month_first


def _figure(text: str, signs: set[str], *, may_be_percent: bool) -> Decimal:
    if is_empty(text):
        raise NotRead("figure-missing", _("the figure is missing"), _("write a figure such as 1234.5"))
    return figure_cell(text, signs=signs, may_be_percent=may_be_percent)


def _signs(lines: Sequence[ReadingLine]) -> set[str]:
    """The decimal signs that cells of the table show beyond doubt."""
    cells = [cell for line in lines for cell in (line.numerator, line.denominator)]
    return {sign for cell in cells if (sign := decimal_sign(cell))} | _grouping(cells)


def _grouping(cells: Sequence[str]) -> set[str]:
    """A sign that parts thousands beyond doubt (1.234.567) leaves the other one for decimals."""
    return {other for sign, other in ((".", ","), (",", ".")) if any(cell.count(sign) > 1 for cell in cells)}


def _day_first(lines: Sequence[ReadingLine]) -> bool | None:
    """How the days of a table are written, where that can be told: one order of its numbers is impossible or gives a month twice."""
    unclear: list[TwoMonths] = []
    clear: list[Month] = []
    orders: set[bool] = set()
    for line in lines:
        try:
            month = month_cell(line.month)
        except NotRead:
            continue
        if isinstance(month, TwoMonths):
            unclear.append(month)
        else:
            clear.append(month)
            orders |= _order(line.month)
    if len(orders) == 1:
        return orders.pop()
    if orders or len(unclear) < 2:
        return None
    by_day = [*clear, *(one.day_first for one in unclear)]
    by_month = [*clear, *(one.month_first for one in unclear)]
    can_be = [len(set(months)) == len(months) for months in (by_day, by_month)]
    return can_be[0] if can_be[0] != can_be[1] else None


def _order(text: str) -> set[bool]:
    """Whether the day stands first in a day written in numbers with slashes or dashes, where it shows."""
    numbers = [part for part in text.replace("-", "/").split("/") if part.strip().isdecimal()]
    if len(numbers) != 3 or len(numbers[0].strip()) > 2:
        return set()
    first, second = int(numbers[0]), int(numbers[1])
    return {first > 12} if first != second and (first > 12) != (second > 12) else set()


def _twice(read: dict[int, MonthFigures]) -> list[CellProblem]:
    first: dict[Month, int] = {}
    found = []
    for number, figures in read.items():
        if figures.month in first:
            found.append(
                _problem(
                    number,
                    1,
                    "month-twice",
                    _("{month} stands in line {line} already").format(
                        month=figures.month, line=first[figures.month]
                    ),
                    _("keep one of the two"),
                )
            )
        first.setdefault(figures.month, number)
    return found


def _surplus(
    line: ReadingLine, cells: Sequence[str], sign: str, *, has_denominator: bool
) -> list[CellProblem]:
    """More cells than there are columns, or with commas a note of digits only: a comma inside a figure was taken for one between."""
    columns = 4 if has_denominator else 3
    is_more = any(not is_empty(cell) for cell in cells[columns:])
    if not is_more and not (sign == "," and line.note.strip().isdecimal()):
        return []
    return [
        _problem(
            line.number,
            columns + 1 if is_more else columns,
            "surplus",
            _("there are more cells than month, figures and note"),
            _("part the cells by tabs or semicolons") if sign == "," else _("paste these columns only"),
        )
    ]


def _line(number: int, cells: Sequence[str], *, has_denominator: bool) -> ReadingLine:
    padded = [*cells, "", "", "", ""]
    if has_denominator:
        return ReadingLine(
            number=number, month=padded[0], numerator=padded[1], denominator=padded[2], note=padded[3]
        )
    return ReadingLine(number=number, month=padded[0], numerator=padded[1], note=padded[2])


def _cells(text: str) -> tuple[list[tuple[int, list[str]]], str]:
    """The lines that hold something, with their numbers, and what parts their cells."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff").rstrip("\n")
    sign = next((one for one in "\t;," if one in text), "\t")
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=sign, strict=True))
    except csv.Error:  # a quotation mark that stands for itself
        rows = [line.split(sign) for line in text.split("\n")]
    numbered = [(number, [cell.strip() for cell in row]) for number, row in enumerate(rows, 1)]
    return [(number, row) for number, row in numbered if any(row)], sign


def _is_head(cells: Sequence[str]) -> bool:
    """Words without a figure, the first of them no month."""
    if any(letter.isdecimal() for cell in cells for letter in cell):
        return False
    return sum(bool(cell) for cell in cells) > 1


def _unread(line: int, column: int, trouble: NotRead) -> CellProblem:
    return _problem(line, column, trouble.code, trouble.found, trouble.advice)


def _problem(line: int, column: int, code: str, found: str, advice: str) -> CellProblem:
    place = (
        _("line {line}, column {column}").format(line=line, column=column)
        if column
        else _("line {line}").format(line=line)
    )
    return CellProblem(
        code=f"readings.{code}", place=place, found=found, advice=advice, line=line, column=column
    )
