"""A list of people beside those who are known: who is new, what changes, and what cannot be told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from qma_app.domain.engagement import Engagement
from qma_app.domain.field_titles import field_title
from qma_app.domain.ids import DealershipId, PersonId, ProcessId
from qma_app.domain.people import Person
from qma_app.domain.ports import Reader
from qma_app.domain.process_owner import ProcessOwner
from qma_app.errors import Problem
from qma_app.exchange.importing.names import advice, quoted
from qma_app.exchange.people_list import PeopleList, PersonRow
from qma_app.i18n import _

_FIELDS: Final = ("name", "function", "email", "phone")


class PersonState(StrEnum):
    """What taking in does to a person."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True, kw_only=True, slots=True)
class FieldChange:
    """One field that becomes another; an empty cell of the list changes nothing."""

    field: str
    title: str
    before: str
    after: str


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnerChange:
    """A process the person will answer for; `before` is who does so now, None = nobody."""

    process_id: ProcessId
    title: str
    before: Person | None


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonDifference:
    """One row of the list beside the person it is about, None for somebody new."""

    row: PersonRow
    person: Person | None
    state: PersonState
    fields: tuple[FieldChange, ...] = ()
    processes: tuple[OwnerChange, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class PeopleDifference:
    """What a list would change; `not_listed` are the people of the house that stand nowhere in it, and stay."""

    lines: tuple[PersonDifference, ...]
    not_listed: tuple[Person, ...]
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What must be mended before it can be taken in."""
        return tuple(problem for problem in self.problems if not problem.is_warning)

    @property
    def changes_nothing(self) -> bool:
        return all(line.state is PersonState.SAME for line in self.lines)


class Comparing:
    """Who and what is known of a dealership, each read once."""

    def __init__(self, reader: Reader, dealership_id: DealershipId) -> None:
        self.people = reader.all(Person, dealership_id=dealership_id)
        running = [one for one in reader.all(Engagement, dealership_id=dealership_id) if one.is_running]
        self.engagement = running[-1] if running else None
        self.edition = reader.edition(self.engagement.edition) if self.engagement else None
        self.numbers = (
            {process.number: process.id for process in self.edition.processes.values()}
            if self.edition
            else {}
        )
        held = reader.all(ProcessOwner, engagement_id=self.engagement.id) if self.engagement else ()
        self.owners = {one.process_id: one for one in held}

    def difference(self, people: PeopleList) -> PeopleDifference:
        """What the list would change, row by row, and everything in it that does not hold."""
        problems = [*people.problems, *self._wrong_numbers(people.rows), *owned_twice(people.rows)]
        matched: dict[PersonId, PersonRow] = {}
        mails = frozenset(row.email.casefold() for row in people.rows if row.email)
        lines = []
        for row in people.rows:
            person, problem = self._match(row, mails)
            if problem is None and person is not None and person.id in matched:
                problem = _same_person(row, matched[person.id], person)
            problem = problem or self._own_deputy(row, person)
            if problem is not None:
                problems.append(problem)
                continue
            if person is not None:
                matched[person.id] = row
            lines.append(self._line(row, person))
        return PeopleDifference(
            lines=tuple(lines),
            not_listed=tuple(one for one in self.people if one.id not in matched),
            problems=tuple(problems),
        )

    def _match(self, row: PersonRow, mails: frozenset[str]) -> tuple[Person | None, Problem | None]:
        """Who a row is about: by e-mail, else by name. A namesake whose e-mail stands in another row of the list is somebody else."""
        mail, name = row.email.casefold(), _plain(row.name)
        by_mail = [one for one in self.people if mail and one.email.casefold() == mail]
        if by_mail:
            return by_mail[0], None
        by_name = [
            one
            for one in self.people
            if _plain(one.name) == name and not (mail and one.email.casefold() in mails)
        ]
        without = [one for one in by_name if not one.email]
        if mail and len(without) == 1:
            by_name = without
        if len(by_name) > 1:
            found = _("{count} people here are called {name}").format(
                count=len(by_name), name=quoted(row.name)
            )
            return None, Problem(
                code="people.unclear",
                place=row.place,
                found=found,
                advice=_("write the e-mail of the one who is meant"),
            )
        return (by_name[0] if by_name else None), None

    def _line(self, row: PersonRow, person: Person | None) -> PersonDifference:
        fields = tuple(
            FieldChange(field=name, title=field_title(Person, name), before=before, after=after)
            for name in _FIELDS
            if (after := getattr(row, name)) and after != (before := getattr(person, name) if person else "")
        )
        processes = tuple(
            self._owner_change(self.numbers[number])
            for number in row.processes
            if number in self.numbers and not self._owns(person, self.numbers[number])
        )
        state = PersonState.NEW if person is None else PersonState.SAME
        if person is not None and (fields or processes):
            state = PersonState.CHANGED
        return PersonDifference(row=row, person=person, state=state, fields=fields, processes=processes)

    def _own_deputy(self, row: PersonRow, person: Person | None) -> Problem | None:
        """Somebody who stands in for a process cannot become its owner as well."""
        for number in row.processes if person is not None else ():
            held = self.owners.get(self.numbers.get(number, ProcessId("")))
            if held is not None and person is not None and held.deputy_id == person.id:
                found = _("{name} is the deputy at {process}").format(name=quoted(row.name), process=number)
                text = _("name another deputy first, or leave the number out")
                return Problem(code="people.own-deputy", place=row.place, found=found, advice=text)
        return None

    def _owns(self, person: Person | None, process_id: ProcessId) -> bool:
        held = self.owners.get(process_id)
        return held is not None and person is not None and held.owner_id == person.id

    def _owner_change(self, process_id: ProcessId) -> OwnerChange:
        assert self.edition is not None
        held = self.owners.get(process_id)
        before = next((one for one in self.people if held is not None and one.id == held.owner_id), None)
        process = self.edition.processes[process_id]
        return OwnerChange(process_id=process_id, title=f"{process.number} {process.title}", before=before)

    def _wrong_numbers(self, rows: Iterable[PersonRow]) -> list[Problem]:
        if self.engagement is None:
            return [
                Problem(
                    code="people.no-programme",
                    place=row.place,
                    found=quoted("; ".join(row.processes)),
                    advice=_("no programme of this dealership runs: the processes are left out"),
                    is_warning=True,
                )
                for row in rows
                if row.processes
            ]
        return unknown_numbers(rows, self.numbers)


def unknown_numbers(rows: Iterable[PersonRow], known: Mapping[str, ProcessId]) -> list[Problem]:
    """The numbers of processes that the edition does not have."""
    return [
        Problem(
            code="people.process-unknown", place=row.place, found=quoted(number), advice=advice(number, known)
        )
        for row in rows
        for number in row.processes
        if number not in known
    ]


def owned_twice(rows: Iterable[PersonRow]) -> list[Problem]:
    """A process that two people of the list would answer for."""
    first: dict[str, PersonRow] = {}
    problems = []
    for row in rows:
        for number in row.processes:
            before = first.setdefault(number, row)
            if before is not row:
                found = _("{process} stands at {name} already ({place})").format(
                    process=number, name=quoted(before.name), place=before.place
                )
                text = _("a process has one owner: keep one of the two")
                problems.append(Problem(code="people.owner-twice", place=row.place, found=found, advice=text))
    return problems


def _same_person(row: PersonRow, before: PersonRow, person: Person) -> Problem:
    found = _("this row and {place} are both {name}").format(place=before.place, name=quoted(person.name))
    return Problem(
        code="people.same",
        place=row.place,
        found=found,
        advice=_("keep one row, or tell them apart by e-mail"),
    )


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
