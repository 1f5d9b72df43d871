"""Signing the report of an audit: from then on it and all it rests on is read-only, and the signed file is kept."""

from __future__ import annotations

from pathlib import Path

from qma_app.domain.audit import Audit
from qma_app.domain.certification import IssuedFile, IssuedKind, Seal
from qma_app.domain.ids import AuditId, IssuedFileId, PersonId, SealId
from qma_app.domain.people import Role
from qma_app.domain.ports import Reader
from qma_app.errors import RuleBroken
from qma_app.i18n import _, in_language
from qma_app.reports.progress import Progress
from qma_app.services.audit_rules import check_unsigned
from qma_app.services.issuing import (
    REPORT_ATTACHMENT,
    SignedPaper,
    SigningKey,
    check_clock,
    check_signer,
    issuing,
    put_issued,
    ready_to_sign,
    seal_paper,
)
from qma_app.services.reopening import reopen_audit
from qma_app.services.signing_paper import Heard, UnsignedReport, unsigned_report
from qma_app.services.subjects import file_name
from qma_app.services.workspace import Workspace
from qma_app.storage.atomic_files import write_file_atomically
from qma_app.storage.scopes import WritingScope

__all__ = [
    "UnsignedReport",
    "issued_bytes",
    "issued_report",
    "reopen_audit",
    "save_issued",
    "sign_audit",
    "unsigned_report",
]
_DRAWN, _SEALED = 0.8, 0.95


def sign_audit(
    workspace: Workspace,
    audit_id: AuditId,
    key: SigningKey,
    *,
    language: str | None = None,
    progress: Heard | None = None,
) -> IssuedFile:
    """Draw the report, attach its data, sign, look at the result with suspicion, keep the file and seal the audit: all of it or nothing.

    The auditor of the team who is working signs, with a key of their own. RuleBroken names what is missing (`audit.not-ready`), a clock
    behind the last change, a key that is not fit; `progress` hears the share done and stops by answering False (ReportTrouble
    `report.cancelled`), up to the moment the seal is set. This edit cannot be undone.
    """
    ready_to_sign()
    at = workspace.clock()
    with workspace.reading() as reader:
        audit = reader.get(Audit, audit_id)
        check_unsigned(audit)
        signer = _signing_auditor(workspace, audit)
        check_clock(reader, at)
        check_signer(reader, key, signer, at=at)
    told = Progress(progress)
    report = unsigned_report(
        workspace,
        audit_id,
        at=at,
        by=signer,
        language=language,
        is_trial=key.is_trial,
        fingerprint=key.fingerprint,
        progress=told.heard_within(0.0, _DRAWN),
    )
    told.part(0.0, 1.0)(_DRAWN)
    paper = _sealed(report, key)
    told.part(0.0, 1.0)(_SEALED)
    with issuing(workspace, "audit.signed", paper, audit=audit_id) as work:
        return _put_all(work, report, paper, key, signer)


def issued_report(reader: Reader, audit_id: AuditId) -> IssuedFile | None:
    """The signed report of an audit; None until it is signed."""
    issued = reader.all(IssuedFile, audit_id=audit_id, kind=IssuedKind.REPORT)
    return max(issued, key=lambda one: (one.issued_at, one.id), default=None)


def issued_bytes(workspace: Workspace, issued_id: IssuedFileId) -> bytes:
    """A signed file as it left the house, proven by its digest."""
    with workspace.reading() as reader:
        issued = reader.get(IssuedFile, issued_id)
    return workspace.store.evidence.get(issued.digest)


def save_issued(workspace: Workspace, issued_id: IssuedFileId, target: Path) -> Path:
    """Write a signed file to `target`, byte for byte, whole or not at all; what stood there before is replaced."""
    content = issued_bytes(workspace, issued_id)
    write_file_atomically(target, content)
    return target


def _signing_auditor(workspace: Workspace, audit: Audit) -> PersonId:
    worker = workspace.worker
    grading = {one.person_id for one in audit.team if one.part.grades}
    if worker is None or worker.role is not Role.AUDITOR or worker.person_id not in grading:
        raise RuleBroken(
            _("Only an auditor of this audit’s team signs its report."),
            code="signing.not-auditor",
            way_out=_("Say in the status bar which of its auditors is working."),
        )
    return worker.person_id


def _sealed(report: UnsignedReport, key: SigningKey) -> SignedPaper:
    with in_language(report.language):
        reason = _("Audit report {number}, revision {revision}").format(
            number=report.audit.number, revision=report.audit.revision
        )
    assert report.audit.signed_at is not None
    return seal_paper(
        report.pdf,
        report.content,
        key,
        at=report.audit.signed_at,
        reason=reason,
        place=report.dealership.city,
        field="Auditor",
        attachment=REPORT_ATTACHMENT,
    )


def _put_all(
    work: WritingScope, report: UnsignedReport, paper: SignedPaper, key: SigningKey, signer: PersonId
) -> IssuedFile:
    """Everything the signature leaves in the records; the seal last, since nothing under it changes any more."""
    audit, assessment = report.audit, report.assessment
    before = issued_report(work, audit.revises) if audit.revises is not None else None
    issued = put_issued(
        work,
        paper,
        key,
        engagement_id=audit.engagement_id,
        audit_id=audit.id,
        kind=IssuedKind.REPORT,
        number=audit.number,
        revision=audit.revision,
        language=report.language,
        name=_name(report),
        log_seq=report.head.seq,
        log_hash=report.head.hash,
        replaces=before.id if before is not None else None,
        person_id=signer,
    )
    work.put(audit)
    work.put(assessment)
    assert assessment.edition is not None
    work.put(
        Seal(
            id=SealId(work.new_id()),
            audit_id=audit.id,
            assessment_id=assessment.id,
            engagement_id=audit.engagement_id,
            edition=assessment.edition,
            sealed_at=paper.at,
            report_digest=paper.digest,
            content_digest=paper.content_digest,
            log_seq=report.head.seq,
            log_hash=report.head.hash,
        )
    )
    return issued


def _name(report: UnsignedReport) -> str:
    """`Autohaus_Beispiel_R-2027-0001_1_2027-06-20.pdf`: dealership, number, revision, day of signing."""
    assert report.audit.signed_at is not None
    day = report.audit.signed_at.astimezone().date()
    parts = (report.audit.number, str(report.audit.revision), day.isoformat())
    return file_name(".pdf", report.dealership.name, *parts)
