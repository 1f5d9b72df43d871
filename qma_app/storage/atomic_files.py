"""Files that are either the old ones or the new ones whole, whatever happens to power, disk or process in between."""

from __future__ import annotations

import errno
import os
import re
import secrets
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final, TypeVar

from qma_app.errors import StorageTrouble
from qma_app.i18n import _

RETRY_AFTER: Final = (0.2, 0.4, 0.6, 0.8, 1.0)
"""Seconds to wait while a virus scanner or indexer holds the file: five times, three seconds together."""

_HELD_BY_ANOTHER: Final = (5, 32, 33)
"""Windows: access denied (a file just being scanned or deleted), sharing violation, lock violation."""

_HALF_WRITTEN: Final = re.compile(r"\.qma-[0-9a-f]{16}\.tmp")
_FULL: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_FORBIDDEN: Final = (errno.EACCES, errno.EPERM, errno.EROFS)
_GONE: Final = (errno.ENOENT, errno.ENOTDIR)
_NO_FOLDER_SYNC: Final = (errno.EINVAL, errno.ENOTSUP)

T = TypeVar("T")


def write_file_atomically(path: Path, content: bytes, *, is_private: bool = False) -> None:
    """Put a file in place whole and durable, or leave the old one; `is_private` lets only its owner read it."""
    with atomic_file(path, is_private=is_private) as file:
        file.write(content)


@contextmanager
def atomic_file(path: Path, *, is_private: bool = False) -> Iterator[BinaryIO]:
    """A binary file that takes the place of `path` when the block ends well.

    On any failure inside or after the block the half-written file is removed and the old one is untouched.
    """
    half_written = half_written_beside(path)
    with translated_disk_errors(path, half_written):
        try:
            with _new_file(half_written, is_private=is_private) as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            put_in_place(half_written, path)
        except BaseException:
            remove_if_possible(half_written)
            raise


def replace_file(source: Path, target: Path) -> None:
    """Put a finished file durably in the place of another in one step; both stand on the same disk."""
    with translated_disk_errors(target, source):
        sync(source)
        put_in_place(source, target)


def put_in_place(source: Path, target: Path) -> None:
    """Rename over `target` and make the folder remember it; what `source` holds must be on the disk already.

    Failures are the operating system's own, for callers inside `translated_disk_errors`.
    """
    _patiently(lambda: source.replace(target))
    sync_folder(target.parent)


def move_folder(source: Path, target: Path) -> None:
    """Rename a folder durably to a name that is free, on the same disk."""
    with translated_disk_errors(target, source):
        _patiently(lambda: source.rename(target))
        sync_folder(target.parent)


def make_folder(folder: Path) -> None:
    """Make a folder with all above it so that a power cut does not take it back; one that is there is fine."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    with translated_disk_errors(folder):
        folder.mkdir(exist_ok=True)
        sync_folder(folder.parent)


def half_written_beside(path: Path) -> Path:
    """A fresh name beside `path` that says it is not finished; short, so that long names stay possible."""
    return path.with_name(f".qma-{secrets.token_hex(8)}.tmp")


def free_name(folder: Path, stem: str, suffix: str = "") -> Path:
    """A name in a folder that nobody has yet: the stem, or the stem with a number."""
    path = folder / f"{stem}{suffix}"
    number = 2
    while path.exists():
        path = folder / f"{stem}_{number}{suffix}"
        number += 1
    return path


def is_half_written(name: str) -> bool:
    """Whether a name says that it is not finished, its journal's name included."""
    return _HALF_WRITTEN.match(name) is not None


def remove_half_written(folder: Path) -> int:
    """Remove what a killed process left half-written directly in a folder; only while nobody else writes there."""
    removed = 0
    with translated_disk_errors(folder):
        for left in folder.iterdir() if folder.is_dir() else ():
            if _HALF_WRITTEN.fullmatch(left.name):
                remove_if_possible(left)
                removed += 1
    return removed


def remove_if_possible(path: Path) -> None:
    """Remove a file or folder that nobody needs any more; where the disk does not let us, it stays."""
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
        return
    try:
        _patiently(path.unlink)
    except OSError:
        return


def sync(path: Path) -> None:
    """Wait until the content of a file is on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk; where the system cannot do that it is left out."""
    if sys.platform == "win32":
        return  # Windows opens no folders; NTFS keeps renames in its journal
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _NO_FOLDER_SYNC:  # some network and user-space file systems
            raise
    finally:
        os.close(descriptor)


@contextmanager
def translated_disk_errors(path: Path, *stand_ins: Path) -> Iterator[None]:
    """Turn what the operating system says into one sentence with a way out.

    It names the file the system names, else `path`; `stand_ins` are half-written files or folders that will become `path`.
    """
    try:
        yield
    except OSError as error:
        named = Path(error.filename) if isinstance(error.filename, str) else path
        if any(named.is_relative_to(stand_in) for stand_in in stand_ins):
            named = path
        raise disk_trouble(error, named) from error


def disk_trouble(error: OSError, path: Path) -> StorageTrouble:
    """One translated sentence for a failure of the disk or folder at `path`."""
    if error.errno in _FULL:
        return StorageTrouble(
            _("The disk is full: {name} could not be written. What was there before is unchanged.").format(
                name=path.name
            ),
            code="disk.full",
            way_out=_("Free some space and try again."),
            path=str(path),
        )
    if getattr(error, "winerror", None) in (32, 33):
        return StorageTrouble(
            _("Another program holds {name} open. What was there before is unchanged.").format(
                name=path.name
            ),
            code="disk.in-use",
            way_out=_("Close the program that shows the file and try again."),
            path=str(path),
        )
    if error.errno in _FORBIDDEN:
        return StorageTrouble(
            _("{name} cannot be read or written: {folder} does not allow it.").format(
                name=path.name, folder=path.parent
            ),
            code="disk.read-only",
            way_out=_("Allow it there, or choose a folder of your own."),
            path=str(path),
        )
    if error.errno in (errno.EISDIR, errno.ENOTDIR):
        return StorageTrouble(
            _("{path} is a folder, or lies in something that is no folder.").format(path=path),
            code="disk.no-file",
            way_out=_("Name a file in a folder that exists."),
            path=str(path),
        )
    if error.errno in _GONE:
        return StorageTrouble(
            _("{path} is not there (any more).").format(path=path),
            code="disk.gone",
            way_out=_("Connect the disk or choose another place."),
            path=str(path),
        )
    if error.errno == errno.ENAMETOOLONG:
        return StorageTrouble(
            _("The name {name} is too long for this disk.").format(name=f"{path.name[:40]}…"),
            code="disk.name-too-long",
            way_out=_("Choose a shorter name."),
            path=str(path),
        )
    return StorageTrouble(
        _("The disk reported a fault with {name}: {reason}. What was there before is unchanged.").format(
            name=path.name, reason=error.strerror or error
        ),
        code="disk.fault",
        way_out=_("Check that the disk is connected and try again, or choose another place."),
        path=str(path),
    )


def _new_file(path: Path, *, is_private: bool) -> BinaryIO:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    return os.fdopen(os.open(path, flags, 0o600 if is_private else 0o666), "wb")


def _patiently(action: Callable[[], T]) -> T:
    """Do it again as long as another program holds the file for a moment, as scanners do on Windows."""
    for seconds in RETRY_AFTER:
        try:
            return action()
        except OSError as error:
            if getattr(error, "winerror", None) not in _HELD_BY_ANOTHER:
                raise
        time.sleep(seconds)
    return action()
