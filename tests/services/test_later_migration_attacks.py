"""The step that brings findings their life, killed at every statement on both kinds of older workspaces: the old state or the new one, whole."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from qma_app.services.log import verify_workspace
from qma_app.services.workspace import open_workspace
from qma_app.storage.schema import HEAD_REVISION
from qma_app.storage.store import DATABASE
from tests.services.test_migration_attacks import DIE, STATEMENT, revision, run
from tests.storage.faults import ROOT

GOLDEN = ROOT / "tests" / "golden" / "workspaces"
RELEASED = ("released-2026-11", "0002")
BOTH = (("draft-2026-11", "0001"), RELEASED)


def unpacked(name: str, into: Path) -> Path:
    with zipfile.ZipFile(GOLDEN / f"{name}.zip") as packed:
        packed.extractall(into)
    return next(into.rglob(DATABASE)).parent


def opens_whole(folder: Path, name: str, was: str) -> None:
    told = json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))
    with open_workspace(folder) as workspace:
        assert verify_workspace(workspace).is_genuine
        with workspace.reading() as reader:
            counts = reader.counts()
        assert {table: counts[table] for table in told["counts"]} == told["counts"]
        assert not list(folder.glob("workspace.new.db*"))
    assert (folder / f"workspace.{was}.db").is_file()
    assert revision(folder) == HEAD_REVISION


@pytest.mark.parametrize(
    ("where", "place", "is_new"),
    [
        ("backups.make_backup", 1, False),
        ("driver.copy_database", 1, False),
        ("schema.migrate", 1, False),
        ("schema._check", 1, False),
        ("files.replace_file", 1, False),
        ("schema._remove_with_journal", 2, True),
    ],
)
def test_killed_between_two_steps_the_released_one_is_the_one_or_the_other(
    tmp_path: Path, where: str, place: int, is_new: bool
) -> None:
    name, was = RELEASED
    folder = unpacked(name, tmp_path)
    assert run(DIE, folder, where, place) == 9
    assert revision(folder) == (HEAD_REVISION if is_new else was)
    opens_whole(folder, name, was)


@pytest.mark.parametrize(("name", "was"), BOTH)
@pytest.mark.parametrize("place", [4, 9, 15])
def test_killed_at_any_statement_it_is_the_old_one(tmp_path: Path, name: str, was: str, place: int) -> None:
    folder = unpacked(name, tmp_path)
    before = (folder / DATABASE).read_bytes()
    assert run(STATEMENT, folder, place, "kill") == 9
    assert (folder / DATABASE).read_bytes() == before
    opens_whole(folder, name, was)
