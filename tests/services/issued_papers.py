"""A signed report and a signed certificate with the register that lists both, and the same in every way that must not count."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from qma_app.domain.certificate_content import CertificateContent, certificate_bytes
from qma_app.exchange.register.register import Register, RegisteredCertificate, RegisteredFile
from qma_app.exchange.signing_key import SigningKey
from qma_app.i18n import in_language
from qma_app.reports import certificate as certificate_report
from qma_app.services.issuing import CERTIFICATE_ATTACHMENT, REPORT_ATTACHMENT, seal_paper
from qma_app.services.register import register_of
from qma_app.services.signing import issued_bytes, unsigned_report
from tests.reports.certificate_house import a_certified_house, certificate_pdf, the_certificate
from tests.services.auditing import Audited
from tests.services.signed import a_key, sign

CERTIFIED_AT = datetime(2027, 8, 1, 9, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Papers:
    """Both papers with their data, the report before it was signed, and what the register says of them."""

    drawn: bytes
    report: bytes
    report_content: bytes
    certificate: bytes
    certificate_content: CertificateContent
    register: Register

    def register_with(self, **changes: Any) -> Register:
        return replace(self.register, **changes)


def make_papers(ready: Audited) -> Papers:
    """The report of an audit, signed here, and a certificate beside it that was signed with the same key."""
    from qma_app.exchange.pdf_verifying import verify_pdf

    at = ready.house.clock()
    drawn = unsigned_report(
        ready.house.workspace,
        ready.audit_id,
        at=at,
        by=ready.auditor.id,
        language="en",
        is_trial=True,
        fingerprint=a_key().fingerprint,
    )
    issued = sign(ready)
    workspace = ready.house.workspace
    report = issued_bytes(workspace, issued.id)
    content = verify_pdf(report, known={a_key().fingerprint}).attached
    assert content is not None
    with workspace.reading() as reader:
        register = register_of(reader, on=CERTIFIED_AT.date())
    told = certificate_content()
    certificate = sealed_certificate(told)
    return Papers(
        drawn=drawn.pdf,
        report=report,
        report_content=content,
        certificate=certificate,
        certificate_content=told,
        register=replace(
            register,
            certificates=(registered(told),),
            files=(*register.files, registered_file(told, certificate)),
        ),
    )


def certificate_content() -> CertificateContent:
    with in_language("en"):
        return certificate_report.content_of(the_certificate(a_certified_house()))


def sealed_certificate(told: CertificateContent, key: SigningKey | None = None) -> bytes:
    """The page signed with these data attached, whatever it prints."""
    with in_language("en"):
        pdf = certificate_pdf(a_certified_house())
    return seal_paper(
        pdf,
        certificate_bytes(told),
        key or a_key(),
        at=CERTIFIED_AT,
        reason="Certificate",
        place="Musterstadt",
        field="DecisionMaker",
        attachment=CERTIFICATE_ATTACHMENT,
    ).data


def sealed_report(papers: Papers, content: bytes, key: SigningKey | None = None) -> bytes:
    """The report of the audit signed with these data attached, whatever it prints."""
    return seal_paper(
        papers.drawn,
        content,
        key or a_key(),
        at=CERTIFIED_AT,
        reason="Report",
        place="",
        field="Auditor",
        attachment=REPORT_ATTACHMENT,
    ).data


def registered(told: CertificateContent) -> RegisteredCertificate:
    return RegisteredCertificate(
        number=told.number,
        holder=told.holder,
        address=told.address,
        edition=told.edition,
        edition_hash=told.edition_hash,
        scope=tuple(area.code for area in told.scope),
        left_out=(),
        level=told.level,
        bounds=told.bounds,
        audited_from=told.audited_from,
        audited_to=told.audited_to,
        decided_on=told.decided_on,
        valid_from=told.valid_from,
        valid_until=told.valid_until,
        is_conditional=told.is_conditional,
        state="valid",
        since=told.valid_from,
        until=told.valid_until,
        report_number=told.basis.report_number,
        report_digest=told.basis.report_digest,
    )


def registered_file(told: CertificateContent, pdf: bytes) -> RegisteredFile:
    return RegisteredFile(
        kind="certificate",
        number=told.number,
        revision=1,
        language=told.language,
        name="Certificate.pdf",
        digest=hashlib.sha256(pdf).hexdigest(),
        content_digest=hashlib.sha256(certificate_bytes(told)).hexdigest(),
        size=len(pdf),
        issued_at=CERTIFIED_AT.isoformat(),
        signer=a_key().fingerprint,
        log_seq=told.log_seq,
        log_hash=told.log_hash,
        is_trial=True,
        certificate=told.number,
    )


def listed(register: Register, pdf: bytes, like: RegisteredFile) -> Register:
    """The register with one more file, which says what another one says."""
    digest = hashlib.sha256(pdf).hexdigest()
    return replace(register, files=(*register.files, replace(like, digest=digest, size=len(pdf))))
