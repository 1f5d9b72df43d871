"""What was seen stays as it was seen: encrypted, proven on each reading, stored once."""

from __future__ import annotations

import hashlib
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from qma_app.errors import NotFound, StorageTrouble
from qma_app.storage import evidence_files
from qma_app.storage.atomic_files import half_written_beside, write_file_atomically
from qma_app.storage.evidence_files import HEADER, EvidenceFiles, sealed
from tests.storage.faults import child, fill, flips, killed_after, small_disk

KEY = bytes(range(32))
PHOTO = b"a photo of the workshop " * 200


@pytest.fixture
def evidence(tmp_path: Path) -> EvidenceFiles:
    return EvidenceFiles(tmp_path / "evidence", KEY)


def file_of(evidence: EvidenceFiles, digest: str) -> Path:
    return evidence.folder / digest[:2] / f"{digest}.bin"


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def code_of(evidence: EvidenceFiles, digest: str) -> str:
    with pytest.raises((NotFound, StorageTrouble)) as refused:
        evidence.get(digest)
    assert digest in refused.value.message
    assert refused.value.way_out
    return refused.value.code


def test_what_is_put_comes_back_under_its_own_hash(evidence: EvidenceFiles) -> None:
    digest = evidence.put(PHOTO)
    assert digest == hashlib.sha256(PHOTO).hexdigest()
    assert evidence.get(digest) == PHOTO
    assert evidence.has(digest)
    assert evidence.digests() == (digest,)
    assert evidence.size() == file_of(evidence, digest).stat().st_size
    assert evidence.get(evidence.put(b"")) == b""


def test_nothing_can_be_read_on_the_disk(evidence: EvidenceFiles) -> None:
    content = file_of(evidence, evidence.put(PHOTO)).read_bytes()
    assert content.startswith(HEADER)
    assert b"workshop" not in content
    assert sealed(PHOTO, "d", KEY) != sealed(PHOTO, "d", KEY)


def test_the_same_content_is_stored_once(evidence: EvidenceFiles) -> None:
    file = file_of(evidence, evidence.put(PHOTO))
    before = file.read_bytes()
    evidence.put(PHOTO)
    assert file.read_bytes() == before
    assert files(evidence.folder) == [file.name]


def test_an_empty_folder_holds_nothing(evidence: EvidenceFiles) -> None:
    assert evidence.digests() == ()
    assert evidence.size() == 0
    assert evidence.verify() == {}
    assert evidence.remove_unlinked(set()) == ()


@pytest.mark.parametrize("digest", ["0" * 64, "", "../../keys", "A" * 64, "é" * 64])
def test_what_was_never_stored_is_not_found(evidence: EvidenceFiles, digest: str) -> None:
    assert not evidence.has(digest)
    assert code_of(evidence, digest) == "evidence.missing"


def test_each_flipped_byte_is_found(evidence: EvidenceFiles) -> None:
    digest = evidence.put(PHOTO)
    file = file_of(evidence, digest)
    for place, changed in flips(file.read_bytes(), 300):
        file.write_bytes(changed)
        assert code_of(evidence, digest) == "evidence.changed", place


@pytest.mark.parametrize("length", [0, 4, len(HEADER), 35, 36, -1])
def test_a_cut_off_file_is_found(evidence: EvidenceFiles, length: int) -> None:
    digest = evidence.put(PHOTO)
    file = file_of(evidence, digest)
    file.write_bytes(file.read_bytes()[:length])
    assert code_of(evidence, digest) == "evidence.changed"


def test_another_files_content_under_this_name_is_found(evidence: EvidenceFiles) -> None:
    first, second = evidence.put(PHOTO), evidence.put(b"another")
    shutil.copyfile(file_of(evidence, second), file_of(evidence, first))
    assert code_of(evidence, first) == "evidence.changed"


def test_content_sealed_under_a_hash_that_is_not_its_own_is_found(evidence: EvidenceFiles) -> None:
    digest = evidence.put(PHOTO)
    file_of(evidence, digest).write_bytes(sealed(b"forged with the key", digest, KEY))
    assert code_of(evidence, digest) == "evidence.changed"


def test_the_key_of_another_workspace_opens_nothing(evidence: EvidenceFiles) -> None:
    digest = evidence.put(PHOTO)
    assert code_of(EvidenceFiles(evidence.folder, bytes(32)), digest) == "evidence.changed"


def test_taking_it_in_again_mends_a_damaged_file(evidence: EvidenceFiles) -> None:
    digest = evidence.put(PHOTO)
    file_of(evidence, digest).write_bytes(b"damaged")
    assert evidence.put(PHOTO) == digest
    assert evidence.get(digest) == PHOTO


