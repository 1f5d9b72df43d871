"""What the step of plan and sample shows beside the audit itself: noted ties, areas with their checkpoints, staff; no widgets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from qma_app.domain.audit import Audit, Declaration, TeamMember
from qma_app.domain.audit_path import StepCode
from qma_app.domain.audit_state import AuditState
from qma_app.domain.ids import AreaId, AuditId, PersonId
from qma_app.domain.independence import Conflict
from qma_app.domain.people import Person, Qualification, Role
from qma_app.domain.planning_table import PlanningTable
from qma_app.domain.ports import Reader
from qma_app.domain.standing import applicable_in, premises_in
from qma_app.domain.tie import Tie
from qma_app.services.audit_people import AuditorChoice, auditor_conflicts, possible_auditors
from qma_app.services.audit_planning import planning_table
from ui.audit.reading import AuditDesk


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanSheet:
    """The desk with what only the plan needs. `counts` are the applicable checkpoints of every area, those left out included.

    `people` are those of the team and of the ties, `staff` is the head count of the sites; `is_open` says whether whoever is
    working may change the plan.
    """

    desk: AuditDesk
    ties: tuple[Tie, ...]
    people: Mapping[PersonId, Person]
    qualifications: Mapping[PersonId, tuple[Qualification, ...]]
    counts: Mapping[AreaId, int]
    table: PlanningTable
    staff: int | None
    is_open: bool

    @property
    def audit(self) -> Audit:
        return self.desk.state.audit

    @property
    def state(self) -> AuditState:
        return self.desk.state

    def name_of(self, id: PersonId | None) -> str:
        """Somebody's name; empty for nobody."""
        person = self.people.get(id) if id is not None else None
        return person.name if person is not None else ""

    def member(self, id: str) -> TeamMember | None:
        """What somebody does in the team."""
        return next((one for one in self.audit.team if one.person_id == id), None)

    def declaration(self, id: str) -> Declaration | None:
        """What somebody of the team declared."""
        return next((one for one in self.audit.declarations if one.person_id == id), None)

    def conflicts(self, id: str) -> tuple[Conflict, ...]:
        """What stands against somebody of the team who grades."""
        return tuple(one for one in self.state.conflicts if one.person_id == id)

    def missing(self, *codes: str) -> str:
        """What the path still asks for under these codes, in words."""
        step = self.desk.step(StepCode.PLAN)
        return " ".join(one.words for one in (step.missing if step else ()) if one.code in codes)


def read_plan(reader: Reader, desk: AuditDesk, *, is_open: bool) -> PlanSheet:
    """The plan of an audit as it stands."""
    view = desk.view
    ties = reader.all(Tie, dealership_id=view.dealership.id)
    ids = dict.fromkeys((*(one.person_id for one in view.audit.team), *(one.person_id for one in ties)))
    found = (reader.find(Person, id, in_bin=True) for id in ids)
    whole = replace(view.assessment, scope=tuple(area.id for area in view.edition.areas))
    counts = dict.fromkeys((area.id for area in view.edition.areas), 0)
    for id in applicable_in(reader, whole):
        counts[view.edition.checkpoints[id].area_id] += 1
    held = reader.all(Qualification, person_id=frozenset(ids), role=Role.AUDITOR) if ids else ()
    return PlanSheet(
        desk=desk,
        ties=ties,
        people={one.id: one for one in found if one is not None},
        qualifications={id: tuple(one for one in held if one.person_id == id) for id in ids},
        counts=counts,
        table=planning_table(reader),
        staff=premises_in(reader, view.assessment).staff,
        is_open=is_open,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class MemberChoice:
    """Somebody who may come along, with the auditor's certificates held and what stands against grading."""

    person: Person
    certificates: tuple[Qualification, ...]
    conflicts: tuple[Conflict, ...]

    @property
    def is_free(self) -> bool:
        """Whether nothing stands against grading."""
        return not self.conflicts


def read_choices(reader: Reader, audit_id: AuditId, *, on: date) -> tuple[MemberChoice, ...]:
    """Everybody who could be in the team: auditors nothing stands against, the other auditors, then people of the programme."""
    audit = reader.get(Audit, audit_id)
    certified = possible_auditors(reader, audit, on=on)
    known = {one.person.id for one in certified}
    team = {one.person_id for one in audit.team}
    others = [
        AuditorChoice(person=one, conflicts=auditor_conflicts(reader, audit, one.id, on=on))
        for one in sorted(reader.all(Person), key=_name)
        if one.id not in known and (one.dealership_id is None or one.id in team)
    ]
    held = reader.all(Qualification, role=Role.AUDITOR)
    return tuple(
        MemberChoice(
            person=one.person,
            certificates=tuple(q for q in held if q.person_id == one.person.id),
            conflicts=one.conflicts,
        )
        for one in (*certified, *others)
    )


def read_programme_people(reader: Reader) -> tuple[Person, ...]:
    """Everybody a tie may be noted of: the people of the programme, by name."""
    return tuple(sorted((one for one in reader.all(Person) if one.dealership_id is None), key=_name))


def _name(person: Person) -> str:
    return person.name.casefold()
