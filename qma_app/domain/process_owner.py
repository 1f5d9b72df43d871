"""Who answers for a process in a dealership, who stands in, and where the process is written down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from qma_app.domain.ids import EngagementId, PersonId, ProcessId, ProcessOwnerId
from qma_app.domain.record import Record, Typed


@dataclass(frozen=True, kw_only=True, slots=True)
class ProcessOwner(Record):
    """One a process and programme; `described_on` is the day the coach saw its description, `described_in` where it is kept."""

    id: ProcessOwnerId
    engagement_id: EngagementId
    process_id: ProcessId
    owner_id: PersonId | None = None
    deputy_id: PersonId | None = None
    described_on: date | None = None
    described_in: Typed = ""

    @property
    def is_complete(self) -> bool:
        """Has an owner and a description."""
        return self.owner_id is not None and self.described_on is not None
