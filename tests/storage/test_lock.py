"""One process writes a workspace; a second one is told who that is, and a dead one holds nobody off."""

from __future__ import annotations

import getpass
import json
import os
import platform
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from qma_app.errors import StorageTrouble
from qma_app.i18n import instant_text
from qma_app.storage import lock as lock_module
from qma_app.storage.lock import LOCK_FILE, WorkspaceLock
from tests.storage.faults import child, only_readable, small_disk

SINCE = datetime(2026, 11, 21, 14, 2, 7, 120000, tzinfo=UTC)

HOLDING = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from qma_app.storage.lock import WorkspaceLock
lock = WorkspaceLock.take(Path(sys.argv[1]), since=datetime(2026, 11, 21, 14, 2, 7, 120000, tzinfo=UTC))
print(lock.holder.pid, flush=True)
sys.stdin.read()
"""


def refused(folder: Path) -> StorageTrouble:
    with pytest.raises(StorageTrouble) as trouble:
        WorkspaceLock.take(folder)
    return trouble.value


def test_the_lock_names_machine_user_process_and_time(tmp_path: Path) -> None:
    with WorkspaceLock.take(tmp_path, since=SINCE) as lock:
        said = json.loads((tmp_path / LOCK_FILE).read_text())
        assert said == {
            "host": platform.node(),
            "user": getpass.getuser(),
            "pid": os.getpid(),
            "since": "2026-11-21T14:02:07.120Z",
        }
        assert lock.holder.since == SINCE


def test_without_a_clock_of_ours_the_disk_says_since_when(tmp_path: Path) -> None:
    with WorkspaceLock.take(tmp_path) as lock:
        assert lock.holder.since is not None
        assert abs(lock.holder.since.timestamp() - tmp_path.stat().st_mtime) < 60


def test_a_second_one_is_refused_in_the_same_process_too(tmp_path: Path) -> None:
    with WorkspaceLock.take(tmp_path, since=SINCE):
        trouble = refused(tmp_path)
    assert trouble.code == "workspace.in-use"
    assert trouble.params["since"] == SINCE


def test_another_process_is_named_and_its_death_frees_the_workspace(tmp_path: Path) -> None:
    with child(HOLDING, tmp_path) as process:
        assert process.stdout is not None
        pid = int(process.stdout.readline())
        trouble = refused(tmp_path)
        assert trouble.code == "workspace.in-use"
        assert (trouble.params["pid"], trouble.params["since"]) == (pid, SINCE)
        assert platform.node() in trouble.message
        assert getpass.getuser() in trouble.message
        assert instant_text(SINCE) in trouble.message
        process.kill()
        process.wait()
    assert json.loads((tmp_path / LOCK_FILE).read_text())["pid"] == pid
    with WorkspaceLock.take(tmp_path) as lock:
        assert lock.holder.pid == os.getpid()


def test_giving_back_frees_it_and_may_be_done_twice(tmp_path: Path) -> None:
    lock = WorkspaceLock.take(tmp_path)
    lock.release()
    lock.release()
    assert (tmp_path / LOCK_FILE).read_bytes() == b""
    WorkspaceLock.take(tmp_path).release()


def test_a_lock_cannot_be_emptied_but_is_given_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock = WorkspaceLock.take(tmp_path)

    def fails(*_arguments: object) -> None:
        raise OSError

    monkeypatch.setattr(os, "ftruncate", fails)
    lock.release()
    monkeypatch.undo()
    WorkspaceLock.take(tmp_path).release()


@pytest.mark.parametrize(
    "content", ["", "{", "7", '{"host": "x"}', '{"host":"x","user":"y","pid":1,"since":"never"}']
)
def test_a_holder_that_has_not_said_who_it_is_still_holds(tmp_path: Path, content: str) -> None:
    with WorkspaceLock.take(tmp_path):
        (tmp_path / LOCK_FILE).write_text(content)
        trouble = refused(tmp_path)
    assert trouble.code == "workspace.in-use"
    assert "a moment ago" in trouble.message


def test_a_lock_file_replaced_meanwhile_is_not_taken_for_the_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two processes that each lock a file of that name, of which one has gone, would both write."""
    real = lock_module._seize
    replaced: Iterator[bool] = iter((True, True))

    def seize(descriptor: int) -> None:
        real(descriptor)
        if next(replaced, False):
            (tmp_path / LOCK_FILE).unlink()

    monkeypatch.setattr(lock_module, "_seize", seize)
    with WorkspaceLock.take(tmp_path):
        assert refused(tmp_path).code == "workspace.in-use"


@pytest.mark.parametrize("step", ["_seize", "_write"])
def test_a_fault_on_the_way_leaves_nothing_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def fails(*_arguments: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(lock_module, step, fails)
    assert refused(tmp_path).code == "disk.fault"
    monkeypatch.undo()
    WorkspaceLock.take(tmp_path).release()


def test_a_user_without_a_name_can_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise KeyError("uid not found")

    monkeypatch.setattr(getpass, "getuser", nobody)
    with WorkspaceLock.take(tmp_path) as lock:
        assert lock.holder.user == "?"


def test_a_folder_that_cannot_be_written_cannot_be_held(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 1) as disk, only_readable(disk):
        assert refused(disk).code == "disk.read-only"
    assert refused(tmp_path / "no such folder").code == "disk.gone"
