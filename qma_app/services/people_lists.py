"""People in and out: lists from Excel and business cards, compared with who is there before anything is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from qma_app.domain.dealership import Dealership
from qma_app.domain.edition import Edition
from qma_app.domain.ids import DealershipId, PersonId
from qma_app.domain.people import Person
from qma_app.domain.ports import Reader
from qma_app.domain.record import Changes
from qma_app.errors import ContentProblems
from qma_app.exchange.importing.reading import Progress
from qma_app.exchange.people_list import PeopleList, PersonRow, PersonWords
from qma_app.i18n import _
from qma_app.services.people_comparing import (
    Comparing,
    FieldChange,
    OwnerChange,
    PeopleDifference,
    PersonDifference,
    PersonState,
    owned_twice,
    unknown_numbers,
)
from qma_app.services.process_owners import put_owner
from qma_app.services.setup_form import NewPerson
from qma_app.services.workspace import Workspace
from qma_app.storage.atomic_files import atomic_file

__all__ = [
    "FieldChange",
    "OwnerChange",
    "PeopleDifference",
    "PeopleList",
    "PersonDifference",
    "PersonRow",
    "PersonState",
    "PersonWords",
    "pasted_people",
    "people_list_difference",
    "people_template",
    "people_to_set_up",
    "read_people_list",
    "read_vcards",
    "take_in_people",
    "typed_people",
    "write_people_list",
    "write_vcards",
]


def read_people_list(path: Path, *, progress: Progress | None = None) -> PeopleList:
    """The people of a workbook or CSV file; headings are understood in English and German. ImportTrouble says why it is refused."""
    from qma_app.exchange.people_table import read_people_table

    return read_people_table(path, progress=progress)


def read_vcards(path: Path) -> PeopleList:
    """The people of a vCard file; ImportTrouble says why it is refused."""
    from qma_app.exchange.vcard import read_vcards_file

    return read_vcards_file(path)


def pasted_people(text: str) -> tuple[PersonWords, ...]:
    """The rows of a piece of a spreadsheet, by its headings or else name, function, e-mail, phone, processes; not looked at yet."""
    from qma_app.exchange import people_pasted

    return people_pasted.pasted_people(text)


def typed_people(people: Sequence[PersonWords]) -> PeopleList:
    """People typed or pasted row by row; each row that does not hold is named by its number, empty ones count for nothing."""
    from qma_app.exchange import people_pasted

    return people_pasted.typed_people(people, name=_("The list of people"))


def people_list_difference(
    reader: Reader, dealership_id: DealershipId, people: PeopleList
) -> PeopleDifference:
    """What the list says beside what is known; nothing is written.

    A row is somebody who is there by the e-mail, else by the name, capitals and spaces aside. Processes are those of the programme
    that runs.
    """
    reader.get(Dealership, dealership_id)
    return Comparing(reader, dealership_id).difference(people)


def take_in_people(workspace: Workspace, dealership_id: DealershipId, people: PeopleList) -> Changes:
    """Add who is new, complete who is known, and name process owners: one edit. Nobody is removed, and no empty cell erases.

    ContentProblems names every row that does not hold, and nothing is taken in then.
    """
    with workspace.writing("people.taken-in") as work:
        comparing = Comparing(work, dealership_id)
        difference = comparing.difference(people)
        if difference.errors:
            raise ContentProblems(
                _("{name} is not taken in as it is.").format(name=people.name),
                difference.errors,
                code="people.problems",
            )
        for line in difference.lines:
            person = line.person or Person(
                id=PersonId(work.new_id()), name=line.row.name, dealership_id=dealership_id
            )
            if line.person is None or line.fields:
                said: dict[str, Any] = {one.field: one.after for one in line.fields}
                person = work.put(replace(person, **said))
            for process in line.processes:
                assert comparing.engagement is not None  # without a programme no process is known
                put_owner(
                    work,
                    comparing.engagement,
                    process.process_id,
                    {"owner_id": person.id},
                    today=workspace.today(),
                )
    return work.changes


def people_to_set_up(people: PeopleList, edition: Edition) -> tuple[NewPerson, ...]:
    """The people of a list for setting up a dealership: leaders by their function, processes by their numbers.

    The first principal and the first quality officer count; ContentProblems names what does not hold.
    """
    numbers = {process.number: process.id for process in edition.processes.values()}
    problems = [*people.errors, *unknown_numbers(people.rows, numbers), *owned_twice(people.rows)]
    if problems:
        raise ContentProblems(
            _("{name} is not taken in as it is.").format(name=people.name), problems, code="people.problems"
        )
    principal = next((row for row in people.rows if row.is_principal), None)
    officer = next((row for row in people.rows if row.is_officer), None)
    return tuple(
        NewPerson(
            name=row.name,
            function=row.function,
            email=row.email,
            phone=row.phone,
            is_principal=row is principal,
            is_officer=row is officer,
            processes=tuple(numbers[number] for number in row.processes),
        )
        for row in people.rows
    )


def people_template(path: Path, edition: Edition | None = None) -> Path:
    """Write a workbook to be filled in with people, with the processes of an edition to look up; gives its path back."""
    from qma_app.exchange.people_workbook import PeopleBook, write_people

    with atomic_file(path) as file:
        write_people(PeopleBook(title=_("People of the dealership"), edition=edition), file)
    return path


def write_people_list(reader: Reader, dealership_id: DealershipId, path: Path) -> Path:
    """Write the people of a dealership as such a workbook; what is changed in it can be taken in again."""
    from qma_app.exchange.people_workbook import PeopleBook, PersonLine, write_people

    dealership = reader.get(Dealership, dealership_id)
    comparing = Comparing(reader, dealership_id)
    owned = {
        person.id: tuple(
            comparing.edition.processes[held.process_id].number
            for held in comparing.owners.values()
            if held.owner_id == person.id
            and comparing.edition is not None
            and held.process_id in comparing.edition.processes
        )
        for person in comparing.people
    }
    lines = [
        PersonLine(
            name=person.name,
            function=person.function,
            email=person.email,
            phone=person.phone,
            processes=tuple(sorted(owned[person.id])),
        )
        for person in comparing.people
    ]
    book = PeopleBook(
        title=f"{dealership.name} · {_('People')}",
        people=lines,
        edition=comparing.edition,
        changed_at=reader.log_head().at,
    )
    with atomic_file(path) as file:
        write_people(book, file)
    return path


def write_vcards(reader: Reader, dealership_id: DealershipId | None, path: Path) -> Path:
    """Write the business cards of a dealership's people, by name; without a dealership those of the programme's own people."""
    from qma_app.exchange.vcard import vcards

    dealership = reader.get(Dealership, dealership_id) if dealership_id is not None else None
    people = sorted(reader.all(Person, dealership_id=dealership_id), key=lambda one: one.name.casefold())
    with atomic_file(path) as file:
        file.write(vcards((person, dealership) for person in people))
    return path
