"""Arithmetic with days that calendars make harder than it looks."""

from __future__ import annotations

from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date
from typing import Final

_ROOM: Final = 10
"""So many years at either end of the calendar are left for sums of days and months."""
_FIRST: Final = date(MINYEAR + _ROOM, 1, 1)
_LAST: Final = date(MAXYEAR - _ROOM, 12, 31)


def month_after(day: date, months: int) -> date:
    """The same day so many months later (earlier for a negative number); the last day of a month that is too short for it."""
    whole = day.year * 12 + day.month - 1 + months
    year, month = divmod(whole, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def within_calendar(day: date) -> date:
    """The day, or the nearest one from which years can be counted to both sides: a computer whose clock stands at an end of the calendar shows its records all the same."""
    return min(max(day, _FIRST), _LAST)
