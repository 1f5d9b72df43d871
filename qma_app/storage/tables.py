"""The tables of a workspace as they are today; migrations spell out their own."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, MetaData, Table, Text, text

METADATA = MetaData()


def _record_table(name: str, *columns: Column[object] | Index) -> Table:
    return Table(
        name,
        METADATA,
        Column("id", Text, primary_key=True),
        Column("version", Integer, nullable=False),
        Column("deleted_at", Text),
        *columns,
    )


def _text(name: str, *, optional: bool = False, later: str | None = None) -> Column[object]:
    """`later` is what rows hold that were there before the column."""
    return Column(name, Text, nullable=optional, server_default=later)


def _whole(name: str, *, optional: bool = False, later: str | None = None) -> Column[object]:
    return Column(name, Integer, nullable=optional, server_default=later)


def _parent(name: str, table: str, *, optional: bool = False) -> Column[object]:
    return Column(name, Text, ForeignKey(f"{table}.id"), nullable=optional)


def _later_parent(name: str, table: str) -> Column[object]:
    """A parent named in a column that was added: SQLite writes such a reference behind the column itself."""
    return Column(name, Text, ForeignKey(f"{table}.id"))


EDITIONS = Table(
    "editions",
    METADATA,
    Column("hash", Text, primary_key=True),
    Column("standard", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("stored_at", Text, nullable=False),
    Column("content", Text, nullable=False),
)

DEALERSHIPS = _record_table(
    "dealerships",
    _text("name"),
    _text("code"),
    _text("country"),
    _text("city"),
    _whole("is_sample"),
    _text("archived_at", optional=True),
    _text("note"),
)

SITES = _record_table(
    "sites",
    _parent("dealership_id", "dealerships"),
    _text("name"),
    _text("address"),
    _text("features"),
    _whole("staff", optional=True),
    Index("sites_of_dealership", "dealership_id"),
)

PEOPLE = _record_table(
    "people",
    _text("name"),
    _parent("dealership_id", "dealerships", optional=True),
    _text("function"),
    _text("email"),
    _text("phone"),
    Index("people_of_dealership", "dealership_id"),
)

QUALIFICATIONS = _record_table(
    "qualifications",
    _parent("person_id", "people"),
    _text("role"),
    _text("number"),
    _text("valid_from", optional=True),
    _text("valid_until", optional=True),
    Index("qualifications_of_person", "person_id"),
)

ENGAGEMENTS = _record_table(
    "engagements",
    _parent("dealership_id", "dealerships"),
    Column("edition", Text, ForeignKey("editions.hash"), nullable=False),
    _text("started_on"),
    _whole("months"),
    _parent("coach_id", "people", optional=True),
    _text("note"),
    Index("engagements_of_dealership", "dealership_id"),
)

ASSESSMENTS = _record_table(
    "assessments",
    _parent("engagement_id", "engagements"),
    _whole("number"),
    _text("kind"),
    _text("started_on"),
    _text("scope"),
    _parent("assessor_id", "people", optional=True),
    _text("completed_at", optional=True),
    _text("completed_on", optional=True),
    _text("summary"),
    _text("remarks"),
    _text("reopenings"),
    _text("features", optional=True),
    _whole("staff", optional=True),
    Column("edition", Text, ForeignKey("editions.hash")),
    Index("assessments_of_engagement", "engagement_id"),
)

RATINGS = _record_table(
    "ratings",
    _parent("assessment_id", "assessments"),
    _text("checkpoint_id"),
    _text("outcome"),
    _whole("points", optional=True),
    _text("reason"),
    _text("note"),
    _text("sample", optional=True),
    _whole("is_as_last_time"),
    _text("rated_at", optional=True),
    _parent("rated_by", "people", optional=True),
    Index(
        "ratings_of_assessment",
        "assessment_id",
        "checkpoint_id",
        unique=True,
        sqlite_where=text("deleted_at IS NULL"),
    ),
)

FINDINGS = _record_table(
    "findings",
    _parent("engagement_id", "engagements"),
    _whole("number"),
    _text("grade"),
    _text("statement"),
    _text("requirement"),
    _text("evidence"),
    _text("checkpoint_id", optional=True),
    _parent("assessment_id", "assessments", optional=True),
    _text("grade_reason"),
    _text("seen_on", optional=True),
    _text("place"),
    _text("owner"),
    _text("due_on", optional=True),
    _parent("raised_by", "people", optional=True),
    _text("closed_on", optional=True),
    _text("closing_note"),
    _text("reply", optional=True),
    _text("reply_words", later=""),
    _text("reply_by", later=""),
    _text("replied_on", optional=True),
    _text("correction", later=""),
    _text("corrected_on", optional=True),
    _text("elsewhere", optional=True),
    _text("elsewhere_words", later=""),
    _text("cost", optional=True),
    _text("plan_accepted_on", optional=True),
    _later_parent("plan_accepted_by", "people"),
    _whole("reopened", later="0"),
    Index("findings_of_engagement", "engagement_id"),
)

EVIDENCE = _record_table(
    "evidence",
    _parent("engagement_id", "engagements"),
    _text("kind"),
    _text("name"),
    _text("media_type"),
    _text("digest"),
    _text("original_digest"),
    _whole("size"),
    _text("taken_in_at"),
    _whole("width", optional=True),
    _whole("height", optional=True),
    _text("paper_digest", optional=True),
    _text("thumbnail_digest", optional=True),
    _text("made_on", optional=True),
    _text("valid_from", optional=True),
    _text("valid_until", optional=True),
    _text("caption"),
    _later_parent("taken_in_by", "people"),
    _text("consent", optional=True),
    _text("consent_words", later=""),
    _text("marks", later="[]"),
    _text("shared_digest", optional=True),
    _later_parent("revision_of", "evidence"),
    _whole("revision", later="1"),
    Index("evidence_of_engagement", "engagement_id"),
)

EVIDENCE_LINKS = _record_table(
    "evidence_links",
    _parent("evidence_id", "evidence"),
    _parent("assessment_id", "assessments", optional=True),
    _text("checkpoint_id", optional=True),
    _parent("finding_id", "findings", optional=True),
    Index("links_of_evidence", "evidence_id"),
    Index("links_of_assessment", "assessment_id", "checkpoint_id"),
    _later_parent("action_id", "actions"),
    _later_parent("verification_id", "verifications"),
    Index("links_of_finding", "finding_id"),
    Index("links_of_action", "action_id"),
)

SIGHTINGS = _record_table(
    "sightings",
    _parent("engagement_id", "engagements"),
    _parent("finding_id", "findings"),
    _text("seen_on"),
    _text("place"),
    _text("words"),
    _parent("assessment_id", "assessments", optional=True),
    _text("checkpoint_id", optional=True),
    _parent("seen_by", "people", optional=True),
    Index("sightings_of_engagement", "engagement_id"),
    Index("sightings_of_finding", "finding_id"),
)

CAUSES = _record_table(
    "causes",
    _parent("engagement_id", "engagements"),
    _parent("finding_id", "findings"),
    _text("words"),
    _parent("parent_id", "causes", optional=True),
    _whole("place"),
    _text("category"),
    _text("origin"),
    _whole("is_changeable"),
    Index("causes_of_engagement", "engagement_id"),
    Index("causes_of_finding", "finding_id"),
)

ACTIONS = _record_table(
    "actions",
    _parent("engagement_id", "engagements"),
    _whole("number"),
    _text("what"),
    _text("owner"),
    _parent("owner_id", "people", optional=True),
    _text("due_on", optional=True),
    _text("check_on", optional=True),
    _text("started_on", optional=True),
    _text("done_on", optional=True),
    _text("effective_on", optional=True),
    _text("standardised_on", optional=True),
    _text("standardised_in"),
    _text("dropped_on", optional=True),
    _text("dropped_reason"),
    _text("problem"),
    _text("problem_figure", optional=True),
    _text("goal"),
    _text("goal_figure", optional=True),
    _text("unit"),
    _text("kpi"),
    _text("proof"),
    _whole("effort", optional=True),
    _whole("cx", optional=True),
    _whole("ex", optional=True),
    _whole("profit", optional=True),
    _whole("confidence", optional=True),
    _text("money_low", optional=True),
    _text("money_likely", optional=True),
    _text("money_high", optional=True),
    _text("money_confirmed_by"),
    _text("money_confirmed_on", optional=True),
    _parent("counted_in", "actions", optional=True),
    _text("from_checkpoint", optional=True),
    _whole("is_proposal"),
    _text("proposed_by"),
    _whole("reopened"),
    _text("note"),
    Index("actions_of_engagement", "engagement_id"),
)

ACTION_LINKS = _record_table(
    "action_links",
    _parent("action_id", "actions"),
    _parent("finding_id", "findings"),
    _parent("cause_id", "causes", optional=True),
    Index("action_links_of_action", "action_id"),
    Index("action_links_of_finding", "finding_id"),
)

VERIFICATIONS = _record_table(
    "verifications",
    _parent("engagement_id", "engagements"),
    _text("kind"),
    _parent("action_id", "actions", optional=True),
    _parent("finding_id", "findings", optional=True),
    _text("planned_for", optional=True),
    _text("effect", optional=True),
    _text("verified_on", optional=True),
    _parent("verified_by", "people", optional=True),
    _text("words"),
    _text("reason"),
    _whole("population", optional=True),
    _whole("size", optional=True),
    _whole("allowed", optional=True),
    _whole("failing", optional=True),
    _whole("seed", optional=True),
    _text("drawn"),
    _text("drawn_of"),
    _text("drawn_by"),
    _text("kpi"),
    _text("before_from", optional=True),
    _text("before_until", optional=True),
    _text("after_from", optional=True),
    _text("after_until", optional=True),
    _text("readings"),
    _text("checkpoint_id", optional=True),
    _parent("assessment_id", "assessments", optional=True),
    _whole("points", optional=True),
    Index("verifications_of_engagement", "engagement_id"),
    Index("verifications_of_action", "action_id"),
    Index("verifications_of_finding", "finding_id"),
)

READINGS = _record_table(
    "readings",
    _parent("engagement_id", "engagements"),
    _text("kpi"),
    _text("month"),
    _text("numerator"),
    _text("denominator", optional=True),
    _text("note"),
    Index(
        "readings_of_engagement",
        "engagement_id",
        "kpi",
        "month",
        unique=True,
        sqlite_where=text("deleted_at IS NULL"),
    ),
)

PHOTO_PAIRS = _record_table(
    "photo_pairs",
    _parent("engagement_id", "engagements"),
    _parent("before_id", "evidence"),
    _parent("after_id", "evidence"),
    _parent("finding_id", "findings", optional=True),
    _text("words"),
    Index("photo_pairs_of_engagement", "engagement_id"),
    Index("photo_pairs_of_finding", "finding_id"),
)

UPGRADES = _record_table(
    "upgrades",
    _parent("engagement_id", "engagements"),
    Column("from_edition", Text, ForeignKey("editions.hash"), nullable=False),
    Column("to_edition", Text, ForeignKey("editions.hash"), nullable=False),
    _text("decided_on"),
    _text("carried"),
    Index("upgrades_of_engagement", "engagement_id"),
)

SETTINGS = _record_table("settings", _text("value"))

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
