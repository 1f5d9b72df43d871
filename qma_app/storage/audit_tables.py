"""The tables of audits and certification: plan, samples and looks, seals, decisions, certificates, files issued."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, ForeignKey, Index, Table, Text, text

from qma_app.storage.columns import parent, record_table, whole, words

AUDITS = record_table(
    "audits",
    parent("engagement_id", "engagements"),
    parent("assessment_id", "assessments"),
    words("number"),
    whole("revision"),
    parent("revises", "audits", optional=True),
    words("revision_reason"),
    parent("follows", "audits", optional=True),
    words("first_on", optional=True),
    words("last_on", optional=True),
    words("team"),
    words("declarations"),
    words("left_out"),
    words("days", optional=True),
    words("aims"),
    words("methods"),
    words("confidentiality"),
    words("distribution"),
    words("language"),
    words("sent_on", optional=True),
    words("opening", optional=True),
    words("closing", optional=True),
    words("wrap_ups"),
    words("withdrawn"),
    words("limits"),
    words("recommendation", optional=True),
    words("recommendation_words"),
    words("recommended_at", optional=True),
    parent("recommended_by", "people", optional=True),
    words("signed_at", optional=True),
    parent("signed_by", "people", optional=True),
    whole("base_seq"),
    words("base_hash"),
    Index("audits_of_engagement", "engagement_id"),
    Index("audits_of_assessment", "assessment_id", unique=True, sqlite_where=text("deleted_at IS NULL")),
)

AUDIT_SLOTS = record_table(
    "audit_slots",
    parent("audit_id", "audits"),
    words("on"),
    words("begins"),
    words("ends"),
    words("area_id", optional=True),
    words("words"),
    parent("auditor_id", "people", optional=True),
    words("with_whom"),
    Index("audit_slots_of_audit", "audit_id"),
)

AUDIT_SAMPLES = record_table(
    "audit_samples",
    parent("audit_id", "audits"),
    words("checkpoint_id"),
    words("source"),
    words("list_name"),
    words("fingerprint"),
    whole("population"),
    whole("seed"),
    words("drawn"),
    words("strata"),
    words("stratified_by"),
    words("replaced"),
    whole("blanks"),
    whole("repeats"),
    words("drawn_at", optional=True),
    Index("audit_samples_of_audit", "audit_id"),
)

AUDIT_LOOKS = record_table(
    "audit_looks",
    parent("audit_id", "audits"),
    words("checkpoint_id"),
    words("interviews"),
    words("observed"),
    words("records"),
    words("seen_how", optional=True),
    whole("is_live"),
    whole("is_repeated"),
    words("no_sample"),
    Index(
        "audit_looks_of_audit",
        "audit_id",
        "checkpoint_id",
        unique=True,
        sqlite_where=text("deleted_at IS NULL"),
    ),
)

TIES = record_table(
    "ties",
    parent("person_id", "people"),
    parent("dealership_id", "dealerships"),
    words("kind"),
    words("from_on", optional=True),
    words("until_on", optional=True),
    words("words"),
    Index("ties_of_dealership", "dealership_id"),
)

SEALS = record_table(
    "seals",
    parent("audit_id", "audits"),
    parent("assessment_id", "assessments"),
    parent("engagement_id", "engagements"),
    Column("edition", Text, ForeignKey("editions.hash"), nullable=False),
    words("sealed_at"),
    words("report_digest"),
    words("content_digest"),
    whole("log_seq"),
    words("log_hash"),
    Index("seals_of_assessment", "assessment_id", unique=True),
    Index("seals_of_audit", "audit_id", unique=True),
)

CERTIFICATION_DECISIONS = record_table(
    "certification_decisions",
    parent("engagement_id", "engagements"),
    parent("audit_id", "audits"),
    words("outcome"),
    words("decided_on"),
    words("decided_at"),
    parent("decided_by", "people"),
    words("report_digest"),
    words("words"),
    parent("follows", "certification_decisions", optional=True),
    Index("certification_decisions_of_engagement", "engagement_id"),
)

APPEALS = record_table(
    "appeals",
    parent("engagement_id", "engagements"),
    parent("audit_id", "audits"),
    words("received_on"),
    words("raised_by"),
    words("words"),
    parent("decision_id", "certification_decisions", optional=True),
    words("outcome", optional=True),
    words("answer"),
    words("answered_on", optional=True),
    parent("answered_by", "people", optional=True),
    Index("appeals_of_engagement", "engagement_id"),
)

CERTIFICATES = record_table(
    "certificates",
    parent("engagement_id", "engagements"),
    parent("audit_id", "audits"),
    parent("decision_id", "certification_decisions"),
    words("number"),
    words("holder"),
    words("address"),
    words("scope"),
    Column("edition", Text, ForeignKey("editions.hash"), nullable=False),
    words("level"),
    words("audited_from"),
    words("audited_to"),
    words("decided_on"),
    words("valid_from"),
    words("valid_until"),
    whole("is_conditional"),
    words("events"),
    parent("replaces", "certificates", optional=True),
    Index("certificates_of_engagement", "engagement_id"),
)

SIGNERS = record_table(
    "signers",
    words("fingerprint"),
    words("name"),
    parent("person_id", "people", optional=True),
    words("valid_from", optional=True),
    words("valid_until", optional=True),
    whole("is_trial"),
    words("revoked_on", optional=True),
    words("revoked_reason"),
    Index("signers_by_fingerprint", "fingerprint", unique=True, sqlite_where=text("deleted_at IS NULL")),
)

ISSUED_FILES = record_table(
    "issued_files",
    parent("engagement_id", "engagements"),
    parent("audit_id", "audits"),
    words("kind"),
    words("number"),
    whole("revision"),
    words("language"),
    words("name"),
    words("digest"),
    words("content_digest"),
    whole("size"),
    words("issued_at"),
    parent("signer_id", "signers"),
    whole("log_seq"),
    words("log_hash"),
    whole("is_trial"),
    parent("certificate_id", "certificates", optional=True),
    parent("replaces", "issued_files", optional=True),
    words("revoked_on", optional=True),
    words("revoked_reason"),
    Index("issued_files_of_engagement", "engagement_id"),
)

TABLES: Final[tuple[Table, ...]] = (
    AUDITS,
    AUDIT_SLOTS,
    AUDIT_SAMPLES,
    AUDIT_LOOKS,
    TIES,
    SEALS,
    CERTIFICATION_DECISIONS,
    APPEALS,
    CERTIFICATES,
    SIGNERS,
    ISSUED_FILES,
)
