"""Leads one house through its plan: made, accepted and moved, with the gates that were passed and what was stated for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from itertools import pairwise
from typing import Any

from qma_app.domain.next_step import NextStep
from qma_app.domain.people import Role
from qma_app.domain.phase_spans import PhaseSpan
from qma_app.domain.plan import PlannedPhase
from qma_app.domain.plan_order import area_days
from qma_app.domain.plan_proposal import AreaProposal, PlanProposal, VisitProposal
from qma_app.services.gates import pass_gate, state_for_gate
from qma_app.services.next_steps import next_steps, postpone_step, tick_step
from qma_app.services.plan_moving import move_phase
from qma_app.services.planning import accept_plan, make_plan, propose_plan
from qma_app.services.sample.known import Known
from qma_app.services.sample.steps import Hour, Step
from qma_app.services.sample.story import House
from qma_app.services.sample.year import GateLine, MarkLine, MovedLine, PlanLine, SaidLine
from qma_app.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Leading:
    """What the coach does with the plan of a house."""

    workspace: Workspace
    house: House
    known: Known

    def steps(self) -> Iterator[Step]:
        """Each step on its day; the teller puts them in order."""
        for mark in self.house.year.marks:
            yield Step(day=mark.day, hour=Hour.GATE, role=Role.COACH, do=partial(self._mark, mark))
        plan = self.house.year.plan
        if plan is None:
            return
        for day in plan.made:
            yield Step(day=day, hour=Hour.GATE, role=Role.COACH, do=partial(self._make, plan, day))
        if plan.accepted is not None:
            accept = partial(accept_plan, self.workspace, on=plan.accepted, by=plan.by)
            yield Step(
                day=plan.accepted, hour=Hour.GATE, role=Role.COACH, do=partial(self._with_programme, accept)
            )
        for moved in plan.moved:
            yield Step(day=moved.day, hour=Hour.MOVE, role=Role.COACH, do=partial(self._move, moved))
        for said in plan.said:
            yield Step(day=said.day, hour=Hour.SHOW, role=said.by, do=partial(self._say, said))
        for gate in plan.gates:
            yield Step(day=gate.passed, hour=Hour.GATE, role=Role.COACH, do=partial(self._pass, gate))

    def _with_programme(self, do: Any) -> None:
        do(engagement_id=self.known.engagement)

    def _make(self, plan: PlanLine, day: date) -> None:
        """As the program proposes it, with the coach's own days, waves and visits."""
        with self.workspace.reading() as reader:
            proposal = propose_plan(reader, self.known.engagement, waves=plan.waves, on=day)
        make_plan(self.workspace, self.known.engagement, self._own(plan, proposal, day))

    def _own(self, plan: PlanLine, proposal: PlanProposal, day: date) -> PlanProposal:
        phases = list(proposal.phases)
        for place, span in enumerate(phases):
            if days := plan.phases.get((span.phase, span.wave)):
                phases[place] = replace(span, starts_on=days[0], ends_on=days[1])
        for place, (before, after) in enumerate(pairwise(phases), 1):
            if after.starts_on <= before.ends_on:
                phases[place] = replace(after, starts_on=before.ends_on + timedelta(days=1))
        waves = {span.wave: (span.starts_on, span.ends_on) for span in phases if span.wave}
        areas = sorted(
            (replace(one, wave=plan.areas.get(one.area_id, one.wave)) for one in proposal.areas), key=_place
        )
        areas = [
            replace(one, place=place, **_days_within(one, areas, waves)) for place, one in enumerate(areas, 1)
        ]
        visits = tuple(
            VisitProposal(number=line.number, day=line.on, areas=line.areas, load_minutes=0, remarks=())
            for line in self.house.year.visits
            if line.planned is None and line.on > day
        )
        return replace(proposal, phases=tuple(phases), areas=tuple(areas), visits=visits or proposal.visits)

    def _move(self, line: MovedLine) -> None:
        phase = self._phase(line.phase)
        move_phase(self.workspace, phase.id, starts_on=phase.starts_on, ends_on=line.until)

    def _say(self, line: SaidLine) -> None:
        state_for_gate(
            self.workspace,
            self.known.engagement,
            check=line.check,
            on=line.day,
            words=line.words,
            figure=line.figure,
            area_id=line.area,
        )

    def _pass(self, line: GateLine) -> None:
        pass_gate(self.workspace, self._phase(line.phase).id, on=line.passed, reason=line.reason)

    def _mark(self, line: MarkLine) -> None:
        """The first step of the rule, if there is one on that day."""
        with self.workspace.reading() as reader:
            steps = next_steps(reader, self.known.engagement, on=line.day)
        for step in steps:
            if step.rule == line.rule and step.ticked_on is None:
                self._say_of(step, line)
                return

    def _say_of(self, step: NextStep, line: MarkLine) -> None:
        if line.until is None:
            tick_step(self.workspace, self.known.engagement, step.key, title=step.title)
        else:
            postpone_step(
                self.workspace,
                self.known.engagement,
                step.key,
                until=line.until,
                reason=line.reason,
                title=step.title,
            )

    def _phase(self, name: tuple[str, int]) -> PlannedPhase:
        with self.workspace.reading() as reader:
            phase, wave = name
            return reader.all(PlannedPhase, engagement_id=self.known.engagement, phase=phase, wave=wave)[0]


def _place(one: AreaProposal) -> tuple[int, int]:
    return one.wave, one.place


def _days_within(
    one: AreaProposal, areas: list[AreaProposal], waves: dict[int, tuple[Any, Any]]
) -> dict[str, Any]:
    """The areas of a wave begin one after the other and each takes half of it."""
    if one.wave not in waves:
        return {}
    first, last = waves[one.wave]
    mates = [each.area_id for each in areas if each.wave == one.wave]
    span = PhaseSpan(phase="", title="", wave=one.wave, starts_on=first, ends_on=last)
    starts_on, ends_on = area_days(span, mates.index(one.area_id), len(mates))
    return {"starts_on": starts_on, "ends_on": ends_on}
