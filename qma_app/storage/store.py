"""Where records live: reading scopes that do not move, writing scopes that are stored together or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from sqlite3 import Connection, Cursor
from threading import Lock, RLock
from typing import TYPE_CHECKING, Any

from qma_app.domain.edition import Edition
from qma_app.domain.edition_json import edition_from_json
from qma_app.domain.ids import EditionHash, PersonId
from qma_app.domain.record import R
from qma_app.errors import NotFound, QmaError, RuleBroken, StorageTrouble
from qma_app.i18n import _
from qma_app.storage import driver, seals
from qma_app.storage.evidence_files import EvidenceFiles
from qma_app.storage.rows import RowForm
from qma_app.storage.scopes import ReadingScope, WritingScope

if TYPE_CHECKING:
    from qma_app.storage.rollup import Grounds

DATABASE = "workspace.db"
ROLLUPS_MISSING = "SELECT 1 FROM engagements WHERE deleted_at IS NULL AND id NOT IN (SELECT engagement_id FROM rollups) LIMIT 1"
_ROWS_REMEMBERED = 256
_ANSWERS_REMEMBERED = 64
# The same text is the same edition, whichever workspace it was read from.
_parsed = lru_cache(maxsize=4)(edition_from_json)


class Store:
    """The open database of a workspace; safe to use from several threads, one of which writes at a time."""

    def __init__(
        self,
        path: Path,
        key: bytes,
        evidence: EvidenceFiles,
        *,
        clock: Callable[[], datetime],
        new_id: Callable[[], str],
        is_read_only: bool = False,
    ) -> None:
        self._path = path
        self._key = key
        self._clock = clock
        self._new_id = new_id
        self._write_lock = RLock()
        self._idle_lock = Lock()
        self._idle: list[Connection] = []
        self._editions: dict[EditionHash, Edition] = {}
        self._remembered: dict[tuple[str | int, ...], Any] = {}
        self._last_rows: dict[tuple[str, str], tuple[tuple[Any, ...], Any]] = {}
        self.grounds: Grounds = {}
        self.evidence = evidence
        self.who: PersonId | None = None
        self._is_closed = False
        self._is_read_only = is_read_only
        self._writer = driver.connect(path, key, must_exist=True, read_only=is_read_only)
        self._file = _identity(path)

    @contextmanager
    def reading(self) -> Iterator[ReadingScope]:
        """A view that does not move; never waits for a writer."""
        connection = self._take_reader()
        try:
            # A cursor left open in the middle of its rows would hold the next reading to this moment.
            with _translated(), closing(connection.cursor()) as cursor:
                cursor.execute("BEGIN")
                yield ReadingScope(self, cursor)
        finally:
            self._give_back(connection)

    @contextmanager
    def writing(self, what: str, **about: str) -> Iterator[WritingScope]:
        """One edit under a code (`rating.rated`) with ids it is about; rows, search and change log are committed together.

        `scope.changes` says afterwards what was changed. Any error leaves everything as it was.
        """
        with self._write_lock:
            self._check_open()
            self._check_file()
            with _translated(), closing(self._writer.cursor()) as cursor:
                cursor.execute("BEGIN IMMEDIATE")
                try:
                    scope = WritingScope(self, cursor, what=what, at=self._clock(), who=self.who)
                    yield scope
                    scope.finish(about)
                    cursor.execute("COMMIT")
                except BaseException:
                    _end(self._writer)
                    raise

    def fill_rollups(self) -> None:
        """Make the rollups of programmes that have none yet, as after an older version; usually there is nothing to do."""
        with _translated(), closing(self._writer.cursor()) as cursor:
            is_filled = cursor.execute(ROLLUPS_MISSING).fetchone() is None
        if not is_filled:
            with self.writing("rollup.filled") as work:
                work.fill_rollups()

    def decoded(self, form: RowForm[R], row: tuple[Any, ...]) -> R:
        """The record of a row; the same row as last time is not decoded again, as with the assessment of every rating."""
        known = self._last_rows.get((form.name, row[0]))
        if known is not None and known[0] == row:
            record: R = known[1]
            return record
        record = form.record(row)
        if len(self._last_rows) >= _ROWS_REMEMBERED:
            self._last_rows.clear()
        self._last_rows[(form.name, row[0])] = (row, record)
        return record

    def remembered(self, key: tuple[str | int, ...], make: Callable[[], Any]) -> Any:
        """What was made under that key before, else what `make` gives now."""
        if key not in self._remembered:
            if len(self._remembered) >= _ANSWERS_REMEMBERED:
                self._remembered.clear()
            self._remembered[key] = make()
        return self._remembered[key]

    def new_id(self) -> str:
        """A fresh id, unique for ever."""
        return self._new_id()

    def edition(self, cursor: Cursor, hash: EditionHash) -> Edition:
        """The parsed edition, kept once it was read: editions never change."""
        known = self._editions.get(hash)
        if known is None:
            row = cursor.execute("SELECT content FROM editions WHERE hash = ?", (hash,)).fetchone()
            if row is None:
                raise NotFound(
                    _("This workspace holds no edition {hash}.").format(hash=hash[:12]),
                    code="edition.unknown",
                    way_out=_("Restore the last backup, or import the standard again."),
                )
            known = self._editions[hash] = _parsed(row[0], hash)
        return known

    def forget_edition(self, hash: EditionHash) -> None:
        """Read it again when it is next asked for."""
        self._editions.pop(hash, None)

    def is_sound(self) -> bool:
        """Whether the database holds together, as a connection of its own finds it.

        One that was open while another wrote takes the search index for damaged: its check counts what it read against what it remembers.
        """
        self._check_open()
        with _translated(), closing(self._connect()) as connection:
            return bool(connection.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",))

    def put_back_guards(self) -> tuple[str, ...]:
        """The guards of signed audits that were not there as they should be; from here on they are."""
        with self._write_lock, _translated(), closing(self._writer.cursor()) as cursor:
            missing = seals.missing_triggers(cursor)
            if missing:
                cursor.execute("BEGIN IMMEDIATE")
                try:
                    seals.make_triggers(cursor)
                    cursor.execute("COMMIT")
                except BaseException:
                    _end(self._writer)
                    raise
        return missing

    def hurry(self) -> None:
        """From here on edits no longer wait for the disk: only while nobody relies on this workspace before it is closed and synced."""
        self._writer.execute("PRAGMA synchronous = OFF")

    def close(self) -> None:
        """Give all files back; the write-ahead log is folded into the database. Closing twice does no harm.

        Where folding fails (a full disk) nothing is lost: the log stays beside the database and is read at the next start.
        Readings still under way in other threads may end; they give their files back by themselves.
        """
        with self._write_lock:
            with self._idle_lock:
                if self._is_closed:
                    return
                self._is_closed = True
                for connection in self._idle:
                    connection.close()
                self._idle.clear()
            try:
                if not self._is_read_only:
                    self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            except driver.DriverError as error:
                if driver.trouble(error) is None:
                    raise
            finally:
                self._writer.close()

    def _check_open(self) -> None:
        if self._is_closed:
            raise StorageTrouble(
                _("This workspace was closed meanwhile."),
                code="workspace.closed",
                way_out=_("Open it again, then try once more."),
            )

    def _check_file(self) -> None:
        """On Linux and macOS a file that was renamed or removed still takes edits, which nobody would find again."""
        if _identity(self._path) != self._file:
            raise StorageTrouble(
                _(
                    "The database of this workspace was moved or removed while it was open, or another was put in its place."
                ),
                code="workspace.gone",
                way_out=_("Put {path} back, or restore the last backup.").format(path=self._path),
                path=str(self._path),
            )

    def _take_reader(self) -> Connection:
        with self._idle_lock:
            self._check_open()
            if self._idle:
                return self._idle.pop()
        self._check_file()
        return self._connect()

    def _connect(self) -> Connection:
        return driver.connect(self._path, self._key, must_exist=True, read_only=self._is_read_only)

    def _give_back(self, connection: Connection) -> None:
        try:
            _end(connection)
        except driver.DriverError:
            connection.close()
            return
        with self._idle_lock:
            if len(self._idle) < 4 and not self._is_closed:
                self._idle.append(connection)
                return
        connection.close()


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except QmaError:
        raise
    except driver.DriverError as error:
        trouble = driver.trouble(error)
        if seals.REFUSED in str(error):
            raise RuleBroken(
                _("This belongs to a signed audit and can only be read."),
                code="audit.sealed",
                way_out=_("Make a new revision of the audit; it names the signed one."),
            ) from error
        if trouble is None:
            raise
        raise trouble from error


def _identity(path: Path) -> tuple[int, int] | None:
    """What tells a file from another that took its name; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _end(connection: Connection) -> None:
    if connection.in_transaction:
        connection.execute("ROLLBACK")
