"""Full-text search over statements, notes and findings, accents and case ignored."""

from __future__ import annotations

import re
from collections.abc import Iterable
from sqlite3 import Cursor
from typing import Final, NamedTuple

from qma_app.domain.action import Action
from qma_app.domain.assessment import Assessment
from qma_app.domain.cause import Cause
from qma_app.domain.dealership import Dealership
from qma_app.domain.edition import Edition
from qma_app.domain.evidence import Evidence
from qma_app.domain.finding import Finding
from qma_app.domain.ids import AssessmentId, CheckpointId, DealershipId, EditionHash, EngagementId
from qma_app.domain.people import Person
from qma_app.domain.plain_text import composed
from qma_app.domain.promise import Promise
from qma_app.domain.rating import Rating
from qma_app.domain.record import Change, Record
from qma_app.domain.review import Decision, ManagementReview
from qma_app.domain.visit import Visit, VisitNote

_WORDS: Final = re.compile(r"\w+", re.UNICODE)

# One statement gives the hits with where they stand, so that showing them needs no reading for each.
# A rating belongs to the edition of its assessment, which may be older than that of the programme.
_HITS: Final = """
SELECT r.kind, r.record_id, r.engagement_id,
       coalesce(r.edition, a.edition, CASE WHEN a.id IS NOT NULL THEN (
           SELECT u.from_edition FROM upgrades u WHERE u.engagement_id = e.id AND u.deleted_at IS NULL ORDER BY u.rowid LIMIT 1
       ) END, e.edition), t.text, e.dealership_id, a.id, a.number, g.checkpoint_id, r.language
  FROM search_text t CROSS JOIN search_rows r ON r.number = t.rowid
  LEFT JOIN engagements e ON e.id = r.engagement_id
  LEFT JOIN dealerships d ON d.id = e.dealership_id
  LEFT JOIN ratings g ON r.kind = 'rating' AND g.id = r.record_id
  LEFT JOIN assessments a ON a.id = CASE r.kind WHEN 'rating' THEN g.assessment_id WHEN 'assessment' THEN r.record_id END
 WHERE t.text MATCH ? AND (r.engagement_id IS NULL OR (d.id IS NOT NULL AND d.deleted_at IS NULL AND e.deleted_at IS NULL))
   AND a.deleted_at IS NULL"""


class SearchHit(NamedTuple):
    """One place where the words stand; `kind` is checkpoint, or that of the record in small letters (`rating`, `visitnote`).

    `edition` is that of the checkpoint, of the assessment, or of the programme it belongs to; assessment and checkpoint are those of a rating, or
    the assessment itself; `language` that of a checkpoint's words.
    """

    kind: str
    record_id: str
    engagement_id: EngagementId | None
    edition: EditionHash | None
    text: str
    dealership_id: DealershipId | None
    assessment_id: AssessmentId | None
    assessment_number: int | None
    checkpoint_id: CheckpointId | None
    language: str | None


def index_changes(cursor: Cursor, changes: Iterable[Change]) -> None:
    """Bring the index in line with an edit, inside its transaction."""
    for change in changes:
        words = "" if change.after.deleted_at is not None else _words_of(change.after)
        before = (
            "" if change.before is None or change.before.deleted_at is not None else _words_of(change.before)
        )
        if words == before:
            continue
        if before:
            _forget(cursor, change.id)
        if words:
            _remember(
                cursor,
                _kind_of(change.after),
                change.id,
                words,
                engagement_id=_engagement_of(cursor, change.after),
            )


def index_edition(cursor: Cursor, edition: Edition) -> None:
    """Make an edition's checkpoints findable in each of its languages."""
    for checkpoint in edition.checkpoints.values():
        process = edition.processes[checkpoint.process_id]
        for language in edition.languages:
            text = f"{checkpoint.number} {process.title.in_language(language)}: {checkpoint.statement.in_language(language)}"
            _remember(cursor, "checkpoint", checkpoint.id, text, edition=edition.hash, language=language)


def forget_edition(cursor: Cursor, edition: EditionHash) -> None:
    """Take an edition's checkpoints out of the index."""
    mine = "SELECT number FROM search_rows WHERE kind = 'checkpoint' AND edition = ?"
    cursor.execute(f"DELETE FROM search_text WHERE rowid IN ({mine})", (edition,))
    cursor.execute("DELETE FROM search_rows WHERE kind = 'checkpoint' AND edition = ?", (edition,))


