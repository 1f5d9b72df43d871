"""The tables of a workspace as they are today; migrations spell out their own. Those of the coaching year stand in `programme_tables`, those of audits in `audit_tables`."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text, text

from qma_app.storage import audit_tables, programme_tables
from qma_app.storage.columns import METADATA, later_parent, parent, record_table, whole, words

__all__ = ["AUDIT_TABLES", "METADATA", "PROGRAMME_TABLES", "SEARCH_TEXT"]

PROGRAMME_TABLES = programme_tables.TABLES
AUDIT_TABLES = audit_tables.TABLES

EDITIONS = Table(
    "editions",
    METADATA,
    Column("hash", Text, primary_key=True),
    Column("standard", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("stored_at", Text, nullable=False),
    Column("content", Text, nullable=False),
)

DEALERSHIPS = record_table(
    "dealerships",
    words("name"),
    words("code"),
    words("country"),
    words("city"),
    whole("is_sample"),
    words("archived_at", optional=True),
    words("note"),
    words("region", later=""),
    words("language", later=""),
)

SITES = record_table(
    "sites",
    parent("dealership_id", "dealerships"),
    words("name"),
    words("address"),
    words("features"),
    whole("staff", optional=True),
    Index("sites_of_dealership", "dealership_id"),
)

PEOPLE = record_table(
    "people",
    words("name"),
    parent("dealership_id", "dealerships", optional=True),
    words("function"),
    words("email"),
    words("phone"),
    Index("people_of_dealership", "dealership_id"),
)

QUALIFICATIONS = record_table(
    "qualifications",
    parent("person_id", "people"),
    words("role"),
    words("number"),
    words("valid_from", optional=True),
    words("valid_until", optional=True),
    words("training", later=""),
    words("trained_on", optional=True),
    whole("supervised", optional=True),
    words("checked_on", optional=True),
    Index("qualifications_of_person", "person_id"),
)

ENGAGEMENTS = record_table(
    "engagements",
    parent("dealership_id", "dealerships"),
    Column("edition", Text, ForeignKey("editions.hash"), nullable=False),
    words("started_on"),
    whole("months"),
    parent("coach_id", "people", optional=True),
    words("note"),
    later_parent("principal_id", "people"),
    later_parent("officer_id", "people"),
    whole("officer_percent", optional=True),
    words("targets_locked_on", optional=True),
    words("plan_accepted_on", optional=True),
    words("plan_accepted_by", later=""),
    words("ended_on", optional=True),
    words("ended_reason", later=""),
    Index("engagements_of_dealership", "dealership_id"),
)

ASSESSMENTS = record_table(
    "assessments",
    parent("engagement_id", "engagements"),
    whole("number"),
    words("kind"),
    words("started_on"),
    words("scope"),
    parent("assessor_id", "people", optional=True),
    words("completed_at", optional=True),
    words("completed_on", optional=True),
    words("summary"),
    words("remarks"),
    words("reopenings"),
    words("features", optional=True),
    whole("staff", optional=True),
    Column("edition", Text, ForeignKey("editions.hash")),
    whole("is_guided", later="0"),
    Index("assessments_of_engagement", "engagement_id"),
)

RATINGS = record_table(
    "ratings",
    parent("assessment_id", "assessments"),
    words("checkpoint_id"),
    words("outcome"),
    whole("points", optional=True),
    words("reason"),
    words("note"),
    words("sample", optional=True),
    whole("is_as_last_time"),
    words("rated_at", optional=True),
    parent("rated_by", "people", optional=True),
    Index(
        "ratings_of_assessment",
        "assessment_id",
        "checkpoint_id",
        unique=True,
        sqlite_where=text("deleted_at IS NULL"),
    ),
)

FINDINGS = record_table(
    "findings",
    parent("engagement_id", "engagements"),
    whole("number"),
    words("grade"),
    words("statement"),
    words("requirement"),
    words("evidence"),
    words("checkpoint_id", optional=True),
    parent("assessment_id", "assessments", optional=True),
    words("grade_reason"),
    words("seen_on", optional=True),
    words("place"),
    words("owner"),
    words("due_on", optional=True),
    parent("raised_by", "people", optional=True),
    words("closed_on", optional=True),
    words("closing_note"),
    words("reply", optional=True),
    words("reply_words", later=""),
    words("reply_by", later=""),
    words("replied_on", optional=True),
    words("correction", later=""),
    words("corrected_on", optional=True),
    words("elsewhere", optional=True),
    words("elsewhere_words", later=""),
    words("cost", optional=True),
    words("plan_accepted_on", optional=True),
    later_parent("plan_accepted_by", "people"),
    whole("reopened", later="0"),
    Index("findings_of_engagement", "engagement_id"),
)

EVIDENCE = record_table(
    "evidence",
    parent("engagement_id", "engagements"),
    words("kind"),
    words("name"),
    words("media_type"),
    words("digest"),
    words("original_digest"),
    whole("size"),
    words("taken_in_at"),
    whole("width", optional=True),
    whole("height", optional=True),
    words("paper_digest", optional=True),
    words("thumbnail_digest", optional=True),
    words("made_on", optional=True),
    words("valid_from", optional=True),
    words("valid_until", optional=True),
    words("caption"),
    later_parent("taken_in_by", "people"),
    words("consent", optional=True),
    words("consent_words", later=""),
    words("marks", later="[]"),
    words("shared_digest", optional=True),
    later_parent("revision_of", "evidence"),
    whole("revision", later="1"),
    Index("evidence_of_engagement", "engagement_id"),
)

EVIDENCE_LINKS = record_table(
    "evidence_links",
    parent("evidence_id", "evidence"),
    parent("assessment_id", "assessments", optional=True),
    words("checkpoint_id", optional=True),
    parent("finding_id", "findings", optional=True),
    Index("links_of_evidence", "evidence_id"),
    Index("links_of_assessment", "assessment_id", "checkpoint_id"),
    later_parent("action_id", "actions"),
    later_parent("verification_id", "verifications"),
    later_parent("visit_id", "visits"),
    later_parent("charter_id", "charters"),
    Index("links_of_visit", "visit_id"),
    Index("links_of_finding", "finding_id"),
    Index("links_of_action", "action_id"),
)

SIGHTINGS = record_table(
    "sightings",
    parent("engagement_id", "engagements"),
    parent("finding_id", "findings"),
    words("seen_on"),
    words("place"),
    words("words"),
    parent("assessment_id", "assessments", optional=True),
    words("checkpoint_id", optional=True),
    parent("seen_by", "people", optional=True),
    Index("sightings_of_engagement", "engagement_id"),
    Index("sightings_of_finding", "finding_id"),
)

CAUSES = record_table(
    "causes",
    parent("engagement_id", "engagements"),
    parent("finding_id", "findings"),
    words("words"),
    parent("parent_id", "causes", optional=True),
    whole("place"),
    words("category"),
    words("origin"),
    whole("is_changeable"),
    Index("causes_of_engagement", "engagement_id"),
    Index("causes_of_finding", "finding_id"),
)

ACTIONS = record_table(
    "actions",
    parent("engagement_id", "engagements"),
    whole("number"),
    words("what"),
    words("owner"),
    parent("owner_id", "people", optional=True),
    words("due_on", optional=True),
    words("check_on", optional=True),
    words("started_on", optional=True),
    words("done_on", optional=True),
    words("effective_on", optional=True),
    words("standardised_on", optional=True),
    words("standardised_in"),
    words("dropped_on", optional=True),
    words("dropped_reason"),
    words("problem"),
    words("problem_figure", optional=True),
    words("goal"),
    words("goal_figure", optional=True),
    words("unit"),
    words("kpi"),
    words("proof"),
    whole("effort", optional=True),
    whole("cx", optional=True),
    whole("ex", optional=True),
    whole("profit", optional=True),
    whole("confidence", optional=True),
    words("money_low", optional=True),
    words("money_likely", optional=True),
    words("money_high", optional=True),
    words("money_confirmed_by"),
    words("money_confirmed_on", optional=True),
    parent("counted_in", "actions", optional=True),
    words("from_checkpoint", optional=True),
    whole("is_proposal"),
    words("proposed_by"),
    whole("reopened"),
    words("note"),
    Index("actions_of_engagement", "engagement_id"),
)

ACTION_LINKS = record_table(
    "action_links",
    parent("action_id", "actions"),
    parent("finding_id", "findings"),
    parent("cause_id", "causes", optional=True),
    Index("action_links_of_action", "action_id"),
    Index("action_links_of_finding", "finding_id"),
)

VERIFICATIONS = record_table(
    "verifications",
    parent("engagement_id", "engagements"),
    words("kind"),
    parent("action_id", "actions", optional=True),
    parent("finding_id", "findings", optional=True),
    words("planned_for", optional=True),
    words("effect", optional=True),
    words("verified_on", optional=True),
    parent("verified_by", "people", optional=True),
    words("words"),
    words("reason"),
    whole("population", optional=True),
    whole("size", optional=True),
    whole("allowed", optional=True),
    whole("failing", optional=True),
    whole("seed", optional=True),
    words("drawn"),
    words("drawn_of"),
    words("drawn_by"),
    words("kpi"),
    words("before_from", optional=True),
    words("before_until", optional=True),
    words("after_from", optional=True),
    words("after_until", optional=True),
    words("readings"),
    words("checkpoint_id", optional=True),
    parent("assessment_id", "assessments", optional=True),
    whole("points", optional=True),
    Index("verifications_of_engagement", "engagement_id"),
    Index("verifications_of_action", "action_id"),
    Index("verifications_of_finding", "finding_id"),
)

READINGS = record_table(
    "readings",
    parent("engagement_id", "engagements"),
    words("kpi"),
    words("month"),
    words("numerator"),
    words("denominator", optional=True),
    words("note"),
    Index(
        "readings_of_engagement",
        "engagement_id",
        "kpi",
        "month",
        unique=True,
        sqlite_where=text("deleted_at IS NULL"),
    ),
)

PHOTO_PAIRS = record_table(
    "photo_pairs",
    parent("engagement_id", "engagements"),
    parent("before_id", "evidence"),
    parent("after_id", "evidence"),
    parent("finding_id", "findings", optional=True),
    words("words"),
    Index("photo_pairs_of_engagement", "engagement_id"),
    Index("photo_pairs_of_finding", "finding_id"),
)

UPGRADES = record_table(
    "upgrades",
    parent("engagement_id", "engagements"),
    Column("from_edition", Text, ForeignKey("editions.hash"), nullable=False),
    Column("to_edition", Text, ForeignKey("editions.hash"), nullable=False),
    words("decided_on"),
    words("carried"),
    Index("upgrades_of_engagement", "engagement_id"),
)

SETTINGS = record_table("settings", words("value"))

CHANGE_LOG = Table(
    "change_log",
    METADATA,
    Column("seq", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("who", Text),
    Column("what", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("hash", Text, nullable=False),
)

LOG_VALUES = Table(
    "log_values",
    METADATA,
    Column("seq", Integer, nullable=False),
    Column("record_id", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("salt", Text, nullable=False),
    Column("value", Text, nullable=False),
    Index("log_values_of_record", "record_id", "field", "seq"),
)

SEARCH_ROWS = Table(
    "search_rows",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("record_id", Text, nullable=False),
    Column("engagement_id", Text),
    Column("edition", Text),
    Column("language", Text),
    Index("search_rows_of_record", "record_id"),
)

SEARCH_TEXT = "CREATE VIRTUAL TABLE search_text USING fts5(text, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3')"
