"""A signed audit opened again: as a new revision that names the old one, which stays sealed as it was signed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeVar

from qma_app.domain.assessment import Assessment
from qma_app.domain.audit import Audit, AuditLook, AuditSample, AuditSlot
from qma_app.domain.audit_reading import decision_on
from qma_app.domain.certification import Appeal, AppealOutcome
from qma_app.domain.evidence import EvidenceLink
from qma_app.domain.finding import Sighting
from qma_app.domain.ids import AssessmentId, AuditId
from qma_app.domain.rating import Rating
from qma_app.domain.record import Changes, Record
from qma_app.domain.standing import edition_of_assessment
from qma_app.errors import RuleBroken
from qma_app.i18n import _
from qma_app.services.audit_rules import audits_of, check_none_open, needed
from qma_app.services.certificates import check_may_open
from qma_app.services.working import check_may_write
from qma_app.services.workspace import Workspace
from qma_app.storage.scopes import WritingScope

One = TypeVar("One", bound=Record)
_OF_AUDIT: tuple[type[Record], ...] = (AuditSlot, AuditSample, AuditLook)
_OF_ASSESSMENT: tuple[type[Record], ...] = (Rating, Sighting, EvidenceLink)


def reopen_audit(workspace: Workspace, audit_id: AuditId, *, reason: str) -> Changes:
    """A new revision of a signed audit under the same number, to be corrected, recommended on and signed anew; the old one stays as it is.

    Team, days, meetings, timetable, samples, looks and ratings are copied; findings stay with the revision they were raised in and
    count in the new one until they are withdrawn there. RuleBroken once somebody decided on it, unless an appeal was upheld.
    """
    reason = needed(
        reason,
        "audit.revision-reason",
        _("Reopening a signed audit needs a reason."),
        _("Write why it is opened again; the new report says it."),
    )
    with workspace.writing("audit.reopened", audit=audit_id) as work:
        old = work.get(Audit, audit_id)
        assessment = work.get(Assessment, old.assessment_id)
        check_may_write(workspace, assessment)
        check_may_open(workspace, work, workspace.today())
        _check_may_be_revised(work, old)
        copied = work.put(_assessment_again(work, assessment))
        audit = work.put(_audit_again(work, old, copied, reason))
        for kind in _OF_AUDIT:
            _copy(work, kind, {"audit_id": old.id}, {"audit_id": audit.id})
        for kind in _OF_ASSESSMENT:
            _copy(work, kind, {"assessment_id": assessment.id}, {"assessment_id": copied.id})
    return work.changes


def _check_may_be_revised(work: WritingScope, old: Audit) -> None:
    if not old.is_signed:
        raise RuleBroken(
            _("The report {number} is not signed; the audit can be corrected as it is.").format(
                number=old.number
            ),
            code="audit.not-signed",
            way_out=_("Go on working in it."),
            audit=old.id,
        )
    every = audits_of(work, old.engagement_id)
    if any(one.revises == old.id for one in every):
        raise RuleBroken(
            _("Revision {revision} of {number} was opened again already.").format(
                revision=old.revision, number=old.number
            ),
            code="audit.revised",
            way_out=_("Go on in the newest revision."),
            audit=old.id,
        )
    check_none_open(work, old.engagement_id)
    _check_not_decided(work, old)


def _check_not_decided(work: WritingScope, old: Audit) -> None:
    decision = decision_on(work, old)
    upheld = [one for one in work.all(Appeal, audit_id=old.id) if one.outcome is AppealOutcome.UPHELD]
    if decision is None or any(one.decision_id in (None, decision.id) for one in upheld):
        return
    raise RuleBroken(
        _("It was decided on report {number} already.").format(number=old.number),
        code="audit.decided",
        way_out=_("Only an appeal that is upheld opens it again; else begin a new audit."),
        audit=old.id,
    )


def _assessment_again(work: WritingScope, old: Assessment) -> Assessment:
    numbers = [
        one.number
        for one in work.all(Assessment, engagement_id=old.engagement_id)
        + work.in_bin(Assessment, engagement_id=old.engagement_id)
    ]
    return replace(
        old,
        id=AssessmentId(work.new_id()),
        version=0,
        number=max(numbers, default=0) + 1,
        completed_at=None,
        completed_on=None,
        features=None,
        staff=None,
        reopenings=(),
        edition=edition_of_assessment(work, old).hash,
    )


def _audit_again(work: WritingScope, old: Audit, assessment: Assessment, reason: str) -> Audit:
    head = work.log_head()
    return replace(
        old,
        id=AuditId(work.new_id()),
        version=0,
        assessment_id=assessment.id,
        revision=old.revision + 1,
        revises=old.id,
        revision_reason=reason,
        withdrawn=(),
        recommendation=None,
        recommendation_words="",
        recommended_at=None,
        recommended_by=None,
        signed_at=None,
        signed_by=None,
        base_seq=head.seq,
        base_hash=head.hash,
    )


def _copy(work: WritingScope, kind: type[One], of: dict[str, Any], to: dict[str, Any]) -> None:
    for one in work.all(kind, **of):
        work.put(replace(one, id=work.new_id(), version=0, **to))
