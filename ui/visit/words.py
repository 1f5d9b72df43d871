"""What a visit is called and how it stands, in the words of the screen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from qma_app.domain.edition import Area
from qma_app.domain.visit import Visit, VisitState
from qma_app.i18n import _, day_text, ngettext

_AREAS_NAMED = 3


def visit_title(visit: Visit, areas: Sequence[Area]) -> str:
    """`Visit 9 — Service and Parts`; without areas what it is for, or its number alone."""
    number = _("Visit {number}").format(number=visit.number)
    what = areas_words(areas) or " ".join(visit.purpose.split())
    return f"{number} — {what}" if what else number


def areas_words(areas: Sequence[Area]) -> str:
    """`Service and Parts`, `Service, Parts and 3 more areas`; empty for none."""
    titles = [str(area.title) for area in areas]
    if len(titles) > _AREAS_NAMED:
        more = len(titles) - _AREAS_NAMED + 1
        titles = [
            *titles[: _AREAS_NAMED - 1],
            ngettext("{count} more area", "{count} more areas", more).format(count=more),
        ]
    return listed(titles)


def listed(words: Sequence[str]) -> str:
    """Words one after the other as a sentence lists them; by commas alone where one of them says “and” itself."""
    if len(words) < 2:
        return "".join(words)
    between = _("{first} and {last}").format(first="", last="")
    if any(between in one for one in words):
        return ", ".join(words)
    return _("{first} and {last}").format(first=", ".join(words[:-1]), last=words[-1])


def times_words(visit: Visit) -> str:
    """`08:30–16:30`"""
    return f"{visit.starts_at:%H:%M}–{visit.ends_at:%H:%M}"


def worked_words(worked: timedelta) -> str:
    """`2 h 14 min`"""
    hours, minutes = divmod(int(worked.total_seconds()) // 60, 60)
    if not hours:
        return _("{minutes} min").format(minutes=minutes)
    return _("{hours} h {minutes} min").format(hours=hours, minutes=minutes)


def minutes_words(minutes: int) -> str:
    """`20 min`, `2 h`, `2 h 15 min`"""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("{minutes} min").format(minutes=rest)
    return (
        _("{hours} h {minutes} min").format(hours=hours, minutes=rest)
        if rest
        else _("{hours} h").format(hours=hours)
    )


def state_words(visit: Visit, today: date) -> tuple[str, str]:
    """How a visit stands, and the tone of it."""
    if visit.state is VisitState.CLOSED:
        return (_("signed"), "ok") if visit.signatures else (_("not signed"), "warn")
    if visit.state is VisitState.RUNNING:
        return _("under way"), "accent"
    if visit.state is VisitState.PAUSED:
        return _("paused"), "accent"
    if visit.state is VisitState.CANCELLED:
        return _("called off"), "neutral"
    if visit.planned_on < today:
        return _("not held"), "bad"
    return (_("today"), "accent") if visit.planned_on == today else (_("planned"), "neutral")


def away_words(day: date, today: date) -> str:
    """How far a day is: `today`, `tomorrow`, `in 5 days`, `12 days ago`."""
    days = (day - today).days
    if days in (0, 1, -1):
        return {0: _("today"), 1: _("tomorrow"), -1: _("yesterday")}[days]
    if days > 0:
        return ngettext("in {count} day", "in {count} days", days).format(count=days)
    return ngettext("{count} day ago", "{count} days ago", -days).format(count=-days)


def weekday_text(day: date) -> str:
    """A day with its weekday as the language writes it out: `Saturday 21 November 2026`."""
    return day_text(day, "full")
