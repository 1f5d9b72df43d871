"""A programme can go over to another edition: assessments name theirs, and each change of edition is a record."""

from __future__ import annotations

from typing import Final

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

STATEMENTS: Final = (
    "ALTER TABLE assessments ADD COLUMN edition TEXT REFERENCES editions (hash)",
    """CREATE TABLE upgrades (
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    deleted_at TEXT,
    engagement_id TEXT NOT NULL,
    from_edition TEXT NOT NULL,
    to_edition TEXT NOT NULL,
    decided_on TEXT NOT NULL,
    carried TEXT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(engagement_id) REFERENCES engagements (id),
    FOREIGN KEY(from_edition) REFERENCES editions (hash),
    FOREIGN KEY(to_edition) REFERENCES editions (hash)
)""",
    "CREATE INDEX upgrades_of_engagement ON upgrades (engagement_id)",
)


def upgrade() -> None:
    """Add the column and the table; nothing that is there changes."""
    for statement in STATEMENTS:
        op.execute(statement)
