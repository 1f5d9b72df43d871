"""On a full disk nothing is lost and nothing is left half: the coach is told, frees some space, and goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from qma_app.domain.evidence import Evidence
from qma_app.domain.finding import FindingGrade
from qma_app.errors import StorageTrouble
from qma_app.services import assessments, backups, evidence, findings, ratings, recovery, undoing, workbooks
from qma_app.services.log import verify_workspace
from qma_app.services.workspace import create_workspace, open_workspace
from tests.builders import NOW
from tests.exchange.pictures import a_photo
from tests.faults.houses import a_house, files_in
from tests.services.conftest import PRICE, Programme
from tests.storage.faults import child, fill, small_disk

WORDS = "Two of ten orders without a signature. " * 40


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    with small_disk(tmp_path / "disk", 8) as disk:
        yield disk


@pytest.fixture
def house(disk: Path) -> Iterator[Programme]:
    house = a_house(disk / "w")
    ratings.rate_checkpoint(house.workspace, house.assessment.id, PRICE, points=8)
    yield house
    house.workspace.close()


def told(trouble: pytest.ExceptionInfo[StorageTrouble]) -> None:
    assert trouble.value.code == "disk.full"
    assert "disk is full" in trouble.value.message
    assert "space" in trouble.value.way_out


Save = Callable[[Programme, str], object]

SAVES: dict[str, Save] = {
    "note": lambda h, text: ratings.write_note(h.workspace, h.assessment.id, PRICE, text=text),
    "summary": lambda h, text: assessments.write_summary(h.workspace, h.assessment.id, text=text),
    "finding": lambda h, text: findings.raise_finding(
        h.workspace, engagement_id=h.engagement.id, statement=text, grade=FindingGrade.MINOR
    ),
}


@pytest.mark.parametrize("save", SAVES.values(), ids=SAVES.keys())
def test_saving(disk: Path, house: Programme, save: Save) -> None:
    """Saved words fill the disk to the last page; the one that fails leaves no trace, and later goes through."""
    filler = fill(disk, but=64 * 1024)
    with house.workspace.reading() as reader:
        start = reader.log_head().seq
    saved = 0

    def save_until_full() -> None:
        nonlocal saved
        while True:
            save(house, f"{saved} {WORDS}")
            saved += 1

    with pytest.raises(StorageTrouble) as trouble:
        save_until_full()
    told(trouble)
    with house.workspace.reading() as reader:
        assert reader.log_head().seq == start + saved
        assert reader.ratings(house.assessment.id)[PRICE].points == 8
    with pytest.raises(StorageTrouble) as again:
        save(house, f"{saved} {WORDS}")
    told(again)
    filler.unlink()
    save(house, f"{saved} {WORDS}")
    with house.workspace.reading() as reader:
        assert reader.log_head().seq == start + saved + 1
    assert verify_workspace(house.workspace).is_genuine


def test_undoing(disk: Path, house: Programme) -> None:
    written = ratings.write_note(house.workspace, house.assessment.id, PRICE, text=WORDS * 20)
    filler = fill(disk)
    with pytest.raises(StorageTrouble) as trouble:
        undoing.undo(house.workspace, written)
    told(trouble)
    filler.unlink()
    undoing.undo(house.workspace, written)
    rating = house.rating(PRICE)
    assert rating is not None
    assert rating.note == ""


@pytest.mark.parametrize("space", [0, 24 * 1024, 48 * 1024])
def test_adding_a_photo(disk: Path, house: Programme, space: int) -> None:
    """Also where the first of its three sizes still finds room."""
    data = a_photo(1800, 1200)

    def add() -> Evidence:
        return evidence.add_evidence(
            house.workspace,
            engagement_id=house.engagement.id,
            data=data,
            name="bay 3.jpg",
            assessment_id=house.assessment.id,
            checkpoint_id=PRICE,
        ).made(Evidence)

    filler = fill(disk, but=space)
    with pytest.raises(StorageTrouble) as trouble:
        add()
    told(trouble)
    with house.workspace.reading() as reader:
        assert reader.all(Evidence) == ()
    assert [name for name in files_in(disk) if ".tmp" in name] == []
    assert verify_workspace(house.workspace).is_genuine
    filler.unlink()
    item = add()
    assert all(house.workspace.store.evidence.get(digest) for digest in item.digests())


@pytest.mark.parametrize("is_there", [True, False])
def test_making_a_workbook(disk: Path, house: Programme, is_there: bool) -> None:
    target = disk / "assessment.xlsx"
    if is_there:
        target.write_bytes(b"the workbook of last month")
    filler = fill(disk, but=12 * 1024)
    before = files_in(disk)
    with pytest.raises(StorageTrouble) as trouble:
        workbooks.make_workbook(house.workspace, "assessment", target=target)
    told(trouble)
    assert files_in(disk) == before
    filler.unlink()
    assert workbooks.make_workbook(house.workspace, "assessment", target=target).stat().st_size > 12 * 1024


def test_backing_up(disk: Path, house: Programme) -> None:
    filler = fill(disk, but=300 * 1024)
    before = files_in(disk)
    for back_up in (backups.back_up_now, backups.back_up_daily):
        with pytest.raises(StorageTrouble) as trouble:
            back_up(house.workspace)
        told(trouble)
        assert files_in(disk) == before
    filler.unlink()
    assert backups.list_backups(house.workspace.folder) == ()
    assert backups.back_up_now(house.workspace).is_file()


def test_restoring(disk: Path, house: Programme, tmp_path: Path) -> None:
    file = backups.back_up_now(house.workspace, target=tmp_path / "b.qmabackup")
    live = house.workspace.folder
    house.workspace.close()
    filler = fill(disk, but=300 * 1024)
    before = files_in(disk)
    with pytest.raises(StorageTrouble) as trouble:
        backups.restore_over(file, live)
    told(trouble)
    assert files_in(disk) == before
    filler.unlink()
    assert backups.restore_over(file, live) is not None


def test_keeping_unsaved_words(disk: Path, house: Programme) -> None:
    """The same disk refuses them too; the first ones kept stay kept."""
    item = recovery.UnsavedText(field="note", text="first", at=NOW, dealership="Autohaus Beispiel")
    recovery.keep_unsaved(house.workspace, (item,))
    filler = fill(disk)
    with pytest.raises(StorageTrouble) as trouble:
        recovery.keep_unsaved(house.workspace, (item, replace(item, text=WORDS * 200)))
    told(trouble)
    assert recovery.unsaved_texts(house.workspace) == (item,)
    filler.unlink()


def test_closing_and_opening(disk: Path, house: Programme) -> None:
    """What cannot be folded into the database stays in the journal and is there the next time."""
    for number in range(40):
        ratings.write_note(house.workspace, house.assessment.id, PRICE, text=f"{number} {WORDS}")
    filler = fill(disk)
    house.workspace.close()
    with open_workspace(house.workspace.folder, is_for_reading=True) as reading, reading.reading() as reader:
        assert reader.ratings(house.assessment.id)[PRICE].note.startswith("39 ")
    filler.unlink()
    with open_workspace(house.workspace.folder) as again:
        assert verify_workspace(again).is_genuine
        ratings.write_note(again, house.assessment.id, PRICE, text="goes on")


def test_making_a_workspace(disk: Path) -> None:
    filler = fill(disk, but=60 * 1024)
    with pytest.raises(StorageTrouble) as trouble:
        create_workspace(disk / "new")
    told(trouble)
    assert sorted(path.name for path in disk.iterdir()) == ["filler"]
    filler.unlink()
    create_workspace(disk / "new").close()


LIMITED = """
import resource, signal, sys
from pathlib import Path
from qma_app.domain.ids import AssessmentId, CheckpointId, EngagementId
from qma_app.domain.finding import FindingGrade
from qma_app.errors import StorageTrouble
from qma_app.services import evidence, ratings, workbooks
from qma_app.services.log import verify_workspace
from qma_app.services.workspace import open_workspace
folder, assessment, engagement, checkpoint = sys.argv[1:]
where = AssessmentId(assessment), CheckpointId(checkpoint)
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
workspace = open_workspace(Path(folder))

