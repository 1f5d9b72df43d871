"""Many files at once: each stored on its own, none lost, none passed over in silence."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from qma_app.domain.evidence import Evidence, EvidenceLink
from qma_app.domain.evidence_use import evidence_at
from qma_app.domain.ids import AssessmentId, EngagementId, FindingId
from qma_app.domain.people import Role
from qma_app.errors import ImportTrouble, NotFound, QmaError, RuleBroken, StorageTrouble
from qma_app.services import assessments, evidence, evidence_intake, evidence_keeping
from qma_app.services.evidence_intake import Intake, NamedFile, Source, add_evidence_files, files_in_folder
from qma_app.services.evidence_places import Place
from qma_app.services.log import verify_workspace
from qma_app.services.undoing import undo
from qma_app.services.working import start_working
from tests.exchange.pictures import a_photo, a_picture, encoded
from tests.services.conftest import PRICE, Programme


def some_photos(folder: Path, count: int) -> list[Path]:
    folder.mkdir(exist_ok=True)
    paths = [folder / f"bay {number}.jpg" for number in range(count)]
    for number, path in enumerate(paths):
        path.write_bytes(a_photo(400 + number, 300))
    return paths


def take(programme: Programme, files: list[Source] | list[Path], **options: object) -> Intake:
    place = Place(assessment_id=programme.assessment.id, checkpoint_id=PRICE)
    return add_evidence_files(
        programme.workspace,
        engagement_id=programme.engagement.id,
        files=files,
        **{"place": place, **options},  # type: ignore[arg-type]
    )


def stored(programme: Programme) -> tuple[Evidence, ...]:
    with programme.workspace.reading() as reader:
        return reader.all(Evidence)


def test_every_file_is_a_row_of_its_own_in_the_order_given(programme: Programme, tmp_path: Path) -> None:
    paths = some_photos(tmp_path / "in", 7)
    result = take(programme, paths, workers=3)
    assert [item.name for item in result.taken] == [path.name for path in paths]
    assert stored(programme) == result.taken
    assert len(result.changes) == 7
    assert (result.known, result.refused, result.left) == ((), (), ())
    with programme.workspace.reading() as reader:
        assert evidence_at(reader, programme.assessment.id, PRICE) == result.taken
    undo(programme.workspace, result.changes[0])
    assert [item.name for item in stored(programme)] == [path.name for path in paths[1:]]
    assert verify_workspace(programme.workspace).is_genuine


def test_one_that_cannot_be_used_is_named_and_the_others_come_in(
    programme: Programme, tmp_path: Path
) -> None:
    first, last = some_photos(tmp_path / "in", 2)
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(a_photo(900, 700)[:900])
    files: list[Source] = [
        first,
        broken,
        tmp_path / "never there.jpg",
        NamedFile(name="run.exe", data=b"MZ\x90\x00"),
        NamedFile(name="empty.jpg", data=b""),
        NamedFile(name="a.gif", data=encoded(a_picture(), "GIF")),
        NamedFile(name="list.csv", data=b"a;b\n"),
        last,
    ]
    result = take(programme, files)
    assert [item.name for item in result.taken] == ["bay 0.jpg", "list.csv", "bay 1.jpg"]
    assert [refused.name for refused in result.refused] == [
        "broken.jpg",
        "never there.jpg",
        "run.exe",
        "empty.jpg",
        "a.gif",
    ]
    for refused in result.refused:
        assert refused.error.way_out
        assert refused.name in refused.error.message
    assert result.left == ()


def test_a_file_too_large_is_not_even_read(
    programme: Programme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    large = tmp_path / "large.pdf"
    with large.open("wb") as file:
        file.truncate(40 << 20)
    monkeypatch.setattr(Path, "read_bytes", lambda path: pytest.fail(f"{path} was read"))
    result = take(programme, [large])
    assert [refused.error.code for refused in result.refused] == ["file.too-large"]
    assert "40 MB" in result.refused[0].error.message


class TestTheSameOriginal:
    """Known by its hash, told, and only tied to one more place."""

    def test_from_an_earlier_intake(self, programme: Programme, tmp_path: Path) -> None:
        paths = some_photos(tmp_path / "in", 2)
        (first,) = take(programme, paths[:1]).taken
        place = Place(assessment_id=programme.assessment.id, checkpoint_id=programme.first)
        again = take(programme, paths, place=place)
        assert [item.name for item in again.taken] == ["bay 1.jpg"]
        assert [(known.evidence.id, known.is_linked) for known in again.known] == [(first.id, True)]
        with programme.workspace.reading() as reader:
            assert len(reader.all(Evidence)) == 2
            assert len(evidence_at(reader, programme.assessment.id, programme.first)) == 2
        third = take(programme, paths[:1], place=place)
        assert [known.is_linked for known in third.known] == [False]
        assert third.changes == ()

    def test_within_one_intake_under_another_name(self, programme: Programme) -> None:
        data = a_photo(500, 400)
        files: list[Source] = [NamedFile(name=name, data=data) for name in ("a.jpg", "b.jpg", "c.jpg")]
        result = take(programme, files, workers=3)
        assert [item.name for item in result.taken] == ["a.jpg"]
        assert [known.name for known in result.known] == ["b.jpg", "c.jpg"]
        assert len(stored(programme)) == 1

    def test_is_not_decoded_again(
        self, programme: Programme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        paths = some_photos(tmp_path / "in", 1)
        take(programme, paths)
        monkeypatch.setattr(evidence_intake, "keep_file", lambda *_arguments: pytest.fail("it was decoded"))
        assert len(take(programme, paths).known) == 1

    def test_is_taken_in_anew_once_it_was_removed(self, programme: Programme, tmp_path: Path) -> None:
        paths = some_photos(tmp_path / "in", 1)
        (item,) = take(programme, paths).taken
        evidence.remove_evidence(programme.workspace, item.id)
        assert len(take(programme, paths).taken) == 1

    def test_of_another_programme_is_not_known_here(self, programme: Programme, tmp_path: Path) -> None:
        from qma_app.domain.engagement import Engagement
        from qma_app.services.dealerships import add_dealership

        paths = some_photos(tmp_path / "in", 1)
        take(programme, paths)
        other = add_dealership(programme.workspace, name="Autohaus Nachbar", country="DE").made(Engagement)
        result = add_evidence_files(programme.workspace, engagement_id=other.id, files=paths)
        assert len(result.taken) == 1


def test_a_place_that_cannot_be_written_is_refused_before_a_file_is_opened(
    programme: Programme, tmp_path: Path
) -> None:
    paths = [tmp_path / "nowhere.jpg"]
    refusals: list[tuple[type[QmaError], Place]] = [
        (NotFound, Place(finding_id=FindingId("nowhere"))),
        (NotFound, Place(assessment_id=AssessmentId("nowhere"), checkpoint_id=PRICE)),
    ]
    for error, place in refusals:
        with pytest.raises(error):
            take(programme, paths, place=place)
    with pytest.raises(NotFound):
        add_evidence_files(programme.workspace, engagement_id=EngagementId("nowhere"), files=paths)
    start_working(programme.workspace, name="Dana Muster", role=Role.DECISION_MAKER)
    with pytest.raises(RuleBroken):
        take(programme, paths)


def test_cancelling_keeps_what_was_told_and_names_the_rest(programme: Programme, tmp_path: Path) -> None:
    paths = some_photos(tmp_path / "in", 6)
    heard: list[float] = []

    def until_half(share: float) -> bool:
        heard.append(share)
        return share < 0.5

    result = take(programme, paths, progress=until_half, workers=2)
    assert heard == sorted(heard)
    assert [item.name for item in result.taken] == ["bay 0.jpg", "bay 1.jpg", "bay 2.jpg"]
    assert result.left == ("bay 3.jpg", "bay 4.jpg", "bay 5.jpg")
    assert stored(programme) == result.taken


def test_progress_ends_at_the_whole(programme: Programme, tmp_path: Path) -> None:
    heard: list[float] = []

    def hear(share: float) -> bool:
        heard.append(share)
        return True

    take(programme, some_photos(tmp_path / "in", 2), progress=hear)
    assert heard == [0.0, 0.5, 1.0]
    assert take(programme, []).taken == ()


def test_a_disk_that_fails_ends_the_intake_and_says_at_which_file(
    programme: Programme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = some_photos(tmp_path / "in", 5)
    put = programme.workspace.store.evidence.put
    calls = 0

    def failing(content: bytes) -> str:
        nonlocal calls
        calls += 1
        if calls > 7:
            raise StorageTrouble("full", code="disk.full", way_out="space", path="elsewhere")
        return put(content)

    with monkeypatch.context() as patch:
        patch.setattr(programme.workspace.store.evidence, "put", failing)
        result = take(programme, paths, workers=1)
    assert [item.name for item in result.taken] == ["bay 0.jpg", "bay 1.jpg"]
    assert [(one.name, one.error.code) for one in result.refused] == [("bay 2.jpg", "disk.full")]
    assert result.left == ("bay 3.jpg", "bay 4.jpg")
    again = take(programme, paths)
    assert (len(again.taken), len(again.known)) == (3, 2)
    assert verify_workspace(programme.workspace).is_genuine


def test_an_assessment_completed_meanwhile_ends_the_intake(programme: Programme, tmp_path: Path) -> None:
    def complete_in_between(share: float) -> bool:
        if share == 0.5:
            assessments.complete_assessment(programme.workspace, programme.assessment.id)
        return True

    result = take(programme, some_photos(tmp_path / "in", 4), progress=complete_in_between, workers=1)
    assert len(result.taken) == 2
    assert [type(one.error) for one in result.refused] == [RuleBroken]
    assert result.left == ("bay 3.jpg",)


def test_never_more_pictures_under_way_than_workers(
    programme: Programme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock, under_way, most = threading.Lock(), 0, 0
    keep = evidence_keeping.keep_file

    def counted(*arguments: object) -> object:
        nonlocal under_way, most
        with lock:
            under_way += 1
            most = max(most, under_way)
        try:
            return keep(*arguments)  # type: ignore[arg-type]
        finally:
            with lock:
                under_way -= 1

    monkeypatch.setattr(evidence_intake, "keep_file", counted)
    assert len(take(programme, some_photos(tmp_path / "in", 12), workers=2).taken) == 12
    assert most <= 2


def test_links_of_an_intake_are_one_for_each_file(programme: Programme, tmp_path: Path) -> None:
    take(programme, some_photos(tmp_path / "in", 3))
    take(programme, some_photos(tmp_path / "loose", 1), place=None)
    with programme.workspace.reading() as reader:
        assert len(reader.all(EvidenceLink)) == 3


class TestAFolder:
    """Sorted, hidden things left out, and not without an end."""

    def test_files_come_sorted_and_hidden_ones_are_left_out(self, tmp_path: Path) -> None:
        names = [
            "b.jpg",
            "A.jpg",
            "c/x.pdf",
            "c/.secret.jpg",
            ".hidden/y.jpg",
            ".z.jpg",
            "Thumbs.db",
            "d/e/f.txt",
        ]
        for name in names:
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_bytes(b"x")
        (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
        (tmp_path / "link.jpg").symlink_to(tmp_path / "b.jpg")
        found = [path.relative_to(tmp_path).as_posix() for path in files_in_folder(tmp_path)]
        assert found == ["A.jpg", "b.jpg", "c/x.pdf", "d/e/f.txt"]

    def test_more_than_two_thousand_are_refused(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(evidence_intake, "MOST_FILES", 3)
        some_photos(tmp_path, 3)
        assert len(files_in_folder(tmp_path)) == 3
        (tmp_path / "one more.txt").write_bytes(b"x")
        with pytest.raises(ImportTrouble) as trouble:
            files_in_folder(tmp_path)
        assert trouble.value.way_out

    def test_one_that_is_not_there_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(StorageTrouble) as trouble:
            files_in_folder(tmp_path / "nowhere")
        assert "nowhere" in trouble.value.message

    def test_what_is_not_supported_in_it_is_named(self, programme: Programme, tmp_path: Path) -> None:
        folder = tmp_path / "in"
        some_photos(folder, 2)
        (folder / "film.mp4").write_bytes(b"\x00\x00\x00\x18ftypisom\x00\x00\x00\x00isommp42")
        result = take(programme, list(files_in_folder(folder)))
        assert len(result.taken) == 2
        assert [one.name for one in result.refused] == ["film.mp4"]
