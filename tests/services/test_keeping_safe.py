"""Backups equal their source, a restore never meets what was left behind, and unsaved words come back."""

from __future__ import annotations

import errno
import shutil
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from unittest import mock

import pytest

from qma_app.domain.evidence import Evidence
from qma_app.domain.people import Role
from qma_app.domain.ports import LogHead
from qma_app.errors import NotFound, QmaError, StorageTrouble
from qma_app.services import backups, evidence, findings, ratings, recovery
from qma_app.services.log import verify_path, verify_workspace
from qma_app.services.working import start_working
from qma_app.services.workspace import Workspace, create_workspace, is_workspace, open_workspace
from qma_app.storage.atomic_files import disk_trouble
from qma_app.storage.lock import WorkspaceLock
from tests.builders import NOW
from tests.services.conftest import PRICE, Programme


@pytest.fixture
def worked_on(programme: Programme) -> Programme:
    for checkpoint in programme.checkpoints[:12]:
        ratings.rate_checkpoint(programme.workspace, programme.assessment.id, checkpoint.id, points=8)
    ratings.write_note(programme.workspace, programme.assessment.id, PRICE, text="ten orders")
    findings.raise_from_checkpoint(programme.workspace, programme.assessment.id, PRICE)
    evidence.add_evidence(
        programme.workspace,
        engagement_id=programme.engagement.id,
        data=b"order;price\n1;yes\n",
        name="orders.csv",
        assessment_id=programme.assessment.id,
        checkpoint_id=PRICE,
    )
    return programme


def everything(workspace: Workspace) -> tuple[object, ...]:
    with workspace.reading() as reader:
        return (dict(reader.counts()), reader.log_head(), tuple(workspace.store.evidence.digests()))


def test_a_restored_backup_equals_its_source(worked_on: Programme, tmp_path: Path) -> None:
    file = backups.back_up_now(worked_on.workspace, target=tmp_path / "all.qmabackup")
    source = everything(worked_on.workspace)
    backups.restore(file, tmp_path / "elsewhere")
    with open_workspace(tmp_path / "elsewhere") as restored:
        assert everything(restored) == source
        assert verify_workspace(restored).is_genuine
    assert verify_path(file).is_genuine
    assert "Genuine: " in verify_path(file).lines()[0]


def test_restoring_over_a_workspace_leaves_its_log_behind(worked_on: Programme, tmp_path: Path) -> None:
    """A left-over write-ahead log beside the old database never reaches the restored one."""
    workspace = worked_on.workspace
    file = backups.back_up_now(workspace, target=tmp_path / "then.qmabackup")
    with workspace.reading() as reader:
        then = reader.log_head()
        assessed = len(reader.ratings(worked_on.assessment.id))
    for checkpoint in worked_on.checkpoints[12:30]:
        ratings.rate_checkpoint(workspace, worked_on.assessment.id, checkpoint.id, points=4)
    live = workspace.folder
    crashed = tmp_path / "crashed"
    shutil.copytree(live, crashed, ignore=shutil.ignore_patterns("lock"))
    assert (crashed / "workspace.db-wal").stat().st_size > 0
    aside = backups.restore_over(file, crashed)
    assert aside is not None
    assert is_workspace(aside)
    with open_workspace(crashed) as restored, restored.reading() as reader:
        assert len(reader.ratings(worked_on.assessment.id)) == assessed
        entry = next(iter(reader.log_entries(after=then.seq)))
        assert entry.what == "workspace.restored"
        assert '"lost":"18"' in entry.body
        assert reader.verify_log(then) == ()


def test_once_a_day_and_only_when_something_changed(worked_on: Programme) -> None:
    first = backups.back_up_daily(worked_on.workspace)
    assert first is not None
    assert backups.back_up_daily(worked_on.workspace) is None
    (row,) = backups.list_backups(worked_on.workspace.folder)
    assert (row.path, row.size) == (first, first.stat().st_size)


def test_the_backups_anchor_the_log(worked_on: Programme) -> None:
    """A log cut after a backup was made does not verify any more."""
    workspace = worked_on.workspace
    backups.back_up_now(workspace)
    folder = workspace.folder
    workspace.close()
    assert verify_path(folder).is_genuine
    with open_workspace(folder) as again:
        again.store._writer.execute("DELETE FROM change_log WHERE seq > 5")
    verification = verify_path(folder)
    assert not verification.is_genuine
    assert any("known outside" in fault for fault in verification.faults)
    assert verification.lines()[0].startswith("NOT genuine")


