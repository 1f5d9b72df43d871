"""The encrypted database opens hardened, or says in one sentence why it does not."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from sqlite3 import Connection

import pytest

from qma_app.errors import StorageTrouble
from qma_app.storage import driver
from qma_app.storage.driver import connect, copy_database, engine, trouble
from tests.storage.faults import child, fill, flips, only_readable, small_disk

KEY = bytes(range(32))
OTHER = bytes(range(1, 33))
SECRET = "the canary in the workshop"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A database of some pages, closed in order."""
    path = tmp_path / "workspace.db"
    with closing(connect(path, KEY)) as connection:
        fill_with(connection, 300)
    return path


def fill_with(connection: Connection, rows: int) -> None:
    connection.execute("CREATE TABLE notes(id INTEGER PRIMARY KEY, text TEXT)")
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(
        "INSERT INTO notes(text) VALUES (?)", [(f"{SECRET} {n} " * 10,) for n in range(rows)]
    )
    connection.execute("COMMIT")


def rows_in(connection: Connection) -> int:
    (count,) = connection.execute("SELECT count(*) FROM notes").fetchone()
    return int(count)


def code_of(path: Path, key: bytes = KEY, *, read_only: bool = False, must_exist: bool = False) -> str:
    with pytest.raises(StorageTrouble) as refused:
        connect(path, key, read_only=read_only, must_exist=must_exist)
    assert refused.value.way_out
    return refused.value.code


def test_each_connection_is_hardened(path: Path) -> None:
    with closing(connect(path, KEY)) as connection:
        settings = {
            name: connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in (
                "journal_mode",
                "synchronous",
                "foreign_keys",
                "recursive_triggers",
                "secure_delete",
                "trusted_schema",
                "cell_size_check",
                "busy_timeout",
                "temp_store",
            )
        }
        assert connection.isolation_level is None
    assert settings == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "recursive_triggers": 1,
        "secure_delete": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "busy_timeout": 5000,
        "temp_store": 2,
    }


def test_nothing_can_be_read_on_the_disk(path: Path) -> None:
    with closing(connect(path, KEY)) as connection:
        connection.execute("INSERT INTO notes(text) VALUES (?)", (SECRET,))
        files = [file.read_bytes() for file in path.parent.iterdir()]
    assert len(files) == 3
    assert not any(
        SECRET.encode() in content or b"notes" in content or b"SQLite" in content for content in files
    )


def test_a_connection_serves_another_thread(path: Path) -> None:
    found: list[int] = []
    with closing(connect(path, KEY)) as connection:
        thread = threading.Thread(target=lambda: found.append(rows_in(connection)))
        thread.start()
        thread.join()
    assert found == [300]


def test_names_with_marks_of_a_web_address_are_plain_names(tmp_path: Path) -> None:
    path = tmp_path / "a #1 100% ?mode=ro.db"
    with closing(connect(path, KEY)) as connection:
        fill_with(connection, 1)
    assert path.is_file()


