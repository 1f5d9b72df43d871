"""One process writes a workspace at a time; a second one is told who that is."""

from __future__ import annotations

import getpass
import json
import os
import platform
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Self

from qma_app.domain.record import utc_text
from qma_app.errors import StorageTrouble
from qma_app.i18n import _, instant_text
from qma_app.storage.atomic_files import translated_disk_errors

LOCK_FILE: Final = "lock"
_LONGEST: Final = 4096

if sys.platform == "win32":  # pragma: no cover
    import msvcrt

    # A locked range cannot be read by others: lock one byte far behind the text.
    _FAR_BEHIND: Final = 1 << 30

    def _seize(descriptor: int) -> None:
        os.lseek(descriptor, _FAR_BEHIND, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _seize(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


@dataclass(frozen=True, kw_only=True, slots=True)
class Holder:
    """Who writes a workspace: machine, user and process, and since when (None where that cannot be read)."""

    host: str
    user: str
    pid: int
    since: datetime | None


class WorkspaceLock:
    """The right to write a workspace, held until released or until the process ends in any way."""

    def __init__(self, path: Path, descriptor: int, holder: Holder) -> None:
        self._path = path
        self._descriptor: int | None = descriptor
        self.holder = holder

    @classmethod
    def take(cls, folder: Path, *, since: datetime | None = None) -> WorkspaceLock:
        """Take the lock of a workspace, also from a process that ended without giving it back.

        Held by a living one: StorageTrouble `workspace.in-use` that names machine, user and time. Without `since` the time
        is what the file's own clock says.
        """
        path = folder / LOCK_FILE
        with translated_disk_errors(path):
            descriptor = _seized(path)
            try:
                os.ftruncate(descriptor, 0)
                holder = _this_process(since or _clock_of_disk(path))
                _write(descriptor, holder)
            except BaseException:
                os.close(descriptor)
                raise
        return cls(path, descriptor, holder)

    def release(self) -> None:
        """Give the lock back; doing it twice is fine. The file stays: removing it would let two processes in."""
        if self._descriptor is None:
            return
        descriptor, self._descriptor = self._descriptor, None
        try:
            os.ftruncate(descriptor, 0)
        except OSError:
            pass  # what it says no longer counts: the lock goes with the descriptor
        finally:
            os.close(descriptor)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.release()


def _seized(path: Path) -> int:
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        try:
            _seize(descriptor)
        except (BlockingIOError, PermissionError) as error:
            os.close(descriptor)
            raise _in_use(path) from error
        except BaseException:
            os.close(descriptor)
            raise
        if _is_still_at(path, descriptor):
            return descriptor
        os.close(
            descriptor
        )  # the file was replaced while we took it: a lock on a file nobody finds holds nobody off


def _is_still_at(path: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False


def _this_process(since: datetime) -> Holder:
    return Holder(host=platform.node(), user=_or_unknown(getpass.getuser), pid=os.getpid(), since=since)


def _or_unknown(ask: Callable[[], str]) -> str:
    try:
        return ask()
    except (OSError, KeyError, ImportError):  # a user without a name, as in some containers
        return "?"


def _write(descriptor: int, holder: Holder) -> None:
    assert holder.since is not None
    text = json.dumps(
        {"host": holder.host, "user": holder.user, "pid": holder.pid, "since": utc_text(holder.since)},
        ensure_ascii=True,
    )
    os.lseek(descriptor, 0, os.SEEK_SET)
    os.write(descriptor, text.encode())


def _clock_of_disk(path: Path) -> datetime:
    os.utime(path)
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def _read(path: Path) -> Holder:
    """What the lock says; a holder that is just writing it is somebody unknown."""
    try:
        with path.open("rb") as file:
            said = json.loads(file.read(_LONGEST))
        return Holder(
            host=str(said["host"]),
            user=str(said["user"]),
            pid=int(said["pid"]),
            since=datetime.fromisoformat(said["since"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return Holder(host="?", user="?", pid=0, since=None)


def _in_use(path: Path) -> StorageTrouble:
    holder = _read(path)
    since = instant_text(holder.since) if holder.since else _("a moment ago")
    return StorageTrouble(
        _("The workspace {name} is open on {host} by {user} since {since}.").format(
            name=path.parent.name, host=holder.host, user=holder.user, since=since
        ),
        code="workspace.in-use",
        way_out=_("Close it there, then open it here. Two cannot write at a time."),
        host=holder.host,
        user=holder.user,
        pid=holder.pid,
        since=holder.since,
    )
