"""What the portfolio is read from, kept in the transaction of every edit: never logged, and at any time what a recount would give."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from sqlite3 import Cursor
from typing import TYPE_CHECKING, Any, Final

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.dealership import Site
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import AreaId, AssessmentId, EngagementId
from qma_app.domain.rating import Rating
from qma_app.domain.record import Change, Record
from qma_app.domain.upgrade import Upgrade
from qma_app.errors import QmaError
from qma_app.storage.rollup_counts import Counts, counts_from, parts_moved, read_parts
from qma_app.storage.rollup_levels import (
    AreaSums,
    Ground,
    PastLevel,
    RatingMove,
    area_sums,
    ground_of,
    move_of,
    moved_sums,
    past_level,
    past_levels,
)
from qma_app.storage.rows import canonical_json

if TYPE_CHECKING:
    from qma_app.storage.scopes import ReadingScope, WritingScope

ONE_BY_ONE: Final = 20
"""Up to so many ratings of one edit move their areas by differences; more are cheaper recounted."""
_GROUNDS_REMEMBERED: Final = 64
_MISSING: Final = (
    "SELECT id FROM engagements WHERE deleted_at IS NULL AND id NOT IN (SELECT engagement_id FROM rollups)"
)
_AREA_COLUMNS: Final = ", ".join(AreaSums._fields)
_MOVE: Final = (
    f"UPDATE rollup_areas SET {', '.join(f'{name} = {name} + ?' for name in AreaSums._fields)}"
    " WHERE engagement_id = ? AND area_id = ?"
)
_STANDING_FIELDS: Final = ("number", "kind", "scope", "edition", "deleted_at")
_HISTORY_FIELDS: Final = (*_STANDING_FIELDS, "completed_at", "completed_on", "features", "staff")
_ENGAGEMENT_FIELDS: Final = ("deleted_at", "dealership_id", "edition")
_SITE_FIELDS: Final = ("deleted_at", "dealership_id", "features", "staff")
Grounds = dict[EngagementId, Ground]


@dataclass(frozen=True, kw_only=True, slots=True)
class Rollup:
    """One programme in short: the standing of each area of its edition, its assessments, what is open."""

    areas: Mapping[AreaId, AreaSums]
    history: tuple[PastLevel, ...]
    counts: Counts


@dataclass(kw_only=True, slots=True)
class _Due:
    """What one edit leaves to be done for a programme."""

    is_whole: bool = False
    is_on_new_ground: bool = False
    is_recount: bool = False
    ratings: list[RatingMove] = field(default_factory=list)
    assessments: set[AssessmentId] = field(default_factory=set)
    parts: set[str] = field(default_factory=set)


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
    for engagement_id, due in _due(scope, changes, seen).items():
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
    """The rollups of these programmes, or of all; those that are missing are computed."""
    stored = dict(_stored(cursor, ids))
    for engagement_id in _missing(cursor) if ids is None else set(ids) - set(stored):
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


def _due(
    scope: WritingScope, changes: Iterable[Change], seen: Mapping[str, Record]
) -> dict[EngagementId, _Due]:
    found: dict[EngagementId, _Due] = {}
    for change in changes:
        before, after = change.before, change.after
        if isinstance(after, Rating):
            _note_rating(scope, change, seen, found)
        elif isinstance(after, Assessment):
            _note_assessment(change, after, found)
        elif isinstance(after, Site):
            if _moves(change, _SITE_FIELDS):
                for house in {after.dealership_id, getattr(before, "dealership_id", after.dealership_id)}:
                    for engagement in scope.all(Engagement, dealership_id=house):
                        found.setdefault(engagement.id, _Due()).is_whole = True
        elif isinstance(after, Engagement):
            if _moves(change, _ENGAGEMENT_FIELDS):
                found.setdefault(after.id, _Due()).is_whole = True
        elif isinstance(after, Upgrade):
            found.setdefault(after.engagement_id, _Due()).is_whole = True
        elif parts := parts_moved(change):
            engagement_id: EngagementId = after.engagement_id  # type: ignore[attr-defined]  # all that have parts
            found.setdefault(engagement_id, _Due()).parts.update(parts)
    return found


def _note_rating(
    scope: WritingScope, change: Change, seen: Mapping[str, Record], found: dict[EngagementId, _Due]
) -> None:
    before, after = change.before, change.after
    assert isinstance(after, Rating)
    move = move_of(before if isinstance(before, Rating) else None, after)
    if move is None:
        return
    known = seen.get(after.assessment_id)
    assessment = (
        known if isinstance(known, Assessment) else scope.find(Assessment, after.assessment_id, in_bin=True)
    )
    if assessment is None or assessment.kind is AssessmentKind.SELF_ASSESSMENT:
        return
    due = found.setdefault(assessment.engagement_id, _Due())
    due.ratings.append(move)
    if isinstance(before, Rating) and before.checkpoint_id != after.checkpoint_id:
        due.is_recount = True
    if not assessment.is_open:
        due.assessments.add(assessment.id)


def _note_assessment(change: Change, after: Assessment, found: dict[EngagementId, _Due]) -> None:
    if not _moves(change, _HISTORY_FIELDS):
        return
    due = found.setdefault(after.engagement_id, _Due())
    due.assessments.add(after.id)
    if _moves(change, _STANDING_FIELDS):
        due.is_on_new_ground = True
        due.is_recount |= change.before is not None


def _moves(change: Change, fields: tuple[str, ...]) -> bool:
    before, after = change.before, change.after
    return before is None or any(getattr(before, name) != getattr(after, name) for name in fields)


def _is_brought_after(
    scope: WritingScope, cursor: Cursor, engagement_id: EngagementId, due: _Due, grounds: Grounds
) -> bool:
    """Whether the rows that are there could be changed; False where there are none."""
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
    history = _history_after(scope, _history_from(row[0]), due.assessments)
    parts = json.loads(row[1]) | read_parts(cursor, engagement_id, due.parts)
    cursor.execute(
        "UPDATE rollups SET history = ?, counts = ? WHERE engagement_id = ?",
        (_history_text(history), canonical_json(parts), engagement_id),
    )
    return True


def _moved(
    scope: WritingScope, cursor: Cursor, engagement_id: EngagementId, due: _Due, grounds: Grounds
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


def _stored(cursor: Cursor, ids: Collection[EngagementId] | None) -> Iterator[tuple[EngagementId, Rollup]]:
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
        yield (
            EngagementId(engagement_id),
            Rollup(
                areas=areas.get(engagement_id, {}),
                history=tuple(_history_from(history)),
                counts=counts_from(json.loads(counts)),
            ),
        )


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
