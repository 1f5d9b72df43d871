"""What a signed audit rests on can be neither changed nor added to nor taken away: triggers on every table it rests on.

A seal names the audit, its assessment and its edition. The triggers ask the seals, so a new seal needs no new trigger; a step that rebuilds
a table makes them again, and each opening of a workspace looks whether all are there. What was issued and decided never changes
either. Triggers can be dropped by whoever holds the key: what is changed then is found by the change log.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from sqlite3 import Connection, Cursor
from typing import Final

REFUSED: Final = "sealed by a signed audit"
"""What a trigger says; whoever hears it names the way out."""

_PREFIX: Final = "sealed_"
"""What the names of all guards begin with."""
_SEALED: Final = "SELECT 1 FROM seals WHERE {column} = {row}.{field}"
_BY_COLUMN: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    # table: (column of seals, field of the row)
    "audits": (("audit_id", "id"), ("assessment_id", "assessment_id")),
    "audit_slots": (("audit_id", "audit_id"),),
    "audit_samples": (("audit_id", "audit_id"),),
    "audit_looks": (("audit_id", "audit_id"),),
    "assessments": (("assessment_id", "id"),),
    "ratings": (("assessment_id", "assessment_id"),),
    "sightings": (("assessment_id", "assessment_id"),),
    "evidence_links": (("assessment_id", "assessment_id"),),
    "editions": (("edition", "hash"),),
}
_KEYS: Final[Mapping[str, str]] = {"editions": "hash"}

_OF_FINDING: Final = "SELECT 1 FROM findings AS f JOIN seals AS s ON s.assessment_id = f.assessment_id WHERE f.id = {row}.{field}"
_SEEN_AGAIN: Final = (
    "SELECT 1 FROM sightings AS t JOIN seals AS s ON s.assessment_id = t.assessment_id"
    " WHERE t.finding_id = {row}.{field} AND t.deleted_at IS NULL"
)
"""A finding of the coach that the audit saw again stands in its report as its own do."""
_OF_EVIDENCE: Final = (
    "SELECT 1 FROM evidence_links AS l LEFT JOIN findings AS f ON f.id = l.finding_id"
    " LEFT JOIN sightings AS t ON t.finding_id = l.finding_id AND t.deleted_at IS NULL"
    " JOIN seals AS s ON s.assessment_id IN (l.assessment_id, f.assessment_id, t.assessment_id)"
    " WHERE l.evidence_id = {row}.id AND l.deleted_at IS NULL"
)
_MOVED: Final = "OLD.{key} IS NOT NEW.{key} OR OLD.rowid IS NOT NEW.rowid"
"""UPDATE OR REPLACE could put another row in the place of a sealed one: no row is ever given another id."""

FINDING_WORDS: Final = (
    "id",
    "engagement_id",
    "number",
    "grade",
    "statement",
    "requirement",
    "evidence",
    "checkpoint_id",
    "assessment_id",
    "grade_reason",
    "seen_on",
    "place",
    "raised_by",
    "reply",
    "reply_words",
    "reply_by",
    "replied_on",
    "deleted_at",
)
"""What the report says of a finding; how it is settled afterwards goes on."""

_FIXED: Final[Mapping[str, tuple[str, ...] | None]] = {
    # table: the columns that may change after the row was made; None = none at all
    "seals": None,
    "certification_decisions": None,
    "certificates": ("version", "events"),
    "issued_files": ("version", "revoked_on", "revoked_reason"),
    "signers": (
        "version",
        "name",
        "person_id",
        "valid_from",
        "valid_until",
        "is_trial",
        "revoked_on",
        "revoked_reason",
    ),
}
_KEYS_OF_FIXED: Final[Mapping[str, tuple[str, ...]]] = {
    "seals": ("audit_id", "assessment_id"),
    "signers": ("fingerprint",),
}
"""What only one row may have beside its id: a replacing INSERT takes the other away."""
_REVOKED_ANEW: Final = (
    "(OLD.revoked_on IS NOT NULL"
    " AND (OLD.revoked_on IS NOT NEW.revoked_on OR OLD.revoked_reason IS NOT NEW.revoked_reason))"
)
_CAN_BE_REVOKED: Final = frozenset(("issued_files", "signers"))
"""What was revoked stays revoked, with its words."""


def expected_triggers(columns: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Name and statement of each trigger; `columns` are those of the tables named in it."""
    return dict(_triggers(columns))


def free_columns(table: str) -> frozenset[str]:
    """The columns of a table that may change although its row is fixed."""
    return frozenset(_FIXED.get(table) or ())


def guard(database: Connection | Cursor) -> None:
    """Put back what guards signed audits, as far as this database knows of them."""
    if database.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'seals'").fetchone():
        make_triggers(database)


def lift(database: Connection | Cursor) -> None:
    """Take every guard away, in the transaction that is open and ends with `guard`."""
    there = database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for (name,) in there:
        if name.startswith(_PREFIX):
            database.execute(f'DROP TRIGGER "{name}"')


