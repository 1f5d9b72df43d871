"""What a visit is called and how it stands, in the words of the screen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from qma_app.domain import wording
from qma_app.domain.edition import Area
from qma_app.domain.visit import Visit, VisitState
from qma_app.i18n import _, day_text, ngettext

if TYPE_CHECKING:
    from ui.visit.reading import Desk

_AREAS_NAMED = 3


def visit_title(visit: Visit, areas: Sequence[Area]) -> str:
    """`Visit 9 — Service and Parts`; without areas what it is for, or its number alone."""
    number = wording.visit_title(visit)
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
    if visit.state in (VisitState.RUNNING, VisitState.PAUSED):
        return wording.visit_state_title(visit.state), "accent"
    if visit.state is VisitState.CANCELLED:
        return wording.visit_state_title(visit.state), "neutral"
    if visit.planned_on < today:
        return _("not held"), "bad"
    return (
        (_("today"), "accent")
        if visit.planned_on == today
        else (wording.visit_state_title(visit.state), "neutral")
    )


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


def detail_words(desk: Desk, today: date) -> str:
    """The line below the title of a visit: when, with whom, how it stands, what to know."""
    visit = desk.visit
    state, _tone = state_words(visit, today)
    when = away_words(visit.day, today)
    parts = [
        weekday_text(visit.day),
        times_words(visit),
        desk.view.coach.name if desk.view.coach else "",
        when if visit.state is VisitState.PLANNED and state != when else "",
        state,
        visit.cancelled_reason,
    ]
    if visit.state is VisitState.CLOSED:
        parts.append(_("{worked} worked").format(worked=worked_words(desk.view.worked)))
    return " · ".join(filter(None, (*parts, *desk.view.remarks)))
