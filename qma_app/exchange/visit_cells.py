"""What one cell of a list of visits says: a day or a time of day, as people in several countries write them, never by guessing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, time
from typing import Final

from qma_app.domain.month import Month
from qma_app.exchange.importing.names import quoted
from qma_app.exchange.reading_cells import NotRead, month_cell
from qma_app.i18n import _, day_text

_FIRST_YEAR, _LAST_YEAR = 1990, 2099
_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]\d{1,2}:.*)?")
_NUMBERS: Final = re.compile(r"(\d{1,2})\s*([./-])\s*(\d{1,2})\s*\2\s*(\d{4}|\d{2})(?:[ ,]+\d{1,2}:.*)?")
_NAMED: Final = re.compile(r"(\d{1,2})[.\s-]+[^\W\d_]{3,}.*\d{2}")
_NAMED_FIRST: Final = re.compile(r"(?:[^\W\d_]{2,10}\.?\s*,\s*)?([^\W\d_]{3,}\.?)\s+(\d{1,2})\s*,\s*(\d{4})")
_WEEKDAY: Final = re.compile(r"^[^\W\d_]{2,10}\.?\s*,?\s+(?=\d)")
_TIME: Final = re.compile(
    r"(?:\d{4}-\d{2}-\d{2} )?(\d{1,2})(?:\s*[:.h]\s*(\d{2})(?::\d{2})?|\s*h)?\s*(am|pm|a\.m\.|p\.m\.|uhr|h)?",
    re.IGNORECASE,
)
_SHARE: Final = re.compile(r"0[.,]\d{2,}")
_DAY_MINUTES: Final = 24 * 60


def day_cell(text: str, *, is_day_first: bool | None = None) -> date:
    """The day a cell names; NotRead for none, and for 03/04/2026 where nothing says whether the day stands first."""
    if found := _NAMED_FIRST.fullmatch(" ".join(text.split())):
        return _named(text, f"{found[1]} {found[3]}", int(found[2]))
    words = _WEEKDAY.sub("", " ".join(text.split()))
    if found := _ISO.fullmatch(words):
        return _day(text, int(found[1]), int(found[2]), int(found[3]))
    if found := _NUMBERS.fullmatch(words):
        return _of_numbers(text, found, is_day_first)
    if found := _NAMED.fullmatch(words):
        return _named(text, words, int(found[1]))
    raise _no_day(text)


def day_order(cells: Iterable[str]) -> bool | None:
    """Whether the day stands first in days written with slashes or dashes, where the cells agree on it; None where they do not."""
    orders = set()
    for cell in cells:
        found = _NUMBERS.fullmatch(_WEEKDAY.sub("", " ".join(cell.split())))
        if found and found[2] != "." and (int(found[1]) > 12) != (int(found[3]) > 12):
            orders.add(int(found[1]) > 12)
    return orders.pop() if len(orders) == 1 else None


def time_cell(text: str) -> time:
    """The time of day a cell names: `8:30`, `8.30 Uhr`, `4 pm`, or the share of a day Excel counts in; NotRead for anything else."""
    words = " ".join(text.split())
    if _SHARE.fullmatch(words):
        minutes = round(float(words.replace(",", ".")) * _DAY_MINUTES)
        return time(minutes // 60 % 24, minutes % 60)
    found = _TIME.fullmatch(words)
    if not found:
        raise _no_time(text)
    hours, minutes, half = int(found[1]), int(found[2] or 0), (found[3] or "").casefold().replace(".", "")
    if half in ("am", "pm"):
        if not 1 <= hours <= 12:
            raise _no_time(text)
        hours = hours % 12 + (12 if half == "pm" else 0)
    if hours > 23 or minutes > 59:
        raise _no_time(text)
    return time(hours, minutes)


def _named(text: str, words: str, day: int) -> date:
    """A day of the month that the words name."""
    try:
        month = month_cell(words)
    except NotRead:
        raise _no_day(text) from None
    if not isinstance(month, Month):
        raise _no_day(text)
    return _day(text, month.year, month.number, day)


def _of_numbers(text: str, found: re.Match[str], is_day_first: bool | None) -> date:
    first, second = int(found[1]), int(found[3])
    year = int(found[4]) + (2000 if len(found[4]) == 2 else 0)
    if found[2] == "." or first == second or first > 12:
        return _day(text, year, second, first)
    if second > 12:
        return _day(text, year, first, second)
    by_day, by_month = _day(text, year, second, first), _day(text, year, first, second)
    if is_day_first is None:
        raise NotRead(
            "day-unclear",
            _("{text} may be {one} or {other}").format(
                text=quoted(text), one=day_text(by_day), other=day_text(by_month)
            ),
            _("write it as {one} or {other}").format(one=by_day.isoformat(), other=by_month.isoformat()),
        )
    return by_day if is_day_first else by_month


def _day(text: str, year: int, month: int, day: int) -> date:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise _no_day(text)
    try:
        return date(year, month, day)
    except ValueError:
        raise _no_day(text) from None


def _no_day(text: str) -> NotRead:
    return NotRead(
        "day",
        _("{text} is no day").format(text=quoted(text)),
        _("write it as 2026-11-21 or 21.11.2026"),
    )


def _no_time(text: str) -> NotRead:
    return NotRead("time", _("{text} is no time of day").format(text=quoted(text)), _("write it as 08:30"))
