"""Visits from a list in Excel: compared with those planned before anything is written, and taken in as one edit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, time
from enum import StrEnum
from pathlib import Path
from typing import Any

from qma_app.domain.edition import Area, Edition
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import EngagementId, VisitId
from qma_app.domain.ports import Reader
from qma_app.domain.record import Changes
from qma_app.domain.visit import Visit, VisitState
from qma_app.domain.visit_reading import visits_of
from qma_app.errors import ContentProblems, Problem
from qma_app.exchange.importing.names import advice, plain, quoted
from qma_app.exchange.importing.reading import Progress
from qma_app.exchange.visit_table import VisitList, VisitRow
from qma_app.i18n import _, day_text
from qma_app.services.certificates import check_may_open
from qma_app.services.visit_days import calendar_of
from qma_app.services.visit_rules import FIRST_TIME, LAST_TIME, dealership_of, next_visit_number
from qma_app.services.workspace import Workspace
from qma_app.storage.atomic_files import atomic_file

__all__ = [
    "VisitDifference",
    "VisitList",
    "VisitListDifference",
    "VisitListState",
    "VisitRow",
    "read_visit_list",
    "take_in_visits",
    "visit_list_difference",
    "visit_template",
    "write_visit_list",
]


class VisitListState(StrEnum):
    """What taking in a row would do: plan a visit, change a planned one, or nothing."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    HELD = "held"


@dataclass(frozen=True, kw_only=True, slots=True)
class VisitDifference:
    """One row beside the visit of its day; `visit` is that visit, None where one would be planned; `fields` is what it would get.

    `against` says what speaks against the day; empty for a free one.
    """

    row: VisitRow
    state: VisitListState
    visit: Visit | None
    fields: Mapping[str, Any]
    against: str


@dataclass(frozen=True, kw_only=True, slots=True)
class VisitListDifference:
    """The list beside what is planned. Errors keep it from being taken in; days something speaks against are warnings that must be accepted."""

    lines: tuple[VisitDifference, ...]
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if not problem.is_warning)

    @property
    def doubtful(self) -> tuple[Problem, ...]:
        """Days that something speaks against: taken in only with `despite`."""
        return tuple(problem for problem in self.problems if problem.code == "visits.day")

    def count(self, state: VisitListState) -> int:
        return sum(line.state is state for line in self.lines)


def read_visit_list(path: Path, *, progress: Progress | None = None) -> VisitList:
    """The visits of a workbook or CSV file; headings are understood in English and German. ImportTrouble says why it is refused."""
    from qma_app.exchange.visit_table import read_visit_table

    return read_visit_table(path, progress=progress)


def visit_list_difference(
    reader: Reader, engagement_id: EngagementId, visits: VisitList
) -> VisitListDifference:
    """What the list says beside what is planned; nothing is written. A row is the visit that is planned for its day."""
    engagement = reader.get(Engagement, engagement_id)
    edition = reader.edition(engagement.edition)
    known = {
        visit.day: visit
        for visit in reversed(visits_of(reader, engagement_id))
        if visit.state is not VisitState.CANCELLED
    }
    days = calendar_of(reader, engagement_id)
    lines: list[VisitDifference] = []
    problems = list(visits.problems)
    for row in visits.rows:
        visit = known.get(row.planned_on)
        areas = _areas(edition, row, problems)
        if row.planned_on < engagement.started_on:
            problems.append(_too_early(row, engagement))
            continue
        ended_on = engagement.ended_on
        if visit is None and ended_on is not None and row.planned_on > ended_on:
            problems.append(_too_late(row, ended_on))
            continue
        against = "" if visit is not None else "; ".join(one.words for one in days.obstacles(row.planned_on))
        if against:
            problems.append(_doubtful(row, against))
        fields = _fields(row, visit, areas, problems)
        lines.append(
            VisitDifference(row=row, state=_state(visit, fields), visit=visit, fields=fields, against=against)
        )
    return VisitListDifference(lines=tuple(lines), problems=tuple(problems))


def take_in_visits(
    workspace: Workspace, engagement_id: EngagementId, visits: VisitList, *, despite: bool = False
) -> Changes:
    """Plan what is new and change what is planned, in one edit. A visit that began stays as it is, and no empty cell erases.

    ContentProblems names every row that does not hold, days that something speaks against among them unless `despite`; nothing
    is taken in then.
    """
    with workspace.writing("visits.taken-in") as work:
        check_may_open(workspace, work, workspace.today())
        engagement = work.get(Engagement, engagement_id)
        difference = visit_list_difference(work, engagement_id, visits)
        in_the_way = difference.errors if despite else difference.errors + difference.doubtful
        if in_the_way:
            raise ContentProblems(
                _("{name} is not taken in as it is.").format(name=visits.name),
                in_the_way,
                code="visits.problems",
            )
        number = next_visit_number(work, engagement_id)
        for line in difference.lines:
            if line.state is VisitListState.CHANGED and line.visit is not None:
                work.put(replace(line.visit, **line.fields))
            elif line.state is VisitListState.NEW:
                work.put(
                    Visit(
                        id=VisitId(work.new_id()),
                        engagement_id=engagement_id,
                        number=number,
                        planned_on=line.row.planned_on,
                        coach_id=engagement.coach_id,
                        **line.fields,
                    )
                )
                number += 1
    return work.changes


