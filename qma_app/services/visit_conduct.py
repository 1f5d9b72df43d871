"""Holding a visit: its clock, who was there, closing with the next day, signing the minutes, reopening them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import VisitId
from qma_app.domain.record import Changes
from qma_app.domain.visit import Participant, Signature, Stretch, Visit, VisitState
from qma_app.domain.visit_reading import clock_text
from qma_app.errors import RuleBroken
from qma_app.i18n import _, day_text
from qma_app.services.certificates import check_may_open
from qma_app.services.visit_rules import (
    check_alone,
    check_day,
    check_not_ahead,
    check_times,
    check_within,
    next_visit_number,
    writable_visit,
)
from qma_app.services.workspace import Workspace
from qma_app.storage.scopes import WritingScope

PAD_WIDTH: Final = 1000
"""A signature's strokes are in thousandths of the pad's width."""
_MOST_FIGURES: Final = 40_000


def start_visit(
    workspace: Workspace,
    visit_id: VisitId,
    *,
    participants: Sequence[Participant] = (),
    at: datetime | None = None,
) -> Changes:
    """The clock runs from now, or from `at` where it was noted down later; the day it is held is that day.

    One visit runs at a time for each coach, and a lapsed coach begins none.
    """
    with workspace.writing("visit.started") as work:
        visit = writable_visit(work, visit_id)
        if visit.state is not VisitState.PLANNED:
            raise RuleBroken(
                _("Visit {number} has begun already.").format(number=visit.number),
                code="visit.begun",
                way_out=_("Go on with it, or plan another one."),
            )
        check_not_ahead(at, work.at)
        begun = at or work.at
        day = _day_here(begun)
        engagement = work.get(Engagement, visit.engagement_id)
        check_within(engagement, day)
        check_may_open(workspace, work, max(day, workspace.today()))
        worker = workspace.worker.person_id if workspace.worker else None
        coach = visit.coach_id or engagement.coach_id or worker
        check_alone(work, visit, coach)
        work.put(
            replace(
                visit,
                clock=(Stretch(begun=begun),),
                held_on=day,
                coach_id=coach,
                participants=tuple(participants) or visit.participants,
            )
        )
    return work.changes


def pause_visit(workspace: Workspace, visit_id: VisitId, *, at: datetime | None = None) -> Changes:
    """The clock stands still from now, or from `at`, when somebody forgot it or the battery was empty."""
    with workspace.writing("visit.paused") as work:
        visit = writable_visit(work, visit_id)
        if visit.state is not VisitState.RUNNING:
            raise _not_running(visit)
        work.put(_stopped(visit, at, work.at))
    return work.changes


def resume_visit(workspace: Workspace, visit_id: VisitId) -> Changes:
    """The clock of a paused visit goes on; once its programme has ended it is closed as it stands."""
    with workspace.writing("visit.resumed") as work:
        visit = writable_visit(work, visit_id)
        if visit.state is not VisitState.PAUSED:
            raise RuleBroken(
                _("Visit {number} is not paused.").format(number=visit.number),
                code="visit.not-paused",
                way_out=_("Start it, or reopen it first."),
            )
        check_within(work.get(Engagement, visit.engagement_id), _day_here(work.at))
        check_alone(work, visit, visit.coach_id)
        work.put(replace(visit, clock=(*visit.clock, Stretch(begun=work.at))))
    return work.changes


def note_attendance(workspace: Workspace, visit_id: VisitId, participants: Sequence[Participant]) -> Changes:
    """Who was there, and who at opening and closing; rows without a name are left out."""
    with workspace.writing("visit.attendance-noted") as work:
        visit = writable_visit(work, visit_id)
        named = tuple(one for one in participants if one.name.strip())
        work.put(replace(visit, participants=named))
    return work.changes


def write_summary(workspace: Workspace, visit_id: VisitId, summary: str) -> Changes:
    """What the minutes say about the visit as a whole."""
    with workspace.writing("visit.summarised") as work:
        work.put(replace(writable_visit(work, visit_id), summary=summary.strip()))
    return work.changes


def close_visit(
    workspace: Workspace,
    visit_id: VisitId,
    *,
    next_on: date | None = None,
    at: datetime | None = None,
    despite: bool = False,
) -> Changes:
    """The visit is over. The clock ends now, or at `at`.

    With `next_on` the next visit is agreed: the next planned one moves to that day, or a new one is planned with the same times;
    `despite` lets a day pass that something speaks against. A lapsed coach closes it, but plans no new one.
    """
    with workspace.writing("visit.closed") as work:
        visit = writable_visit(work, visit_id)
        if visit.state is VisitState.CLOSED:
            raise RuleBroken(
                _("Visit {number} is closed already.").format(number=visit.number),
                code="visit.closed",
                way_out=_("Reopen it with a reason to change its clock."),
            )
        if not visit.clock:
            raise RuleBroken(
                _("Visit {number} has not begun.").format(number=visit.number),
                code="visit.not-begun",
                way_out=_("Start it first, or call it off."),
            )
        stopped = _stopped(visit, at, work.at) if visit.state is VisitState.RUNNING else visit
        closed = replace(stopped, closed_at=work.at, next_on=next_on or visit.next_on)
        work.put(closed)
        if next_on is not None:
            _agree_next(workspace, work, closed, next_on, despite=despite)
    return work.changes


def sign_visit(
    workspace: Workspace, visit_id: VisitId, signature: Signature, *, on_paper: bool = False
) -> Changes:
    """Somebody signs the minutes of a closed visit on the screen; from then on only more signatures can be added.

    Where the minutes were signed `on_paper`, the signature is a name without strokes.
    """
    _check_signature(signature, on_paper=on_paper)
    with workspace.writing("visit.signed") as work:
        visit = work.get(Visit, visit_id)
        if visit.state is not VisitState.CLOSED:
            raise RuleBroken(
                _("Visit {number} is not closed yet.").format(number=visit.number),
                code="visit.open",
                way_out=_("Close it first; then it can be signed."),
            )
        work.put(replace(visit, signatures=(*visit.signatures, signature)))
    return work.changes


def reopen_visit(workspace: Workspace, visit_id: VisitId, *, reason: str) -> Changes:
    """A closed visit is written to again: its signatures go, and the summary says when and why."""
    if not reason.strip():
        raise RuleBroken(
            _("Reopening a visit needs a reason."),
            code="visit.reason-missing",
            way_out=_("Write what has to be corrected."),
        )
    with workspace.writing("visit.reopened") as work:
        visit = work.get(Visit, visit_id)
        if visit.state is not VisitState.CLOSED:
            raise RuleBroken(
                _("Visit {number} is not closed.").format(number=visit.number),
                code="visit.open",
                way_out=_("Go on with it as it is."),
            )
        line = _("Reopened on {day}: {reason}").format(day=day_text(workspace.today()), reason=reason.strip())
        summary = f"{visit.summary}\n{line}" if visit.summary else line
        work.put(replace(visit, closed_at=None, signatures=(), summary=summary))
    return work.changes


def _stopped(visit: Visit, at: datetime | None, now: datetime) -> Visit:
    """The visit with its clock ended; the instant is kept as it was read, even where the clock was set back."""
    last = visit.clock[-1]
    check_not_ahead(at, now)
    if at is not None and at < last.begun:
        raise RuleBroken(
            _("The clock went on at {begun}, after that time.").format(begun=clock_text(last.begun)),
            code="visit.time",
            way_out=_("Write a time behind it."),
        )
    return replace(visit, clock=(*visit.clock[:-1], replace(last, ended=at or now)))


def _agree_next(workspace: Workspace, work: WritingScope, visit: Visit, day: date, *, despite: bool) -> None:
    if day <= visit.day:
        raise RuleBroken(
            _("The next visit would lie before this one."),
            code="visit.next-on",
            way_out=_("Choose a later day."),
        )
    every = work.all(Visit, engagement_id=visit.engagement_id)
    ahead = [one for one in every if one.id != visit.id and one.is_ahead and not one.clock]
    if any(one.planned_on == day for one in ahead):
        return
    later = [one for one in ahead if one.planned_on > visit.day]
    following = min(later, key=lambda one: (one.planned_on, one.number), default=None)
    engagement = work.get(Engagement, visit.engagement_id)
    check_day(work, engagement, day, but=following.id if following else None, despite=despite)
    if following is not None:
        work.put(replace(following, planned_on=day))
        return
    check_times(visit.starts_at, visit.ends_at)
    check_may_open(workspace, work, workspace.today())
    work.put(
        Visit(
            id=VisitId(work.new_id()),
            engagement_id=visit.engagement_id,
            number=next_visit_number(work, visit.engagement_id),
            planned_on=day,
            starts_at=visit.starts_at,
            ends_at=visit.ends_at,
            coach_id=visit.coach_id,
        )
    )


def _check_signature(signature: Signature, *, on_paper: bool) -> None:
    """RuleBroken for a signature without a name or a stroke; ValueError for strokes no pad can give."""
    is_drawn = any(len(stroke) >= 4 for stroke in signature.strokes)
    if not signature.name.strip() or (not is_drawn and not on_paper):
        raise RuleBroken(
            _("A signature needs a name and a line drawn."),
            code="visit.signature-empty",
            way_out=_("Write the name, and sign with mouse, pen or finger."),
        )
    figures = [figure for stroke in signature.strokes for figure in stroke]
    if len(figures) > _MOST_FIGURES or any(len(stroke) % 2 for stroke in signature.strokes):
        raise ValueError("strokes are pairs of x and y, not too many")
    if figures and (min(figures) < 0 or max(figures) > max(PAD_WIDTH, signature.height)):
        raise ValueError("a stroke leaves the pad")


def _not_running(visit: Visit) -> RuleBroken:
    return RuleBroken(
        _("The clock of visit {number} does not run.").format(number=visit.number),
        code="visit.not-running",
        way_out=_("Start it, or go on with it."),
    )


def _day_here(at: datetime) -> date:
    return at.astimezone().date()
