"""Which areas a plan takes up, in which wave and on which days, and what each asks of the visits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from qma_app.domain.ids import AreaId
from qma_app.domain.phase_spans import PhaseSpan
from qma_app.domain.plan_order import RankedArea, area_days, is_open, ranked_areas, reasons_of, waves_of
from qma_app.domain.plan_proposal import AreaProposal
from qma_app.domain.plan_reading import PlanReading
from qma_app.domain.plan_visits import (
    AreaWork,
)


def areas_proposed(
    reading: PlanReading, phases: Sequence[PhaseSpan]
) -> tuple[tuple[AreaProposal, ...], tuple[AreaWork, ...]]:
    """The areas of the plan in their order, and what each asks of the visits."""
    ranked = ranked_areas(reading.edition, reading.checkpoints, reading.standing)
    begun = _begun_waves(reading)
    found = _staying(reading, ranked, begun)
    staying = {one.area.id for one, *_rest in found}
    rest = [one for one in ranked if one.area.id not in staying]
    spans = _wave_spans(reading, phases, begun)
    for span, areas in zip(spans, waves_of(rest, len(spans)), strict=False):
        for place, one in enumerate(areas):
            found.append((one, span.wave or 1, *area_days(span, place, len(areas))))
    proposals = tuple(
        AreaProposal(
            area_id=one.area.id,
            code=one.area.code,
            title=str(one.area.title),
            wave=wave,
            place=place,
            starts_on=starts_on,
            ends_on=ends_on,
            score=one.score,
            reasons=reasons_of(one),
        )
        for place, (one, wave, starts_on, ends_on) in enumerate(found, 1)
    )
    return proposals, _works(reading, proposals)


def _staying(
    reading: PlanReading, ranked: Sequence[RankedArea], begun: frozenset[int]
) -> list[tuple[RankedArea, int, date, date]]:
    """The areas whose wave has begun, with their days as they are, in the order of the plan."""
    places: dict[AreaId, tuple[int, int]] = {}
    found = []
    for one in ranked:
        planned = reading.planned_areas.get(one.area.id)
        if planned is None or planned.wave not in begun:
            continue
        if planned.starts_on is not None and planned.ends_on is not None:
            places[one.area.id] = (planned.wave, planned.place)
            found.append((one, planned.wave, planned.starts_on, planned.ends_on))

    def place(each: tuple[RankedArea, int, date, date]) -> tuple[int, int]:
        return places[each[0].area.id]

    return sorted(found, key=place)


def _begun_waves(reading: PlanReading) -> frozenset[int]:
    """Waves that were passed or have begun: what is planned in them stays."""
    return frozenset(
        one.wave for one in reading.phases if one.wave and (one.is_passed or one.starts_on <= reading.on)
    )


def _wave_spans(
    reading: PlanReading, phases: Sequence[PhaseSpan], begun: frozenset[int]
) -> tuple[PhaseSpan, ...]:
    """The waves into which areas are put: those not begun; else the last one not passed; else the first phase that is not passed."""
    passed = {(one.phase, one.wave) for one in reading.phases if one.is_passed}
    ahead = [span for span in phases if (span.phase, span.wave) not in passed]
    waves = [span for span in ahead if span.wave]
    fresh = [span for span in waves if span.wave not in begun]
    if fresh or waves:
        return tuple(fresh or waves[-1:])
    last = max((span.wave for span in phases), default=0)
    return tuple(replace(span, wave=last) for span in (ahead or list(phases))[:1])


def _works(reading: PlanReading, areas: Sequence[AreaProposal]) -> tuple[AreaWork, ...]:
    bound = reading.edition.rules.critical_points
    counts = Counter(point.area_id for point in reading.checkpoints)
    still_open = Counter(
        point.area_id for point in reading.checkpoints if is_open(reading.standing.get(point.id), bound)
    )
    return tuple(
        AreaWork(
            area_id=area.area_id,
            starts_on=area.starts_on,
            ends_on=area.ends_on,
            count=counts[area.area_id],
            open_count=still_open[area.area_id],
        )
        for area in areas
    )
