"""The sheets on what followed the audits: decisions, appeals, certificates, signed files with their keys, and ties of people."""

from __future__ import annotations

from typing import Any

from qma_app.domain.audit_wording import (
    appeal_title,
    certificate_step_title,
    decided_title,
    issued_kind_title,
    tie_title,
)
from qma_app.domain.certification import Appeal, Certificate, CertificationDecision, IssuedFile, Seal, Signer
from qma_app.domain.tie import Tie
from qma_app.exchange.programme_workbook.book import ProgrammeBook
from qma_app.exchange.programme_workbook.columns import Table, field, hidden, hidden_id
from qma_app.exchange.workbook.columns import Column
from qma_app.exchange.workbook.looks import COUNT, DAY, INSTANT, NAME
from qma_app.i18n import _


def certificate_tables(book: ProgrammeBook) -> tuple[Table, ...]:
    """What was decided, granted and issued; what ties people to the dealership."""
    shelf = book.auditing
    return (
        Table(title=_("Certification decisions"), columns=_decision_columns(book), rows=shelf.decisions),
        Table(title=_("Appeals"), columns=_appeal_columns(book), rows=shelf.appeals),
        Table(title=_("Certificates"), columns=_certificate_columns(book), rows=shelf.certificates),
        Table(title=_("Steps of certificates"), columns=_event_columns(book), rows=shelf.events()),
        Table(title=_("Signed files"), columns=_file_columns(book), rows=shelf.issued),
        Table(title=_("Keys of signers"), columns=_signer_columns(book), rows=shelf.signers),
        Table(title=_("Seals"), columns=_seal_columns(book), rows=shelf.seals),
        Table(title=_("Ties of people"), columns=_tie_columns(book), rows=shelf.ties),
    )


def _decision_columns(book: ProgrammeBook) -> list[Column[Any]]:
    kind = CertificationDecision
    return [
        field(kind, "audit_id", 16, value=lambda one: book.label_of(one.audit_id)),
        field(kind, "outcome", 20, value=lambda one: decided_title(one.outcome)),
        field(kind, "decided_on", 12, DAY),
        field(kind, "decided_at", 19, INSTANT),
        field(kind, "decided_by", 24, value=lambda one: book.name_of(one.decided_by)),
        field(kind, "words", 60),
        field(kind, "report_digest", 38, NAME),
        field(kind, "follows", 38, NAME, is_hidden=True),
        hidden_id(),
    ]


def _appeal_columns(book: ProgrammeBook) -> list[Column[Any]]:
    return [
        field(Appeal, "audit_id", 16, value=lambda one: book.label_of(one.audit_id)),
        field(Appeal, "received_on", 12, DAY),
        field(Appeal, "raised_by", 28),
        field(Appeal, "words", 60),
        field(Appeal, "outcome", 12, value=lambda one: appeal_title(one.outcome) if one.outcome else ""),
        field(Appeal, "answer", 60),
        field(Appeal, "answered_on", 12, DAY),
        field(Appeal, "answered_by", 24, value=lambda one: book.name_of(one.answered_by)),
        field(Appeal, "decision_id", 38, NAME, is_hidden=True),
        hidden_id(),
    ]


def _certificate_columns(book: ProgrammeBook) -> list[Column[Any]]:
    return [
        field(Certificate, "number", 14, NAME),
        field(Certificate, "holder", 30),
        field(Certificate, "address", 40),
        field(Certificate, "scope", 30, value=lambda one: "\n".join(map(book.label_of, one.scope))),
        field(Certificate, "level", 12, NAME),
        field(Certificate, "audit_id", 16, value=lambda one: book.label_of(one.audit_id)),
        field(Certificate, "audited_from", 12, DAY),
        field(Certificate, "audited_to", 12, DAY),
        field(Certificate, "decided_on", 12, DAY),
        field(Certificate, "valid_from", 12, DAY),
        field(Certificate, "valid_until", 12, DAY),
        field(Certificate, "is_conditional", 12),
        field(Certificate, "replaces", 14, value=lambda one: book.label_of(one.replaces)),
        field(Certificate, "edition", 38, NAME),
        hidden(_("Id of the decision"), lambda one: one.decision_id),
        hidden(_("Ids of the areas"), lambda one: ", ".join(one.scope)),
        hidden_id(),
    ]


