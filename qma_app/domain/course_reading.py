"""Reads how the score and the number of passed checkpoints came about, assessment by assessment and month by month."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from datetime import date

from qma_app.domain.burn_up import BurnForecast, BurnPoint, burn_forecast
from qma_app.domain.course import CoursePoint, ScoreCourse, score_forecast
from qma_app.domain.days import month_after, within_calendar
from qma_app.domain.history import assessment_label
from qma_app.domain.ids import CheckpointId, EngagementId
from qma_app.domain.plan_reading import PlanReading
from qma_app.domain.ports import Reader
from qma_app.domain.rating_marks import Mark, marks_under

_NEVER, _ELSEWHERE = -1, -2
"""Points of a checkpoint that nobody has rated, and of one that does not apply."""
_SHOWN_AFTER = 120
"""So many months a journey goes on behind its last day."""


def score_course(reader: Reader, engagement_id: EngagementId, *, on: date) -> ScoreCourse:
    """The way of the overall level up to a day, the burn-up by months, and what both lead to by the day of the audit."""
    return course_in(shown_reading(reader, engagement_id, on=on))


def shown_reading(reader: Reader, engagement_id: EngagementId, *, on: date) -> PlanReading:
    """What a journey is drawn from on a day. Ten years after all that was planned and held it stays as it was then.

    A computer whose clock stands thousands of years ahead would otherwise draw as many months.
    """
    reading = PlanReading(reader, engagement_id, on=within_calendar(on))
    ends = [one.ends_on for one in reading.phases] + [one.day for one in reading.visits]
    last = month_after(max([reading.engagement.audit_due_on, *ends]), _SHOWN_AFTER)
    return reading if reading.on <= last else PlanReading(reader, engagement_id, on=last)


def course_in(reading: PlanReading) -> ScoreCourse:
    """The same from what was read already.

    A point is the standing when an assessment was completed, in its edition and by what applied then; none while an area that applied
    was not rated.
    """
    points, assessed = _points(reading), _burn_up(reading)
    forecast = score_forecast(points, max(reading.audit_on, reading.on))
    pass_mark = reading.edition.rules.pass_mark
    return ScoreCourse(
        points=points,
        assessed=assessed,
        forecast=forecast,
        pass_mark=pass_mark,
        audit_on=reading.audit_on,
        is_enough=None if forecast is None else forecast.expected >= pass_mark,
        burn=_burn(reading, assessed),
    )


def _burn(reading: PlanReading, assessed: tuple[BurnPoint, ...]) -> BurnForecast | None:
    """None until a whole month is over and something was assessed."""
    if not assessed or not assessed[-1].assessed:
        return None
    started_on = reading.engagement.started_on
    whole = [one.passed for one in assessed if month_after(started_on, one.month) <= one.on]
    if len(whole) < 2:
        return None
    last = assessed[-1]
    return burn_forecast(whole, last.total, on=reading.on, audit_on=reading.audit_on, now=last.passed)


def _points(reading: PlanReading) -> tuple[CoursePoint, ...]:
    _levels, overall = reading.run
    points = [
        CoursePoint(on=one.completed_on, overall=level, label=assessment_label(reading.engagement, one))
        for one in reading.assessments
        if one.completed_on is not None and (level := overall.get(one.id)) is not None
    ]
    return tuple(sorted(points, key=_when))


def _burn_up(reading: PlanReading) -> tuple[BurnPoint, ...]:
    """One point at the start and one at the end of each month so far; the last one is the day looked at."""
    ends = _month_ends(reading.engagement.started_on, reading.on)
    bound = reading.edition.rules.critical_points
    last: dict[CheckpointId, int | None] = dict.fromkeys(reading.applicable, _NEVER)
    counts: list[tuple[date, int, int]] = []
    rated = passed = 0
    for day, marks in zip(ends, _by_month(reading, ends), strict=True):
        for id, points, _day in marks:
            before = last.get(id, _ELSEWHERE)
            if before in (points, _ELSEWHERE):
                continue
            if before is not None and before != _NEVER:
                rated -= 1
                passed -= before >= bound
            if points is not None:
                rated += 1
                passed += points >= bound
            last[id] = points
        counts.append((day, rated, passed))
    total = len(last) - sum(points is None for points in last.values())
    return tuple(
        BurnPoint(month=month, on=day, assessed=assessed, passed=passed, total=total)
        for month, (day, assessed, passed) in enumerate(counts)
    )


def _month_ends(started_on: date, on: date) -> list[date]:
    days, month = [], 0
    while (day := month_after(started_on, month)) < on:
        days.append(day)
        month += 1
    return [*days, on] if on >= started_on else []


def _by_month(reading: PlanReading, ends: list[date]) -> list[list[Mark]]:
    """The marks of each month, a later assessment's behind those of an earlier one; what was rated after the last day is left out."""
    found: list[list[Mark]] = [[] for _end in (*ends, "what came later")]
    adders: dict[date, Callable[[Mark], None]] = {}
    for assessment in reading.assessments:
        marks = reading.marks.get(assessment.id, [])
        for mark in marks_under(reading.edition, assessment, marks, reading.lineage):
            add = adders.get(mark[2])
            if add is None:
                add = adders[mark[2]] = found[bisect_left(ends, mark[2])].append
            add(mark)
    return found[:-1]


def _when(point: CoursePoint) -> date:
    return point.on
