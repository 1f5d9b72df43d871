"""What holds for everything decided after an audit: who may, on which signed report, and which decisions and certificates stand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.audit import Audit
from qma_app.domain.audit_reading import followed_up
from qma_app.domain.audit_state import LOOKS_BACK
from qma_app.domain.certificate_life import life
from qma_app.domain.certification import (
    Certificate,
    CertificationDecision,
    DecisionOutcome,
    IssuedFile,
    IssuedKind,
    Seal,
    Signer,
)
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import CertificateId, CertificationDecisionId, EngagementId, PersonId
from qma_app.domain.people import Role
from qma_app.domain.ports import Reader
from qma_app.domain.result import Verdict
from qma_app.errors import RuleBroken
from qma_app.i18n import _, instant_text
from qma_app.services.audit_people import decider_conflicts
from qma_app.services.workspace import Workspace
from qma_app.storage.scopes import WritingScope


def decider_at_work(workspace: Workspace) -> PersonId:
    """Who is working, if that is a decision maker."""
    worker = workspace.worker
    if worker is None or worker.role is not Role.DECISION_MAKER:
        raise RuleBroken(
            _("Only a decision maker decides on certificates."),
            code="role.decision-maker-needed",
            way_out=_("Change who is working in the status bar."),
        )
    return worker.person_id


def check_may_decide(reader: Reader, audit: Audit, person_id: PersonId, *, on: date) -> None:
    """RuleBroken `decision.not-independent` naming each rule that stands against this person, and its records."""
    found = decider_conflicts(reader, audit, person_id, on=on)
    if found:
        raise RuleBroken(
            " ".join(
                f"{one.reason} ({'; '.join(one.records)})" if one.records else one.reason for one in found
            ),
            code="decision.not-independent",
            way_out=_("Somebody else decides. A record that is wrong is corrected where it stands."),
            person=person_id,
            codes=tuple(str(one.code) for one in found),
            records=tuple(id for one in found for id in one.record_ids),
        )


def check_clock_on(work: WritingScope) -> None:
    """RuleBroken `decision.clock-behind` where this edit would lie before the last change."""
    last = work.log_head().at
    if last is not None and work.at < last:
        raise RuleBroken(
            _("The clock of this computer says {now}, but the last change was made on {last}.").format(
                now=instant_text(work.at), last=instant_text(last)
            ),
            code="decision.clock-behind",
            way_out=_("Set date and time of this computer right, then try again."),
        )


def check_signed(reader: Reader, audit: Audit) -> None:
    """RuleBroken for an audit whose report is not signed, or that a newer revision stands for."""
    if not audit.is_signed:
        raise RuleBroken(
            _("The report {number} is not signed yet.").format(number=audit.number),
            code="decision.not-signed",
            way_out=_("The lead auditor signs it first."),
            audit=audit.id,
        )
    newer = next(iter(reader.all(Audit, revises=audit.id)), None)
    if newer is not None:
        raise RuleBroken(
            _("Revision {revision} of the report {number} stands for this one.").format(
                number=newer.number, revision=newer.revision
            ),
            code="decision.not-newest",
            way_out=_("Go by that revision, once it is signed."),
            audit=newer.id,
        )


def check_decided_at_all(reader: Reader, audit: Audit) -> AssessmentKind:
    """The kind of an audit on which a certificate is granted or refused; RuleBroken for the others, with what follows them."""
    kind = reader.get(Assessment, audit.assessment_id).kind
    if kind is AssessmentKind.PRE_AUDIT:
        raise RuleBroken(
            _("Nothing is decided on a pre-audit."),
            code="decision.pre-audit",
            way_out=_("Begin the certification audit when the dealership is ready."),
            audit=audit.id,
        )
    if looks_after(reader, audit):
        raise RuleBroken(
            _("This audit looks after a certificate that stands; none is granted or refused on it."),
            code="decision.looks-back",
            way_out=_("Confirm, suspend or withdraw the certificate."),
            audit=audit.id,
        )
    return kind


def looks_after(reader: Reader, audit: Audit) -> bool:
    """Whether an audit looks after a certificate that stands already: a surveillance, at short notice, or the follow-up of one."""
    kind = reader.get(Assessment, audit.assessment_id).kind
    about = followed_up(reader, audit) if kind is AssessmentKind.FOLLOW_UP_AUDIT else None
    if about is not None:
        return reader.get(Assessment, about.assessment_id).kind in LOOKS_BACK
    return kind in LOOKS_BACK


def signed_report(reader: Reader, audit: Audit) -> IssuedFile:
    """The signed report of an audit, its kept file read and found unchanged.

    RuleBroken where it was revoked, or is not the one the audit was sealed with; NotFound or StorageTrouble where the file itself
    is gone or changed.
    """
    seals = reader.all(Seal, audit_id=audit.id)
    files = reader.all(IssuedFile, audit_id=audit.id, kind=IssuedKind.REPORT)
    sealed = {one.report_digest for one in seals}
    report = next((one for one in files if one.digest in sealed), None)
    if report is None:
        raise RuleBroken(
            _("There is no signed report {number} that belongs to the sealed audit.").format(
                number=audit.number
            ),
            code="decision.no-report",
            way_out=_(
                "Check the workspace: qma verify, with its folder. Restore the last backup if need be."
            ),
            audit=audit.id,
        )
    check_not_revoked(reader, report)
    reader.evidence_bytes(report.digest)
    return report


def check_not_revoked(reader: Reader, report: IssuedFile) -> None:
    """RuleBroken `decision.report-revoked` where nothing can rest on a report any more: it was revoked, or the key that signed it."""
    signer = reader.get(Signer, report.signer_id)
    reason = next((one.revoked_reason for one in (report, signer) if one.revoked_on is not None), None)
    if reason is not None:
        raise RuleBroken(
            _("The signed report {number} was revoked: {reason}").format(number=report.number, reason=reason),
            code="decision.report-revoked",
            way_out=_("Reopen the audit as a new revision and sign that."),
            issued=report.id,
        )


def recommendation_of(audit: Audit) -> Verdict:
    """What the signed report recommends."""
    if audit.recommendation is None:
        raise RuleBroken(
            _("The report {number} recommends nothing.").format(number=audit.number),
            code="decision.no-recommendation",
            way_out=_("Reopen it as a new revision, and recommend there."),
            audit=audit.id,
        )
    return audit.recommendation


def put_decision(
    work: WritingScope,
    audit: Audit,
    outcome: DecisionOutcome,
    *,
    by: PersonId,
    on: date,
    words: str,
    follows: CertificationDecision | None,
) -> CertificationDecision:
    """The record of a decision, with the SHA-256 of the signed report it rests on."""
    return work.put(
        CertificationDecision(
            id=CertificationDecisionId(work.new_id()),
            engagement_id=audit.engagement_id,
            audit_id=audit.id,
            outcome=outcome,
            decided_on=on,
            decided_at=work.at,
            decided_by=by,
            report_digest=signed_report(work, audit).digest,
            words=words.strip(),
            follows=follows.id if follows is not None else None,
        )
    )


def revisions_of(reader: Reader, audit: Audit) -> tuple[Audit, ...]:
    """Every revision of an audit's report, older and newer ones."""
    return reader.all(Audit, engagement_id=audit.engagement_id, number=audit.number)


