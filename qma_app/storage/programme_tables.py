"""The tables of the coaching year: targets, plan, visits, promises, reviews, and what the portfolio is read from."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text, text

from qma_app.storage.columns import METADATA, parent, record_table, whole, words


def _of_engagement(name: str) -> Index:
    return Index(f"{name}_of_engagement", "engagement_id")


CLOSING_DAYS = record_table(
    "closing_days",
    parent("dealership_id", "dealerships"),
    words("first_on"),
    words("last_on"),
    words("words"),
    Index("closing_days_of_dealership", "dealership_id"),
)

TARGETS = record_table(
    "targets",
    parent("engagement_id", "engagements"),
    words("gain"),
    words("kpi"),
    words("goal"),
    words("start", optional=True),
    words("due_on", optional=True),
    words("words"),
    _of_engagement("targets"),
)

CHARTERS = record_table(
    "charters",
    parent("engagement_id", "engagements"),
    words("aim"),
    words("coach_part"),
    words("signed_on", optional=True),
    words("signed_by"),
    words("place"),
    Index("charters_of_engagement", "engagement_id", unique=True, sqlite_where=text("deleted_at IS NULL")),
)

PLANNED_PHASES = record_table(
    "planned_phases",
    parent("engagement_id", "engagements"),
    words("phase"),
    whole("place"),
    words("starts_on"),
    words("ends_on"),
    whole("wave"),
    words("passed_on", optional=True),
    parent("passed_by", "people", optional=True),
    words("passed_reason"),
    words("passed_open"),
    _of_engagement("planned_phases"),
)

PLANNED_AREAS = record_table(
    "planned_areas",
    parent("engagement_id", "engagements"),
    words("area_id"),
    whole("wave"),
    whole("place"),
    words("starts_on", optional=True),
    words("ends_on", optional=True),
    words("left_out"),
    Index(
        "planned_areas_of_engagement",
        "engagement_id",
        "area_id",
        unique=True,
        sqlite_where=text("deleted_at IS NULL"),
    ),
)

GATE_STATEMENTS = record_table(
    "gate_statements",
    parent("engagement_id", "engagements"),
    words("check"),
    words("said_on"),
    words("words"),
    whole("figure", optional=True),
    words("area_id", optional=True),
    parent("said_by", "people", optional=True),
    _of_engagement("gate_statements"),
)

PROCESS_OWNERS = record_table(
    "process_owners",
    parent("engagement_id", "engagements"),
    words("process_id"),
    parent("owner_id", "people", optional=True),
    parent("deputy_id", "people", optional=True),
    words("described_on", optional=True),
    words("described_in"),
    Index(
        "process_owners_of_engagement",
        "engagement_id",
        "process_id",
        unique=True,
        sqlite_where=text("deleted_at IS NULL"),
    ),
)

VISITS = record_table(
    "visits",
    parent("engagement_id", "engagements"),
    whole("number"),
    words("planned_on"),
    words("starts_at"),
    words("ends_at"),
    words("areas"),
    words("purpose"),
    parent("coach_id", "people", optional=True),
    words("bring"),
    words("clock"),
    words("participants"),
    words("summary"),
    words("next_on", optional=True),
    words("signatures"),
    words("closed_at", optional=True),
    words("held_on", optional=True),
    words("cancelled_on", optional=True),
    words("cancelled_reason"),
    _of_engagement("visits"),
    Index("visits_by_day", "planned_on"),
)

AGENDA_ITEMS = record_table(
    "agenda_items",
    parent("engagement_id", "engagements"),
    parent("visit_id", "visits"),
    whole("place"),
    words("title"),
    whole("minutes"),
    words("reason"),
    words("step"),
    words("rule"),
    words("done_at", optional=True),
    words("outcome"),
    _of_engagement("agenda_items"),
    Index("agenda_items_of_visit", "visit_id"),
)

VISIT_NOTES = record_table(
    "visit_notes",
    parent("engagement_id", "engagements"),
    words("words"),
    words("noted_at"),
    parent("visit_id", "visits", optional=True),
    words("checkpoint_id", optional=True),
    parent("finding_id", "findings", optional=True),
    parent("noted_by", "people", optional=True),
    _of_engagement("visit_notes"),
    Index("visit_notes_of_visit", "visit_id"),
)

PROMISES = record_table(
    "promises",
    parent("engagement_id", "engagements"),
    whole("number"),
    words("what"),
    words("who"),
    parent("person_id", "people", optional=True),
    words("made_on", optional=True),
    words("due_on", optional=True),
    whole("is_coachs"),
    parent("charter_id", "charters", optional=True),
    parent("visit_id", "visits", optional=True),
    words("kept_on", optional=True),
    words("broken_on", optional=True),
    words("outcome"),
    _of_engagement("promises"),
)

SPONSOR_CHECKS = record_table(
    "sponsor_checks",
    parent("engagement_id", "engagements"),
    words("quarter"),
    words("checked_on"),
    *(
        whole(answer, optional=True)
        for answer in (
            "attends_opening",
            "attends_closing",
            "holds_reviews",
            "calls_customers",
            "gives_time",
            "gives_money",
        )
    ),
    words("words"),
    parent("checked_by", "people", optional=True),
    Index(
        "sponsor_checks_of_engagement",
        "engagement_id",
        "quarter",
        unique=True,
        sqlite_where=text("deleted_at IS NULL"),
    ),
)

MANAGEMENT_REVIEWS = record_table(
    "management_reviews",
    parent("engagement_id", "engagements"),
    whole("number"),
    words("planned_on", optional=True),
    words("held_on", optional=True),
    words("led_by"),
    words("participants"),
    words("remarks"),
    words("conclusion"),
    _of_engagement("management_reviews"),
)

DECISIONS = record_table(
    "decisions",
    parent("engagement_id", "engagements"),
    parent("review_id", "management_reviews"),
    whole("place"),
    words("words"),
    words("owner"),
    words("due_on", optional=True),
    parent("action_id", "actions", optional=True),
    _of_engagement("decisions"),
    Index("decisions_of_review", "review_id"),
)

STEP_MARKS = record_table(
    "step_marks",
    parent("engagement_id", "engagements"),
    words("step"),
    words("marked_on"),
    words("until", optional=True),
    words("reason"),
    words("title"),
    parent("marked_by", "people", optional=True),
    _of_engagement("step_marks"),
)

ROLLUPS = Table(
    "rollups",
    METADATA,
    Column("engagement_id", Text, ForeignKey("engagements.id"), primary_key=True),
    Column("history", Text, nullable=False),
    Column("counts", Text, nullable=False),
)
"""What the portfolio shows of a programme, derived and kept in the transaction of each edit: `history` the overall levels of its
completed assessments, `counts` numbers and days of what is open; canonical JSON."""

ROLLUP_AREAS = Table(
    "rollup_areas",
    METADATA,
    Column("engagement_id", Text, ForeignKey("engagements.id"), primary_key=True),
    Column("area_id", Text, primary_key=True),
    Column("weighted_points", Integer, nullable=False),
    Column("weight", Integer, nullable=False),
    Column("rated", Integer, nullable=False),
    Column("not_applicable", Integer, nullable=False),
    Column("applicable", Integer, nullable=False),
    Column("unmet_criticals", Integer, nullable=False),
)
"""The standing of one area as sums that an edit moves by a difference."""

TABLES: Final = (
    CLOSING_DAYS,
    TARGETS,
    CHARTERS,
    PLANNED_PHASES,
    PLANNED_AREAS,
    GATE_STATEMENTS,
    PROCESS_OWNERS,
    VISITS,
    AGENDA_ITEMS,
    VISIT_NOTES,
    PROMISES,
    SPONSOR_CHECKS,
    MANAGEMENT_REVIEWS,
    DECISIONS,
    STEP_MARKS,
    ROLLUPS,
    ROLLUP_AREAS,
)
