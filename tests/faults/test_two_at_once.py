"""Two who want the same workspace, the same record or the same file: one works, the other is told, nothing is overwritten."""

from __future__ import annotations

import platform
import shutil
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from qma_app.domain.assessment import Assessment
from qma_app.domain.finding import Finding
from qma_app.domain.rating import Rating
from qma_app.errors import QmaError, StaleEdit, StorageTrouble
from qma_app.services import assessments, backups, findings, ratings, recovery
from qma_app.services.log import verify_path, verify_workspace
from qma_app.services.today import today
from qma_app.services.workspace import open_workspace
from tests.builders import NOW, TODAY
from tests.services.conftest import PRICE, Programme
from tests.storage.faults import child

HOLDS = """
import sys
from pathlib import Path
from qma_app.domain.ids import AssessmentId, CheckpointId
from qma_app.services.ratings import rate_checkpoint, write_note
from qma_app.services.workspace import open_workspace
folder, assessment, checkpoint = sys.argv[1:]
workspace = open_workspace(Path(folder))
rate_checkpoint(workspace, AssessmentId(assessment), CheckpointId(checkpoint), points=6)
print("holding", flush=True)
sys.stdin.readline()
number = 0
while True:
    number += 1
    write_note(workspace, AssessmentId(assessment), CheckpointId(checkpoint), text=f"seen {number}")
    print(number, flush=True)
"""


def test_a_second_program_is_told_who_works_there_and_takes_over_once_that_one_died(
    programme: Programme,
) -> None:
    folder = programme.workspace.folder
    programme.workspace.close()
    with child(HOLDS, folder, programme.assessment.id, PRICE) as other:
        assert other.stdout is not None
        assert other.stdin is not None
        assert other.stdout.readline() == "holding\n"
        with pytest.raises(StorageTrouble) as caught:
            open_workspace(folder, may_fall_back_to_reading=True)
        assert caught.value.code == "workspace.in-use"
        assert caught.value.params["pid"] == other.pid
        assert platform.node() in caught.value.message
        assert caught.value.way_out
        with open_workspace(folder, is_for_reading=True) as beside, beside.reading() as reader:
            assert reader.ratings(programme.assessment.id)[PRICE].points == 6
        other.stdin.write("\n")
        other.stdin.flush()
        said = [other.stdout.readline() for _ in range(20)]
        other.kill()
        said += other.stdout.readlines()
    acknowledged = int([line for line in said if line.endswith("\n")][-1])
    assert (folder / "lock").read_bytes()  # stale: the dead one had no time to empty it
    with open_workspace(folder) as mine:
        assert mine.notices == ()
        with mine.reading() as reader:
            note = reader.ratings(programme.assessment.id)[PRICE].note
        assert int(note.removeprefix("seen ")) >= acknowledged
        ratings.rate_checkpoint(mine, programme.assessment.id, PRICE, points=8)
        assert verify_workspace(mine).is_genuine


def test_the_second_of_two_who_change_one_record_sees_that_there_is_a_newer_one(programme: Programme) -> None:
    """What stands in the first one's window was read before the other saved."""
    finding = findings.raise_from_checkpoint(programme.workspace, programme.assessment.id, PRICE).made(
        Finding
    )
    findings.change_finding(programme.workspace, finding.id, statement="the first one's words")
    with (
        pytest.raises(StaleEdit) as caught,
        programme.workspace.writing("finding.changed") as work,
    ):
        work.put(replace(finding, statement="the second one's words"))
    assert caught.value.params["id"] == finding.id
    assert caught.value.way_out
    with programme.workspace.reading() as reader:
        assert reader.get(Finding, finding.id).statement == "the first one's words"
        assert reader.verify_log() == ()


