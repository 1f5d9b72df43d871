"""The chained record of every edit: written with the edit, verified at any time, silent about what users typed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from sqlite3 import Cursor
from typing import Any, Final

from qma_app.domain.ids import PersonId
from qma_app.domain.plain_text import all_composed, composed
from qma_app.domain.ports import LogHead
from qma_app.domain.record import Change, Record, utc, utc_text
from qma_app.errors import StorageTrouble
from qma_app.i18n import _
from qma_app.storage.field_forms import canonical_json
from qma_app.storage.rows import TABLES, RowForm, row_form

LABEL: Final = b"qma-log-1"
GENESIS: Final = ""
EDITION_RECORDS: Final = "editions"
_ENTRIES_AT_ONCE: Final = 500
_decoded = json.JSONDecoder().raw_decode


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
    """The last entry's number, hash and time (None where that was tampered with); 0 and an empty hash before the first."""
    row = cursor.execute("SELECT seq, hash, at FROM change_log ORDER BY seq DESC LIMIT 1").fetchone()
    if row is None:
        return LogHead(seq=0, hash=GENESIS, at=None)
    try:
        return LogHead(seq=row[0], hash=row[1], at=utc(row[2]))
    except (TypeError, ValueError):
        return LogHead(seq=row[0], hash=row[1], at=None)


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
    if not body.isascii():
        body = canonical_json(all_composed(entry))
    digest = entry_hash(last[1], body)
    cursor.execute(
        "INSERT INTO change_log (seq, at, who, what, body, hash) VALUES (?,?,?,?,?,?)",
        (seq, stamp, who, what, body, digest),
    )
    return LogHead(seq=seq, hash=digest, at=at)


def entries(cursor: Cursor, *, after: int = 0) -> Iterator[LogEntry]:
    """The entries in their order, from the one behind `after` on; other questions may be asked in between."""
    while rows := cursor.execute(
        "SELECT seq, at, who, what, body, hash FROM change_log WHERE seq > ? ORDER BY seq LIMIT ?",
        (after, _ENTRIES_AT_ONCE),
    ).fetchall():
        for seq, at, who, what, body, digest in rows:
            try:
                entry = LogEntry(seq=seq, at=utc(at), who=who, what=what, body=body, hash=digest)
            except (TypeError, ValueError) as error:
                raise StorageTrouble(
                    _("Entry {seq} of the change log is damaged and cannot be read.").format(seq=seq),
                    code="workspace.damaged",
                    way_out=_("Restore the newest backup; the damaged files are kept beside it."),
                    seq=seq,
                ) from error
            yield entry
        after = rows[-1][0]


def entries_about(cursor: Cursor, ids: Collection[str], kinds: Sequence[str]) -> tuple[LogEntry, ...]:
    """The entries that name one of these records, in their order; `kinds` are the beginnings of codes to look among (`finding.`)."""
    where = " OR ".join(["what GLOB ?"] * len(kinds))
    values = [f"{kind}*" for kind in kinds]
    if len(ids) == 1:  # then SQLite itself leaves out what is of no interest
        where = f"({where}) AND instr(body, ?)"
        values.extend(ids)
    rows = cursor.execute(
        f"SELECT seq, at, who, what, body, hash FROM change_log WHERE {where} ORDER BY seq", values
    )
    return tuple(
        LogEntry(seq=seq, at=utc(at), who=who, what=what, body=body, hash=digest)
        for seq, at, who, what, body, digest in rows
        if any(id in body for id in ids)
    )


def words_of(cursor: Cursor, record_id: str) -> dict[str, str]:
    """What was typed into a record, by the digest the log names it with; erased words are missing."""
    rows = cursor.execute("SELECT digest, value FROM log_values WHERE record_id = ?", (record_id,))
    return {f"#{digest}": value for digest, value in rows}


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
            faults.append(LogFault(seq=seq, reason=_("entry {seq} is missing").format(seq=expected)))
        if entry_hash(previous, body) != digest:
            faults.append(
                LogFault(seq=seq, reason=_("its hash does not follow from its content and the entry before"))
            )
        elif not _columns_match(seq, at, who, what, body):
            faults.append(LogFault(seq=seq, reason=_("its columns differ from its content")))
        previous, expected = digest, seq + 1
        if seq in wanted:
            hashes[seq] = digest
    for anchor in anchors:
        if anchor.seq >= expected:
            faults.append(
                LogFault(seq=anchor.seq, reason=_("the log ends before this entry, which was known outside"))
            )
        elif hashes.get(anchor.seq) != anchor.hash:
            faults.append(LogFault(seq=anchor.seq, reason=_("another hash of this entry was known outside")))
    return tuple(faults)


