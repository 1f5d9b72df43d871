"""What the portfolio is read from, kept in the transaction of every edit: never logged, and at any time what a recount would give."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from sqlite3 import Cursor
from typing import TYPE_CHECKING, Any, Final

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import AreaId, AssessmentId, EngagementId
from qma_app.domain.record import Change, Record
from qma_app.errors import QmaError
from qma_app.storage.field_forms import canonical_json
from qma_app.storage.rollup_counts import Counts, counts_from, read_parts
from qma_app.storage.rollup_due import Due, due_after
from qma_app.storage.rollup_levels import (
    AreaSums,
    Ground,
    PastLevel,
    area_sums,
    ground_of,
    moved_sums,
    past_level,
    past_levels,
)

if TYPE_CHECKING:
    from qma_app.storage.scopes import ReadingScope, WritingScope

ONE_BY_ONE: Final = 20
"""Up to so many ratings of one edit move their areas by differences; more are cheaper recounted."""
_GROUNDS_REMEMBERED: Final = 64
_BAD_ROWS: Final = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What a row raises that was written by nobody here."""
_MISSING: Final = (
    "SELECT id FROM engagements WHERE deleted_at IS NULL AND id NOT IN (SELECT engagement_id FROM rollups)"
)
_AREA_COLUMNS: Final = ", ".join(AreaSums._fields)
_MOVE: Final = (
    f"UPDATE rollup_areas SET {', '.join(f'{name} = {name} + ?' for name in AreaSums._fields)}"
    " WHERE engagement_id = ? AND area_id = ?"
)
Grounds = dict[EngagementId, Ground]


@dataclass(frozen=True, kw_only=True, slots=True)
class Rollup:
    """One programme in short: the standing of each area of its edition, its assessments, what is open."""

    areas: Mapping[AreaId, AreaSums]
    history: tuple[PastLevel, ...]
    counts: Counts


def keep(
    scope: WritingScope,
    cursor: Cursor,
    changes: Iterable[Change],
    seen: Mapping[str, Record],
    grounds: Grounds,
) -> None:
    """Bring the rollup after an edit; `grounds` remembers what only other edits change.

    Where the records cannot be read (a damaged row) the rollup of that programme is dropped, and the edit goes on.
    """
    for engagement_id, due in due_after(scope, changes, seen).items():
        if due.is_whole or due.is_on_new_ground:
            grounds.pop(engagement_id, None)
        try:
            if due.is_whole or not _is_brought_after(scope, cursor, engagement_id, due, grounds):
                _write_whole(scope, cursor, engagement_id)
        except QmaError:
            grounds.pop(engagement_id, None)
            _drop(cursor, engagement_id)


def fill_missing(scope: WritingScope, cursor: Cursor) -> None:
    """Make the rollups that are missing; those of programmes that cannot be read stay so."""
    for engagement_id in _missing(cursor):
        with suppress(QmaError):
            _write_whole(scope, cursor, engagement_id)


def read(
    scope: ReadingScope, cursor: Cursor, ids: Collection[EngagementId] | None = None
) -> dict[EngagementId, Rollup]:
    """The rollups of these programmes, or of all; those that are missing or cannot be read are computed."""
    kept = dict(_stored(cursor, ids))
    stored = {id: one for id, one in kept.items() if one is not None}
    wanted = {*_missing(cursor), *kept} if ids is None else set(ids)
    for engagement_id in wanted - stored.keys():
        computed = compute(scope, cursor, engagement_id)
        if computed is not None:
            stored[engagement_id] = computed
    return stored


def compute(scope: ReadingScope, cursor: Cursor, engagement_id: EngagementId) -> Rollup | None:
    """The rollup of a programme from its records; None for one in the bin."""
    engagement = scope.find(Engagement, engagement_id)
    if engagement is None:
        return None
    return Rollup(
        areas=area_sums(scope, engagement),
        history=past_levels(scope, engagement_id),
        counts=counts_from(read_parts(cursor, engagement_id)),
    )


def differing(scope: ReadingScope, cursor: Cursor) -> tuple[EngagementId, ...]:
    """The programmes whose kept rollup is not what a recount gives; one that is missing does not differ."""
    return tuple(
        engagement_id
        for engagement_id, kept in _stored(cursor, None)
        if kept != compute(scope, cursor, engagement_id)
    )


def rebuild(scope: WritingScope, cursor: Cursor, grounds: Grounds) -> tuple[EngagementId, ...]:
    """Make the rollups that differ anew from the records, and those that are missing; gives the programmes of the first."""
    wrong = differing(scope, cursor)
    for engagement_id in wrong:
        grounds.pop(engagement_id, None)
        _write_whole(scope, cursor, engagement_id)
    fill_missing(scope, cursor)
    return wrong


def _is_brought_after(
    scope: WritingScope, cursor: Cursor, engagement_id: EngagementId, due: Due, grounds: Grounds
) -> bool:
    """Whether the rows that are there could be changed; False where there are none, or none that can be read."""
    if due.is_recount or due.ratings:
        moved = None if due.is_recount else _moved(scope, cursor, engagement_id, due, grounds)
        if moved is None:
            engagement = scope.find(Engagement, engagement_id)
            if engagement is None:
                return False
            _write_areas(cursor, engagement_id, area_sums(scope, engagement))
        for area_id, sums in (moved or {}).items():
            cursor.execute(_MOVE, (*sums, engagement_id, area_id))
            if cursor.rowcount != 1:
                return False
    if not due.assessments and not due.parts:
        return True
    row = cursor.execute(
        "SELECT history, counts FROM rollups WHERE engagement_id = ?", (engagement_id,)
    ).fetchone()
    if row is None:
        return False
    try:
        before, counted = _history_from(row[0]), json.loads(row[1])
        counts_from(counted)
    except _BAD_ROWS:
        return False
    history = _history_after(scope, before, due.assessments)
    parts = counted | read_parts(cursor, engagement_id, due.parts)
    cursor.execute(
        "UPDATE rollups SET history = ?, counts = ? WHERE engagement_id = ?",
        (_history_text(history), canonical_json(parts), engagement_id),
    )
    return True