def match_expression(text: str) -> str:
    """The query for what was typed: every word must occur, the last one may be a beginning; empty for no word."""
    words = _WORDS.findall(composed(text))  # a mark typed behind its letter would tear the word apart
    return " ".join([*(f'"{word}"' for word in words[:-1]), *(f'"{word}"*' for word in words[-1:])])


def search(
    cursor: Cursor,
    text: str,
    *,
    engagement_id: str | None = None,
    edition: str | None = None,
    limit: int = 50,
) -> tuple[SearchHit, ...]:
    """The newest hits first; `engagement_id` and `edition` leave out what belongs to others."""
    expression = match_expression(text)
    if not expression:
        return ()
    where, values = "", []
    if engagement_id is not None:
        where += " AND (r.engagement_id IS NULL OR r.engagement_id = ?)"
        values.append(engagement_id)
    if edition is not None:
        where += " AND (r.edition IS NULL OR r.edition = ?)"
        values.append(edition)
    rows = cursor.execute(f"{_HITS}{where} ORDER BY t.rowid DESC LIMIT ?", (expression, *values, limit))
    return tuple(map(SearchHit._make, rows))


def _words_of(record: Record) -> str:
    match record:
        case Rating():
            labels = (item.label for item in record.sample.records) if record.sample else ()
            return _joined(record.note, record.reason, *labels)
        case Finding():
            return _joined(
                record.label,
                record.statement,
                record.requirement,
                record.evidence,
                record.owner,
                record.closing_note,
                record.reply_words,
                record.correction,
                record.elsewhere_words,
            )
        case Action():
            return _joined(
                record.label,
                record.what,
                record.owner,
                record.problem,
                record.goal,
                record.proof,
                record.standardised_in,
                record.note,
            )
        case Cause():
            return record.words
        case Assessment():
            return _joined(record.summary, *(remark.text for remark in record.remarks))
        case Evidence():
            return _joined(record.caption, record.name)
        case Dealership():
            return _joined(record.name, record.code, record.city)
        case Person():
            return _joined(record.name, record.function)
        case _:
            return _words_of_year(record)


def _words_of_year(record: Record) -> str:
    """What is written at visits and reviews."""
    match record:
        case Visit():
            return _joined(record.purpose, record.summary, record.cancelled_reason)
        case VisitNote():
            return record.words
        case Promise():
            return _joined(record.what, record.who, record.outcome)
        case ManagementReview():
            said = (remark.words for remark in record.remarks)
            return _joined(record.led_by, *said, record.conclusion)
        case Decision():
            return _joined(record.words, record.owner)
        case _:
            return ""


def _joined(*texts: str) -> str:
    return " · ".join(text for text in texts if text)


def _kind_of(record: Record) -> str:
    return type(record).__name__.lower()


def _engagement_of(cursor: Cursor, record: Record) -> str | None:
    if isinstance(record, Rating):
        row = cursor.execute(
            "SELECT engagement_id FROM assessments WHERE id = ?", (record.assessment_id,)
        ).fetchone()
        return str(row[0]) if row else None
    return getattr(record, "engagement_id", None)


def _forget(cursor: Cursor, record_id: str) -> None:
    for (number,) in cursor.execute(
        "SELECT number FROM search_rows WHERE record_id = ?", (record_id,)
    ).fetchall():
        cursor.execute("DELETE FROM search_text WHERE rowid = ?", (number,))
        cursor.execute("DELETE FROM search_rows WHERE number = ?", (number,))


def _remember(
    cursor: Cursor,
    kind: str,
    record_id: str,
    words: str,
    *,
    engagement_id: str | None = None,
    edition: str | None = None,
    language: str | None = None,
) -> None:
    cursor.execute(
        "INSERT INTO search_rows (kind, record_id, engagement_id, edition, language) VALUES (?,?,?,?,?)",
        (kind, record_id, engagement_id, edition, language),
    )
    cursor.execute("INSERT INTO search_text (rowid, text) VALUES (?,?)", (cursor.lastrowid, words))
