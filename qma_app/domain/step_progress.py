"""How far the open assessment has come, process by process, and how what is still untouched stood before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Final

from qma_app.domain.applicability import applicable_checkpoints
from qma_app.domain.applying import Applying, ApplyingProcess, applying_in
from qma_app.domain.assessment import Assessment
from qma_app.domain.dealership import Premises
from qma_app.domain.edition import Edition, Process
from qma_app.domain.ids import AreaId, AssessmentId, CheckpointId, ProcessId
from qma_app.domain.plan_reading import PlanReading
from qma_app.domain.ports import Reader
from qma_app.domain.rating import Outcome, Rating
from qma_app.domain.standing import applicable_in
from qma_app.domain.step_rules.state import EngagementState, LastLevel, OpenAssessment, ProcessProgress

_DECIDED: Final = frozenset(one for one in Outcome if one is not Outcome.OPEN)


def decided_in(reader: Reader, assessment: Assessment) -> frozenset[CheckpointId]:
    """The checkpoints of which an assessment says something."""
    rows = reader.fields(Rating, ("checkpoint_id",), assessment_id=assessment.id, outcome=_DECIDED)
    return frozenset(CheckpointId(id) for (id,) in rows)


def open_assessment(
    reader: Reader, reading: PlanReading, current: Assessment, decided: frozenset[CheckpointId]
) -> OpenAssessment:
    """The assessment that is open, process by process; `decided` are the checkpoints somebody has said something of."""
    applying = reading.applying
    if reading.lineage.of(current) != reading.engagement.edition:
        applying = applying_in(reading.edition, applicable_in(reader, current))
    return OpenAssessment(
        assessment=current,
        processes=tuple(
            untouched if one.ids.isdisjoint(decided) else _progress(one, decided)
            for one, untouched in zip(applying.processes, _untouched(applying), strict=True)
            if one.area_id in current.scope
        ),
    )


def new_points(
    edition: Edition, now: Premises, completed: Sequence[Assessment]
) -> dict[AreaId, tuple[CheckpointId, ...]]:
    """The checkpoints by area that apply to the house as it is now and did not to the house in which the area was last assessed."""
    last = {area_id: one for one in completed for area_id in one.scope}
    houses = {
        one.id: Premises(features=frozenset(one.features), staff=one.staff)
        for one in last.values()
        if one.features is not None
    }
    changed = {id: house for id, house in houses.items() if house != now}
    if not changed:
        return {}
    found: dict[AreaId, tuple[CheckpointId, ...]] = {}
    for area in edition.areas:
        then = changed.get(last[area.id].id) if area.id in last else None
        if then is None:
            continue
        applied = set(applicable_checkpoints(edition, then, (area.id,)))
        new = tuple(id for id in applicable_checkpoints(edition, now, (area.id,)) if id not in applied)
        if new:
            found[area.id] = new
    return found


def levels_before(reader: Reader, state: EngagementState) -> dict[ProcessId, LastLevel]:
    """How the untouched processes at hand stood in the last completed assessment of their area."""
    current = state.open_assessment
    if current is None:
        return {}
    lasts: dict[AreaId, AssessmentId] = {}
    for area_id in state.areas_at_hand:
        last = next((one for one in reversed(state.completed) if area_id in one.scope), None)
        if last is not None:
            lasts[area_id] = last.id
    behind: dict[AssessmentId, list[ProcessId]] = {}
    for untouched in current.processes:
        if untouched.area_id in lasts and not untouched.decided:
            behind.setdefault(lasts[untouched.area_id], []).append(untouched.process_id)
    days = {one.id: one.completed_on for one in state.completed}
    found: dict[ProcessId, LastLevel] = {}
    for assessment_id, process_ids in behind.items():
        mine = [state.edition.processes[id] for id in process_ids]
        ids = frozenset(point.id for process in mine for point in process.checkpoints)
        rows = reader.fields(
            Rating,
            ("checkpoint_id", "points"),
            assessment_id=assessment_id,
            checkpoint_id=ids,
            outcome=Outcome.RATED,
        )
        points, day = dict(rows), days[assessment_id]
        for process in mine:
            level = _level(process, points)
            if level is not None and day is not None:
                found[process.id] = LastLevel(level=level, on=day)
    return found


def _level(process: Process, points: Mapping[str, int | None]) -> Fraction | None:
    weighted = weight = 0
    for one in process.checkpoints:
        found = points.get(one.id)
        if found is not None:
            weighted += one.weight * found
            weight += one.weight
    return Fraction(10 * weighted, weight) if weight else None


@lru_cache(maxsize=32)
def _untouched(applying: Applying) -> tuple[ProcessProgress, ...]:
    """All processes as they are while nobody has decided anything: most of them, most of the time."""
    return tuple(_progress(one, frozenset()) for one in applying.processes)


def _progress(applying: ApplyingProcess, decided: frozenset[CheckpointId]) -> ProcessProgress:
    waiting = [one for one in applying.points if one.id not in decided]
    critical = [one for one in waiting if one.is_critical]
    first = next(iter((*critical, *waiting)), None)
    return ProcessProgress(
        process_id=applying.process.id,
        area_id=applying.area_id,
        decided=len(applying.points) - len(waiting),
        total=len(applying.points),
        criticals=len(critical),
        next_checkpoint=first.id if first is not None else None,
    )