def newest_decision(reader: Reader, audit: Audit) -> CertificationDecision | None:
    """The newest decision on any revision of an audit; None until one was taken."""
    ids = frozenset(one.id for one in revisions_of(reader, audit))
    taken = reader.all(CertificationDecision, audit_id=ids)
    return max(taken, key=lambda one: (one.decided_at, one.id), default=None)


def decision_after(reader: Reader, decision: CertificationDecision) -> CertificationDecision | None:
    """The decision that took this one's place; None while it stands."""
    return next(iter(reader.all(CertificationDecision, follows=decision.id)), None)


def last_after(reader: Reader, decision: CertificationDecision) -> CertificationDecision:
    """The decision that stands in the end: this one, or the last that came after it."""
    while (after := decision_after(reader, decision)) is not None:
        decision = after
    return decision


def condition_settled(reader: Reader, decision: CertificationDecision) -> CertificationDecision | None:
    """The conditional decision a granting one settles by a follow-up; None where there was no condition."""
    if decision.outcome is not DecisionOutcome.GRANTED:
        return None
    number = reader.get(Audit, decision.audit_id).number
    for before in _before(reader, decision):
        if reader.get(Audit, before.audit_id).number != number:
            return before if before.outcome is DecisionOutcome.CONDITIONAL else None
    return None


def certificates_of_house(reader: Reader, engagement_id: EngagementId) -> tuple[Certificate, ...]:
    """The certificates of a dealership over all its programmes."""
    dealership_id = reader.get(Engagement, engagement_id).dealership_id
    ids = frozenset(one.id for one in reader.all(Engagement, dealership_id=dealership_id))
    return reader.all(Certificate, engagement_id=ids)


def standing_certificate(reader: Reader, engagement_id: EngagementId, *, on: date) -> Certificate | None:
    """The dealership's newest certificate that is neither over on that day nor replaced by another."""
    every = certificates_of_house(reader, engagement_id)
    replaced = {one.replaces for one in every}
    left = [one for one in every if one.id not in replaced and not life(one, on).state.is_over]
    return max(left, key=lambda one: (one.decided_on, one.valid_from, one.id), default=None)


def successor_of(reader: Reader, certificate_id: CertificateId) -> Certificate | None:
    """The certificate that takes this one's place; None where there is none."""
    return next(iter(reader.all(Certificate, replaces=certificate_id)), None)


def _before(reader: Reader, decision: CertificationDecision) -> Iterator[CertificationDecision]:
    while decision.follows is not None:
        decision = reader.get(CertificationDecision, decision.follows)
        yield decision
