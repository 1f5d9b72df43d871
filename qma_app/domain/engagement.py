"""One dealership's way through one edition with one coach (on screen: programme)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from qma_app.domain.ids import DealershipId, EditionHash, EngagementId, PersonId
from qma_app.domain.record import Record, Typed


@dataclass(frozen=True, kw_only=True, slots=True)
class Engagement(Record):
    """`edition` names the content by its hash, so that it reads in ten years as it did on the day."""

    id: EngagementId
    dealership_id: DealershipId
    edition: EditionHash
    started_on: date
    months: int = 18
    coach_id: PersonId | None = None
    note: Typed = ""

    def month_on(self, day: date) -> int:
        """The programme's month on `day`, counted from 1; before the start 0."""
        passed = (day.year - self.started_on.year) * 12 + day.month - self.started_on.month
        passed -= day.day < self.started_on.day
        return max(0, passed + 1)
