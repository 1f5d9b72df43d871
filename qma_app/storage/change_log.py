"""The chained record of every edit: written with the edit, verified at any time, silent about what users typed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from sqlite3 import Cursor
from typing import Any, Final

from qma_app.domain.ids import PersonId
from qma_app.domain.ports import LogHead
from qma_app.domain.record import Change, Record, utc, utc_text
from qma_app.storage.rows import TABLES, RowForm, canonical_json, row_form

LABEL: Final = b"qma-log-1"
GENESIS: Final = ""
EDITION_RECORDS: Final = "editions"


@dataclass(frozen=True, kw_only=True, slots=True)
class LogEntry:
    """One entry as stored; `records` is the decoded list of what changed."""

    seq: int
    at: datetime
    who: PersonId | None
    what: str
    body: str
    hash: str

    @property
    def records(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(self.body)["records"]
        return found


@dataclass(frozen=True, kw_only=True, slots=True)
class LogFault:
    """Where the chain, or a record against it, does not hold; `seq` is None for a record outside any entry."""

    seq: int | None
    reason: str


def entry_hash(previous: str, body: str) -> str:
    """SHA-256 over the label, the previous hash and the entry's canonical JSON."""
    return hashlib.sha256(LABEL + previous.encode() + body.encode()).hexdigest()


def text_digest(salt: str, value: str) -> str:
    """What the log shows of words somebody typed."""
    return hashlib.sha256(f"{salt}\x00{value}".encode()).hexdigest()


def head(cursor: Cursor) -> LogHead:
    """The last entry's number, hash and time; 0 and an empty hash before the first."""
    row = cursor.execute("SELECT seq, hash, at FROM change_log ORDER BY seq DESC LIMIT 1").fetchone()
    return LogHead(seq=row[0], hash=row[1], at=utc(row[2])) if row else LogHead(seq=0, hash=GENESIS, at=None)


def append(
    cursor: Cursor,
    changes: Sequence[Change],
    *,
    what: str,
    at: datetime,
    who: PersonId | None,
    about: dict[str, str],
    new_salt: Callable[[], str],
    extra: Sequence[dict[str, Any]] = (),
) -> LogHead:
    """Write the entry of one edit inside its transaction and give the new head back; `new_salt` gives something nobody can guess."""
    last = cursor.execute("SELECT seq, hash FROM change_log ORDER BY seq DESC LIMIT 1").fetchone() or (
        0,
        GENESIS,
    )
    seq = last[0] + 1
    records = [_record_entry(cursor, seq, change, new_salt) for change in changes]
    records.extend(extra)
    stamp = utc_text(at)
    entry: dict[str, Any] = {
        "seq": seq,
        "at": stamp,
        "who": who,
        "what": {"code": what, **about},
        "records": records,
    }
    body = canonical_json(entry)
    digest = entry_hash(last[1], body)
    cursor.execute(
        "INSERT INTO change_log (seq, at, who, what, body, hash) VALUES (?,?,?,?,?,?)",
        (seq, stamp, who, what, body, digest),
    )
    return LogHead(seq=seq, hash=digest, at=at)


def entries(cursor: Cursor, *, after: int = 0) -> Iterator[LogEntry]:
    """The entries in their order, from the one behind `after` on."""
    for row in cursor.execute(
        "SELECT seq, at, who, what, body, hash FROM change_log WHERE seq > ? ORDER BY seq", (after,)
    ):
        yield LogEntry(seq=row[0], at=utc(row[1]), who=row[2], what=row[3], body=row[4], hash=row[5])


def verify_chain(cursor: Cursor, *, anchors: Sequence[LogHead] = ()) -> tuple[LogFault, ...]:
    """Every place where the chain does not hold, the first one first; anchors find a cut or rewritten tail."""
    faults: list[LogFault] = []
    hashes: dict[int, str] = {0: GENESIS}
    wanted = {anchor.seq for anchor in anchors}
    previous, expected = GENESIS, 1
    for seq, at, who, what, body, digest in cursor.execute(
        "SELECT seq, at, who, what, body, hash FROM change_log ORDER BY seq"
    ):
        if seq != expected:
            faults.append(LogFault(seq=seq, reason=f"entry {expected} is missing"))
        if entry_hash(previous, body) != digest:
            faults.append(
                LogFault(seq=seq, reason="its hash does not follow from its content and the entry before")
            )
        elif not _columns_match(seq, at, who, what, body):
            faults.append(LogFault(seq=seq, reason="its columns differ from its content"))
        previous, expected = digest, seq + 1
        if seq in wanted:
            hashes[seq] = digest
    for anchor in anchors:
        if anchor.seq >= expected:
            faults.append(
                LogFault(seq=anchor.seq, reason="the log ends before this entry, which was known outside")
            )
        elif hashes.get(anchor.seq) != anchor.hash:
            faults.append(LogFault(seq=anchor.seq, reason="another hash of this entry was known outside"))
    return tuple(faults)