def test_one_stale_record_among_many_keeps_the_whole_edit_out(programme: Programme) -> None:
    stale = ratings.rate_checkpoint(programme.workspace, programme.assessment.id, PRICE, points=4).made(
        Rating
    )
    ratings.rate_checkpoint(programme.workspace, programme.assessment.id, PRICE, points=8)
    with programme.workspace.reading() as reader:
        before = reader.log_head()
        assessment = reader.get(Assessment, programme.assessment.id)

    def change_both() -> None:
        with programme.workspace.writing("test.both") as work:
            work.put(replace(assessment, summary="goes nowhere"))
            work.put(replace(stale, points=0))

    with pytest.raises(StaleEdit):
        change_both()
    with programme.workspace.reading() as reader:
        assert reader.log_head() == before
        assert reader.get(Assessment, programme.assessment.id).summary == ""


def test_a_reader_in_another_thread_never_sees_half_an_edit(programme: Programme) -> None:
    """The window saves while a report is collected: each look finds points and log of the same moment."""
    workspace, ids = programme.workspace, [c.id for c in programme.checkpoints[:40]]
    is_over = threading.Event()
    torn: list[tuple[int, int]] = []
    start = 0
    with workspace.reading() as reader:
        start = reader.log_head().seq

    def look() -> None:
        while not is_over.is_set():
            with workspace.reading() as reader:
                rated = len(reader.ratings(programme.assessment.id))
                today(reader, programme.dealership.id, on=TODAY)
                if reader.log_head().seq - start != rated:
                    torn.append((rated, reader.log_head().seq - start))

    threads = [threading.Thread(target=look) for _ in range(3)]
    for thread in threads:
        thread.start()
    for id in ids:
        ratings.rate_checkpoint(workspace, programme.assessment.id, id, points=8)
    is_over.set()
    for thread in threads:
        thread.join()
    assert torn == []
    assert verify_workspace(workspace).is_genuine


def remove(path: Path) -> None:
    path.unlink()


def rename(path: Path) -> None:
    path.rename(path.with_name("moved.db"))


def exchange(path: Path) -> None:
    """As a program does that keeps folders in step, with the state of yesterday."""
    shutil.copyfile(path, path.with_name("copy.db"))
    path.with_name("copy.db").replace(path)


def move_folder(path: Path) -> None:
    path.parent.rename(path.parent.with_name("moved"))


@pytest.mark.parametrize("take_away", [remove, rename, exchange, move_folder])
def test_a_database_that_is_taken_away_while_open_is_noticed_at_the_next_save(
    programme: Programme, take_away: Callable[[Path], None]
) -> None:
    """Linux would go on writing into the nameless file, and everything after that would be lost."""
    workspace = programme.workspace
    ratings.rate_checkpoint(workspace, programme.assessment.id, PRICE, points=8)
    file = backups.back_up_now(workspace, target=workspace.folder.parent / "b.qmabackup")
    take_away(workspace.folder / "workspace.db")
    for save in (
        lambda: ratings.write_note(workspace, programme.assessment.id, PRICE, text="words"),
        lambda: assessments.write_summary(workspace, programme.assessment.id, text="words"),
    ):
        with pytest.raises(StorageTrouble) as caught:
            save()
        assert caught.value.code == "workspace.gone"
        assert caught.value.way_out
    words = recovery.UnsavedText(field="note", text="words", at=NOW, dealership=programme.dealership.id)
    if workspace.folder.exists():
        recovery.keep_unsaved(workspace, (words,))
        assert recovery.unsaved_texts(workspace) == (words,)
    workspace.close()
    assert verify_path(file).is_genuine
    backups.restore(file, workspace.folder.parent / "restored")


def test_a_database_put_back_is_worked_on_as_if_nothing_had_been(programme: Programme) -> None:
    path = programme.workspace.folder / "workspace.db"
    rename(path)
    with suppress(QmaError):
        ratings.write_note(programme.workspace, programme.assessment.id, PRICE, text="words")
    path.with_name("moved.db").rename(path)
    ratings.write_note(programme.workspace, programme.assessment.id, PRICE, text="words")
    assert verify_workspace(programme.workspace).is_genuine
