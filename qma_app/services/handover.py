"""Handing a programme over to another coach: its history, read by the domain, so that the paper can print it too, and the change itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from qma_app.domain.engagement import Engagement
from qma_app.domain.handover import (
    HandoverView,
    PhaseLine,
    PromiseLine,
    StoryLine,
    TriedLine,
    WhoLine,
    goes_over,
)
from qma_app.domain.handover_reading import handover
from qma_app.domain.ids import EngagementId, PersonId, TieId
from qma_app.domain.people import Role
from qma_app.domain.record import Changes
from qma_app.domain.tie import Tie, TieKind
from qma_app.domain.visit import Visit
from qma_app.services.certificates import check_certificate
from qma_app.services.happened import check_not_ended
from qma_app.services.workspace import Workspace

__all__ = [
    "HandoverView",
    "PhaseLine",
    "PromiseLine",
    "StoryLine",
    "TriedLine",
    "WhoLine",
    "hand_over",
    "handover",
]


def hand_over(workspace: Workspace, engagement_id: EngagementId, *, coach_id: PersonId) -> Changes:
    """The programme gets another coach, and with it the visits that are planned and not begun; one who stands in keeps his visit.

    The new coach needs a certificate that counts today; whoever hands over needs none any more. That they coached here stays known
    as a tie: within 24 months they neither audit nor decide. RuleBroken for a programme that ended.
    """
    with workspace.writing("engagement.handed-over") as work:
        engagement = work.get(Engagement, engagement_id)
        check_not_ended(engagement, date.max, code="engagement.ended")
        check_certificate(work, coach_id, Role.COACH, workspace.today())
        work.put(replace(engagement, coach_id=coach_id))
        if engagement.coach_id is not None and engagement.coach_id != coach_id:
            work.put(
                Tie(
                    id=TieId(work.new_id()),
                    person_id=engagement.coach_id,
                    dealership_id=engagement.dealership_id,
                    kind=TieKind.COACHED,
                    from_on=min(engagement.started_on, workspace.today()),
                    until_on=workspace.today(),
                )
            )
        for visit in work.all(Visit, engagement_id=engagement_id):
            if goes_over(visit, engagement.coach_id):
                work.put(replace(visit, coach_id=coach_id))
    return work.changes