def test_an_old_library_is_refused_before_anything_is_touched(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sqlcipher3.dbapi2.sqlite_version_info", (3, 51, 2))
    monkeypatch.setattr("sqlcipher3.dbapi2.sqlite_version", "3.51.2")
    before = path.read_bytes()
    assert code_of(path) == "workspace.old-library"
    assert path.read_bytes() == before


def test_a_key_of_the_wrong_length_is_a_mistake_of_ours(path: Path) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        connect(path, b"short")


def test_the_wrong_key_is_told_from_damage_and_prints_nothing(
    path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert code_of(path, OTHER) == "workspace.key-wrong"
    assert code_of(path, OTHER, read_only=True) == "workspace.key-wrong"
    assert capfd.readouterr() == ("", "")


def test_a_damaged_first_page_is_not_taken_for_a_wrong_key(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[:100] + bytes((content[100] ^ 1,)) + content[101:])
    assert code_of(path) == "workspace.damaged"


def test_what_is_no_database_of_ours_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "workspace.db"
    for content in (b"hello", b"SQLite format 3\0" + bytes(8192), b"x" * 600):
        path.write_bytes(content)
        assert code_of(path) == "workspace.damaged"
    path.write_bytes(b"x" * 40960)
    assert code_of(path) == "workspace.key-wrong"


def test_each_flipped_byte_of_a_page_in_use_is_found(path: Path) -> None:
    content = path.read_bytes()
    for place, changed in flips(content, 60):
        path.write_bytes(changed)
        with (
            pytest.raises((StorageTrouble, driver.DriverError)) as found,
            closing(connect(path, KEY)) as connection,
        ):
            assert connection.execute("SELECT sum(length(text)) FROM notes").fetchone()
        told = trouble(found.value)
        assert told is not None, place
        # Only a damaged salt, the first 16 bytes, cannot be told from a wrong key.
        assert told.code == ("workspace.key-wrong" if place < 16 else "workspace.damaged")


def test_a_cut_off_database_is_found(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    assert code_of(path) == "workspace.damaged"


def test_a_missing_database_is_made_only_when_that_is_meant(tmp_path: Path) -> None:
    path = tmp_path / "workspace.db"
    assert code_of(path, must_exist=True) == "workspace.missing"
    assert code_of(path, read_only=True) == "workspace.missing"
    assert not path.exists()
    connect(path, KEY).close()
    path.write_bytes(b"")
    assert code_of(path, must_exist=True) == "workspace.damaged"


def test_a_folder_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    assert code_of(tmp_path / "no such folder" / "workspace.db") == "workspace.cannot-open"


def test_reading_works_beside_a_writer_and_writes_nothing(path: Path) -> None:
    with closing(connect(path, KEY)) as writer, closing(connect(path, KEY, read_only=True)) as reader:
        writer.execute("INSERT INTO notes(text) VALUES ('one more')")
        assert rows_in(reader) == 301
        with pytest.raises(driver.DriverError) as refused:
            reader.execute("INSERT INTO notes(text) VALUES ('mine')")
    told = trouble(refused.value)
    assert told is not None
    assert told.code == "disk.read-only"


def test_a_still_file_is_read_without_a_trace(path: Path) -> None:
    with closing(connect(path, KEY, is_still=True)) as connection:
        assert rows_in(connection) == 300
        assert [file.name for file in path.parent.iterdir()] == ["workspace.db"]


def test_a_disk_that_is_only_read_can_be_read(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 4) as disk:
        path = disk / "workspace.db"
        with closing(connect(path, KEY)) as connection:
            fill_with(connection, 20)
        with only_readable(disk):
            with closing(connect(path, KEY, read_only=True)) as connection:
                assert rows_in(connection) == 20
            assert code_of(path) == "disk.read-only"


def test_a_disk_that_is_only_read_is_refused_while_its_last_changes_lie_in_the_journal(
    tmp_path: Path,
) -> None:
    with small_disk(tmp_path / "disk", 4) as disk:
        path, copy = disk / "workspace.db", disk / "copy.db"
        with closing(connect(path, KEY)) as writer:
            fill_with(writer, 20)
            copy.write_bytes(path.read_bytes())
            (disk / "copy.db-wal").write_bytes((disk / "workspace.db-wal").read_bytes())
        with only_readable(disk):
            assert code_of(copy, read_only=True) == "disk.read-only"


def test_a_full_disk_is_told_and_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 4) as disk, closing(connect(disk / "workspace.db", KEY)) as connection:
        fill_with(connection, 20)
        filler = fill(disk, but=20_000)
        acknowledged = 20
        code = None
        while code is None:
            try:
                connection.execute("INSERT INTO notes(text) VALUES (?)", ("x" * 3000,))
                acknowledged += 1
            except driver.DriverError as error:
                code = getattr(trouble(error), "code", "")
        assert code == "disk.full"
        assert rows_in(connection) == acknowledged
        filler.unlink()
        connection.execute("INSERT INTO notes(text) VALUES ('again')")
        assert rows_in(connection) == acknowledged + 1


LIMITED = """
import resource, sys
from pathlib import Path
from qma_app.storage.driver import DriverError, connect, trouble
connection = connect(Path(sys.argv[1]), bytes(range(32)))
resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
saved = 0
try:
    while True:
        connection.execute("INSERT INTO notes(text) VALUES (?)", ("x" * 3000,))
        saved += 1
except DriverError as error:
    print(saved, trouble(error).code)
"""


def test_a_limit_on_file_sizes_is_told_and_nothing_acknowledged_is_lost(path: Path) -> None:
    with child(LIMITED, path) as process:
        said, _errors = process.communicate()
    saved, code = said.split()
    assert code in ("disk.fault", "disk.full")
    with closing(connect(path, KEY)) as connection:
        assert rows_in(connection) == 300 + int(saved)


def test_a_second_writer_is_told_that_another_writes(path: Path) -> None:
    with closing(connect(path, KEY)) as first, closing(connect(path, KEY)) as second:
        second.execute("PRAGMA busy_timeout = 0")
        first.execute("BEGIN IMMEDIATE")
        with pytest.raises(driver.DriverError) as refused:
            second.execute("BEGIN IMMEDIATE")
    told = trouble(refused.value)
    assert told is not None
    assert told.code == "workspace.busy"


def test_a_disk_without_write_ahead_log_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Stubborn:
        """A database on a disk that keeps to the old journal."""

        def execute(self, statement: str) -> Stubborn:
            assert statement == "PRAGMA journal_mode = WAL"
            return self

        def fetchone(self) -> tuple[str]:
            return ("delete",)

    with pytest.raises(StorageTrouble) as refused:
        driver._make_writes_safe(Stubborn())  # type: ignore[arg-type]  # only what is asked of it
    assert refused.value.code == "workspace.no-wal"


def test_a_mistake_of_ours_is_not_translated(path: Path) -> None:
    with closing(connect(path, KEY)) as connection, pytest.raises(driver.DriverError) as bug:
        connection.execute("SELECT nothing FROM nowhere")
    assert trouble(bug.value) is None
    assert trouble(ValueError()) is None


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("database is locked", "workspace.busy"),
        ("attempt to write a readonly database", "disk.read-only"),
        ("disk I/O error", "disk.fault"),
        ("database disk image is malformed", "workspace.damaged"),
        ("database or disk is full", "disk.full"),
        ("unable to open database file", "workspace.cannot-open"),
        ("file is not a database", "workspace.damaged"),
    ],
)
def test_each_failure_of_the_driver_has_its_sentence_and_a_way_out(sentence: str, code: str) -> None:
    """Also where the driver gives no number, as its copying does."""
    told = trouble(driver.DriverError(sentence))
    assert told is not None
    assert (told.code, bool(told.way_out)) == (code, True)


