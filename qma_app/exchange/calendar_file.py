"""Writes a calendar file (iCalendar): what has a time, what has a day, what is to be done until a day.

A second import updates: each entry keeps its UID for ever, and its SEQUENCE rises with each change.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final
from unicodedata import category

from qma_app.design import APP_NAME
from qma_app.domain.plain_text import storable
from qma_app.i18n import language

if TYPE_CHECKING:
    from icalendar import Component

UID_HOUSE: Final = "qma-coach"
"""Stands behind the @ of each UID: never changed, or a second import would double every entry."""
_LINE_ENDS: Final = re.compile("\r\n|[\r\n\x85\u2028\u2029]")


@dataclass(frozen=True, kw_only=True, slots=True)
class CalendarEvent:
    """Something that takes place: with times by the clock of the dealership, or, without `starts_at`, the whole day."""

    key: str
    sequence: int
    title: str
    day: date
    starts_at: time | None = None
    ends_at: time | None = None
    words: str = ""
    place: str = ""
    is_cancelled: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class CalendarTask:
    """Something to be done until a day; `is_done` and `is_cancelled` take it off the list of the one who imports it.

    Without `due_on` it can only be taken off.
    """

    key: str
    sequence: int
    title: str
    due_on: date | None
    words: str = ""
    is_done: bool = False
    is_cancelled: bool = False


def calendar_file(
    entries: Iterable[CalendarEvent | CalendarTask], *, title: str, changed_at: datetime
) -> bytes:
    """The file in the order of the entries; the same entries give the same bytes."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", f"-//{APP_NAME}//{language().upper()}")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _line(title))
    for entry in entries:
        component = _event(entry) if isinstance(entry, CalendarEvent) else _task(entry)
        component.add("uid", f"{entry.key}@{UID_HOUSE}")
        component.add("dtstamp", changed_at.replace(microsecond=0))
        component.add("sequence", entry.sequence)
        component.add("summary", _line(entry.title))
        if entry.words:
            component.add("description", _clean(entry.words))
        calendar.add_component(component)
    return bytes(calendar.to_ical())


def _event(entry: CalendarEvent) -> Component:
    from icalendar import Event

    event = Event()
    if entry.starts_at is not None:
        # Without a time zone: ten o'clock is ten o'clock at the dealership, wherever the file is read.
        event.add("dtstart", datetime.combine(entry.day, entry.starts_at))
        event.add("dtend", datetime.combine(entry.day, entry.ends_at or entry.starts_at))
        event.add("transp", "OPAQUE")
    else:
        event.add("dtstart", entry.day)
        event.add("dtend", _day_after(entry.day))
        event.add("transp", "TRANSPARENT")
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    if entry.place:
        event.add("location", _line(entry.place))
    return event


def _task(entry: CalendarTask) -> Component:
    from icalendar import Todo

    task = Todo()
    if entry.due_on is not None:
        task.add("due", entry.due_on)
    if entry.is_cancelled:
        task.add("status", "CANCELLED")
    else:
        task.add("status", "COMPLETED" if entry.is_done else "NEEDS-ACTION")
        task.add("percent-complete", 100 if entry.is_done else 0)
    return task


def _day_after(day: date) -> date:
    return day if day == date.max else day + timedelta(days=1)


def _line(text: str) -> str:
    """Words that stand on one line."""
    return " ".join(_clean(text).split())


def _clean(text: str) -> str:
    """Words as a calendar may hold them: lines parted by one sign, no control characters."""
    lines = _LINE_ENDS.split(storable(text))
    return "\n".join(
        "".join(sign for sign in line if sign == "\t" or category(sign) != "Cc") for line in lines
    )
