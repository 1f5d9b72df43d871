"""Words and figures the papers of the year say the same way: times, visits, phases, promises, gains."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from qma_app.design import LIGHT
from qma_app.domain.edition import Edition
from qma_app.domain.plan import PlannedPhase
from qma_app.domain.promise import Promise, PromiseState
from qma_app.domain.review import ManagementReview
from qma_app.domain.target import Gain
from qma_app.domain.visit import Visit
from qma_app.i18n import _, day_text

PROMISE_COLOURS = {
    PromiseState.OPEN: LIGHT.accent,
    PromiseState.LATE: LIGHT.bad,
    PromiseState.KEPT: LIGHT.ok,
    PromiseState.KEPT_LATE: LIGHT.warn,
    PromiseState.BROKEN: LIGHT.bad,
}


def promise_label(promise: Promise) -> str:
    """`P-007`"""
    return f"P-{promise.number:03d}"


def promise_state_title(state: PromiseState) -> str:
    """Where a promise stands, in a word or two."""
    return {
        PromiseState.OPEN: _("open"),
        PromiseState.LATE: _("late"),
        PromiseState.KEPT: _("kept"),
        PromiseState.KEPT_LATE: _("kept late"),
        PromiseState.BROKEN: _("broken"),
    }[state]


def gain_title(gain: Gain) -> str:
    """Whose gain it is."""
    return {Gain.CUSTOMERS: _("Customers"), Gain.STAFF: _("Staff"), Gain.PROFIT: _("Profit")}[gain]


def visit_title(visit: Visit) -> str:
    """`Visit 7`"""
    return _("Visit {number}").format(number=visit.number)


def review_title(review: ManagementReview) -> str:
    """`Management review 2`"""
    return _("Management review {number}").format(number=review.number)


def phase_title(edition: Edition, planned: PlannedPhase) -> str:
    """The phase as the standard calls it, with its wave where it is done in waves."""
    known = next((phase for phase in edition.phases if phase.id == planned.phase), None)
    title = str(known.title) if known else planned.phase
    return _("{phase}, wave {number}").format(phase=title, number=planned.wave) if planned.wave else title


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
