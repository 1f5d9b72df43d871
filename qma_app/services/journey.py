"""The journey of a programme: phases, areas, visits and milestones in time, what is late, and where the score leads."""

from __future__ import annotations

from datetime import date, timedelta

from qma_app.domain.burn_up import BurnForecast, BurnPoint
from qma_app.domain.course import CoursePoint, Forecast, ScoreCourse
from qma_app.domain.course_reading import course_in, score_course, shown_reading
from qma_app.domain.days import month_after
from qma_app.domain.dealership import ClosingDay, Dealership
from qma_app.domain.gates import gate_in
from qma_app.domain.ids import EngagementId
from qma_app.domain.journey_areas import area_bars
from qma_app.domain.journey_marks import late_lines, milestones, visit_dots
from qma_app.domain.journey_views import (
    AreaBar,
    AreaState,
    ClosedTime,
    DotState,
    JourneyView,
    LateLine,
    Milestone,
    PhaseBar,
    PhaseState,
    VisitDot,
)
from qma_app.domain.phase_spans import phase_title, spans_of
from qma_app.domain.plan_reading import PlanReading
from qma_app.domain.ports import Reader
from qma_app.i18n import _, ngettext

__all__ = [
    "AreaBar",
    "AreaState",
    "BurnForecast",
    "BurnPoint",
    "ClosedTime",
    "CoursePoint",
    "DotState",
    "Forecast",
    "JourneyView",
    "LateLine",
    "Milestone",
    "PhaseBar",
    "PhaseState",
    "ScoreCourse",
    "VisitDot",
    "journey",
    "score_course",
]

_AFTERWARDS = 2
"""So many months behind the audit are shown."""


def journey(reader: Reader, engagement_id: EngagementId, *, on: date) -> JourneyView:
    """The journey as it is on a day; without a plan the phases lie where the edition puts them and the areas have no days."""
    reading = shown_reading(reader, engagement_id, on=on)
    engagement = reading.engagement
    phases, areas, visits = _phases(reading), area_bars(reading), visit_dots(reading)
    course = course_in(reading)
    last = month_after(max(engagement.audit_due_on, reading.audit_on, reading.on), _AFTERWARDS)
    first = min([engagement.started_on, *(visit.day for visit in visits)])
    return JourneyView(
        engagement=engagement,
        dealership=reader.get(Dealership, engagement.dealership_id),
        title=_title(engagement.months),
        subtitle=_subtitle(reading, areas, visits),
        first=first,
        last=last,
        months=engagement.months,
        phases=phases,
        areas=areas,
        visits=visits,
        milestones=milestones(reading, phases, course),
        late=late_lines(reading, phases, areas, visits),
        course=course,
        gate=None if reading.current is None else gate_in(reading, reading.current),
        obstacles=_closed_times(reading, first, last),
        has_plan=bool(reading.phases),
    )


def _phases(reading: PlanReading) -> tuple[PhaseBar, ...]:
    current = reading.current
    if not reading.phases:
        engagement = reading.engagement
        spans = spans_of(reading.edition, engagement.started_on, engagement.months)
        return tuple(
            PhaseBar(
                id=None,
                title=span.title,
                starts_on=span.starts_on,
                ends_on=span.ends_on,
                state=PhaseState.AHEAD,
                is_late=False,
                passed_with_reason=False,
                wave=span.wave,
                phase=span.phase,
            )
            for span in spans
        )
    return tuple(
        PhaseBar(
            id=one.id,
            title=phase_title(reading.edition, one.phase, one.wave),
            starts_on=one.starts_on,
            ends_on=one.ends_on,
            state=PhaseState.DONE
            if one.is_passed
            else (PhaseState.NOW if one is current else PhaseState.AHEAD),
            is_late=not one.is_passed and one.ends_on < reading.on,
            passed_with_reason=bool(one.passed_open),
            wave=one.wave,
            phase=one.phase,
        )
        for one in reading.phases
    )


def _title(months: int) -> str:
    named = {
        12: _("Twelve months to certification"),
        18: _("Eighteen months to certification"),
        24: _("Twenty-four months to certification"),
    }
    other = ngettext("{months} month to certification", "{months} months to certification", months)
    return named.get(months) or other.format(months=months)


def _subtitle(reading: PlanReading, areas: tuple[AreaBar, ...], visits: tuple[VisitDot, ...]) -> str:
    """`Month 9 · Improve, wave 2 · 9 of 17 visits held · Staff late`"""
    month = reading.engagement.month_on(reading.on)
    parts = [_("Month {month}").format(month=month) if month else _("not begun")]
    if reading.engagement.ended_on is not None and reading.engagement.ended_on <= reading.on:
        parts.append(_("ended"))
    current = reading.current
    if current is not None:
        parts.append(phase_title(reading.edition, current.phase, current.wave))
    counted = [visit for visit in visits if visit.state is not DotState.CANCELLED]
    if counted:
        held = sum(visit.state is DotState.HELD for visit in counted)
        words = ngettext("{held} of {count} visit held", "{held} of {count} visits held", len(counted))
        parts.append(words.format(held=held, count=len(counted)))
    parts.append(_standing_words(reading, areas))
    return " · ".join(parts)


def _standing_words(reading: PlanReading, areas: tuple[AreaBar, ...]) -> str:
    if not reading.phases:
        return _("no plan yet")
    late = [area.title for area in areas if area.state is AreaState.LATE]
    current = reading.current
    if current is not None and current.ends_on < reading.on:
        days = (reading.on - current.ends_on).days
        return ngettext("{days} day behind the plan", "{days} days behind the plan", days).format(days=days)
    if not late:
        return _("on plan")
    if len(late) == 1:
        return _("on plan, {area} late").format(area=late[0])
    return ngettext("on plan, {count} area late", "on plan, {count} areas late", len(late)).format(
        count=len(late)
    )


def _closed_times(reading: PlanReading, first: date, last: date) -> tuple[ClosedTime, ...]:
    found = reading.reader.all(ClosingDay, dealership_id=reading.engagement.dealership_id)
    return tuple(
        ClosedTime(first_on=one.first_on, last_on=one.last_on, words=one.words)
        for one in sorted(found, key=_first_on)
        if one.first_on <= last + timedelta(days=1) and one.last_on >= first
    )


def _first_on(closing: ClosingDay) -> date:
    return closing.first_on
