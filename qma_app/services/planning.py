"""Proposing a plan, putting it in force, and the principal's acceptance of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from qma_app.domain.assessment import AssessmentKind
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import AreaId, EngagementId
from qma_app.domain.phase_spans import PhaseSpan, audit_phase, is_in_waves, spans_of
from qma_app.domain.plan_again import continued
from qma_app.domain.plan_areas import areas_proposed
from qma_app.domain.plan_proposal import AreaProposal, PlanProposal, VisitProposal
from qma_app.domain.plan_reading import PlanReading
from qma_app.domain.plan_visits import (
    AreaWork,
    SpreadVisit,
    areas_at,
    day_remarks,
    load_of,
    load_remarks,
    spread,
    wanted_days,
)
from qma_app.domain.ports import Reader
from qma_app.domain.record import Changes
from qma_app.errors import RuleBroken
from qma_app.i18n import _, day_text
from qma_app.services.certificates import check_may_open
from qma_app.services.plan_rules import check_months_ahead, check_proposal, check_runs
from qma_app.services.plan_writing import visits_ahead, write_areas, write_phases, write_visits
from qma_app.services.visit_days import VisitCalendar, calendar_of
from qma_app.services.workspace import Workspace
from qma_app.storage.scopes import WritingScope

__all__ = [
    "AreaProposal",
    "PlanProposal",
    "VisitProposal",
    "accept_plan",
    "make_plan",
    "propose_plan",
    "take_back_acceptance",
]

_WALKS = (AssessmentKind.BASELINE.value, AssessmentKind.PRE_AUDIT.value)
_APART = timedelta(days=14)
"""A visit planned anew does not come sooner after the last one held."""
_MOST_VISITS = 100


def propose_plan(
    reader: Reader, engagement_id: EngagementId, *, waves: int | None = None, on: date
) -> PlanProposal:
    """A plan from the edition's phases, the standing and the calendar; nothing is written.

    Phases: the edition's times for this length, the improving phase in `waves` (one for about four months unless said otherwise).
    Areas: by gap x effect on customers, management and organisation first, each after those it rests on (`plan_order`), cut into waves
    of about the same load; before a baseline only effect and order speak. Visits: one a month from a week after the start until the
    audit begins, each on the next day without an obstacle (`plan_visits`). Where there is a plan already, phases that were passed, areas
    whose wave has begun and visits held or missed stay; only what lies ahead is proposed anew.
    """
    reading = PlanReading(reader, engagement_id, on=on)
    check_runs(reading.engagement)
    check_months_ahead(reading.engagement)
    phases = _phases(reading, waves)
    areas, works = areas_proposed(reading, phases)
    audit = audit_phase(reading.edition)
    audit_on = next(
        (span.starts_on for span in phases if audit is not None and span.phase == audit.id),
        reading.engagement.audit_due_on,
    )
    days = _calendar(reading, audit_on)
    remarks = [days.remark] if days.remark else []
    if audit_on > reading.engagement.audit_due_on:
        remarks.append(_audit_too_late(reading.engagement, audit_on))
    return PlanProposal(
        phases=phases,
        areas=areas,
        visits=_visits(reading, phases, works, days, audit_on),
        audit_on=audit_on,
        remarks=tuple(remarks),
    )


def make_plan(workspace: Workspace, engagement_id: EngagementId, proposal: PlanProposal) -> Changes:
    """Put a plan in force, in one edit. Made again it replaces what lies ahead: passed phases and visits held or missed stay.

    A plan that the principal accepted is another one then: the acceptance is asked for again, unless its gate was passed. As it
    plans visits, a lapsed coach makes none.
    """
    with workspace.writing("plan.made") as work:
        check_may_open(workspace, work, workspace.today())
        reading = PlanReading(work, engagement_id, on=workspace.today())
        check_runs(reading.engagement)
        check_proposal(reading, proposal)
        was_accepted = _is_acceptance_settled(reading)
        write_phases(work, engagement_id, proposal.phases)
        write_areas(work, engagement_id, proposal.areas, on=reading.on)
        write_visits(work, reading.engagement, proposal.visits, on=reading.on)
        if not was_accepted:
            _set_acceptance(work, reading.engagement, None, "")
    return work.changes


def accept_plan(workspace: Workspace, engagement_id: EngagementId, *, on: date, by: str) -> Changes:
    """The principal accepts the plan as it is now."""
    if not by.strip():
        raise RuleBroken(
            _("It is not said who accepts the plan."),
            code="plan.by-missing",
            way_out=_("Write the name of the principal."),
        )
    with workspace.writing("plan.accepted") as work:
        reading = PlanReading(work, engagement_id, on=workspace.today())
        if not reading.phases:
            raise RuleBroken(_("There is no plan yet."), code="plan.missing", way_out=_("Make a plan first."))
        if not reading.engagement.started_on <= on <= workspace.today():
            raise RuleBroken(
                _("{day} does not lie between the start of the programme and today.").format(
                    day=day_text(on)
                ),
                code="plan.accepted-day",
                way_out=_("Choose the day on which the plan was accepted."),
            )
        _set_acceptance(work, reading.engagement, on, by.strip())
    return work.changes


def take_back_acceptance(workspace: Workspace, engagement_id: EngagementId) -> Changes:
    """The plan counts as not accepted again."""
    with workspace.writing("plan.acceptance-taken-back") as work:
        _set_acceptance(work, work.get(Engagement, engagement_id), None, "")
    return work.changes


def _set_acceptance(work: WritingScope, engagement: Engagement, on: date | None, by: str) -> None:
    work.put(replace(engagement, plan_accepted_on=on, plan_accepted_by=by))


def _is_acceptance_settled(reading: PlanReading) -> bool:
    """Whether the phase whose gate asks for it was passed, so that history keeps it."""
    asked = {
        phase.id
        for phase in reading.edition.phases
        if any(condition.check == "plan-accepted" for condition in phase.gate)
    }
    return any(one.is_passed for one in reading.phases if one.phase in asked)


def _phases(reading: PlanReading, waves: int | None) -> tuple[PhaseSpan, ...]:
    engagement = reading.engagement
    if waves is None:
        waves = max((one.wave for one in reading.phases), default=0) or None
    if waves is not None:
        waves = max(1, min(waves, len(reading.areas)))
    spans = spans_of(reading.edition, engagement.started_on, engagement.months, waves)
    if not spans:
        raise RuleBroken(
            _("{edition} has no phases.").format(edition=reading.edition.label),
            code="plan.no-phases",
            way_out=_("Follow an edition that says how a programme goes."),
        )
    audit = audit_phase(reading.edition)
    return continued(spans, reading.phases, audit.id if audit is not None else None)


def _calendar(reading: PlanReading, audit_on: date) -> VisitCalendar:
    """The days of the programme as proposed; visits that are planned anew do not stand in their own way."""
    anew = [one.id for one in visits_ahead(reading.reader, reading.engagement_id, on=reading.on)]
    days = calendar_of(reading.reader, reading.engagement_id, but=anew)
    return replace(days, last_on=audit_on - timedelta(days=1))


def _visits(
    reading: PlanReading,
    phases: Sequence[PhaseSpan],
    works: Sequence[AreaWork],
    days: VisitCalendar,
    audit_on: date,
) -> tuple[VisitProposal, ...]:
    ahead = visits_ahead(reading.reader, reading.engagement_id, on=reading.on)
    anew = {one.id for one in ahead}
    staying = [one for one in reading.visits if one.id not in anew and one.cancelled_on is None]
    first = max([reading.engagement.started_on, reading.on, *(one.day + _APART for one in staying)])
    last = audit_on - timedelta(days=1)
    wanted = [day for day in wanted_days(reading.engagement.started_on, audit_on) if day >= first]
    found = spread(wanted, days.is_free, first=first, last=last)
    walks = _WALKS
    waves = [phase.id for phase in reading.edition.phases if is_in_waves(phase)]
    areas = areas_at([one.day for one in found], phases, works, walks=walks, waves=waves)
    walking = [_is_in(one.day, phases, walks) for one in found]
    shares = Counter(id for ids, is_walk in zip(areas, walking, strict=True) if not is_walk for id in ids)
    by_id = {one.area_id: one for one in works}
    numbers = _numbers(reading, [one.number for one in ahead])
    return tuple(
        _visit(visit, ids, number, days, load_of(ids, by_id, shares, is_walk=is_walk))
        for visit, ids, is_walk, number in zip(found, areas, walking, numbers, strict=False)
    )


def _visit(
    visit: SpreadVisit, areas: tuple[AreaId, ...], number: int, days: VisitCalendar, minutes: int
) -> VisitProposal:
    why = [one.words for one in days.obstacles(visit.wanted_on)]
    return VisitProposal(
        number=number,
        day=visit.day,
        areas=areas,
        load_minutes=minutes,
        remarks=(*day_remarks(visit, why), *load_remarks(minutes)),
    )


def _is_in(day: date, phases: Sequence[PhaseSpan], ids: Sequence[str]) -> bool:
    return any(one.phase in ids and one.starts_on <= day <= one.ends_on for one in phases)


def _numbers(reading: PlanReading, ahead: Sequence[int]) -> list[int]:
    """The numbers the visits will get: those of the visits planned anew, then the next ones."""
    following = max((one.number for one in reading.visits), default=0) + 1
    return [*ahead, *range(following, following + _MOST_VISITS)]


def _audit_too_late(engagement: Engagement, audit_on: date) -> str:
    return _("The audit would begin on {day}, after the agreed end on {end}: extend the programme.").format(
        day=day_text(audit_on), end=day_text(engagement.audit_due_on)
    )
