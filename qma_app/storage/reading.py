"""What can be asked inside one transaction, of a workspace that does not move meanwhile."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from sqlite3 import Cursor
from typing import TYPE_CHECKING, Any, TypeVar

from qma_app.domain.assessment import AssessmentKind
from qma_app.domain.edition import Edition
from qma_app.domain.ids import AreaId, AssessmentId, CheckpointId, EditionHash, EngagementId
from qma_app.domain.ports import LogHead
from qma_app.domain.rating import Outcome, Rating
from qma_app.domain.record import R, Record
from qma_app.domain.result import Tally
from qma_app.domain.upgrade import Upgrade
from qma_app.domain.wording import record_title
from qma_app.errors import NotFound
from qma_app.i18n import _
from qma_app.storage import change_log, seals, search
from qma_app.storage.field_forms import Pack
from qma_app.storage.rows import RowForm, row_form

if TYPE_CHECKING:
    from qma_app.storage.as_of import AsOfScope
    from qma_app.storage.findings_query import FindingsQuery
    from qma_app.storage.rollup import Rollup
    from qma_app.storage.store import Store


T = TypeVar("T")
_TALLY = ("applicable", "rated", "not_applicable", "not_seen", "weighted_points", "weight")


class ReadingScope:
    """A `Reader` over one transaction."""

    def __init__(self, store: Store, cursor: Cursor) -> None:
        self._store = store
        self._cursor = cursor

    def get(self, kind: type[R], id: str) -> R:
        """The record; NotFound when it is not there or in the bin."""
        record = self.find(kind, id)
        if record is None:
            raise NotFound(
                _("This {kind} is no longer there.").format(kind=record_title(kind)),
                code="record.not-found",
                way_out=_("Look into the bin, or take the last step back."),
                kind=kind.__name__,
                id=id,
            )
        return record

    def find(self, kind: type[R], id: str, *, in_bin: bool = False) -> R | None:
        """The record or None; `in_bin` also finds deleted ones."""
        form: RowForm[R] = row_form(kind)
        row = self._cursor.execute(f"{form.select} WHERE id = ?", (id,)).fetchone()
        record = self._store.decoded(form, row) if row else None
        return record if record is not None and (in_bin or record.deleted_at is None) else None

    def all(self, kind: type[R], /, **equal: object) -> tuple[R, ...]:
        """Records not deleted whose fields equal the given values (None = empty, a frozenset = any of these), in the order they were made."""
        return self._where(kind, "deleted_at IS NULL", equal, "rowid")

    def fields(self, kind: type[Record], names: Sequence[str], /, **equal: object) -> list[tuple[Any, ...]]:
        """Only these fields of the records `all` gives, in no order: for hundreds of records of which little is asked."""
        form: RowForm[Any] = row_form(kind)
        where, values = _equal_to(form, equal)
        listed = ", ".join(f'"{form.column(name).name}"' for name in names)
        rows = self._cursor.execute(
            f'SELECT {listed} FROM "{form.name}" WHERE deleted_at IS NULL{where}', values
        ).fetchall()
        return form.picked(names, rows)

    def in_bin(self, kind: type[R], /, **equal: object) -> tuple[R, ...]:
        """Deleted records of a kind whose fields equal the given values, the last deleted first."""
        return self._where(kind, "deleted_at IS NOT NULL", equal, "deleted_at DESC, rowid DESC")

    def edition(self, hash: EditionHash) -> Edition:
        """The edition stored under that hash; NotFound when there is none."""
        return self._store.edition(self._cursor, hash)

    def missing_guards(self) -> tuple[str, ...]:
        """The names of triggers that should keep signed audits as they are, and do not."""
        return seals.missing_triggers(self._cursor)

    def editions(self) -> tuple[EditionHash, ...]:
        """The hashes of all editions kept here, the first stored first."""
        return tuple(
            EditionHash(row[0]) for row in self._cursor.execute("SELECT hash FROM editions ORDER BY rowid")
        )

    def ratings(self, assessment_id: AssessmentId) -> dict[CheckpointId, Rating]:
        """The ratings of an assessment by checkpoint, deleted ones left out."""
        return {rating.checkpoint_id: rating for rating in self.all(Rating, assessment_id=assessment_id)}

    def standing(self, engagement_id: EngagementId) -> dict[CheckpointId, Rating]:
        """For each checkpoint its latest decided rating in the engagement, self-assessments left out.

        A rating in an area that was taken out of its assessment does not count; it counts again once the area is back. After a
        change of edition the ratings of assessments in the edition in force count, else those that were carried over.
        """
        form: RowForm[Rating] = row_form(Rating)
        upgrades = self.all(Upgrade, engagement_id=engagement_id)
        first = upgrades[0].from_edition if upgrades else None
        place = next(place for place, field in enumerate(form.fields) if field.name == "checkpoint_id")
        latest = {row[place]: row for row in self._decided(form, engagement_id, first)}
        standing = {CheckpointId(checkpoint): form.record(row) for checkpoint, row in latest.items()}
        return self.carried(engagement_id) | standing if upgrades else standing

    def carried(self, engagement_id: EngagementId) -> dict[CheckpointId, Rating]:
        """The ratings of editions left behind that still hold, as long as nothing is rated in the edition in force."""
        upgrades = self.all(Upgrade, engagement_id=engagement_id)
        if not upgrades:
            return {}
        form: RowForm[Rating] = row_form(Rating)
        steps = self.edition(upgrades[-1].to_edition).points
        earlier = self._decided(form, engagement_id, upgrades[0].from_edition, is_in_force=False)
        return _carried(upgrades[-1], form, earlier, steps)

    def _decided(
        self,
        form: RowForm[Rating],
        engagement_id: EngagementId,
        first: EditionHash | None,
        *,
        is_in_force: bool = True,
    ) -> Cursor:
        """The decided ratings of assessments in the edition in force, or in the others; assessments that name none are of the `first`."""
        columns = ", ".join(f'r."{field.name}"' for field in form.fields)
        return self._cursor.execute(
            f"SELECT {columns} FROM assessments a JOIN engagements e ON e.id = a.engagement_id"
            " JOIN ratings r ON r.assessment_id = a.id"
            f" WHERE a.engagement_id = ? AND a.deleted_at IS NULL AND a.kind <> ? AND coalesce(a.edition, ?, e.edition) {'=' if is_in_force else '<>'} e.edition"
            " AND r.deleted_at IS NULL AND r.outcome IN (?, ?)"
            """ AND instr(a.scope, '"' || substr(r.checkpoint_id, 1, instr(r.checkpoint_id, '.') - 1) || '"')"""
            " ORDER BY a.number",
            (
                engagement_id,
                AssessmentKind.SELF_ASSESSMENT.value,
                first,
                Outcome.RATED.value,
                Outcome.NOT_APPLICABLE.value,
            ),
        )

    def search(
        self, text: str, *, engagement_id: str | None = None, edition: str | None = None, limit: int = 50
    ) -> tuple[search.SearchHit, ...]:
        """Where the words stand, the newest first."""
        return search.search(self._cursor, text, engagement_id=engagement_id, edition=edition, limit=limit)

    def findings_query(self) -> FindingsQuery:
        """The findings as a table shows them, with what is gathered over their actions and causes."""
        from qma_app.storage.findings_query import FindingsQuery

        return FindingsQuery(self._cursor)

    def area_tallies(self, engagement_id: EngagementId) -> dict[AreaId, Tally] | None:
        """The standing of each area as it was kept with the last edit; None where it is not kept."""
        rows = self._cursor.execute(
            "SELECT area_id, applicable, rated, not_applicable, 0, weighted_points, weight FROM rollup_areas WHERE engagement_id = ?",
            (engagement_id,),
        ).fetchall()
        # As a tally counts them: what was not seen is not kept.
        return {
            AreaId(area_id): Tally(**dict(zip(_TALLY, sums, strict=True))) for area_id, *sums in rows
        } or None

    def rollups(self, ids: Collection[EngagementId] | None = None) -> dict[EngagementId, Rollup]:
        """Programmes in short, all or those named: as they are kept with every edit, computed where none is kept yet."""
        from qma_app.storage import rollup

        return rollup.read(self, self._cursor, ids)

    def rollups_differing(self) -> tuple[EngagementId, ...]:
        """The programmes whose kept rollup is not what their records give."""
        from qma_app.storage import rollup

        return rollup.differing(self, self._cursor)

    def log_head(self) -> LogHead:
        """Where the change log stands."""
        return change_log.head(self._cursor)

    def log_entries(self, *, after: int = 0) -> Iterator[change_log.LogEntry]:
        """The entries of the change log in their order."""
        return change_log.entries(self._cursor, after=after)

    def log_entries_about(
        self, ids: Collection[str], kinds: Sequence[str]
    ) -> tuple[change_log.LogEntry, ...]:
        """The entries that name one of these records; `kinds` are the beginnings of codes to look among (`finding.`)."""
        return change_log.entries_about(self._cursor, ids, kinds)

    def log_words(self, record_id: str) -> dict[str, str]:
        """What was typed into a record, by the digest the log names it with."""
        return change_log.words_of(self._cursor, record_id)

    def as_of(self, seq: int) -> AsOfScope:
        """This workspace as it stood behind that entry of the change log."""
        from qma_app.storage.as_of import AsOfScope

        return AsOfScope(self, self._cursor, seq)

    def remembered(self, key: tuple[str | int, ...], make: Callable[[], T]) -> T:
        """What `make` gives, made once while the store is open: only for what no later edit can change, as what was true at a moment."""
        told: T = self._store.remembered(key, make)
        return told

    def is_sound(self) -> bool:
        """Whether every page of the database can be read, and each index and the search say what their tables say."""
        return self._store.is_sound()

    def verify_log(self, *anchors: LogHead) -> tuple[change_log.LogFault, ...]:
        """Faults of the chain and of the records against it; empty when all is genuine."""
        return change_log.verify_chain(self._cursor, anchors=anchors) + change_log.verify_records(
            self._cursor
        )

    def counts(self) -> Mapping[str, int]:
        """Records in each table, deleted ones included."""
        names = [
            row[0]
            for row in self._cursor.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search_text%' AND name NOT LIKE 'sqlite_%'"
            )
        ]
        return {
            name: self._cursor.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
            for name in sorted(names)
        }

    def evidence_bytes(self, digest: str) -> bytes:
        """The stored file under that SHA-256; NotFound when missing, StorageTrouble when changed."""
        return self._store.evidence.get(digest)

    def _where(self, kind: type[R], state: str, equal: Mapping[str, object], order: str) -> tuple[R, ...]:
        form: RowForm[R] = row_form(kind)
        where, values = _equal_to(form, equal)
        rows = self._cursor.execute(f"{form.select} WHERE {state}{where} ORDER BY {order}", values).fetchall()
        return tuple(map(form.record, rows))


def _equal_to(form: RowForm[Any], equal: Mapping[str, object]) -> tuple[str, list[Any]]:
    """What narrows a statement to rows whose fields equal these values (None = empty, a frozenset = any of these)."""
    where, values = "", []
    for name, value in equal.items():
        column = form.column(name)
        if value is None:
            where += f' AND "{name}" IS NULL'
        elif isinstance(value, frozenset):
            where += f' AND "{name}" IN (SELECT value FROM json_each(?))'
            values.append(_listed(column.pack, value) if column.pack else json.dumps(sorted(value)))
        else:
            where += f' AND "{name}" = ?'
            values.append(column.packed(value))
    return where, values


@lru_cache(maxsize=64)
def _listed(pack: Pack, values: frozenset[object]) -> str:
    """Any of these as a statement takes them; remembered, since it is the same few outcomes and months over and over."""
    return json.dumps(sorted(map(pack, values)))


def _carried(
    upgrade: Upgrade, form: RowForm[Rating], rows: Iterable[tuple[Any, ...]], steps: Collection[int]
) -> dict[CheckpointId, Rating]:
    """What was carried over into the edition in force, as it is rated now, under the ids of that edition.

    Points its scale lacks, given since in an assessment that was reopened, say nothing in it.
    """
    by_id = {row[0]: row for row in rows}
    carried = (
        replace(form.record(by_id[carry.rating_id]), checkpoint_id=carry.checkpoint_id)
        for carry in upgrade.carried
        if carry.rating_id in by_id
    )
    return {one.checkpoint_id: one for one in carried if one.points is None or one.points in steps}
