"""Who answers for the areas a visit is about, so that they can be asked to be there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from qma_app.domain.edition import Area, Edition
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import PersonId, ProcessId
from qma_app.domain.people import Person
from qma_app.domain.ports import Reader
from qma_app.domain.process_owner import ProcessOwner
from qma_app.domain.visit import Participant, Visit


@dataclass(frozen=True, kw_only=True, slots=True)
class AreaOwner:
    """Somebody who answers for most processes of some areas."""

    person: Person
    areas: tuple[Area, ...]


def owners_at(reader: Reader, edition: Edition, visit: Visit) -> tuple[AreaOwner, ...]:
    """For each area of a visit whoever owns most of its processes, the first named where there are several; each once."""
    owners = {
        one.process_id: one.owner_id
        for one in reader.all(ProcessOwner, engagement_id=visit.engagement_id)
        if one.owner_id is not None
    }
    found: dict[PersonId, list[Area]] = {}
    for area in edition.areas:
        if area.id in visit.areas and (owner := _most_of(area, owners)) is not None:
            found.setdefault(owner, []).append(area)
    people = ((reader.find(Person, id), areas) for id, areas in found.items())
    return tuple(AreaOwner(person=one, areas=tuple(areas)) for one, areas in people if one is not None)


def expected_at(reader: Reader, visit: Visit) -> tuple[Participant, ...]:
    """The principal and the owners of the areas, as participants of whom nobody has said yet that they were there."""
    engagement = reader.get(Engagement, visit.engagement_id)
    edition = reader.edition(engagement.edition)
    principal = reader.find(Person, engagement.principal_id) if engagement.principal_id else None
    people = [*([principal] if principal else []), *(one.person for one in owners_at(reader, edition, visit))]
    return tuple(
        Participant(name=one.name, function=one.function, person_id=one.id)
        for one in {person.id: person for person in people}.values()
    )


def _most_of(area: Area, owners: Mapping[ProcessId, PersonId]) -> PersonId | None:
    """Who owns most processes of an area; of equals the owner of the earlier one."""
    named = [owners[process.id] for process in area.processes if process.id in owners]
    counted = Counter(named)  # keeps the order in which they were met
    return counted.most_common(1)[0][0] if counted else None