def test_a_mistake_of_ours_while_opening_stays_what_it_is(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(driver, "_PRAGMAS", ("foreign_keys = = ON",))
    with pytest.raises(driver.DriverError):
        connect(path, KEY)


def test_trouble_inside_sqlalchemy_is_told_alike(path: Path) -> None:
    from sqlalchemy.exc import DBAPIError

    refused = StorageTrouble("no", code="workspace.missing")
    assert trouble(refused) is refused
    assert trouble(DBAPIError("statement", {}, refused)) is refused


class TestEngine:
    """SQLAlchemy over the same connections."""

    @pytest.fixture
    def path(self, path: Path) -> Iterator[Path]:
        self.engine = engine(path, KEY)
        yield path
        self.engine.dispose()

    def test_statements_stand_alone_until_somebody_begins(self, path: Path) -> None:
        from sqlalchemy import event

        event.listen(self.engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
        with self.engine.connect() as connection:
            begun = connection.begin()
            connection.exec_driver_sql("CREATE TABLE more(id)")
            begun.rollback()
        with self.engine.begin() as connection:
            connection.exec_driver_sql("CREATE TABLE more(id)")
        with closing(connect(path, KEY)) as plain:
            assert plain.execute("SELECT count(*) FROM more").fetchone() == (0,)

    def test_two_connections_are_two(self, path: Path) -> None:
        with self.engine.connect() as first, self.engine.connect() as second:
            assert first.connection.dbapi_connection is not second.connection.dbapi_connection

    def test_what_was_typed_is_not_in_the_error(self, path: Path) -> None:
        from sqlalchemy.exc import DBAPIError

        with self.engine.connect() as connection, pytest.raises(DBAPIError) as error:
            connection.exec_driver_sql("INSERT INTO nowhere VALUES (?)", (SECRET,))
        assert SECRET not in str(error.value)

    def test_a_database_removed_while_open_is_not_made_anew(self, path: Path) -> None:
        with self.engine.connect():
            pass
        self.engine.dispose()
        path.unlink()
        with pytest.raises(StorageTrouble) as gone:
            self.engine.connect()
        assert gone.value.code == "workspace.missing"
        assert not path.exists()


class TestCopy:
    """A copy of a database somebody works in."""

    def test_is_one_moment_whole_while_another_writes(self, path: Path, tmp_path: Path) -> None:
        with closing(connect(path, KEY)) as writer:
            writer.execute("CREATE TABLE pairs(a, b)")

            def write_on(share: float) -> bool:
                # Each write is one more reason for a copy without a held view to start anew.
                writer.execute("INSERT INTO pairs VALUES (?, ?)", (share, share))
                writer.execute("INSERT INTO notes(text) VALUES (?)", ("x" * 5000,))
                shares.append(share)
                return True

            shares: list[float] = []
            writer.executemany("INSERT INTO notes(text) VALUES (?)", [("y" * 3000,)] * 600)
            before = rows_in(writer)
            assert copy_database(path, tmp_path / "copy.db", KEY, progress=write_on)
            assert rows_in(writer) == before + len(shares)
        assert len(shares) > 2
        assert shares == sorted(shares)
        assert shares[-1] == 1
        assert [file.name for file in tmp_path.glob("copy*")] == ["copy.db"]
        with closing(connect(tmp_path / "copy.db", KEY, is_still=True)) as copy:
            assert rows_in(copy) == before
            assert copy.execute("PRAGMA quick_check").fetchall() == [("ok",)]

    def test_is_encrypted_under_the_same_key(self, path: Path, tmp_path: Path) -> None:
        copy_database(path, tmp_path / "copy.db", KEY)
        assert SECRET.encode() not in (tmp_path / "copy.db").read_bytes()
        assert code_of(tmp_path / "copy.db", OTHER) == "workspace.key-wrong"

    def test_stops_when_told_and_leaves_nothing(self, path: Path, tmp_path: Path) -> None:
        assert not copy_database(path, tmp_path / "copy.db", KEY, progress=lambda _share: False)
        assert list(tmp_path.glob("copy*")) == []

    def test_stops_even_while_the_finished_copy_is_checked(
        self, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(driver, "_STEPS_BETWEEN_LOOKS", 10)
        answers = iter((True, False))
        assert not copy_database(
            path, tmp_path / "copy.db", KEY, progress=lambda _share: next(answers, False)
        )
        assert list(tmp_path.glob("copy*")) == []

    def test_is_refused_where_the_disk_ends(self, tmp_path: Path, path: Path) -> None:
        with small_disk(tmp_path / "disk", 1) as disk:
            fill(disk, but=60_000)
            with pytest.raises(StorageTrouble) as refused:
                copy_database(path, disk / "copy.db", KEY)
            assert refused.value.code == "disk.full"
            assert [file.name for file in disk.iterdir()] == ["filler"]

    def test_of_a_database_that_does_not_hold_together_is_refused(
        self, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with closing(connect(path, KEY)) as connection:
            connection.execute("CREATE TABLE strict(a INTEGER NOT NULL)")
            connection.execute("INSERT INTO strict VALUES (1)")
            connection.execute("PRAGMA writable_schema = ON")
            connection.execute("UPDATE sqlite_schema SET rootpage = 2 WHERE name = 'strict'")
        with pytest.raises(StorageTrouble) as refused:
            copy_database(path, tmp_path / "copy.db", KEY)
        assert refused.value.code == "workspace.damaged"

    def test_a_mistake_of_ours_in_a_copy_stays_what_it_is(
        self, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        class Mistaken:
            def set_progress_handler(self, *_arguments: object) -> None:
                pass

            def execute(self, _statement: str) -> None:
                raise driver.DriverError("no such column: nonsense")

        sound = driver.is_sound
        monkeypatch.setattr(driver, "is_sound", lambda _copy, **_keywords: sound(Mistaken()))  # type: ignore[arg-type]
        with pytest.raises(driver.DriverError, match="nonsense"):
            copy_database(path, tmp_path / "copy.db", KEY)
        assert list(tmp_path.glob("copy*")) == []

    def test_of_a_damaged_database_is_refused(self, path: Path, tmp_path: Path) -> None:
        content = path.read_bytes()
        path.write_bytes(content[:20_000] + b"?" + content[20_001:])
        with pytest.raises(StorageTrouble) as refused:
            copy_database(path, tmp_path / "copy.db", KEY)
        assert refused.value.code == "workspace.damaged"
        assert list(tmp_path.glob("copy*")) == []
