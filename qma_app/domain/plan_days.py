"""Which days are free for a visit, and how to find the next one: the search, without knowing any calendar."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

IsFree = Callable[[date], bool]
_DAY = timedelta(days=1)
MOST_DAYS = 400
"""No search goes further: a house closed for longer has other questions."""


class ObstacleKind(StrEnum):
    """Why a day is not free for a visit."""

    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    CLOSED = "closed"
    BUSY = "busy"
    BEFORE_START = "before-start"
    AFTER_AUDIT = "after-audit"


@dataclass(frozen=True, kw_only=True, slots=True)
class DayObstacle:
    """One thing that stands against a visit on a day, in words."""

    kind: ObstacleKind
    words: str


def next_free(
    near: date, is_free: IsFree, *, first: date | None = None, last: date | None = None
) -> date | None:
    """The first free day on or after `near` and not before `first` nor behind `last`; None where there is none."""
    day = near if first is None else max(near, first)
    for _step in range(MOST_DAYS):
        if last is not None and day > last:
            return None
        if is_free(day):
            return day
        if day == date.max:
            return None
        day += _DAY
    return None


def last_free(near: date, is_free: IsFree, *, first: date) -> date | None:
    """The last free day before `near`, not before `first`; None where there is none."""
    day = near
    for _step in range(MOST_DAYS):
        if day <= first:
            return None
        day -= _DAY
        if is_free(day):
            return day
    return None


def nearest_free(near: date, is_free: IsFree, *, first: date, last: date) -> date | None:
    """The next free day, else the last one before `near`; both within `first` to `last`, both included."""
    begin = min(max(near, first), last)
    found = next_free(begin, is_free, first=first, last=last)
    return found if found is not None else last_free(begin, is_free, first=first)
