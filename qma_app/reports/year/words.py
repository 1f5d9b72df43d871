"""Words and figures the papers of the year say the same way: times, visits, phases, promises, gains."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from qma_app.design import LIGHT
from qma_app.domain.promise import PromiseState
from qma_app.i18n import _, day_text

PROMISE_COLOURS = {
    PromiseState.OPEN: LIGHT.accent,
    PromiseState.LATE: LIGHT.bad,
    PromiseState.KEPT: LIGHT.ok,
    PromiseState.KEPT_LATE: LIGHT.warn,
    PromiseState.BROKEN: LIGHT.bad,
}


def clock_text(at: time) -> str:
    """`08:30`"""
    return f"{at:%H:%M}"


def minute_text(minutes: int) -> str:
    """Minutes after midnight as a time of day; midnight begins again at 00:00."""
    return f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"


def hours_text(minutes: int) -> str:
    """`6:45 h`, or `45 min` below an hour."""
    if minutes < 60:
        return _("{minutes} min").format(minutes=minutes)
    return _("{hours}:{minutes:02d} h").format(hours=minutes // 60, minutes=minutes % 60)


def worked_text(worked: timedelta) -> str:
    """A span in whole minutes."""
    return hours_text(int(worked.total_seconds()) // 60)


def here_text(at: datetime) -> str:
    """An instant as the laptop's own clock shows it, to the minute: `21 Nov 2026, 14:02`."""
    here = at.astimezone()
    return f"{day_text(here.date())}, {here:%H:%M}"


def stretch_text(first: datetime, last: datetime | None) -> str:
    """From when to when by the laptop's own clock, which is named: `21 Nov 2026, 14:02 to 15:10 (UTC+1)`; the day is said once."""
    begun = first.astimezone()
    said = here_text(first)
    if last is not None:
        ended = last.astimezone()
        until = f"{ended:%H:%M}" if ended.date() == begun.date() else here_text(last)
        said = _("{first} to {last}").format(first=said, last=until)
    return f"{said} ({zone_text(first)})"


def zone_text(at: datetime) -> str:
    """How far the laptop's own clock is from UTC at an instant: `UTC+1`, `UTC−3:30`, or `UTC`."""
    minutes = int((at.astimezone().utcoffset() or timedelta()).total_seconds()) // 60
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes > 0 else '−'}{hours}" + (f":{rest:02d}" if rest else "")


def weekday_text(day: date) -> str:
    """The day with its name: `Saturday, 21 Nov 2026`."""
    names = (
        _("Monday"),
        _("Tuesday"),
        _("Wednesday"),
        _("Thursday"),
        _("Friday"),
        _("Saturday"),
        _("Sunday"),
    )
    return f"{names[day.weekday()]}, {day_text(day)}"
