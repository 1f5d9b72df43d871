"""Everything coach and house agreed, read at one moment; no widgets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from qma_app.domain.applicability import premises_of
from qma_app.domain.charter import Charter
from qma_app.domain.dealership import ClosingDay, Dealership
from qma_app.domain.edition import Edition
from qma_app.domain.engagement import Engagement
from qma_app.domain.evidence import Evidence
from qma_app.domain.evidence_use import evidence_of_charter
from qma_app.domain.features_effect import FeaturesEffect, features_effect
from qma_app.domain.ids import AreaId, EngagementId
from qma_app.domain.people import Person
from qma_app.domain.ports import Reader
from qma_app.domain.promise import Promise
from qma_app.domain.reading import Reading
from qma_app.domain.target import Gain
from qma_app.errors import QmaError
from qma_app.services.areas_left_out import areas_left_out
from qma_app.services.charters import charter_of
from qma_app.services.closing_times import closing_times
from qma_app.services.targets import TargetLine, gains_without_target, targets_view


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """A photo or document of the signed page with its small picture; empty where there is none."""

    evidence: Evidence
    picture: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class Agreed:
    """What stands on the day `on`; `read_kpis` are the codes of the KPIs that have readings."""

    on: date
    engagement: Engagement
    dealership: Dealership
    edition: Edition
    charter: Charter | None
    promises: tuple[Promise, ...]
    pages: tuple[Page, ...]
    targets: tuple[TargetLine, ...]
    lacking: tuple[Gain, ...]
    read_kpis: tuple[str, ...]
    people: tuple[Person, ...]
    coach: Person | None
    closing: tuple[ClosingDay, ...]
    left_out: Mapping[AreaId, str]
    effect: FeaturesEffect

    @property
    def is_signed(self) -> bool:
        return self.charter is not None and self.charter.signed_on is not None

    @property
    def is_locked(self) -> bool:
        return self.engagement.targets_locked_on is not None

    @property
    def names(self) -> tuple[str, ...]:
        """Who may promise something: people of the house, then the coach."""
        coach = (self.coach.name,) if self.coach is not None else ()
        return (*(one.name for one in self.people), *coach)

    @property
    def principal(self) -> Person | None:
        id = self.engagement.principal_id
        return next((one for one in self.people if one.id == id), None)


def read_agreed(reader: Reader, engagement_id: EngagementId, *, on: date) -> Agreed:
    """What coach and house agreed for a programme."""
    engagement = reader.get(Engagement, engagement_id)
    edition = reader.edition(engagement.edition)
    charter = charter_of(reader, engagement_id)
    premises = premises_of(reader, engagement.dealership_id)
    people = reader.all(Person, dealership_id=engagement.dealership_id)
    rows = reader.fields(Reading, ("kpi",), engagement_id=engagement_id)
    return Agreed(
        on=on,
        engagement=engagement,
        dealership=reader.get(Dealership, engagement.dealership_id),
        edition=edition,
        charter=charter,
        promises=_promises(reader, charter),
        pages=_pages(reader, charter),
        targets=targets_view(reader, engagement_id, on=on),
        lacking=gains_without_target(reader, engagement_id),
        read_kpis=tuple(sorted({kpi for (kpi,) in rows})),
        people=tuple(sorted(people, key=_name)),
        coach=reader.find(Person, engagement.coach_id) if engagement.coach_id is not None else None,
        closing=closing_times(reader, engagement.dealership_id),
        left_out=areas_left_out(reader, engagement_id),
        effect=features_effect(edition, premises.features, premises.staff),
    )


def _promises(reader: Reader, charter: Charter | None) -> tuple[Promise, ...]:
    if charter is None:
        return ()
    found = reader.all(Promise, charter_id=charter.id)
    return tuple(sorted(found, key=_number))


def _pages(reader: Reader, charter: Charter | None) -> tuple[Page, ...]:
    if charter is None:
        return ()
    return tuple(
        Page(evidence=one, picture=_picture(reader, one)) for one in evidence_of_charter(reader, charter.id)
    )


def _picture(reader: Reader, evidence: Evidence) -> bytes:
    if evidence.thumbnail_digest is None:
        return b""
    try:
        return reader.evidence_bytes(evidence.thumbnail_digest)
    except QmaError:
        # A missing or damaged file must not hide the agreement: it is shown by its name.
        return b""


def _name(person: Person) -> str:
    return person.name.casefold()


def _number(promise: Promise) -> int:
    return promise.number
