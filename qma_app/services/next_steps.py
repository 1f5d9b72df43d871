"""Ticking next steps off and putting them off; the list itself is read by the domain, so that papers can print it too."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import EngagementId, StepMarkId
from qma_app.domain.next_step import EngagementState, NextStep
from qma_app.domain.record import Changes
from qma_app.domain.step_list import last_marks, next_steps
from qma_app.domain.step_mark import StepMark
from qma_app.domain.step_state import engagement_state
from qma_app.errors import RuleBroken
from qma_app.i18n import _
from qma_app.services.workspace import Workspace
from qma_app.storage.scopes import WritingScope

__all__ = [
    "EngagementState",
    "NextStep",
    "engagement_state",
    "next_steps",
    "postpone_step",
    "tick_step",
    "untick_step",
]


def tick_step(workspace: Workspace, engagement_id: EngagementId, step_key: str, *, title: str) -> Changes:
    """Somebody says that a step is done; `title` is what it was called then."""
    with workspace.writing("step.ticked") as work:
        mark = _mark(work, engagement_id, step_key, workspace.today())
        work.put(replace(mark, until=None, reason="", title=title.strip(), marked_by=work.who))
    return work.changes


def untick_step(workspace: Workspace, engagement_id: EngagementId, step_key: str) -> Changes:
    """Nothing is said about a step any more: it is open again, whether it was ticked or put off."""
    with workspace.writing("step.unticked") as work:
        for mark in work.all(StepMark, engagement_id=engagement_id, step=step_key):
            work.delete(mark)
    return work.changes


def postpone_step(
    workspace: Workspace,
    engagement_id: EngagementId,
    step_key: str,
    *,
    until: date,
    reason: str,
    title: str,
) -> Changes:
    """A step is put off to a later day, on which it is back in the list; why is kept."""
    if not reason.strip():
        raise RuleBroken(
            _("Putting a step off needs a reason."),
            code="step.reason-missing",
            way_out=_("Write in a few words why it waits."),
            field="reason",
        )
    if until <= workspace.today():
        raise RuleBroken(
            _("A step is put off to a later day."),
            code="step.until",
            way_out=_("Choose a day after today."),
            field="until",
        )
    with workspace.writing("step.postponed") as work:
        mark = _mark(work, engagement_id, step_key, workspace.today())
        work.put(replace(mark, until=until, reason=reason.strip(), title=title.strip(), marked_by=work.who))
    return work.changes


def _mark(work: WritingScope, engagement_id: EngagementId, step_key: str, on: date) -> StepMark:
    """The mark of a step as it is written today: the known one, else a new one."""
    work.get(Engagement, engagement_id)
    if not step_key.strip():
        raise RuleBroken(_("This is no step."), code="step.unknown", way_out=_("Choose a step of the list."))
    known = last_marks(work, engagement_id).get(step_key)
    if known is not None:
        return replace(known, marked_on=on)
    return StepMark(id=StepMarkId(work.new_id()), engagement_id=engagement_id, step=step_key, marked_on=on)
