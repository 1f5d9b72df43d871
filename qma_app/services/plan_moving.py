"""Moving phases and areas of a plan, with everything that depends on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from qma_app.domain.ids import AreaId, PlannedAreaId, PlannedPhaseId
from qma_app.domain.phase_spans import audit_phase
from qma_app.domain.plan import PlannedArea, PlannedPhase
from qma_app.domain.plan_move import (
    PhaseMove,
    PhasePair,
    movable,
    moved_areas,
    moved_phases,
    moved_visits,
)
from qma_app.domain.plan_reading import PlanReading
from qma_app.domain.ports import Reader
from qma_app.domain.record import Changes
from qma_app.domain.visit import Visit
from qma_app.errors import RuleBroken
from qma_app.i18n import _, day_text, ngettext
from qma_app.services.plan_rules import check_days, check_runs, moving_to
from qma_app.services.plan_writing import visits_ahead
from qma_app.services.visit_days import calendar_of
from qma_app.services.workspace import Workspace
from qma_app.storage.scopes import WritingScope

__all__ = ["PhaseMove", "move_area", "move_phase", "preview_move"]


def preview_move(
    reader: Reader,
    planned_phase_id: PlannedPhaseId,
    *,
    starts_on: date,
    ends_on: date,
    on: date | None = None,
) -> PhaseMove:
    """What moving a phase would do, before anything is written; RuleBroken where it cannot be moved so.

    `on` is today: visits up to that day and the first day of areas begun by then stay; None moves them too.
    """
    phase = reader.get(PlannedPhase, planned_phase_id)
    reading = PlanReading(reader, phase.engagement_id, on=on or date.min)
    check_runs(reading.engagement)
    if phase.is_passed:
        raise RuleBroken(
            _("This phase was left on {day} and is not moved any more.").format(
                day=day_text(phase.passed_on or phase.ends_on)
            ),
            code="plan.phase-passed",
            way_out=_("Move the phase that runs now."),
        )
    check_days(starts_on, ends_on, not_before=reading.engagement.started_on)
    with moving_to(ends_on):
        return _moved(reading, phase, starts_on, ends_on, on)


def _moved(
    reading: PlanReading, phase: PlannedPhase, starts_on: date, ends_on: date, on: date | None
) -> PhaseMove:
    pairs = moved_phases(reading.phases, phase, starts_on=starts_on, ends_on=ends_on)
    planned = tuple(reading.planned_areas.values())
    audit_after = _audit_on(reading, pairs)
    # What is planned in the phase before stays: only the room behind it changes.
    along = [pair for pair in pairs if pair[0].place >= phase.place]
    visits, remarks = _visits(reading, along, audit_after, on)
    return PhaseMove(
        phases=pairs,
        areas=moved_areas(planned, along, on=on),
        visits=visits,
        audit_before=reading.audit_on,
        audit_after=audit_after,
        remarks=(*_audit_remarks(reading, audit_after), *remarks),
    )


def move_phase(
    workspace: Workspace, planned_phase_id: PlannedPhaseId, *, starts_on: date, ends_on: date
) -> Changes:
    """Put a phase on other days; the phases behind it, its areas and the planned visits in them move along, in one edit."""
    with workspace.writing("plan.phase-moved") as work:
        move = preview_move(
            work, planned_phase_id, starts_on=starts_on, ends_on=ends_on, on=workspace.today()
        )
        for _before, phase in move.phases:
            work.put(phase)
        for _before_area, area in move.areas:
            work.put(area)
        for _before_visit, visit in move.visits:
            work.put(visit)
    return work.changes


def move_area(
    workspace: Workspace,
    planned_area_id: PlannedAreaId,
    *,
    wave: int | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
    place: int | None = None,
) -> Changes:
    """Put an area into another wave, on other days, or elsewhere in the order; only what is given changes.

    In another wave it takes the same share of that wave's time unless days are given; a new start alone
    keeps its length, a new end alone its start. Visits ahead take it up or drop it, as its new time says. `place` counts from 1.
    """
    with workspace.writing("plan.area-moved") as work:
        area = work.get(PlannedArea, planned_area_id)
        reading = PlanReading(work, area.engagement_id, on=workspace.today())
        check_runs(reading.engagement)
        if area.is_left_out:
            raise RuleBroken(
                _("This area is left out of the programme."),
                code="plan.area-left-out",
                way_out=_("Take it in again first."),
            )
        moved = area if wave is None or wave == area.wave else _in_wave(reading, area, wave)
        with moving_to(starts_on or reading.on):
            moved = _on_days(moved, starts_on, ends_on)
        if moved.starts_on is not None and moved.ends_on is not None and moved != area:
            check_days(moved.starts_on, moved.ends_on, not_before=reading.engagement.started_on)
        work.put(moved)
        if place is not None or moved.wave != area.wave:
            _put_in_order(work, reading, moved, place)
        _follow(work, reading, area, moved)
    return work.changes


def _audit_on(reading: PlanReading, pairs: Sequence[PhasePair]) -> date:
    audit = audit_phase(reading.edition)
    after = {before.id: moved for before, moved in pairs}
    days = [
        after.get(one.id, one).starts_on
        for one in reading.phases
        if audit is not None and one.phase == audit.id
    ]
    return min(days, default=reading.engagement.audit_due_on)


def _visits(
    reading: PlanReading, pairs: Sequence[PhasePair], audit_after: date, on: date | None
) -> tuple[tuple[tuple[Visit, Visit], ...], tuple[str, ...]]:
    moving = movable(reading.visits, pairs, on=on)
    days = calendar_of(reading.reader, reading.engagement_id, but=[one.id for one in moving])
    if days.last_on is not None:
        days = replace(days, last_on=days.last_on + (audit_after - reading.audit_on))
    return moved_visits(
        moving, pairs, days.is_free, first=days.first_on, last=days.last_on or date.max, on=on
    )


def _audit_remarks(reading: PlanReading, audit_after: date) -> list[str]:
    found, by = [], (audit_after - reading.audit_on).days
    if by:
        words = (
            ngettext(
                "The audit begins {days} day later, on {day}.",
                "The audit begins {days} days later, on {day}.",
                abs(by),
            )
            if by > 0
            else ngettext(
                "The audit begins {days} day earlier, on {day}.",
                "The audit begins {days} days earlier, on {day}.",
                abs(by),
            )
        )
        found.append(words.format(days=abs(by), day=day_text(audit_after)))
    due_on = reading.engagement.audit_due_on
    if audit_after > due_on:
        words = _("That is after the agreed end of the programme on {day}: extend it.")
        found.append(words.format(day=day_text(due_on)))
    return found


def _in_wave(reading: PlanReading, area: PlannedArea, wave: int) -> PlannedArea:
    """The area in another wave, at the same share of its time; the whole wave where it had no days."""
    spans = {one.wave: one for one in reading.phases if one.wave}
    span, old = spans.get(wave), spans.get(area.wave)
    if span is None:
        raise RuleBroken(
            _("This plan has no wave {wave}.").format(wave=wave),
            code="plan.wave-unknown",
            way_out=_("Choose a wave from 1 to {count}.").format(count=max(spans, default=0)),
        )
    if span.is_passed:
        raise RuleBroken(
            _("Wave {wave} was left on {day}.").format(
                wave=wave, day=day_text(span.passed_on or span.ends_on)
            ),
            code="plan.wave-passed",
            way_out=_("Choose a wave that is still ahead."),
        )
    if old is None or area.starts_on is None or area.ends_on is None:
        return replace(area, wave=wave, starts_on=span.starts_on, ends_on=span.ends_on)
    moved = moved_areas([area], [(old, span)])
    return replace(moved[0][1] if moved else area, wave=wave)


def _on_days(area: PlannedArea, starts_on: date | None, ends_on: date | None) -> PlannedArea:
    """On the days given; with one of them the length stays."""
    if starts_on is None and ends_on is None:
        return area
    if area.starts_on is not None and area.ends_on is not None:
        length = area.ends_on - area.starts_on
        starts_on = starts_on if starts_on is not None else area.starts_on
        ends_on = ends_on if ends_on is not None else starts_on + length
    return replace(area, starts_on=starts_on or ends_on, ends_on=ends_on or starts_on)


def _put_in_order(work: WritingScope, reading: PlanReading, moved: PlannedArea, place: int | None) -> None:
    """The area at its place, behind those of its wave unless said where; the others close up."""
    others = sorted(
        (one for one in reading.planned_areas.values() if not one.is_left_out and one.id != moved.id),
        key=_place,
    )
    if place is None:
        place = sum(one.wave <= moved.wave for one in others) + 1
    at = max(0, min(place - 1, len(others)))
    for number, one in enumerate([*others[:at], moved, *others[at:]], 1):
        current = work.get(PlannedArea, one.id)
        work.put(replace(current, place=number))


def _follow(work: WritingScope, reading: PlanReading, before: PlannedArea, after: PlannedArea) -> None:
    """Visits ahead in the time the area newly has take it up; those in the time it lost drop it."""
    for visit in visits_ahead(work, reading.engagement_id, on=reading.on):
        was, will_be = _covers(before, visit.planned_on), _covers(after, visit.planned_on)
        if will_be and not was and after.area_id not in visit.areas:
            work.put(replace(visit, areas=(*visit.areas, after.area_id)))
        elif was and not will_be and after.area_id in visit.areas:
            areas: tuple[AreaId, ...] = tuple(id for id in visit.areas if id != after.area_id)
            work.put(replace(visit, areas=areas))


def _covers(area: PlannedArea, day: date) -> bool:
    if area.starts_on is None or area.ends_on is None:
        return False
    return area.starts_on <= day <= area.ends_on


def _place(area: PlannedArea) -> tuple[int, str]:
    return area.place, area.id
