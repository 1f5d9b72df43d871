"""Everything the views of people and owners show, read at one moment; no widgets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qma_app.domain.dealership import Dealership
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import EngagementId, PersonId
from qma_app.domain.people import Person
from qma_app.domain.ports import Reader
from qma_app.i18n import _
from qma_app.services.process_owners import OwnerLine, owners_view


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonLine:
    """Somebody of the house: what the person answers for, what it stands in for, and whether it leads."""

    person: Person
    owns: tuple[OwnerLine, ...]
    stands_in: tuple[OwnerLine, ...]
    is_principal: bool
    is_officer: bool

    @property
    def parts(self) -> tuple[str, ...]:
        """What the person is in the programme, in words."""
        words = (_("Principal") if self.is_principal else "", _("Quality officer") if self.is_officer else "")
        return tuple(filter(None, words))


@dataclass(frozen=True, kw_only=True, slots=True)
class PeopleDesk:
    """The people of a dealership by name, and its processes in the order of the standard."""

    engagement: Engagement
    dealership: Dealership
    people: tuple[PersonLine, ...]
    owners: tuple[OwnerLine, ...]

    def line(self, person_id: str) -> PersonLine | None:
        """The line of a person; None for one who is not there any more."""
        return next((one for one in self.people if one.person.id == person_id), None)

    @property
    def applying(self) -> tuple[OwnerLine, ...]:
        """The processes that count in this dealership."""
        return tuple(one for one in self.owners if one.applies)


def read_people(reader: Reader, engagement_id: EngagementId) -> PeopleDesk:
    """The people of the programme's dealership with what each answers for."""
    engagement = reader.get(Engagement, engagement_id)
    owners = owners_view(reader, engagement_id)
    people = sorted(
        reader.all(Person, dealership_id=engagement.dealership_id), key=lambda one: one.name.casefold()
    )
    return PeopleDesk(
        engagement=engagement,
        dealership=reader.get(Dealership, engagement.dealership_id),
        people=tuple(_line(person, engagement, owners) for person in people),
        owners=owners,
    )


def named_apart(people: Sequence[Person]) -> Mapping[str, PersonId]:
    """Each person by a name that nobody else here bears: namesakes are told apart by e-mail or function."""
    count = Counter(person.name for person in people)
    named: dict[str, PersonId] = {}
    for person in people:
        more = person.email or person.function
        label = f"{person.name} ({more})" if count[person.name] > 1 and more else person.name
        while label in named:
            label += "\u00a0"
        named[label] = person.id
    return named


def numbers_text(lines: Sequence[OwnerLine], most: int = 4) -> str:
    """`SRV-04, SRV-05 and 3 more`."""
    numbers = [one.process.number for one in lines]
    if len(numbers) <= most:
        return ", ".join(numbers)
    shown = ", ".join(numbers[: most - 1])
    return _("{numbers} and {count} more").format(numbers=shown, count=len(numbers) - most + 1)


def _line(person: Person, engagement: Engagement, owners: Sequence[OwnerLine]) -> PersonLine:
    return PersonLine(
        person=person,
        owns=tuple(one for one in owners if one.owner is not None and one.owner.id == person.id),
        stands_in=tuple(one for one in owners if one.deputy is not None and one.deputy.id == person.id),
        is_principal=engagement.principal_id == person.id,
        is_officer=engagement.officer_id == person.id,
    )
