"""The root causes of the findings shown, by count and by cost, and how old what is open has become; no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

from qma_app.domain.ageing import Ageing, ageing
from qma_app.domain.pareto import Pareto, charts_disagree, pareto
from qma_app.services.findings_listing import as_findings
from ui.models.findings_rows import NO_CAUSE, FindingRows, categories_of

OTHER: Final = "other"
"""The category of the standard that names no cause."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CausesShown:
    """What the view of causes says; bars are labelled with ids of categories.

    A finding counts once in each category of its root causes, so that a bar counts what a click on it shows; its cost is parted
    evenly among them, so that nothing is summed twice. The median time to close is that of all findings: among open ones there is none.
    """

    by_count: Pareto
    by_cost: Pareto
    findings: int
    without_cause: int
    do_disagree: bool
    ages: Ageing
    days_to_close: int | None


def causes_shown(rows: FindingRows, places: Sequence[int]) -> CausesShown:
    """Counted over the findings at these places."""
    counts: list[tuple[str, int]] = []
    costs: list[tuple[str, Fraction]] = []
    without = 0
    lines = [rows.lines[place] for place in places]
    order = {id: place for place, (id, _title) in enumerate(rows.listing.categories)}
    for line in lines:
        categories = [each for each in categories_of(line) if each != NO_CAUSE]
        without += not categories
        counts += [(each, 1) for each in categories]
        if line.cost is not None and categories and (cost := Fraction(Decimal(line.cost))) > 0:
            costs += [(each, cost / len(categories)) for each in categories]
    # Bars of equal length stand in the order of the standard.
    counts.sort(key=lambda item: order.get(item[0], len(order)))
    costs.sort(key=lambda item: order.get(item[0], len(order)))
    by_count, by_cost = pareto(counts, OTHER), pareto(costs, OTHER)
    findings = as_findings(lines, rows.listing.engagement_id)
    return CausesShown(
        by_count=by_count,
        by_cost=by_cost,
        findings=len(lines),
        without_cause=without,
        do_disagree=charts_disagree(by_count, by_cost),
        ages=ageing(findings, rows.listing.today),
        days_to_close=rows.counts().days_to_close,
    )
