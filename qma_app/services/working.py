"""Who is working: one person at a time, named in each entry of the change log."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from qma_app.domain.assessment import Assessment
from qma_app.domain.ids import PersonId, QualificationId, SettingId
from qma_app.domain.people import Person, Qualification, Role, Worker
from qma_app.domain.ports import Reader
from qma_app.domain.record import Changes
from qma_app.domain.setting import Setting
from qma_app.domain.wording import role_title
from qma_app.errors import RuleBroken
from qma_app.i18n import _
from qma_app.services.workspace import WORKER_SETTING, Workspace
from qma_app.storage.scopes import WritingScope


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkerView:
    """Who is working, as the status bar shows it."""

    person_id: PersonId
    name: str
    role: Role
    number: str
    valid_until: date | None

    @property
    def text(self) -> str:
        """`Coach: K. Brandt · certified to 30 Jun 2027`"""
        from qma_app.i18n import day_text

        named = f"{role_title(self.role)}: {self.name}"
        if self.valid_until is None:
            return named
        return _("{who} · certified to {day}").format(who=named, day=day_text(self.valid_until))


def start_working(
    workspace: Workspace,
    *,
    role: Role,
    name: str = "",
    person_id: PersonId | None = None,
    number: str = "",
    valid_until: date | None = None,
) -> Changes:
    """Somebody sits down as coach, auditor or decision maker; a new name makes a new person.

    An open assessment that was started before anybody was named, and that this role may write, is theirs from now on.
    """
    with workspace.writing("working.started") as work:
        person = work.get(Person, person_id) if person_id else _person_named(work, name)
        qualification = _qualification(work, person.id, role)
        if number or valid_until:
            qualification = replace(
                qualification,
                number=number or qualification.number,
                valid_until=valid_until or qualification.valid_until,
            )
        work.put(qualification)
        setting = work.find(Setting, WORKER_SETTING) or Setting(id=SettingId(WORKER_SETTING), value="")
        work.put(replace(setting, value=f"{person.id} {role}"))
        for assessment in work.all(Assessment, assessor_id=None, completed_at=None):
            if assessment.is_audit == (role is Role.AUDITOR) and role is not Role.DECISION_MAKER:
                work.put(replace(assessment, assessor_id=person.id))
        work.who = person.id
    workspace.set_worker(Worker(person_id=person.id, role=role))
    return work.changes


def stop_working(workspace: Workspace) -> Changes:
    """Nobody is named from now on."""
    with workspace.writing("working.stopped") as work:
        setting = work.find(Setting, WORKER_SETTING)
        if setting is not None:
            work.put(replace(setting, value=""))
    workspace.set_worker(None)
    return work.changes


def current_worker(workspace: Workspace) -> WorkerView | None:
    """Who is working now, with number and validity."""
    if workspace.worker is None:
        return None
    with workspace.reading() as reader:
        return next(
            (
                c
                for c in worker_choices(reader)
                if (c.person_id, c.role) == (workspace.worker.person_id, workspace.worker.role)
            ),
            None,
        )


def worker_choices(reader: Reader) -> tuple[WorkerView, ...]:
    """Everybody certified who is known here, by name."""
    people = {person.id: person for person in reader.all(Person)}
    views = [
        WorkerView(
            person_id=held.person_id,
            name=people[held.person_id].name,
            role=held.role,
            number=held.number,
            valid_until=held.valid_until,
        )
        for held in reader.all(Qualification)
        if held.person_id in people
    ]
    return tuple(sorted(views, key=lambda view: (view.name.casefold(), view.role)))


def check_may_write(workspace: Workspace, assessment: Assessment) -> None:
    """Raise RuleBroken unless the role of who is working allows writing this assessment.

    Auditors write audits, coaches everything else; with nobody named everything but an audit in another's hand is open.
    """
    worker = workspace.worker
    if worker is None:
        return
    if worker.role is Role.DECISION_MAKER:
        raise RuleBroken(
            _("A decision maker reads and decides, but does not rate."),
            code="role.decision-maker",
            way_out=_("Change who is working in the status bar."),
        )
    if assessment.is_audit and worker.role is not Role.AUDITOR:
        raise RuleBroken(
            _("Only an auditor writes in an audit."),
            code="role.audit-needs-auditor",
            way_out=_("Change who is working in the status bar."),
        )
    if not assessment.is_audit and worker.role is Role.AUDITOR:
        raise RuleBroken(
            _("An auditor reads the coach's assessments, but does not write in them."),
            code="role.coach-needed",
            way_out=_("Start an audit, or change who is working in the status bar."),
        )


def _person_named(work: WritingScope, name: str) -> Person:
    name = name.strip()
    if not name:
        raise RuleBroken(
            _("A name is needed."), code="person.name-missing", way_out=_("Type who is working.")
        )
    known = next(
        (p for p in work.all(Person) if p.dealership_id is None and p.name.casefold() == name.casefold()),
        None,
    )
    return known or work.put(Person(id=PersonId(work.new_id()), name=name))


def _qualification(work: WritingScope, person_id: PersonId, role: Role) -> Qualification:
    held = next((q for q in work.all(Qualification, person_id=person_id) if q.role is role), None)
    return held or Qualification(id=QualificationId(work.new_id()), person_id=person_id, role=role)
