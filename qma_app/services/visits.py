"""Planning visits, changing and calling them off; what happens at a visit is said in the modules beside this one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time
from typing import Any, Final

from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import AreaId, EngagementId, PersonId, VisitId
from qma_app.domain.record import Changes
from qma_app.domain.visit import Visit, VisitState
from qma_app.errors import RuleBroken
from qma_app.i18n import _
from qma_app.services.certificates import check_may_open
from qma_app.services.kept_fields import check_by_hand
from qma_app.services.visit_agenda import (
    add_item,
    change_item,
    move_item,
    prepare_visit,
    remove_item,
    tick_item,
    untick_item,
)
from qma_app.services.visit_conduct import (
    close_visit,
    note_attendance,
    pause_visit,
    reopen_visit,
    resume_visit,
    sign_visit,
    start_visit,
    write_summary,
)
from qma_app.services.visit_rules import (
    FIRST_TIME,
    LAST_TIME,
    check_alone,
    check_day,
    check_person,
    check_times,
    checked_areas,
    drop_visit,
    next_visit_number,
    running_visit,
    writable_visit,
)
from qma_app.services.workspace import Workspace

__all__ = [
    "add_item",
    "cancel_visit",
    "change_item",
    "change_visit",
    "close_visit",
    "delete_visit",
    "move_item",
    "note_attendance",
    "pause_visit",
    "plan_visit",
    "prepare_visit",
    "remove_item",
    "reopen_visit",
    "resume_visit",
    "running_visit",
    "sign_visit",
    "start_visit",
    "take_up_visit",
    "tick_item",
    "untick_item",
    "write_summary",
]

_KEPT: Final = frozenset(
    {
        "clock",
        "participants",
        "summary",
        "signatures",
        "closed_at",
        "held_on",
        "cancelled_on",
        "cancelled_reason",
    }
)


def plan_visit(
    workspace: Workspace,
    engagement_id: EngagementId,
    *,
    planned_on: date,
    starts_at: time = FIRST_TIME,
    ends_at: time = LAST_TIME,
    areas: Sequence[AreaId] = (),
    purpose: str = "",
    bring: str = "",
    coach_id: PersonId | None = None,
    despite: bool = False,
) -> Changes:
    """A new visit with the next number of the programme; the coach of the programme comes unless another is named.

    RuleBroken `visit.day` names why a day does not suit and the next free one; with `despite` it is planned all the same. A day
    before the start of the programme and an end before the start are refused in any case.
    """
    with workspace.writing("visit.planned") as work:
        check_may_open(workspace, work, workspace.today())
        engagement = work.get(Engagement, engagement_id)
        check_times(starts_at, ends_at)
        check_person(work, coach_id)
        check_day(work, engagement, planned_on, but=None, despite=despite)
        work.put(
            Visit(
                id=VisitId(work.new_id()),
                engagement_id=engagement_id,
                number=next_visit_number(work, engagement_id),
                planned_on=planned_on,
                starts_at=starts_at,
                ends_at=ends_at,
                areas=checked_areas(work, engagement, areas),
                purpose=purpose.strip(),
                bring=bring.strip(),
                coach_id=coach_id or engagement.coach_id,
            )
        )
    return work.changes


def change_visit(workspace: Workspace, visit_id: VisitId, *, despite: bool = False, **fields: Any) -> Changes:
    """Correct day, times, areas, purpose, coach, what to bring or the agreed next day; `despite` as in `plan_visit`."""
    check_by_hand(fields, _KEPT)
    with workspace.writing("visit.changed") as work:
        before = writable_visit(work, visit_id)
        engagement = work.get(Engagement, before.engagement_id)
        if "areas" in fields and fields["areas"] != before.areas:
            fields["areas"] = checked_areas(work, engagement, fields["areas"])
        after = replace(before, **fields)
        check_times(after.starts_at, after.ends_at)
        if after.coach_id != before.coach_id:
            check_person(work, after.coach_id)
            if after.state is VisitState.RUNNING:
                check_alone(work, after, after.coach_id)
        if after.planned_on != before.planned_on:
            if before.clock:
                raise _begun(before)
            check_day(work, engagement, after.planned_on, but=visit_id, despite=despite)
        if after.next_on is not None and after.next_on <= after.day:
            raise RuleBroken(
                _("The next visit would lie before this one."),
                code="visit.next-on",
                way_out=_("Choose a later day."),
            )
        work.put(after)
    return work.changes


def cancel_visit(workspace: Workspace, visit_id: VisitId, *, reason: str) -> Changes:
    """A planned visit does not take place, with the reason; it stays readable and keeps its number."""
    if not reason.strip():
        raise RuleBroken(
            _("Calling off a visit needs a reason."),
            code="visit.reason-missing",
            way_out=_("Write why it does not take place."),
        )
    with workspace.writing("visit.cancelled") as work:
        visit = writable_visit(work, visit_id)
        if visit.clock:
            raise _begun(visit)
        work.put(replace(visit, cancelled_on=workspace.today(), cancelled_reason=reason.strip()))
    return work.changes


def take_up_visit(workspace: Workspace, visit_id: VisitId, *, despite: bool = False) -> Changes:
    """A visit that was called off takes place after all, on its day; `despite` as in `plan_visit`."""
    with workspace.writing("visit.taken-up") as work:
        visit = work.get(Visit, visit_id)
        if visit.state is VisitState.CANCELLED:
            check_may_open(workspace, work, workspace.today())
            engagement = work.get(Engagement, visit.engagement_id)
            check_day(work, engagement, visit.planned_on, but=visit_id, despite=despite)
            work.put(replace(visit, cancelled_on=None, cancelled_reason=""))
    return work.changes


def delete_visit(workspace: Workspace, visit_id: VisitId) -> Changes:
    """Move a visit that never began to the bin with its agenda; notes and promises made for it stay, tied to no visit."""
    with workspace.writing("visit.deleted") as work:
        visit = work.get(Visit, visit_id)
        if visit.clock:
            raise _begun(visit)
        drop_visit(work, visit)
    return work.changes


def _begun(visit: Visit) -> RuleBroken:
    return RuleBroken(
        _("Visit {number} has begun already.").format(number=visit.number),
        code="visit.begun",
        way_out=_("Close it, and plan another one."),
    )