def _moved(
    scope: WritingScope, cursor: Cursor, engagement_id: EngagementId, due: Due, grounds: Grounds
) -> dict[AreaId, AreaSums] | None:
    checkpoints = {move.checkpoint_id for move in due.ratings}
    if len(due.ratings) > ONE_BY_ONE or len(checkpoints) < len(due.ratings):
        return None
    ground = grounds.get(engagement_id)
    if ground is None:
        engagement = scope.find(Engagement, engagement_id)
        if engagement is None:
            return None
        ground = ground_of(scope, engagement)
        # A ground that this very edit changed is not remembered: the edit may still be taken back.
        if not due.is_on_new_ground:
            if len(grounds) >= _GROUNDS_REMEMBERED:
                grounds.clear()
            grounds[engagement_id] = ground
    moved = moved_sums(cursor, ground, due.ratings)
    if moved is None:
        grounds.pop(engagement_id, None)  # what is carried over from older assessments may have changed
    return moved


def _history_after(
    scope: WritingScope, history: Iterable[PastLevel], touched: Collection[AssessmentId]
) -> list[PastLevel]:
    kept = [one for one in history if one.assessment_id not in touched]
    for id in touched:
        assessment = scope.find(Assessment, id)
        if assessment is not None and assessment.kind is not AssessmentKind.SELF_ASSESSMENT:
            kept.append(past_level(scope, assessment))
    return sorted(kept, key=lambda one: one.number)


def _write_whole(scope: WritingScope, cursor: Cursor, engagement_id: EngagementId) -> None:
    _drop(cursor, engagement_id)
    engagement = scope.find(Engagement, engagement_id)
    if engagement is None:
        return
    areas, history = area_sums(scope, engagement), past_levels(scope, engagement_id)
    cursor.execute(
        "INSERT INTO rollups (engagement_id, history, counts) VALUES (?,?,?)",
        (engagement_id, _history_text(history), canonical_json(read_parts(cursor, engagement_id))),
    )
    _write_areas(cursor, engagement_id, areas)


def _write_areas(cursor: Cursor, engagement_id: EngagementId, areas: Mapping[AreaId, AreaSums]) -> None:
    cursor.execute("DELETE FROM rollup_areas WHERE engagement_id = ?", (engagement_id,))
    places = ", ".join("?" * (2 + len(AreaSums._fields)))
    cursor.executemany(
        f"INSERT INTO rollup_areas (engagement_id, area_id, {_AREA_COLUMNS}) VALUES ({places})",
        [(engagement_id, area_id, *sums) for area_id, sums in areas.items()],
    )


def _drop(cursor: Cursor, engagement_id: EngagementId) -> None:
    for table in ("rollup_areas", "rollups"):
        cursor.execute(f"DELETE FROM {table} WHERE engagement_id = ?", (engagement_id,))


def _missing(cursor: Cursor) -> list[EngagementId]:
    return [EngagementId(row[0]) for row in cursor.execute(_MISSING).fetchall()]


def _stored(
    cursor: Cursor, ids: Collection[EngagementId] | None
) -> Iterator[tuple[EngagementId, Rollup | None]]:
    """What is kept of these programmes; None where it cannot be read."""
    where = "" if ids is None else " WHERE engagement_id IN (SELECT value FROM json_each(?))"
    values = () if ids is None else (json.dumps(list(ids)),)
    areas: dict[str, dict[AreaId, AreaSums]] = {}
    for engagement_id, area_id, *sums in cursor.execute(
        f"SELECT engagement_id, area_id, {_AREA_COLUMNS} FROM rollup_areas{where}", values
    ).fetchall():
        areas.setdefault(engagement_id, {})[AreaId(area_id)] = AreaSums._make(sums)
    for engagement_id, history, counts in cursor.execute(
        f"SELECT engagement_id, history, counts FROM rollups{where}", values
    ).fetchall():
        try:
            kept = Rollup(
                areas=areas.get(engagement_id, {}),
                history=tuple(_history_from(history)),
                counts=counts_from(json.loads(counts)),
            )
        except _BAD_ROWS:
            kept = None
        yield EngagementId(engagement_id), kept


def _history_text(history: Iterable[PastLevel]) -> str:
    return canonical_json(
        [[id, number, kind.value, _text(on), _text(level)] for id, number, kind, on, level in history]
    )


def _text(value: date | Fraction | None) -> str | None:
    return None if value is None else str(value)


def _history_from(text: str) -> list[PastLevel]:
    rows: list[list[Any]] = json.loads(text)
    return [
        PastLevel(
            AssessmentId(id),
            number,
            AssessmentKind(kind),
            None if on is None else date.fromisoformat(on),
            None if level is None else Fraction(level),
        )
        for id, number, kind, on, level in rows
    ]
