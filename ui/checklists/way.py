"""The way through an assessment: the next unrated checkpoint, the next process, the next area with something open."""

from __future__ import annotations

from qma_app.domain.ids import AreaId, CheckpointId, ProcessId
from ui.checklists.sheet import Sheet


def next_unrated(
    sheet: Sheet, current: CheckpointId | None, *, backwards: bool = False
) -> CheckpointId | None:
    """The nearest unrated checkpoint after the current one, going round at the end; None when all are decided."""
    ids = list(sheet.rows)
    if backwards:
        ids.reverse()
    start = ids.index(current) + 1 if current in sheet.rows and current is not None else 0
    around = ids[start:] + ids[:start]
    return next((id for id in around if id != current and not sheet.rows[id].is_decided), None)


def processes(sheet: Sheet) -> tuple[ProcessId, ...]:
    """The processes in which something applies, in the order of the standard."""
    return tuple(dict.fromkeys(row.checkpoint.process_id for row in sheet.rows.values()))


def next_process(sheet: Sheet, current: ProcessId) -> ProcessId | None:
    """The process after the current one; None behind the last."""
    known = processes(sheet)
    place = known.index(current) + 1 if current in known else 0
    return known[place] if place < len(known) else None


def first_open_process(sheet: Sheet, area_id: AreaId) -> ProcessId | None:
    """The first process of an area with something open, else its first; None where nothing applies."""
    rows = [row for row in sheet.rows.values() if row.checkpoint.area_id == area_id]
    found = next((row for row in rows if not row.is_decided), rows[0] if rows else None)
    return found.checkpoint.process_id if found is not None else None


def next_open_area(sheet: Sheet, current: AreaId) -> AreaId | None:
    """The nearest area after the current one with something open, going round; None when all is decided elsewhere."""
    areas = list(dict.fromkeys(row.checkpoint.area_id for row in sheet.rows.values()))
    start = areas.index(current) + 1 if current in areas else 0
    is_open = {row.checkpoint.area_id for row in sheet.rows.values() if not row.is_decided}
    return next((area for area in areas[start:] + areas[:start] if area != current and area in is_open), None)


def first_place(sheet: Sheet) -> CheckpointId | None:
    """Where to begin or go on: the first unrated checkpoint, else the first of all."""
    return next_unrated(sheet, None) or next(iter(sheet.rows), None)
