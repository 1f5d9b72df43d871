"""Being on site: the meetings, each day's wrap-up, how the auditor looked, the blind second look, and the recommendation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from qma_app.domain.agreement import AgreementResult, PointPair, agreement
from qma_app.domain.assessment import Assessment
from qma_app.domain.audit import Attendee, Audit, AuditLook, Meeting, Withdrawal, WrapUp
from qma_app.domain.edition import Checkpoint
from qma_app.domain.finding import Finding
from qma_app.domain.history import earlier_ratings
from qma_app.domain.ids import AuditId, AuditLookId, CheckpointId, FindingId
from qma_app.domain.ports import Reader
from qma_app.domain.rating import Outcome, Rating
from qma_app.domain.recommending import check_recommendation
from qma_app.domain.record import Changes
from qma_app.domain.result import Verdict
from qma_app.domain.standing import applicable_in, edition_of_assessment
from qma_app.domain.visit import Signature
from qma_app.errors import RuleBroken
from qma_app.i18n import _, ngettext
from qma_app.services.audit_blind import may_see
from qma_app.services.audit_result import audit_findings, audit_result
from qma_app.services.audit_rules import check_checkpoint, check_in_days, needed, writable_audit
from qma_app.services.happened import check_happened
from qma_app.services.kept_fields import check_by_hand
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


@dataclass(frozen=True, kw_only=True, slots=True)
class BlindRow:
    """One applicable checkpoint as the auditor sees it; `coach` is None while it is covered or the coach gave no points.

    `is_covered` tells the one from the other.
    """

    checkpoint: Checkpoint
    rating: Rating | None
    look: AuditLook | None
    is_covered: bool
    coach: int | None = None

    @property
    def is_decided(self) -> bool:
        return self.rating is not None and self.rating.outcome is not Outcome.OPEN


@dataclass(frozen=True, kw_only=True, slots=True)
class AgreementOf:
    """How alike coach and auditor read; `after_closing` were rated when the coach's points could be seen, and count nowhere."""

    result: AgreementResult
    after_closing: tuple[CheckpointId, ...] = ()


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


def write_wrap_up(workspace: Workspace, audit_id: AuditId, *, on: date, words: str) -> Changes:
    """What was told to the dealership at the end of a day; empty words take the wrap-up of that day away."""
    check_happened(Audit, "wrap_ups", on, workspace.today())
    with workspace.writing("audit.wrapped-up") as work:
        audit = writable_audit(workspace, work, audit_id)
        check_in_days(audit, on)
        others = tuple(one for one in audit.wrap_ups if one.on != on)
        said = (WrapUp(on=on, words=words.strip(), by=work.who),) if words.strip() else ()
        work.put(replace(audit, wrap_ups=tuple(sorted((*others, *said), key=lambda one: one.on))))
    return work.changes


def write_look(
    workspace: Workspace, audit_id: AuditId, checkpoint_id: CheckpointId, **fields: Any
) -> Changes:
    """How a checkpoint was looked at: interviews, what was observed, records, where, live or done again; only what is given changes."""
    check_by_hand(fields, {"audit_id", "checkpoint_id"})
    with workspace.writing("audit.looked") as work:
        audit = writable_audit(workspace, work, audit_id)
        work.get(Assessment, audit.assessment_id).check_open()
        check_checkpoint(work, audit, checkpoint_id)
        known = work.all(AuditLook, audit_id=audit_id, checkpoint_id=checkpoint_id)
        look = (
            known[0]
            if known
            else AuditLook(id=AuditLookId(work.new_id()), audit_id=audit_id, checkpoint_id=checkpoint_id)
        )
        work.put(replace(look, **fields))
    return work.changes


def blind_view(reader: Reader, audit_id: AuditId) -> tuple[BlindRow, ...]:
    """The applicable checkpoints in the order of the standard; the coach's points where they are uncovered."""
    audit = reader.get(Audit, audit_id)
    assessment = reader.get(Assessment, audit.assessment_id)
    edition = edition_of_assessment(reader, assessment)
    own = reader.ratings(assessment.id)
    looks = {one.checkpoint_id: one for one in reader.all(AuditLook, audit_id=audit_id)}
    applicable = applicable_in(reader, assessment)
    coach = earlier_ratings(reader, assessment, applicable, by_coach=True)
    rows = []
    for id in applicable:
        sees = may_see(own.get(id), is_closed=audit.closing is not None)
        given = coach[id].points if sees and id in coach else None
        rows.append(
            BlindRow(
                checkpoint=edition.checkpoints[id],
                rating=own.get(id),
                look=looks.get(id),
                is_covered=not sees,
                coach=given,
            )
        )
    return tuple(rows)