def test_changed_and_missing_evidence_is_named(worked_on: Programme) -> None:
    store = worked_on.workspace.store.evidence
    (digest,) = store.digests()
    path = next((worked_on.workspace.folder / "evidence").rglob(f"{digest}*"))
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(bytes(content))
    (fault,) = verify_workspace(worked_on.workspace).faults
    assert digest in fault
    assert "orders.csv" in fault
    path.unlink()
    (fault,) = verify_workspace(worked_on.workspace).faults
    assert "missing" in fault


def test_only_workspaces_and_backups_are_verified(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("hello")
    with pytest.raises(NotFound, match="neither a workspace nor a backup"):
        verify_path(tmp_path / "letter.txt")


def test_words_that_could_not_be_saved_come_back_once(worked_on: Programme) -> None:
    workspace = worked_on.workspace
    unsaved = recovery.UnsavedText(
        field="note",
        text="third bay: Öl",
        at=workspace.clock(),
        dealership="Autohaus Beispiel",
        assessment_id=worked_on.assessment.id,
        checkpoint_id=PRICE,
    )
    assert recovery.unsaved_texts(workspace) == ()
    recovery.keep_unsaved(workspace, (unsaved,))
    assert b"third bay" not in (workspace.folder / recovery.FILE).read_bytes()
    assert recovery.unsaved_texts(workspace) == (unsaved,)
    recovery.forget_unsaved(workspace)
    assert recovery.unsaved_texts(workspace) == ()


class TestOpening:
    """A workspace that cannot be used says why and stays as it was."""

    def test_a_second_process_is_told_who_holds_it(self, workspace: Workspace) -> None:
        with pytest.raises(StorageTrouble, match=r"in use|open"):
            open_workspace(workspace.folder)
        with (
            open_workspace(workspace.folder, is_for_reading=True) as beside,
            pytest.raises(StorageTrouble, match="reading only"),
            beside.writing("test"),
        ):
            pass

    def test_no_workspace(self, tmp_path: Path) -> None:
        with pytest.raises(StorageTrouble, match="holds no workspace"):
            open_workspace(tmp_path)

    def test_a_folder_with_something_in_it_is_not_taken(self, tmp_path: Path) -> None:
        (tmp_path / "photo.jpg").write_bytes(b"x")
        with pytest.raises(StorageTrouble, match="not empty"):
            create_workspace(tmp_path)
        assert [path.name for path in tmp_path.iterdir()] == ["photo.jpg"]

    @pytest.mark.parametrize("damage", ["cut", "garbage", "empty"])
    def test_a_broken_database(self, workspace: Workspace, damage: str) -> None:
        workspace.close()
        path = workspace.folder / "workspace.db"
        content = path.read_bytes()
        path.write_bytes({"cut": content[:5000], "garbage": bytes(8192), "empty": b""}[damage])
        with pytest.raises(StorageTrouble) as caught:
            open_workspace(workspace.folder)
        assert caught.value.way_out

    def test_another_workspaces_keys(self, workspace: Workspace, tmp_path: Path) -> None:
        workspace.close()
        create_workspace(tmp_path / "other").close()
        for name in ("keys.json", "keys.copy.json"):
            shutil.copy(tmp_path / "other" / name, workspace.folder / name)
        with pytest.raises(StorageTrouble) as caught:
            open_workspace(workspace.folder)
        assert caught.value.code == "workspace.key-wrong"

    def test_keys_lost(self, workspace: Workspace) -> None:
        workspace.close()
        for name in ("keys.json", "keys.copy.json"):
            (workspace.folder / name).unlink()
        with pytest.raises(QmaError, match="key"):
            open_workspace(workspace.folder)

    def test_the_second_copy_of_the_keys_serves(self, workspace: Workspace) -> None:
        workspace.close()
        (workspace.folder / "keys.json").write_text("{")
        with open_workspace(workspace.folder) as again:
            start_working(again, name="A", role=Role.COACH)

    def test_the_log_head_survives(self, worked_on: Programme) -> None:
        with worked_on.workspace.reading() as reader:
            head: LogHead = reader.log_head()
        worked_on.workspace.close()
        with open_workspace(worked_on.workspace.folder) as again, again.reading() as reader:
            assert reader.log_head() == head

    def test_a_folder_that_cannot_be_written_opens_for_reading(
        self, worked_on: Programme, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        worked_on.workspace.close()
        refused = disk_trouble(OSError(errno.EROFS, "Read-only file system"), Path("lock"))
        monkeypatch.setattr(WorkspaceLock, "take", mock.Mock(side_effect=refused))
        folder = worked_on.workspace.folder
        with pytest.raises(StorageTrouble, match="does not allow it"):
            open_workspace(folder)
        before = (folder / "workspace.db").read_bytes()
        with open_workspace(folder, may_fall_back_to_reading=True) as reading:
            assert reading.is_read_only
            assert verify_workspace(reading).is_genuine
            with pytest.raises(StorageTrouble, match="reading only"):
                ratings.rate_checkpoint(reading, worked_on.assessment.id, PRICE, points=8)
        assert (folder / "workspace.db").read_bytes() == before

    def test_evidence_whose_record_never_came_goes_at_the_next_start(self, worked_on: Programme) -> None:
        """A photo is stored before its row: killed in between, only the row counts."""
        orphan = worked_on.workspace.store.evidence.put(b"killed before the row")
        kept = set(worked_on.workspace.store.evidence.digests()) - {orphan}
        worked_on.workspace.close()
        with open_workspace(worked_on.workspace.folder) as again:
            assert set(again.store.evidence.digests()) == kept

    def test_evidence_in_the_bin_is_kept_for_30_days(self, worked_on: Programme) -> None:
        workspace = worked_on.workspace
        with workspace.reading() as reader:
            (item,) = reader.all(Evidence)
        evidence.remove_evidence(workspace, item.id)
        workspace.close()
        for days, files in ((29, 1), (31, 1), (31, 0)):
            later = NOW + timedelta(days=days)
            with open_workspace(workspace.folder, clock=partial(identity, later)) as again:
                assert len(again.store.evidence.digests()) == files
                ratings.write_note(again, worked_on.assessment.id, PRICE, text=f"day {days}, {files} files")

    def test_a_clock_far_ahead_takes_no_evidence_from_the_bin(self, worked_on: Programme) -> None:
        """Until something was done under that clock nobody can know whether a year has passed."""
        with worked_on.workspace.reading() as reader:
            (item,) = reader.all(Evidence)
        evidence.remove_evidence(worked_on.workspace, item.id)
        worked_on.workspace.close()
        with open_workspace(
            worked_on.workspace.folder, clock=partial(identity, NOW + timedelta(days=365))
        ) as ahead:
            assert len(ahead.store.evidence.digests()) == 1

    def test_a_damaged_journal_is_kept_and_said(self, worked_on: Programme, tmp_path: Path) -> None:
        """SQLite silently drops every edit behind a flipped byte in its journal."""
        crashed = tmp_path / "crashed"
        shutil.copytree(worked_on.workspace.folder, crashed, ignore=shutil.ignore_patterns("lock"))
        journal = crashed / "workspace.db-wal"
        content = bytearray(journal.read_bytes())
        content[len(content) // 3] ^= 1
        journal.write_bytes(bytes(content))
        with open_workspace(crashed) as opened:
            (notice,) = opened.notices
        (kept,) = crashed.glob("damaged_*")
        assert str(kept) in notice
        assert (kept / "workspace.db-wal").read_bytes() == bytes(content)

    def test_evidence_stays_while_edits_that_may_name_it_lie_in_a_damaged_journal(
        self, worked_on: Programme
    ) -> None:
        orphan = worked_on.workspace.store.evidence.put(b"named only by an edit that was lost")
        (worked_on.workspace.folder / "damaged_2026-11-21_1402").mkdir()
        worked_on.workspace.close()
        with open_workspace(worked_on.workspace.folder) as again:
            assert orphan in again.store.evidence.digests()

    def test_a_restore_cut_off_in_the_middle_is_finished(self, worked_on: Programme) -> None:
        live = worked_on.workspace.folder
        worked_on.workspace.close()
        live.rename(live.with_name("w-restored"))
        (live.parent / "aside").mkdir()
        (live.parent / f".{live.name}.switch.json").write_text('{"restored": "w-restored", "aside": "aside"}')
        with open_workspace(live) as again:
            assert verify_workspace(again).is_genuine


def identity(value: datetime) -> datetime:
    return value
