"""A backup as one file, read without believing it: each byte, the database and each photo are checked."""

from __future__ import annotations

import hashlib
import re
import struct
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO, Final

from qma_app.errors import QmaError, StorageTrouble
from qma_app.i18n import _
from qma_app.storage import driver
from qma_app.storage.atomic_files import translated_disk_errors
from qma_app.storage.backup_manifest import MANIFEST_PART, Manifest, Part, damaged, manifest_from
from qma_app.storage.evidence_files import unsealed
from qma_app.storage.keys import KEY_FILE, LARGEST_KEY_FILE, Keys, keys_from

SUFFIX: Final = ".qmabackup"
DATABASE_PART: Final = "workspace.db"
FRAME: Final = "frame"
"""How the bytes between the parts are called when they are not what they were."""

MARK: Final = b"QMA-BACKUP-1 "
"""The file ends with this and the SHA-256 of everything before its last 64 characters."""

DIGEST_LENGTH: Final = 64
CHUNK: Final = 1 << 20
_LARGEST_DATABASE: Final = 1 << 40
_LARGEST_EVIDENCE: Final = 64 << 20
_LARGEST_MANIFEST: Final = 256 << 20
_EVIDENCE_PART: Final = re.compile(r"evidence/([0-9a-f]{2})/(\1[0-9a-f]{62})\.bin")
_FIRST_NAME_AT: Final = 30
_ENCRYPTED: Final = 1

_ZIP_TROUBLES: Final = (zipfile.BadZipFile, ValueError, RuntimeError, EOFError, struct.error)
"""What the archive reader says to bytes that are no archive."""

Progress = Callable[[float], bool]
"""Hears the share done; answers False to stop the work."""


