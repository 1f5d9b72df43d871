"""Killed anywhere in closing a visit, making a plan or moving a phase there is all of the edit or nothing; a full disk leaves no half file."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from qma_app.domain.dealership import Dealership
from qma_app.domain.engagement import Engagement
from qma_app.errors import StorageTrouble
from qma_app.services import people_lists, visit_lists, visits
from qma_app.services.calendars import write_calendar
from qma_app.services.people import add_person
from qma_app.services.workspace import Workspace, system_clock
from tests.faults.houses import files_in
from tests.services import planned
from tests.storage.faults import child, fill, small_disk

# The child forks for each point: what it forked works on until that point and kills itself there the hard way.
KILLED = """
import json, os, signal, sys
from datetime import date, timedelta
from pathlib import Path
from qma_app.domain.dealership import Dealership
from qma_app.domain.engagement import Engagement
from qma_app.domain.plan import PlannedArea, PlannedPhase
from qma_app.domain.visit import Visit, VisitState
from qma_app.services import plan_moving, planning, visits
from qma_app.services.log import verify_workspace
from qma_app.services.workspace import open_workspace
from qma_app.storage.scopes import WritingScope
import qma_app.storage.rollup as rollup
import qma_app.storage.change_log as change_log
folder, what, step = sys.argv[1:]
passed = 0

def guarded(owner, name, last):
    real = getattr(owner, name)
    def watched(*arguments, **named):
        reach(last)
        result = real(*arguments, **named)
        reach(last)
        return result
    setattr(owner, name, watched)

def reach(last):
    global passed
    if passed == last:
        os.kill(os.getpid(), signal.SIGKILL)
    passed += 1

def state(workspace):
    with workspace.reading() as reader:
        seen = [
            sorted((one.id, one.version, str(one.day), one.state.value) for one in reader.all(Visit)),
            sorted((one.id, one.version, str(one.starts_on), str(one.ends_on)) for one in reader.all(PlannedPhase)),
            sorted((one.id, one.version, str(one.starts_on), str(one.ends_on)) for one in reader.all(PlannedArea)),
        ]
        differing = list(reader.rollups_differing())
        head = reader.log_head().seq
    return {"seen": seen, "differing": differing, "head": head, "genuine": verify_workspace(workspace).is_genuine}

def work(last):
    workspace = open_workspace(Path(folder))
    with workspace.reading() as reader:
        (engagement,) = reader.all(Engagement)
        phases = sorted(reader.all(PlannedPhase), key=lambda one: one.place)
        running = [one for one in reader.all(Visit) if one.state is VisitState.RUNNING]
        proposal = planning.propose_plan(reader, engagement.id, waves=3, on=workspace.today())
    for owner, name in ((WritingScope, "put"), (WritingScope, "finish"), (rollup, "keep"), (change_log, "append")):
        guarded(owner, name, last)
    if what == "close":
        visits.close_visit(workspace, running[0].id, next_on=workspace.today() + timedelta(days=30), despite=True)
    elif what == "plan":
        planning.make_plan(workspace, engagement.id, proposal)
    else:
        phase = phases[-1]
        plan_moving.move_phase(
            workspace, phase.id, starts_on=phase.starts_on + timedelta(days=14), ends_on=phase.ends_on + timedelta(days=14))
    os._exit(0)

last = 0
while True:
    forked = os.fork()
    if forked == 0:
        work(last)
    code = os.waitpid(forked, 0)[1]
    with open_workspace(Path(folder)) as workspace:
        print(json.dumps({"killed": os.WIFSIGNALED(code), "code": code, **state(workspace)}), flush=True)
    if not os.WIFSIGNALED(code) or last > 400:
        break
    last += int(step)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="killed where a process can be forked")
@pytest.mark.parametrize(("what", "step"), [("close", 1), ("plan", 23), ("move", 1)])
def test_an_edit_is_there_whole_or_not_at_all(tmp_path: Path, what: str, step: int) -> None:
    with planned.a_house(tmp_path / "w", started_on=_yesterday()) as house:
        house.plan()
        if what == "close":
            visits.start_visit(house.workspace, house.visits()[0].id)
    states = _states(tmp_path / "w", what, step)
    assert states[-1]["code"] == 0
    assert len(states) > 4
    assert all(one["genuine"] and one["differing"] == [] for one in states)
    first = states[0]
    assert all(one["seen"] == first["seen"] and one["head"] == first["head"] for one in states[:-1])
    assert states[-1]["head"] == first["head"] + 1
    assert states[-1]["seen"] != first["seen"]


def _states(folder: Path, what: str, step: int) -> list[dict[str, Any]]:
    with child(KILLED, folder, what, step) as process:
        said, _error = process.communicate(timeout=120)
    return [json.loads(line) for line in said.splitlines()]


def _yesterday() -> date:
    return system_clock().date() - timedelta(days=1)


Export = Callable[[Workspace, Path], Path]


def _people(workspace: Workspace, path: Path) -> Path:
    with workspace.reading() as reader:
        (dealership,) = reader.all(Dealership)
        return people_lists.write_people_list(reader, dealership.id, path)


def _cards(workspace: Workspace, path: Path) -> Path:
    with workspace.reading() as reader:
        (dealership,) = reader.all(Dealership)
        return people_lists.write_vcards(reader, dealership.id, path)


def _visits(workspace: Workspace, path: Path) -> Path:
    with workspace.reading() as reader:
        (engagement,) = reader.all(Engagement)
        return visit_lists.write_visit_list(reader, engagement.id, path)


@pytest.mark.parametrize("is_there", [True, False])
@pytest.mark.parametrize(
    "export",
    [
        write_calendar,
        _people,
        _cards,
        _visits,
        lambda _workspace, path: visit_lists.visit_template(path),
        lambda _workspace, path: people_lists.people_template(path),
    ],
    ids=["calendar", "people", "cards", "visits", "visit-template", "people-template"],
)
def test_a_full_disk_leaves_the_old_file_or_none(tmp_path: Path, export: Export, is_there: bool) -> None:
    with small_disk(tmp_path / "disk", 2) as disk, planned.a_house(tmp_path / "w") as house:
        house.plan()
        for number in range(60):
            add_person(
                house.workspace,
                name=f"Person {number} " + "x" * 90,
                dealership_id=house.engagement.dealership_id,
            )
        target = disk / "out"
        if is_there:
            target.write_bytes(b"that of last month")
        filler = fill(disk, but=2 * 1024)
        before = files_in(disk)
        with pytest.raises(StorageTrouble) as trouble:
            export(house.workspace, target)
        assert trouble.value.code == "disk.full"
        assert files_in(disk) == before
        filler.unlink()
        assert export(house.workspace, target).stat().st_size > 4096
