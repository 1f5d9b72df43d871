"""Holds the visits of one house: planned, prepared, begun, noted, ticked, closed with the next day, signed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, time
from functools import partial
from random import Random
from typing import Final

from qma_app.domain.people import Role
from qma_app.domain.visit import AgendaItem, Participant, Signature, Visit, VisitNote
from qma_app.domain.visit_reading import agenda_of
from qma_app.services import visits
from qma_app.services.sample.chance import SampleClock
from qma_app.services.sample.known import Known
from qma_app.services.sample.steps import Hour, Step
from qma_app.services.sample.story import House
from qma_app.services.sample.year import NoteLine, PresentLine, VisitLine
from qma_app.services.visit_agenda import FRAME
from qma_app.services.visit_notes import note
from qma_app.services.workspace import Workspace

_NOON: Final = time(12, 5)
_BACK: Final = time(12, 50)
_SUMMER: Final = range(4, 11)
"""The months in which the clock of the house is two hours ahead of UTC; in the others it is one."""


@dataclass(frozen=True, slots=True)
class Visiting:
    """What the coach does at a house and on the days before."""

    workspace: Workspace
    clock: SampleClock
    house: House
    known: Known

    def steps(self) -> Iterator[Step]:
        """Each step on its day; the teller puts them in order."""
        agreed = {(line.on, line.next_on) for line in self.house.year.visits if line.is_closed}
        for line in self.house.year.visits:
            if line.planned is not None and (line.planned, line.on) not in agreed:
                yield _step(line.planned, Hour.AGREE, partial(self._plan, line))
            if line.prepared is not None:
                yield _step(line.prepared, Hour.PREPARE, partial(self._prepare, line))
            if line.cancelled is not None:
                yield _step(line.cancelled, Hour.PREPARE, partial(self._cancel, line))
            if line.is_held:
                yield _step(line.on, Hour.ARRIVE, partial(self._arrive, line))
                for one in line.notes:
                    yield _step(line.on, Hour.NOTE, partial(self._note, line, one))
                yield _step(line.on, Hour.LEAVE, partial(self._work, line))
            if line.is_closed:
                yield _step(line.on, Hour.LEAVE, partial(self._leave, line))
            elif line.is_held:
                yield _step(line.on, Hour.LEAVE, partial(self._rest, line))

    def _plan(self, line: VisitLine) -> None:
        visits.plan_visit(
            self.workspace,
            self.known.engagement,
            planned_on=line.on,
            starts_at=line.starts,
            ends_at=line.ends,
            areas=line.areas,
            purpose=line.purpose,
        )

    def _prepare(self, line: VisitLine) -> None:
        """Day, times and areas as they are known now; then the agenda, with the coach's own points."""
        visit = self._visit(line)
        visits.change_visit(
            self.workspace,
            visit.id,
            planned_on=line.on,
            starts_at=line.starts,
            ends_at=line.ends,
            areas=line.areas,
            purpose=line.purpose,
            bring=line.bring,
        )
        visits.prepare_visit(self.workspace, visit.id)
        for item in line.items:
            visits.add_item(self.workspace, visit.id, item.title, minutes=item.minutes, reason=item.reason)

    def _cancel(self, line: VisitLine) -> None:
        visits.cancel_visit(self.workspace, self._visit(line).id, reason=line.reason)

    def _arrive(self, line: VisitLine) -> None:
        self.clock.go_on(line.on, in_utc(line.on, line.starts))
        visit = self._visit(line)
        present = [self._participant(one) for one in line.present]
        visits.start_visit(self.workspace, visit.id, participants=present)
        self.known.visits[line.on] = visit.id

    def _note(self, line: VisitLine, one: NoteLine) -> None:
        """One that becomes a finding has its words."""
        words, at = one.words, one.at
        if one.finding is not None:
            found = next(each for each in self.house.findings if (each.pass_name, each.at) == one.finding)
            words, at = found.statement, found.at
        made = note(
            self.workspace,
            self.known.engagement,
            words,
            visit_id=self.known.visits[line.on],
            checkpoint_id=at,
        ).made(VisitNote)
        if one.finding is not None:
            self.known.notes[one.finding] = made.id

    def _work(self, line: VisitLine) -> None:
        """The points of the agenda, each with what came of it; at noon the clock may stand still."""
        visit_id = self.known.visits[line.on]
        if line.has_break:
            self.clock.go_on(line.on, in_utc(line.on, _NOON))
            visits.pause_visit(self.workspace, visit_id)
            self.clock.go_on(line.on, in_utc(line.on, _BACK))
            visits.resume_visit(self.workspace, visit_id)
        typed = {item.title: item.outcome for item in line.items}
        said = dict(line.outcomes)
        with self.workspace.reading() as reader:
            items = agenda_of(reader, visit_id)
        for item in items:
            outcome = self._outcome(item, typed, said, line.done)
            if outcome is not None:
                visits.tick_item(self.workspace, item.id, outcome=outcome)

    def _outcome(
        self, item: AgendaItem, typed: dict[str, str], said: dict[str, str], done: tuple[str, ...]
    ) -> str | None:
        """None where a point was not reached."""
        if not item.step:
            return typed.get(item.title) or None
        if not item.rule:
            return said.pop(item.step.removeprefix(FRAME), "")
        return said.pop(item.rule, "" if item.rule in done else None)

    def _leave(self, line: VisitLine) -> None:
        """Closing with the next day, and the signatures below the minutes."""
        visit_id = self.known.visits[line.on]
        visits.write_summary(self.workspace, visit_id, line.summary)
        self.clock.go_on(line.on, in_utc(line.on, line.ends))
        visits.close_visit(self.workspace, visit_id, next_on=line.next_on)
        for name in line.signed:
            function = self.house.people.get(name, "Coach")
            at = self.clock()
            visits.sign_visit(
                self.workspace,
                visit_id,
                Signature(name=name, function=function, strokes=strokes(name, line.number), signed_at=at),
            )

    def _rest(self, line: VisitLine) -> None:
        """It goes on another day; a clock left running would count every day until somebody opens the sample."""
        self.clock.go_on(line.on, in_utc(line.on, line.ends))
        visits.pause_visit(self.workspace, self.known.visits[line.on])

    def _participant(self, one: PresentLine) -> Participant:
        return Participant(
            name=one.name,
            function=one.function or self.house.people.get(one.name, ""),
            person_id=self.known.people.get(one.name, ""),
            at_opening=one.at_opening,
            at_closing=one.at_closing,
        )

    def _visit(self, line: VisitLine) -> Visit:
        with self.workspace.reading() as reader:
            return reader.all(Visit, engagement_id=self.known.engagement, number=line.number)[0]


