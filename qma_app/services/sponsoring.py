"""Noting each quarter whether the principal stands behind the programme."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import EngagementId, SponsorCheckId
from qma_app.domain.promise import SPONSOR_ANSWERS, Quarter, SponsorCheck
from qma_app.domain.record import Changes
from qma_app.domain.sponsorship import SponsorView, answer_title, quarter_text, sponsorship, words_to_say
from qma_app.errors import RuleBroken
from qma_app.i18n import _, day_text
from qma_app.services.workspace import Workspace

__all__ = [
    "SponsorView",
    "answer_title",
    "quarter_text",
    "remove_sponsor_check",
    "sponsorship",
    "words_to_say",
    "write_sponsor_check",
]


def write_sponsor_check(
    workspace: Workspace,
    engagement_id: EngagementId,
    quarter: Quarter | str,
    *,
    on: date | None = None,
    words: str | None = None,
    **answers: Any,
) -> Changes:
    """What the principal did in a quarter: `answers` are yes, no or None by the names of `SPONSOR_ANSWERS`.

    Written again it changes only what is given; None takes an answer back.
    """
    strangers = sorted(set(answers) - set(SPONSOR_ANSWERS))
    if strangers:
        raise ValueError(f"{', '.join(strangers)} is no answer of a sponsor check")
    meant = quarter if isinstance(quarter, Quarter) else Quarter.parse(quarter)
    with workspace.writing("sponsor.checked") as work:
        engagement = work.get(Engagement, engagement_id)
        if meant < Quarter.of(engagement.started_on):
            raise RuleBroken(
                _("{quarter} lies before the programme begins.").format(quarter=quarter_text(meant)),
                code="sponsor.before-start",
                way_out=_("Choose a later quarter."),
            )
        if meant > Quarter.of(workspace.today()) or (on or date.min) > workspace.today():
            raise RuleBroken(
                _("{when} lies ahead: what the principal will do then is not yet known.").format(
                    when=day_text(on) if on and on > workspace.today() else quarter_text(meant)
                ),
                code="sponsor.ahead",
                way_out=_("Choose today or an earlier day, and this quarter or an earlier one."),
            )
        known = work.all(SponsorCheck, engagement_id=engagement_id, quarter=str(meant))
        check = (
            known[0]
            if known
            else SponsorCheck(
                id=SponsorCheckId(work.new_id()),
                engagement_id=engagement_id,
                quarter=str(meant),
                checked_on=on or workspace.today(),
            )
        )
        work.put(
            replace(
                check,
                checked_on=on or workspace.today(),
                words=check.words if words is None else words.strip(),
                checked_by=work.who or check.checked_by,
                **answers,
            )
        )
    return work.changes


def remove_sponsor_check(workspace: Workspace, check_id: SponsorCheckId) -> Changes:
    """A check was written for the wrong quarter."""
    with workspace.writing("sponsor.removed") as work:
        work.delete(work.get(SponsorCheck, check_id))
    return work.changes
