"""The findings of a programme as a table shows them: one statement, no record a row."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from sqlite3 import Cursor
from typing import NamedTuple

SEPARATOR = "\x1f"
"""Stands between names gathered in one column."""


class FindingLine(NamedTuple):
    """A finding with what is gathered over its actions, causes and sightings; days are ISO text, as they are stored.

    Only agreed actions count, neither dropped nor proposed. `stage` is the place in plan, do, check, act of the least advanced
    one, None without any; `work_due_on` the first day one of those not yet done is due. `check_from` is the first day from which
    something done can be checked for its effect: "" where no day was agreed, None where nothing waits for a check. `categories` are
    those of its root causes, "" for a root without one, None without a root cause.
    """

    id: str
    number: int
    grade: str
    statement: str
    checkpoint_id: str | None
    assessment_id: str | None
    owner: str
    due_on: str | None
    seen_on: str | None
    closed_on: str | None
    raised_by: str | None
    cost: str | None
    reopened: int
    sightings: int
    stage: int | None
    work_due_on: str | None
    check_from: str | None
    action_owners: str | None
    action_owner_ids: str | None
    categories: str | None


_AGREED = "a.deleted_at IS NULL AND l.deleted_at IS NULL AND a.is_proposal = 0 AND a.dropped_on IS NULL"
# `{some}` narrows all of it to a few findings, so that an edit reads its own lines only.
_LINES = f"""
SELECT f.id, f.number, f.grade, f.statement, f.checkpoint_id, f.assessment_id, f.owner, f.due_on, f.seen_on, f.closed_on,
    f.raised_by, f.cost, f.reopened, coalesce(s.count, 0),
    w.stage, w.due_on, w.check_from, w.owners, w.owner_ids, c.categories
FROM findings f
LEFT JOIN (
    SELECT l.finding_id AS finding_id,
        min(CASE WHEN a.effective_on IS NOT NULL THEN 3 WHEN a.done_on IS NOT NULL THEN 2
            WHEN a.started_on IS NOT NULL THEN 1 ELSE 0 END) AS stage,
        min(CASE WHEN a.done_on IS NULL AND a.effective_on IS NULL THEN a.due_on END) AS due_on,
        min(CASE WHEN a.done_on IS NOT NULL AND a.effective_on IS NULL
            THEN coalesce(a.check_on, date(a.due_on, '+60 days'), '') END) AS check_from,
        group_concat(a.owner, char(31)) AS owners,
        group_concat(a.owner_id, char(31)) AS owner_ids
    FROM actions a JOIN action_links l ON l.action_id = a.id
    WHERE a.engagement_id = :programme AND {_AGREED}{{some_links}}
    GROUP BY l.finding_id
) w ON w.finding_id = f.id
LEFT JOIN (
    SELECT r.finding_id AS finding_id, group_concat(DISTINCT r.category) AS categories
    FROM causes r
    WHERE r.engagement_id = :programme AND r.deleted_at IS NULL AND r.is_changeable = 1
        AND r.id NOT IN (SELECT b.parent_id FROM causes b
            WHERE b.engagement_id = :programme AND b.deleted_at IS NULL AND b.parent_id IS NOT NULL){{some_causes}}
    GROUP BY r.finding_id
) c ON c.finding_id = f.id
LEFT JOIN (
    SELECT finding_id, count(*) AS count FROM sightings
    WHERE engagement_id = :programme AND deleted_at IS NULL{{some_sightings}} GROUP BY finding_id
) s ON s.finding_id = f.id
WHERE f.engagement_id = :programme AND f.deleted_at IS NULL{{some}}
ORDER BY f.number DESC
"""
_SOME = "(SELECT value FROM json_each(:ids))"
ALL_LINES = _LINES.format(some="", some_links="", some_causes="", some_sightings="")
_SOME_LINES = _LINES.format(
    some=f" AND f.id IN {_SOME}",
    some_links=f" AND l.finding_id IN {_SOME}",
    some_causes=f" AND r.finding_id IN {_SOME}",
    some_sightings=f" AND finding_id IN {_SOME}",
)
_WORDS = """
SELECT f.id, printf('F-%03d', f.number) || ' ' || f.statement || ' ' || f.requirement || ' ' || f.evidence || ' ' || f.place
    || ' ' || f.owner || ' ' || f.closing_note || ' ' || f.reply_words || ' ' || f.correction || ' ' || f.elsewhere_words
    || ' ' || coalesce(w.words, '') || ' ' || coalesce(c.words, '')
