"""Making workbooks: which one is meant, and that the file is there whole or not at all."""

from __future__ import annotations

import errno
import os
from datetime import date
from pathlib import Path
from typing import Any, Self

import pytest
from openpyxl import load_workbook

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.errors import NotFound, QmaError, ReportTrouble, RuleBroken, StorageTrouble
from qma_app.exchange import WORKBOOKS, WorkbookKind
from qma_app.services.assessments import complete_assessment
from qma_app.services.dealerships import add_dealership, archive_dealership
from qma_app.services.ratings import rate_checkpoint, write_note
from qma_app.services.workbooks import make_workbook, workbook_choices, workbook_name
from qma_app.services.workspace import Workspace, create_workspace
from tests.services.conftest import PRICE, Programme


def numbers_in(path: Path) -> dict[str, Any]:
    """The facts of the first sheet by their labels, the first of each name."""
    facts: dict[str, Any] = {}
    for row in load_workbook(path)["Overview"].iter_rows(values_only=True):
        facts.setdefault(str(row[0]), row[1])
    return facts


def test_a_workbook_holds_what_was_rated(programme: Programme, tmp_path: Path) -> None:
    rate_checkpoint(programme.workspace, programme.assessment.id, PRICE, points=8)
    write_note(programme.workspace, programme.assessment.id, PRICE, text="=Seen")
    target = tmp_path / "out.xlsx"
    assert make_workbook(programme.workspace, "assessment", target=target) == target
    names, *rows = load_workbook(target)["Ratings"].iter_rows(min_row=2, values_only=True)
    row = next(
        dict(zip(names, row, strict=True)) for row in rows if row[names.index("Checkpoint id")] == PRICE
    )
    assert (row["Points"], row["Note"]) == (8, "=Seen")  # fmt: skip


def test_the_newest_completed_assessment_is_meant_unless_said_otherwise(
    programme: Programme, tmp_path: Path
) -> None:
    target = tmp_path / "out.xlsx"
    make_workbook(programme.workspace, "assessment", target=target)
    assert numbers_in(target)["Number"] == 1
    programme.start(AssessmentKind.PROGRESS)
    make_workbook(programme.workspace, "assessment", target=target)
    assert numbers_in(target)["Number"] == 2
    complete_assessment(programme.workspace, programme.assessment.id)
    make_workbook(programme.workspace, "assessment", target=target)
    assert numbers_in(target)["Number"] == 1


@pytest.mark.parametrize("of", [2, "2", "A2"])
def test_an_assessment_is_named_by_its_number(programme: Programme, tmp_path: Path, of: int | str) -> None:
    programme.start(AssessmentKind.PROGRESS)
    complete_assessment(programme.workspace, programme.assessment.id)
    make_workbook(programme.workspace, "assessment", of=of, target=tmp_path / "out.xlsx")
    assert numbers_in(tmp_path / "out.xlsx")["Number"] == 2


def test_what_is_not_there_is_named_with_what_is(programme: Programme, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"no assessment 9\. Choose one of: 1\.") as missing:
        make_workbook(programme.workspace, "assessment", of=9, target=tmp_path / "out.xlsx")
    assert missing.value.code == "assessment.unknown"
    with pytest.raises(NotFound, match=r"Choose one of: assessment") as unknown:
        make_workbook(programme.workspace, "balance", target=tmp_path / "out.xlsx")
    assert unknown.value.code == "workbook.unknown"
    assert [path.name for path in tmp_path.iterdir()] == ["w"]


