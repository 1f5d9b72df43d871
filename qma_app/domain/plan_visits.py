"""How the visits of a programme are spread over its months: one a month on a free day, each with its areas and its load."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from qma_app.domain.days import month_after
from qma_app.domain.ids import AreaId
from qma_app.domain.phase_spans import PhaseSpan
from qma_app.domain.plan_days import IsFree, nearest_free
from qma_app.i18n import _, day_text, ngettext

FIRST_AFTER: Final = timedelta(days=7)
"""The first visit is a week after the start, each following one a month later."""
DAY_MINUTES: Final = 435
"""What a day of 8 hours holds beside a lunch of 45 minutes."""
FRAME_MINUTES: Final = 35
"""Opening with the promises, closing with the principal."""
RATE_MINUTES, IMPROVE_MINUTES, AREA_MINUTES = 3, 4, 30
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class AreaWork:
    """What an area asks of the visits: all its checkpoints are looked at twice, `open_count` of them are worked on in its time."""

    area_id: AreaId
    starts_on: date
    ends_on: date
    count: int
    open_count: int


@dataclass(frozen=True, kw_only=True, slots=True)
class SpreadVisit:
    """A visit on a free day; `wanted_on` is the day it would have been without obstacles."""

    wanted_on: date
    day: date


def wanted_days(started_on: date, audit_on: date) -> tuple[date, ...]:
    """A week after the start and then every month, as long as the audit has not begun."""
    days: list[date] = []
    while (day := month_after(started_on + FIRST_AFTER, len(days))) < audit_on:
        days.append(day)
    return tuple(days)


def spread(wanted: Sequence[date], is_free: IsFree, *, first: date, last: date) -> tuple[SpreadVisit, ...]:
    """Each wanted day moved to the next free one, at most one visit a day, in their order, from `first` to `last`.

    Where nothing is free until `last` the last free day before is taken, if no other visit lies on or behind it; else the visit
    falls away.
    """
    found: list[SpreadVisit] = []
    for day in wanted:
        begin = max(first, found[-1].day + _DAY) if found else first
        free = nearest_free(day, is_free, first=begin, last=last) if begin <= last else None
        if free is not None:
            found.append(SpreadVisit(wanted_on=day, day=free))
    return tuple(found)


def shared_out(areas: Sequence[AreaId], visits: int) -> tuple[tuple[AreaId, ...], ...]:
    """The areas in their order, dealt to so many visits as evenly as can be."""
    return tuple(
        tuple(areas[len(areas) * place // visits : len(areas) * (place + 1) // visits])
        for place in range(visits)
    )


def areas_at(
    days: Sequence[date],
    phases: Sequence[PhaseSpan],
    areas: Sequence[AreaWork],
    *,
    walks: Sequence[str],
    waves: Sequence[str],
) -> tuple[tuple[AreaId, ...], ...]:
    """The areas of each visit: in a phase that walks through the house (`walks`) all of them are dealt to its visits; in a phase
    done in `waves` those whose time it is, as many as the day holds; in the others none.
    """
    found: dict[int, tuple[AreaId, ...]] = {}
    working: list[int] = []
    for phase in phases:
        inside = [place for place, day in enumerate(days) if phase.starts_on <= day <= phase.ends_on]
        if phase.phase in walks and inside:
            shares = shared_out([area.area_id for area in areas], len(inside))
            found.update(zip(inside, shares, strict=True))
        elif phase.phase in waves:
            working += inside
    found.update(_worked_on([days[place] for place in working], working, areas))
    return tuple(found.get(place, ()) for place in range(len(days)))


def minutes_each(area: AreaWork, visits: int) -> int:
    """Minutes one visit spends on an area in its time: 30, and 4 for each open checkpoint, shared among its visits."""
    return AREA_MINUTES + -(-IMPROVE_MINUTES * area.open_count // max(1, visits))


def load_of(
    visit: tuple[AreaId, ...],
    areas: Mapping[AreaId, AreaWork],
    visits_of: Mapping[AreaId, int],
    *,
    is_walk: bool,
) -> int:
    """Minutes a visit asks for, in steps of five: 35 for opening and closing, and for each area

    - on a walk through the house 3 for each of its checkpoints,
    - else 30, and 4 for each open checkpoint, shared among the visits that work on it.
    """
    minutes = FRAME_MINUTES
    for id in visit:
        area = areas[id]
        if is_walk:
            minutes += RATE_MINUTES * area.count
        else:
            minutes += minutes_each(area, visits_of.get(id, 1))
    return -(-minutes // 5) * 5


def _worked_on(
    days: Sequence[date], places: Sequence[int], areas: Sequence[AreaWork]
) -> dict[int, tuple[AreaId, ...]]:
    """Areas by visit. A visit takes those that were visited least, then those with the fewest visits left, until the day is full;
    an area whose last visit it is and that had none is taken in any case, one without a visit in its time by the next one.
    """
    chances = {area.area_id: _chances(area, days) for area in areas}
    had: Counter[AreaId] = Counter()
    found = {}
    for at, place in enumerate(places):
        running = [area for area in areas if at in chances[area.area_id]]
        left = {area.area_id: sum(each >= at for each in chances[area.area_id]) for area in running}
        minutes, taken = FRAME_MINUTES, []

        def urgency(area: AreaWork, left: Mapping[AreaId, int] = left) -> tuple[bool, int, int]:
            id = area.area_id
            return bool(had[id]) or left[id] > 1, had[id], left[id]

        for area in sorted(running, key=urgency):
            needed = minutes_each(area, len(chances[area.area_id]))
            is_last_chance = not had[area.area_id] and left[area.area_id] == 1
            if is_last_chance or minutes + needed <= DAY_MINUTES:
                taken.append(area.area_id)
                minutes += needed
        had.update(taken)
        found[place] = tuple(area.area_id for area in running if area.area_id in taken)
    return found


def _chances(area: AreaWork, days: Sequence[date]) -> tuple[int, ...]:
    """Which of the visits lie in the time of an area; the next one, else the last one, where none does."""
    inside = tuple(at for at, day in enumerate(days) if area.starts_on <= day <= area.ends_on)
    if inside or not days:
        return inside
    return (next((at for at, day in enumerate(days) if day > area.ends_on), len(days) - 1),)


def load_remarks(minutes: int) -> tuple[str, ...]:
    """Said where a day does not hold it."""
    days = -(-minutes // DAY_MINUTES)
    if days < 2:
        return ()
    words = ngettext("asks for about {days} day", "asks for about {days} days", days)
    return (words.format(days=days),)


def day_remarks(visit: SpreadVisit, why: Sequence[str]) -> tuple[str, ...]:
    """Said where a visit does not lie on its day; `why` are the words of what stands against that one."""
    if visit.day == visit.wanted_on or not why:
        return ()
    return (_("not on {day}: {why}").format(day=day_text(visit.wanted_on), why=", ".join(why)),)
