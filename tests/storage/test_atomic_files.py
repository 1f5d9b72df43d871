"""A file is the old one or the new one, never a third."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from qma_app.errors import StorageTrouble
from qma_app.storage.atomic_files import (
    atomic_file,
    disk_trouble,
    free_name,
    make_folder,
    move_folder,
    remove_half_written,
    remove_if_possible,
    replace_file,
    sync_folder,
    translated_disk_errors,
    write_file_atomically,
)
from tests.storage.faults import child, fill, killed_after, only_readable, small_disk


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def windows_error(number: int, file: str | None = None) -> OSError:
    error = PermissionError(errno.EACCES, "held by another", file)
    error.winerror = number  # type: ignore[attr-defined]  # the attribute exists on Windows only
    return error


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    waited: list[float] = []
    monkeypatch.setattr("qma_app.storage.atomic_files.time.sleep", waited.append)
    return waited


def failing(monkeypatch: pytest.MonkeyPatch, owner: Any, name: str, *, at: int, error: OSError) -> None:
    """Let the `at`-th call of an operating-system function fail, once."""
    real: Callable[..., Any] = getattr(owner, name)
    calls = iter(range(1, 1000))

    def call(*arguments: Any, **keywords: Any) -> Any:
        if next(calls) == at:
            raise error
        return real(*arguments, **keywords)

    monkeypatch.setattr(owner, name, call)


def test_a_new_file_is_whole_and_nothing_else_is_left(tmp_path: Path) -> None:
    write_file_atomically(tmp_path / "report.pdf", b"new")
    assert (tmp_path / "report.pdf").read_bytes() == b"new"
    assert names(tmp_path) == ["report.pdf"]


def test_an_old_file_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(b"a much longer old content")
    write_file_atomically(path, b"new")
    assert path.read_bytes() == b"new"


def test_a_private_file_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    write_file_atomically(tmp_path / "keys.json", b"{}", is_private=True)
    write_file_atomically(tmp_path / "report.pdf", b"")
    assert (tmp_path / "keys.json").stat().st_mode & 0o077 == 0
    mask = os.umask(0)
    os.umask(mask)
    assert (tmp_path / "report.pdf").stat().st_mode & 0o777 == 0o666 & ~mask


def test_an_error_of_ours_in_the_middle_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(b"old")
    with pytest.raises(TypeError), atomic_file(path) as file:
        file.write(b"half" + "of it")  # type: ignore[operator]  # the mistake
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["report.pdf"]


@pytest.mark.parametrize(
    ("owner", "name", "at", "content_after"),
    [
        (os, "open", 1, b"old"),
        (os, "fdopen", 1, b"old"),
        (os, "fsync", 1, b"old"),
        (Path, "replace", 1, b"old"),
        (
            os,
            "open",
            2,
            b"new",
        ),  # the folder, after the rename: the new file is whole but not yet promised to stay
        (os, "fsync", 2, b"new"),
    ],
)
def test_whichever_call_fails_the_file_is_whole_and_the_trouble_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, owner: Any, name: str, at: int, content_after: bytes
) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(b"old")
    failing(monkeypatch, owner, name, at=at, error=OSError(errno.EIO, "Input/output error"))
    with pytest.raises(StorageTrouble) as trouble:
        write_file_atomically(path, b"new")
    monkeypatch.undo()
    assert trouble.value.code == "disk.fault"
    assert "report.pdf" in trouble.value.message
    assert trouble.value.way_out
    assert path.read_bytes() == content_after
    assert names(tmp_path) == ["report.pdf"]


def test_a_half_written_file_that_cannot_be_removed_does_not_hide_the_first_trouble(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing(monkeypatch, os, "fsync", at=1, error=OSError(errno.ENOSPC, "No space left on device"))
    failing(monkeypatch, Path, "unlink", at=1, error=OSError(errno.EIO, "Input/output error"))
    with pytest.raises(StorageTrouble) as trouble:
        write_file_atomically(tmp_path / "report.pdf", b"new")
    assert trouble.value.code == "disk.full"
    assert len(names(tmp_path)) == 1
    assert remove_half_written(tmp_path) == 1
    assert names(tmp_path) == []


def test_a_folder_that_cannot_be_synced_is_left_unsynced_where_the_file_system_knows_no_such_thing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing(monkeypatch, os, "fsync", at=2, error=OSError(errno.EINVAL, "Invalid argument"))
    write_file_atomically(tmp_path / "report.pdf", b"new")
    assert (tmp_path / "report.pdf").read_bytes() == b"new"


def test_windows_has_no_folders_to_sync(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qma_app.storage.atomic_files.sys.platform", "win32")
    sync_folder(tmp_path / "is not even looked for")


@pytest.mark.parametrize("number", [5, 32, 33])
def test_a_scanner_that_holds_the_file_for_a_moment_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, waits: list[float], number: int
) -> None:
    failing(monkeypatch, Path, "replace", at=1, error=windows_error(number))
    write_file_atomically(tmp_path / "report.pdf", b"new")
    assert (tmp_path / "report.pdf").read_bytes() == b"new"
    assert waits == [0.2]


def test_a_program_that_keeps_the_file_open_is_named_after_three_seconds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, waits: list[float]
) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(b"old")

    def held(_source: Path, target: Path) -> None:
        raise windows_error(32, str(target))

    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(StorageTrouble) as trouble:
        write_file_atomically(path, b"new")
    assert trouble.value.code == "disk.in-use"
    assert len(waits) == 5
    assert sum(waits) == pytest.approx(3)
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["report.pdf"]


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "disk.full"),
        (errno.EDQUOT, "disk.full"),
        (errno.EFBIG, "disk.full"),
        (errno.EROFS, "disk.read-only"),
        (errno.EACCES, "disk.read-only"),
        (errno.ENOENT, "disk.gone"),
        (errno.ENAMETOOLONG, "disk.name-too-long"),
        (errno.EIO, "disk.fault"),
    ],
)
def test_each_failure_of_a_disk_has_its_sentence_and_a_way_out(number: int, code: str) -> None:
    trouble = disk_trouble(OSError(number, os.strerror(number)), Path("folder") / "report.pdf")
    assert trouble.code == code
    assert "report.pdf" in trouble.message
    assert trouble.way_out


def test_the_sentence_names_the_file_that_failed_not_the_half_written_one(tmp_path: Path) -> None:
    with pytest.raises(StorageTrouble, match=r"report\.pdf is not there"):
        write_file_atomically(tmp_path / "no such folder" / "report.pdf", b"")
    with pytest.raises(StorageTrouble, match="another"), translated_disk_errors(tmp_path / "report.pdf"):
        (tmp_path / "another").read_bytes()


def test_a_name_longer_than_the_disk_takes_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(StorageTrouble) as trouble:
        write_file_atomically(tmp_path / ("x" * 300), b"")
    assert trouble.value.code == "disk.name-too-long"


def test_a_full_disk_keeps_the_old_file_and_takes_the_new_one_once_there_is_space(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 2) as disk:
        path = disk / "report.pdf"
        write_file_atomically(path, b"old")
        filler = fill(disk)
        with pytest.raises(StorageTrouble) as trouble:
            write_file_atomically(path, b"new" * 100_000)
        assert trouble.value.code == "disk.full"
        assert path.read_bytes() == b"old"
        assert names(disk) == ["filler", "report.pdf"]
        filler.unlink()
        write_file_atomically(path, b"new" * 100_000)
        assert path.read_bytes() == b"new" * 100_000


def test_a_disk_that_is_only_read_is_said_so(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 1) as disk, only_readable(disk):
        with pytest.raises(StorageTrouble) as trouble:
            write_file_atomically(disk / "report.pdf", b"new")
        assert trouble.value.code == "disk.read-only"


LIMITED = """
import resource, sys
from pathlib import Path
from qma_app.errors import StorageTrouble
from qma_app.storage.atomic_files import write_file_atomically
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    write_file_atomically(Path(sys.argv[1]), b"new" * 100_000)
except StorageTrouble as trouble:
    print(trouble.code)