def agreement_of(reader: Reader, audit_id: AuditId) -> AgreementOf:
    """How alike coach and auditor read the same checkpoints; RuleBroken `audit.blind` before the closing meeting."""
    audit = reader.get(Audit, audit_id)
    if audit.closing is None:
        raise RuleBroken(
            _("The coach's ratings are covered until the closing meeting."),
            code="audit.blind",
            way_out=_("Finish the audit first; the comparison then appears."),
        )
    closed_at = audit.closing.ended_at or audit.closing.held_at
    assessment = reader.get(Assessment, audit.assessment_id)
    edition = edition_of_assessment(reader, assessment)
    own = reader.ratings(assessment.id)
    applicable = applicable_in(reader, assessment)
    coach = earlier_ratings(reader, assessment, applicable, by_coach=True)
    pairs, late = [], []
    for id in applicable:
        theirs = coach[id].points if id in coach else None
        mine = own.get(id)
        if mine is None or mine.points is None or theirs is None:
            continue
        if mine.rated_at is not None and mine.rated_at > closed_at:
            late.append(id)
            continue
        pairs.append(
            PointPair(
                checkpoint_id=id,
                area_id=edition.checkpoints[id].area_id,
                coach=theirs,
                auditor=mine.points,
            )
        )
    return AgreementOf(result=agreement(pairs, edition.points), after_closing=tuple(late))


def recommend(workspace: Workspace, audit_id: AuditId, verdict: Verdict, words: str = "") -> Changes:
    """The auditor recommends what the rules say, or less with words; only after the closing meeting, never better."""
    with workspace.writing("audit.recommended") as work:
        audit = writable_audit(workspace, work, audit_id)
        if audit.closing is None:
            raise RuleBroken(
                _("The closing meeting was not held yet."),
                code="audit.no-closing",
                way_out=_("Record the closing meeting first."),
            )
        check_recommendation(audit_result(work, audit_id).verdict, verdict, words)
        worker = workspace.worker
        work.put(
            replace(
                audit,
                recommendation=verdict,
                recommendation_words=words.strip(),
                recommended_at=work.at,
                recommended_by=worker.person_id if worker is not None else audit.lead_id,
            )
        )
    return work.changes


def withdraw_finding(workspace: Workspace, audit_id: AuditId, finding_id: FindingId, reason: str) -> Changes:
    """A finding of the revision before does not stand any more, with the reason; it stays readable in the report of then."""
    reason = needed(
        reason,
        "audit.withdrawal-reason",
        _("Withdrawing a finding needs a reason."),
        _("Write why it does not stand any more."),
    )
    with workspace.writing("audit.finding-withdrawn") as work:
        audit = writable_audit(workspace, work, audit_id)
        finding = work.get(Finding, finding_id)
        if finding.assessment_id == audit.assessment_id:
            raise RuleBroken(
                _("{finding} was raised in this very revision.").format(finding=finding.label),
                code="audit.withdrawal",
                way_out=_("Correct or delete it: nothing is signed yet."),
            )
        if finding not in audit_findings(work, audit):
            raise RuleBroken(
                _("{finding} does not stand in the report of the revision before.").format(
                    finding=finding.label
                ),
                code="audit.withdrawal",
                way_out=_("Choose one of the findings of that report."),
            )
        work.put(
            replace(audit, withdrawn=(*audit.withdrawn, Withdrawal(finding_id=finding_id, reason=reason)))
        )
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
    assessment = work.get(Assessment, audit.assessment_id)
    edition = edition_of_assessment(work, assessment)
    own = work.ratings(assessment.id)
    open_ones = [
        id for id in applicable_in(work, assessment) if id not in own or own[id].outcome is Outcome.OPEN
    ]
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
