"""The certificate as a file: drawn, given its data, signed by whoever decided with a key of their own, and kept."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from io import BytesIO
from typing import Final

from qma_app.domain.audit import Audit
from qma_app.domain.certificate_content import (
    certificate_bytes,
    certificate_differences,
    certificate_from,
    certificate_words,
)
from qma_app.domain.certificate_life import life
from qma_app.domain.certification import (
    Certificate,
    CertificationDecision,
    IssuedFile,
    IssuedKind,
    Signer,
)
from qma_app.domain.dealership import Dealership
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import CertificateId, PersonId
from qma_app.domain.people import Person
from qma_app.domain.ports import Reader
from qma_app.errors import ReportTrouble, RuleBroken
from qma_app.i18n import _, in_language, spoken_language
from qma_app.i18n import language as spoken
from qma_app.reports import certificate as certificate_page
from qma_app.reports.progress import Heard, Progress
from qma_app.services.deciding_rules import (
    check_may_decide,
    check_not_revoked,
    check_signed,
    decider_at_work,
    decision_after,
    successor_of,
)
from qma_app.services.issuing import (
    CERTIFICATE_ATTACHMENT,
    SigningKey,
    check_clock,
    check_signer,
    issuing,
    put_issued,
    ready_to_sign,
    seal_paper,
)
from qma_app.services.paper_words import words_missing
from qma_app.services.subjects import file_name
from qma_app.services.workspace import Workspace

FIELD: Final = "DecisionMaker"
"""What the field of the signature in the file is called."""
_SEALED: Final = 0.95


def issue_certificate(
    workspace: Workspace,
    certificate_id: CertificateId,
    key: SigningKey,
    *,
    language: str | None = None,
    progress: Heard | None = None,
) -> IssuedFile:
    """Draw and sign the certificate as it stands today, keep the file, and enter it in the register; nothing is left half done.

    Only the one who decided signs, with a key no auditor signed with. Without `language` it is that of the audit, the dealership's, else the one in
    force; in each language it can be issued again, and the newer file then names the one it replaces. `progress` hears the share
    done and stops everything by answering False.
    """
    ready_to_sign()
    told = Progress(progress)
    person_id, now = decider_at_work(workspace), workspace.clock()
    with workspace.reading() as reader:
        check_clock(reader, now)
        certificate = reader.get(Certificate, certificate_id)
        _check_issuable(workspace, reader, certificate, person_id, key, at=now)
        tongue = language or _language_of(reader, certificate)
    with in_language(tongue):
        pdf, content, page = _drawn(workspace, certificate_id, key, told)
        _check_same(pdf, content, page.certificate)
        name = file_name(".pdf", page.certificate.holder, certificate_page.title(), page.certificate.number)
        signed = seal_paper(
            pdf,
            content,
            key,
            at=now,
            reason=_("Certificate {number}").format(number=page.certificate.number),
            place="",
            field=FIELD,
            attachment=CERTIFICATE_ATTACHMENT,
        )
        told.part(0.0, 1.0)(_SEALED)
        with issuing(workspace, "certificate.issued", signed) as work:
            # Once more on what stands now: another window may have been at work while the page was drawn.
            _check_issuable(workspace, work, work.get(Certificate, certificate_id), person_id, key, at=now)
            before = _issued_before(work, certificate_id, tongue)
            issued = put_issued(
                work,
                signed,
                key,
                engagement_id=certificate.engagement_id,
                audit_id=certificate.audit_id,
                kind=IssuedKind.CERTIFICATE,
                number=certificate.number,
                revision=len(before) + 1,
                language=tongue,
                name=name,
                log_seq=page.log_head.seq,
                log_hash=page.log_head.hash,
                certificate_id=certificate_id,
                replaces=before[-1].id if before else None,
                person_id=person_id,
            )
    return issued


def draft_certificate(
    workspace: Workspace,
    certificate_id: CertificateId,
    *,
    language: str | None = None,
    progress: Heard | None = None,
) -> bytes:
    """The page as it would be issued today, marked as a draft: for the preview."""
    with workspace.reading() as reader:
        tongue = language or _language_of(reader, reader.get(Certificate, certificate_id))
    with in_language(tongue):
        return _drawn(workspace, certificate_id, None, Progress(progress))[0]


def _drawn(
    workspace: Workspace, certificate_id: CertificateId, key: SigningKey | None, told: Progress
) -> tuple[bytes, bytes, certificate_page.CertificatePaper]:
    """The page as a PDF, the data to attach, and what both say, in the language in force."""
    line = None
    if key is not None:
        line = certificate_page.SigningLine(name=key.name, fingerprint=key.fingerprint, is_trial=key.is_trial)
    with workspace.reading() as reader:
        page = certificate_page.collect(
            reader,
            certificate_id,
            on=workspace.today(),
            signing=line,
            is_sample=workspace.is_sample,
            step=told.part(0.0, 0.1),
        )
    content = certificate_bytes(certificate_page.content_of(page))
    out = BytesIO()
    certificate_page.draw(
        page, out, content_digest=sha256(content).hexdigest(), progress=Progress(told.heard_within(0.1, 0.5))
    )
    return out.getvalue(), content, page


def _check_same(pdf: bytes, content: bytes, certificate: Certificate) -> None:
    """ReportTrouble where what is attached does not come out of itself or is not printed: whoever checks the file would refuse it."""
    said = certificate_from(content)
    missing = words_missing(pdf, certificate_words(said))
    differing = [one.what for one in certificate_differences(said)]
    if missing or differing:
        raise ReportTrouble(
            _("Certificate {number} does not print what it holds ({found}); nothing was signed.").format(
                number=certificate.number, found=", ".join((*missing, *differing))
            ),
            code="certificate.not-the-same",
            way_out=_("Look whether a name is too long for the page, and ask for help if it is not."),
            certificate=certificate.id,
        )


def _check_issuable(
    workspace: Workspace,
    reader: Reader,
    certificate: Certificate,
    person_id: PersonId,
    key: SigningKey,
    *,
    at: datetime,
) -> None:
    decision = reader.get(CertificationDecision, certificate.decision_id)
    audit = reader.get(Audit, certificate.audit_id)
    today = workspace.today()
    _check_decided(reader, decision, person_id)
    check_signed(reader, audit)
    check_may_decide(reader, audit, person_id, on=today)
    _check_stands(reader, certificate, decision, workspace)
    check_signer(reader, key, person_id, at=at)
    _check_no_auditors_key(reader, key)
    _check_trial(reader, certificate, decision, key)


def _check_decided(reader: Reader, decision: CertificationDecision, person_id: PersonId) -> None:
    if decision.decided_by != person_id:
        person = reader.find(Person, decision.decided_by, in_bin=True)
        raise RuleBroken(
            _("{name} decided on this certificate, and signs it.").format(
                name=person.name if person is not None else decision.decided_by
            ),
            code="certificate.other-decider",
            way_out=_("Change who is working in the status bar."),
            person=decision.decided_by,
        )


def _check_stands(
    reader: Reader, certificate: Certificate, decision: CertificationDecision, workspace: Workspace
) -> None:
    now = life(certificate, workspace.today(), replaced_by=successor_of(reader, certificate.id))
    if now.state.is_over:
        raise RuleBroken(
            _("Certificate {number}: {words}").format(number=certificate.number, words=now.words),
            code="certificate.over",
            way_out=_("Nothing is issued on it any more; look at the register."),
            certificate=certificate.id,
        )
    after = decision_after(reader, decision)
    if after is not None:
        raise RuleBroken(
            _("Another decision took the place of the one behind certificate {number}.").format(
                number=certificate.number
            ),
            code="certificate.other-decision",
            way_out=_("Grant the certificate that decision gives, and issue it."),
            decision=after.id,
        )


def _check_no_auditors_key(reader: Reader, key: SigningKey) -> None:
    """Whoever audited signs the report, whoever decided the certificate: one key under both would tell nobody apart."""
    known = next(iter(reader.all(Signer, fingerprint=key.fingerprint)), None)
    if known is None:
        return
    signed = reader.all(IssuedFile, signer_id=known.id, kind=IssuedKind.REPORT)
    if signed:
        raise RuleBroken(
            _("The report {number} was signed with this key.").format(number=signed[0].number),
            code="certificate.auditors-key",
            way_out=_("Sign certificates with a key no report was signed with."),
            issued=signed[0].id,
        )


def _check_trial(
    reader: Reader, certificate: Certificate, decision: CertificationDecision, key: SigningKey
) -> None:
    """What rests on a report for trial is for trial itself; nothing rests on one that was revoked."""
    files = reader.all(IssuedFile, audit_id=certificate.audit_id, kind=IssuedKind.REPORT)
    for report in files:
        if report.digest != decision.report_digest:
            continue
        check_not_revoked(reader, report)
        if report.is_trial and not key.is_trial:
            raise RuleBroken(
                _("The report {number} is for trial; so is a certificate that rests on it.").format(
                    number=report.number
                ),
                code="certificate.report-for-trial",
                way_out=_("Sign with a key for trial, or have the report signed with a real one."),
                issued=report.id,
            )


def _issued_before(reader: Reader, certificate_id: CertificateId, language: str) -> tuple[IssuedFile, ...]:
    """The files of a certificate in a language, the newest last; revoked ones count, as their revision was given."""
    files = reader.all(
        IssuedFile, certificate_id=certificate_id, kind=IssuedKind.CERTIFICATE, language=language
    )
    return tuple(sorted(files, key=lambda one: one.revision))


def _language_of(reader: Reader, certificate: Certificate) -> str:
    engagement = reader.get(Engagement, certificate.engagement_id)
    audit = reader.get(Audit, certificate.audit_id)
    own = audit.language or reader.get(Dealership, engagement.dealership_id).language
    return spoken_language(own) if own else spoken()
