"""The workspace as it stood behind an entry of the change log: what was signed is read again as it was."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import MISSING, fields, replace
from functools import cached_property
from sqlite3 import Cursor
from typing import TYPE_CHECKING, Any, Final

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.edition import Edition
from qma_app.domain.engagement import Engagement
from qma_app.domain.evidence import Evidence
from qma_app.domain.ids import AssessmentId, CheckpointId, EditionHash, EngagementId
from qma_app.domain.ports import LogHead
from qma_app.domain.rating import Outcome, Rating
from qma_app.domain.record import R, Record
from qma_app.domain.upgrade import Upgrade
from qma_app.domain.wording import record_title
from qma_app.errors import NotFound, StorageTrouble
from qma_app.i18n import _
from qma_app.storage.change_log import LogEntry
from qma_app.storage.rows import TABLES, RowForm, row_form

if TYPE_CHECKING:
    from qma_app.storage.reading import ReadingScope

_LIVE: Final = frozenset({TABLES[Evidence]})
"""Read as it is now: a picture that was blurred, or whose consent was taken back, is not shown as it was before."""
_DECIDED: Final = (Outcome.RATED, Outcome.NOT_APPLICABLE)
_BAD_ENTRIES: Final = (AttributeError, KeyError, TypeError, ValueError)
Before = dict[str, Any]


class AsOfScope:
    """A `Reader` of one moment: every edit behind it is taken back in what is read, nothing is written.

    The log keeps each field with its value before a change, so a record is today's with the oldest of these put in again.
    Words that were erased since stay as they are now, and so do the files of evidence.
    """

    def __init__(self, now: ReadingScope, cursor: Cursor, seq: int) -> None:
        self._now, self._cursor, self._seq = now, cursor, seq
        self._past: dict[type[Record], Mapping[str, Record | None]] = {}

    def get(self, kind: type[R], id: str) -> R:
        """The record; NotFound when it was not there or in the bin."""
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
        """The record or None; `in_bin` also finds those deleted at that moment."""
        past = self._before(kind)
        if id not in past:
            return self._now.find(kind, id, in_bin=in_bin)
        record = past[id]
        return record if record is not None and (in_bin or record.deleted_at is None) else None

    def all(self, kind: type[R], /, **equal: object) -> tuple[R, ...]:
        """Records not deleted then whose fields equalled the given values, in the order they were made."""
        now = self._now.all(kind, **equal)
        past = self._before(kind)
        if not past:
            return now
        form: RowForm[R] = row_form(kind)
        same = [one for one in now if one.id not in past]
        then = [
            one
            for one in past.values()
            if one is not None and one.deleted_at is None and _is_equal(form, one, equal)
        ]
        if not then:
            return tuple(same)
        found = {one.id: one for one in (*same, *then)}
        rows = self._cursor.execute(
            f'SELECT id FROM "{form.name}" WHERE id IN (SELECT value FROM json_each(?)) ORDER BY rowid',
            (json.dumps(list(found)),),
        ).fetchall()
        return tuple(found[row[0]] for row in rows)

    def fields(self, kind: type[Record], names: Sequence[str], /, **equal: object) -> list[tuple[Any, ...]]:
        """Only these fields of the records `all` gives."""
        return [tuple(getattr(one, name) for name in names) for one in self.all(kind, **equal)]

    def edition(self, hash: EditionHash) -> Edition:
        """The edition stored under that hash: editions never change."""
        return self._now.edition(hash)

    def ratings(self, assessment_id: AssessmentId) -> dict[CheckpointId, Rating]:
        """The ratings of an assessment by checkpoint, as they were."""
        return {rating.checkpoint_id: rating for rating in self.all(Rating, assessment_id=assessment_id)}

    def standing(self, engagement_id: EngagementId) -> dict[CheckpointId, Rating]:
        """For each checkpoint its latest decided rating, as a reading scope would have told it then."""
        engagement = self.find(Engagement, engagement_id, in_bin=True)
        if engagement is None:
            return {}
        upgrades = self.all(Upgrade, engagement_id=engagement_id)
        first = upgrades[0].from_edition if upgrades else engagement.edition
        in_force: dict[CheckpointId, Rating] = {}
        earlier: dict[str, Rating] = {}
        every = self.all(Assessment, engagement_id=engagement_id)
        for assessment in sorted(every, key=_number):
            if assessment.kind is AssessmentKind.SELF_ASSESSMENT:
                continue
            decided = [
                one
                for one in self.ratings(assessment.id).values()
                if one.outcome in _DECIDED and one.checkpoint_id.split(".", 1)[0] in assessment.scope
            ]
            if (assessment.edition or first) == engagement.edition:
                in_force |= {one.checkpoint_id: one for one in decided}
            else:
                earlier |= {one.id: one for one in decided}
        return self._carried(upgrades, earlier) | in_force if upgrades else in_force

    def area_tallies(self, engagement_id: EngagementId) -> None:  # noqa: ARG002
        """None: sums are kept for the present only."""
        return

    def log_head(self) -> LogHead:
        """Where the change log stood; where it stands now, if that entry is not there."""
        entry = next(iter(self._now.log_entries(after=self._seq - 1)), None)
        if entry is None or entry.seq != self._seq:
            return self._now.log_head()
        return LogHead(seq=entry.seq, hash=entry.hash, at=entry.at)

    def log_entries_about(self, ids: Collection[str], kinds: Sequence[str]) -> tuple[LogEntry, ...]:
        """The entries up to that moment that name one of these records."""
        return tuple(one for one in self._now.log_entries_about(ids, kinds) if one.seq <= self._seq)

    def evidence_bytes(self, digest: str) -> bytes:
        """The stored file under that SHA-256; NotFound when missing, StorageTrouble when changed."""
        return self._now.evidence_bytes(digest)

    @cached_property
    def _taken_back(self) -> Mapping[str, Mapping[str, Before | None]]:
        """By table and id what each field held at the moment, of all that was changed behind it; None = it was not there yet."""
        found: dict[str, dict[str, Before | None]] = {}
        for entry in self._now.log_entries(after=self._seq):
            try:
                for item in entry.records:
                    states = found.setdefault(item["type"], {})
                    changed = {name: before for name, (before, _after) in item["set"].items()}
                    if item["id"] not in states:
                        is_new = item["version"] == 1 or _is_made(item["type"], changed)
                        states[item["id"]] = None if is_new else {"version": item["version"] - 1, **changed}
                        continue
                    state = states[item["id"]]
                    if state is not None:
                        states[item["id"]] = changed | state
            except _BAD_ENTRIES as error:
                raise StorageTrouble(
                    _("Entry {seq} of the change log is damaged and cannot be read.").format(seq=entry.seq),
                    code="workspace.damaged",
                    way_out=_("Restore the newest backup; the damaged files are kept beside it."),
                    seq=entry.seq,
                ) from error
        return found

    def _before(self, kind: type[R]) -> Mapping[str, R | None]:
        """The records of a kind that were changed behind the moment, as they were; None = not there yet."""
        known = self._past.get(kind)
        if known is None:
            known = self._past[kind] = self._read_before(row_form(kind))
        return known  # type: ignore[return-value]  # each kind under its own name

    def _read_before(self, form: RowForm[R]) -> dict[str, R | None]:
        states = {} if form.name in _LIVE else self._taken_back.get(form.name, {})
        found: dict[str, R | None] = {id: None for id, state in states.items() if state is None}
        ids = [id for id, state in states.items() if state is not None]
        if ids:
            rows = self._cursor.execute(
                f"{form.select} WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(ids),)
            ).fetchall()
            for row in rows:
                found[row[0]] = form.record(self._row_before(form, row, states[row[0]] or {}))
        return found

    def _row_before(self, form: RowForm[R], row: tuple[Any, ...], state: Before) -> tuple[Any, ...]:
        words: Mapping[str, str] | None = None
        values = list(row)
        for place, field in enumerate(form.fields):
            if field.name not in state:
                continue
            before = state[field.name]
            if field.is_typed and isinstance(before, str) and before.startswith("#"):
                if words is None:
                    words = self._now.log_words(row[0])
                before = words.get(before, values[place])
            elif field.is_typed and before is None and values[place] is not None:
                continue  # the words it held were erased
            values[place] = before
        return tuple(values)

    def _carried(
        self, upgrades: Sequence[Upgrade], earlier: Mapping[str, Rating]
    ) -> dict[CheckpointId, Rating]:
        points = self.edition(upgrades[-1].to_edition).points
        carried = (
            replace(earlier[carry.rating_id], checkpoint_id=carry.checkpoint_id)
            for carry in upgrades[-1].carried
            if carry.rating_id is not None and carry.rating_id in earlier
        )
        return {one.checkpoint_id: one for one in carried if one.points is None or one.points in points}


_KINDS: Final = {name: kind for kind, name in TABLES.items()}
_NEEDED: dict[str, frozenset[str]] = {}


def _is_made(table: str, changed: Before) -> bool:
    """Whether a change brought a record into being: what it cannot be without held nothing before."""
    if table not in _KINDS:
        return False
    needed = _NEEDED.get(table)
    if needed is None:
        named = (one.name for one in fields(_KINDS[table]) if one.default is MISSING)
        needed = _NEEDED[table] = frozenset(named) - {"id"}
    return all(name in changed and changed[name] is None for name in needed)


def _is_equal(form: RowForm[R], record: R, equal: Mapping[str, object]) -> bool:
    """Whether fields hold what is asked for, compared as they are stored (None = empty, a frozenset = any of these)."""
    for name, wanted in equal.items():
        pack = form.column(name).packed
        value = pack(getattr(record, name))
        if isinstance(wanted, frozenset):
            if value is None or value not in set(map(pack, wanted)):
                return False
        elif value != pack(wanted):
            return False
    return True


def _number(assessment: Assessment) -> int:
    return assessment.number
