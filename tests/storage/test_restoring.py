"""What was backed up comes back exactly, and what was there before is kept."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from qma_app.errors import StorageTrouble
from qma_app.storage import restoring
from qma_app.storage.atomic_files import move_folder, remove_half_written
from qma_app.storage.backup_file import contents_of
from qma_app.storage.backups import make_backup
from qma_app.storage.driver import connect
from qma_app.storage.evidence_files import EvidenceFiles
from qma_app.storage.keys import read_key_file
from qma_app.storage.lock import WorkspaceLock
from qma_app.storage.restoring import finish_switch, restore_backup, switch_restored
from tests.storage.faults import child, fill, killed_after, small_disk
from tests.storage.workspaces import AT, Listener, SmallWorkspace, a_workspace, names, ratings_in


@pytest.fixture
def live(tmp_path: Path) -> SmallWorkspace:
    """A workspace with three ratings, backed up, and two more since."""
    workspace = a_workspace(tmp_path / "live")
    make_backup(workspace.folder, workspace.keys, tmp_path / "b.qmabackup", at=AT, app_version="1")
    workspace.rate(2)
    return workspace


@pytest.fixture
def saved(tmp_path: Path, live: SmallWorkspace) -> Path:
    return tmp_path / "b.qmabackup"


@pytest.fixture
def restored(tmp_path: Path, saved: Path) -> Path:
    restore_backup(saved, tmp_path / "restored")
    return tmp_path / "restored"


class TestUnpacking:
    """Into a new folder, checked whole, in one step."""

    def test_everything_is_as_it_was(self, tmp_path: Path, live: SmallWorkspace, saved: Path) -> None:
        folder = tmp_path / "new" / "restored"
        manifest = restore_backup(saved, folder)
        assert names(folder) == ["evidence", "keys.copy.json", "keys.json", "workspace.db"]
        keys = read_key_file(folder)
        assert keys == live.keys
        assert contents_of(folder / "workspace.db", keys.database) == (manifest.counts, 3, "hash of 3")
        evidence = EvidenceFiles(folder / "evidence", keys.evidence)
        assert evidence.verify(live.evidence.digests()) == {}
        assert ratings_in(folder, keys) == 3

    def test_a_workspace_without_evidence_comes_back_too(self, tmp_path: Path) -> None:
        workspace = a_workspace(tmp_path / "bare", photos=0)
        make_backup(workspace.folder, workspace.keys, tmp_path / "bare.qmabackup", at=AT, app_version="1")
        restore_backup(tmp_path / "bare.qmabackup", tmp_path / "restored")
        assert ratings_in(tmp_path / "restored", workspace.keys) == 3

    def test_an_empty_folder_may_be_there(self, tmp_path: Path, live: SmallWorkspace, saved: Path) -> None:
        (tmp_path / "restored").mkdir()
        restore_backup(saved, tmp_path / "restored")
        assert ratings_in(tmp_path / "restored", live.keys) == 3

    @pytest.mark.parametrize("is_file", [True, False])
    def test_a_folder_in_use_is_refused_untouched(self, tmp_path: Path, saved: Path, is_file: bool) -> None:
        folder = tmp_path / "restored"
        if is_file:
            folder.write_text("a file")
        else:
            folder.mkdir()
            (folder / "notes.txt").write_text("mine")
        with pytest.raises(StorageTrouble) as refused:
            restore_backup(saved, folder)
        assert refused.value.code == "restore.folder-not-empty"
        assert is_file or names(folder) == ["notes.txt"]

    def test_a_damaged_backup_leaves_nothing(self, tmp_path: Path, saved: Path) -> None:
        content = saved.read_bytes()
        for place in (100, len(content) // 2, len(content) - 1):
            saved.write_bytes(content[:place] + bytes((content[place] ^ 1,)) + content[place + 1 :])
            with pytest.raises(StorageTrouble) as refused:
                restore_backup(saved, tmp_path / "restored")
            assert refused.value.code == "backup.damaged"
            assert names(tmp_path) == ["b.qmabackup", "live"]

    def test_it_can_be_stopped_at_each_step_and_leaves_nothing(self, tmp_path: Path, saved: Path) -> None:
        listener = Listener()
        restore_backup(saved, tmp_path / "restored", progress=listener)
        assert listener.shares == sorted(listener.shares)
        for step in range(0, len(listener.shares), 3):
            with pytest.raises(StorageTrouble) as stopped:
                restore_backup(saved, tmp_path / "again", progress=Listener(patience=step))
            assert stopped.value.code == "backup.cancelled"
            assert names(tmp_path) == ["b.qmabackup", "live", "restored"]

    def test_a_full_disk_leaves_nothing(self, tmp_path: Path, saved: Path) -> None:
        with small_disk(tmp_path / "disk", 1) as disk:
            fill(disk, but=40_000)
            with pytest.raises(StorageTrouble) as refused:
                restore_backup(saved, disk / "restored")
            assert refused.value.code == "disk.full"
            assert names(disk) == ["filler"]

    @pytest.mark.parametrize("lines", [1, 5, 9, 14])
    def test_a_killed_one_leaves_no_folder_of_that_name(
        self, tmp_path: Path, live: SmallWorkspace, saved: Path, lines: int
    ) -> None:
        place = tmp_path / "place"
        killed_after(RESTORING, lines, saved, place)
        for folder in place.glob("restored*"):
            assert ratings_in(folder, live.keys) == 3
        assert remove_half_written(place) <= 1
        restore_backup(saved, place / "after all")


RESTORING = """
import sys
from itertools import count
from pathlib import Path
from qma_app.storage.restoring import restore_backup
def said(share):
    print(share, flush=True)
    return True
