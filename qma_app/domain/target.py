"""What customers, staff and profit shall gain: agreed before the start, locked with a date, never quietly moved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from qma_app.domain.ids import EngagementId, TargetId
from qma_app.domain.record import Record, Typed


class Gain(StrEnum):
    """Whose gain a target is."""

    CUSTOMERS = "customers"
    STAFF = "staff"
    PROFIT = "profit"


@dataclass(frozen=True, kw_only=True, slots=True)
class Target(Record):
    """One KPI and the value it shall have: `kpi` is a code of the edition, start and goal are in the KPI's unit.

    `start` is the value when it was agreed (None = not known then), `due_on` the day by which the goal counts.
    """

    id: TargetId
    engagement_id: EngagementId
    gain: Gain
    kpi: str
    goal: Decimal
    start: Decimal | None = None
    due_on: date | None = None
    words: Typed = ""
