"""What the core needs from a store, without knowing one: reading and writing scopes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any, Protocol

from qma_app.domain.edition import Edition
from qma_app.domain.ids import AreaId, AssessmentId, CheckpointId, EditionHash, EngagementId, PersonId
from qma_app.domain.rating import Rating
from qma_app.domain.record import R, Record
from qma_app.domain.result import Tally


@dataclass(frozen=True, kw_only=True, slots=True)
class LogHead:
    """The end of the change log: how many entries, the hash of the last one, and when it was made."""

    seq: int
    hash: str
    at: datetime | None

    @property
    def day(self) -> date | None:
        """The day of the last change by the laptop's own clock; None where nothing was written yet."""
        return self.at.astimezone().date() if self.at else None

    def changed_at(self, began_on: date) -> datetime:
        """The instant of the last change, else the beginning of the day on which all this began."""
        return self.at or datetime.combine(began_on, time(), tzinfo=UTC)


class Reader(Protocol):
    """A view of the workspace that does not move while it is open."""

    def get(self, kind: type[R], id: str) -> R:
        """The record; NotFound when it is not there or in the bin."""
        ...

    def find(self, kind: type[R], id: str, *, in_bin: bool = False) -> R | None:
        """The record or None; `in_bin` also finds deleted ones."""
        ...

    def all(self, kind: type[R], /, **equal: object) -> tuple[R, ...]:
        """Records not deleted whose fields equal the given values (None = empty, a frozenset = any of these), in the order they were made."""
        ...

    def fields(self, kind: type[Record], names: Sequence[str], /, **equal: object) -> list[tuple[Any, ...]]:
        """Only these fields of the records `all` gives, in no order: for hundreds of records of which little is asked."""
        ...

    def edition(self, hash: EditionHash) -> Edition:
        """The edition stored under that hash; NotFound when there is none."""
        ...

    def ratings(self, assessment_id: AssessmentId) -> dict[CheckpointId, Rating]:
        """The ratings of an assessment by checkpoint, deleted ones left out."""
        ...

    def standing(self, engagement_id: EngagementId) -> dict[CheckpointId, Rating]:
        """For each checkpoint its latest decided rating in the engagement, self-assessments left out.

        "Latest" goes by the number of the assessment; OPEN and NOT_SEEN do not replace an earlier one.
        """
        ...

    def area_tallies(self, engagement_id: EngagementId) -> Mapping[AreaId, Tally] | None:
        """The standing of each area in sums, as kept with the last edit, without what was not seen; None where it is not kept."""
        ...

    def log_head(self) -> LogHead:
        """Where the change log stands."""
        ...

    def evidence_bytes(self, digest: str) -> bytes:
        """The stored file under that SHA-256; NotFound when missing, StorageTrouble when changed."""
        ...


class Writer(Reader, Protocol):
    """One edit: everything put in it is stored together or not at all."""

    @property
    def at(self) -> datetime:
        """The instant of this edit."""
        ...

    @property
    def who(self) -> PersonId | None:
        """Who is working, None if nobody said."""
        ...

    def new_id(self) -> str:
        """A fresh id, unique for ever."""
        ...

    def put(self, record: R) -> R:
        """Store a record under the next version and give it back; StaleEdit if a newer one is there."""
        ...

    def delete(self, record: R) -> R:
        """Move a record to the bin."""
        ...
