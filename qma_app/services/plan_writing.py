"""Puts a plan in force: what was there already keeps its record, what lies ahead gets the new days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import EngagementId, PlannedAreaId, PlannedPhaseId, VisitId
from qma_app.domain.phase_spans import PhaseSpan
from qma_app.domain.plan import PlannedArea, PlannedPhase
from qma_app.domain.plan_proposal import AreaProposal, VisitProposal
from qma_app.domain.ports import Reader
from qma_app.domain.visit import Visit, VisitState
from qma_app.services.visit_rules import drop_visit
from qma_app.storage.scopes import WritingScope


def write_phases(work: WritingScope, engagement_id: EngagementId, spans: Sequence[PhaseSpan]) -> None:
    """Every phase of the plan; passed ones keep their days, others that are not in it go."""
    stored = {(one.phase, one.wave): one for one in work.all(PlannedPhase, engagement_id=engagement_id)}
    for place, span in enumerate(spans, 1):
        one = stored.pop((span.phase, span.wave), None)
        if one is None:
            work.put(
                PlannedPhase(
                    id=PlannedPhaseId(work.new_id()),
                    engagement_id=engagement_id,
                    phase=span.phase,
                    wave=span.wave,
                    place=place,
                    starts_on=span.starts_on,
                    ends_on=span.ends_on,
                )
            )
        elif one.is_passed:
            work.put(replace(one, place=place))
        else:
            work.put(replace(one, place=place, starts_on=span.starts_on, ends_on=span.ends_on))
    for one in stored.values():
        work.delete(one)


def write_areas(
    work: WritingScope, engagement_id: EngagementId, areas: Sequence[AreaProposal], *, on: date
) -> None:
    """Every area of the plan; one that is not in it goes unless it is left out or was begun."""
    stored = {one.area_id: one for one in work.all(PlannedArea, engagement_id=engagement_id)}
    for area in areas:
        one = stored.pop(area.area_id, None) or PlannedArea(
            id=PlannedAreaId(work.new_id()), engagement_id=engagement_id, area_id=area.area_id
        )
        work.put(
            replace(
                one,
                wave=area.wave,
                place=area.place,
                starts_on=area.starts_on,
                ends_on=area.ends_on,
            )
        )
    for one in stored.values():
        if not one.is_left_out and (one.starts_on is None or one.starts_on > on):
            work.delete(one)


def write_visits(
    work: WritingScope, engagement: Engagement, visits: Sequence[VisitProposal], *, on: date
) -> None:
    """Visits that lie ahead get the new days one after the other and keep what was prepared for them; more are added, surplus ones go."""
    ahead = list(visits_ahead(work, engagement.id, on=on))
    number = next_number(work, engagement.id)
    for visit in visits:
        if ahead:
            work.put(replace(ahead.pop(0), planned_on=visit.day, areas=visit.areas))
            continue
        work.put(
            Visit(
                id=VisitId(work.new_id()),
                engagement_id=engagement.id,
                number=number,
                planned_on=visit.day,
                areas=visit.areas,
                coach_id=engagement.coach_id,
            )
        )
        number += 1
    for one in ahead:
        drop_visit(work, one)


def visits_ahead(reader: Reader, engagement_id: EngagementId, *, on: date) -> tuple[Visit, ...]:
    """The visits a new plan may move: planned for a later day and not begun, by day."""
    found = [
        one
        for one in reader.all(Visit, engagement_id=engagement_id)
        if one.state is VisitState.PLANNED and one.planned_on > on
    ]
    return tuple(sorted(found, key=_day))


def next_number(work: WritingScope, engagement_id: EngagementId) -> int:
    """The number of the next visit; numbers in the bin are not given again."""
    there = work.all(Visit, engagement_id=engagement_id) + work.in_bin(Visit, engagement_id=engagement_id)
    return max((one.number for one in there), default=0) + 1


def _day(visit: Visit) -> tuple[date, int]:
    return visit.planned_on, visit.number
