"""A workspace of the version before is killed while it is brought up to date: what is found then is the old state or the new one, whole."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from qma_app.domain.engagement import Engagement
from qma_app.domain.standing import list_assessments
from qma_app.errors import StorageTrouble
from qma_app.services.log import verify_workspace
from qma_app.services.workspace import open_workspace
from qma_app.storage.keys import read_key_file
from qma_app.storage.schema import HEAD_REVISION, revision_of
from qma_app.storage.store import DATABASE
from tests.storage.faults import ROOT

GOLDEN = ROOT / "tests" / "golden" / "workspaces" / "draft-2026-11.zip"
DIE = """
import os, sys
from pathlib import Path
from qma_app.storage import atomic_files, backups, driver, schema

where, place = sys.argv[2], int(sys.argv[3])
module, name = {"schema": schema, "files": atomic_files, "driver": driver, "backups": backups}[where.split(".")[0]], where.split(".")[1]
real, calls = getattr(module, name), []

def deadly(*given, **named):
    calls.append(name)
    if len(calls) == place:
        os._exit(9)
    return real(*given, **named)

setattr(module, name, deadly)
from qma_app.services.workspace import open_workspace
open_workspace(Path(sys.argv[1])).close()
"""
STATEMENT = """
import os, sys
from pathlib import Path
from alembic.operations import Operations

real, calls = Operations.execute, []

def deadly(self, *given, **named):
    calls.append(given)
    if len(calls) == int(sys.argv[2]):
        if sys.argv[3] == "kill":
            os._exit(9)
        raise OSError(28, "No space left on device")
    return real(self, *given, **named)

Operations.execute = deadly
from qma_app.services.workspace import open_workspace
open_workspace(Path(sys.argv[1])).close()
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with zipfile.ZipFile(GOLDEN) as packed:
        packed.extractall(tmp_path)
    return next(tmp_path.rglob(DATABASE)).parent


def run(code: str, *arguments: object) -> int:
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, check=False).returncode


def revision(folder: Path) -> str:
    return revision_of(folder / DATABASE, read_key_file(folder).database)


def opens_whole(folder: Path) -> bool:
    """It opens for writing in today's form, holds what it held, and nothing half-made lies about."""
    with open_workspace(folder) as workspace:
        assert verify_workspace(workspace).is_genuine
        with workspace.reading() as reader:
            counts = reader.counts()
            (engagement,) = reader.all(Engagement)
            assert len(list_assessments(reader, engagement.id)) == counts["assessments"] > 0
        assert not list(folder.glob("workspace.new.db*"))
    assert (folder / "workspace.0001.db").is_file()
    return revision(folder) == HEAD_REVISION


@pytest.mark.parametrize(
    ("where", "place", "found"),
    [
        ("backups.make_backup", 1, "0001"),
        ("schema._fold_journal", 1, "0001"),
        ("driver.copy_database", 1, "0001"),
        ("schema.migrate", 1, "0001"),
        ("schema._check", 1, "0001"),
        ("schema._fold_journal", 2, "0001"),
        ("files.replace_file", 1, "0001"),
        ("schema._remove_with_journal", 2, HEAD_REVISION),
    ],
)
def test_killed_between_two_steps_it_is_the_one_or_the_other(
    folder: Path, where: str, place: int, found: str
) -> None:
    assert run(DIE, folder, where, place) == 9
    assert revision(folder) == found
    assert opens_whole(folder)


@pytest.mark.parametrize("place", [1, 2, 3])
@pytest.mark.parametrize("how", ["kill", "fail"])
def test_stopped_at_any_statement_of_the_step_it_is_the_old_one(folder: Path, place: int, how: str) -> None:
    before = (folder / DATABASE).read_bytes()
    assert run(STATEMENT, folder, place, how) != 0
    assert (folder / DATABASE).read_bytes() == before
    with pytest.raises(StorageTrouble, match="Open it once in the window"):
        open_workspace(folder, is_for_reading=True)
    assert opens_whole(folder)