class Meter:
    """Counts bytes towards a total for a `Progress` and carries its "stop" out of the work."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self._progress = progress
        self._total = max(total, 1)
        self._done = 0

    def add(self, size: int) -> None:
        """So many more bytes are done; raises StorageTrouble `backup.cancelled` when told to stop."""
        self._done += size
        if not self.goes_on():
            raise cancelled()

    def goes_on(self, _share: float = 0.0) -> bool:
        """Report without counting: for a step that counts in a way of its own."""
        return self._progress is None or self._progress(min(self._done / self._total, 1.0))


class OpenBackup:
    """A backup opened for reading; its manifest is genuine, its parts are checked as they are read."""

    def __init__(self, path: Path, archive: zipfile.ZipFile, manifest: Manifest, keys: Keys) -> None:
        self.path = path
        self.manifest = manifest
        self.keys = keys
        self._archive = archive

    def part(self, name: str) -> IO[bytes]:
        """The bytes of one part."""
        return self._archive.open(name)

    def close(self) -> None:
        """Give the file back."""
        self._archive.close()


def open_backup(path: Path) -> OpenBackup:
    """Open a backup and check its table of parts, key file and manifest; anything else in it is not looked at yet."""
    with translated_disk_errors(path):
        try:
            archive = zipfile.ZipFile(path)
        except _ZIP_TROUBLES as error:
            raise damaged(path, FRAME) if _begins_as_ours(path) else _not_one(path) from error
        try:
            _check_table(path, archive)
            keys = _keys_in(path, archive)
            manifest = manifest_from(_read(path, archive, MANIFEST_PART), keys, path=path)
            _check_names(path, archive, manifest)
        except BaseException:
            archive.close()
            raise
    return OpenBackup(path, archive, manifest, keys)


def read_manifest(path: Path) -> Manifest:
    """What a backup says it holds; quick, because its parts are not read."""
    with closing(open_backup(path)) as backup:
        return backup.manifest


def verify_backup(path: Path, *, progress: Progress | None = None) -> Manifest:
    """Read a backup whole: each byte of it, its database and each photo are what the manifest says.

    A StorageTrouble `backup.damaged` names the parts that are not.
    """
    with tempfile.TemporaryDirectory(prefix="qma-") as scratch, closing(open_backup(path)) as backup:
        meter = Meter(progress, 2 * path.stat().st_size)
        check_backup(backup, Path(scratch), keeps=is_database, meter=meter)
        return backup.manifest


def is_database(name: str) -> bool:
    """Whether a part is the one that must lie in a file of its own to be checked."""
    return name == DATABASE_PART


def check_backup(backup: OpenBackup, into: Path, *, keeps: Callable[[str], bool], meter: Meter) -> None:
    """Check every byte, and write the parts that `keeps` chooses into the folder `into` (the database must be one)."""
    with translated_disk_errors(backup.path):
        broken = [p.name for p in backup.manifest.parts if not _is_part_whole(backup, p, into, keeps, meter)]
        if not broken and not _is_frame_whole(backup.path, meter):
            broken = [FRAME]
    if not broken and not _is_database_as_said(into / DATABASE_PART, backup, meter):
        broken = [DATABASE_PART]
    if broken:
        raise damaged(backup.path, *broken)


def contents_of(database: Path, key: bytes) -> tuple[dict[str, int], int, str]:
    """Rows in each ordinary table of a database nobody writes, and number and hash of its last log entry (0 and "")."""
    with closing(driver.connect(database, key, is_still=True)) as connection:
        tables = connection.execute(
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
        )
        counts = {}
        for name in sorted(row[0] for row in tables if not row[0].startswith("sqlite_")):
            quoted = name.replace('"', '""')
            counts[name] = int(connection.execute(f'SELECT count(*) FROM "{quoted}"').fetchone()[0])
        last = None
        if "change_log" in counts:
            last = connection.execute("SELECT seq, hash FROM change_log ORDER BY seq DESC LIMIT 1").fetchone()
    seq, digest = last or (0, "")
    return counts, int(seq), str(digest)


def digest_of_frame(file: IO[bytes], size: int, meter: Meter) -> str:
    """SHA-256 of a backup but for the digest at its very end; leaves the file there."""
    digest = hashlib.sha256()
    file.seek(0)
    left = size - DIGEST_LENGTH
    while left > 0 and (chunk := file.read(min(CHUNK, left))):
        digest.update(chunk)
        left -= len(chunk)
        meter.add(len(chunk))
    return digest.hexdigest()


def cancelled() -> StorageTrouble:
    """What making, reading or restoring a backup ends with when its progress said stop."""
    return StorageTrouble(_("It was stopped; nothing was changed."), code="backup.cancelled")


def _check_table(path: Path, archive: zipfile.ZipFile) -> None:
    """Only names we know, each once, stored as they are: nothing in here can grow or land elsewhere."""
    if not archive.comment.startswith(MARK) and not _begins_as_ours(path):
        raise _not_one(path)
    members = archive.infolist()
    for member in members:
        is_plain = member.compress_type == zipfile.ZIP_STORED and not member.flag_bits & _ENCRYPTED
        if not is_plain or not 0 <= member.file_size == member.compress_size <= _largest(member.filename):
            raise damaged(path, member.filename)
    names = {member.filename for member in members}
    if len(names) != len(members) or sum(member.file_size for member in members) > path.stat().st_size:
        raise damaged(path, FRAME)


def _largest(name: str) -> int:
    """The most bytes a part may have; -1 for a name that does not belong into a backup."""
    if _EVIDENCE_PART.fullmatch(name):
        return _LARGEST_EVIDENCE
    known = {DATABASE_PART: _LARGEST_DATABASE, KEY_FILE: LARGEST_KEY_FILE, MANIFEST_PART: _LARGEST_MANIFEST}
    return known.get(name, -1)


def _keys_in(path: Path, archive: zipfile.ZipFile) -> Keys:
    content = _read(path, archive, KEY_FILE)
    try:
        return keys_from(content, name=f"{path.name}: {KEY_FILE}")
    except StorageTrouble as error:
        if error.code == "keys.damaged":
            raise damaged(path, KEY_FILE) from error
        raise


def _check_names(path: Path, archive: zipfile.ZipFile, manifest: Manifest) -> None:
    said = {part.name for part in manifest.parts} | {MANIFEST_PART}
    if said != set(archive.namelist()):
        raise damaged(path, *sorted(said ^ set(archive.namelist())))


def _read(path: Path, archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        return archive.read(name)
    except (KeyError, *_ZIP_TROUBLES) as error:
        raise damaged(path, name) from error


def _is_part_whole(
    backup: OpenBackup, part: Part, into: Path, keeps: Callable[[str], bool], meter: Meter
) -> bool:
    evidence = _EVIDENCE_PART.fullmatch(part.name)
    content = bytearray()
    digest = hashlib.sha256()
    size = 0
    try:
        with backup.part(part.name) as source, _kept(into / part.name, keeps(part.name)) as keep:
            while chunk := source.read(CHUNK):
                digest.update(chunk)
                size += len(chunk)
                if evidence:
                    content += chunk
                if keep is not None:
                    keep.write(chunk)
                meter.add(len(chunk))
    except _ZIP_TROUBLES:
        return False
    if (size, digest.hexdigest()) != (part.size, part.sha256):
        return False
    return evidence is None or _is_evidence_whole(bytes(content), evidence[2], backup)


@contextmanager
def _kept(path: Path, is_wanted: bool) -> Iterator[IO[bytes] | None]:
    if not is_wanted:
        yield None
        return
    with translated_disk_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            yield file


def _is_evidence_whole(stored: bytes, digest: str, backup: OpenBackup) -> bool:
    if digest in backup.manifest.damaged_evidence:
        return True
    try:
        unsealed(stored, digest, backup.keys.evidence)
    except QmaError:
        return False
    return True


def _is_frame_whole(path: Path, meter: Meter) -> bool:
    with path.open("rb") as file:
        expected = digest_of_frame(file, path.stat().st_size, meter)
        return file.read() == expected.encode()


def _is_database_as_said(database: Path, backup: OpenBackup, meter: Meter) -> bool:
    said = backup.manifest
    try:
        with closing(driver.connect(database, backup.keys.database, is_still=True)) as connection:
            if not driver.is_sound(connection, goes_on=meter.goes_on):
                return False
        return contents_of(database, backup.keys.database) == (said.counts, said.log_seq, said.log_hash)
    except driver.Stopped as error:
        raise cancelled() from error
    except (StorageTrouble, driver.DriverError):
        return False


def _begins_as_ours(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(_FIRST_NAME_AT + len(DATABASE_PART))[_FIRST_NAME_AT:] == DATABASE_PART.encode()


def _not_one(path: Path) -> StorageTrouble:
    return StorageTrouble(
        _("{name} is not a backup of a workspace.").format(name=path.name),
        code="backup.not-one",
        way_out=_("Choose a file that ends in {suffix}.").format(suffix=SUFFIX),
        path=str(path),
    )
