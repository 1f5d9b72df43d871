"""The two meetings of an audit: what is gone through, who sat there, who signed, and what must be done before the closing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from qma_app.domain.audit import Attendee, Audit, Meeting
from qma_app.domain.audit_reading import read_audit_state
from qma_app.domain.audit_work_checks import is_looked_at
from qma_app.domain.ids import AuditId
from qma_app.domain.record import Changes
from qma_app.domain.visit import Signature
from qma_app.errors import RuleBroken
from qma_app.i18n import _, ngettext
from qma_app.services.audit_rules import check_in_days, writable_audit
from qma_app.services.workspace import Workspace
from qma_app.storage.scopes import WritingScope

OPENING_POINTS: Final = (
    "people",
    "scope",
    "method",
    "grading",
    "sampling",
    "timetable",
    "objection",
    "confidentiality",
    "safety",
)
"""What is gone through at the opening meeting."""
CLOSING_POINTS: Final = ("thanks", "strengths", "findings", "result", "deadlines", "objection", "decision")
"""What is gone through at the closing meeting."""
_NAMED: Final = 8
"""So many checkpoints are named where some are missing; the others are counted."""


def hold_opening(workspace: Workspace, audit_id: AuditId, meeting: Meeting) -> Changes:
    """Record the opening meeting, or correct it: when, who sat there, what was gone through, who signed."""
    with workspace.writing("audit.opened") as work:
        audit = writable_audit(workspace, work, audit_id)
        meeting = _checked_meeting(audit, meeting, OPENING_POINTS, now=work.at)
        if audit.closing is not None and audit.closing.held_at < meeting.held_at:
            raise _closing_first()
        work.put(replace(audit, opening=meeting))
    return work.changes


def hold_closing(workspace: Workspace, audit_id: AuditId, meeting: Meeting) -> Changes:
    """Record the closing meeting, or correct it; from then on the coach's points are shown.

    RuleBroken `audit.not-rated` names the checkpoints that are neither rated nor set aside with a reason.
    """
    with workspace.writing("audit.closed") as work:
        audit = writable_audit(workspace, work, audit_id)
        meeting = _checked_meeting(audit, meeting, CLOSING_POINTS, now=work.at)
        if audit.opening is None:
            raise RuleBroken(
                _("There was no opening meeting yet."),
                code="audit.no-opening",
                way_out=_("Record the opening meeting first."),
            )
        if meeting.held_at < (audit.opening.ended_at or audit.opening.held_at):
            raise _closing_first()
        if audit.closing is None:
            _check_all_decided(work, audit)
        work.put(replace(audit, closing=meeting))
    return work.changes


def _checked_meeting(
    audit: Audit, meeting: Meeting, known_points: Sequence[str], *, now: datetime
) -> Meeting:
    attendees = tuple(
        Attendee(name=one.name.strip(), function=one.function.strip())
        for one in meeting.attendees
        if one.name.strip()
    )
    if not attendees:
        raise RuleBroken(
            _("A meeting needs at least one who was there."),
            code="audit.no-attendees",
            way_out=_("Write down who sat in it."),
        )
    if meeting.held_at > now or (meeting.ended_at or meeting.held_at) > now:
        raise RuleBroken(
            _("This time lies ahead."),
            code="audit.meeting-time",
            way_out=_("Write a time that has passed, or check the clock of this computer."),
        )
    if meeting.ended_at is not None and meeting.ended_at < meeting.held_at:
        raise RuleBroken(
            _("The meeting would end before it begins."),
            code="audit.meeting-time",
            way_out=_("Look at both times."),
        )
    check_in_days(audit, meeting.held_at.astimezone().date())
    unknown = [one for one in meeting.points if one not in known_points]
    if unknown:
        raise ValueError(f"no points of this meeting: {', '.join(unknown)}")
    for signature in meeting.signatures:
        _check_signature(signature)
    return replace(meeting, attendees=attendees, words=meeting.words.strip(), place=meeting.place.strip())


def _check_signature(signature: Signature) -> None:
    """A name at least: without strokes it was signed on paper."""
    if not signature.name.strip():
        raise RuleBroken(
            _("A signature needs a name."),
            code="audit.signature-empty",
            way_out=_("Write the name beside it."),
        )
    if any(len(stroke) % 2 for stroke in signature.strokes):
        raise ValueError("strokes are pairs of x and y")


def _check_all_decided(work: WritingScope, audit: Audit) -> None:
    """RuleBroken while something applicable is open: with the closing the coach's points are uncovered."""
    state = read_audit_state(work, audit)
    edition = state.edition
    open_ones = [point.id for point in state.to_rate if not is_looked_at(state, point)]
    if not open_ones:
        return
    areas = dict.fromkeys(str(edition.areas_by_id[edition.checkpoints[id].area_id].title) for id in open_ones)
    raise RuleBroken(
        ngettext(
            "{count} checkpoint is neither rated nor set aside: {numbers} ({areas}).",
            "{count} checkpoints are neither rated nor set aside: {numbers} ({areas}).",
            len(open_ones),
        ).format(
            count=len(open_ones),
            numbers=", ".join(edition.checkpoints[id].number for id in open_ones[:_NAMED])
            + (" …" if len(open_ones) > _NAMED else ""),
            areas=", ".join(areas),
        ),
        code="audit.not-rated",
        way_out=_("Rate them, or say with a reason that they were not seen."),
        checkpoints=tuple(open_ones),
    )


def _closing_first() -> RuleBroken:
    return RuleBroken(
        _("The closing meeting would lie before the opening."),
        code="audit.meeting-time",
        way_out=_("Look at the times of both meetings."),
    )
