"""The programme of a dealership: which edition it follows, since when, with whom."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import EngagementId
from qma_app.domain.record import Changes
from qma_app.errors import RuleBroken
from qma_app.i18n import _
from qma_app.services.workspace import Workspace


def change_engagement(workspace: Workspace, engagement_id: EngagementId, **fields: Any) -> Changes:
    """Correct start, length, coach or note; the edition is changed elsewhere."""
    if "edition" in fields:
        raise RuleBroken(
            _("The edition of a running programme is not corrected by hand."),
            code="engagement.edition-fixed",
            way_out=_("Go over to another edition with “Upgrade a programme”."),
        )
    if "months" in fields:
        check_months(fields["months"])
    with workspace.writing("engagement.changed") as work:
        work.put(replace(work.get(Engagement, engagement_id), **fields))
    return work.changes


def check_months(months: int) -> None:
    """Raise RuleBroken for a length no programme has."""
    if not 1 <= months <= 60:
        raise RuleBroken(
            _("A programme lasts 1 to 60 months."),
            code="engagement.months",
            way_out=_("Usual lengths are 12, 18 and 24."),
        )
