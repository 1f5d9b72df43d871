"""A disk that may only be read can be looked at, says so when it is written to, and is worked on again once it allows it."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from qma_app.errors import StorageTrouble
from qma_app.services import evidence, ratings, workbooks
from qma_app.services.log import verify_path, verify_workspace
from qma_app.services.today import today
from qma_app.services.workspace import open_workspace
from tests.builders import TODAY
from tests.faults.houses import a_house
from tests.services.conftest import PRICE, Programme
from tests.storage.faults import only_readable, small_disk


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    with small_disk(tmp_path / "disk", 8) as disk:
        yield disk


@pytest.fixture
def house(disk: Path) -> Iterator[Programme]:
    house = a_house(disk / "w")
    ratings.rate_checkpoint(house.workspace, house.assessment.id, PRICE, points=8)
    evidence.add_evidence(
        house.workspace, engagement_id=house.engagement.id, data=b"order;price\n", name="orders.csv"
    )
    yield house
    house.workspace.close()


def digest(folder: Path) -> dict[str, str]:
    return {
        str(path): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_what_was_closed_in_order_is_read_and_nothing_is_written(
    disk: Path, house: Programme, tmp_path: Path
) -> None:
    folder = house.workspace.folder
    house.workspace.close()
    before = digest(folder)
    with only_readable(disk):
        with pytest.raises(StorageTrouble) as refused:
            open_workspace(folder)
        assert refused.value.code == "disk.read-only"
        with open_workspace(folder, may_fall_back_to_reading=True) as opened:
            assert opened.is_read_only
            with opened.reading() as reader:
                assert today(reader, house.dealership.id, on=TODAY).resume is not None
            assert verify_workspace(opened).is_genuine
            workbooks.make_workbook(opened, "assessment", target=tmp_path / "a.xlsx")
            with pytest.raises(StorageTrouble) as edit:
                ratings.write_note(opened, house.assessment.id, PRICE, text="late")
            assert (edit.value.code, bool(edit.value.way_out)) == ("workspace.read-only", True)
        assert verify_path(folder).is_genuine
    assert digest(folder) == before


def test_a_target_there_is_refused_in_one_sentence(disk: Path, house: Programme, tmp_path: Path) -> None:
    folder = tmp_path / "elsewhere"
    house.workspace.close()
    shutil.copytree(house.workspace.folder, folder)
    with open_workspace(folder) as workspace, only_readable(disk):
        with pytest.raises(StorageTrouble) as trouble:
            workbooks.make_workbook(workspace, "assessment", target=disk / "a.xlsx")
        assert trouble.value.code == "disk.read-only"
        assert str(disk) in trouble.value.message


def test_after_a_crash_it_is_refused_until_the_last_edits_can_be_folded_in(
    disk: Path, house: Programme
) -> None:
    """They lie in the journal, which cannot be read without writing beside it; showing the state before them would be wrong."""
    crashed = disk / "crashed"
    shutil.copytree(house.workspace.folder, crashed, ignore=shutil.ignore_patterns("lock", "*-shm"))
    house.workspace.close()
    assert (crashed / "workspace.db-wal").stat().st_size > 0
    before = digest(crashed)
    with only_readable(disk), pytest.raises(StorageTrouble) as trouble:
        open_workspace(crashed, may_fall_back_to_reading=True)
    assert (trouble.value.code, bool(trouble.value.way_out)) == ("disk.read-only", True)
    assert digest(crashed) == before
    with open_workspace(crashed) as again, again.reading() as reader:
        assert reader.ratings(house.assessment.id)[PRICE].points == 8