def in_utc(day: date, here: time) -> time:
    """What the clock of the house shows, in UTC."""
    return here.replace(hour=here.hour - (2 if day.month in _SUMMER else 1))


def strokes(name: str, number: int) -> tuple[tuple[int, ...], ...]:
    """Invented handwriting: a tall first letter, then waves that flatten, and a line below; a little different each time."""
    chance = Random(f"{name} {number}")
    family = Random(name)
    x, low = 120 + chance.randint(-20, 20), 190 + chance.randint(-12, 12)
    first = [x, low, x + 18, 70, x + 60, 60, x + 74, 130, x + 30, low - 20, x + 95, low]
    waves = [x + 95, low]
    for place in range(3 * len(name)):
        height = family.randint(14, 80) if place % 2 == 0 else family.randint(-14, 8)
        x_here = x + 110 + place * (700 // (3 * len(name))) + chance.randint(-4, 4)
        waves += [x_here, max(10, min(290, low - height * (30 - place) // 30 + chance.randint(-4, 4)))]
    flourish = [x + 60, low + 46, x + 420, low + 30 + chance.randint(-6, 6), x + 690, low + 40]
    return tuple(map(tuple, (first, waves, flourish)))


def _step(day: date, hour: Hour, do: Callable[[], object]) -> Step:
    return Step(day=day, hour=hour, role=Role.COACH, do=do)
