"""Lives the sample's story: day by day, each edit through the use case a coach would have used."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import groupby

from qma_app.domain.assessment import Assessment
from qma_app.domain.dealership import Dealership, Site
from qma_app.domain.edition import Edition
from qma_app.domain.engagement import Engagement
from qma_app.domain.finding import Finding
from qma_app.domain.ids import AreaId, PersonId, VisitNoteId
from qma_app.domain.people import Person, Role
from qma_app.domain.rating import Outcome
from qma_app.services import (
    assessments,
    dealerships,
    engagements,
    findings,
    people,
    ratings,
    working,
)
from qma_app.services.sample.agreeing import Agreeing
from qma_app.services.sample.auditing import Auditing
from qma_app.services.sample.chance import SampleClock, SampleIds
from qma_app.services.sample.following import Following
from qma_app.services.sample.known import Known
from qma_app.services.sample.leading import Leading
from qma_app.services.sample.light import Lighting
from qma_app.services.sample.promising import Promising
from qma_app.services.sample.showing import Showing
from qma_app.services.sample.steps import Hour, Step
from qma_app.services.sample.story import FoundLine, House, Pass, Row, Story
from qma_app.services.sample.visiting import Visiting
from qma_app.services.visit_notes import note_to_finding
from qma_app.services.workspace import Workspace


@dataclass(slots=True)
class Teller:
    """Knows the ids that the workspace gave to what the story names."""

    workspace: Workspace
    clock: SampleClock
    ids: SampleIds
    edition: Edition
    story: Story
    people: dict[str, PersonId] = field(default_factory=dict)
    """Those of the programme, by their seat."""

    def steps(self) -> list[Step]:
        """All there is to do, in the order of the days; the houses take turns as they did in the coach's calendar."""
        steps = [step for house in self.story.houses for step in _Programme(self, house).steps()]
        for house in self.story.light:
            steps += Lighting(self.workspace, self.edition, house, self.people).steps()
            if house.is_audited and self.story.audit is not None:
                audit = self.story.audit
                steps += Auditing(self.workspace, self.clock, self.edition, audit, house.name).steps()
        return sorted(steps, key=lambda step: (step.day, step.hour))

    def certify_people(self) -> None:
        """Coach, auditor and decision maker, with their numbers."""
        for known in self.story.certified:
            person = people.add_person(self.workspace, name=known.name).made(Person)
            people.certify_person(
                self.workspace,
                person.id,
                role=known.role,
                number=known.number,
                valid_from=known.valid_from,
                valid_until=known.valid_until,
                training=known.training,
                trained_on=known.trained,
                supervised=known.supervised,
                checked_on=known.checked,
            )
            self.people[known.seat] = person.id

    def take(self, step: Step) -> None:
        """Do one step on its day, with the right person sitting at the laptop; after one aside whoever sat there before."""
        if not step.is_aside:
            self.clock.go_to(step.day)
            self.seat(step.role, step.seat)
            step.do()
            return
        with self.clock.aside(), self.ids.aside():
            before = self.workspace.worker
            self.take(replace(step, is_aside=False))
            if before is not None and before != self.workspace.worker:
                working.start_working(self.workspace, role=before.role, person_id=before.person_id)

    def seat(self, role: Role, seat: str = "") -> None:
        """Let whoever works in that role, and on that seat where there are several, work from now on."""
        person_id = self.people[seat or role]
        if self.workspace.worker is None or self.workspace.worker.person_id != person_id:
            working.start_working(self.workspace, role=role, person_id=person_id)


