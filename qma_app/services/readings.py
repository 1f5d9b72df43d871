"""Keeping the months of a KPI: typed one by one, or several at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import EngagementId, ReadingId
from qma_app.domain.month import Month
from qma_app.domain.ports import Reader
from qma_app.domain.reading import MonthFigures, Reading
from qma_app.domain.record import Changes
from qma_app.errors import RuleBroken
from qma_app.exchange.reading_cells import NotRead, figure_cell, figure_text, month_cell
from qma_app.exchange.reading_table import (
    CellProblem,
    ReadingLine,
    ReadingTable,
    parse_readings,
    read_lines,
)
from qma_app.i18n import _
from qma_app.services.workspace import Workspace

__all__ = [
    "CellProblem",
    "MonthFigures",
    "NotRead",
    "ReadingLine",
    "ReadingTable",
    "figure_cell",
    "figure_text",
    "month_cell",
    "parse_readings",
    "read_lines",
    "readings_of",
    "remove_reading",
    "write_readings",
]


def write_readings(
    workspace: Workspace,
    engagement_id: EngagementId,
    kpi: str,
    months: Sequence[MonthFigures],
    *,
    without: Collection[Month] = (),
) -> Changes:
    """Keep these months and take back the readings of those `without`; a month that has a reading gets the new figures.

    All of them or none. Where a month is given twice or has not come yet, RuleBroken names it.
    """
    seen: set[Month] = set()
    for figures in months:
        if figures.month in seen:
            raise RuleBroken(
                _("{month} is given twice.").format(month=figures.month),
                code="reading.month-twice",
                way_out=_("Keep one of the two."),
                month=str(figures.month),
            )
        seen.add(figures.month)
    for figures in months:
        if figures.month > Month.of(workspace.today()):
            raise RuleBroken(
                _("{month} lies ahead: its figures are not known yet.").format(month=figures.month),
                code="reading.ahead",
                way_out=_("Correct the month, or leave it out until it has come."),
                month=str(figures.month),
            )
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
        for month in sorted((set(without) - seen) & known.keys()):
            work.delete(known[month])
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
                    note=figures.note.strip(),
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
