"""The register as a workbook: certificates, issued files, known signers and revocations, a sheet each."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from fractions import Fraction
from typing import BinaryIO

from qma_app.domain.certificate_life import LifeState, life_title
from qma_app.domain.certification import IssuedKind
from qma_app.exchange.register.register import (
    Register,
    RegisteredCertificate,
    RegisteredFile,
    RegisteredSigner,
    Revocation,
    RevokedWhat,
)
from qma_app.exchange.workbook.columns import Column, Meter, Progress, write_table
from qma_app.exchange.workbook.file import Cell, WorkbookFile
from qma_app.exchange.workbook.looks import COUNT, DAY, NAME, SHARE, WORD, level_look
from qma_app.i18n import _, day_text


def write_register(register: Register, file: BinaryIO, *, progress: Progress | None = None) -> None:
    """Write the workbook into an open file; the same register in the same language always gives the same bytes."""
    total = sum(map(len, (register.certificates, register.files, register.signers, register.revocations)))
    meter = Meter(progress, total)
    title = _("Register of certificates")
    made = datetime.combine(register.as_of, time(), tzinfo=UTC)
    banner = _("{title}, as of {day}; change log: {count} entries, head {hash}").format(
        title=title, day=day_text(register.as_of), count=register.log_seq, hash=register.log_hash
    )
    with WorkbookFile(file, title=title, changed_at=made) as book:
        write_table(
            book, _("Certificates"), _certificates(), register.certificates,
            banner=banner, meter=meter, footer=title,
        )  # fmt: skip
        write_table(
            book, _("Issued files"), _files(), register.files, banner=banner, meter=meter, footer=title
        )
        write_table(
            book, _("Signers"), _signers(), register.signers, banner=banner, meter=meter, footer=title
        )
        write_table(
            book, _("Revocations"), _revocations(), register.revocations,
            banner=banner, meter=meter, footer=title,
        )  # fmt: skip


def _certificates() -> list[Column[RegisteredCertificate]]:
    return [
        Column(title=_("Number"), width=16, value=lambda one: one.number),
        Column(title=_("Holder"), width=34, value=lambda one: one.holder),
        Column(title=_("Address"), width=34, value=lambda one: one.address),
        Column(title=_("State"), width=14, look=WORD, value=lambda one: life_title(LifeState(one.state))),
        Column(title=_("Since"), width=12, look=DAY, value=lambda one: one.since),
        Column(title=_("Overall level"), width=12, look=SHARE, value=_level),
        Column(title=_("Edition"), width=28, value=lambda one: one.edition),
        Column(title=_("Scope"), width=26, value=lambda one: "; ".join(one.scope)),
        Column(title=_("Left out"), width=16, value=lambda one: "; ".join(one.left_out)),
        Column(title=_("Audited from"), width=12, look=DAY, value=lambda one: one.audited_from),
        Column(title=_("Audited to"), width=12, look=DAY, value=lambda one: one.audited_to),
        Column(title=_("Decided"), width=12, look=DAY, value=lambda one: one.decided_on),
        Column(title=_("Valid from"), width=12, look=DAY, value=lambda one: one.valid_from),
        Column(title=_("Valid to"), width=12, look=DAY, value=lambda one: one.valid_until),
        Column(title=_("Majors closed by"), width=12, look=DAY, value=lambda one: one.majors_due),
        Column(title=_("Next surveillance by"), width=12, look=DAY, value=lambda one: one.surveillance_due),
        Column(title=_("Reason"), width=34, value=lambda one: one.reason),
        Column(title=_("Replaces"), width=16, value=lambda one: one.replaces),
        Column(title=_("Audit report"), width=16, value=lambda one: one.report_number),
        Column(title=_("SHA-256 of the report"), width=66, look=NAME, value=lambda one: one.report_digest),
        Column(title=_("SHA-256 of the edition"), width=66, look=NAME, value=lambda one: one.edition_hash),
        Column(title=_("Sample"), width=9, look=WORD, value=lambda one: _yes(one.is_sample)),
    ]


def _files() -> list[Column[RegisteredFile]]:
    return [
        Column(title=_("Number"), width=16, value=lambda one: one.number),
        Column(title=_("Kind"), width=14, look=WORD, value=lambda one: _kind_title(one.kind)),
        Column(title=_("Revision"), width=10, look=COUNT, value=lambda one: one.revision),
        Column(title=_("Language"), width=10, look=WORD, value=lambda one: one.language),
        Column(title=_("File"), width=44, look=NAME, value=lambda one: one.name),
        Column(title=_("SHA-256 of the file"), width=66, look=NAME, value=lambda one: one.digest),
        Column(
            title=_("SHA-256 of the attached data"), width=66, look=NAME, value=lambda one: one.content_digest
        ),
        Column(title=_("Bytes"), width=12, look=COUNT, value=lambda one: one.size),
        Column(title=_("Issued (UTC)"), width=25, look=NAME, value=lambda one: one.issued_at),
        Column(title=_("Fingerprint of the signer"), width=66, look=NAME, value=lambda one: one.signer),
        Column(title=_("Certificate"), width=16, value=lambda one: one.certificate),
        Column(title=_("Replaces the file"), width=66, look=NAME, value=lambda one: one.replaces),
        Column(title=_("Entries of the change log"), width=12, look=COUNT, value=lambda one: one.log_seq),
        Column(title=_("Head of the change log"), width=66, look=NAME, value=lambda one: one.log_hash),
        Column(title=_("Trial"), width=9, look=WORD, value=lambda one: _yes(one.is_trial)),
        Column(title=_("Revoked"), width=12, look=DAY, value=lambda one: one.revoked_on),
        Column(title=_("Reason"), width=34, value=lambda one: one.revoked_reason),
    ]


def _signers() -> list[Column[RegisteredSigner]]:
    return [
        Column(title=_("Name"), width=34, value=lambda one: one.name),
        Column(title=_("Fingerprint"), width=66, look=NAME, value=lambda one: one.fingerprint),
        Column(title=_("Valid from"), width=12, look=DAY, value=lambda one: one.valid_from),
        Column(title=_("Valid to"), width=12, look=DAY, value=lambda one: one.valid_until),
        Column(title=_("Trial"), width=9, look=WORD, value=lambda one: _yes(one.is_trial)),
        Column(title=_("Revoked"), width=12, look=DAY, value=lambda one: one.revoked_on),
        Column(title=_("Reason"), width=34, value=lambda one: one.revoked_reason),
    ]


def _revocations() -> list[Column[Revocation]]:
    return [
        Column(title=_("On"), width=12, look=DAY, value=_day_of),
        Column(title=_("What"), width=14, look=WORD, value=lambda one: _what_title(one.what)),
        Column(title=_("Number, SHA-256 or fingerprint"), width=66, look=NAME, value=lambda one: one.key),
        Column(title=_("Name"), width=34, value=lambda one: one.name),
        Column(title=_("Reason"), width=44, value=lambda one: one.reason),
    ]


def _level(one: RegisteredCertificate) -> Cell:
    level = Fraction(one.level)
    return Cell(float(level / 100), level_look(level, one.bounds))


def _day_of(one: Revocation) -> date:
    return one.on


def _kind_title(kind: str) -> str:
    return {IssuedKind.REPORT: _("Report"), IssuedKind.CERTIFICATE: _("Certificate")}[IssuedKind(kind)]


def _what_title(what: RevokedWhat) -> str:
    return {
        RevokedWhat.CERTIFICATE: _("Certificate"),
        RevokedWhat.FILE: _("Issued file"),
        RevokedWhat.SIGNER: _("Signer"),
    }[what]


def _yes(is_so: bool) -> str:
    return _("yes") if is_so else ""