def verify_records(cursor: Cursor) -> tuple[LogFault, ...]:
    """Every stored record, typed word and edition that differs from what the log last said of it."""
    faults: list[LogFault] = []
    state: dict[tuple[str, str], dict[str, Any]] = {}
    told: dict[tuple[str, str], int] = {}
    for seq, body in cursor.execute("SELECT seq, body FROM change_log ORDER BY seq"):
        for item in json.loads(body)["records"]:
            key = (item["type"], item["id"])
            fields = {name: pair[1] for name, pair in item["set"].items()}
            state.setdefault(key, {}).update(fields)
            told[key] = seq
    digests = {
        (record_id, field, digest): (salt, value)
        for record_id, field, digest, salt, value in cursor.execute(
            "SELECT record_id, field, digest, salt, value FROM log_values"
        )
    }
    for (record_id, field, digest), (salt, value) in digests.items():
        if text_digest(salt, value) != digest:
            faults.append(
                LogFault(seq=None, reason=f"kept words of {field} in {record_id} do not match their digest")
            )
    for kind in TABLES:
        faults.extend(_table_faults(cursor, row_form(kind), state, told, digests))
    faults.extend(_edition_faults(cursor, state))
    return tuple(faults)


def _record_entry(cursor: Cursor, seq: int, change: Change, new_salt: Callable[[], str]) -> dict[str, Any]:
    form: RowForm[Any] = row_form(type(change.after))
    changed: dict[str, list[Any]] = {}
    for field in form.fields:
        old, new = getattr(change.before, field.name, None), getattr(change.after, field.name)
        if old == new or field.name in ("id", "version"):
            continue
        old, new = field.packed(old), field.packed(new)
        if old == new:
            continue
        if field.is_typed:
            old = _known_digest(cursor, change.id, field.name) if old else old
            new = _keep_words(cursor, seq, change.id, field.name, new, new_salt()) if new else new
        changed[field.name] = [old, new]
    return {"type": form.name, "id": change.id, "version": change.after.version, "set": changed}


def _known_digest(cursor: Cursor, record_id: str, field: str) -> str | None:
    row = cursor.execute(
        "SELECT digest FROM log_values WHERE record_id = ? AND field = ? ORDER BY seq DESC LIMIT 1",
        (record_id, field),
    ).fetchone()
    return f"#{row[0]}" if row else None


def _keep_words(cursor: Cursor, seq: int, record_id: str, field: str, value: str, salt: str) -> str:
    digest = text_digest(salt, value)
    cursor.execute(
        "INSERT INTO log_values (seq, record_id, field, digest, salt, value) VALUES (?,?,?,?,?,?)",
        (seq, record_id, field, digest, salt, value),
    )
    return f"#{digest}"


def _columns_match(seq: int, at: str, who: str | None, what: str, body: str) -> bool:
    """Whether the columns say what the hashed content says; content in the form we write it is not parsed for that."""
    by = "null" if who is None else f'"{who}"'
    if body.startswith(f'{{"at":"{at}","records":[') and body.endswith(
        f'],"seq":{seq},"what":{{"code":"{what}"}},"who":{by}}}'
    ):
        return True
    try:
        entry = json.loads(body)
        return bool(
            entry["seq"] == seq
            and entry["at"] == at
            and entry["who"] == who
            and entry["what"]["code"] == what
        )
    except (ValueError, KeyError, TypeError):
        return False


def _table_faults(
    cursor: Cursor,
    form: RowForm[Record],
    state: dict[tuple[str, str], dict[str, Any]],
    told: dict[tuple[str, str], int],
    digests: dict[tuple[str, str, str], tuple[str, str]],
) -> Iterator[LogFault]:
    unseen = {id for table, id in state if table == form.name}
    for row in cursor.execute(form.select).fetchall():
        record_id = row[0]
        unseen.discard(record_id)
        logged = state.get((form.name, record_id))
        if logged is None:
            yield LogFault(seq=None, reason=f"{form.name} {record_id} was never logged")
            continue
        for field, value in zip(form.fields, row, strict=True):
            if field.name in ("id", "version"):
                continue
            said = logged.get(field.name)
            if not _is_as_said(field.is_typed, record_id, field.name, value, said, digests):
                yield LogFault(
                    seq=told[(form.name, record_id)],
                    reason=f"{field.name} of {form.name} {record_id} was changed outside",
                )
    for record_id in sorted(unseen):
        yield LogFault(seq=told[(form.name, record_id)], reason=f"{form.name} {record_id} is gone")


def _is_as_said(
    is_typed: bool,
    record_id: str,
    field: str,
    value: Any,
    said: Any,
    digests: dict[tuple[str, str, str], tuple[str, str]],
) -> bool:
    if not (is_typed and isinstance(said, str) and said.startswith("#")):
        return bool(value == said)
    kept = digests.get((record_id, field, said[1:]))
    return kept is None or kept[1] == value


def _edition_faults(cursor: Cursor, state: dict[tuple[str, str], dict[str, Any]]) -> Iterator[LogFault]:
    for name, content in cursor.execute("SELECT hash, content FROM editions"):
        if hashlib.sha256(content.encode()).hexdigest() != name:
            yield LogFault(seq=None, reason=f"the content of edition {name[:12]} does not match its hash")
        elif (EDITION_RECORDS, name) not in state:
            yield LogFault(seq=None, reason=f"edition {name[:12]} was never logged")
