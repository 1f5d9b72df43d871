"""One month's figures of one KPI."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from qma_app.domain.edition import KpiDefinition
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


@dataclass(frozen=True, kw_only=True, slots=True)
class MonthFigures:
    """One month as somebody wrote it; without a denominator, `numerator` is the value itself."""

    month: Month
    numerator: Decimal
    denominator: Decimal | None = None
    note: str = ""


def reading_value(kpi: KpiDefinition, numerator: Decimal, denominator: Decimal | None) -> Fraction | None:
    """What a KPI says with these figures, in its unit; None where nothing was there to divide by."""
    if denominator is None:
        return Fraction(numerator)
    return Fraction(numerator) / Fraction(denominator) * kpi.factor if denominator else None
