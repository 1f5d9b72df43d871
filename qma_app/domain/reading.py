"""One month's figures of one KPI."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from qma_app.domain.ids import EngagementId, ReadingId
from qma_app.domain.month import Month
from qma_app.domain.record import Record, Typed


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading(Record):
    """`kpi` is a code of the edition (C15). Where it has no denominator, `numerator` is the value itself."""

    id: ReadingId
    engagement_id: EngagementId
    kpi: str
    month: Month
    numerator: Decimal
    denominator: Decimal | None = None
    note: Typed = ""