def test_a_dealership_without_an_assessment_says_so(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no dealership"):
        make_workbook(workspace, "assessment", target=tmp_path / "out.xlsx")
    add_dealership(workspace, name="Autohaus Beispiel", country="DE")
    with pytest.raises(NotFound, match="no assessment yet"):
        make_workbook(workspace, "assessment", target=tmp_path / "out.xlsx")


def test_with_several_dealerships_one_must_be_named(programme: Programme, tmp_path: Path) -> None:
    second = add_dealership(programme.workspace, name="Second House", country="FR", code="FR-2")
    with pytest.raises(RuleBroken, match="FR-2"):
        make_workbook(programme.workspace, "assessment", target=tmp_path / "out.xlsx")
    make_workbook(
        programme.workspace,
        "assessment",
        dealership_id=programme.dealership.id,
        target=tmp_path / "out.xlsx",
    )
    assert numbers_in(tmp_path / "out.xlsx")["Name"] == "Autohaus Beispiel"
    archive_dealership(programme.workspace, second.records[0].after.id)  # type: ignore[arg-type]
    make_workbook(programme.workspace, "assessment", target=tmp_path / "out.xlsx")


def test_the_first_dealership_of_a_sample_is_meant(tmp_path: Path) -> None:
    with create_workspace(tmp_path / "sample", is_sample=True) as workspace:
        first = add_dealership(workspace, name="First", country="DE")
        add_dealership(workspace, name="Second", country="DE")
        with workspace.reading() as reader, pytest.raises(NotFound, match="First has no assessment"):
            workbook_name(reader, "assessment")
        assert first


def test_the_same_state_gives_the_same_bytes_and_leaves_no_trace(
    programme: Programme, tmp_path: Path
) -> None:
    with programme.workspace.reading() as reader:
        before = reader.log_head()
    one = make_workbook(programme.workspace, "assessment", target=tmp_path / "one.xlsx").read_bytes()
    two = make_workbook(programme.workspace, "assessment", target=tmp_path / "two.xlsx").read_bytes()
    assert one == two
    with programme.workspace.reading() as reader:
        assert reader.log_head() == before


def test_a_cancelled_workbook_leaves_what_was_there_before(programme: Programme, tmp_path: Path) -> None:
    target = tmp_path / "out.xlsx"
    target.write_bytes(b"before")

    def stop_half_way(share: float) -> bool:
        return share < 0.3

    with pytest.raises(ReportTrouble) as stopped:
        make_workbook(programme.workspace, "assessment", target=target, progress=stop_half_way)
    assert stopped.value.code == "workbook.cancelled"
    assert target.read_bytes() == b"before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.xlsx", "w"]


def test_a_window_may_stop_it_by_raising(programme: Programme, tmp_path: Path) -> None:
    class Cancelled(Exception):
        pass

    def stop(share: float) -> None:
        if share > 0:
            raise Cancelled

    with pytest.raises(Cancelled):
        make_workbook(programme.workspace, "assessment", target=tmp_path / "out.xlsx", progress=stop)
    assert [path.name for path in tmp_path.iterdir()] == ["w"]


