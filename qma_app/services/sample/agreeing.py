"""Agrees with one house what stands before the start: people, closing times, charter, targets, leaders, owners of the processes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from qma_app.domain.charter import Charter
from qma_app.domain.people import Person, Role
from qma_app.exchange.people_list import PeopleList, PersonRow
from qma_app.services import areas_left_out, charters, closing_times, dealerships, people, targets
from qma_app.services.engagements import name_leaders
from qma_app.services.people_lists import take_in_people
from qma_app.services.process_owners import name_owner, name_owners, owners_view
from qma_app.services.sample.known import Known
from qma_app.services.sample.steps import Hour, Step
from qma_app.services.sample.story import House
from qma_app.services.sample.year import Agreement, OwnerLine
from qma_app.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Agreeing:
    """What the coach and the principal settle with each other."""

    workspace: Workspace
    house: House
    known: Known

    @property
    def _agreed(self) -> Agreement:
        return self.house.year.agreement

    def steps(self) -> Iterator[Step]:
        """Each step on its day; the teller puts them in order."""
        agreed, start = self._agreed, self.house.started
        yield _step(start, Hour.AGREE, self._describe)
        if agreed.listed is not None:
            yield _step(agreed.listed, Hour.AGREE, self._take_in_list)
        if agreed.principal:
            yield _step(agreed.listed or start, Hour.AGREE, self._name_leaders)
        if agreed.aim:
            yield _step(start, Hour.AGREE, self._write_charter)
        if agreed.signed is not None:
            yield _step(max(agreed.signed, start), Hour.ANSWER, partial(self._sign_charter, agreed.signed))
        if agreed.goals:
            yield _step(start, Hour.AGREE, self._set_goals)
        if agreed.locked is not None:
            yield _step(max(agreed.locked, start), Hour.ANSWER, partial(self._lock_goals, agreed.locked))
        yield from self._owner_steps()

    def _owner_steps(self) -> Iterator[Step]:
        owners = self.house.year.owners
        if owners.named is not None:
            yield _step(owners.named, Hour.AGREE, self._name_owners)
        for line in owners.lines:
            if line.deputy or line.seen is not None:
                day = line.seen or owners.named or self.house.started
                yield _step(day, Hour.SHOW, partial(self._describe_process, line))

    def _describe(self) -> None:
        """Where the house lies, when it is closed, how its people are reached, and which areas are left out."""
        workspace, known, agreed = self.workspace, self.known, self._agreed
        dealerships.change_dealership(
            workspace, known.dealership, region=agreed.region, language=agreed.language
        )
        for closed in agreed.closed:
            closing_times.add_closing_time(
                workspace, known.dealership, first_on=closed.first, last_on=closed.last, words=closed.words
            )
        for area, reason in agreed.left_out.items():
            areas_left_out.leave_out_area(workspace, known.engagement, area, reason)
        for name, reach in agreed.reach.items():
            if name in known.people:
                people.change_person(workspace, known.people[name], email=reach.email, phone=reach.phone)

    def _take_in_list(self) -> None:
        """The people come in one list, as the house sent it."""
        reach = self._agreed.reach
        rows = tuple(
            PersonRow(
                place=str(place),
                name=name,
                function=function,
                email=reach[name].email if name in reach else "",
                phone=reach[name].phone if name in reach else "",
            )
            for place, (name, function) in enumerate(self.house.people.items(), 2)
        )
        taken = PeopleList(name=f"{self.house.code}.xlsx", rows=rows)
        take_in_people(self.workspace, self.known.dealership, taken)
        with self.workspace.reading() as reader:
            found = reader.all(Person, dealership_id=self.known.dealership)
        self.known.people.update({person.name: person.id for person in found})

    def _name_leaders(self) -> None:
        name_leaders(
            self.workspace,
            self.known.engagement,
            principal_id=self.known.people[self._agreed.principal],
            officer_id=self.known.people.get(self._agreed.officer),
            officer_percent=self._agreed.percent,
        )

    def _write_charter(self) -> None:
        made = charters.write_charter(
            self.workspace, self.known.engagement, aim=self._agreed.aim, coach_part=self._agreed.coach_part
        )
        self.known.charter = made.made(Charter).id

    def _sign_charter(self, day: date) -> None:
        agreed = self._agreed
        charters.sign_charter(self.workspace, self.known.engagement, on=day, by=agreed.by, place=agreed.place)

    def _set_goals(self) -> None:
        for goal in self._agreed.goals:
            targets.add_target(
                self.workspace,
                self.known.engagement,
                gain=goal.gain,
                kpi=goal.kpi,
                goal=goal.goal,
                start=goal.start,
                due_on=goal.due,
                words=goal.words,
            )

    def _lock_goals(self, day: date) -> None:
        targets.lock_targets(self.workspace, self.known.engagement, on=day)

    def _name_owners(self) -> None:
        """All that apply at once."""
        with self.workspace.reading() as reader:
            view = owners_view(reader, self.known.engagement)
        self.known.processes.update(line.process.id for line in view if line.applies)
        lines = [line for line in self.house.year.owners.lines if line.process in self.known.processes]
        owners = {line.process: self.known.people[line.owner] for line in lines}
        name_owners(self.workspace, self.known.engagement, owners)

    def _describe_process(self, line: OwnerLine) -> None:
        if line.process not in self.known.processes:
            return
        given: dict[str, Any] = {"described_on": line.seen, "described_in": line.kept if line.seen else ""}
        if line.deputy:
            given["deputy_id"] = self.known.people[line.deputy]
        name_owner(self.workspace, self.known.engagement, line.process, **given)


def _step(day: date, hour: Hour, do: Any) -> Step:
    return Step(day=day, hour=hour, role=Role.COACH, do=do)
