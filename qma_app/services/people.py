"""The people of a dealership, and those of the programme with what they are certified for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from qma_app.domain.ids import DealershipId, PersonId, QualificationId
from qma_app.domain.people import Person, Qualification, Role
from qma_app.domain.record import Changes
from qma_app.errors import RuleBroken
from qma_app.i18n import _
from qma_app.services.workspace import Workspace


def add_person(
    workspace: Workspace,
    *,
    name: str,
    dealership_id: DealershipId | None = None,
    function: str = "",
    email: str = "",
    phone: str = "",
) -> Changes:
    """Somebody of a dealership, or of the programme when no dealership is given."""
    name = _needed_name(name)
    with workspace.writing("person.added") as work:
        work.put(
            Person(
                id=PersonId(work.new_id()),
                name=name,
                dealership_id=dealership_id,
                function=function,
                email=email,
                phone=phone,
            )
        )
    return work.changes


def change_person(workspace: Workspace, person_id: PersonId, **fields: Any) -> Changes:
    """Correct name, function, mail or phone."""
    if "name" in fields:
        fields["name"] = _needed_name(fields["name"])
    with workspace.writing("person.changed") as work:
        work.put(replace(work.get(Person, person_id), **fields))
    return work.changes


def remove_person(workspace: Workspace, person_id: PersonId) -> Changes:
    """Move a person to the bin; entries that name the id stay readable."""
    with workspace.writing("person.removed") as work:
        work.delete(work.get(Person, person_id))
    return work.changes


def certify_person(
    workspace: Workspace,
    person_id: PersonId,
    *,
    role: Role,
    number: str = "",
    valid_from: date | None = None,
    valid_until: date | None = None,
) -> Changes:
    """Note that a person is certified as coach, auditor or decision maker; the same role again renews it."""
    with workspace.writing("person.certified") as work:
        work.get(Person, person_id)
        held = next((q for q in work.all(Qualification, person_id=person_id) if q.role is role), None)
        held = held or Qualification(id=QualificationId(work.new_id()), person_id=person_id, role=role)
        work.put(replace(held, number=number, valid_from=valid_from, valid_until=valid_until))
    return work.changes


def withdraw_qualification(workspace: Workspace, qualification_id: QualificationId) -> Changes:
    """A person no longer works in that role."""
    with workspace.writing("person.qualification-withdrawn") as work:
        work.delete(work.get(Qualification, qualification_id))
    return work.changes


def _needed_name(name: str) -> str:
    name = name.strip()
    if not name:
        raise RuleBroken(_("A name is needed."), code="person.name-missing", way_out=_("Type the name."))
    return name
