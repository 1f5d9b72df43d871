"""What the rollup keeps beside the levels: days of what is open, the plan in short; each part one statement over one table."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from sqlite3 import Cursor
from typing import Any, Final, NamedTuple

from qma_app.domain.action import Action
from qma_app.domain.charter import Charter
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.ids import AreaId, EngagementId
from qma_app.domain.plan import PlannedArea, PlannedPhase
from qma_app.domain.promise import Promise
from qma_app.domain.record import Change, Record
from qma_app.domain.review import ManagementReview
from qma_app.domain.visit import Visit

_MINE = "engagement_id = ? AND deleted_at IS NULL"
STATEMENTS: Final[Mapping[str, str]] = {
    "actions": f"SELECT due_on FROM actions WHERE {_MINE} AND is_proposal = 0 AND dropped_on IS NULL"
    " AND effective_on IS NULL AND done_on IS NULL AND due_on IS NOT NULL ORDER BY due_on",
    "ahead": f"SELECT planned_on FROM visits WHERE {_MINE} AND closed_at IS NULL AND cancelled_on IS NULL"
    " ORDER BY planned_on",
    "charter": f"SELECT signed_on FROM charters WHERE {_MINE} AND signed_on IS NOT NULL",
    "held": f"SELECT coalesce(held_on, planned_on) AS day FROM visits WHERE {_MINE} AND closed_at IS NOT NULL"
    " AND cancelled_on IS NULL ORDER BY day DESC LIMIT 1",
    "majors": f"SELECT seen_on FROM findings WHERE {_MINE} AND grade = '{FindingGrade.MAJOR}' AND closed_on IS NULL"
    " ORDER BY seen_on",
    "phases": f"SELECT phase, wave, starts_on, ends_on, passed_on FROM planned_phases WHERE {_MINE}"
    " ORDER BY place, rowid",
    "promises": f"SELECT due_on FROM promises WHERE {_MINE} AND is_coachs = 0 AND kept_on IS NULL"
    " AND broken_on IS NULL AND due_on IS NOT NULL ORDER BY due_on",
    "reviews": f"SELECT held_on FROM management_reviews WHERE {_MINE} AND held_on IS NOT NULL"
    " ORDER BY held_on DESC LIMIT 1",
    "waves": f"SELECT area_id, wave, left_out <> '' FROM planned_areas WHERE {_MINE} ORDER BY area_id",
}
"""One statement a part; `?` is the programme."""

_SEEN_BY: Final[Mapping[type[Record], tuple[tuple[str, ...], tuple[str, ...]]]] = {
    Action: (("actions",), ("is_proposal", "dropped_on", "effective_on", "done_on", "due_on")),
    Charter: (("charter",), ("signed_on",)),
    Finding: (("majors",), ("grade", "closed_on", "seen_on")),
    ManagementReview: (("reviews",), ("held_on",)),
    PlannedArea: (("waves",), ("area_id", "wave", "left_out")),
    PlannedPhase: (("phases",), ("phase", "wave", "place", "starts_on", "ends_on", "passed_on")),
    Promise: (("promises",), ("is_coachs", "kept_on", "broken_on", "due_on")),
    Visit: (("ahead", "held"), ("planned_on", "held_on", "closed_at", "cancelled_on")),
}
"""Which parts a kind of record moves, and which of its fields do it."""


class PhaseMark(NamedTuple):
    """One phase of the plan."""

    phase: str
    wave: int
    starts_on: date
    ends_on: date
    passed_on: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Counts:
    """Days of what is open, the first one first; what has no day is not listed, but in `majors_seen`, where it is None.

    Promises are those of the dealership. `waves` holds the planned areas with their wave, `left_out` those left out with a reason.
    """

    actions_due: tuple[date, ...]
    promises_due: tuple[date, ...]
    majors_seen: tuple[date | None, ...]
    visits_ahead: tuple[date, ...]
    last_visit: date | None
    last_review: date | None
    charter_signed_on: date | None
    phases: tuple[PhaseMark, ...]
    waves: Mapping[AreaId, int]
    left_out: frozenset[AreaId]


def parts_moved(change: Change) -> tuple[str, ...]:
    """The parts a change can move: none where only words changed."""
    known = _SEEN_BY.get(type(change.after))
    if known is None:
        return ()
    parts, fields = known
    before, after = change.before, change.after
    if before is None:
        return parts
    is_same = all(getattr(before, name) == getattr(after, name) for name in ("deleted_at", *fields))
    return () if is_same else parts


def read_parts(
    cursor: Cursor, engagement_id: EngagementId, names: Collection[str] = tuple(STATEMENTS)
) -> dict[str, Any]:
    """Parts as they are stored: rows, or plain values where a row has one."""
    found = {}
    for name in sorted(names):
        rows = cursor.execute(STATEMENTS[name], (engagement_id,)).fetchall()
        found[name] = [row[0] if len(row) == 1 else list(row) for row in rows]
    return found


def counts_from(parts: Mapping[str, Any]) -> Counts:
    """The parts as values; KeyError, TypeError or ValueError where they are none of ours."""
    return Counts(
        actions_due=tuple(map(date.fromisoformat, parts["actions"])),
        promises_due=tuple(map(date.fromisoformat, parts["promises"])),
        majors_seen=tuple(map(_day, parts["majors"])),
        visits_ahead=tuple(map(date.fromisoformat, parts["ahead"])),
        last_visit=_first_day(parts["held"]),
        last_review=_first_day(parts["reviews"]),
        charter_signed_on=_first_day(parts["charter"]),
        phases=tuple(
            PhaseMark(phase, wave, date.fromisoformat(first), date.fromisoformat(last), _day(passed))
            for phase, wave, first, last, passed in parts["phases"]
        ),
        waves={AreaId(area): wave for area, wave, is_left_out in parts["waves"] if not is_left_out},
        left_out=frozenset(AreaId(area) for area, _wave, is_left_out in parts["waves"] if is_left_out),
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _first_day(texts: list[str]) -> date | None:
    return date.fromisoformat(texts[0]) if texts else None
