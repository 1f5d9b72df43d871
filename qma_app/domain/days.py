"""Arithmetic with days that calendars make harder than it looks."""

from __future__ import annotations

from calendar import monthrange
from datetime import date


def month_after(day: date, months: int) -> date:
    """The same day so many months later (earlier for a negative number); the last day of a month that is too short for it."""
    whole = day.year * 12 + day.month - 1 + months
    year, month = divmod(whole, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