def verify_records(cursor: Cursor) -> tuple[LogFault, ...]:
    """Every stored record, typed word and edition that differs from what the log last said of it."""
    faults: list[LogFault] = []
    state: dict[tuple[str, str], dict[str, Any]] = {}
    told: dict[tuple[str, str], int] = {}
    for seq, body in cursor.execute("SELECT seq, body FROM change_log ORDER BY seq"):
        try:
            for item in _decoded(body)[0]["records"]:
                key = (item["type"], item["id"])
                fields = state.get(key)
                if fields is None:
                    fields = state[key] = {}
                for name, (_before, after) in item["set"].items():
                    fields[name] = after
                told[key] = seq
        except (AttributeError, ValueError, KeyError, TypeError):
            continue  # an entry that is not in our form is named by the chain already
    digests = {
        (record_id, field, digest): (salt, value)
        for record_id, field, digest, salt, value in cursor.execute(
            "SELECT record_id, field, digest, salt, value FROM log_values"
        )
    }
    for (record_id, field, digest), (salt, value) in digests.items():
        if text_digest(salt, value) != digest:
            faults.append(
                LogFault(
                    seq=None,
                    reason=_("kept words of {field} in {id} do not match their digest").format(
                        field=field, id=record_id
                    ),
                )
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
    value = composed(value)
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
            yield LogFault(
                seq=None, reason=_("{table} {id} was never logged").format(table=form.name, id=record_id)
            )
            continue
        for field, value in zip(form.fields, row, strict=True):
            if field.name in ("id", "version"):
                continue
            # A field that came after the record was logged holds its default until it is written.
            said = logged.get(field.name, field.default)
            if not _is_as_said(field.is_typed, record_id, field.name, value, said, digests):
                yield LogFault(
                    seq=told[(form.name, record_id)],
                    reason=_("{field} of {table} {id} was changed outside").format(
                        field=field.name, table=form.name, id=record_id
                    ),
                )
    for record_id in sorted(unseen):
        yield LogFault(
            seq=told[(form.name, record_id)],
            reason=_("{table} {id} is gone").format(table=form.name, id=record_id),
        )


def _is_as_said(
    is_typed: bool,
    record_id: str,
    field: str,
    value: Any,
    said: Any,
    digests: dict[tuple[str, str, str], tuple[str, str]],
) -> bool:
    """Words without their row in `log_values` prove nothing: whoever erases them takes them from the record as well."""
    if is_typed and isinstance(said, str) and said.startswith("#"):
        kept = digests.get((record_id, field, said[1:]))
        if kept is None:
            return False
        said = kept[1]
    return bool(value == said) or (isinstance(value, str) and composed(value) == said)


def _edition_faults(cursor: Cursor, state: dict[tuple[str, str], dict[str, Any]]) -> Iterator[LogFault]:
    kept = {id for (table, id), said in state.items() if table == EDITION_RECORDS and said.get("standard")}
    for name, content in cursor.execute("SELECT hash, content FROM editions"):
        kept.discard(name)
        if hashlib.sha256(content.encode()).hexdigest() != name:
            yield LogFault(
                seq=None,
                reason=_("the content of edition {hash} does not match its hash").format(hash=name[:12]),
            )
        elif (EDITION_RECORDS, name) not in state:
            yield LogFault(seq=None, reason=_("edition {hash} was never logged").format(hash=name[:12]))
    for name in sorted(kept):
        yield LogFault(seq=None, reason=_("{table} {id} is gone").format(table=EDITION_RECORDS, id=name[:12]))
