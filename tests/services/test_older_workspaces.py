"""A workspace made by the version before opens with equal counts, scores and a verifying log, and works on."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from qma_app.cli import DONE, main
from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.engagement import Engagement
from qma_app.domain.record import Changes
from qma_app.domain.result import Result
from qma_app.domain.standing import (
    assessment_result,
    edition_of_assessment,
    list_assessments,
    standing_result,
)
from qma_app.errors import StorageTrouble
from qma_app.services.assessments import complete_assessment, start_assessment
from qma_app.services.log import verify_path, verify_workspace
from qma_app.services.ratings import rate_as_last_time, rate_checkpoint
from qma_app.services.standards import newest_shipped_edition
from qma_app.services.undoing import undo
from qma_app.services.upgrading import propose_upgrade, upgrade_engagement
from qma_app.services.workspace import Workspace, open_to_read, open_workspace
from qma_app.storage.schema import HEAD_REVISION

GOLDEN = Path(__file__).parents[1] / "golden" / "workspaces"
LATER = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)


@pytest.fixture(params=sorted(path.stem for path in GOLDEN.glob("*.zip")))
def told(request: pytest.FixtureRequest) -> dict[str, Any]:
    """What the version before wrote down about its workspace."""
    said: dict[str, Any] = json.loads((GOLDEN / f"{request.param}.json").read_text(encoding="utf-8"))
    return said | {"name": request.param}


@pytest.fixture
def folder(tmp_path: Path, told: dict[str, Any]) -> Path:
    with zipfile.ZipFile(GOLDEN / f"{told['name']}.zip") as packed:
        packed.extractall(tmp_path)
    return next(tmp_path.rglob("workspace.db")).parent


@pytest.fixture
def workspace(folder: Path) -> Iterator[Workspace]:
    seconds, names = count(), count(1)
    with open_workspace(
        folder,
        clock=lambda: LATER + timedelta(seconds=next(seconds)),
        new_id=lambda: f"new-{next(names)}",
    ) as workspace:
        yield workspace


def levels(result: Result) -> dict[str, Any]:
    return {
        "overall": str(result.overall),
        "areas": {area.area_id: str(area.level) for area in result.areas if area.level is not None},
    }


def engagement_in(workspace: Workspace) -> Engagement:
    with workspace.reading() as reader:
        return reader.all(Engagement)[0]


def test_nothing_is_lost_and_every_level_is_as_it_was(workspace: Workspace, told: dict[str, Any]) -> None:
    engagement = engagement_in(workspace)
    with workspace.reading() as reader:
        counts = reader.counts()
        assert {name: counts[name] for name in told["counts"]} == told["counts"]
        assert list(reader.editions()) == told["editions"]
        assessments = list_assessments(reader, engagement.id)
        found = [
            {"number": one.number, "kind": one.kind.value, **levels(assessment_result(reader, one))}
            for one in assessments
        ]
        assert found == told["assessments"]
        assert levels(standing_result(reader, engagement.id)) == told["standing"]
        named = {None} if told["revision"] == "0001" else {engagement.edition}
        assert {one.edition for one in assessments} == named
        assert {edition_of_assessment(reader, one).hash for one in assessments} == {engagement.edition}


def test_the_log_still_verifies_to_the_same_head(workspace: Workspace, told: dict[str, Any]) -> None:
    verification = verify_workspace(workspace)
    assert verification.faults == ()
    assert (verification.head.seq, verification.head.hash) == (told["log"]["seq"], told["log"]["hash"])
    assert list(verification.lines()) == told["lines"]
    assert workspace.notices == ()  # the guards of another form are no sign of tampering


def test_it_was_backed_up_and_the_file_of_before_is_kept(
    folder: Path, workspace: Workspace, told: dict[str, Any]
) -> None:
    assert list((folder / "backups").glob(f"before-{HEAD_REVISION}_*.qmabackup"))
    assert (folder / f"workspace.{told['revision']}.db").is_file()
    assert verify_path(folder).is_genuine


def test_without_leave_to_write_it_is_not_touched(folder: Path) -> None:
    before = (folder / "workspace.db").read_bytes()
    with pytest.raises(StorageTrouble) as caught:
        open_workspace(folder, is_for_reading=True)
    assert caught.value.code == "workspace.older"
    assert (folder / "workspace.db").read_bytes() == before


@pytest.mark.parametrize("told", ["draft-2026-11"], indirect=True)
def test_work_goes_on_in_it_and_over_to_the_newest_edition_and_back(
    workspace: Workspace, told: dict[str, Any]
) -> None:
    engagement = engagement_in(workspace)
    newest = newest_shipped_edition()
    with workspace.reading() as reader:
        still_open = [one.id for one in list_assessments(reader, engagement.id) if one.is_open]
    for assessment_id in still_open:
        complete_assessment(workspace, assessment_id)
    with workspace.reading() as reader:
        proposal = propose_upgrade(reader, engagement.id, newest.hash, (newest,))
        standing = reader.standing(engagement.id)
        old = list_assessments(reader, engagement.id)
    changes: Changes = upgrade_engagement(
        workspace, engagement.id, to=newest.hash, decisions={}, shipped=(newest,)
    )
    with workspace.reading() as reader:
        carried = reader.standing(engagement.id)
        assert {one.checkpoint_id for one in proposal.proposals if one.decision == "carry"} == set(carried)
        assert carried
        found = [levels(assessment_result(reader, one)) for one in old]
        assert [one["overall"] for one in found] == [one["overall"] for one in told["assessments"]]
    undo(workspace, changes)
    with workspace.reading() as reader:
        assert reader.standing(engagement.id) == standing
        assert levels(standing_result(reader, engagement.id)) == told["standing"]
    upgrade_engagement(workspace, engagement.id, to=newest.hash, decisions={}, shipped=(newest,))
    progress = start_assessment(workspace, engagement_id=engagement.id, kind=AssessmentKind.PROGRESS).made(
        Assessment
    )
    first = next(id for id, rating in carried.items() if rating.points is not None)
    rate_checkpoint(workspace, progress.id, first, points=10)
    rate_as_last_time(workspace, progress.id, first)
    with workspace.reading() as reader:
        assert reader.standing(engagement.id)[first].points == carried[first].points
    assert verify_workspace(workspace).faults == ()


@pytest.mark.parametrize(
    "words",
    [
        ("verify", "{folder}"),
        ("report", "assessment", "-w", "{folder}", "-o", "{out}.pdf"),
        ("workbook", "assessment", "-w", "{folder}", "-o", "{out}.xlsx"),
    ],
    ids=lambda words: words[0],
)
def test_the_command_line_brings_it_up_to_date_by_itself(
    folder: Path, tmp_path: Path, words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever has no window is not sent to one."""
    filled = [word.format(folder=folder, out=tmp_path / "paper") for word in words]
    assert main(filled) == DONE, capsys.readouterr().err


def test_once_up_to_date_it_is_read_beside_an_open_window(folder: Path, workspace: Workspace) -> None:
    with open_to_read(folder) as beside:
        assert beside.is_read_only