@dataclass(slots=True)
class _Programme:
    """One house on its way."""

    teller: Teller
    house: House
    _known: Known = field(default_factory=Known)

    @property
    def _workspace(self) -> Workspace:
        return self.teller.workspace

    def steps(self) -> Iterator[Step]:
        """Everything done in this house, the work of a coach by the one who coaches it."""
        for step in self._all_steps():
            yield replace(step, seat=self.house.coach) if step.role is Role.COACH else step

    def _all_steps(self) -> Iterator[Step]:
        yield Step(day=self.house.started, hour=Hour.BEGIN, role=Role.COACH, do=self._set_up)
        roles = {each.name: each.role for each in self.house.passes}
        for each in self.house.passes:
            yield from self._pass_steps(each)
        for line in self.house.findings:
            do: Callable[[], object] = partial(self._raise, line)
            yield Step(day=line.raised, hour=Hour.RAISE, role=roles[line.pass_name], do=do)
        for part in (Agreeing, Following, Leading, Promising):
            yield from part(self._workspace, self.house, self._known).steps()
        yield from Visiting(self._workspace, self.teller.clock, self.house, self._known).steps()
        yield from Showing(self._workspace, self.house, self._known).steps()

    def _set_up(self) -> None:
        house, workspace = self.house, self._workspace
        changes = dealerships.add_dealership(
            workspace,
            name=house.name,
            country=house.country,
            code=house.code,
            city=house.city,
            features=house.features,
            staff=house.staff,
            started_on=house.started,
            months=house.months,
        )
        dealership = changes.made(Dealership)
        self._known.dealership = dealership.id
        self._known.engagement = changes.made(Engagement).id
        dealerships.change_dealership(workspace, dealership.id, note=house.note)
        dealerships.change_site(workspace, changes.made(Site).id, address=house.address)
        engagements.change_engagement(workspace, self._known.engagement, note=house.programme)
        if house.year.agreement.listed is None:
            for name, function in house.people.items():
                made = people.add_person(workspace, name=name, dealership_id=dealership.id, function=function)
                self._known.people[name] = made.made(Person).id

    def _pass_steps(self, each: Pass) -> Iterator[Step]:
        days = sorted({day for area_days in each.days.values() for day in area_days})
        yield Step(day=days[0], hour=Hour.BEGIN, role=each.role, do=partial(self._start, each))
        for area_id, rows in groupby(each.rows, key=_area_of):
            units = [tuple(unit) for _key, unit in groupby(rows, key=_unit_of)]
            for place, unit in enumerate(units):
                day = each.days[area_id][place * len(each.days[area_id]) // len(units)]
                yield Step(day=day, hour=Hour.RATE, role=each.role, do=partial(self._rate, each, unit))
        yield Step(day=days[-1], hour=Hour.END, role=each.role, do=partial(self._end, each))

    def _start(self, each: Pass) -> None:
        changes = assessments.start_assessment(
            self._workspace,
            engagement_id=self._known.engagement,
            kind=each.kind,
            scope=tuple(each.days),
            started_on=min(day for days in each.days.values() for day in days),
        )
        self._known.assessments[each.name] = changes.made(Assessment).id

    def _rate(self, each: Pass, unit: tuple[Row, ...]) -> None:
        """One checkpoint, or a process that is left out as a whole."""
        workspace, assessment = self._workspace, self._known.assessments[each.name]
        first = unit[0]
        if first.whole_process is not None:
            ratings.mark_process_not_applicable(
                workspace, assessment, first.whole_process, reason=first.reason
            )
            return
        at = first.checkpoint.id
        if first.sample:
            ratings.fill_sample(workspace, assessment, at, records=first.sample)
        if first.outcome is Outcome.NOT_APPLICABLE:
            ratings.mark_not_applicable(workspace, assessment, at, reason=first.reason)
        elif first.outcome is Outcome.NOT_SEEN:
            ratings.mark_not_seen(workspace, assessment, at, reason=first.reason)
        elif first.points is None:
            ratings.rate_as_last_time(workspace, assessment, at)
        else:
            ratings.rate_checkpoint(workspace, assessment, at, points=first.points)
        if first.note:
            ratings.write_note(workspace, assessment, at, text=first.note)

    def _end(self, each: Pass) -> None:
        workspace, assessment = self._workspace, self._known.assessments[each.name]
        for area_id, text in each.remarks.items():
            assessments.write_remark(workspace, assessment, area_id=area_id, text=text)
        if each.summary:
            assessments.write_summary(workspace, assessment, text=each.summary)
        if each.completed is not None:
            assessments.complete_assessment(workspace, assessment, on=each.completed)

    def _raise(self, line: FoundLine) -> None:
        key = (line.pass_name, line.at)
        if key in self._known.notes:
            self._raise_from_note(line, self._known.notes[key])
            return
        checkpoint = self.teller.edition.checkpoint(line.at)
        changes = findings.raise_finding(
            self._workspace,
            engagement_id=self._known.engagement,
            assessment_id=self._known.assessments[line.pass_name],
            checkpoint_id=line.at,
            grade=line.grade,
            statement=line.statement,
            requirement=f"{checkpoint.number} {checkpoint.statement}",
            evidence=line.evidence,
            grade_reason=line.grade_reason,
            seen_on=line.raised,
            place=line.place,
            owner=line.owner,
            due_on=line.due,
        )
        self._known.findings[key] = changes.made(Finding).id

    def _raise_from_note(self, line: FoundLine, note_id: VisitNoteId) -> None:
        """The words were noted at a visit; what else belongs to the finding is written afterwards."""
        made = note_to_finding(self._workspace, note_id, grade=line.grade).made(Finding)
        findings.change_finding(
            self._workspace,
            made.id,
            evidence=line.evidence,
            grade_reason=line.grade_reason,
            place=line.place,
            owner=line.owner,
            due_on=line.due,
        )
        self._known.findings[line.pass_name, line.at] = made.id


def _area_of(row: Row) -> AreaId:
    return row.checkpoint.area_id


def _unit_of(row: Row) -> str:
    return row.whole_process or row.checkpoint.id
