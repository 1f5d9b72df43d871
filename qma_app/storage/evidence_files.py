"""Photos and documents beside the database: one encrypted file each, named by the hash of what is in it, never changed."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Final

from qma_app.errors import NotFound, QmaError, StorageTrouble
from qma_app.i18n import _
from qma_app.storage.atomic_files import (
    make_folder,
    remove_half_written,
    remove_if_possible,
    translated_disk_errors,
    write_file_atomically,
)

HEADER: Final = b"QMAEVID\x01"
"""Magic and version of the form: header, nonce, then AES-256-GCM ciphertext with its tag."""

NONCE_BYTES: Final = 12
_TAG_BYTES: Final = 16
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_SUFFIX: Final = ".bin"


class EvidenceFiles:
    """The evidence folder of a workspace; safe to use from several threads and processes at once."""

    def __init__(self, folder: Path, key: bytes) -> None:
        self.folder = folder
        self._key = key

    def put(self, content: bytes) -> str:
        """Store content durably and give back its SHA-256; what is there already is stored once, and mended if damaged.

        What was written is read back and its hash compared; StorageTrouble `evidence.not-as-written` if it is not the same.
        """
        digest = hashlib.sha256(content).hexdigest()
        path = self._path(digest)
        if not self._is_whole(digest):
            make_folder(path.parent)
            write_file_atomically(path, sealed(content, digest, self._key), is_private=True)
            if not self._is_whole(digest):
                remove_if_possible(path)
                raise _not_as_written(digest)
        return digest

    def get(self, digest: str) -> bytes:
        """The content under a SHA-256, proven to be what was stored.

        NotFound `evidence.missing` when there is none, StorageTrouble `evidence.changed` when it is not what it was.
        """
        return unsealed(self.sealed_bytes(digest), digest, self._key)

    def has(self, digest: str) -> bool:
        """Whether a file under that hash is there; whether it is whole only `get` and `verify` can tell."""
        return _is_digest(digest) and self._path(digest).is_file()

    def digests(self) -> tuple[str, ...]:
        """The hashes of all files there, sorted."""
        with translated_disk_errors(self.folder):
            return tuple(sorted(path.stem for path in self._files()))

    def size(self) -> int:
        """Bytes of all files on the disk."""
        with translated_disk_errors(self.folder):
            return sum(path.stat().st_size for path in self._files())

    def sealed_bytes(self, digest: str) -> bytes:
        """A file as it lies on the disk, still encrypted, as a backup carries it."""
        path = self._path(digest) if _is_digest(digest) else None
        if path is None or not path.is_file():
            raise NotFound(
                _("The evidence file {digest} is missing from this workspace.").format(digest=digest),
                code="evidence.missing",
                way_out=_("Take it in again, or restore it from a backup."),
                digest=digest,
            )
        with translated_disk_errors(path):
            return path.read_bytes()

    def verify(
        self, expected: Collection[str] = (), *, progress: Callable[[float], bool] | None = None
    ) -> dict[str, QmaError]:
        """Read every file and each one `expected`: the hashes of those not whole, each with the reason.

        `progress` hears the share done and ends the check early by answering False.
        """
        broken: dict[str, QmaError] = {}
        digests = sorted({*self.digests(), *expected})
        for done, digest in enumerate(digests):
            if progress is not None and not progress(done / len(digests)):
                break
            try:
                self.get(digest)
            except QmaError as error:
                broken[digest] = error
        return broken

    def remove_unlinked(self, keep: Collection[str]) -> tuple[str, ...]:
        """Remove files whose hash is not in `keep`, and what a killed process left half-written; gives the removed hashes.

        Only for the holder of the workspace's lock while nothing is being taken in: a photo is stored before its record.
        """
        removed = sorted(frozenset(self.digests()) - frozenset(keep))
        with translated_disk_errors(self.folder):
            for digest in removed:
                self._path(digest).unlink(missing_ok=True)
            for folder in self._folders():
                remove_half_written(folder)
        return tuple(removed)

    def remove(self, digest: str) -> None:
        """Remove one file that no record names; where the disk does not let us, it stays until the next opening."""
        if _is_digest(digest):
            remove_if_possible(self._path(digest))

    def _path(self, digest: str) -> Path:
        return self.folder / digest[:2] / f"{digest}{_SUFFIX}"

    def _is_whole(self, digest: str) -> bool:
        try:
            self.get(digest)
        except QmaError:
            return False
        return True

    def _folders(self) -> Iterator[Path]:
        if self.folder.is_dir():
            yield from (
                folder for folder in self.folder.iterdir() if folder.is_dir() and len(folder.name) == 2
            )

    def _files(self) -> Iterator[Path]:
        for folder in self._folders():
            for path in folder.iterdir():
                if path.suffix == _SUFFIX and _is_digest(path.stem) and path.stem[:2] == folder.name:
                    yield path


def sealed(content: bytes, digest: str, key: bytes) -> bytes:
    """The encrypted form of content; another file's bytes under this name would not open."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # 25 ms that the first paint need not pay

    nonce = secrets.token_bytes(NONCE_BYTES)
    return HEADER + nonce + AESGCM(key).encrypt(nonce, content, HEADER + digest.encode())


def unsealed(stored: bytes, digest: str, key: bytes) -> bytes:
    """What was sealed under a hash; StorageTrouble `evidence.changed` for anything else."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    start = len(HEADER)
    if not stored.startswith(HEADER) or len(stored) < start + NONCE_BYTES + _TAG_BYTES:
        raise _changed(digest)
    view = memoryview(stored)
    try:
        content = AESGCM(key).decrypt(
            view[start : start + NONCE_BYTES], view[start + NONCE_BYTES :], HEADER + digest.encode()
        )
    except InvalidTag as error:
        raise _changed(digest) from error
    if hashlib.sha256(content).hexdigest() != digest:
        raise _changed(digest)
    return content


def _not_as_written(digest: str) -> StorageTrouble:
    return StorageTrouble(
        _("The evidence file {digest} could not be read back as it was written; it was not taken in.").format(
            digest=digest
        ),
        code="evidence.not-as-written",
        way_out=_("Check the disk and its free space, make a backup elsewhere, and try again."),
        digest=digest,
    )


def _is_digest(text: str) -> bool:
    return _DIGEST.fullmatch(text) is not None


def _changed(digest: str) -> StorageTrouble:
    return StorageTrouble(
        _("The evidence file {digest} is not what was stored: it is damaged or was changed.").format(
            digest=digest
        ),
        code="evidence.changed",
        way_out=_("Take the original in again, or restore the file from a backup."),
        digest=digest,
    )
