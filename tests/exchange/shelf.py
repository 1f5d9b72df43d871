"""Records on a shelf instead of in a database: a `Reader` for tests that need no storage."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.edition import Edition
from qma_app.domain.ids import AssessmentId, CheckpointId, EditionHash, EngagementId
from qma_app.domain.ports import LogHead
from qma_app.domain.rating import Outcome, Rating
from qma_app.domain.record import R, Record
from qma_app.errors import NotFound
from tests.builders import NOW

HEAD = LogHead(seq=417, hash="5f" * 32, at=NOW)


class Shelf:
    """What is put on it is found again; nothing is ever written."""

    def __init__(self, edition: Edition, records: Iterable[Record], head: LogHead = HEAD) -> None:
        self._edition = edition
        self._records = tuple(records)
        self._head = head

    def get(self, kind: type[R], id: str) -> R:
        found = self.find(kind, id)
        if found is None:
            raise NotFound("not on the shelf", code="record.not-found", kind=kind.__name__, id=id)
        return found

    def find(self, kind: type[R], id: str, *, in_bin: bool = False) -> R | None:
        for record in self._records:
            if isinstance(record, kind) and record.id == id:
                return record if in_bin or record.deleted_at is None else None
        return None

    def all(self, kind: type[R], /, **equal: object) -> tuple[R, ...]:
        return tuple(
            record
            for record in self._records
            if isinstance(record, kind)
            and record.deleted_at is None
            and all(is_one_of(getattr(record, name), value) for name, value in equal.items())
        )

    def fields(self, kind: type[Record], names: Sequence[str], /, **equal: object) -> list[tuple[Any, ...]]:
        return [tuple(getattr(one, name) for name in names) for one in self.all(kind, **equal)]

    def edition(self, hash: EditionHash) -> Edition:
        if hash != self._edition.hash:
            raise NotFound("no such edition", code="edition.unknown")
        return self._edition

    def ratings(self, assessment_id: AssessmentId) -> dict[CheckpointId, Rating]:
        return {rating.checkpoint_id: rating for rating in self.all(Rating, assessment_id=assessment_id)}

    def standing(self, engagement_id: EngagementId) -> dict[CheckpointId, Rating]:
        found: dict[CheckpointId, Rating] = {}
        for assessment in sorted(
            self.all(Assessment, engagement_id=engagement_id), key=lambda one: one.number
        ):
            if assessment.kind is not AssessmentKind.SELF_ASSESSMENT:
                found |= {
                    id: rating
                    for id, rating in self.ratings(assessment.id).items()
                    if rating.outcome in (Outcome.RATED, Outcome.NOT_APPLICABLE)
                }
        return found

    def area_tallies(self, engagement_id: EngagementId) -> None:
        return None

    def log_head(self) -> LogHead:
        return self._head

    def evidence_bytes(self, digest: str) -> bytes:
        raise NotFound("no files on this shelf", code="evidence.missing", digest=digest)


def texts_of(book: Any) -> list[str]:
    """Every text in every cell of a workbook that was read back."""
    return [
        cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str)
    ]


def is_one_of(value: object, wanted: object) -> bool:
    """Whether a field is as asked for: a frozenset names any of its members."""
    return value in wanted if isinstance(wanted, frozenset) else value == wanted
