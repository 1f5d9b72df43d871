"""The one place that knows the encrypted SQLite driver: how a workspace's database is opened, copied and checked."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

import sqlcipher3.dbapi2 as _sqlcipher

from qma_app.errors import StorageTrouble
from qma_app.i18n import _
from qma_app.storage.database_trouble import (
    ResultCode,
    damaged,
    missing,
    not_opened,
    result_code,
    sentence_of,
)

if TYPE_CHECKING:  # the driver ships no types but mirrors the standard library's module name by name
    from sqlite3 import Connection

    from sqlalchemy import Engine

OLDEST_SQLITE: Final = (3, 51, 3)
"""Older libraries lose the write-ahead log when two connections reset it at the wrong moment."""

KEY_BYTES: Final = 32
_PAGES_A_STEP: Final = 256
_STEPS_BETWEEN_LOOKS: Final = 100_000

DriverError: Final[type[Exception]] = _sqlcipher.Error
"""What every failure inside the driver derives from."""

_PRAGMAS: Final = (
    "foreign_keys = ON",
    "recursive_triggers = ON",
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "temp_store = MEMORY",
)


class Stopped(Exception):
    """Carries a caller's "no" out of the driver's long loops."""


def connect(
    path: Path, key: bytes, *, read_only: bool = False, must_exist: bool = False, is_still: bool = False
) -> Connection:
    """Open the database under its raw 256-bit key, hardened and in autocommit, usable from any one thread at a time.

    Without `read_only` a missing file is made unless `must_exist`. `read_only` never changes the file and works in a folder
    that cannot be written as long as the last writer closed in order. `is_still` promises that nobody writes the file
    meanwhile (a private copy): no journal is looked for and none is made.
    """
    _refuse_old_library()
    if len(key) != KEY_BYTES:
        raise ValueError(f"a database key has {KEY_BYTES} bytes, not {len(key)}")
    read_only = read_only or is_still
    if not path.is_file() and (read_only or must_exist):
        raise missing(path)
    if must_exist and path.stat().st_size == 0:
        raise damaged(path)
    try:
        return _opened(path, key, read_only=read_only, is_still=is_still)
    except _sqlcipher.Error as error:
        code = result_code(error)
        if (
            code in (ResultCode.CANTOPEN, ResultCode.READONLY, ResultCode.PERM)
            and read_only
            and not is_still
            and _has_no_journal(path)
        ):
            return connect(path, key, is_still=True)
        if code == ResultCode.NOTADB:
            raise not_opened(path, key) from error
        if code == ResultCode.CANTOPEN and path.is_file() and not os.access(path.parent, os.W_OK):
            code = ResultCode.READONLY
        told = sentence_of(code)
        if told is None:
            raise
        raise told from error


def engine(path: Path, key: bytes, *, must_exist: bool = False) -> Engine:
    """A SQLAlchemy engine over `connect`, in autocommit: the store's begin event says which BEGIN it wants.

    Once a connection was made the file is never made anew, so a database removed while open is noticed.
    """
    from sqlalchemy import create_engine  # costs 100 ms, which the first paint must not pay
    from sqlalchemy.pool import QueuePool

    is_known = must_exist

    def creator() -> Connection:
        nonlocal is_known
        connection = connect(path, key, must_exist=is_known)
        is_known = True
        return connection

    return create_engine(
        "sqlite+pysqlite://",
        module=_sqlcipher,
        creator=creator,
        poolclass=QueuePool,  # without a path in the URL SQLAlchemy takes the database for one in memory
        hide_parameters=True,  # what users typed never gets into an error text or log
    )


def copy_database(
    path: Path, target: Path, key: bytes, *, progress: Callable[[float], bool] | None = None
) -> bool:
    """Copy a database that others may be writing into a new file under the same key: one moment of it, whole and sound.

    `progress` hears the share done and stops the copy by answering False; then the result is False and nothing is left.
    """
    is_done = False
    try:
        with closing(connect(path, key, read_only=True)) as source, closing(_fresh(target, key)) as copy:
            # Held open through all steps: writers go on, and their commits do not send the copy back to its start.
            source.execute("BEGIN")
            source.execute("SELECT count(*) FROM sqlite_master").fetchone()
            source.backup(copy, pages=_PAGES_A_STEP, progress=partial(_report_step, progress))
        with closing(connect(target, key, is_still=True)) as copy:
            # The copying itself passes over pages that do not decrypt; reading them does not.
            if not is_sound(copy, goes_on=partial(progress, 1.0) if progress else None):
                raise damaged(path)
        is_done = True
    except Stopped:
        pass
    except _sqlcipher.Error as error:
        told = trouble(error)
        if told is None:
            raise
        raise told from error
    finally:
        if not is_done:
            for name in (target.name, f"{target.name}-wal", f"{target.name}-shm"):
                target.with_name(name).unlink(missing_ok=True)
    return is_done


def is_sound(connection: Connection, *, goes_on: Callable[[], bool] | None = None) -> bool:
    """Whether every page in use decrypts and holds together; `goes_on` is asked now and then, its False raises `Stopped`."""
    if goes_on is not None:
        connection.set_progress_handler(lambda: not goes_on(), _STEPS_BETWEEN_LOOKS)
    try:
        return bool(connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))
    except _sqlcipher.Error as error:
        if result_code(error) == ResultCode.INTERRUPT:
            raise Stopped from error
        raise
    finally:
        connection.set_progress_handler(None, 0)


def trouble(error: BaseException) -> StorageTrouble | None:
    """The sentence for a failure of disk, lock or file that the driver (or SQLAlchemy around it) reported; None for a bug of ours."""
    if isinstance(error, StorageTrouble):
        return error
    cause = getattr(error, "orig", None) or error
    if isinstance(cause, StorageTrouble):
        return cause
    if not isinstance(cause, _sqlcipher.Error):
        return None
    return sentence_of(result_code(cause))


def _report_step(progress: Callable[[float], bool] | None, _status: int, left: int, total: int) -> None:
    if progress is not None and not progress(1 - left / total if total else 1.0):
        raise Stopped


def _keyed(path: Path, key: bytes, query: str) -> Connection:
    connection = cast(
        "Connection",
        _sqlcipher.connect(
            path.resolve().as_uri() + query,
            uri=True,
            timeout=5.0,
            isolation_level=None,
            check_same_thread=False,
        ),
    )
    connection.execute("PRAGMA cipher_log_level = NONE")  # else a wrong key prints to the user's terminal
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    return connection


def _opened(path: Path, key: bytes, *, read_only: bool, is_still: bool) -> Connection:
    connection = _keyed(path, key, "?immutable=1" if is_still else "?mode=ro" if read_only else "")
    try:
        connection.execute("PRAGMA busy_timeout = 5000")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        if read_only:
            connection.execute("PRAGMA query_only = ON")
        else:
            _make_writes_safe(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _fresh(path: Path, key: bytes) -> Connection:
    """A new file to copy into: it counts only once it is whole, so it needs no journal."""
    connection = _keyed(path, key, "")
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    return connection


def _make_writes_safe(connection: Connection) -> None:
    (mode,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
    if mode != "wal":
        raise StorageTrouble(
            _("This folder cannot keep a workspace safely: its disk does not support the write-ahead log."),
            code="workspace.no-wal",
            way_out=_("Move the workspace to a folder on the laptop's own disk, not on a network share."),
            mode=mode,
        )
    connection.execute("PRAGMA synchronous = FULL")  # NORMAL may lose the last answers in a power cut
    connection.execute("PRAGMA secure_delete = ON")


def _refuse_old_library() -> None:
    if _sqlcipher.sqlite_version_info < OLDEST_SQLITE:
        raise StorageTrouble(
            _(
                "The database library is too old to keep a workspace safely: SQLite {found}, needed is {needed}."
            ).format(found=_sqlcipher.sqlite_version, needed=".".join(map(str, OLDEST_SQLITE))),
            code="workspace.old-library",
            way_out=_("Install QMA Coach anew with the libraries it brings."),
            found=_sqlcipher.sqlite_version,
        )


def _has_no_journal(path: Path) -> bool:
    journal = path.with_name(path.name + "-wal")
    return not journal.exists() or journal.stat().st_size == 0
