"""SEQUENCE never falls for the calendar that was handed out before: not by a backup put back, nor by a clock set back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from qma_app.domain.ids import VisitId
from qma_app.domain.visit import Visit
from qma_app.services import visits
from qma_app.services.backups import back_up_now, restore, restore_over
from qma_app.services.calendars import calendar_bytes
from qma_app.services.workspace import Workspace, open_workspace
from tests.services.test_calendars import entries
from tests.services.visiting import MONDAY, House

pytest_plugins = ["tests.services.visiting_fixtures"]

_MOST = 2**31 - 1


def sequences(workspace: Workspace) -> dict[str, int]:
    with workspace.reading() as reader:
        found = entries(calendar_bytes(reader, None, on=MONDAY))
    return {uid: int(one["SEQUENCE"]) for uid, one in found.items()}


def move(workspace: Workspace, visit_id: VisitId, hour: int) -> None:
    visits.change_visit(workspace, visit_id, starts_at=time(hour))


@pytest.mark.parametrize("lost", [1, 40], ids=["one-edit", "a-burst-of-edits"])
def test_a_restored_backup_stands_above_what_was_handed_out_before(
    house: House, tmp_path: Path, lost: int
) -> None:
    """Forty edits in the same second count further than the seconds that pass until the backup is back."""
    visit, other = house.plan(), house.plan(MONDAY + timedelta(days=7))
    file = back_up_now(house.workspace, target=tmp_path / "then.qmabackup")
    for number in range(lost):
        house.clock.at -= timedelta(seconds=1)
        move(house.workspace, visit.id, 9 + number % 2)
    handed_out = sequences(house.workspace)
    live = house.workspace.folder
    house.workspace.close()
    restore_over(file, live, clock=house.clock)
    with open_workspace(live, clock=house.clock) as restored:
        again = sequences(restored)
        assert set(again) == set(handed_out)
        assert all(again[uid] > handed_out[uid] for uid in handed_out)
        assert sequences(restored) == again
        move(restored, other.id, 10)
        uid = f"visit-{other.id}@qma-coach"
        assert sequences(restored)[uid] > again[uid]


def test_a_change_in_a_backup_brought_into_a_new_folder_counts_as_newer(house: House, tmp_path: Path) -> None:
    visit = house.plan()
    file = back_up_now(house.workspace, target=tmp_path / "then.qmabackup")
    for hour in (9, 10, 11):
        move(house.workspace, visit.id, hour)
    handed_out = sequences(house.workspace)
    restore(file, tmp_path / "elsewhere")
    house.clock.put(MONDAY)
    with open_workspace(tmp_path / "elsewhere", clock=house.clock) as restored:
        move(restored, visit.id, 12)
        uid = f"visit-{visit.id}@qma-coach"
        assert sequences(restored)[uid] > handed_out[uid]


@pytest.mark.parametrize("year", [1, 2019, 2025, 2999, 9998])
def test_a_wrong_clock_neither_turns_it_back_nor_leaves_what_calendars_know(house: House, year: int) -> None:
    visit = house.plan()
    uid = f"visit-{visit.id}@qma-coach"
    seen = [sequences(house.workspace)[uid]]
    right = house.clock.at
    for hour, at in ((9, datetime(year, 6, 1, tzinfo=UTC)), (10, right), (11, right)):
        house.clock.at = at
        with house.workspace.writing("test.moved") as work:
            work.put(replace(work.get(Visit, visit.id), bring=f"{hour}"))
        seen.append(sequences(house.workspace)[uid])
    assert seen == sorted(set(seen))
    assert max(seen) <= _MOST


def test_what_did_not_change_keeps_its_number(house: House) -> None:
    visit, other = house.plan(), house.plan(MONDAY + timedelta(days=7))
    before = sequences(house.workspace)
    house.clock.put(MONDAY)
    move(house.workspace, other.id, 10)
    after = sequences(house.workspace)
    assert [uid for uid in after if after[uid] != before[uid]] == [f"visit-{other.id}@qma-coach"]
    assert f"visit-{visit.id}@qma-coach" in before
