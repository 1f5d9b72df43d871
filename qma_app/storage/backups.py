"""Making backups: the whole workspace in one file while work goes on, read back before it counts, and the last ones kept."""

from __future__ import annotations

import hashlib
import os
import sys
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import IO, Final

from qma_app.errors import NotFound, QmaError, StorageTrouble
from qma_app.i18n import _
from qma_app.storage import driver
from qma_app.storage.atomic_files import (
    free_name,
    half_written_beside,
    make_folder,
    put_in_place,
    remove_half_written,
    remove_if_possible,
    translated_disk_errors,
)
from qma_app.storage.backup_file import (
    CHUNK,
    DATABASE_PART,
    DIGEST_LENGTH,
    MARK,
    SUFFIX,
    Meter,
    Progress,
    cancelled,
    check_backup,
    contents_of,
    digest_of_frame,
    is_database,
    open_backup,
    read_manifest,
)
from qma_app.storage.backup_manifest import MANIFEST_PART, Manifest, Part, rendered_manifest
from qma_app.storage.evidence_files import EvidenceFiles, unsealed
from qma_app.storage.keys import KEY_FILE, Keys, key_file_bytes

BACKUP_FOLDER: Final = "backups"
KEPT: Final = 14
_STEM: Final = "QMA-backup_"
_UNFINISHED: Final = "unfinished"
_SYNC_EACH: Final = 8 * CHUNK
_EARLIEST_IN_ZIP: Final = (1980, 1, 1, 0, 0, 0)
_UNIX: Final = 3
_BROKEN_EVIDENCE: Final = ("evidence.changed", "disk.fault")
_PASSES: Final = 4
"""How often each byte is touched: copied, written, read for the digest of the whole, read for its own."""


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownBackup:
    """A backup in a folder: where it stands, how far its change log went, when the laptop thought it was made."""

    path: Path
    seq: int
    made_at: datetime


def make_backup(
    source_folder: Path,
    keys: Keys,
    target: Path,
    *,
    at: datetime,
    app_version: str,
    progress: Progress | None = None,
) -> Manifest:
    """Write a workspace into one file and read that file back; writers are not held up and may go on.

    `progress` hears the share done and stops everything by answering False (StorageTrouble `backup.cancelled`). On any
    failure nothing stands under the target's name but what stood there before.
    """
    make_folder(target.parent)
    workshop = half_written_beside(target)
    with translated_disk_errors(target, workshop, workshop / _UNFINISHED):
        try:
            workshop.mkdir(mode=0o700)
            manifest = _make(source_folder, keys, workshop, at=at, app_version=app_version, progress=progress)
            put_in_place(workshop / _UNFINISHED, target)
        except StorageTrouble as error:
            if error.code == "backup.damaged":
                raise _unreliable(target) from error
            raise
        finally:
            remove_if_possible(workshop)
    return manifest


def back_up_daily(
    folder: Path, keys: Keys, *, now: datetime, app_version: str, progress: Progress | None = None
) -> Path | None:
    """Back a workspace up into its own `backups` folder, once a day and only if something was changed since.

    Gives the new file, or None when none was needed. Afterwards only `kept` ones remain; files with other names, of other
    workspaces, or that cannot be read are left alone.
    """
    backups = folder / BACKUP_FOLDER
    day = f"{_STEM}{now.astimezone():%Y-%m-%d}_"
    if any(path.name.startswith(day) for path in _daily_files(backups)):
        return None
    remove_half_written(backups)
    manifests = dict(_readable(backups, keys.workspace_id))
    head = _log_head(folder, keys)
    if any((manifest.log_seq, manifest.log_hash) == head for manifest in manifests.values()):
        return None
    target = new_backup_path(backups, now)
    manifests[target] = make_backup(folder, keys, target, at=now, app_version=app_version, progress=progress)
    known = [KnownBackup(path=p, seq=m.log_seq, made_at=m.made_at) for p, m in manifests.items()]
    for backup in set(known) - set(kept(known)):
        remove_if_possible(backup.path)
    return target


def new_backup_path(folder: Path, at: datetime) -> Path:
    """A free name that says when: `QMA-backup_2026-11-21_1402.qmabackup`, in the laptop's own time."""
    return free_name(folder, f"{_STEM}{at.astimezone():%Y-%m-%d_%H%M}", SUFFIX)


def kept(backups: Sequence[KnownBackup], count: int = KEPT) -> tuple[KnownBackup, ...]:
    """Which backups stay: the last by change log, and the last by clock.

    Usually these are the same. They differ when the clock went back (the log still knows the order) or when an older state
    was restored (the log starts lower again, the clock knows the order); nothing recent goes in either case.
    """
    by_log = sorted(backups, key=_log_order)[-count:]
    by_clock = sorted(backups, key=_clock_order)[-count:]
    return tuple(sorted({*by_log, *by_clock}, key=_log_order))


def _log_order(backup: KnownBackup) -> tuple[int, datetime, str]:
    return backup.seq, backup.made_at, backup.path.name


def _clock_order(backup: KnownBackup) -> tuple[datetime, int, str]:
    return backup.made_at, backup.seq, backup.path.name