@pytest.mark.parametrize("harm", ["flipped", "cut", "gone", "another"])
def test_what_the_disk_did_not_keep_as_it_was_written_is_refused(
    evidence: EvidenceFiles, monkeypatch: pytest.MonkeyPatch, harm: str
) -> None:
    """A disk that says it wrote and did not: it is read back before anybody relies on it."""
    write = write_file_atomically

    def badly(path: Path, content: bytes, **options: bool) -> None:
        kept = {
            "flipped": content[:-1] + bytes([content[-1] ^ 1]),
            "cut": content[: len(content) // 2],
            "another": sealed(b"another", hashlib.sha256(PHOTO).hexdigest(), KEY),
        }
        if harm != "gone":
            write(path, kept[harm], **options)

    with monkeypatch.context() as patch:
        patch.setattr(evidence_files, "write_file_atomically", badly)
        with pytest.raises(StorageTrouble) as refused:
            evidence.put(PHOTO)
    assert refused.value.code == "evidence.not-as-written"
    assert hashlib.sha256(PHOTO).hexdigest() in refused.value.message
    assert refused.value.way_out
    assert files(evidence.folder) == []
    assert evidence.get(evidence.put(PHOTO)) == PHOTO


def test_the_check_names_what_is_damaged_and_what_is_missing(evidence: EvidenceFiles) -> None:
    whole, damaged = evidence.put(PHOTO), evidence.put(b"another")
    file_of(evidence, damaged).write_bytes(b"damaged")
    missing = "0" * 64
    broken = evidence.verify({whole, missing})
    assert {digest: error.code for digest, error in broken.items()} == {
        damaged: "evidence.changed",
        missing: "evidence.missing",
    }


def test_the_check_tells_how_far_it_is_and_stops_when_told(evidence: EvidenceFiles) -> None:
    for number in range(4):
        file_of(evidence, evidence.put(b"%d" % number)).write_bytes(b"damaged")
    shares: list[float] = []

    def until_half(share: float) -> bool:
        shares.append(share)
        return share < 0.5

    assert len(evidence.verify(progress=until_half)) == 2
    assert shares == [0, 0.25, 0.5]


def test_only_what_no_record_names_is_removed(evidence: EvidenceFiles) -> None:
    kept, orphan = evidence.put(PHOTO), evidence.put(b"its record was never written")
    half_written_beside(file_of(evidence, kept)).write_bytes(b"half")
    (evidence.folder / "notes.txt").write_bytes(b"not ours")
    (file_of(evidence, kept).parent / "notes.bin").write_bytes(b"not ours")
    assert evidence.remove_unlinked({kept, "0" * 64}) == (orphan,)
    assert evidence.digests() == (kept,)
    assert files(evidence.folder) == sorted([f"{kept}.bin", "notes.bin", "notes.txt"])


def test_a_file_in_the_wrong_place_is_nobodys(evidence: EvidenceFiles) -> None:
    digest = evidence.put(PHOTO)
    wrong = evidence.folder / ("00" if digest[:2] != "00" else "11")
    wrong.mkdir()
    file_of(evidence, digest).rename(wrong / f"{digest}.bin")
    assert evidence.digests() == ()
    assert code_of(evidence, digest) == "evidence.missing"


def test_many_who_put_the_same_at_once_store_it_once(evidence: EvidenceFiles) -> None:
    contents = [PHOTO, b"another", PHOTO * 50]
    with ThreadPoolExecutor(8) as pool:
        digests = set(pool.map(evidence.put, contents * 16))
    assert set(evidence.digests()) == digests
    assert evidence.verify(digests) == {}
    assert len(files(evidence.folder)) == 3


PUTTING = """
import sys
from pathlib import Path
from qma_app.storage.evidence_files import EvidenceFiles
evidence = EvidenceFiles(Path(sys.argv[1]), bytes(range(32)))
for number in range(100_000):
    print(evidence.put(b"%d " % number * 50_000), flush=True)
"""


def test_two_processes_may_put_the_same(evidence: EvidenceFiles) -> None:
    with child(PUTTING, evidence.folder) as first, child(PUTTING, evidence.folder) as second:
        assert first.stdout is not None
        assert second.stdout is not None
        said = {first.stdout.readline().strip() for _ in range(10)}
        said |= {second.stdout.readline().strip() for _ in range(10)}
        first.kill()
        second.kill()
    assert evidence.verify(said) == {}


@pytest.mark.parametrize("lines", [1, 5, 12])
def test_a_killed_process_loses_nothing_it_acknowledged(evidence: EvidenceFiles, lines: int) -> None:
    acknowledged = killed_after(PUTTING, lines, evidence.folder)
    assert len(acknowledged) >= lines
    assert evidence.verify(acknowledged) == {}
    removed = evidence.remove_unlinked(acknowledged)
    assert len(removed) <= 1
    assert files(evidence.folder) == sorted(f"{digest}.bin" for digest in acknowledged)


def test_a_full_disk_stores_nothing_or_all(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 2) as disk:
        evidence = EvidenceFiles(disk / "evidence", KEY)
        digest = evidence.put(PHOTO)
        filler = fill(disk, but=40_000)
        with pytest.raises(StorageTrouble) as refused:
            evidence.put(b"x" * 200_000)
        assert refused.value.code == "disk.full"
        assert files(evidence.folder) == [f"{digest}.bin"]
        filler.unlink()
        assert evidence.get(evidence.put(b"x" * 200_000)) == b"x" * 200_000
