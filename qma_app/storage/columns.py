"""The pieces tables are written with: what every record has, and the kinds of columns."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, MetaData, Table, Text

METADATA = MetaData()


def record_table(name: str, *columns: Column[object] | Index) -> Table:
    """A table of records: id, version and the mark of the bin come before its own columns."""
    return Table(
        name,
        METADATA,
        Column("id", Text, primary_key=True),
        Column("version", Integer, nullable=False),
        Column("deleted_at", Text),
        *columns,
    )


def words(name: str, *, optional: bool = False, later: str | None = None) -> Column[object]:
    """A text; `later` is what rows hold that were there before the column."""
    return Column(name, Text, nullable=optional, server_default=later)


def whole(name: str, *, optional: bool = False, later: str | None = None) -> Column[object]:
    """A whole number, or a yes and no; `later` as with texts."""
    return Column(name, Integer, nullable=optional, server_default=later)


def parent(name: str, table: str, *, optional: bool = False) -> Column[object]:
    """The id of a record in another table."""
    return Column(name, Text, ForeignKey(f"{table}.id"), nullable=optional)


def later_parent(name: str, table: str) -> Column[object]:
    """A parent named in a column that was added: SQLite writes such a reference behind the column itself."""
    return Column(name, Text, ForeignKey(f"{table}.id"))
