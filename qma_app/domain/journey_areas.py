"""How each area of a programme stands in its time: ahead, running, done, late, or left out, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from qma_app.domain.edition import Area
from qma_app.domain.finding_state import action_is_overdue
from qma_app.domain.journey_views import AreaBar, AreaState
from qma_app.domain.levels import shown_level
from qma_app.domain.phase_spans import WAVE_CHECK
from qma_app.domain.plan import PlannedArea
from qma_app.domain.plan_reading import PlanReading
from qma_app.i18n import _, ngettext


@dataclass(frozen=True, kw_only=True, slots=True)
class AreaFacts:
    """What decides how an area stands: its level if it is rated, what is open and overdue in it, the day it was last rated."""

    level: Fraction | None
    open_findings: int
    open_actions: int
    overdue_actions: int
    rated_on: date | None


def area_bars(reading: PlanReading) -> tuple[AreaBar, ...]:
    """Every area in which something applies, those left out last; in the order of the plan, else of the standard."""
    facts, bound = _facts(reading), done_level(reading)
    order = {area.id: place for place, area in enumerate(reading.edition.areas)}
    applying = {id.split(".", 1)[0] for id in reading.applicable}
    bars = [
        _bar(reading, area, reading.planned_areas.get(area.id), facts[area.id], bound)
        for area in reading.edition.areas
        if area.id in applying or reading.is_left_out(area.id)
    ]

    def place(bar: AreaBar) -> tuple[bool, int, int]:
        return bar.state is AreaState.LEFT_OUT, bar.place, order[bar.area_id]

    return tuple(sorted(bars, key=place))


def done_level(reading: PlanReading) -> int:
    """The level from which an area is done: what the gate of the waves asks for, else the floor of the edition."""
    asked = (
        condition.at_least
        for phase in reading.edition.phases
        for condition in phase.gate
        if condition.check == WAVE_CHECK and condition.at_least is not None
    )
    return next(asked, reading.edition.rules.area_floor)


def area_state(
    planned: PlannedArea | None, facts: AreaFacts, *, bound: int, on: date
) -> tuple[AreaState, str]:
    """How an area stands on a day, and why in words.

    Done: its time has begun, it stands at the bound and nothing is open there. Late: its time is over and it is not done, an action
    is overdue in its time, or half of its time is over and nothing was rated in it.
    """
    if planned is not None and planned.is_left_out:
        return AreaState.LEFT_OUT, planned.left_out
    starts_on = planned.starts_on if planned is not None else None
    ends_on = planned.ends_on if planned is not None else None
    if starts_on is None or ends_on is None or on < starts_on:
        return AreaState.AHEAD, ""
    wanting = _wanting(facts, bound)
    if not wanting:
        return AreaState.DONE, _("at {level}, nothing open").format(level=_level(facts, bound))
    if ends_on < on:
        days = (on - ends_on).days
        words = ngettext("{days} day over its time: {why}", "{days} days over its time: {why}", days)
        return AreaState.LATE, words.format(days=days, why=wanting)
    if facts.overdue_actions:
        words = ngettext("{count} action overdue", "{count} actions overdue", facts.overdue_actions)
        return AreaState.LATE, words.format(count=facts.overdue_actions)
    half = starts_on + timedelta(days=(ends_on - starts_on).days // 2)
    if on > half and (facts.rated_on is None or facts.rated_on < starts_on):
        return AreaState.LATE, _("nothing rated in its time so far")
    return AreaState.RUNNING, wanting


def _bar(
    reading: PlanReading, area: Area, planned: PlannedArea | None, facts: AreaFacts, bound: int
) -> AreaBar:
    state, words = area_state(planned, facts, bound=bound, on=reading.on)
    starts_on = planned.starts_on if planned is not None else None
    ends_on = planned.ends_on if planned is not None else None
    has_begun = starts_on is not None and starts_on <= reading.on and state is not AreaState.LEFT_OUT
    return AreaBar(
        area_id=area.id,
        code=area.code,
        title=str(area.title),
        planned_area_id=planned.id if planned is not None else None,
        wave=planned.wave if planned is not None else 0,
        place=planned.place if planned is not None else 0,
        starts_on=starts_on,
        ends_on=ends_on,
        state=state,
        done_until=min(reading.on, ends_on) if has_begun and ends_on is not None else None,
        level=facts.level,
        words=words,
    )


def _facts(reading: PlanReading) -> Mapping[str, AreaFacts]:
    findings = Counter(
        one.checkpoint_id.split(".", 1)[0]
        for one in reading.findings
        if one.checkpoint_id and one.grade.wants_effect and one.is_open
    )
    actions, overdue = Counter[str](), Counter[str]()
    for action in reading.actions:
        if action.is_open:
            areas = reading.areas_of_action[action.id]
            actions.update(areas)
            overdue.update(areas if action_is_overdue(action, reading.on) else ())
    rated = reading.run[0].last_days()
    levels = reading.levels
    return {
        area.id: AreaFacts(
            level=level.level if (level := levels.get(area.id)) and level.is_rated else None,
            open_findings=findings[area.id],
            open_actions=actions[area.id],
            overdue_actions=overdue[area.id],
            rated_on=rated.get(area.id),
        )
        for area in reading.edition.areas
    }


def _wanting(facts: AreaFacts, bound: int) -> str:
    """What keeps the area from being done, "" where nothing does."""
    if facts.level is None:
        return _("not rated")
    found = []
    if facts.level < bound:
        found.append(_("at {level} of {bound}").format(level=_level(facts, bound), bound=bound))
    if facts.open_findings:
        words = ngettext("{count} finding open", "{count} findings open", facts.open_findings)
        found.append(words.format(count=facts.open_findings))
    if facts.open_actions:
        words = ngettext("{count} action open", "{count} actions open", facts.open_actions)
        found.append(words.format(count=facts.open_actions))
    return ", ".join(found)


def _level(facts: AreaFacts, bound: int) -> str:
    return shown_level(facts.level, (bound,), 0)