def _event_columns(book: ProgrammeBook) -> list[Column[Any]]:
    return [
        Column(title=_("Certificate"), width=14, value=lambda line: line.certificate.number),
        Column(
            title=_("What happened"), width=14, value=lambda line: certificate_step_title(line.event.step)
        ),
        Column(title=_("From"), width=12, look=DAY, value=lambda line: line.event.on),
        Column(title=_("Reason"), width=60, value=lambda line: line.event.reason),
        Column(title=_("By"), width=24, value=lambda line: book.name_of(line.event.by)),
    ]


def _file_columns(book: ProgrammeBook) -> list[Column[Any]]:
    return [
        field(IssuedFile, "name", 34),
        field(IssuedFile, "kind", 14, value=lambda one: issued_kind_title(one.kind)),
        field(IssuedFile, "number", 14, NAME),
        field(IssuedFile, "revision", 9, COUNT),
        field(IssuedFile, "language", 9),
        field(IssuedFile, "audit_id", 16, value=lambda one: book.label_of(one.audit_id)),
        field(IssuedFile, "certificate_id", 14, value=lambda one: book.label_of(one.certificate_id)),
        field(IssuedFile, "issued_at", 19, INSTANT),
        field(IssuedFile, "signer_id", 24, value=lambda one: book.label_of(one.signer_id)),
        field(IssuedFile, "is_trial", 10),
        field(IssuedFile, "replaces", 30, value=lambda one: book.label_of(one.replaces)),
        field(IssuedFile, "revoked_on", 12, DAY),
        field(IssuedFile, "revoked_reason", 40),
        field(IssuedFile, "size", 12, COUNT),
        field(IssuedFile, "digest", 38, NAME),
        field(IssuedFile, "content_digest", 38, NAME),
        field(IssuedFile, "log_seq", 10, COUNT),
        field(IssuedFile, "log_hash", 38, NAME),
        hidden_id(),
    ]


def _signer_columns(book: ProgrammeBook) -> list[Column[Any]]:
    return [
        field(Signer, "name", 28),
        field(Signer, "person_id", 24, value=lambda one: book.name_of(one.person_id)),
        field(Signer, "valid_from", 12, DAY),
        field(Signer, "valid_until", 12, DAY),
        field(Signer, "is_trial", 10),
        field(Signer, "revoked_on", 12, DAY),
        field(Signer, "revoked_reason", 40),
        field(Signer, "fingerprint", 38, NAME),
        hidden_id(),
    ]


def _seal_columns(book: ProgrammeBook) -> list[Column[Any]]:
    return [
        field(Seal, "audit_id", 16, value=lambda one: book.label_of(one.audit_id)),
        field(Seal, "sealed_at", 19, INSTANT),
        field(Seal, "report_digest", 38, NAME),
        field(Seal, "content_digest", 38, NAME),
        field(Seal, "edition", 38, NAME),
        field(Seal, "log_seq", 10, COUNT),
        field(Seal, "log_hash", 38, NAME),
        hidden(_("Id of the assessment"), lambda one: one.assessment_id),
        hidden_id(),
    ]


def _tie_columns(book: ProgrammeBook) -> list[Column[Any]]:
    return [
        field(Tie, "person_id", 26, value=lambda one: book.name_of(one.person_id)),
        field(Tie, "kind", 30, value=lambda one: tie_title(one.kind)),
        field(Tie, "from_on", 12, DAY),
        field(Tie, "until_on", 12, DAY),
        field(Tie, "words", 50),
        hidden_id(),
    ]
