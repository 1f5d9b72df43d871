"""How far the open assessment has come, process by process, and how what is still untouched stood before."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final

from qma_app.domain.assessment import Assessment
from qma_app.domain.edition import Checkpoint, Edition, Process
from qma_app.domain.ids import AreaId, AssessmentId, CheckpointId, ProcessId
from qma_app.domain.plan_reading import PlanReading
from qma_app.domain.ports import Reader
from qma_app.domain.rating import Outcome, Rating
from qma_app.domain.standing import applicable_in
from qma_app.domain.step_rules.state import EngagementState, LastLevel, OpenAssessment, ProcessProgress

_DECIDED: Final = frozenset(one for one in Outcome if one is not Outcome.OPEN)


Applying = Sequence[tuple[Process, Sequence[Checkpoint]]]
"""Processes in which something applies, with what applies there, in the order of the standard."""


def open_assessment(
    reader: Reader, reading: PlanReading, outside: Sequence[Assessment], applying: Applying
) -> OpenAssessment | None:
    """The last one that is open, process by process; `applying` is what applies in the edition in force."""
    current = next((one for one in reversed(outside) if one.is_open), None)
    if current is None:
        return None
    rows = reader.fields(Rating, ("checkpoint_id",), assessment_id=current.id, outcome=_DECIDED)
    decided = {id for (id,) in rows}
    if reading.lineage.of(current) != reading.engagement.edition:
        applying = list(applying_processes(reading.edition, applicable_in(reader, current)))
    return OpenAssessment(
        assessment=current,
        processes=tuple(
            _progress(process, points, decided)
            for process, points in applying
            if points[0].area_id in current.scope
        ),
    )


def applying_processes(
    edition: Edition, applicable: Collection[CheckpointId]
) -> Iterator[tuple[Process, list[Checkpoint]]]:
    """The processes in which something applies with what applies there, in the order of the standard."""
    applying = frozenset(applicable)
    for area in edition.areas:
        for process in area.processes:
            points = [one for one in process.checkpoints if one.id in applying]
            if points:
                yield process, points


def levels_before(reader: Reader, state: EngagementState) -> dict[ProcessId, LastLevel]:
    """How the untouched processes at hand stood in the last completed assessment of their area."""
    current = state.open_assessment
    if current is None:
        return {}
    near = state.areas_at_hand
    wanted = [one.process_id for one in current.processes if not one.is_begun and one.area_id in near]
    behind: dict[AssessmentId, list[ProcessId]] = {}
    for process_id in wanted:
        last = next((one for one in reversed(state.completed) if _area(process_id) in one.scope), None)
        if last is not None:
            behind.setdefault(last.id, []).append(process_id)
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
    rated = [(one.weight, found) for one in process.checkpoints if (found := points.get(one.id)) is not None]
    weight = sum(weight for weight, _points in rated)
    return Fraction(10 * sum(weight * found for weight, found in rated), weight) if weight else None


def _progress(process: Process, points: Sequence[Checkpoint], decided: set[str]) -> ProcessProgress:
    waiting = [one for one in points if one.id not in decided]
    critical = [one for one in waiting if one.is_critical]
    first = next(iter((*critical, *waiting)), None)
    return ProcessProgress(
        process_id=process.id,
        area_id=_area(process.id),
        decided=len(points) - len(waiting),
        total=len(points),
        criticals=len(critical),
        next_checkpoint=first.id if first is not None else None,
    )


def _area(process_id: ProcessId) -> AreaId:
    return AreaId(process_id.split(".", 1)[0])
