"""What moves along when a phase of a plan is moved: the phases behind it, the areas of its wave and the visits in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from qma_app.domain.plan import PlannedArea, PlannedPhase
from qma_app.domain.plan_days import IsFree, nearest_free
from qma_app.domain.visit import Visit, VisitState
from qma_app.errors import RuleBroken
from qma_app.i18n import _, day_text

_DAY = timedelta(days=1)
PhasePair = tuple[PlannedPhase, PlannedPhase]


@dataclass(frozen=True, kw_only=True, slots=True)
class PhaseMove:
    """Before and after of everything that a move changes, and what it does to the first day of the audit."""

    phases: tuple[PhasePair, ...]
    areas: tuple[tuple[PlannedArea, PlannedArea], ...]
    visits: tuple[tuple[Visit, Visit], ...]
    audit_before: date
    audit_after: date
    remarks: tuple[str, ...] = ()


def moved_phases(
    phases: Sequence[PlannedPhase], moved: PlannedPhase, *, starts_on: date, ends_on: date
) -> tuple[PhasePair, ...]:
    """The phase on its new days, and those that change with it; only what changes.

    The phase before it ends on the day before, or stays where that was not so and does not overlap; those behind it keep their length
    and move by as many days as its end. RuleBroken where the phase before would have no day left or was passed.
    """
    place = next(at for at, one in enumerate(phases) if one.id == moved.id)
    after = {moved.id: replace(moved, starts_on=starts_on, ends_on=ends_on)}
    if place:
        before = phases[place - 1]
        is_next = before.ends_on + _DAY == moved.starts_on
        if starts_on <= before.ends_on or (is_next and starts_on != moved.starts_on and not before.is_passed):
            after[before.id] = _ended(before, starts_on - _DAY)
    by = ends_on - moved.ends_on
    for one in phases[place + 1 :]:
        after[one.id] = replace(one, starts_on=one.starts_on + by, ends_on=one.ends_on + by)
    return tuple((one, after[one.id]) for one in phases if after.get(one.id, one) != one)


def moved_areas(
    areas: Sequence[PlannedArea], phases: Sequence[PhasePair], *, on: date | None = None
) -> tuple[tuple[PlannedArea, PlannedArea], ...]:
    """The areas of the waves that moved; an area that was begun up to `on` keeps its first day.

    First days move with the start of the wave, last days keep their share of its length.
    """
    waves = {before.wave: (before, after) for before, after in phases if before.wave}
    found = []
    for area in areas:
        pair = waves.get(area.wave)
        if pair is None or area.starts_on is None or area.ends_on is None or area.is_left_out:
            continue
        before, after = pair
        end = _scaled(area.ends_on + _DAY, before, after) - _DAY
        start = area.starts_on + (after.starts_on - before.starts_on)
        if on is not None and area.starts_on <= on:
            start, end = area.starts_on, max(area.starts_on, end)
        moved = replace(area, starts_on=min(start, end), ends_on=end)
        if moved != area:
            found.append((area, moved))
    return tuple(found)


def moved_visits(
    visits: Sequence[Visit],
    phases: Sequence[PhasePair],
    is_free: IsFree,
    *,
    first: date,
    last: date,
    on: date | None = None,
) -> tuple[tuple[tuple[Visit, Visit], ...], tuple[str, ...]]:
    """The planned visits of the phases that moved, each at its place in the phase, on the next free day; and what is to be said.

    They stay in their order, one a day, after `on`. One that finds no free day up to `last` stays where it is.
    """
    found, remarks = [], []
    begin = first if on is None else max(first, on + _DAY)
    for visit in movable(visits, phases, on=on):
        pair = _pair_at(phases, visit.planned_on)
        wanted = visit.planned_on if pair is None else _scaled(visit.planned_on, *pair)
        day = nearest_free(wanted, is_free, first=begin, last=last) if begin <= last else None
        if day is None:
            words = _("Visit {number} finds no free day and stays on {day}.")
            remarks.append(words.format(number=visit.number, day=day_text(visit.planned_on)))
            continue
        if day != visit.planned_on:
            found.append((visit, replace(visit, planned_on=day)))
        begin = day + _DAY
    return tuple(found), tuple(remarks)


def movable(
    visits: Sequence[Visit], phases: Sequence[PhasePair], *, on: date | None = None
) -> tuple[Visit, ...]:
    """The visits that a move of these phases takes along: planned, not begun, later than `on`; by day."""
    ahead = (
        one
        for one in visits
        if one.state is VisitState.PLANNED
        and (on is None or one.planned_on > on)
        and _pair_at(phases, one.planned_on) is not None
    )
    return tuple(sorted(ahead, key=_planned))


def _ended(phase: PlannedPhase, ends_on: date) -> PlannedPhase:
    if phase.is_passed:
        raise RuleBroken(
            _("The phase before was passed and lasts until {day}.").format(day=day_text(phase.ends_on)),
            code="plan.before-passed",
            way_out=_("Choose a start behind that day."),
        )
    if ends_on < phase.starts_on:
        raise RuleBroken(
            _("The phase before begins on {day} and would have no day left.").format(
                day=day_text(phase.starts_on)
            ),
            code="plan.order",
            way_out=_("Choose a later start, or move the phase before first."),
        )
    return replace(phase, ends_on=ends_on)


def _scaled(day: date, before: PlannedPhase, after: PlannedPhase) -> date:
    """The day at the same share of the phase; exact where its length does not change."""
    old = (before.ends_on - before.starts_on).days + 1
    new = (after.ends_on - after.starts_on).days + 1
    return after.starts_on + timedelta(days=(day - before.starts_on).days * new // old)


def _pair_at(phases: Sequence[PhasePair], day: date) -> PhasePair | None:
    return next((pair for pair in phases if pair[0].starts_on <= day <= pair[0].ends_on), None)


def _planned(visit: Visit) -> tuple[date, int]:
    return visit.planned_on, visit.number
