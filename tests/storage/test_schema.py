"""Databases are made in today's form, older ones are brought there whole, newer ones are left alone."""

from __future__ import annotations

import hashlib
import shutil
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from sqlite3 import Connection
from unittest import mock

import pytest

from qma_app.errors import StorageTrouble
from qma_app.storage import driver, schema, tables
from qma_app.storage.keys import Keys, create_key_file
from qma_app.storage.store import DATABASE

AT = datetime(2026, 11, 21, 14, 2, tzinfo=UTC)


@pytest.fixture
def keys(tmp_path: Path) -> Keys:
    keys = create_key_file(tmp_path)
    schema.create_database(tmp_path / DATABASE, keys.database)
    return keys


def shape(connection: Connection) -> dict[str, list[tuple[str, str, int]]]:
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {
        name: [(row[1], row[2], row[3]) for row in connection.execute(f'PRAGMA table_info("{name}")')]
        for name in names
        if not name.startswith(("search_text", "alembic"))
    }


def test_the_steps_build_what_the_tables_say(tmp_path: Path, keys: Keys) -> None:
    """The migrations spell their own tables; this keeps the two alike."""
    engine = driver.engine(tmp_path / "declared.db", keys.database)
    tables.METADATA.create_all(engine)
    engine.dispose()
    with (
        closing(driver.connect(tmp_path / DATABASE, keys.database)) as migrated,
        closing(driver.connect(tmp_path / "declared.db", keys.database)) as declared,
    ):
        assert shape(migrated) == shape(declared)
        indexes = "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY name"
        assert migrated.execute(indexes).fetchall() == declared.execute(indexes).fetchall()


def test_todays_database_is_left_as_it_is(tmp_path: Path, keys: Keys) -> None:
    before = (tmp_path / DATABASE).read_bytes()
    schema.ensure_current(tmp_path, keys, clock=lambda: AT, may_migrate=True)
    assert (tmp_path / DATABASE).read_bytes() == before


def test_a_newer_workspace_is_refused_with_both_versions_and_untouched(tmp_path: Path, keys: Keys) -> None:
    with closing(driver.connect(tmp_path / DATABASE, keys.database)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = hashlib.sha256((tmp_path / DATABASE).read_bytes()).digest()
    with pytest.raises(StorageTrouble, match=rf"9999.*{schema.HEAD_REVISION}") as caught:
        schema.ensure_current(tmp_path, keys, clock=lambda: AT, may_migrate=True)
    assert caught.value.code == "workspace.newer"
    assert hashlib.sha256((tmp_path / DATABASE).read_bytes()).digest() == before


def test_a_database_of_something_else_is_refused(tmp_path: Path, keys: Keys) -> None:
    with closing(driver.connect(tmp_path / DATABASE, keys.database)) as connection:
        connection.execute("DROP TABLE alembic_version")
    with pytest.raises(StorageTrouble, match="not the database of a workspace"):
        schema.ensure_current(tmp_path, keys, clock=lambda: AT, may_migrate=True)


@pytest.fixture
def older(tmp_path: Path, keys: Keys) -> Keys:
    """A workspace of a version before this one, with a row to lose."""
    with closing(driver.connect(tmp_path / DATABASE, keys.database)) as connection:
        connection.execute("INSERT INTO settings (id, version, value) VALUES ('kept', 1, 'x')")
        connection.execute("UPDATE alembic_version SET version_num = '0000'")
    return keys


def stepping(statement: str) -> mock._patch[mock.MagicMock]:
    """Stands for the step that a later release brings: one statement and the new number."""

    def step(path: Path, key: bytes, *, to: str = "head") -> None:
        with closing(driver.connect(path, key)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(statement)
            connection.execute("UPDATE alembic_version SET version_num = ?", (schema.HEAD_REVISION,))
            connection.execute("COMMIT")

    return mock.patch.object(schema, "migrate", side_effect=step)


def test_an_older_workspace_is_backed_up_migrated_and_kept(tmp_path: Path, older: Keys) -> None:
    with stepping("ALTER TABLE settings ADD COLUMN remark TEXT"):
        schema.ensure_current(tmp_path, older, clock=lambda: AT, may_migrate=True)
    assert schema.revision_of(tmp_path / DATABASE, older.database) == schema.HEAD_REVISION
    with closing(driver.connect(tmp_path / DATABASE, older.database)) as connection:
        assert connection.execute("SELECT id, remark FROM settings").fetchall() == [("kept", None)]
    assert list((tmp_path / "backups").iterdir())
    assert schema.revision_of(tmp_path / "workspace.0000.db", older.database) == "0000"


def test_a_step_that_loses_rows_is_not_taken_over(tmp_path: Path, older: Keys) -> None:
    """A rebuilt parent deletes its children without a word: the counts tell."""
    with (
        stepping("DELETE FROM settings"),
        pytest.raises(StorageTrouble, match="could not be brought up to date"),
    ):
        schema.ensure_current(tmp_path, older, clock=lambda: AT, may_migrate=True)
    assert schema.revision_of(tmp_path / DATABASE, older.database) == "0000"
    with stepping("ALTER TABLE settings ADD COLUMN remark TEXT"):
        schema.ensure_current(tmp_path, older, clock=lambda: AT, may_migrate=True)
    assert schema.revision_of(tmp_path / DATABASE, older.database) == schema.HEAD_REVISION


def test_reading_only_never_migrates(tmp_path: Path, older: Keys) -> None:
    with pytest.raises(StorageTrouble, match="Open it once in the window"):
        schema.ensure_current(tmp_path, older, clock=lambda: AT, may_migrate=False)


def test_a_failing_step_is_undone_whole_and_can_be_tried_again(tmp_path: Path, keys: Keys) -> None:
    """Alembic alone leaves half a change on SQLite; our transaction does not."""
    steps = tmp_path / "steps"
    shutil.copytree(schema.STEPS, steps, ignore=shutil.ignore_patterns("__pycache__"))
    later = steps / "versions" / "v9999_later.py"
    step = (
        f"from alembic import op\nrevision = '9999'\ndown_revision = '{schema.HEAD_REVISION}'\n"
        "def upgrade():\n    op.execute('ALTER TABLE settings ADD COLUMN remark TEXT')\n    op.execute('{second}')\n"
    )
    path = tmp_path / DATABASE
    with closing(driver.connect(path, keys.database)) as connection:
        before = shape(connection)
    later.write_text(step.format(second="NONSENSE"))
    with pytest.raises(Exception, match="NONSENSE"):
        schema.migrate(path, keys.database, steps=steps)
    with closing(driver.connect(path, keys.database)) as connection:
        assert shape(connection) == before
    assert schema.revision_of(path, keys.database) == schema.HEAD_REVISION
    shutil.rmtree(steps / "versions" / "__pycache__", ignore_errors=True)
    later.write_text(step.format(second="SELECT 1"))
    schema.migrate(path, keys.database, steps=steps)
    assert schema.revision_of(path, keys.database) == "9999"
