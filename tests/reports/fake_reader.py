"""An honest dictionary of records that answers like a store, so that reports are tested without one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.edition import Edition
from qma_app.domain.ids import AssessmentId, CheckpointId, EditionHash, EngagementId
from qma_app.domain.ports import LogHead
from qma_app.domain.rating import Outcome, Rating
from qma_app.domain.record import R, Record
from qma_app.errors import NotFound, StorageTrouble
from tests.builders import NOW


class FakeReader:
    """Records in the order given, editions, and evidence files by their SHA-256."""

    def __init__(self, records: Iterable[Record] = (), editions: Iterable[Edition] = ()) -> None:
        self.records: list[Record] = list(records)
        self.editions = {edition.hash: edition for edition in editions}
        self.files: dict[str, bytes] = {}
        self.head = LogHead(seq=42, hash=hashlib.sha256(b"log").hexdigest(), at=NOW)

    def add(self, *records: Record) -> None:
        self.records += records

    def put_file(self, content: bytes) -> str:
        """Keep a file; gives the digest it is known by."""
        digest = hashlib.sha256(content).hexdigest()
        self.files[digest] = content
        return digest

    def get(self, kind: type[R], id: str) -> R:
        found = self.find(kind, id)
        if found is None:
            raise NotFound(f"no {kind.__name__} {id}", code="record.missing")
        return found

    def find(self, kind: type[R], id: str, *, in_bin: bool = False) -> R | None:
        for record in self.records:
            if isinstance(record, kind) and record.id == id and (in_bin or record.deleted_at is None):
                return record
        return None

    def all(self, kind: type[R], /, **equal: object) -> tuple[R, ...]:
        return tuple(
            record
            for record in self.records
            if isinstance(record, kind)
            and record.deleted_at is None
            and all(is_one_of(getattr(record, name), value) for name, value in equal.items())
        )

    def fields(self, kind: type[Record], names: Sequence[str], /, **equal: object) -> list[tuple[Any, ...]]:
        return [tuple(getattr(one, name) for name in names) for one in self.all(kind, **equal)]

    def edition(self, hash: EditionHash) -> Edition:
        if hash not in self.editions:
            raise NotFound(f"no edition {hash}", code="edition.missing")
        return self.editions[hash]

    def ratings(self, assessment_id: AssessmentId) -> dict[CheckpointId, Rating]:
        return {rating.checkpoint_id: rating for rating in self.all(Rating, assessment_id=assessment_id)}

    def standing(self, engagement_id: EngagementId) -> dict[CheckpointId, Rating]:
        latest: dict[CheckpointId, Rating] = {}
        for assessment in sorted(self.all(Assessment, engagement_id=engagement_id), key=_number):
            if assessment.kind is not AssessmentKind.SELF_ASSESSMENT:
                decided = self.ratings(assessment.id).values()
                latest |= {
                    rating.checkpoint_id: rating
                    for rating in decided
                    if rating.outcome in (Outcome.RATED, Outcome.NOT_APPLICABLE)
                }
        return latest

    def area_tallies(self, engagement_id: EngagementId) -> None:
        return None

    def log_head(self) -> LogHead:
        return self.head

    def evidence_bytes(self, digest: str) -> bytes:
        if digest not in self.files:
            raise NotFound(f"no file {digest}", code="evidence.missing")
        content = self.files[digest]
        if hashlib.sha256(content).hexdigest() != digest:
            raise StorageTrouble(f"{digest} was changed", code="evidence.changed")
        return content


def _number(assessment: Assessment) -> int:
    return assessment.number


def is_one_of(value: object, wanted: object) -> bool:
    """Whether a field is as asked for: a frozenset names any of its members."""
    return value in wanted if isinstance(wanted, frozenset) else value == wanted
