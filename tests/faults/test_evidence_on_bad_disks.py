"""A disk that is full or does not keep what was written costs no evidence: clear words, nothing half, and a second try works."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qma_app.domain.evidence import Evidence, EvidenceLink, Mark, MarkKind
from qma_app.errors import StorageTrouble
from qma_app.services import evidence
from qma_app.services.evidence_intake import Intake, NamedFile, add_evidence_files
from qma_app.services.evidence_marks import mark_photo
from qma_app.services.evidence_places import Place
from qma_app.services.log import verify_workspace
from qma_app.services.workspace import open_workspace
from qma_app.storage import evidence_files
from qma_app.storage.atomic_files import write_file_atomically
from tests.exchange.pictures import a_photo
from tests.faults.houses import a_house, files_in
from tests.services.conftest import PRICE, Programme
from tests.storage.faults import fill, small_disk

PHOTOS = [NamedFile(name=f"bay {number}.jpg", data=a_photo(1800, 1200 + number)) for number in range(6)]
BLUR = Mark(kind=MarkKind.BLUR, x=0, y=0, width=9000, height=9000)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    with small_disk(tmp_path / "disk", 8) as disk:
        yield disk


@pytest.fixture
def house(disk: Path) -> Iterator[Programme]:
    house = a_house(disk / "w")
    yield house
    house.workspace.close()


def add_all(house: Programme) -> Intake:
    place = Place(assessment_id=house.assessment.id, checkpoint_id=PRICE)
    return add_evidence_files(
        house.workspace, engagement_id=house.engagement.id, files=PHOTOS, place=place, workers=2
    )


def rows(house: Programme) -> int:
    with house.workspace.reading() as reader:
        every = reader.all(Evidence)
        assert len(reader.all(EvidenceLink)) == len(every)
    for item in every:
        assert all(house.workspace.store.evidence.get(digest) for digest in item.digests())
    return len(every)


@pytest.mark.parametrize("space", [0, 40 * 1024, 120 * 1024, 200 * 1024])
def test_several_photos(disk: Path, house: Programme, space: int) -> None:
    filler = fill(disk, but=space)
    result = add_all(house)
    (refused,) = result.refused
    assert isinstance(refused.error, StorageTrouble)
    assert refused.error.code == "disk.full"
    assert "space" in refused.error.way_out
    assert len(result.taken) + 1 + len(result.left) == len(PHOTOS)
    assert rows(house) == len(result.taken)
    assert [name for name in files_in(disk) if ".tmp" in name] == []
    filler.unlink()
    again = add_all(house)
    assert (len(again.known), len(again.taken)) == (len(result.taken), len(PHOTOS) - len(result.taken))
    assert rows(house) == len(PHOTOS)
    assert verify_workspace(house.workspace).is_genuine


def test_marking_and_revising(disk: Path, house: Programme) -> None:
    item = add_all(house).taken[0]
    filler = fill(disk)
    for attempt in (
        lambda: mark_photo(house.workspace, item.id, [BLUR]),
        lambda: evidence.revise_evidence(house.workspace, item.id, data=b"a;b\n" * 9000, name="a.csv"),
    ):
        with pytest.raises(StorageTrouble) as trouble:
            attempt()
        assert trouble.value.code == "disk.full"
        with house.workspace.reading() as reader:
            assert reader.get(Evidence, item.id) == item
    assert rows(house) == len(PHOTOS)
    filler.unlink()
    assert mark_photo(house.workspace, item.id, [BLUR])
    assert evidence.revise_evidence(house.workspace, item.id, data=b"a;b\n" * 9000, name="a.csv")


@pytest.mark.parametrize("failing", [1, 2, 3])
def test_a_file_that_does_not_read_back_has_no_row(
    programme: Programme, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    write, count = write_file_atomically, 0

    def badly(path: Path, content: bytes, **options: bool) -> None:
        nonlocal count
        count += 1
        write(path, bytes(len(content)) if count == failing else content, **options)

    with monkeypatch.context() as patch:
        patch.setattr(evidence_files, "write_file_atomically", badly)
        with pytest.raises(StorageTrouble) as trouble:
            evidence.add_evidence(
                programme.workspace,
                engagement_id=programme.engagement.id,
                data=PHOTOS[0].data,
                name=PHOTOS[0].name,
            )
    assert trouble.value.code == "evidence.not-as-written"
    assert rows(programme) == 0
    programme.workspace.close()
    with open_workspace(programme.workspace.folder) as again:
        assert again.store.evidence.digests() == ()
