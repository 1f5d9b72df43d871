"""The guards of signed audits take another form: as after every step they are made anew, so that opening finds none missing."""

from __future__ import annotations

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing in the tables changes."""
