"""A backup is whole and was read back, or it is not there."""

from __future__ import annotations

import json
import shutil
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from qma_app.errors import StorageTrouble
from qma_app.storage import backup_file, backups, driver
from qma_app.storage.atomic_files import remove_half_written
from qma_app.storage.backup_file import read_manifest, verify_backup
from qma_app.storage.backup_manifest import Manifest, Part, rendered_manifest
from qma_app.storage.backups import KnownBackup, back_up_daily, kept, make_backup, new_backup_path
from qma_app.storage.keys import KEY_FILE, create_key_file
from qma_app.storage.store import DATABASE
from tests.storage.faults import child, fill, flips, killed_after, small_disk
from tests.storage.workspaces import AT, CANARY, Listener, SmallWorkspace, a_workspace, names, ratings_in


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[SmallWorkspace, Path, Manifest]:
    """A workspace and its backup, made once; tests copy what they change."""
    folder = tmp_path_factory.mktemp("made")
    workspace = a_workspace(folder / "workspace")
    target = folder / "backup.qmabackup"
    return workspace, target, backup(workspace, target)


@pytest.fixture
def workspace(tmp_path: Path, made: tuple[SmallWorkspace, Path, Manifest]) -> SmallWorkspace:
    folder = tmp_path / "workspace"
    shutil.copytree(made[0].folder, folder)
    return replace(
        made[0], folder=folder, evidence=type(made[0].evidence)(folder / "evidence", made[0].keys.evidence)
    )


@pytest.fixture
def saved(tmp_path: Path, made: tuple[SmallWorkspace, Path, Manifest]) -> Path:
    return Path(shutil.copyfile(made[1], tmp_path / "saved.qmabackup"))


def backup(
    workspace: SmallWorkspace, target: Path, *, progress: Callable[[float], bool] | None = None
) -> Manifest:
    return make_backup(workspace.folder, workspace.keys, target, at=AT, app_version="1.2", progress=progress)


def refused(action: Callable[[], object]) -> StorageTrouble:
    with pytest.raises(StorageTrouble) as trouble:
        action()
    return trouble.value


def code_of(action: Callable[[], object]) -> str:
    try:
        action()
    except StorageTrouble as trouble:
        return trouble.code
    return ""


