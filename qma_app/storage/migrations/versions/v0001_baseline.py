"""The first form of a workspace."""

from __future__ import annotations

from typing import Final

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

STATEMENTS: Final = (
    """CREATE TABLE change_log (
    seq INTEGER NOT NULL,
    at TEXT NOT NULL,
    who TEXT,
    what TEXT NOT NULL,
    body TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (seq)
)""",
    """CREATE TABLE dealerships (
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    deleted_at TEXT,
    name TEXT NOT NULL,
    code TEXT NOT NULL,
    country TEXT NOT NULL,
    city TEXT NOT NULL,
    is_sample INTEGER NOT NULL,
    archived_at TEXT,
    note TEXT NOT NULL,
    PRIMARY KEY (id)
)""",
    """CREATE TABLE editions (
    hash TEXT NOT NULL,
    standard TEXT NOT NULL,
    version TEXT NOT NULL,
    stored_at TEXT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (hash)
)""",
    """CREATE TABLE log_values (
    seq INTEGER NOT NULL,
    record_id TEXT NOT NULL,
    field TEXT NOT NULL,
    digest TEXT NOT NULL,
    salt TEXT NOT NULL,
    value TEXT NOT NULL
)""",
    "CREATE INDEX log_values_of_record ON log_values (record_id, field, seq)",
    """CREATE TABLE search_rows (
    number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    record_id TEXT NOT NULL,
    engagement_id TEXT,
    edition TEXT,
    language TEXT,
    PRIMARY KEY (number)
)""",
    "CREATE INDEX search_rows_of_record ON search_rows (record_id)",
    """CREATE TABLE settings (
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    deleted_at TEXT,
    value TEXT NOT NULL,
    PRIMARY KEY (id)
)""",
    """CREATE TABLE people (
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    deleted_at TEXT,
    name TEXT NOT NULL,
    dealership_id TEXT,
    function TEXT NOT NULL,
    email TEXT NOT NULL,
    phone TEXT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(dealership_id) REFERENCES dealerships (id)
)""",
    "CREATE INDEX people_of_dealership ON people (dealership_id)",
    """CREATE TABLE sites (
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    deleted_at TEXT,
    dealership_id TEXT NOT NULL,
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    features TEXT NOT NULL,
    staff INTEGER,
    PRIMARY KEY (id),
    FOREIGN KEY(dealership_id) REFERENCES dealerships (id)
)""",
    "CREATE INDEX sites_of_dealership ON sites (dealership_id)",
    """CREATE TABLE engagements (
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    deleted_at TEXT,
    dealership_id TEXT NOT NULL,
    edition TEXT NOT NULL,
    started_on TEXT NOT NULL,
    months INTEGER NOT NULL,
    coach_id TEXT,
    note TEXT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(dealership_id) REFERENCES dealerships (id),
    FOREIGN KEY(edition) REFERENCES editions (hash),
    FOREIGN KEY(coach_id) REFERENCES people (id)
)""",
    "CREATE INDEX engagements_of_dealership ON engagements (dealership_id)",
    """CREATE TABLE qualifications (
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    deleted_at TEXT,
    person_id TEXT NOT NULL,
    role TEXT NOT NULL,
    number TEXT NOT NULL,
    valid_from TEXT,
    valid_until TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(person_id) REFERENCES people (id)
)""",
    "CREATE INDEX qualifications_of_person ON qualifications (person_id)",
    """CREATE TABLE assessments (
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    deleted_at TEXT,
    engagement_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    started_on TEXT NOT NULL,
    scope TEXT NOT NULL,
    assessor_id TEXT,
    completed_at TEXT,
    completed_on TEXT,
    summary TEXT NOT NULL,
    remarks TEXT NOT NULL,
    reopenings TEXT NOT NULL,
    features TEXT,
    staff INTEGER,
    PRIMARY KEY (id),
    FOREIGN KEY(engagement_id) REFERENCES engagements (id),
    FOREIGN KEY(assessor_id) REFERENCES people (id)
)""",
    "CREATE INDEX assessments_of_engagement ON assessments (engagement_id)",
    """CREATE TABLE evidence (
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    deleted_at TEXT,
    engagement_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    digest TEXT NOT NULL,
    original_digest TEXT NOT NULL,
    size INTEGER NOT NULL,
    taken_in_at TEXT NOT NULL,
    width INTEGER,
    height INTEGER,
    paper_digest TEXT,
    thumbnail_digest TEXT,
    made_on TEXT,
    valid_from TEXT,
    valid_until TEXT,
    caption TEXT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(engagement_id) REFERENCES engagements (id)
)""",
    "CREATE INDEX evidence_of_engagement ON evidence (engagement_id)",
    """CREATE TABLE findings (
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    deleted_at TEXT,
    engagement_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    grade TEXT NOT NULL,
    statement TEXT NOT NULL,
    requirement TEXT NOT NULL,
    evidence TEXT NOT NULL,
    checkpoint_id TEXT,
    assessment_id TEXT,
    grade_reason TEXT NOT NULL,
    seen_on TEXT,
    place TEXT NOT NULL,
    owner TEXT NOT NULL,
    due_on TEXT,
    raised_by TEXT,
    closed_on TEXT,
    closing_note TEXT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(engagement_id) REFERENCES engagements (id),
    FOREIGN KEY(assessment_id) REFERENCES assessments (id),
    FOREIGN KEY(raised_by) REFERENCES people (id)
)""",
    "CREATE INDEX findings_of_engagement ON findings (engagement_id)",
    """CREATE TABLE ratings (
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    deleted_at TEXT,
    assessment_id TEXT NOT NULL,
    checkpoint_id TEXT NOT NULL,
    outcome TEXT NOT NULL,
    points INTEGER,
    reason TEXT NOT NULL,
    note TEXT NOT NULL,
    sample TEXT,
    is_as_last_time INTEGER NOT NULL,
    rated_at TEXT,
    rated_by TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(assessment_id) REFERENCES assessments (id),
    FOREIGN KEY(rated_by) REFERENCES people (id)
)""",
    "CREATE UNIQUE INDEX ratings_of_assessment ON ratings (assessment_id, checkpoint_id) WHERE deleted_at IS NULL",
    """CREATE TABLE evidence_links (
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    deleted_at TEXT,
    evidence_id TEXT NOT NULL,
    assessment_id TEXT,
    checkpoint_id TEXT,
    finding_id TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(evidence_id) REFERENCES evidence (id),
    FOREIGN KEY(assessment_id) REFERENCES assessments (id),
    FOREIGN KEY(finding_id) REFERENCES findings (id)
)""",
    "CREATE INDEX links_of_assessment ON evidence_links (assessment_id, checkpoint_id)",
    "CREATE INDEX links_of_evidence ON evidence_links (evidence_id)",
    "CREATE INDEX links_of_finding ON evidence_links (finding_id)",
    "CREATE VIRTUAL TABLE search_text USING fts5(text, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3')",
)


def upgrade() -> None:
    """Make every table of the first release."""
    for statement in STATEMENTS:
        op.execute(statement)
