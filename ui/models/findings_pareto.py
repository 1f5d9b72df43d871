"""The root causes of the findings shown, by count and by cost, and how old what is open has become; no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from qma_app.domain.ageing import Ageing, ageing
from qma_app.domain.pareto import CauseCounts, count_causes
from qma_app.services.findings_listing import as_findings
from ui.models.findings_rows import NO_CAUSE, FindingRows, categories_of

OTHER: Final = "other"
"""The category of the standard that names no cause."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CausesShown:
    """What the view of causes says; bars are labelled with ids of categories.

    A bar counts what a click on it shows. The median time to close is that of all findings: among open ones there is none.
    """

    counts: CauseCounts
    ages: Ageing
    days_to_close: int | None


def causes_shown(rows: FindingRows, places: Sequence[int]) -> CausesShown:
    """Counted over the findings at these places."""
    lines = [rows.lines[place] for place in places]
    findings = as_findings(lines, rows.listing.engagement_id)
    counted = (
        (
            [each for each in categories_of(line) if each != NO_CAUSE],
            None if line.cost is None else Decimal(line.cost),
        )
        for line in lines
    )
    return CausesShown(
        counts=count_causes(counted, [id for id, _title in rows.listing.categories], OTHER),
        ages=ageing(findings, rows.listing.today),
        days_to_close=rows.counts().days_to_close,
    )
