"""How each area of a programme stands in its time: ahead, running, done, late, or left out, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from qma_app.domain.edition import Area
from qma_app.domain.finding import FindingGrade
from qma_app.domain.finding_state import action_is_overdue, is_overdue
from qma_app.domain.journey_views import AreaBar, AreaState
from qma_app.domain.levels import shown_level
from qma_app.domain.phase_spans import WAVE_CHECK
from qma_app.domain.plan import PlannedArea
from qma_app.domain.plan_reading import PlanReading
from qma_app.i18n import _, ngettext


@dataclass(frozen=True, kw_only=True, slots=True)
class AreaFacts:
    """What decides how an area stands: its level if it is rated, what is open and overdue in it, the day it was last rated.

    `unmet_criticals` and `open_majors` keep it from being done; other findings and actions are only said, unless they are overdue.
    """

    level: Fraction | None
    rated_on: date | None
    unmet_criticals: int = 0
    open_majors: int = 0
    open_findings: int = 0
    open_actions: int = 0
    overdue_findings: int = 0
    overdue_actions: int = 0


def area_bars(reading: PlanReading) -> tuple[AreaBar, ...]:
    """Every area in which something applies, those left out last; in the order of the plan, else of the standard."""
    facts, bound = _facts(reading), done_level(reading)
    order = {area.id: place for place, area in enumerate(reading.edition.areas)}
    applying = reading.applying.counts
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
    planned: PlannedArea | None, facts: AreaFacts, *, bound: int, on: date, is_gate_passed: bool = False
) -> tuple[AreaState, str]:
    """How an area stands on a day, and why in words.

    Done: its time has begun, it stands at the bound, no critical is unmet and no major open. Late: its time is over and it is not done,
    something is overdue in it, or half of its time is over and nothing was rated in it; but not after the gate of its wave was passed.
    """
    if planned is not None and planned.is_left_out:
        return AreaState.LEFT_OUT, planned.left_out
    starts_on = planned.starts_on if planned is not None else None
    ends_on = planned.ends_on if planned is not None else None
    if starts_on is None or ends_on is None or on < starts_on:
        return AreaState.AHEAD, ""
    wanting, overdue = _wanting(facts, bound), _overdue(facts)
    if not wanting and (is_gate_passed or not overdue):
        return AreaState.DONE, _done_words(facts, bound)
    if is_gate_passed:
        return AreaState.RUNNING, wanting
    if wanting and ends_on < on:
        days = (on - ends_on).days
        words = ngettext("{days} day over its time: {why}", "{days} days over its time: {why}", days)
        return AreaState.LATE, words.format(days=days, why=wanting)
    if overdue:
        return AreaState.LATE, overdue
    half = starts_on + timedelta(days=(ends_on - starts_on).days // 2)
    if on > half and (facts.rated_on is None or facts.rated_on < starts_on):
        return AreaState.LATE, _("nothing rated in its time so far")
    return AreaState.RUNNING, wanting


def _bar(
    reading: PlanReading, area: Area, planned: PlannedArea | None, facts: AreaFacts, bound: int
) -> AreaBar:
    wave = planned.wave if planned is not None else 0
    is_gate_passed = wave > 0 and any(one.wave == wave and one.is_passed for one in reading.phases)
    state, words = area_state(planned, facts, bound=bound, on=reading.on, is_gate_passed=is_gate_passed)
    starts_on = planned.starts_on if planned is not None else None
    ends_on = planned.ends_on if planned is not None else None
    has_begun = starts_on is not None and starts_on <= reading.on and state is not AreaState.LEFT_OUT
    return AreaBar(
        area_id=area.id,
        code=area.code,
        title=str(area.title),
        planned_area_id=planned.id if planned is not None else None,
        wave=wave,
        place=planned.place if planned is not None else 0,
        starts_on=starts_on,
        ends_on=ends_on,
        state=state,
        done_until=min(reading.on, ends_on) if has_begun and ends_on is not None else None,
        level=facts.level,
        words=words,
    )


def _facts(reading: PlanReading) -> Mapping[str, AreaFacts]:
    findings, majors, late_findings = Counter[str](), Counter[str](), Counter[str]()
    for one in reading.findings:
        if one.checkpoint_id and one.grade.wants_effect and one.is_open:
            area_id = one.checkpoint_id.split(".", 1)[0]
            findings[area_id] += 1
            majors[area_id] += one.grade is FindingGrade.MAJOR
            late_findings[area_id] += is_overdue(one, reading.on)
    actions, overdue = Counter[str](), Counter[str]()
    for action in reading.actions:
        if action.is_open:
            areas = reading.areas_of_action[action.id]
            actions.update(areas)
            overdue.update(areas if action_is_overdue(action, reading.on) else ())
    rated = reading.run[0].last_days()
    levels = reading.levels
    unmet = Counter(id.split(".", 1)[0] for id in reading.unmet_criticals)
    return {
        area.id: AreaFacts(
            level=level.level if (level := levels.get(area.id)) and level.is_rated else None,
            rated_on=rated.get(area.id),
            unmet_criticals=unmet[area.id],
            open_majors=majors[area.id],
            open_findings=findings[area.id],
            open_actions=actions[area.id],
            overdue_findings=late_findings[area.id],
            overdue_actions=overdue[area.id],
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
    if facts.unmet_criticals:
        words = ngettext("{count} critical not met", "{count} criticals not met", facts.unmet_criticals)
        found.append(words.format(count=facts.unmet_criticals))
    if facts.open_majors:
        words = ngettext("{count} major open", "{count} majors open", facts.open_majors)
        found.append(words.format(count=facts.open_majors))
    return ", ".join(found)


def _overdue(facts: AreaFacts) -> str:
    """What is overdue, "" where nothing is."""
    found = []
    if facts.overdue_findings:
        words = ngettext("{count} finding overdue", "{count} findings overdue", facts.overdue_findings)
        found.append(words.format(count=facts.overdue_findings))
    if facts.overdue_actions:
        words = ngettext("{count} action overdue", "{count} actions overdue", facts.overdue_actions)
        found.append(words.format(count=facts.overdue_actions))
    return ", ".join(found)


def _done_words(facts: AreaFacts, bound: int) -> str:
    """Where a done area stands, and what is still to be closed there."""
    found = []
    if facts.open_findings:
        words = ngettext("{count} finding open", "{count} findings open", facts.open_findings)
        found.append(words.format(count=facts.open_findings))
    if facts.open_actions:
        words = ngettext("{count} action open", "{count} actions open", facts.open_actions)
        found.append(words.format(count=facts.open_actions))
    level = _level(facts, bound)
    if not found:
        return _("at {level}, nothing open").format(level=level)
    return ", ".join((_("at {level}").format(level=level), *found))


def _level(facts: AreaFacts, bound: int) -> str:
    return shown_level(facts.level, (bound,), 0)
