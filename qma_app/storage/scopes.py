"""What can be asked and written inside one transaction: the reading and writing scopes that a store opens."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from sqlite3 import Cursor
from typing import TYPE_CHECKING, Any

from qma_app.domain.edition import Edition
from qma_app.domain.edition_json import edition_to_json
from qma_app.domain.ids import AreaId, EditionHash, EngagementId, PersonId
from qma_app.domain.record import Change, Changes, R, Record, utc_text
from qma_app.domain.result import Tally
from qma_app.errors import StaleEdit
from qma_app.i18n import _
from qma_app.storage import change_log, search
from qma_app.storage.reading import ReadingScope
from qma_app.storage.rows import TABLES, RowForm, row_form

if TYPE_CHECKING:
    from qma_app.storage.store import Store

__all__ = ["ReadingScope", "WritingScope"]


class WritingScope(ReadingScope):
    """A `Writer`: collects what is put, and writes index and log when the scope ends."""

    def __init__(
        self, store: Store, cursor: Cursor, *, what: str, at: datetime, who: PersonId | None
    ) -> None:
        super().__init__(store, cursor)
        self.at = at
        self.who = who
        self.changes = Changes(what=what)
        self._changes: dict[str, Change] = {}
        self._extra: list[dict[str, Any]] = []
        self._seen: dict[str, Record] = {}

    @property
    def pending(self) -> Collection[Change]:
        """What was put so far and is not written to the log yet."""
        return self._changes.values()

    def find(self, kind: type[R], id: str, *, in_bin: bool = False) -> R | None:
        """As in a reading scope; what was seen here is not read again when it is put."""
        record = super().find(kind, id, in_bin=True)
        if record is not None:
            self._seen[id] = record
        return record if record is not None and (in_bin or record.deleted_at is None) else None

    def all(self, kind: type[R], /, **equal: object) -> tuple[R, ...]:
        """As in a reading scope; what was seen here is not read again when it is put."""
        records = super().all(kind, **equal)
        self._seen.update((record.id, record) for record in records)
        return records

    def area_tallies(self, engagement_id: EngagementId) -> dict[AreaId, Tally] | None:
        """As in a reading scope; None once something was put, as the sums come after an edit at its end."""
        return None if self._changes else super().area_tallies(engagement_id)

    def new_id(self) -> str:
        """A fresh id, unique for ever."""
        return self._store.new_id()

    def put(self, record: R) -> R:
        """Store a record under the next version and give it back; StaleEdit if a newer one is there.

        Characters in its words that cannot be stored (NUL, half a surrogate pair) become U+FFFD.
        """
        form: RowForm[R] = row_form(type(record))
        before = self._before(form, record)
        record = form.storable(record, before)
        if before is not None and before == record:
            return before
        stored = form.with_version(record, record.version + 1)
        if before is None:
            self._cursor.execute(form.insert, form.values(stored))
        else:
            self._cursor.execute(form.update, [*form.values(stored), record.id, record.version])
        self._seen[record.id] = stored
        earlier = self._changes.get(record.id)
        self._changes[record.id] = Change(before=earlier.before if earlier else before, after=stored)
        return stored

    def delete(self, record: R) -> R:
        """Move a record to the bin; deleting twice changes nothing."""
        return record if record.deleted_at is not None else self.put(replace(record, deleted_at=self.at))

    def put_edition(self, edition: Edition) -> bool:
        """Keep an edition under the hash of its content; False when it was here already."""
        if self._cursor.execute("SELECT 1 FROM editions WHERE hash = ?", (edition.hash,)).fetchone():
            return False
        self._cursor.execute(
            "INSERT INTO editions (hash, standard, version, stored_at, content) VALUES (?,?,?,?,?)",
            (edition.hash, edition.standard, edition.version, utc_text(self.at), edition_to_json(edition)),
        )
        search.index_edition(self._cursor, edition)
        named = {"standard": [None, edition.standard], "version": [None, edition.version]}
        self._extra.append(
            {"type": change_log.EDITION_RECORDS, "id": edition.hash, "version": 1, "set": named}
        )
        return True

    def drop_edition(self, hash: EditionHash) -> bool:
        """Let go of an edition; False when something stored still names it, in the bin too."""
        for kind in TABLES:
            form = row_form(kind)
            for column in (one.name for one in form.fields if one.name.endswith("edition")):
                named = f'SELECT 1 FROM "{form.name}" WHERE "{column}" = ?'
                if self._cursor.execute(named, (hash,)).fetchone():
                    return False
        edition = self.edition(hash)
        search.forget_edition(self._cursor, hash)
        self._cursor.execute("DELETE FROM editions WHERE hash = ?", (hash,))
        self._store.forget_edition(hash)
        gone = {"standard": [edition.standard, None], "version": [edition.version, None]}
        self._extra.append({"type": change_log.EDITION_RECORDS, "id": hash, "version": 2, "set": gone})
        return True

    def fill_rollups(self) -> None:
        """Make the rollups of programmes that have none yet."""
        from qma_app.storage import rollup

        rollup.fill_missing(self, self._cursor)

    def rebuild_rollups(self) -> tuple[EngagementId, ...]:
        """Make every rollup that is not what its records give anew from them; gives the programmes it was wrong for."""
        from qma_app.storage import rollup

        return rollup.rebuild(self, self._cursor, self._store.grounds)

    def finish(self, about: dict[str, str]) -> None:
        """Write search index, rollup and change log; called by the store before it commits."""
        changes = tuple(self._changes.values())
        if not changes and not self._extra:
            return
        search.index_changes(self._cursor, changes)
        self._keep_rollup(changes)
        head = change_log.append(
            self._cursor,
            changes,
            what=self.changes.what,
            at=self.at,
            who=self.who,
            about=about,
            new_salt=self._store.new_id,
            extra=self._extra,
        )
        self.changes = Changes(what=self.changes.what, records=changes, seq=head.seq, at=self.at)

    def _keep_rollup(self, changes: tuple[Change, ...]) -> None:
        from qma_app.storage import rollup  # with the first edit: no start needs it

        rollup.keep(self, self._cursor, changes, self._seen, self._store.grounds)

    def _before(self, form: RowForm[R], record: R) -> R | None:
        before = self._seen.get(record.id)
        if not isinstance(before, form.kind):
            row = self._cursor.execute(f"{form.select} WHERE id = ?", (record.id,)).fetchone()
            before = form.record(row) if row else None
        if (before.version if before else 0) != record.version:
            raise StaleEdit(
                _("This was changed elsewhere meanwhile; nothing was overwritten."),
                code="record.stale",
                way_out=_("Look at the newer state and make your change again."),
                kind=form.name,
                id=record.id,
            )
        return before
