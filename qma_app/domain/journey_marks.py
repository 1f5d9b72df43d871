"""The days on the journey: visits as dots, milestones, and the list of what is late."""

from __future__ import annotations

from datetime import date

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.course import ScoreCourse
from qma_app.domain.journey_views import (
    AreaBar,
    AreaState,
    DotState,
    LateLine,
    Milestone,
    PhaseBar,
    PhaseState,
    VisitDot,
)
from qma_app.domain.levels import shown_level
from qma_app.domain.phase_spans import audit_phase
from qma_app.domain.plan_reading import PlanReading
from qma_app.domain.spot import Spot
from qma_app.domain.visit import Visit
from qma_app.domain.wording import review_title, visit_title
from qma_app.i18n import _, day_text


def visit_dots(reading: PlanReading) -> tuple[VisitDot, ...]:
    """Every visit, by day; one that should have been held and was not is missed."""
    return tuple(
        VisitDot(
            id=visit.id,
            number=visit.number,
            day=visit.day,
            state=dot_state(visit, reading.on),
            title=_visit_title(reading, visit),
        )
        for visit in reading.visits
    )


def dot_state(visit: Visit, on: date) -> DotState:
    """Where a visit stands on a day; one that is begun and not closed stays today's until it is closed."""
    if visit.cancelled_on is not None:
        return DotState.CANCELLED
    if visit.closed_at is not None:
        return DotState.HELD
    if visit.planned_on == on or visit.clock:
        return DotState.TODAY
    return DotState.MISSED if visit.planned_on < on else DotState.PLANNED


def milestones(
    reading: PlanReading, phases: tuple[PhaseBar, ...], course: ScoreCourse
) -> tuple[Milestone, ...]:
    """The days that matter, in their order: what was reached on its day, what lies ahead on the planned one."""
    found = [
        *_charter(reading),
        *_baseline(reading, course),
        *_plan(reading),
        *_reviews(reading),
        *_audit(reading, phases),
    ]
    return tuple(sorted(found, key=_when))


def late_lines(
    reading: PlanReading,
    phases: tuple[PhaseBar, ...],
    areas: tuple[AreaBar, ...],
    visits: tuple[VisitDot, ...],
) -> tuple[LateLine, ...]:
    """What is late and why: phases, then areas, visits, reviews and the pace of the checkpoints."""
    found = [
        LateLine(
            title=phase.title,
            why=_("to be left by {day}, its gate was not passed").format(day=day_text(phase.ends_on)),
            spot=Spot(page="journey", view="gate"),
        )
        for phase in phases
        if phase.is_late
    ]
    found += [
        LateLine(title=area.title, why=area.words, spot=Spot(page="checklists", area_id=area.area_id))
        for area in areas
        if area.state is AreaState.LATE
    ]
    found += [
        LateLine(
            title=visit.title,
            why=_("planned for {day} and not held").format(day=day_text(visit.day)),
            spot=Spot(page="journey", visit_id=visit.id),
        )
        for visit in visits
        if visit.state is DotState.MISSED
    ]
    found += [
        LateLine(
            title=review_title(review),
            why=_("planned for {day} and not held").format(day=day_text(review.planned_on)),
            spot=Spot(page="journey", view="reviews"),
        )
        for review in reading.reviews
        if review.held_on is None and review.planned_on is not None and review.planned_on < reading.on
    ]
    return tuple(found)


def _visit_title(reading: PlanReading, visit: Visit) -> str:
    codes = [area.code for id in visit.areas if (area := reading.edition.areas_by_id.get(id)) is not None]
    what = visit.purpose.strip() or ", ".join(codes)
    title = visit_title(visit)
    return f"{title}: {what}" if what else title


def _charter(reading: PlanReading) -> list[Milestone]:
    charter = reading.charter
    if charter is not None and charter.signed_on is not None:
        is_done = charter.signed_on <= reading.on
        return [_stone("charter", _("Charter signed"), charter.signed_on, is_done)]
    return [_stone("charter", _("Charter"), reading.engagement.started_on, False)]


def _baseline(reading: PlanReading, course: ScoreCourse) -> list[Milestone]:
    done = reading.completed(AssessmentKind.BASELINE)
    if done and done[-1].completed_on is not None:
        level = next((one.overall for one in course.points if one.on == done[-1].completed_on), None)
        title = _("Baseline")
        if level is not None:
            title = f"{title} {shown_level(level, (course.pass_mark,))}"
        return [_stone("baseline", title, done[-1].completed_on, True)]
    return _end_of(reading, AssessmentKind.BASELINE, "baseline", _("Baseline"))


def _plan(reading: PlanReading) -> list[Milestone]:
    accepted_on = reading.engagement.plan_accepted_on
    if accepted_on is None:
        return []
    return [_stone("plan", _("Plan accepted"), accepted_on, accepted_on <= reading.on)]


def _reviews(reading: PlanReading) -> list[Milestone]:
    found = []
    for review in reading.reviews:
        day = review.held_on or review.planned_on
        if day is not None:
            is_done = review.held_on is not None and review.held_on <= reading.on
            found.append(_stone("review", _("Review"), day, is_done))
    return found


def _audit(reading: PlanReading, phases: tuple[PhaseBar, ...]) -> list[Milestone]:
    found = []
    done = reading.completed(AssessmentKind.PRE_AUDIT)
    if done and done[-1].completed_on is not None:
        found.append(_stone("pre-audit", _("Pre-audit"), done[-1].completed_on, True))
    else:
        found += _end_of(reading, AssessmentKind.PRE_AUDIT, "pre-audit", _("Pre-audit"))
    audited = reading.completed(AssessmentKind.CERTIFICATION_AUDIT)
    day = _last_day(audited) or reading.audit_on
    found.append(_stone("audit", _("Audit"), day, bool(audited)))
    phase = audit_phase(reading.edition)
    bar = next((one for one in phases if phase is not None and one.phase == phase.id), None)
    passed = next((one.passed_on for one in reading.phases if bar and one.id == bar.id), None)
    ends_on = passed or (bar.ends_on if bar else reading.engagement.audit_due_on)
    is_done = bar is not None and bar.state is PhaseState.DONE
    return [*found, _stone("certificate", _("Certificate"), ends_on, is_done)]


def _end_of(reading: PlanReading, kind: AssessmentKind, code: str, title: str) -> list[Milestone]:
    """The last day of the phase that is called after an assessment."""
    return [_stone(code, title, one.ends_on, False) for one in reading.phases if one.phase == kind.value]


def _last_day(assessments: tuple[Assessment, ...]) -> date | None:
    return max((one.completed_on for one in assessments if one.completed_on), default=None)


def _stone(code: str, title: str, day: date, is_done: bool) -> Milestone:
    return Milestone(code=code, title=title, day=day, is_done=is_done)


def _when(stone: Milestone) -> date:
    return stone.day
