"""The dealership of the Journey tests with invented people, owners and certificates."""

from __future__ import annotations

from datetime import date
from typing import Final

from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import PersonId, ProcessId
from qma_app.domain.people import Person, Role
from qma_app.services.engagements import name_leaders
from qma_app.services.people import add_person, certify_person
from qma_app.services.process_owners import name_owners
from qma_app.services.workspace import Workspace
from tests.ui.journey_house import DEALERSHIP, ENGAGEMENT

PEOPLE: Final = (
    ("Rita Muster", "Dealer principal", "rita.muster@example.com"),
    ("Anton Beispiel", "Service manager", "a.beispiel@example.com"),
    ("Sabine Exempel", "Quality officer", ""),
)
LAPSED, SOON, LATER = date(2026, 10, 30), date(2026, 12, 15), date(2028, 12, 31)


def furnish(workspace: Workspace) -> dict[str, PersonId]:
    """Three people of the house by their first names, a principal, an officer, and the first two processes with an owner."""
    ids = {
        name.split()[0]: add_person(
            workspace, name=name, dealership_id=DEALERSHIP, function=function, email=email
        )
        .made(Person)
        .id
        for name, function, email in PEOPLE
    }
    name_leaders(
        workspace, ENGAGEMENT, principal_id=ids["Rita"], officer_id=ids["Sabine"], officer_percent=20
    )
    name_owners(workspace, ENGAGEMENT, dict.fromkeys(processes(workspace)[:2], ids["Anton"]))
    return ids


def processes(workspace: Workspace) -> tuple[ProcessId, ...]:
    """Those of the edition, in its order."""
    with workspace.reading() as reader:
        edition = reader.edition(reader.get(Engagement, ENGAGEMENT).edition)
    return tuple(edition.processes)


def certify(workspace: Workspace) -> None:
    """A coach whose certificate lapses soon, an auditor whose one has, a coach who begins next year."""
    for name, role, first, last in (
        ("M. Muster", Role.COACH, date(2025, 1, 1), SOON),
        ("L. Exempel", Role.AUDITOR, date(2023, 1, 1), LAPSED),
        ("N. Neuling", Role.COACH, date(2027, 1, 1), LATER),
    ):
        person = add_person(workspace, name=name).made(Person)
        certify_person(
            workspace, person.id, role=role, number=f"X-{name[0]}", valid_from=first, valid_until=last
        )