def _make(
    source: Path, keys: Keys, workshop: Path, *, at: datetime, app_version: str, progress: Progress | None
) -> Manifest:
    database, unfinished, check = workshop / DATABASE_PART, workshop / _UNFINISHED, workshop / "check"
    evidence = EvidenceFiles(source / "evidence", keys.evidence)
    meter = Meter(progress, _PASSES * (_size(source / DATABASE_PART) + evidence.size()))
    if not driver.copy_database(source / DATABASE_PART, database, keys.database, progress=meter.goes_on):
        raise cancelled()
    meter.add(_size(database))
    counts, seq, digest = contents_of(database, keys.database)
    with unfinished.open("xb+") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
            writer = _PartWriter(archive, file, meter, at)
            writer.write_file(DATABASE_PART, database)
            writer.write(KEY_FILE, key_file_bytes(source, workspace_id=keys.workspace_id))
            broken = _write_evidence(writer, evidence, keys)
            manifest = Manifest(
                app_version=app_version,
                workspace_id=keys.workspace_id,
                made_at=at,
                counts=counts,
                log_seq=seq,
                log_hash=digest,
                damaged_evidence=broken,
                parts=tuple(writer.parts),
            )
            writer.write(MANIFEST_PART, rendered_manifest(manifest, keys))
            archive.comment = MARK + b"0" * DIGEST_LENGTH
        _finish_frame(file, meter)
    database.unlink()  # before its twin from the backup is unpacked: the stick may be small
    check.mkdir()
    with closing(open_backup(unfinished)) as backup:
        check_backup(backup, check, keeps=is_database, meter=meter)
    return manifest


class _PartWriter:
    """Puts parts into the archive as they are, and notes what each must read like."""

    def __init__(self, archive: zipfile.ZipFile, file: IO[bytes], meter: Meter, at: datetime) -> None:
        self._archive = archive
        self._file = file
        self._meter = meter
        self._date = max(_EARLIEST_IN_ZIP, at.timetuple()[:6])
        self._unsynced = 0
        self.parts: list[Part] = []

    def write(self, name: str, content: bytes) -> None:
        self._write(name, len(content), iter((content,)))

    def write_file(self, name: str, path: Path) -> None:
        with path.open("rb") as source:
            self._write(name, path.stat().st_size, iter(partial(source.read, CHUNK), b""))

    def _write(self, name: str, size: int, chunks: Iterator[bytes]) -> None:
        member = zipfile.ZipInfo(name, self._date)
        member.file_size = size  # the archive decides by it whether the part needs the large form
        member.create_system = _UNIX
        member.external_attr = 0o600 << 16
        digest = hashlib.sha256()
        with self._archive.open(member, "w") as target:
            for chunk in chunks:
                digest.update(chunk)
                target.write(chunk)
                self._count(len(chunk))
        self.parts.append(Part(name=name, size=size, sha256=digest.hexdigest()))

    def _count(self, size: int) -> None:
        self._meter.add(size)
        self._unsynced += size
        if self._unsynced >= _SYNC_EACH:  # in small portions: one long wait at the end could not be stopped
            self._file.flush()
            os.fsync(self._file.fileno())
            self._unsynced = 0


def _write_evidence(writer: _PartWriter, evidence: EvidenceFiles, keys: Keys) -> tuple[str, ...]:
    """Write every evidence file, also one that is damaged; gives the hashes of those."""
    broken = []
    for digest in evidence.digests():
        try:
            stored = evidence.sealed_bytes(digest)
            writer.write(f"evidence/{digest[:2]}/{digest}.bin", stored)
            unsealed(stored, digest, keys.evidence)
        except NotFound:
            continue  # cleaned up since it was listed: no record names it
        except StorageTrouble as error:
            if error.code not in _BROKEN_EVIDENCE:
                raise
            broken.append(digest)
    return tuple(broken)


def _finish_frame(file: IO[bytes], meter: Meter) -> None:
    """Write the digest of the whole at its end, and let go of the system's copy so that reading back reads the disk."""
    size = file.seek(0, os.SEEK_END)
    file.write(digest_of_frame(file, size, meter).encode())
    file.flush()
    os.fsync(file.fileno())
    if sys.platform == "linux":  # pragma: no branch
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _unreliable(target: Path) -> StorageTrouble:
    return StorageTrouble(
        _("{name} was written but does not read back the same: this disk is not reliable.").format(
            name=target.name
        ),
        code="disk.fault",
        way_out=_("Use another disk for backups, and have this one checked."),
        path=str(target),
    )


def _log_head(folder: Path, keys: Keys) -> tuple[int, str]:
    with closing(driver.connect(folder / DATABASE_PART, keys.database, read_only=True)) as connection:
        row = connection.execute("SELECT seq, hash FROM change_log ORDER BY seq DESC LIMIT 1").fetchone()
    return (row[0], row[1]) if row else (0, "")


def _daily_files(folder: Path) -> list[Path]:
    return sorted(folder.glob(f"{_STEM}*{SUFFIX}"))


def _readable(folder: Path, workspace_id: str) -> Iterator[tuple[Path, Manifest]]:
    for path in _daily_files(folder):
        try:
            manifest = read_manifest(path)
        except QmaError:
            continue
        if manifest.workspace_id == workspace_id:
            yield path, manifest


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
