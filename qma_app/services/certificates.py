"""Who is certified for what and how long, and what a lapsed certificate no longer allows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from qma_app.domain.certificate import CertificateState, certificate_state, certificate_title, days_left
from qma_app.domain.ids import PersonId
from qma_app.domain.people import Person, Qualification, Role
from qma_app.domain.ports import Reader
from qma_app.domain.wording import role_title
from qma_app.errors import RuleBroken
from qma_app.i18n import _, day_text
from qma_app.services.workspace import Workspace

__all__ = [
    "CertificateLine",
    "CertificateState",
    "certificate_title",
    "certificates",
    "certificates_to_renew",
    "check_certificate",
    "check_may_open",
]


@dataclass(frozen=True, kw_only=True, slots=True)
class CertificateLine:
    """One certificate of one person; `days_left` counts to its last day, None where no end was noted."""

    person: Person
    qualification: Qualification
    state: CertificateState
    days_left: int | None


def certificates(reader: Reader, *, on: date) -> tuple[CertificateLine, ...]:
    """Every certificate of the people known here, by name and role, as it counts on a day."""
    people = {person.id: person for person in reader.all(Person)}
    lines = [
        CertificateLine(
            person=people[held.person_id],
            qualification=held,
            state=certificate_state(held, on),
            days_left=days_left(held, on),
        )
        for held in reader.all(Qualification)
        if held.person_id in people
    ]
    return tuple(sorted(lines, key=lambda line: (line.person.name.casefold(), line.qualification.role)))


def certificates_to_renew(reader: Reader, *, on: date) -> tuple[CertificateLine, ...]:
    """Those that have lapsed or will within 60 days, the most urgent first."""
    urgent = (CertificateState.LAPSED, CertificateState.LAPSES_SOON)
    lines = [line for line in certificates(reader, on=on) if line.state in urgent]
    return tuple(sorted(lines, key=lambda line: line.days_left or 0))


def check_may_open(workspace: Workspace, reader: Reader, on: date) -> None:
    """Raise RuleBroken `certificate.lapsed` where the coach or auditor who is working has no certificate that counts on `on`.

    Asked before something new is opened: an assessment, a visit. What is open already is finished without it, notes and
    closing included. With nobody named nothing is asked.
    """
    worker = workspace.worker
    if worker is not None and worker.role is not Role.DECISION_MAKER:
        check_certificate(reader, worker.person_id, worker.role, on)


def check_certificate(reader: Reader, person_id: PersonId, role: Role, on: date) -> None:
    """Raise RuleBroken unless the person holds a certificate for the role that counts on the day.

    The code says what is wrong with it: `certificate.missing`, `certificate.lapsed` or `certificate.not-yet`.
    """
    person = reader.get(Person, person_id)
    held = next((one for one in reader.all(Qualification, person_id=person_id) if one.role is role), None)
    if held is None:
        raise RuleBroken(
            _("{name} is not certified as {role}.").format(name=person.name, role=role_title(role)),
            code="certificate.missing",
            way_out=_("Enter the certificate under People, or choose somebody who holds one."),
            person=person_id,
        )
    match certificate_state(held, on):
        case CertificateState.LAPSED if held.valid_until is not None:
            raise RuleBroken(
                _("The certificate of {name} as {role} lapsed on {day}.").format(
                    name=person.name, role=role_title(role), day=day_text(held.valid_until)
                ),
                code="certificate.lapsed",
                way_out=_(
                    "What is open can be finished. To open something new, renew the certificate under People, or let somebody else do it."
                ),
                person=person_id,
            )
        case CertificateState.NOT_YET if held.valid_from is not None:
            raise RuleBroken(
                _("The certificate of {name} as {role} is valid from {day} only.").format(
                    name=person.name, role=role_title(role), day=day_text(held.valid_from)
                ),
                code="certificate.not-yet",
                way_out=_("Choose a later day, or somebody whose certificate is valid."),
                person=person_id,
            )
