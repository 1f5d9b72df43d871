"""Making a database in today's form, and bringing an older one there without ever losing it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from qma_app import __version__
from qma_app.errors import StorageTrouble
from qma_app.i18n import _
from qma_app.storage import atomic_files, driver, seals
from qma_app.storage.keys import Keys
from qma_app.storage.store import DATABASE

if TYPE_CHECKING:
    from sqlite3 import Connection

    from sqlalchemy import Connection as EngineConnection

HEAD_REVISION = "0006"
STEPS = Path(__file__).parent / "migrations"


def create_database(path: Path, key: bytes) -> None:
    """A new database in today's form, there whole or not at all; the path must not exist."""
    if path.exists():
        raise StorageTrouble(
            _("There is a database at {path} already.").format(path=path),
            code="workspace.folder-not-empty",
            way_out=_("Choose a new folder for the workspace."),
        )
    unfinished = atomic_files.half_written_beside(path)
    try:
        migrate(unfinished, key)
        atomic_files.replace_file(unfinished, path)
    finally:
        _remove_with_journal(unfinished)


def ensure_current(folder: Path, keys: Keys, *, clock: Callable[[], datetime], may_migrate: bool) -> None:
    """Check the form of the database; an older one is backed up, migrated on a copy, checked and swapped in.

    A newer one is refused with nothing touched; the file of before is kept as `workspace.<revision>.db`.
    """
    path = folder / DATABASE
    found = revision_of(path, keys.database)
    if found == HEAD_REVISION:
        return
    if found > HEAD_REVISION:
        raise StorageTrouble(
            _(
                "This workspace was written by a newer version of the program (its form is {found}, this one knows {known})."
            ).format(found=found, known=HEAD_REVISION),
            code="workspace.newer",
            way_out=_("Install the newer version; nothing was changed."),
            found=found,
            known=HEAD_REVISION,
        )
    if not may_migrate:
        raise StorageTrouble(
            _("This workspace was written by an older version and must be brought up to date first."),
            code="workspace.older",
            way_out=_("Open it once in the window."),
        )
    _migrate_a_copy(folder, keys, found, clock)


def revision_of(path: Path, key: bytes) -> str:
    """The revision a database is at; a file without one is no workspace."""
    with closing(driver.connect(path, key, read_only=True)) as connection:
        try:
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        except driver.DriverError as error:
            trouble = driver.trouble(error)
            if trouble is not None:
                raise trouble from error
            row = None  # there is no such table
    if row is None:
        raise StorageTrouble(
            _("{path} is not the database of a workspace.").format(path=path),
            code="workspace.damaged",
            way_out=_("Restore the last backup."),
        )
    return str(row[0])


def migrate(path: Path, key: bytes, *, to: str = "head", steps: Path = STEPS) -> None:
    """Run the missing steps of a folder in one transaction: all of them or none; the guards of signed audits come last.

    A step that rebuilds a table drops its triggers without a word, and fails on those of others that ask it: until the end of the
    transaction there are none.
    """
    from alembic import command  # heavy, and only needed for a new or an older workspace
    from alembic.config import Config
    from alembic.util import CommandError
    from sqlalchemy import event
    from sqlalchemy.exc import SQLAlchemyError

    config = Config()
    config.set_main_option("script_location", str(steps))
    engine = driver.engine(path, key)
    event.listen(engine, "begin", _begin_immediate)
    try:
        with engine.connect() as connection:
            database = connection.connection.driver_connection
            assert database is not None
            # Else a rebuilt parent would delete its children. Asked of the driver: it has no effect inside BEGIN, and the engine begins by itself.
            database.execute("PRAGMA foreign_keys = OFF")
            with connection.begin():
                config.attributes["connection"] = connection
                seals.lift(database)
                command.upgrade(config, to)
                seals.guard(database)
    except CommandError as error:
        raise StorageTrouble(
            _("{path} is not the database of a workspace.").format(path=path),
            code="workspace.damaged",
            way_out=_("Restore the last backup."),
        ) from error
    except (driver.DriverError, SQLAlchemyError) as error:
        trouble = driver.trouble(error)
        if trouble is None:
            raise
        raise trouble from error
    finally:
        engine.dispose()


def _migrate_a_copy(folder: Path, keys: Keys, found: str, clock: Callable[[], datetime]) -> None:
    from qma_app.storage.backups import make_backup

    path = folder / DATABASE
    stamp = clock()
    make_backup(
        folder,
        keys,
        folder / "backups" / f"before-{HEAD_REVISION}_{stamp:%Y-%m-%d_%H%M%S}.qmabackup",
        at=stamp,
        app_version=__version__,
    )
    fresh = folder / "workspace.new.db"
    _remove_with_journal(fresh)
    try:
        _fold_journal(path, keys.database)
        driver.copy_database(path, fresh, keys.database)
        with closing(driver.connect(fresh, keys.database)) as connection:
            before = _counts(connection)
        migrate(fresh, keys.database)
        with closing(driver.connect(fresh, keys.database)) as connection:
            _check(connection, before)
        _fold_journal(fresh, keys.database)
        old = folder / f"workspace.{found}.db"
        with path.open("rb") as source, atomic_files.atomic_file(old, is_private=True) as kept:
            shutil.copyfileobj(source, kept)
        atomic_files.replace_file(fresh, path)
        _remove_with_journal(path, database_too=False)
    finally:
        _remove_with_journal(fresh)


def _fold_journal(path: Path, key: bytes) -> None:
    """All edits into the database file: beside a new file an old journal would be taken for its own."""
    with closing(driver.connect(path, key, must_exist=True)) as connection:
        try:
            (is_busy, *_pages) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except driver.DriverError as error:
            trouble = driver.trouble(error)
            if trouble is None:
                raise
            raise trouble from error
    if is_busy:
        raise StorageTrouble(
            _("Another program is reading this workspace, which must be brought up to date first."),
            code="workspace.busy",
            way_out=_("Close the other program, then open the workspace again."),
        )


def _check(connection: Connection, before: dict[str, int]) -> None:
    problems = [row[0] for row in connection.execute("PRAGMA quick_check")]
    after = _counts(connection)
    lost = [name for name, count in before.items() if name in after and after[name] < count]
    if problems != ["ok"] or lost or connection.execute("PRAGMA foreign_key_check").fetchone():
        raise StorageTrouble(
            _("The workspace could not be brought up to date; it is unchanged."),
            code="workspace.migration-failed",
            way_out=_("Send the report to the programme office; the version of before still opens it."),
            tables=", ".join(lost),
        )


def _counts(connection: Connection) -> dict[str, int]:
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {
        name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
        for name in names
        if not name.startswith("search_")
    }


def _begin_immediate(connection: EngineConnection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _remove_with_journal(path: Path, *, database_too: bool = True) -> None:
    for suffix in ("", "-wal", "-shm") if database_too else ("-wal", "-shm"):
        atomic_files.remove_if_possible(path.with_name(path.name + suffix))
