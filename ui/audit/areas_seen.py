"""How far each area of an audit has been looked at, and what is still owed there; no widgets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from qma_app.domain.audit import SeenHow
from qma_app.domain.audit_work_checks import is_looked_at
from qma_app.domain.edition import Area
from qma_app.domain.ids import AreaId
from qma_app.domain.spot import Spot
from qma_app.i18n import ngettext
from ui.audit.reading import AuditDesk
from ui.today.tick_row import TickLine

_OWED: Final = ("rated", "low-points", "samples", "evidence")
"""The checks of the work on site, in the order their first lack is jumped to."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AreaSeen:
    """One area: its checkpoints looked at, low points without a finding, findings without evidence, samples not drawn or not
    looked at. `first` is where the work goes on.
    """

    area: Area
    done: int
    count: int
    low: int
    bare: int
    samples: int
    first: Spot

    @property
    def is_done(self) -> bool:
        return self.done == self.count and not (self.low or self.bare or self.samples)

    @property
    def owed(self) -> str:
        """What is owed besides ratings, in words; empty where nothing is."""
        parts = (
            (
                self.low,
                ngettext("{n} low point without a finding", "{n} low points without a finding", self.low),
            ),
            (self.bare, ngettext("{n} finding without evidence", "{n} findings without evidence", self.bare)),
            (self.samples, ngettext("{n} sample open", "{n} samples open", self.samples)),
        )
        return " · ".join(words.format(n=count) for count, words in parts if count)


@dataclass(frozen=True, kw_only=True, slots=True)
class LooksCounted:
    """How the checkpoints that were looked at were seen; `unsaid` of them carry no word on it."""

    by: dict[SeenHow, int]
    unsaid: int
    live: int
    repeated: int


def areas_seen(desk: AuditDesk) -> tuple[AreaSeen, ...]:
    """The areas in which something has to be looked at, in the order of the standard."""
    state = desk.state
    counts = Counter(point.area_id for point in state.to_rate)
    done = Counter(point.area_id for point in state.to_rate if is_looked_at(state, point))
    owed: dict[str, dict[AreaId, list[Spot]]] = {code: {} for code in _OWED}
    for code, area_id, spot in _lacks(desk):
        owed[code].setdefault(area_id, []).append(spot)
    firsts = {
        point.area_id: Spot(
            page="checklists",
            assessment_id=state.assessment.id,
            area_id=point.area_id,
            process_id=point.process_id,
            checkpoint_id=point.id,
        )
        for point in reversed(state.to_rate)
    }
    return tuple(
        AreaSeen(
            area=area,
            done=done[area.id],
            count=counts[area.id],
            low=len(owed["low-points"].get(area.id, ())),
            bare=len(owed["evidence"].get(area.id, ())),
            samples=len(owed["samples"].get(area.id, ())),
            first=next((spots[0] for code in _OWED if (spots := owed[code].get(area.id))), firsts[area.id]),
        )
        for area in state.edition.areas
        if counts[area.id]
    )


def looks_counted(desk: AuditDesk) -> LooksCounted:
    """How what was looked at was seen."""
    state, looks = desk.state, desk.view.looks
    seen = [looks.get(point.id) for point in state.to_rate if is_looked_at(state, point)]
    said = Counter(one.seen_how for one in seen if one is not None and one.seen_how is not None)
    return LooksCounted(
        by={how: said[how] for how in SeenHow},
        unsaid=len(seen) - sum(said.values()),
        live=sum(one is not None and one.is_live for one in seen),
        repeated=sum(one is not None and one.is_repeated for one in seen),
    )


def first_open(desk: AuditDesk) -> Spot | None:
    """Where the work on site goes on: the first open checkpoint, else whatever is owed first; None when nothing is."""
    checks = {check.code: check for check in desk.checks}
    lacks = (checks[code].where for code in _OWED if code in checks and not checks[code].holds)
    return next((spot for spot in lacks if spot is not None), None)


def area_line(seen: AreaSeen) -> TickLine:
    """The row of an area."""
    words = f"{seen.done} / {seen.count}"
    return TickLine(
        key=str(seen.area.id),
        strong=str(seen.area.title),
        detail=seen.owed,
        detail_tone="warn",
        right=words,
        tone="ok" if seen.is_done else "muted",
        can_tick=False,
        is_done=False,
        icon="check" if seen.is_done else "circle",
    )


def _lacks(desk: AuditDesk) -> Iterator[tuple[str, AreaId, Spot]]:
    state = desk.state
    areas = {one.id: one.checkpoint_id for one in state.standing_findings}
    for check in desk.checks:
        if check.code not in _OWED:
            continue
        for _name, spot in check.spots:
            area_id = spot.area_id
            if spot.finding_id is not None:
                id = areas.get(spot.finding_id)
                point = state.edition.checkpoints.get(id) if id is not None else None
                area_id = point.area_id if point is not None else None
            if area_id is not None:
                yield check.code, area_id, spot
