"""A damaged write-ahead log does not take saved edits with it unnoticed."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from qma_app.storage.driver import connect
from qma_app.storage.journal_check import unread_commits
from tests.storage.faults import flips, killed_after

KEY = bytes(range(32))
EDITS = 25

Files = tuple[bytes, bytes]


def journal_of(database: Path) -> Path:
    return database.with_name(database.name + "-wal")


@pytest.fixture(scope="module")
def crashed(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """Database and log of a process that ended with edits in the log only."""
    path = tmp_path_factory.mktemp("crashed") / "workspace.db"
    with closing(connect(path, KEY)) as connection:
        connection.execute("CREATE TABLE notes(text TEXT)")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        for _ in range(EDITS):
            connection.execute("INSERT INTO notes VALUES (?)", ("x" * 3000,))
        return path.read_bytes(), journal_of(path).read_bytes()


@pytest.fixture
def look(tmp_path: Path) -> Callable[[bytes, bytes], tuple[int, int]]:
    """Rows read and commits unread in a database with that log."""

    def look(database: bytes, journal: bytes) -> tuple[int, int]:
        path = tmp_path / "workspace.db"
        path.write_bytes(database)
        journal_of(path).write_bytes(journal)
        with closing(connect(path, KEY, must_exist=True)) as connection:
            unread = unread_commits(path, connection)
            (rows,) = connection.execute("SELECT count(*) FROM notes").fetchone()
        return int(rows), unread

    return look


Look = Callable[[bytes, bytes], tuple[int, int]]


def test_a_whole_log_is_read_to_its_end(crashed: Files, look: Look) -> None:
    assert look(*crashed) == (EDITS, 0)


def test_no_edit_is_dropped_unnoticed_wherever_a_byte_is_flipped(crashed: Files, look: Look) -> None:
    database, journal = crashed
    for place, changed in flips(journal, 200):
        rows, unread = look(database, changed)
        # A commit whose own mark was hit no longer looks like one; those behind it do.
        assert rows == EDITS or unread >= EDITS - rows - 1, place
        assert rows >= EDITS - 1 or unread > 0, place


def test_a_flipped_byte_in_the_head_of_the_log_is_noticed(crashed: Files, look: Look) -> None:
    database, journal = crashed
    for place in range(32):
        _rows, unread = look(database, journal[:place] + bytes((journal[place] ^ 4,)) + journal[place + 1 :])
        assert unread == EDITS, place


def test_a_log_cut_off_in_the_middle_of_an_edit_is_the_normal_end_of_a_crash(
    crashed: Files, look: Look
) -> None:
    database, journal = crashed
    rows, unread = look(database, journal[: len(journal) - 2000])
    assert (rows, unread) == (EDITS - 1, 1)
    rows, unread = look(database, journal[: len(journal) - 4120])
    assert (rows, unread) == (EDITS - 1, 0)


def test_edits_of_an_earlier_round_of_the_log_are_not_missed(tmp_path: Path) -> None:
    path = tmp_path / "workspace.db"
    with closing(connect(path, KEY)) as connection:
        connection.execute("CREATE TABLE notes(text TEXT)")
        for _ in range(EDITS):
            connection.execute("INSERT INTO notes VALUES (?)", ("x" * 3000,))
        connection.execute("PRAGMA wal_checkpoint(RESTART)")
        connection.execute("INSERT INTO notes VALUES ('first of the next round')")
        assert journal_of(path).stat().st_size > 20 * 4096
        assert unread_commits(path, connection) == 0


@pytest.mark.parametrize("journal", [None, b"", b"short", bytes(56), bytes(5000)])
def test_without_a_log_nothing_is_unread(crashed: Files, tmp_path: Path, journal: bytes | None) -> None:
    path = tmp_path / "workspace.db"
    path.write_bytes(crashed[0])
    with closing(connect(path, KEY, is_still=True)) as connection:
        if journal is not None:
            journal_of(path).write_bytes(journal)
        assert unread_commits(path, connection) == 0


SAVING = """
import sys
from pathlib import Path
from qma_app.storage.driver import connect
connection = connect(Path(sys.argv[1]), bytes(range(32)))
connection.execute("CREATE TABLE notes(text TEXT)")
while True:
    connection.execute("INSERT INTO notes VALUES (?)", ("x" * 3000,))
    print("saved", flush=True)
"""


@pytest.mark.parametrize("lines", [1, 8, 30])
def test_after_a_killed_process_all_is_read(tmp_path: Path, lines: int) -> None:
    path = tmp_path / "workspace.db"
    acknowledged = killed_after(SAVING, lines, path)
    with closing(connect(path, KEY, must_exist=True)) as connection:
        assert unread_commits(path, connection) == 0
        (rows,) = connection.execute("SELECT count(*) FROM notes").fetchone()
    assert rows >= len(acknowledged)