@pytest.mark.parametrize("call", ["write", "fsync", "replace"])
def test_a_failing_disk_leaves_no_file(
    programme: Programme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    def fail(*_arguments: object, **_named: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    if call == "fsync":
        monkeypatch.setattr("qma_app.storage.atomic_files.os.fsync", fail)
    elif call == "replace":
        monkeypatch.setattr("qma_app.storage.atomic_files.put_in_place", fail)
    else:
        _fill_the_disk(monkeypatch, after=2_000)
    with pytest.raises(StorageTrouble) as full:
        make_workbook(programme.workspace, "assessment", target=tmp_path / "out.xlsx")
    assert full.value.code == "disk.full"
    assert [path.name for path in tmp_path.iterdir()] == ["w"]


def _fill_the_disk(monkeypatch: pytest.MonkeyPatch, *, after: int) -> None:
    """A disk with room for so many bytes of a new file."""
    real = os.fdopen

    def small(descriptor: int, mode: str) -> Any:
        file = real(descriptor, mode, buffering=0)
        return _SmallDisk(file, after)

    monkeypatch.setattr("qma_app.storage.atomic_files.os.fdopen", small)


class _SmallDisk:
    def __init__(self, file: Any, room: int) -> None:
        self._file, self._room = file, room

    def write(self, data: Any) -> int:
        self._room -= len(data)
        if self._room < 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return int(self._file.write(data))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._file.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def test_a_folder_that_is_not_there_is_named(programme: Programme, tmp_path: Path) -> None:
    with pytest.raises(QmaError) as gone:
        make_workbook(programme.workspace, "assessment", target=tmp_path / "no" / "out.xlsx")
    assert gone.value.code == "disk.gone"


def test_the_choices_begin_with_the_newest(programme: Programme) -> None:
    programme.start(AssessmentKind.PROGRESS)
    with programme.workspace.reading() as reader:
        choices = workbook_choices(reader, programme.dealership.id)
    about_one = [choice for choice in choices if isinstance(choice.of, int)]
    assert [(choice.kind, choice.of, choice.is_open) for choice in about_one] == [
        (kind.key, number, True) for kind in WORKBOOKS if isinstance(kind, WorkbookKind) for number in (2, 1)
    ]
    assert choices[0].label == "2 Progress assessment, 21 Nov 2026"
    assert choices[0].title == "Assessment workbook"


def test_the_name_of_the_file_says_what_it_is(programme: Programme) -> None:
    with programme.workspace.reading() as reader:
        assert workbook_name(reader, "assessment") == (
            "Autohaus_Beispiel_Assessment_workbook_A1_2026-11-21.xlsx"
        )


def test_a_name_with_signs_is_still_a_file_name(workspace: Workspace) -> None:
    changes = add_dealership(workspace, name="../A/S & \\Söhne: " + "x" * 200, country="DK")
    from qma_app.domain.engagement import Engagement
    from qma_app.services.assessments import start_assessment

    start_assessment(workspace, engagement_id=changes.made(Engagement).id, kind=AssessmentKind.BASELINE)
    with workspace.reading() as reader:
        name = workbook_name(reader, "assessment")
    assert name.startswith("A_S_Söhne_xxx")
    assert name.endswith("x_Assessment_workbook_A1_2026-11-21.xlsx")
    assert len(name) < 110


def test_the_words_come_in_the_language_asked_for(programme: Programme, tmp_path: Path) -> None:
    make_workbook(programme.workspace, "assessment", language="ar", target=tmp_path / "out.xlsx")
    assert load_workbook(tmp_path / "out.xlsx").worksheets[0].sheet_view.rightToLeft


def test_an_assessment_in_the_bin_is_not_offered(programme: Programme) -> None:
    from qma_app.services.assessments import discard_assessment

    second: Assessment = programme.start(AssessmentKind.PROGRESS)
    discard_assessment(programme.workspace, second.id)
    with programme.workspace.reading() as reader:
        choices = workbook_choices(reader, programme.dealership.id)
    assert [choice.of for choice in choices if choice.kind == "assessment"] == [1]


def test_the_workbook_of_the_programme_is_offered_once_and_named_by_the_last_change(
    programme: Programme, tmp_path: Path
) -> None:
    with programme.workspace.reading() as reader:
        (choice,) = (
            one for one in workbook_choices(reader, programme.dealership.id) if one.kind == "programme"
        )
        name = workbook_name(reader, "programme", of=choice.of)
    assert (choice.title, choice.of, choice.is_open) == ("Programme workbook", "", False)
    assert name == "Autohaus_Beispiel_Programme_workbook_2026-11-21.xlsx"
    make_workbook(programme.workspace, choice.kind, of=choice.of, target=tmp_path / name)
    assert "Next steps" in load_workbook(tmp_path / name).sheetnames


def test_a_programme_workbook_speaks_of_today_unless_a_day_is_named(
    programme: Programme, tmp_path: Path
) -> None:
    titles = []
    for on in (None, date(2027, 2, 1)):
        make_workbook(programme.workspace, "programme", on=on, target=tmp_path / "out.xlsx")
        titles.append(load_workbook(tmp_path / "out.xlsx")["Overview"]["A1"].value)
    assert titles == [f"Autohaus Beispiel · Programme · {day}" for day in ("21 Nov 2026", "1 Feb 2027")]