FROM findings f
LEFT JOIN (
    SELECT l.finding_id AS finding_id, group_concat(printf('A-%03d', a.number) || ' ' || a.what || ' ' || a.owner
        || ' ' || a.problem || ' ' || a.goal || ' ' || a.proof || ' ' || a.note, ' ') AS words
    FROM actions a JOIN action_links l ON l.action_id = a.id
    WHERE a.engagement_id = :programme AND a.deleted_at IS NULL AND l.deleted_at IS NULL{some_links}
    GROUP BY l.finding_id
) w ON w.finding_id = f.id
LEFT JOIN (
    SELECT r.finding_id AS finding_id, group_concat(r.words, ' ') AS words FROM causes r
    WHERE r.engagement_id = :programme AND r.deleted_at IS NULL{some_causes} GROUP BY r.finding_id
) c ON c.finding_id = f.id
WHERE f.engagement_id = :programme AND f.deleted_at IS NULL{some}
"""
_ALL_WORDS = _WORDS.format(some="", some_links="", some_causes="")
_SOME_WORDS = _WORDS.format(
    some=f" AND f.id IN {_SOME}",
    some_links=f" AND l.finding_id IN {_SOME}",
    some_causes=f" AND r.finding_id IN {_SOME}",
)
_SERVED = """
SELECT l.action_id, l.finding_id FROM actions a JOIN action_links l ON l.action_id = a.id
JOIN findings f ON f.id = l.finding_id
WHERE a.engagement_id = :programme AND a.deleted_at IS NULL AND l.deleted_at IS NULL AND f.deleted_at IS NULL
ORDER BY f.number
"""
# Ties in the bin count: who was just untied or deleted must lose the action from its line.
_EVER_SERVED = (
    "SELECT DISTINCT finding_id FROM action_links WHERE action_id IN (SELECT value FROM json_each(:ids))"
)


class FindingsQuery:
    """What can be asked about the findings of a programme in one reading scope."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor

    def lines(self, engagement_id: str, ids: Collection[str] | None = None) -> list[FindingLine]:
        """All findings, the newest number first, or only those named; what is in the bin is left out."""
        if ids is None:
            rows = self._cursor.execute(ALL_LINES, {"programme": engagement_id}).fetchall()
        else:
            rows = self._cursor.execute(_SOME_LINES, _named(engagement_id, ids)).fetchall()
        return list(map(FindingLine._make, rows))

    def words(self, engagement_id: str, ids: Collection[str] | None = None) -> Mapping[str, str]:
        """Everything written at a finding, its causes and its actions, by finding."""
        if ids is None:
            return dict(self._cursor.execute(_ALL_WORDS, {"programme": engagement_id}))
        return dict(self._cursor.execute(_SOME_WORDS, _named(engagement_id, ids)))

    def served(self, engagement_id: str) -> list[tuple[str, str]]:
        """Which action serves which finding: pairs of ids, by the number of the finding."""
        return self._cursor.execute(_SERVED, {"programme": engagement_id}).fetchall()

    def ever_served(self, action_ids: Collection[str]) -> list[str]:
        """The findings these actions serve or served before they were untied."""
        rows = self._cursor.execute(_EVER_SERVED, {"ids": json.dumps(sorted(action_ids))})
        return [row[0] for row in rows]


def _named(engagement_id: str, ids: Collection[str]) -> dict[str, str]:
    return {"programme": engagement_id, "ids": json.dumps(sorted(ids))}
