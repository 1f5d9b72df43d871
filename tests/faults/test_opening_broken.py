"""A workspace that is damaged, newer or older is never taken for a good one, and never made worse by looking at it."""

from __future__ import annotations

import hashlib
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from qma_app.domain.assessment import Assessment
from qma_app.errors import QmaError, StorageTrouble
from qma_app.services import backups, evidence, findings, ratings
from qma_app.services.log import verify_path, verify_workspace
from qma_app.services.workspace import open_workspace
from qma_app.storage import driver
from qma_app.storage.schema import HEAD_REVISION
from tests.services.conftest import PRICE, Programme
from tests.storage.faults import flips

PAGE = 4096


@pytest.fixture
def closed(programme: Programme) -> Path:
    """The folder of a workspace with some work in it, closed in order."""
    for checkpoint in programme.checkpoints[:12]:
        ratings.rate_checkpoint(programme.workspace, programme.assessment.id, checkpoint.id, points=8)
    ratings.write_note(programme.workspace, programme.assessment.id, PRICE, text="ten orders")
    findings.raise_from_checkpoint(programme.workspace, programme.assessment.id, PRICE)
    backups.back_up_now(programme.workspace)
    programme.workspace.close()
    return programme.workspace.folder


def judged(folder: Path) -> str:
    """What somebody hears who asks whether this workspace is whole: `genuine`, `not genuine`, or the code of the trouble.

    `figures differ` where only what is derived from the records was changed.
    """
    try:
        found = verify_path(folder)
        if found.is_genuine and found.notes:
            return "figures differ"
        return "genuine" if found.is_genuine else "not genuine"
    except QmaError as error:
        return error.code if error.way_out else f"{error.code} without a way out"


def set_revision(programme: Programme, number: str) -> None:
    folder, keys = programme.workspace.folder, programme.workspace.keys
    with closing(driver.connect(folder / "workspace.db", keys.database)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (number,))
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def digests(folder: Path) -> dict[str, str]:
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.iterdir()
        if path.is_file() and path.name != "lock" and not is_empty_journal(path)
    }


def is_empty_journal(path: Path) -> bool:
    """What a reader leaves beside a database that nobody writes."""
    return path.name.endswith("-shm") or (path.name.endswith("-wal") and path.stat().st_size == 0)


def test_each_flipped_byte_of_the_database_is_noticed(closed: Path) -> None:
    """Also those in the search index and in pages nobody reads in daily work."""
    path = closed / "workspace.db"
    content = path.read_bytes()
    assert judged(closed) == "genuine"
    heard = []
    for place, changed in flips(content, 40):
        path.write_bytes(changed)
        said = judged(closed)
        assert said in ("not genuine", "workspace.damaged", "workspace.key-wrong"), place
        heard.append(said)
        assert (
            len(backups.list_backups(closed)) == 1
        )  # the way back is offered whatever the state of the database
    assert "workspace.damaged" in heard
    path.write_bytes(content)
    assert judged(closed) == "genuine"


def test_each_old_page_put_back_is_noticed(programme: Programme) -> None:
    """Each page is sealed for itself, so an old one passes for good; only the chained log can tell."""
    workspace, path = programme.workspace, programme.workspace.folder / "workspace.db"
    rated = ratings.rate_checkpoint(workspace, programme.assessment.id, PRICE, points=4)
    workspace.close()
    old = path.read_bytes()
    with open_workspace(workspace.folder) as again:
        ratings.rate_checkpoint(again, programme.assessment.id, PRICE, points=8)
        ratings.rate_checkpoint(again, programme.assessment.id, programme.first, points=6)
    new = path.read_bytes()
    changed = [
        start
        for start in range(PAGE, min(len(old), len(new)), PAGE)
        if old[start : start + PAGE] != new[start : start + PAGE]
    ]
    assert rated
    heard = []
    for start in changed:
        path.write_bytes(new[:start] + old[start : start + PAGE] + new[start + PAGE :])
        heard.append(judged(workspace.folder))
    assert "not genuine" in heard
    assert "genuine" not in heard, heard


