"""Light invented dealerships beside that of the Journey tests: one assessment each, at a level of one's choice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.dealership import Dealership, Site
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import DealershipId, EngagementId, PersonId, RatingId, SiteId
from qma_app.domain.people import Person, Role
from qma_app.domain.rating import Rating
from qma_app.services.assessments import complete_assessment, start_assessment
from qma_app.services.people import add_person, certify_person
from qma_app.services.workspace import Workspace
from tests.ui.journey_house import ENGAGEMENT


@dataclass(frozen=True, slots=True)
class House:
    """A dealership by its name, its points at each checkpoint (None: nothing rated), and the month its programme began."""

    name: str
    points: int | None
    month: int = 6


HOUSES: Final = (
    House("Autohaus Ahorn", 4, 5),
    House("Autohaus Birke", 6),
    House("Autohaus Eiche", 8, 3),
    House("Autohaus Linde", 10),
    House("Autohaus Tanne", None, 10),
)


def add_houses(workspace: Workspace, *, coach: PersonId | None = None) -> dict[str, Dealership]:
    """Every house of the list, the first two with the coach given."""
    return {
        house.name: _add(workspace, house, coach if place < 2 else None) for place, house in enumerate(HOUSES)
    }


def a_coach(workspace: Workspace, name: str, last: date | None = None) -> PersonId:
    """Somebody certified as coach."""
    person = add_person(workspace, name=name).made(Person)
    certify_person(workspace, person.id, role=Role.COACH, number="C-09", valid_until=last)
    return person.id


def _add(workspace: Workspace, house: House, coach: PersonId | None) -> Dealership:
    begun = date(2026, house.month, 2)
    with workspace.writing("dealership.added") as work:
        edition = work.edition(work.get(Engagement, ENGAGEMENT).edition)
        dealership = work.put(
            Dealership(
                id=DealershipId(work.new_id()),
                name=house.name,
                code=f"DE-{house.name[-5:].upper()}",
                country="DE",
                city="Musterstadt",
            )
        )
        work.put(
            Site(
                id=SiteId(work.new_id()),
                dealership_id=dealership.id,
                name="Musterstadt",
                features=("service",),
                staff=30,
            )
        )
        engagement = work.put(
            Engagement(
                id=EngagementId(work.new_id()),
                dealership_id=dealership.id,
                edition=edition.hash,
                started_on=begun,
                coach_id=coach,
            )
        )
    if house.points is None:
        return dealership
    made = start_assessment(
        workspace, engagement_id=engagement.id, kind=AssessmentKind.BASELINE, started_on=begun
    ).made(Assessment)
    with workspace.writing("rating.rated") as work:
        for point in edition.checkpoints:
            rating = Rating(id=RatingId(work.new_id()), assessment_id=made.id, checkpoint_id=point)
            work.put(rating.rated(house.points, at=work.at, by=work.who))
    complete_assessment(workspace, made.id, on=begun)
    return dealership
