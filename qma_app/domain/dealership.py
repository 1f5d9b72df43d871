"""The client: a dealership and its sites, whose features decide which checkpoints apply."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from qma_app.domain.ids import ClosingDayId, DealershipId, SiteId
from qma_app.domain.record import Record, Typed


@dataclass(frozen=True, kw_only=True, slots=True)
class Dealership(Record):
    """One client; `country` is an ISO 3166 code of two letters, `code` what people call it by on paper.

    `region` is the part of the country whose public holidays count (ISO 3166-2 without the country: "BY"), `language` that of its papers
    (empty = as set in the program).
    """

    id: DealershipId
    name: Typed
    code: Typed
    country: str
    city: Typed = ""
    is_sample: bool = False
    archived_at: datetime | None = None
    note: Typed = ""
    region: str = ""
    language: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ClosingDay(Record):
    """A time in which a dealership is closed or cannot be visited, both days included."""

    id: ClosingDayId
    dealership_id: DealershipId
    first_on: date
    last_on: date
    words: Typed = ""

    def covers(self, day: date) -> bool:
        return self.first_on <= day <= self.last_on


@dataclass(frozen=True, kw_only=True, slots=True)
class Site(Record):
    """One place of a dealership; `staff` is the head count there, None = not yet known."""

    id: SiteId
    dealership_id: DealershipId
    name: Typed
    address: Typed = ""
    features: tuple[str, ...] = ()
    staff: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Premises:
    """What all sites of a dealership offer together: the ground on which conditions are judged."""

    features: frozenset[str]
    staff: int | None

    @classmethod
    def of(cls, sites: tuple[Site, ...]) -> Premises:
        """Features of any site count; staff is the sum, or None while a site's is unknown."""
        counts = [site.staff for site in sites]
        features = frozenset(feature for site in sites for feature in site.features)
        if len(sites) > 1:
            features |= {"multi-site"}
        known = [count for count in counts if count is not None]
        return cls(features=features, staff=sum(known) if known and len(known) == len(counts) else None)