def attempt(what, *args, **named):
    try:
        what(workspace, *args, **named)
        print("done", flush=True)
    except StorageTrouble as error:
        print(error.code, flush=True)

def all_three(words):
    attempt(ratings.write_note, *where, text=words * 50_000)
    attempt(evidence.add_evidence, engagement_id=EngagementId(engagement), data=words.encode() * 100_000, name="list.txt")
    attempt(workbooks.make_workbook, "assessment", target=Path(folder).parent / "a.xlsx")

with workspace.reading() as reader:
    before = reader.log_head()
resource.setrlimit(resource.RLIMIT_FSIZE, (8192, resource.RLIM_INFINITY))
all_three("x")
with workspace.reading() as reader:
    print(reader.log_head() == before, flush=True)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
all_three("y")
print(verify_workspace(workspace).is_genuine, flush=True)
workspace.close()
"""


def test_a_limit_on_file_sizes_is_told_alike_where_no_disk_can_be_filled(programme: Programme) -> None:
    """Says the same on a system where a test may not mount a disk of its own."""
    folder = programme.workspace.folder
    programme.workspace.close()
    with child(LIMITED, folder, programme.assessment.id, programme.engagement.id, PRICE) as process:
        said, _errors = process.communicate(timeout=60)
    *refused, is_unchanged = said.split()[:4]
    assert set(refused) <= {"disk.full", "disk.fault"}
    assert is_unchanged == "True"
    assert said.split()[4:] == ["done", "done", "done", "True"]
    assert [name for name in files_in(folder) if ".tmp" in name] == []
