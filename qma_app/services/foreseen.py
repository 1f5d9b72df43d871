"""The workspace as it will stand once an edit is made: a paper that becomes final with its signature is drawn before anything is stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from qma_app.domain.edition import Edition
from qma_app.domain.ids import AreaId, AssessmentId, CheckpointId, EditionHash, EngagementId
from qma_app.domain.ports import LogHead, Reader
from qma_app.domain.rating import Rating
from qma_app.domain.record import R, Record
from qma_app.domain.result import Tally


class Foreseen:
    """A `Reader` over another one in which some records stand as given; the log and everything else is as it is now."""

    def __init__(self, reader: Reader, *records: Record) -> None:
        self._reader = reader
        self._records = {record.id: record for record in records}
        self._kinds = frozenset(type(record) for record in records)

    def get(self, kind: type[R], id: str) -> R:
        """As the reader, or as given."""
        return self._as_given(self._reader.get(kind, id))

    def find(self, kind: type[R], id: str, *, in_bin: bool = False) -> R | None:
        """As the reader, or as given."""
        found = self._reader.find(kind, id, in_bin=in_bin)
        return None if found is None else self._as_given(found)

    def all(self, kind: type[R], /, **equal: object) -> tuple[R, ...]:
        """As the reader, or as given: what is asked for must hold for the record as given."""
        if kind not in self._kinds:
            return self._reader.all(kind, **equal)
        given = (self._as_given(one) for one in self._reader.all(kind))
        return tuple(one for one in given if all(_fits(one, name, value) for name, value in equal.items()))

    def fields(self, kind: type[Record], names: Sequence[str], /, **equal: object) -> list[tuple[Any, ...]]:
        """As the reader, or as given."""
        if kind not in self._kinds:
            return self._reader.fields(kind, names, **equal)
        return [tuple(getattr(one, name) for name in names) for one in self.all(kind, **equal)]

    def edition(self, hash: EditionHash) -> Edition:
        """As the reader."""
        return self._reader.edition(hash)

    def ratings(self, assessment_id: AssessmentId) -> dict[CheckpointId, Rating]:
        """As the reader."""
        return self._reader.ratings(assessment_id)

    def standing(self, engagement_id: EngagementId) -> dict[CheckpointId, Rating]:
        """As the reader."""
        return self._reader.standing(engagement_id)

    def area_tallies(self, engagement_id: EngagementId) -> Mapping[AreaId, Tally] | None:
        """As the reader."""
        return self._reader.area_tallies(engagement_id)

    def log_head(self) -> LogHead:
        """As the reader: the head before the edit."""
        return self._reader.log_head()

    def evidence_bytes(self, digest: str) -> bytes:
        """As the reader."""
        return self._reader.evidence_bytes(digest)

    def _as_given(self, record: R) -> R:
        given = self._records.get(record.id)
        return given if isinstance(given, type(record)) else record


def _fits(record: Record, name: str, value: object) -> bool:
    found = getattr(record, name)
    return found in value if isinstance(value, frozenset) else bool(found == value)
