"""The people of a dealership, and those of the programme with what they are certified for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from qma_app.domain.ids import DealershipId, PersonId, QualificationId
from qma_app.domain.people import Person, Qualification, Role
from qma_app.domain.record import Changes
from qma_app.errors import RuleBroken
from qma_app.i18n import _, day_text
from qma_app.services.kept_fields import check_by_hand
from qma_app.services.process_owners import let_go
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
    """Move a person to the bin; history goes on naming it.

    What needs somebody to answer for it does not: processes it owned or stood in for, and the programmes that run, are without it
    from now on, in the same edit.
    """
    with workspace.writing("person.removed") as work:
        person = work.get(Person, person_id)
        let_go(work, person_id)
        work.delete(person)
    return work.changes


def certify_person(
    workspace: Workspace,
    person_id: PersonId,
    *,
    role: Role,
    number: str = "",
    valid_from: date | None = None,
    valid_until: date | None = None,
    training: str | None = None,
    trained_on: date | None = None,
    supervised: int | None = None,
    checked_on: date | None = None,
) -> Changes:
    """Note that a person is certified as coach, auditor or decision maker; the same role again renews it.

    Training, supervised cases and yearly check stay as they were where they are left out.
    """
    with workspace.writing("person.certified") as work:
        work.get(Person, person_id)
        held = next((q for q in work.all(Qualification, person_id=person_id) if q.role is role), None)
        held = held or Qualification(id=QualificationId(work.new_id()), person_id=person_id, role=role)
        renewed = replace(
            held,
            number=number,
            valid_from=valid_from,
            valid_until=valid_until,
            training=held.training if training is None else training,
            trained_on=trained_on or held.trained_on,
            supervised=held.supervised if supervised is None else supervised,
            checked_on=checked_on or held.checked_on,
        )
        work.put(_checked(renewed))
    return work.changes


def change_qualification(workspace: Workspace, qualification_id: QualificationId, **fields: Any) -> Changes:
    """Correct number, validity, training, supervised cases or yearly check of a certificate; None takes a date back."""
    check_by_hand(fields.keys() - {"number"}, {"person_id", "role"})  # that of a certificate is typed
    with workspace.writing("person.certificate-changed") as work:
        work.put(_checked(replace(work.get(Qualification, qualification_id), **fields)))
    return work.changes


def withdraw_qualification(workspace: Workspace, qualification_id: QualificationId) -> Changes:
    """A person no longer works in that role."""
    with workspace.writing("person.qualification-withdrawn") as work:
        work.delete(work.get(Qualification, qualification_id))
    return work.changes


def _checked(held: Qualification) -> Qualification:
    if held.valid_from and held.valid_until and held.valid_until < held.valid_from:
        raise RuleBroken(
            _("The certificate would end on {end}, before it begins on {begin}.").format(
                end=day_text(held.valid_until), begin=day_text(held.valid_from)
            ),
            code="certificate.days",
            way_out=_("Look at both days."),
        )
    if held.supervised is not None and held.supervised < 0:
        raise RuleBroken(
            _("{count} supervised cases are none.").format(count=held.supervised),
            code="certificate.supervised",
            way_out=_("Write how many cases were done under supervision, or leave it empty."),
        )
    return held


def _needed_name(name: str) -> str:
    name = name.strip()
    if not name:
        raise RuleBroken(_("A name is needed."), code="person.name-missing", way_out=_("Type the name."))
    return name
