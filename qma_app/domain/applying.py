"""What applies to a dealership, area by area and process by process: put together once for a kind of house, as every gate and list asks for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from qma_app.domain.applicability import TheEdition
from qma_app.domain.edition import Checkpoint, Edition, Process
from qma_app.domain.ids import AreaId, CheckpointId, ProcessId


@dataclass(frozen=True, kw_only=True, slots=True)
class ApplyingProcess:
    """A process in which something applies, with what applies there."""

    process: Process
    area_id: AreaId
    points: tuple[Checkpoint, ...]
    ids: frozenset[CheckpointId]


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Applying:
    """`processes` are those in which something applies, in the order of the standard; `counts` how many checkpoints apply in each area."""

    processes: tuple[ApplyingProcess, ...]
    process_ids: tuple[ProcessId, ...]
    counts: Mapping[AreaId, int]


def applying_in(edition: Edition, applicable: tuple[CheckpointId, ...]) -> Applying:
    """These checkpoints of the edition by process and area; remembered, and the very same object for the same question."""
    return _applying(TheEdition(edition), applicable)


@lru_cache(maxsize=32)
def _applying(of: TheEdition, applicable: tuple[CheckpointId, ...]) -> Applying:
    applies = frozenset(applicable)
    processes = []
    counts: dict[AreaId, int] = {}
    for area in of.edition.areas:
        for process in area.processes:
            points = tuple(one for one in process.checkpoints if one.id in applies)
            if points:
                ids = frozenset(one.id for one in points)
                processes.append(ApplyingProcess(process=process, area_id=area.id, points=points, ids=ids))
                counts[area.id] = counts.get(area.id, 0) + len(points)
    return Applying(
        processes=tuple(processes), process_ids=tuple(one.process.id for one in processes), counts=counts
    )
