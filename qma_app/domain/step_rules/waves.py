"""What the wave that runs still lacks, and what is new in the house since its areas were assessed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from qma_app.domain.assessment import Assessment
from qma_app.domain.ids import AreaId
from qma_app.domain.phase_spans import WAVE_CHECK
from qma_app.domain.spot import Spot
from qma_app.domain.step_rules.rating import MINUTES_A_CHECKPOINT
from qma_app.domain.step_rules.state import EngagementState
from qma_app.domain.step_rules.step import (
    NextStep,
    StepKind,
    StepRule,
    Urgency,
    a_step,
    rounded_minutes,
    urgency_of,
)
from qma_app.domain.step_rules.words import sentence
from qma_app.i18n import _, day_text, ngettext


def rate_the_areas_of_the_wave(state: EngagementState) -> Iterator[NextStep]:
    """The gate waits for an area, half of its time is over, and nobody rated it in it."""
    for place, (area_id, starts_on, ends_on) in enumerate(_waiting(state)):
        last = _last_in(state, area_id)
        half = starts_on + timedelta(days=(ends_on - starts_on).days // 2)
        if state.on > half and (last is None or _ended(last) < starts_on):
            yield _rate_again(state, area_id, (starts_on, ends_on), place)


def lift_the_areas_of_the_wave(state: EngagementState) -> Iterator[NextStep]:
    """An area was rated in its time, stands below what the gate asks for, and no action works on it, or its time is over."""
    busy = set(state.areas_of_actions.values())
    for place, (area_id, starts_on, ends_on) in enumerate(_waiting(state)):
        last = _last_in(state, area_id)
        if last is None or _ended(last) < starts_on:
            continue
        if state.on > ends_on or area_id not in busy:
            yield _lift(state, area_id, ends_on, _ended(last), place)


def rate_what_is_new(state: EngagementState) -> Iterator[NextStep]:
    """Checkpoints that apply since the house changed, in areas assessed before that."""
    for place, (area_id, new) in enumerate(state.new_points.items()):
        last = _last_in(state, area_id)
        if last is None or _is_open_in(state, area_id) or area_id in state.left_out:
            continue
        area = state.edition.areas_by_id[area_id]
        points = [state.edition.checkpoints[id] for id in new]
        words = ngettext(
            "{count} checkpoint applies since {area} was assessed on {day}: {numbers}",
            "{count} checkpoints apply since {area} was assessed on {day}: {numbers}",
            len(points),
        )
        yield a_step(
            Urgency.DUE,
            key=f"new:{area_id}",
            rule="new",
            kind=StepKind.RATE,
            title=_("Rate what is new in {area}").format(area=area.title),
            reason=sentence(
                words.format(
                    count=len(points),
                    area=area.title,
                    day=day_text(_ended(last)),
                    numbers=", ".join(one.number for one in points),
                )
            ),
            minutes=rounded_minutes(MINUTES_A_CHECKPOINT * len(points)),
            spot=Spot(page="checklists", view="start", area_id=area_id),
            place=place,
        )


def _waiting(state: EngagementState) -> list[tuple[AreaId, date, date]]:
    """The areas that keep the gate of the running wave shut, with their times, as far as these have begun and nobody is rating them."""
    gate = state.gate
    if gate is None or gate.phase.is_passed or gate.phase.starts_on > state.on:
        return []
    times = {one.area_id: (one.starts_on, one.ends_on) for one in state.planned_areas}
    lacking = [
        area_id
        for check in gate.checks
        if check.check == WAVE_CHECK and check.holds is not True
        for area_id in check.areas
    ]
    return [
        (area_id, starts_on, ends_on)
        for area_id in lacking
        for starts_on, ends_on in (times.get(area_id, (None, None)),)
        if starts_on is not None
        and ends_on is not None
        and starts_on <= state.on
        and not _is_open_in(state, area_id)
    ]


def _rate_again(state: EngagementState, area_id: AreaId, times: tuple[date, date], place: int) -> NextStep:
    area, due = state.edition.areas_by_id[area_id], times[1]
    return a_step(
        urgency_of(due, state.on),
        key=f"wave-rate:{area_id}",
        rule="wave-rate",
        kind=StepKind.RATE,
        title=_("Rate {area} again").format(area=area.title),
        reason=_("Nothing was rated in its time yet, {first} to {last}.").format(
            first=day_text(times[0]), last=day_text(due)
        ),
        minutes=rounded_minutes(MINUTES_A_CHECKPOINT * state.applicable.get(area_id, 1)),
        spot=Spot(page="checklists", view="start", area_id=area_id),
        due_on=due,
        place=place,
    )


def _lift(state: EngagementState, area_id: AreaId, due: date, seen_on: date, place: int) -> NextStep:
    area = state.edition.areas_by_id[area_id]
    return a_step(
        urgency_of(due, state.on),
        key=f"wave-lift:{area_id}",
        rule="wave-lift",
        kind=StepKind.PLAN,
        title=_("Agree what lifts {area}").format(area=area.title),
        reason=_("When it was assessed on {day} it was below what the gate asks for.").format(
            day=day_text(seen_on)
        ),
        minutes=15,
        spot=Spot(page="checklists", area_id=area_id),
        due_on=due,
        place=place,
    )


def _last_in(state: EngagementState, area_id: AreaId) -> Assessment | None:
    return next((one for one in reversed(state.completed) if area_id in one.scope), None)


def _is_open_in(state: EngagementState, area_id: AreaId) -> bool:
    current = state.open_assessment
    return current is not None and area_id in current.assessment.scope


def _ended(assessment: Assessment) -> date:
    return assessment.completed_on or assessment.started_on


RULES: Final = (
    StepRule(code="new", apply=rate_what_is_new),
    StepRule(code="wave-rate", apply=rate_the_areas_of_the_wave),
    StepRule(code="wave-lift", apply=lift_the_areas_of_the_wave),
)
