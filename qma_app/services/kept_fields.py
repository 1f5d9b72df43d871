"""Fields that no correction writes: who a record is, and what only a use case of its own may say about it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final

IDENTITY: Final = frozenset({"id", "version", "deleted_at", "engagement_id", "number"})


def check_by_hand(names: Iterable[str], kept: Collection[str]) -> None:
    """ValueError where one of the fields given is not written by hand: the caller's mistake, never the user's."""
    wrong = sorted((IDENTITY | set(kept)) & set(names))
    if wrong:
        raise ValueError(f"{', '.join(wrong)} cannot be written by hand")