def test_a_newer_workspace_is_refused_with_both_versions_and_nothing_touched(
    programme: Programme, closed: Path
) -> None:
    set_revision(programme, "0042")
    before = digests(closed)
    for is_for_reading in (False, True):
        with pytest.raises(StorageTrouble) as caught:
            open_workspace(closed, is_for_reading=is_for_reading)
        assert caught.value.code == "workspace.newer"
        assert "0042" in caught.value.message
        assert HEAD_REVISION in caught.value.message
        assert "nothing was changed" in caught.value.way_out
    assert digests(closed) == before


def test_an_older_workspace_is_not_touched_by_reading(programme: Programme, closed: Path) -> None:
    set_revision(programme, "0000")
    before = digests(closed)
    with pytest.raises(StorageTrouble) as caught:
        open_workspace(closed, is_for_reading=True)
    assert caught.value.code == "workspace.older"
    assert digests(closed) == before


def test_a_form_that_no_version_ever_had_is_damage_and_stays_as_it_was(
    programme: Programme, closed: Path
) -> None:
    set_revision(programme, "0000")
    with pytest.raises(StorageTrouble) as caught:
        open_workspace(closed)
    assert caught.value.code == "workspace.damaged"
    assert [name for name in digests(closed) if name.startswith("workspace.")] == ["workspace.db"]
    set_revision(programme, HEAD_REVISION)
    assert judged(closed) == "genuine"


def test_a_backup_is_restored_while_the_workspace_cannot_be_opened(closed: Path) -> None:
    file = backups.list_backups(closed)[0].path
    (closed / "workspace.db").write_bytes(b"\0" * 9000)
    for name in ("keys.json", "keys.copy.json"):
        (closed / name).unlink()
    aside = backups.restore_over(file, closed)
    assert aside is not None
    assert (aside / "workspace.db").read_bytes() == b"\0" * 9000
    assert judged(closed) == "genuine"
    assert len(backups.list_backups(closed)) == 1


def test_a_restore_beside_a_left_over_journal_gives_the_state_of_the_backup(
    programme: Programme, tmp_path: Path
) -> None:
    """An old journal beside a restored database would quietly put its edits into it."""
    workspace = programme.workspace
    ratings.rate_checkpoint(workspace, programme.assessment.id, PRICE, points=4)
    file = backups.back_up_now(workspace, target=tmp_path / "then.qmabackup")
    with workspace.reading() as reader:
        then = reader.log_head()
    for checkpoint in programme.checkpoints[:30]:
        ratings.rate_checkpoint(workspace, programme.assessment.id, checkpoint.id, points=10)
    crashed = tmp_path / "crashed"
    shutil.copytree(workspace.folder, crashed, ignore=shutil.ignore_patterns("lock"))
    left_over = (crashed / "workspace.db-wal").read_bytes()
    aside = backups.restore_over(file, crashed)
    assert aside is not None
    assert (aside / "workspace.db-wal").read_bytes() == left_over
    with open_workspace(crashed) as restored:
        with restored.reading() as reader:
            assert {r.points for r in reader.ratings(programme.assessment.id).values()} == {4}
            assert reader.log_head().seq == then.seq + 1  # the restore itself is an entry
            assert reader.verify_log(then) == ()
            assert reader.get(Assessment, programme.assessment.id).is_open
        assert verify_workspace(restored).is_genuine


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE evidence SET kind = 'nonsense'",
        "UPDATE evidence SET taken_in_at = ''",
        "UPDATE change_log SET at = 'yesterday' WHERE seq = (SELECT max(seq) FROM change_log)",
        "UPDATE change_log SET body = '[]' WHERE seq = 3",
        "INSERT INTO settings (id, version, value) VALUES ('workspace.restored-from', 1, '')",
        "UPDATE editions SET content = '{'",
    ],
)
def test_whatever_was_changed_past_the_program_is_answered_never_a_crash(
    programme: Programme, sql: str
) -> None:
    evidence.add_evidence(
        programme.workspace, engagement_id=programme.engagement.id, data=b"a;b\n", name="a.csv"
    )
    folder, keys = programme.workspace.folder, programme.workspace.keys
    programme.workspace.close()
    with closing(driver.connect(folder / "workspace.db", keys.database)) as connection:
        connection.execute(sql)
    assert judged(folder) == "not genuine"
