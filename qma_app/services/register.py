"""The register of certificates: put together from what was decided and issued here, and written as a file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Final

from qma_app.domain.audit import Audit
from qma_app.domain.certificate_content import days_ahead
from qma_app.domain.certificate_life import life
from qma_app.domain.certification import Certificate, CertificationDecision, IssuedFile, Signer
from qma_app.domain.dealership import Dealership
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import CertificateId, IssuedFileId
from qma_app.domain.levels import bounds_of
from qma_app.domain.ports import Reader
from qma_app.domain.record import utc_text
from qma_app.errors import ReportTrouble
from qma_app.exchange.register.json_file import register_bytes, register_from_file
from qma_app.exchange.register.register import (
    Register,
    RegisteredCertificate,
    RegisteredFile,
    RegisteredSigner,
)
from qma_app.i18n import _, in_language
from qma_app.services.workspace import Workspace
from qma_app.storage.atomic_files import atomic_file

__all__ = ["Register", "read_register", "register_of", "save_register"]
SUFFIXES: Final = (".json", ".xlsx")


def register_of(reader: Reader, *, on: date) -> Register:
    """Every certificate, issued file and known signer of the workspace, as they stand on a day.

    A file whose signer, certificate or predecessor is not known here names none: verifying it says that its signer is unknown.
    """
    head = reader.log_head()
    certificates = reader.all(Certificate)
    numbers = {one.id: one.number for one in certificates}
    successors = {one.replaces: one for one in certificates if one.replaces is not None}
    signers = reader.all(Signer)
    fingerprints = {one.id: one.fingerprint for one in signers}
    files = reader.all(IssuedFile)
    digests = {one.id: one.digest for one in files}
    return Register(
        as_of=on,
        log_seq=head.seq,
        log_hash=head.hash,
        certificates=tuple(
            sorted(
                (
                    _certificate(
                        reader,
                        one,
                        on,
                        successors.get(one.id),
                        numbers.get(one.replaces, "") if one.replaces else "",
                    )
                    for one in certificates
                ),
                key=_number_of,
            )
        ),
        files=tuple(
            _file(one, fingerprints.get(one.signer_id, ""), numbers, digests)
            for one in sorted(files, key=_issue_of)
        ),
        signers=tuple(_signer(one) for one in sorted(signers, key=_fingerprint_of)),
    )


def save_register(workspace: Workspace, path: Path, *, on: date | None = None, language: str = "en") -> Path:
    """Write the register to `path` as JSON or as a workbook, by its suffix, whole or not at all; what stood there is replaced."""
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise ReportTrouble(
            _("A register is written as {suffixes}, not as {found}.").format(
                suffixes=", ".join(SUFFIXES), found=suffix or "–"
            ),
            code="register.suffix",
            way_out=_("Give the file a name that ends with .json or .xlsx."),
            path=str(path),
        )
    with in_language(language), workspace.reading() as reader:
        register = register_of(reader, on=on or workspace.today())
    with in_language(language), atomic_file(path) as file:
        if suffix == ".json":
            file.write(register_bytes(register))
        else:
            from qma_app.exchange.register.workbook import write_register

            write_register(register, file)
    return path


def read_register(path: Path) -> Register:
    """The register somebody issued, read strictly."""
    return register_from_file(path)


def _certificate(
    reader: Reader, one: Certificate, on: date, successor: Certificate | None, replaces: str
) -> RegisteredCertificate:
    edition = reader.edition(one.edition)
    now = life(one, on, majors_days=edition.rules.conditional_days, replaced_by=successor)
    majors_due, surveillances = days_ahead(now)
    engagement = reader.find(Engagement, one.engagement_id, in_bin=True)
    dealership = reader.find(Dealership, engagement.dealership_id, in_bin=True) if engagement else None
    return RegisteredCertificate(
        number=one.number,
        holder=one.holder,
        address=one.address,
        edition=edition.label,
        edition_hash=one.edition,
        scope=tuple(area.code for area in edition.areas if area.id in one.scope),
        left_out=tuple(area.code for area in edition.areas if area.id not in one.scope),
        level=one.level,
        bounds=bounds_of(edition.rules),
        audited_from=one.audited_from,
        audited_to=one.audited_to,
        decided_on=one.decided_on,
        valid_from=one.valid_from,
        valid_until=one.valid_until,
        is_conditional=one.is_conditional,
        state=now.state.value,
        since=now.since,
        until=now.until,
        report_number=reader.get(Audit, one.audit_id).number,
        report_digest=reader.get(CertificationDecision, one.decision_id).report_digest,
        reason=now.reason,
        majors_due=majors_due,
        surveillance_due=next(iter(surveillances), None),
        replaces=replaces,
        is_sample=dealership is not None and dealership.is_sample,
    )


def _file(
    one: IssuedFile, signer: str, numbers: Mapping[CertificateId, str], digests: Mapping[IssuedFileId, str]
) -> RegisteredFile:
    return RegisteredFile(
        kind=one.kind.value,
        number=one.number,
        revision=one.revision,
        language=one.language,
        name=one.name,
        digest=one.digest,
        content_digest=one.content_digest,
        size=one.size,
        issued_at=utc_text(one.issued_at),
        signer=signer,
        log_seq=one.log_seq,
        log_hash=one.log_hash,
        is_trial=one.is_trial,
        certificate=numbers.get(one.certificate_id, "") if one.certificate_id else "",
        replaces=digests.get(one.replaces, "") if one.replaces else "",
        revoked_on=one.revoked_on,
        revoked_reason=one.revoked_reason,
    )


def _signer(one: Signer) -> RegisteredSigner:
    return RegisteredSigner(
        fingerprint=one.fingerprint,
        name=one.name,
        valid_from=one.valid_from,
        valid_until=one.valid_until,
        is_trial=one.is_trial,
        revoked_on=one.revoked_on,
        revoked_reason=one.revoked_reason,
    )


def _number_of(one: RegisteredCertificate) -> str:
    return one.number


def _issue_of(one: IssuedFile) -> tuple[str, str]:
    return utc_text(one.issued_at), one.digest


def _fingerprint_of(one: Signer) -> str:
    return one.fingerprint
