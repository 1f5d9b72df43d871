"""Reads a filled-in self-assessment: whose it is, what each row says, and every row that cannot be understood; writes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Final

from qma_app.domain.applicability import applicable_checkpoints, premises_of
from qma_app.domain.dealership import Dealership
from qma_app.domain.edition import Area, Checkpoint, Edition
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import AreaId, DealershipId
from qma_app.domain.ports import Reader
from qma_app.domain.rating import Outcome
from qma_app.errors import Problem
from qma_app.exchange.importing.names import quoted
from qma_app.exchange.importing.reading import OutsideFile
from qma_app.exchange.importing.tables import FirstLook, Row, Sheet, is_readable, letters_of, why_not_readable
from qma_app.exchange.self_assessment import keys
from qma_app.exchange.self_assessment.answers import Answer, Answers
from qma_app.exchange.self_assessment.belonging import (
    Columns,
    columns_of,
    engagement_meant,
    facts_of,
    not_ours,
)
from qma_app.i18n import _, day_text, ngettext

_DAY_FORMS: Final = ("%Y-%m-%d", "%Y-%m-%d %H:%M", "%d.%m.%Y", "%d.%m.%y")


@dataclass(frozen=True, kw_only=True, slots=True)
class SelfRow:
    """One row as it will be taken in: `words` are the comment, which is the reason where the row has no points."""

    checkpoint: Checkpoint
    outcome: Outcome
    points: int | None
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SelfReading:
    """What a workbook says, before anything is written; it can be taken in while no problem is more than a warning.

    `on` is the day it was filled in (None: not said), `untouched` how many checkpoints that apply have no rating in it.
    """

    dealership: Dealership
    engagement: Engagement
    edition: Edition
    area: Area
    by: str
    on: date | None
    rows: tuple[SelfRow, ...]
    untouched: int
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What must be mended before it can be taken in."""
        return tuple(problem for problem in self.problems if not problem.is_warning)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is decided in it: a workbook that was not filled in."""
        return all(row.outcome is Outcome.OPEN for row in self.rows)

    @property
    def rated(self) -> int:
        return sum(row.outcome is Outcome.RATED for row in self.rows)

    def lines(self) -> Iterator[str]:
        """Who, what and how much, then each problem: the preview in words."""
        yield f"{self.dealership.name} ({self.dealership.code}) · {self.area.code} {self.area.title} · {self.edition.label}"
        who = self.by or _("nobody named")
        yield _("Filled in by {who}, {day}").format(
            who=who, day=day_text(self.on) if self.on else _("no day given")
        )
        counts = [ngettext("{count} rated", "{count} rated", self.rated).format(count=self.rated)]
        left_out = sum(row.outcome is Outcome.NOT_APPLICABLE for row in self.rows)
        if left_out:
            counts.append(
                ngettext("{count} not applicable", "{count} not applicable", left_out).format(count=left_out)
            )
        if self.untouched:
            counts.append(
                ngettext("{count} not seen", "{count} not seen", self.untouched).format(count=self.untouched)
            )
        yield ", ".join(counts)
        for problem in self.problems:
            yield f"{_('warning')}: {problem}" if problem.is_warning else str(problem)


def read_self_assessment(
    path: Path, reader: Reader, *, dealership_id: DealershipId | None = None
) -> SelfReading:
    """What the workbook says; ImportTrouble where it is none of ours, or not for this dealership, programme or edition.

    `dealership_id` is the dealership it is expected from, if somebody named one. A child process parses the file.
    """
    file = OutsideFile(path=path)
    look = file.first_look()
    facts = facts_of(look)
    engagement = engagement_meant(reader, facts, dealership_id)
    dealership = reader.get(Dealership, engagement.dealership_id)
    edition = reader.edition(engagement.edition)
    area = edition.areas_by_id.get(AreaId(facts.get(keys.AREA, "")))
    if area is None:
        raise not_ours(look.name)
    columns = columns_of(look)
    rows = (row for _name, row in file.rows([columns.sheet]))
    table = _Table(edition=edition, area=area, columns=columns)
    table.read(rows)
    applicable = applicable_checkpoints(edition, premises_of(reader, dealership.id), (area.id,))
    taken = tuple(table.taken(frozenset(applicable)))
    by, on = _who_and_when(look, table)
    decided = {row.checkpoint.id for row in taken if row.outcome is not Outcome.OPEN}
    return SelfReading(
        dealership=dealership,
        engagement=engagement,
        edition=edition,
        area=area,
        by=by,
        on=on,
        rows=taken,
        untouched=sum(id not in decided for id in applicable),
        problems=tuple(table.problems),
    )


@dataclass(frozen=True, slots=True)
class _Line:
    """A row that was understood, and where it stands."""

    row: int
    checkpoint: Checkpoint
    answer: Answer
    comment: str


@dataclass(kw_only=True)
class _Table:
    """The rows of the sheet with the checkpoints, and what is wrong with them."""

    edition: Edition
    area: Area
    columns: Columns
    problems: list[Problem] = field(default_factory=list)
    _lines: dict[str, _Line] = field(default_factory=dict)

    def read(self, rows: Iterable[Row]) -> None:
        answers = Answers(self.edition)
        numbers = {point.number.casefold(): point for point in self.area.checkpoints()}
        for row in rows:
            if row.number <= self.columns.key_row + 2:
                continue
            rating, comment = row.text(self.columns.rating).strip(), row.text(self.columns.comment).strip()
            if self._is_unreadable(row) or not (rating or comment):
                continue
            point = self._checkpoint(row, numbers)
            answer = answers.read(rating)
            if answer is None:
                self._say("rating", row.number, self.columns.rating, quoted(rating), answers.advice(rating))
            if point is not None and answer is not None:
                self._take(_Line(row.number, point, answer, comment))

    def taken(self, applicable: frozenset[str]) -> Iterator[SelfRow]:
        """What is taken in, in the order of the standard."""
        for point in self.area.checkpoints():
            line = self._lines.get(point.id)
            if line is None:
                continue
            if point.id not in applicable:
                advice = _("it does not apply to this dealership any more and is left out")
                self._say(
                    "applies", line.row, self.columns.number, quoted(point.number), advice, is_warning=True
                )
                continue
            outcome = line.answer.outcome
            if outcome is Outcome.NOT_APPLICABLE and not line.comment:
                self._say(
                    "reason",
                    line.row,
                    self.columns.comment,
                    _("“not applicable” without a comment"),
                    _("write into the comment why it does not apply"),
                )
            if outcome is Outcome.NOT_SEEN and not line.comment:
                outcome = Outcome.OPEN
            yield SelfRow(checkpoint=point, outcome=outcome, points=line.answer.points, words=line.comment)

    def say_day(self, place: str, text: str) -> None:
        advice = _("expected a day such as 2026-11-21")
        self.problems.append(Problem(code="self.day", place=place, found=quoted(text), advice=advice))

    def _checkpoint(self, row: Row, numbers: dict[str, Checkpoint]) -> Checkpoint | None:
        """The checkpoint a row is about: by its hidden id; by its number where the id is gone."""
        id, number = row.text(self.columns.id).strip(), row.text(self.columns.number).split("\n")[0].strip()
        known = next((point for point in numbers.values() if point.id == id), None)
        if known is None and not id:
            known = numbers.get(number.casefold())
        if known is None:
            column = self.columns.id if id else self.columns.number
            found = quoted(id or number) if id or number else _("a rating in a row without a checkpoint")
            advice = _(
                "expected a checkpoint of {area}: take the row from the workbook as it was given"
            ).format(area=self.area.title)
            self._say("checkpoint", row.number, column, found, advice)
        return known

    def _take(self, line: _Line) -> None:
        before = self._lines.setdefault(line.checkpoint.id, line)
        if before is line:
            return
        same = (before.answer, before.comment) == (line.answer, line.comment)
        found = _("{number} stands here a second time (first in row {row})").format(
            number=line.checkpoint.number, row=before.row
        )
        advice = _("it says the same and is left out") if same else _("keep one of the two rows")
        self._say("twice", line.row, self.columns.number, found, advice, is_warning=same)

    def _is_unreadable(self, row: Row) -> bool:
        broken = [
            cell
            for column in (self.columns.id, self.columns.rating, self.columns.comment)
            if (cell := row.cells.get(column)) and not is_readable(cell)
        ]
        for cell in broken:
            self._say("cell", row.number, cell.column, why_not_readable(cell), _("write the value itself"))
        return bool(broken)

    def _say(
        self, code: str, row: int, column: int, found: str, advice: str, *, is_warning: bool = False
    ) -> None:
        place = _place(self.columns.sheet, max(1, column), row)
        self.problems.append(
            Problem(code=f"self.{code}", place=place, found=found, advice=advice, is_warning=is_warning)
        )


def _who_and_when(look: FirstLook, table: _Table) -> tuple[str, date | None]:
    """Name and day from the first sheet, if they are filled in."""
    by, text, place = "", "", ""
    for sheet, row in _all_rows(look):
        names = {cell.text for cell in row.cells.values()}
        if keys.BY in names:
            by = " ".join(row.text(2).split())
        elif keys.ON in names:
            text, place = row.text(2).strip(), _place(sheet.name, 2, row.number)
    if not text:
        return by, None
    on = _day(text)
    if on is None:
        table.say_day(place, text)
    return by, on


def _all_rows(look: FirstLook) -> Iterator[tuple[Sheet, Row]]:
    return ((sheet, row) for sheet in look.sheets for row in sheet.rows)


def _day(text: str) -> date | None:
    for form in _DAY_FORMS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007  a day has no time zone
        except ValueError:
            continue
    return None


def _place(sheet: str, column: int, row: int) -> str:
    return _("Sheet {sheet}, {cell}").format(sheet=sheet, cell=f"{letters_of(column)}{row}")
