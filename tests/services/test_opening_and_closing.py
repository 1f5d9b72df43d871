"""A workspace is made whole or not at all, and whatever goes wrong on the way in or out leaves nothing held."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path
from unittest import mock

import pytest

from qma_app.domain.ids import SettingId
from qma_app.domain.setting import Setting
from qma_app.errors import StorageTrouble
from qma_app.services import workspace as opening
from qma_app.services.workspace import (
    WORKER_SETTING,
    Workspace,
    create_workspace,
    is_workspace,
    open_workspace,
)
from qma_app.storage import atomic_files, schema
from qma_app.storage.store import Store
from tests.builders import NOW


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*"))


FULL = OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("is_there", [True, False])
def test_a_workspace_that_cannot_be_made_leaves_nothing_and_can_be_tried_again(
    tmp_path: Path, is_there: bool
) -> None:
    folder = tmp_path / "mine"
    if is_there:
        folder.mkdir()
    with (
        mock.patch.object(schema, "migrate", side_effect=FULL),
        pytest.raises(StorageTrouble) as caught,
    ):
        create_workspace(folder)
    assert caught.value.way_out
    assert names(tmp_path) == (["mine"] if is_there else [])
    create_workspace(folder).close()
    assert is_workspace(folder)
    assert names(folder) == ["keys.copy.json", "keys.json", "lock", "workspace.db"]


def test_a_database_is_in_its_place_only_once_it_is_whole(tmp_path: Path) -> None:
    """Killed in between, the folder is no workspace, and its keys serve the next try."""
    folder = tmp_path / "mine"
    with (
        mock.patch.object(atomic_files, "replace_file", side_effect=KeyboardInterrupt),
        mock.patch.object(atomic_files, "remove_if_possible"),
        mock.patch.object(opening, "remove_if_possible"),
        pytest.raises(KeyboardInterrupt),
    ):
        create_workspace(folder)
    assert not is_workspace(folder)
    keys = (folder / "keys.json").read_bytes()
    create_workspace(folder).close()
    assert (folder / "keys.json").read_bytes() == keys
    open_workspace(folder).close()


def test_keys_beside_something_else_are_never_taken_for_an_empty_folder(workspace: Workspace) -> None:
    """A workspace whose database was moved away for a moment must not get another one."""
    folder = workspace.folder
    (folder / "evidence").mkdir()
    workspace.close()
    (folder / "workspace.db").rename(folder.parent / "moved.db")
    with pytest.raises(StorageTrouble, match="not empty"):
        create_workspace(folder)
    (folder.parent / "moved.db").rename(folder / "workspace.db")
    open_workspace(folder).close()


def test_a_sample_that_cannot_be_marked_is_not_left_open(tmp_path: Path) -> None:
    with (
        mock.patch.object(Store, "writing", side_effect=StorageTrouble("full", code="disk.full")),
        pytest.raises(StorageTrouble, match="full"),
    ):
        create_workspace(tmp_path / "w", is_sample=True)
    open_workspace(tmp_path / "w").close()


@pytest.mark.parametrize("step", ["_recall", "_tidy_up", "_keep_damaged_journal", "ensure_current"])
@pytest.mark.parametrize("error", [FULL, ZeroDivisionError()])
def test_what_fails_while_opening_holds_nothing(workspace: Workspace, step: str, error: Exception) -> None:
    """The next try must not be told that the workspace is in use, by this very program."""
    workspace.close()
    with (
        mock.patch.object(opening, step, side_effect=error),
        pytest.raises((StorageTrouble, ZeroDivisionError)),
    ):
        open_workspace(workspace.folder)
    open_workspace(workspace.folder).close()


def test_the_lock_is_given_back_even_if_the_database_does_not_close(workspace: Workspace) -> None:
    close = workspace.store.close
    with (
        mock.patch.object(workspace.store, "close", side_effect=ZeroDivisionError),
        pytest.raises(ZeroDivisionError),
    ):
        workspace.close()
    close()
    open_workspace(workspace.folder).close()


def test_evidence_that_the_disk_does_not_let_go_of_does_not_keep_the_workspace_shut(
    workspace: Workspace,
) -> None:
    orphan = workspace.store.evidence.put(b"left behind")
    workspace.close()
    with mock.patch.object(Path, "unlink", side_effect=PermissionError(errno.EACCES, "denied")):
        opened = open_workspace(workspace.folder)
    assert orphan in opened.store.evidence.digests()
    opened.close()


def test_a_role_of_another_version_is_nobody_working(workspace: Workspace) -> None:
    with workspace.writing("test.put") as work:
        work.put(Setting(id=SettingId(WORKER_SETTING), value="somebody referee"))
    workspace.close()
    with open_workspace(workspace.folder) as again:
        assert again.worker is None


def test_a_damaged_journal_that_cannot_be_kept_is_not_dropped(workspace: Workspace, tmp_path: Path) -> None:
    """Opening to write would fold what can be read and throw the rest away."""
    for number in range(9):
        with workspace.writing("test.put") as work:
            work.put(Setting(id=SettingId(f"setting-{number}"), value="x"))
    crashed = tmp_path / "crashed"
    shutil.copytree(workspace.folder, crashed, ignore=shutil.ignore_patterns("lock"))
    journal = crashed / "workspace.db-wal"
    damaged = bytearray(journal.read_bytes())
    damaged[len(damaged) // 3] ^= 1
    journal.write_bytes(damaged)
    with (
        mock.patch("shutil.copyfile", side_effect=FULL),
        pytest.raises(StorageTrouble, match="disk is full"),
    ):
        open_workspace(crashed)
    assert journal.read_bytes() == damaged
    assert list(crashed.glob("damaged_*")) == []
    with open_workspace(crashed, clock=lambda: NOW) as opened:
        assert len(opened.notices) == 1


def test_a_folder_that_may_not_be_looked_into_holds_no_workspace(tmp_path: Path) -> None:
    with mock.patch.object(Path, "is_file", side_effect=PermissionError(errno.EACCES, "denied")):
        assert not is_workspace(tmp_path)
        with pytest.raises(StorageTrouble, match="cannot be used"):
            open_workspace(tmp_path)