def visit_template(path: Path, edition: Edition | None = None) -> Path:
    """Write a workbook to be filled in with visits, with the codes of an edition's areas to look up; gives its path back."""
    from qma_app.exchange.visit_workbook import VisitBook, write_visits

    with atomic_file(path) as file:
        write_visits(VisitBook(title=_("Visits"), edition=edition), file)
    return path


def write_visit_list(reader: Reader, engagement_id: EngagementId, path: Path) -> Path:
    """Write the visits of a programme as such a workbook; what is changed in it can be taken in again."""
    from qma_app.exchange.visit_workbook import VisitBook, VisitLine, write_visits

    engagement = reader.get(Engagement, engagement_id)
    edition = reader.edition(engagement.edition)
    codes = {area.id: area.code for area in edition.areas}
    lines = [
        VisitLine(
            day=visit.day,
            starts_at=visit.starts_at,
            ends_at=visit.ends_at,
            areas=tuple(codes[id] for id in visit.areas if id in codes),
            purpose=visit.purpose,
        )
        for visit in visits_of(reader, engagement_id)
        if visit.state is not VisitState.CANCELLED
    ]
    book = VisitBook(
        title=f"{dealership_of(reader, engagement_id).name} · {_('Visits')}",
        visits=lines,
        edition=edition,
        changed_at=reader.log_head().at,
    )
    with atomic_file(path) as file:
        write_visits(book, file)
    return path


def _fields(
    row: VisitRow, visit: Visit | None, areas: tuple[Area, ...], problems: list[Problem]
) -> dict[str, Any]:
    """What the row gives a visit: filled cells only; a new one has the usual times where none is said."""
    fields: dict[str, Any] = {}
    starts_at = row.starts_at or (visit.starts_at if visit is not None else FIRST_TIME)
    ends_at = row.ends_at or (visit.ends_at if visit is not None else LAST_TIME)
    if ends_at <= starts_at:
        problems.append(_times(row, starts_at, ends_at))
    fields["starts_at"], fields["ends_at"] = starts_at, ends_at
    if areas:
        fields["areas"] = tuple(area.id for area in areas)
    if row.purpose:
        fields["purpose"] = row.purpose
    if visit is None:
        return fields
    return {name: value for name, value in fields.items() if getattr(visit, name) != value}


def _state(visit: Visit | None, fields: Mapping[str, Any]) -> VisitListState:
    if visit is None:
        return VisitListState.NEW
    if not fields:
        return VisitListState.SAME
    return VisitListState.HELD if visit.clock else VisitListState.CHANGED


def _areas(edition: Edition, row: VisitRow, problems: list[Problem]) -> tuple[Area, ...]:
    """The areas a row names by code, id or title in any language; each unknown one is a problem with its cell."""
    by_name: dict[str, Area] = {}
    for area in edition.areas:
        for name in (area.code, area.id, *area.title.texts.values()):
            by_name.setdefault(plain(name), area)
    found: dict[str, Area] = {}
    for word in row.areas:
        meant = by_name.get(plain(word))
        if meant is not None:
            found[meant.id] = meant
            continue
        problems.append(
            Problem(
                code="visits.area",
                place=row.place_of("areas"),
                found=_("{area} is no area of {edition}").format(area=quoted(word), edition=edition.label),
                advice=advice(
                    word, [area.code for area in edition.areas] + [str(area.title) for area in edition.areas]
                ),
            )
        )
    return tuple(area for area in edition.areas if area.id in found)


def _too_early(row: VisitRow, engagement: Engagement) -> Problem:
    return Problem(
        code="visits.before-start",
        place=row.place_of("day"),
        found=_("{day} lies before the programme begins on {start}").format(
            day=day_text(row.planned_on), start=day_text(engagement.started_on)
        ),
        advice=_("correct the date, or leave the row out"),
    )


def _too_late(row: VisitRow, ended_on: date) -> Problem:
    return Problem(
        code="visits.after-end",
        place=row.place_of("day"),
        found=_("{day} lies behind the end of the programme on {end}").format(
            day=day_text(row.planned_on), end=day_text(ended_on)
        ),
        advice=_("correct the date, or leave the row out"),
    )


def _doubtful(row: VisitRow, against: str) -> Problem:
    return Problem(
        code="visits.day",
        place=row.place_of("day"),
        found=f"{day_text(row.planned_on)}: {against}",
        advice=_("choose another day, or take it in all the same"),
        is_warning=True,
    )


def _times(row: VisitRow, starts_at: time, ends_at: time) -> Problem:
    return Problem(
        code="visits.times",
        place=row.place_of("ends_at" if row.ends_at is not None else "starts_at"),
        found=_("the end {end} is not behind the start {start}").format(
            end=f"{ends_at:%H:%M}", start=f"{starts_at:%H:%M}"
        ),
        advice=_("write both times"),
    )
