"""What somebody said about a next step: ticked off, or put off with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from qma_app.domain.ids import EngagementId, PersonId, StepMarkId
from qma_app.domain.record import Record, Typed


@dataclass(frozen=True, kw_only=True, slots=True)
class StepMark(Record):
    """`step` is the key of the step (`verify:ID`). Ticked on a day, or put off until a day (`until`, that day included in the list again)."""

    id: StepMarkId
    engagement_id: EngagementId
    step: str
    marked_on: date
    until: date | None = None
    reason: Typed = ""
    title: Typed = ""
    marked_by: PersonId | None = None

    @property
    def is_tick(self) -> bool:
        return self.until is None
