"""The whole shipped standard, edited as keepers do from one edition to the next."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from qma_app.content.releasing import next_edition
from qma_app.domain.edition import Area, Checkpoint, Edition, Process
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import AreaId, CheckpointId, ProcessId
from qma_app.domain.record import Changes
from qma_app.services.upgrading import upgrade_engagement
from qma_app.services.workspace import Workspace
from tests.builders import a_text
from tests.services.upgrades import (
    hashed,
    with_points,
)

RETIRED, NEWCOMER = AreaId("marketing"), AreaId("charging")
REWORDED = CheckpointId("service.repair-order.signed-order")
RENAMED = CheckpointId("service.repair-work.torque-signed")
FOLLOWER = CheckpointId("service.repair-work.torque-noted")
SPLIT = CheckpointId("service.follow-up.praise-passed-on")
HALVES = (CheckpointId("service.follow-up.praise-told"), CheckpointId("service.follow-up.praise-kept"))
DROPPED = CheckpointId("used-cars.purchasing-and-stock-mix.age-limit-and-exit")
MOVED = CheckpointId("it-data.backup-and-recovery.daily-backup-offline")
ARRIVED = CheckpointId("it-data.access-and-users.daily-backup-offline")
CONDITIONED = CheckpointId("safety-environment.substances-and-waste.substance-register")
ADDED = CheckpointId("service.repair-order.battery-health-told")
CHARGER = CheckpointId("charging.charger.works")


def merged_pair(edition: Edition) -> tuple[CheckpointId, CheckpointId, CheckpointId]:
    """Two neighbours in a process of Parts, and what they become."""
    process = next(one for one in edition.processes.values() if one.id.startswith("parts."))
    one, other = process.checkpoints[:2]
    return one.id, other.id, CheckpointId(f"{process.id}.both-in-one")


def heavier(edition: Edition) -> CheckpointId:
    """A checkpoint that weighs more in the next edition."""
    return next(p.id for p in edition.checkpoints.values() if p.area_id == "people" and p.weight == 1)


def edited(old: Edition) -> Edition:
    """2026.2: one checkpoint reworded, renamed, split, two merged, dropped, added, moved, weighed anew, tied to a condition; an area retired, one new."""
    one, other, both = merged_pair(old)
    points: list[Checkpoint] = []
    for point in old.checkpoints.values():
        if point.area_id == RETIRED or point.id in (DROPPED, other):
            continue
        if point.id == REWORDED:
            point = replace(
                point, statement=a_text("No work begins before the order is signed.", de="Erst Auftrag.")
            )
        elif point.id == RENAMED:
            point = replace(point, id=FOLLOWER, replaces=(RENAMED,))
        elif point.id == SPLIT:
            points += [replace(point, id=id, statement=a_text(id, de=id), replaces=(SPLIT,)) for id in HALVES]
            continue
        elif point.id == one:
            point = replace(point, id=both, replaces=(one, other))
        elif point.id == MOVED:
            point = replace(point, id=ARRIVED, replaces=(MOVED,))
        elif point.id == CONDITIONED:
            point = replace(point, when=(*point.when, "body-shop"))
        points.append(point)
    sample = old.checkpoints[REWORDED]
    points.append(
        replace(sample, id=ADDED, statement=a_text("Told.", de="Gesagt."), is_critical=False, weight=2)
    )
    points = [replace(p, weight=2) if p.id == heavier(old) else p for p in points]
    new = with_points(next_edition(old, "2026.2"), [])
    new = replace(new, areas=tuple(area for area in new.areas if area.id != RETIRED))
    charger = replace(
        sample, id=CHARGER, number="CHG-01.1", is_critical=False, statement=a_text("Works.", de="Geht.")
    )
    new = with_points(
        replace(
            new,
            areas=(
                *new.areas,
                Area(
                    id=NEWCOMER,
                    code="CHG",
                    title=a_text("Charging", de="Laden"),
                    processes=(
                        Process(
                            id=ProcessId("charging.charger"),
                            number="CHG-01",
                            title=a_text("Charger", de="Säule"),
                            purpose=a_text("It charges.", de="Sie lädt."),
                            owner=old.areas[0].processes[0].owner,
                            checkpoints=(),
                        ),
                    ),
                ),
            ),
            reported_under=tuple(
                replace(group, areas=tuple(a for a in group.areas if a != RETIRED))
                for group in new.reported_under
            ),
        ),
        [*_replaced_only_here(points, old), charger],
    )
    return hashed(new)


def _replaced_only_here(points: list[Checkpoint], old: Edition) -> list[Checkpoint]:
    """What an edition replaced is history in the next one."""
    return [
        replace(point, replaces=tuple(id for id in point.replaces if id in old.checkpoints))
        for point in points
    ]


def go_over(workspace: Workspace, engagement: Engagement, new: Edition, **decisions: Any) -> Changes:
    return upgrade_engagement(
        workspace, engagement.id, to=new.hash, decisions=decisions.get("decisions", {}), shipped=(new,)
    )