for number in count():
    restore_backup(Path(sys.argv[1]), Path(sys.argv[2]) / f"restored {number}", progress=said)
"""

HOLDING = """
import sys
from pathlib import Path
from qma_app.storage.lock import WorkspaceLock
lock = WorkspaceLock.take(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


class TestSwitching:
    """Into the place of the live one, which is kept."""

    def test_the_restored_state_is_live_and_the_old_one_is_kept_beside_it(
        self, tmp_path: Path, live: SmallWorkspace, restored: Path
    ) -> None:
        aside = switch_restored(restored, live.folder, at=AT)
        assert aside == tmp_path / f"live-before-restore-{AT.astimezone():%Y-%m-%d_%H%M}"
        assert ratings_in(live.folder, live.keys) == 3
        assert ratings_in(aside, live.keys) == 5
        assert not restored.exists()
        assert names(tmp_path) == ["b.qmabackup", "live", aside.name]

    def test_a_left_over_write_ahead_log_never_meets_the_restored_database(
        self, live: SmallWorkspace, restored: Path
    ) -> None:
        database = live.database
        with closing(connect(database, live.keys.database)) as connection:
            connection.execute("INSERT INTO ratings VALUES ('late', 'in the log only')")
            left_over = {path.name: path.read_bytes() for path in live.folder.glob("workspace.db-*")}
        assert len(left_over["workspace.db-wal"]) > 0
        for name, content in left_over.items():
            (live.folder / name).write_bytes(content)
        aside = switch_restored(restored, live.folder, at=AT)
        assert aside is not None
        assert ratings_in(live.folder, live.keys) == 3
        assert set(left_over) <= set(names(aside))
        assert ratings_in(aside, live.keys) == 6

    @pytest.mark.parametrize("damage", ["database", "keys", "all", "lock"])
    def test_an_unreadable_live_workspace_is_no_hindrance(
        self, live: SmallWorkspace, restored: Path, damage: str
    ) -> None:
        if damage == "database":
            live.database.write_bytes(b"damaged")
        elif damage == "keys":
            (live.folder / "keys.json").write_bytes(b"")
            (live.folder / "keys.copy.json").write_bytes(b"")
        elif damage == "lock":
            (live.folder / "lock").mkdir()
        else:
            for path in live.folder.iterdir():
                if path.is_file():
                    path.unlink()
        assert switch_restored(restored, live.folder, at=AT)
        assert ratings_in(live.folder, live.keys) == 3

    def test_the_backups_stay_with_the_live_workspace(self, live: SmallWorkspace, restored: Path) -> None:
        (live.folder / "backups").mkdir()
        (live.folder / "backups" / "QMA-backup_2026-11-20_0900.qmabackup").write_bytes(b"")
        aside = switch_restored(restored, live.folder, at=AT)
        assert aside is not None
        assert names(live.folder / "backups") == ["QMA-backup_2026-11-20_0900.qmabackup"]
        assert not (aside / "backups").exists()

    def test_without_a_live_one_the_restored_one_takes_its_place(
        self, tmp_path: Path, live: SmallWorkspace, restored: Path
    ) -> None:
        assert switch_restored(restored, tmp_path / "fresh", at=AT) is None
        assert ratings_in(tmp_path / "fresh", live.keys) == 3

    def test_two_in_one_minute_are_both_kept(self, tmp_path: Path, live: SmallWorkspace, saved: Path) -> None:
        for _ in range(2):
            restore_backup(saved, tmp_path / "restored")
            switch_restored(tmp_path / "restored", live.folder, at=AT)
        assert len(list(tmp_path.glob("live-before-restore-*"))) == 2

    def test_one_that_is_open_elsewhere_is_not_moved_away(self, live: SmallWorkspace, restored: Path) -> None:
        with child(HOLDING, live.folder) as process:
            assert process.stdout is not None
            process.stdout.readline()
            with pytest.raises(StorageTrouble) as refused:
                switch_restored(restored, live.folder, at=AT)
            process.kill()
        assert refused.value.code == "workspace.in-use"
        assert ratings_in(live.folder, live.keys) == 5
        assert ratings_in(restored, live.keys) == 3

    def test_folders_that_cannot_change_places_in_one_step_are_refused(
        self, live: SmallWorkspace, tmp_path: Path
    ) -> None:
        with pytest.raises(ValueError, match="one folder"):
            switch_restored(tmp_path / "elsewhere" / "restored", live.folder, at=AT)

    @pytest.mark.parametrize("step", [1, 2])
    def test_a_folder_that_cannot_be_moved_leaves_all_as_it_was(
        self, tmp_path: Path, live: SmallWorkspace, restored: Path, monkeypatch: pytest.MonkeyPatch, step: int
    ) -> None:
        before = names(tmp_path)
        real, calls = Path.rename, iter(range(1, 9))

        def rename(source: Path, target: Path) -> Path:
            if next(calls) == step:
                raise OSError(5, "Input/output error")
            return real(source, target)

        monkeypatch.setattr(Path, "rename", rename)
        with pytest.raises(StorageTrouble) as refused:
            switch_restored(restored, live.folder, at=AT)
        assert refused.value.code == "disk.fault"
        assert names(tmp_path) == before
        assert ratings_in(live.folder, live.keys) == 5


class PowerCut(BaseException):
    """Nothing after it is done, not even tidying up."""


class TestPowerCut:
    """Old state or new state, never none."""

    @pytest.mark.parametrize("step", range(4))
    def test_at_any_step_the_next_start_finds_one_whole_workspace(
        self, live: SmallWorkspace, restored: Path, monkeypatch: pytest.MonkeyPatch, step: int
    ) -> None:
        (live.folder / "backups").mkdir()
        real, calls = move_folder, iter(range(9))

        def move(source: Path, target: Path) -> None:
            if next(calls) == step:
                raise PowerCut
            real(source, target)

        monkeypatch.setattr(restoring, "move_folder", move)
        if step < 3:
            with pytest.raises(PowerCut):
                switch_restored(restored, live.folder, at=AT)
        else:
            switch_restored(restored, live.folder, at=AT)
        monkeypatch.undo()
        assert finish_switch(live.folder) == (step in (1, 2))
        assert ratings_in(live.folder, live.keys) == (5 if step == 0 else 3)
        assert "backups" in names(live.folder)
        assert not finish_switch(live.folder)
        assert list(live.folder.parent.glob(".live*")) == []

    def test_if_the_restored_one_is_gone_the_old_one_comes_back(
        self, live: SmallWorkspace, restored: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        real, calls = move_folder, iter(range(9))

        def move(source: Path, target: Path) -> None:
            if next(calls) == 1:
                raise PowerCut
            real(source, target)

        monkeypatch.setattr(restoring, "move_folder", move)
        with pytest.raises(PowerCut):
            switch_restored(restored, live.folder, at=AT)
        monkeypatch.undo()
        restored.rename(restored.with_name("taken away"))
        assert finish_switch(live.folder)
        assert ratings_in(live.folder, live.keys) == 5

    @pytest.mark.parametrize("note", [b"", b"7", b"{}", b'{"restored": "../x/y", "aside": "z"}'])
    def test_a_note_that_says_nothing_is_passed_over(self, live: SmallWorkspace, note: bytes) -> None:
        (live.folder.parent / ".live.switch.json").write_bytes(note)
        assert not finish_switch(live.folder)
        assert ratings_in(live.folder, live.keys) == 5

    def test_without_a_switch_there_is_nothing_to_finish(self, live: SmallWorkspace) -> None:
        assert not finish_switch(live.folder)


def test_twenty_backups_in_a_row_are_each_equal_to_their_manifest(tmp_path: Path) -> None:
    """On an empty machine with nothing but the file."""
    workspace = a_workspace(tmp_path / "live", ratings=0, photos=0)
    for number in range(20):
        workspace.rate()
        workspace.evidence.put(b"photo %d" % number)
        file = tmp_path / f"{number}.qmabackup"
        at = AT + timedelta(days=number)
        manifest = make_backup(workspace.folder, workspace.keys, file, at=at, app_version="1")
        assert restore_backup(file, tmp_path / f"restored {number}") == manifest
    for number in range(20):
        folder = tmp_path / f"restored {number}"
        keys = read_key_file(folder)
        assert ratings_in(folder, keys) == number + 1
        evidence = EvidenceFiles(folder / "evidence", keys.evidence)
        assert len(evidence.digests()) == number + 1
        assert evidence.verify() == {}
        WorkspaceLock.take(folder).release()
