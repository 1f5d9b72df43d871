"""The clock and the ids of the sample: they look like real ones and are the same each time.

What only the portfolio tells draws from chances of its own (`aside`), so that nothing else becomes another by it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from random import Random
from typing import Final, Self
from uuid import UUID

_SEED: Final = 81207
_FIRST_EDIT: Final = time(6, 40)
_ZONE: Final = timezone(timedelta(hours=1))
"""Where the sample was lived."""
_BETWEEN_EDITS: Final = (15_000, 70_000)
"""Milliseconds from one edit to the next, least and most."""


class _SampleInstant(datetime):
    """An instant whose local day is that of the invented laptop, wherever the sample is made."""

    def astimezone(self, tz: tzinfo | None = None) -> Self:
        return super().astimezone(tz or _ZONE)


class SampleClock:
    """Goes on by part of a minute each time it is read, and from day to day when told."""

    def __init__(self, first_day: date) -> None:
        self._chance, self._other = Random(_SEED), Random(_SEED + 2)
        self._now = _SampleInstant.combine(first_day, _FIRST_EDIT, UTC)

    def __call__(self) -> datetime:
        self._now += timedelta(milliseconds=self._chance.randint(*_BETWEEN_EDITS))
        return self._now

    def go_to(self, day: date) -> None:
        """The morning of `day`, unless it has begun already; never back."""
        self.go_on(day, _FIRST_EDIT)

    def go_on(self, day: date, until: time) -> None:
        """To a time of that day in UTC, unless it has passed already; never back."""
        self._now = max(self._now, self.moment(day, until))

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Go on by another chance for a while."""
        self._chance, self._other = self._other, self._chance
        yield
        self._chance, self._other = self._other, self._chance

    def moment(self, day: date, at: time) -> _SampleInstant:
        """A time of that day in UTC, for what is written down with a time of its own."""
        return _SampleInstant.combine(day, at, UTC)


class SampleIds:
    """Ids in the form of random ones, in the same order each time."""

    def __init__(self) -> None:
        self._chance, self._other = Random(_SEED + 1), Random(_SEED + 3)

    def __call__(self) -> str:
        return str(UUID(int=self._chance.getrandbits(128), version=4))

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Give others for a while."""
        self._chance, self._other = self._other, self._chance
        yield
        self._chance, self._other = self._other, self._chance
