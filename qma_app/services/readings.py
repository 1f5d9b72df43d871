"""Keeping the months of a KPI: typed one by one, or several at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import EngagementId, ReadingId
from qma_app.domain.month import Month
from qma_app.domain.ports import Reader
from qma_app.domain.reading import Reading
from qma_app.domain.record import Changes
from qma_app.errors import RuleBroken
from qma_app.i18n import _
from qma_app.services.workspace import Workspace


@dataclass(frozen=True, kw_only=True, slots=True)
class MonthFigures:
    """One month as somebody wrote it; without a denominator, `numerator` is the value itself."""

    month: Month
    numerator: Decimal
    denominator: Decimal | None = None
    note: str = ""


def write_readings(
    workspace: Workspace, engagement_id: EngagementId, kpi: str, months: Sequence[MonthFigures]
) -> Changes:
    """Keep these months; a month that has a reading already gets the new figures. All of them or none."""
    for figures in months:
        if figures.denominator is not None and figures.denominator <= 0:
            raise RuleBroken(
                _("{month}: a share of nothing cannot be read.").format(month=figures.month),
                code="reading.denominator",
                way_out=_("Leave the month out, or write the number of cases."),
                month=str(figures.month),
            )
    with workspace.writing("reading.written") as work:
        edition = work.edition(work.get(Engagement, engagement_id).edition)
        if kpi not in edition.kpis:
            raise RuleBroken(
                _("{edition} has no KPI {code}.").format(edition=edition.label, code=kpi),
                code="reading.kpi-unknown",
                way_out=_("Choose a KPI of the edition."),
            )
        known = {one.month: one for one in work.all(Reading, engagement_id=engagement_id, kpi=kpi)}
        for figures in months:
            reading = known.get(figures.month) or Reading(
                id=ReadingId(work.new_id()),
                engagement_id=engagement_id,
                kpi=kpi,
                month=figures.month,
                numerator=figures.numerator,
            )
            known[figures.month] = work.put(
                replace(
                    reading,
                    numerator=figures.numerator,
                    denominator=figures.denominator,
                    note=figures.note,
                )
            )
    return work.changes


def remove_reading(workspace: Workspace, reading_id: ReadingId) -> Changes:
    """Take the figures of a month back."""
    with workspace.writing("reading.removed") as work:
        work.delete(work.get(Reading, reading_id))
    return work.changes


def readings_of(reader: Reader, engagement_id: EngagementId, kpi: str) -> tuple[Reading, ...]:
    """The readings of a KPI in the order of the months."""
    found = reader.all(Reading, engagement_id=engagement_id, kpi=kpi)
    return tuple(sorted(found, key=lambda one: one.month))
