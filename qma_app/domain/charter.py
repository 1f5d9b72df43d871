"""The signed agreement a programme begins with: what the principal undertakes and what the coach does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from qma_app.domain.ids import CharterId, EngagementId
from qma_app.domain.record import Record, Typed


@dataclass(frozen=True, kw_only=True, slots=True)
class Charter(Record):
    """One a programme; its promises are Promise records made on it, its signed page is evidence linked to it.

    `aim` says in the house's words what shall be different, `coach_part` what the coach does for it.
    """

    id: CharterId
    engagement_id: EngagementId
    aim: Typed = ""
    coach_part: Typed = ""
    signed_on: date | None = None
    signed_by: Typed = ""
    place: Typed = ""