"""


def test_a_limit_on_file_sizes_is_told_like_a_full_disk(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(b"old")
    with child(LIMITED, path) as process:
        said, _errors = process.communicate()
    assert said.strip() == "disk.full"
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["report.pdf"]


REPLACING = """
import sys
from pathlib import Path
from qma_app.storage.atomic_files import write_file_atomically
for number in range(100_000):
    write_file_atomically(Path(sys.argv[1]), b"%08d" % number * 50_000)
    print(number, flush=True)
"""


@pytest.mark.parametrize("lines", [1, 7, 20])
def test_a_killed_process_leaves_a_whole_file_no_older_than_acknowledged(tmp_path: Path, lines: int) -> None:
    path = tmp_path / "report.pdf"
    acknowledged = killed_after(REPLACING, lines, path)
    content = path.read_bytes()
    assert content == content[:8] * 50_000
    assert int(content[:8]) >= int(acknowledged[-1])
    remove_half_written(tmp_path)
    assert names(tmp_path) == ["report.pdf"]


def test_only_what_is_half_written_is_cleaned_up(tmp_path: Path) -> None:
    for name in (
        ".qma-0123456789abcdef.tmp",
        "report.pdf",
        ".qma-not-ours.tmp",
        "x.qma-0123456789abcdef.tmp",
    ):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / ".qma-aaaaaaaaaaaaaaaa.tmp").mkdir()
    (tmp_path / ".qma-aaaaaaaaaaaaaaaa.tmp" / "inside").write_bytes(b"")
    assert remove_half_written(tmp_path) == 2
    assert names(tmp_path) == [".qma-not-ours.tmp", "report.pdf", "x.qma-0123456789abcdef.tmp"]
    assert remove_half_written(tmp_path / "no such folder") == 0


def test_what_is_gone_already_needs_no_removing(tmp_path: Path) -> None:
    remove_if_possible(tmp_path / "nothing")


def test_a_finished_file_takes_the_place_of_another(tmp_path: Path) -> None:
    (tmp_path / "new.db").write_bytes(b"new")
    (tmp_path / "workspace.db").write_bytes(b"old")
    replace_file(tmp_path / "new.db", tmp_path / "workspace.db")
    assert (tmp_path / "workspace.db").read_bytes() == b"new"
    assert names(tmp_path) == ["workspace.db"]
    with pytest.raises(StorageTrouble):
        replace_file(tmp_path / "new.db", tmp_path / "workspace.db")
    assert (tmp_path / "workspace.db").read_bytes() == b"new"


def test_folders_are_made_with_all_above_and_moved_whole(tmp_path: Path) -> None:
    make_folder(tmp_path / "a" / "b" / "c")
    make_folder(tmp_path / "a" / "b" / "c")
    (tmp_path / "a" / "b" / "c" / "file").write_bytes(b"x")
    move_folder(tmp_path / "a" / "b", tmp_path / "moved")
    assert (tmp_path / "moved" / "c" / "file").read_bytes() == b"x"
    with pytest.raises(StorageTrouble):
        make_folder(tmp_path / "moved" / "c" / "file" / "below a file")


def test_a_free_name_counts_up(tmp_path: Path) -> None:
    assert free_name(tmp_path, "backup", ".zip").name == "backup.zip"
    (tmp_path / "backup.zip").write_bytes(b"")
    (tmp_path / "backup_2.zip").write_bytes(b"")
    assert free_name(tmp_path, "backup", ".zip").name == "backup_3.zip"
