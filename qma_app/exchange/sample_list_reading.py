"""Takes in the rows of a list of records one by one, with what is blank, there twice or no day."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from qma_app.domain.sample_drawing import week_name
from qma_app.errors import Problem
from qma_app.exchange.importing.names import quoted
from qma_app.exchange.importing.tables import Row, is_readable, letters_of, why_not_readable
from qma_app.i18n import _, ngettext

NAMED: Final = 20
"""So many places of one kind of mistake are named; the others are counted."""
_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T].*)?")
_POINTS: Final = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?:\s.*)?")


@dataclass(slots=True)
class ListReading:
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
        """The next row of the list; rows left out before it are blank ones."""
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
        """What keeps the list from being drawn from, then what is left out of it as warnings."""
        found = list(self.problems)
        found += (
            Problem(
                code="sample-list.blank",
                place=_("row {row}").format(row=row),
                found=_("no record"),
                advice=_("the row is left out"),
                is_warning=True,
            )
            for row in self.blanks[:NAMED]
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
            for row, text in self.repeats[:NAMED]
        )
        more = max(0, len(self.blanks) - NAMED) + max(0, len(self.repeats) - NAMED)
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
        day = day_of(text)
        if day is None:
            found = _("{text} is no day").format(text=quoted(text)) if text else _("no day")
            self._problem(row, self.part_place, found, _("write it as 2027-06-14 or 14.06.2027"))
            return ""
        return week_name(day)

    def _problem(self, row: Row, column: int, found: str, advice: str) -> None:
        if len(self.problems) < NAMED:
            place = f"{letters_of(column)}{row.number}"
            self.problems.append(Problem(code="sample-list.cell", place=place, found=found, advice=advice))


def day_of(text: str) -> date | None:
    """The day that stands in a cell, written as 2027-06-14 or 14.06.2027; None where it is none."""
    try:
        if found := _ISO.fullmatch(text):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _POINTS.fullmatch(text):
            return date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        return None
    return None


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