class TestMaking:
    """One file with everything, while work goes on."""

    def test_the_manifest_says_what_is_inside(self, made: tuple[SmallWorkspace, Path, Manifest]) -> None:
        workspace, target, manifest = made
        assert manifest.workspace_id == workspace.keys.workspace_id
        assert (manifest.app_version, manifest.made_at) == ("1.2", AT)
        assert manifest.counts == {"change_log": 3, "ratings": 3, 'odd "name': 0}
        assert (manifest.log_seq, manifest.log_hash) == (3, "hash of 3")
        assert manifest.damaged_evidence == ()
        assert [part.name for part in manifest.parts] == [
            DATABASE,
            KEY_FILE,
            *(f"evidence/{digest[:2]}/{digest}.bin" for digest in workspace.evidence.digests()),
        ]
        assert read_manifest(target) == manifest
        assert verify_backup(target) == manifest

    def test_nothing_can_be_read_in_it_but_the_manifest_and_the_key_file(
        self, made: tuple[SmallWorkspace, Path, Manifest]
    ) -> None:
        assert CANARY.encode() not in made[1].read_bytes()

    def test_nothing_is_left_beside_it(self, made: tuple[SmallWorkspace, Path, Manifest]) -> None:
        assert names(made[1].parent) == ["backup.qmabackup", "workspace"]

    def test_an_empty_workspace_has_an_empty_log(self, tmp_path: Path) -> None:
        manifest = backup(a_workspace(tmp_path / "workspace", ratings=0, photos=0), tmp_path / "b.qmabackup")
        assert (manifest.log_seq, manifest.log_hash) == (0, "")

    def test_a_database_without_a_log_is_backed_up_too(
        self, workspace: SmallWorkspace, tmp_path: Path
    ) -> None:
        with closing(driver.connect(workspace.database, workspace.keys.database)) as connection:
            connection.execute("DROP TABLE change_log")
        assert backup(workspace, tmp_path / "b.qmabackup").log_seq == 0

    def test_writers_go_on_meanwhile(self, workspace: SmallWorkspace, tmp_path: Path) -> None:
        wanted, done = threading.Event(), threading.Event()

        def rate() -> None:
            while wanted.wait():
                wanted.clear()
                if done.is_set():
                    return
                workspace.rate()
                rated.set()

        def rate_between_steps(_share: float) -> bool:
            rated.clear()
            wanted.set()
            return rated.wait(10)

        rated = threading.Event()
        writer = threading.Thread(target=rate)
        writer.start()
        manifest = backup(workspace, tmp_path / "b.qmabackup", progress=rate_between_steps)
        done.set()
        wanted.set()
        writer.join()
        assert manifest.counts["ratings"] == manifest.log_seq == 3
        assert ratings_in(workspace.folder, workspace.keys) > 10
        assert verify_backup(tmp_path / "b.qmabackup") == manifest

    def test_progress_only_rises_and_ends_at_one(self, workspace: SmallWorkspace, tmp_path: Path) -> None:
        listener = Listener()
        backup(workspace, tmp_path / "b.qmabackup", progress=listener)
        assert listener.shares == sorted(listener.shares)
        assert 0 <= listener.shares[0] < 0.3
        assert listener.shares[-1] > 0.97

    def test_it_can_be_stopped_at_each_step_and_leaves_nothing(
        self, workspace: SmallWorkspace, tmp_path: Path
    ) -> None:
        listener = Listener()
        backup(workspace, tmp_path / "b.qmabackup", progress=listener)
        (tmp_path / "b.qmabackup").unlink()
        for step in range(len(listener.shares)):
            impatient = Listener(patience=step)
            with pytest.raises(StorageTrouble) as stopped:
                backup(workspace, tmp_path / "b.qmabackup", progress=impatient)
            assert stopped.value.code == "backup.cancelled"
            assert names(tmp_path) == ["workspace"]

    def test_a_failed_one_leaves_the_backup_that_was_there(
        self, workspace: SmallWorkspace, saved: Path
    ) -> None:
        before = saved.read_bytes()
        refused(lambda: backup(workspace, saved, progress=lambda share: share < 0.5))
        assert saved.read_bytes() == before

    def test_large_photos_are_flushed_in_portions(
        self, workspace: SmallWorkspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(backups, "_SYNC_EACH", 1000)
        manifest = backup(workspace, tmp_path / "b.qmabackup")
        assert verify_backup(tmp_path / "b.qmabackup") == manifest


class TestFaults:
    """What the world does to a backup in the making."""

    def test_a_damaged_photo_is_carried_and_named(self, workspace: SmallWorkspace, tmp_path: Path) -> None:
        digest = workspace.evidence.digests()[0]
        (workspace.folder / "evidence" / digest[:2] / f"{digest}.bin").write_bytes(b"damaged")
        manifest = backup(workspace, tmp_path / "b.qmabackup")
        assert manifest.damaged_evidence == (digest,)
        assert verify_backup(tmp_path / "b.qmabackup") == manifest

    def test_a_photo_removed_meanwhile_is_left_out(
        self, workspace: SmallWorkspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        present = workspace.evidence.digests()
        monkeypatch.setattr(type(workspace.evidence), "digests", lambda _self: (*present, "0" * 64))
        manifest = backup(workspace, tmp_path / "b.qmabackup")
        assert len(manifest.parts) == 2 + len(present)

    def test_a_disk_that_gives_no_photos_ends_it(
        self, workspace: SmallWorkspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def gone(_self: object, digest: str) -> bytes:
            raise StorageTrouble(f"{digest} is gone", code="disk.gone")

        monkeypatch.setattr(type(workspace.evidence), "sealed_bytes", gone)
        assert refused(lambda: backup(workspace, tmp_path / "b.qmabackup")).code == "disk.gone"
        assert names(tmp_path) == ["workspace"]

    def test_a_damaged_database_is_not_backed_up(self, workspace: SmallWorkspace, tmp_path: Path) -> None:
        content = workspace.database.read_bytes()
        workspace.database.write_bytes(content[:9000] + bytes((content[9000] ^ 1,)) + content[9001:])
        assert refused(lambda: backup(workspace, tmp_path / "b.qmabackup")).code == "workspace.damaged"
        assert names(tmp_path) == ["workspace"]

    def test_a_missing_database_is_said_so(self, workspace: SmallWorkspace, tmp_path: Path) -> None:
        workspace.database.unlink()
        assert refused(lambda: backup(workspace, tmp_path / "b.qmabackup")).code == "workspace.missing"

    def test_a_key_file_of_another_workspace_is_not_put_in(
        self, workspace: SmallWorkspace, tmp_path: Path
    ) -> None:
        for name in ("keys.json", "keys.copy.json"):
            (workspace.folder / name).unlink()
        create_key_file(workspace.folder)
        assert refused(lambda: backup(workspace, tmp_path / "b.qmabackup")).code == "keys.other-workspace"

    def test_a_disk_that_gives_back_something_else_is_found(
        self, workspace: SmallWorkspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def damage(path: Path) -> backup_file.OpenBackup:
            content = path.read_bytes()
            path.write_bytes(content[:5000] + bytes((content[5000] ^ 1,)) + content[5001:])
            return backup_file.open_backup(path)

        monkeypatch.setattr(backups, "open_backup", damage)
        trouble = refused(lambda: backup(workspace, tmp_path / "b.qmabackup"))
        assert trouble.code == "disk.fault"
        assert "b.qmabackup" in trouble.message
        assert names(tmp_path) == ["workspace"]

    def test_a_full_disk_leaves_nothing_and_takes_it_once_there_is_space(
        self, workspace: SmallWorkspace, tmp_path: Path
    ) -> None:
        with small_disk(tmp_path / "stick", 2) as stick:
            room, code = 0, "disk.full"
            while code == "disk.full":
                filler = fill(stick, but=room)
                code = code_of(lambda: backup(workspace, stick / "b.qmabackup"))
                assert names(stick) == (["filler"] if code else ["b.qmabackup", "filler"])
                filler.unlink()
                room += 12_288
            assert code == ""
            assert room > 100_000
            assert verify_backup(stick / "b.qmabackup").counts["ratings"] == 3

    def test_a_limit_on_file_sizes_is_told(self, workspace: SmallWorkspace, tmp_path: Path) -> None:
        with child(LIMITED, workspace.folder, tmp_path / "b.qmabackup") as process:
            said, _errors = process.communicate()
        assert said.strip() in ("disk.full", "disk.fault")
        assert names(tmp_path) == ["workspace"]

    def test_a_folder_for_it_is_made(self, workspace: SmallWorkspace, tmp_path: Path) -> None:
        backup(workspace, tmp_path / "stick" / "2026" / "b.qmabackup")
        assert names(tmp_path / "stick" / "2026") == ["b.qmabackup"]

    @pytest.mark.parametrize("lines", [1, 4, 8, 12])
    def test_a_killed_one_leaves_no_file_of_that_name(
        self, workspace: SmallWorkspace, tmp_path: Path, lines: int
    ) -> None:
        target = tmp_path / "stick" / "b.qmabackup"
        killed_after(BACKING_UP, lines, workspace.folder, target)
        if target.exists():
            verify_backup(target)
        remove_half_written(target.parent)
        assert names(target.parent) in ([], ["b.qmabackup"])
        assert backup(workspace, target).counts["ratings"] == 3


BACKING_UP = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from qma_app.storage.backups import make_backup
from qma_app.storage.keys import read_key_file
def said(share):
    print(share, flush=True)
    return True
folder = Path(sys.argv[1])
while True:
    make_backup(folder, read_key_file(folder), Path(sys.argv[2]), at=datetime.now(UTC), app_version="1", progress=said)
"""

LIMITED = """
import resource, sys
from datetime import UTC, datetime
from pathlib import Path
from qma_app.errors import StorageTrouble
from qma_app.storage.backups import make_backup
from qma_app.storage.keys import read_key_file
folder = Path(sys.argv[1])
keys = read_key_file(folder)
resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))
try:
    make_backup(folder, keys, Path(sys.argv[2]), at=datetime.now(UTC), app_version="1")
except StorageTrouble as trouble:
    print(trouble.code)
"""


class TestReading:
    """Nothing in a backup is believed before it was checked."""

    def test_a_changed_byte_anywhere_is_found_and_named(self, saved: Path) -> None:
        content = saved.read_bytes()
        spans = spans_of(saved)
        for place, changed in flips(content, 400):
            saved.write_bytes(changed)
            trouble = refused(lambda: verify_backup(saved))
            expected = next((name for name, span in spans.items() if place in span), "frame")
            assert trouble.code == "backup.damaged", place
            assert expected == "frame" or trouble.params["parts"] == (expected,), place
            assert trouble.params["parts"], place

    @pytest.mark.parametrize("share", [0, 0.1, 0.5, 0.99])
    def test_a_cut_off_file_is_found(self, saved: Path, share: float) -> None:
        content = saved.read_bytes()
        saved.write_bytes(content[: int(len(content) * share)])
        assert refused(lambda: verify_backup(saved)).code == (
            "backup.not-one" if share == 0 else "backup.damaged"
        )

    @pytest.mark.parametrize("added", [b"x", b"\0" * 64, b"0" * 64])
    def test_appended_bytes_are_found(self, saved: Path, added: bytes) -> None:
        saved.write_bytes(saved.read_bytes() + added)
        assert refused(lambda: verify_backup(saved)).code == "backup.damaged"

    def test_another_file_is_no_backup(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text("hello")
        assert refused(lambda: read_manifest(tmp_path / "a.txt")).code == "backup.not-one"
        with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
            archive.writestr("manifest.json", "{}")
        assert refused(lambda: read_manifest(tmp_path / "a.zip")).code == "backup.not-one"
        assert refused(lambda: read_manifest(tmp_path / "nothing")).code == "disk.gone"

    def test_a_part_too_many_or_too_few_is_named(self, saved: Path) -> None:
        parts = parts_of(saved)
        photo = next(name for name in parts if name.startswith("evidence/"))
        rebuilt(saved, {name: content for name, content in parts.items() if name != photo})
        assert refused(lambda: read_manifest(saved)).params["parts"] == (photo,)
        more = f"evidence/00/{'0' * 64}.bin"
        rebuilt(saved, {**parts, more: b"x"})
        assert refused(lambda: read_manifest(saved)).params["parts"] == (more,)

    def test_a_part_of_other_content_is_named(self, saved: Path) -> None:
        parts = parts_of(saved)
        for name, content in parts.items():
            rebuilt(saved, {**parts, name: content[:-2] + b"??"})
            assert refused(lambda: verify_backup(saved)).params["parts"] == (name,)

    @pytest.mark.parametrize("name", ["keys.json", "manifest.json"])
    def test_a_missing_key_file_or_manifest_is_named(self, saved: Path, name: str) -> None:
        rebuilt(saved, {n: content for n, content in parts_of(saved).items() if n != name})
        assert refused(lambda: read_manifest(saved)).params["parts"] == (name,)

    @pytest.mark.parametrize(
        "name",
        [
            "../outside",
            "/etc/passwd",
            "C:\\x",
            "evidence/../../x",
            "CON",
            f"evidence/ab/{'0' * 64}.bin",
            "workspace.db-wal",
        ],
    )
    def test_a_name_that_does_not_belong_there_is_refused(self, saved: Path, name: str) -> None:
        rebuilt(saved, {**parts_of(saved), name: b"x"})
        assert refused(lambda: verify_backup(saved)).code == "backup.damaged"

    def test_a_hostile_name_is_refused_even_under_a_right_seal(
        self, saved: Path, made: tuple[SmallWorkspace, Path, Manifest]
    ) -> None:
        """Whoever sends a backup of their own can seal what they like."""
        from hashlib import sha256

        workspace, _target, manifest = made
        stranger = Part(name="evidence/../../outside", size=1, sha256=sha256(b"x").hexdigest())
        said = rendered_manifest(replace(manifest, parts=(*manifest.parts, stranger)), workspace.keys)
        rebuilt(saved, {**parts_of(saved), stranger.name: b"x", "manifest.json": said})
        assert refused(lambda: read_manifest(saved)).params["parts"] == (stranger.name,)

    def test_a_photo_that_was_damaged_before_must_still_be_the_same(
        self, workspace: SmallWorkspace, saved: Path
    ) -> None:
        digest = workspace.evidence.digests()[0]
        name = f"evidence/{digest[:2]}/{digest}.bin"
        (workspace.folder / name).write_bytes(b"damaged")
        backup(workspace, saved)
        rebuilt(saved, {**parts_of(saved), name: b"changed"})
        assert refused(lambda: verify_backup(saved)).params["parts"] == (name,)

    def test_a_part_twice_is_refused(self, saved: Path) -> None:
        parts = parts_of(saved)
        with pytest.warns(UserWarning, match="Duplicate"):
            rebuilt(saved, parts, twice=KEY_FILE)
        assert refused(lambda: verify_backup(saved)).params["parts"] == ("frame",)

    def test_packed_parts_are_refused_before_they_grow(self, saved: Path) -> None:
        rebuilt(saved, {**parts_of(saved), KEY_FILE: b" " * 1_000_000}, compression=zipfile.ZIP_DEFLATED)
        assert refused(lambda: verify_backup(saved)).code == "backup.damaged"

    def test_a_part_larger_than_it_may_be_is_refused(self, saved: Path) -> None:
        rebuilt(saved, {**parts_of(saved), KEY_FILE: b" " * 70_000})
        assert refused(lambda: verify_backup(saved)).params["parts"] == (KEY_FILE,)

    def test_a_manifest_of_another_hand_is_refused(
        self, saved: Path, made: tuple[SmallWorkspace, Path, Manifest]
    ) -> None:
        """Whoever changes the database and every digest still lacks the seal."""
        parts = parts_of(saved)
        document = json.loads(parts["manifest.json"])
        document["counts"]["ratings"] = 4
        for changed in (
            json.dumps(document, indent=1),
            "[]",
            "{}",
            '{"seal": 7, "format": "qma-backup"}',
            "[" * 50_000,
        ):
            rebuilt(saved, {**parts, "manifest.json": changed.encode()})
            assert refused(lambda: read_manifest(saved)).params["parts"] == ("manifest.json",)

    def test_a_sealed_manifest_that_says_nonsense_is_refused(
        self, saved: Path, made: tuple[SmallWorkspace, Path, Manifest]
    ) -> None:
        workspace, _target, manifest = made
        for nonsense in (replace(manifest, counts=7), replace(manifest, workspace_id="another")):  # type: ignore[arg-type]
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr("qma_app.storage.backup_manifest.dict", lambda value: value, raising=False)
                content = rendered_manifest(nonsense, workspace.keys)
            rebuilt(saved, {**parts_of(saved), "manifest.json": content})
            assert refused(lambda: read_manifest(saved)).params["parts"] == ("manifest.json",)

    def test_a_newer_form_is_refused_with_both_numbers(
        self, saved: Path, made: tuple[SmallWorkspace, Path, Manifest]
    ) -> None:
        newer = rendered_manifest(replace(made[2], format_version=2), made[0].keys)
        rebuilt(saved, {**parts_of(saved), "manifest.json": newer})
        trouble = refused(lambda: read_manifest(saved))
        assert trouble.code == "backup.newer"
        assert (trouble.params["found"], trouble.params["known"]) == (2, 1)

    def test_a_number_changed_without_the_seal_is_not_taken_for_a_newer_form(self, saved: Path) -> None:
        parts = parts_of(saved)
        changed = parts["manifest.json"].replace(b'"version": 1', b'"version": 2')
        assert changed != parts["manifest.json"]
        rebuilt(saved, {**parts, "manifest.json": changed})
        assert refused(lambda: read_manifest(saved)).code == "backup.damaged"

    def test_a_newer_key_file_is_refused(self, saved: Path) -> None:
        from qma_app.storage import keys

        parts = parts_of(saved)
        document = {**json.loads(parts[KEY_FILE]), "version": 2}
        document["checksum"] = keys._checksum(document)
        rebuilt(saved, {**parts, KEY_FILE: json.dumps(document).encode()})
        assert refused(lambda: read_manifest(saved)).code == "keys.newer"

    def test_numbers_that_differ_from_the_database_are_found(
        self, saved: Path, made: tuple[SmallWorkspace, Path, Manifest]
    ) -> None:
        """The seal is right and every byte is: still the log must end where the manifest says."""
        for wrong in (
            replace(made[2], log_hash="another"),
            replace(made[2], log_seq=2),
            replace(made[2], counts={**made[2].counts, "ratings": 4}),
        ):
            rebuilt(saved, {**parts_of(saved), "manifest.json": rendered_manifest(wrong, made[0].keys)})
            assert refused(lambda: verify_backup(saved)).params["parts"] == (DATABASE,)

    def test_a_damaged_database_or_photo_is_found_even_under_a_right_digest(
        self, saved: Path, made: tuple[SmallWorkspace, Path, Manifest]
    ) -> None:
        workspace, _target, manifest = made
        parts = parts_of(saved)
        for name in (DATABASE, next(name for name in parts if name.startswith("evidence/"))):
            wrong = parts[name][:-1] + bytes((parts[name][-1] ^ 1,))
            said = resealed(manifest, name, wrong)
            rebuilt(saved, {**parts, name: wrong, "manifest.json": rendered_manifest(said, workspace.keys)})
            assert refused(lambda: verify_backup(saved)).params["parts"] == (name,)

    def test_a_database_that_does_not_hold_together_is_found(
        self,
        workspace: SmallWorkspace,
        saved: Path,
        tmp_path: Path,
        made: tuple[SmallWorkspace, Path, Manifest],
    ) -> None:
        with closing(driver.connect(workspace.database, workspace.keys.database)) as connection:
            connection.execute("PRAGMA writable_schema = ON")
            connection.execute("UPDATE sqlite_schema SET rootpage = 2 WHERE name = 'ratings'")
        wrong = workspace.database.read_bytes()
        said = rendered_manifest(resealed(made[2], DATABASE, wrong), workspace.keys)
        rebuilt(saved, {**parts_of(saved), DATABASE: wrong, "manifest.json": said})
        assert refused(lambda: verify_backup(saved)).params["parts"] == (DATABASE,)

    def test_the_check_can_be_stopped_at_each_step(
        self, saved: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(driver, "_STEPS_BETWEEN_LOOKS", 1)
        listener = Listener()
        verify_backup(saved, progress=listener)
        for step in range(0, len(listener.shares), max(1, len(listener.shares) // 20)):
            with pytest.raises(StorageTrouble) as stopped:
                verify_backup(saved, progress=Listener(patience=step))
            assert stopped.value.code == "backup.cancelled"


def spans_of(path: Path) -> dict[str, range]:
    """Where the bytes of each part lie in a backup."""
    spans = {}
    with zipfile.ZipFile(path) as archive:
        for member in archive.infolist():
            start = member.header_offset + 30 + len(member.filename)
            spans[member.filename] = range(start, start + member.file_size)
    return spans


def parts_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def resealed(manifest: Manifest, name: str, content: bytes) -> Manifest:
    """The manifest with the digest of other bytes, as somebody with the key could make it."""
    from hashlib import sha256

    part = next(part for part in manifest.parts if part.name == name)
    other = replace(part, size=len(content), sha256=sha256(content).hexdigest())
    return replace(manifest, parts=tuple(other if p is part else p for p in manifest.parts))


def rebuilt(
    path: Path, parts: dict[str, bytes], *, compression: int = zipfile.ZIP_STORED, twice: str | None = None
) -> None:
    """Write a backup anew from other parts, its frame as it should be."""
    from hashlib import sha256

    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
            if name == twice:
                archive.writestr(name, content)
        archive.comment = backup_file.MARK + b"0" * 64
    content = path.read_bytes()[:-64]
    path.write_bytes(content + sha256(content).hexdigest().encode())


class TestDaily:
    """A backup a day, on days with work."""

    @pytest.fixture
    def daily(self, workspace: SmallWorkspace) -> Callable[[float], Path | None]:
        def back_up(day: float) -> Path | None:
            now = AT + timedelta(days=day)
            return back_up_daily(workspace.folder, workspace.keys, now=now, app_version="1.2")

        return back_up

    def test_the_first_one_is_named_by_day_and_time(
        self, workspace: SmallWorkspace, daily: Callable[[float], Path | None]
    ) -> None:
        path = daily(0)
        assert path == workspace.folder / "backups" / f"QMA-backup_{AT.astimezone():%Y-%m-%d_%H%M}.qmabackup"
        assert verify_backup(path).log_seq == 3

    def test_once_a_day_and_only_after_work(
        self, workspace: SmallWorkspace, daily: Callable[[float], Path | None]
    ) -> None:
        assert daily(0)
        workspace.rate()
        assert daily(0.001) is None
        assert daily(1)
        assert daily(2) is None
        workspace.rate()
        assert daily(3)

    def test_fourteen_stay(self, workspace: SmallWorkspace, daily: Callable[[float], Path | None]) -> None:
        made = []
        for day in range(16):
            workspace.rate()
            made.append(daily(day))
        assert sorted((workspace.folder / "backups").iterdir()) == made[2:]

    def test_a_clock_that_went_back_thins_nothing_recent(
        self, workspace: SmallWorkspace, daily: Callable[[float], Path | None]
    ) -> None:
        made = []
        for day in [*range(14), -365, -364]:
            workspace.rate()
            made.append(daily(day))
        assert None not in made
        assert set(made[2:]) <= set((workspace.folder / "backups").iterdir())

    def test_what_is_not_ours_is_left_alone(
        self,
        workspace: SmallWorkspace,
        tmp_path: Path,
        daily: Callable[[float], Path | None],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(backups, "KEPT", 1)
        monkeypatch.setattr(backups.kept, "__defaults__", (1,))
        folder = workspace.folder / "backups"
        folder.mkdir()
        other = a_workspace(tmp_path / "other")
        strange = [
            folder / "before-0002.qmabackup",
            folder / "QMA-backup_2020-01-01_0000.qmabackup",
            folder / "notes.txt",
        ]
        for path in strange:
            path.write_bytes(b"damaged")
        foreign = folder / "QMA-backup_2020-01-02_0000.qmabackup"
        for name in ("keys.json", "keys.copy.json"):
            (other.folder / name).unlink()
        shutil.rmtree(other.folder)
        other.folder.mkdir()
        keys = create_key_file(other.folder)
        with closing(driver.connect(other.database, keys.database)):
            pass
        make_backup(other.folder, keys, foreign, at=AT, app_version="1")
        (folder / ".qma-0123456789abcdef.tmp").mkdir()
        first = daily(0)
        workspace.rate()
        second = daily(1)
        assert first is not None
        assert second is not None
        assert not first.exists()
        assert sorted(folder.iterdir()) == sorted([*strange, foreign, second])

    def test_trouble_is_told_and_nothing_is_thinned(
        self, workspace: SmallWorkspace, daily: Callable[[float], Path | None]
    ) -> None:
        daily(0)
        workspace.database.write_bytes(b"damaged")
        assert refused(lambda: daily(1)).code == "workspace.damaged"
        assert len(names(workspace.folder / "backups")) == 1

    def test_two_in_one_minute_have_two_names(self, tmp_path: Path) -> None:
        first = new_backup_path(tmp_path, AT)
        first.write_bytes(b"")
        assert new_backup_path(tmp_path, AT).name == f"{first.stem}_2.qmabackup"


def known(seq: int, day: int) -> KnownBackup:
    return KnownBackup(path=Path(f"{seq}-{day}"), seq=seq, made_at=AT + timedelta(days=day))


class TestKept:
    """The last ones by log and the last ones by clock."""

    def test_few_all_stay(self) -> None:
        few = [known(seq, seq) for seq in range(14)]
        assert kept(few) == tuple(few)
        assert kept([]) == ()

    def test_of_many_the_last_fourteen_stay(self) -> None:
        many = [known(seq, seq) for seq in range(40)]
        assert kept(many[::-1]) == tuple(many[-14:])

    def test_with_a_clock_gone_back_the_log_tells_the_last(self) -> None:
        before = [known(seq, seq) for seq in range(20)]
        after = [known(20 + n, -400 + n) for n in range(5)]
        assert set(after) <= set(kept([*before, *after]))
        assert set(before[-9:]) <= set(kept([*before, *after]))

    def test_after_restoring_an_older_state_the_clock_tells_the_last(self) -> None:
        before = [known(100 + n, n) for n in range(20)]
        after = [known(50 + n, 20 + n) for n in range(3)]
        assert set(after) <= set(kept([*before, *after]))

    def test_the_count_can_be_another(self) -> None:
        assert kept([known(1, 1), known(2, 2)], 1) == (known(2, 2),)


@pytest.fixture(autouse=True)
def _no_leftovers(tmp_path: Path) -> Iterator[None]:
    yield
    assert [path for path in tmp_path.rglob("*.tmp") if path.name.startswith(".qma-")] == []
