"""Everything the promise book shows, read at one moment; no widgets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from qma_app.domain.charter import Charter
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import CharterId, EngagementId, PromiseId, VisitId
from qma_app.domain.people import Person
from qma_app.domain.ports import Reader
from qma_app.domain.promise import Promise, Quarter, SponsorCheck
from qma_app.domain.visit import Visit
from qma_app.services.promises import PromiseBook, promise_book
from qma_app.services.sponsoring import SponsorView, sponsorship


@dataclass(frozen=True, kw_only=True, slots=True)
class Book:
    """The promises, the principal, and what both are named by; `on` is the day it was read for."""

    on: date
    engagement: Engagement
    promises: PromiseBook
    sponsor: SponsorView
    visits: Mapping[VisitId, Visit]
    charters: Mapping[CharterId, Charter]
    people: tuple[Person, ...]
    coach: Person | None

    @property
    def all(self) -> tuple[Promise, ...]:
        return (*self.promises.open, *self.promises.settled)

    def promise(self, id: PromiseId | str | None) -> Promise | None:
        """The promise of that id; None where there is none."""
        return next((one for one in self.all if one.id == id), None)

    def check(self, quarter: Quarter) -> SponsorCheck | None:
        """What was written for a quarter; None where it was not looked at."""
        return next((one for one in self.sponsor.checks if one.quarter == str(quarter)), None)

    @property
    def names(self) -> tuple[str, ...]:
        """Who may promise something: people of the house, then the coach."""
        coach = (self.coach.name,) if self.coach is not None else ()
        return (*(one.name for one in self.people), *coach)

    def is_coachs(self, who: str) -> bool:
        """Whether that name is the coach's."""
        return self.coach is not None and self.coach.name.casefold() == who.strip().casefold()

    def is_signed(self, promise: Promise) -> bool:
        """Whether the paper a promise stands on was signed, so that its words do not change any more."""
        visit = self.visits.get(promise.visit_id) if promise.visit_id is not None else None
        charter = self.charters.get(promise.charter_id) if promise.charter_id is not None else None
        return (visit is not None and visit.closed_at is not None and bool(visit.signatures)) or (
            charter is not None and charter.signed_on is not None
        )


def read_book(reader: Reader, engagement_id: EngagementId, *, on: date) -> Book:
    """The promises of a programme on a day, and how its principal stands behind it."""
    engagement = reader.get(Engagement, engagement_id)
    people = reader.all(Person, dealership_id=engagement.dealership_id)
    return Book(
        on=on,
        engagement=engagement,
        promises=promise_book(reader, engagement_id, on=on),
        sponsor=sponsorship(reader, engagement_id, on=on),
        visits={one.id: one for one in reader.all(Visit, engagement_id=engagement_id)},
        charters={one.id: one for one in reader.all(Charter, engagement_id=engagement_id)},
        people=tuple(sorted(people, key=_name)),
        coach=reader.find(Person, engagement.coach_id) if engagement.coach_id is not None else None,
    )


def _name(person: Person) -> str:
    return person.name.casefold()