def make_triggers(database: Connection | Cursor) -> None:
    """Make every trigger anew, in the transaction that is open: after a step that rebuilt a table none is missing."""
    for name, statement in _wanted(database).items():
        database.execute(f'DROP TRIGGER IF EXISTS "{name}"')
        database.execute(statement)


def missing_triggers(database: Connection | Cursor) -> tuple[str, ...]:
    """The triggers that are not there as they should be, by name."""
    there = dict(database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall())
    return tuple(name for name, statement in _wanted(database).items() if there.get(name) != statement)


def _wanted(database: Connection | Cursor) -> dict[str, str]:
    tables = ("findings", *_FIXED)
    return expected_triggers(
        {
            table: tuple(row[1] for row in database.execute(f'PRAGMA table_info("{table}")'))
            for table in tables
        }
    )


def _triggers(columns: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    for table, ties in _BY_COLUMN.items():
        key = _KEYS.get(table, "id")
        old = [_SEALED.format(column=column, row="OLD", field=field) for column, field in ties]
        new = [_SEALED.format(column=column, row="NEW", field=field) for column, field in ties]
        if table == "evidence_links":
            for tied in (_OF_FINDING, _SEEN_AGAIN):
                old.append(tied.format(row="OLD", field="finding_id"))
                new.append(tied.format(row="NEW", field="finding_id"))
        there = [
            f"SELECT 1 FROM {table} AS r WHERE (r.{key} = NEW.{key} OR r.rowid = NEW.rowid) AND ({_any(_row(old, 'r'))})"
        ]  # INSERT OR REPLACE takes the old row away without a word
        yield _trigger(table, "insert", "INSERT", _any([*new, *there]))
        yield _trigger(table, "update", "UPDATE", f"{_MOVED.format(key=key)} OR {_any([*old, *new])}")
        yield _trigger(table, "delete", "DELETE", _any(old))
    yield from _of_findings()
    yield from _of_evidence()
    for table, may_change in _FIXED.items():
        same = " OR ".join(f"{key} = NEW.{key}" for key in ("id", "rowid", *_KEYS_OF_FIXED.get(table, ())))
        yield _trigger(table, "insert", "INSERT", _any([f"SELECT 1 FROM {table} WHERE {same}"]))
        fixed = [name for name in columns[table] if may_change is not None and name not in may_change]
        differs = [f'OLD."{name}" IS NOT NEW."{name}"' for name in fixed]
        if differs:
            differs.append(_MOVED.format(key="id"))
        if table in _CAN_BE_REVOKED:
            differs.append(_REVOKED_ANEW)
        yield _trigger(table, "update", "UPDATE", " OR ".join(differs) or "1")
        yield _trigger(table, "delete", "DELETE", "1")


def _of_findings() -> Iterator[tuple[str, str]]:
    """The words of a finding are sealed, what is done about it is not; none is added to a sealed assessment."""
    old, new = (
        _SEALED.format(column="assessment_id", row=row, field="assessment_id") for row in ("OLD", "NEW")
    )
    seen = _SEEN_AGAIN.format(row="OLD", field="id")
    differs = " OR ".join(f'OLD."{name}" IS NOT NEW."{name}"' for name in FINDING_WORDS)
    there = (
        "SELECT 1 FROM findings AS r WHERE (r.id = NEW.id OR r.rowid = NEW.rowid)"
        f" AND ({_any(_row([old, seen], 'r'))})"
    )
    yield _trigger("findings", "insert", "INSERT", _any([new, there]))
    moved = f"({_any([new])} AND OLD.assessment_id IS NOT NEW.assessment_id) OR {_MOVED.format(key='id')}"
    changed = f"(({_any([old, seen])}) AND ({differs}))"
    yield _trigger("findings", "update", "UPDATE", f"{changed} OR {moved}")
    yield _trigger("findings", "delete", "DELETE", _any([old, seen]))


def _of_evidence() -> Iterator[tuple[str, str]]:
    """The files a sealed rating or finding shows stay as they were."""
    old, new = (_OF_EVIDENCE.format(row=row) for row in ("OLD", "NEW"))
    there = f"SELECT 1 FROM evidence AS r WHERE r.rowid = NEW.rowid AND ({_any(_row([old], 'r'))})"
    yield _trigger("evidence", "insert", "INSERT", _any([new, there]))
    yield _trigger("evidence", "update", "UPDATE", f"{_MOVED.format(key='id')} OR {_any([old])}")
    yield _trigger("evidence", "delete", "DELETE", _any([old]))


def _row(conditions: list[str], alias: str) -> list[str]:
    return [condition.replace("OLD.", f"{alias}.") for condition in conditions]


def _any(conditions: list[str]) -> str:
    return " OR ".join(f"EXISTS ({condition})" for condition in conditions)


def _trigger(table: str, what: str, event: str, when: str) -> tuple[str, str]:
    name = f"{_PREFIX}{table}_{what}"
    return name, (
        f'CREATE TRIGGER "{name}" BEFORE {event} ON "{table}" WHEN {when}'
        f" BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
    )
