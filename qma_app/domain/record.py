"""What every stored thing has in common, and how an edit is described."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Final, TypeVar

TYPED_TEXT: Final = "typed text"
Typed = Annotated[str, TYPED_TEXT]
"""Words a user typed: the change log keeps a salted digest of them, so that they can be erased."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """A stored value: `version` is the one it was read at (0 = never stored), `deleted_at` marks the bin."""

    id: str
    version: int = 0
    deleted_at: datetime | None = None


R = TypeVar("R", bound=Record)


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """One record before and after an edit; None before = made, None after never occurs (the bin is a mark)."""

    before: Record | None
    after: Record

    @property
    def id(self) -> str:
        return self.after.id

    @property
    def is_deletion(self) -> bool:
        return self.after.deleted_at is not None and (self.before is None or self.before.deleted_at is None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Changes:
    """What one use case changed: the source of undo, refresh, change log and merging.

    `what` is the code of the use case (`rating.rated`), `seq` the number of its entry in the change log (0 = nothing was written).
    """

    what: str
    records: tuple[Change, ...] = ()
    seq: int = 0
    at: datetime | None = None

    def __iter__(self) -> Iterator[Change]:
        return iter(self.records)

    def __bool__(self) -> bool:
        return bool(self.records)

    def of(self, kind: type[R]) -> tuple[R, ...]:
        """The records of a kind as they are now."""
        return tuple(change.after for change in self.records if isinstance(change.after, kind))

    def made(self, kind: type[R]) -> R:
        """The first record of a kind that this edit brought into being."""
        return next(c.after for c in self.records if c.before is None and isinstance(c.after, kind))

    def touches(self, *kinds: type[Record]) -> bool:
        """Whether a record of one of the kinds was changed."""
        return any(isinstance(change.after, kinds) for change in self.records)


def utc(text: str) -> datetime:
    """The instant written as `2026-11-21T14:02:07.120Z`."""
    return datetime.fromisoformat(text)


def utc_text(at: datetime) -> str:
    """An aware instant as UTC text with milliseconds and Z, the one stored form."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"
