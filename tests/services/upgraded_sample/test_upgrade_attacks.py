"""The whole shipped standard is edited as keepers do, and the sample's second dealership goes over to it: nothing of before moves."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from qma_app.domain.applicability import applicable_checkpoints, premises_of
from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.dealership import Dealership
from qma_app.domain.edition import Edition
from qma_app.domain.edition_diff import ChangeKind, compare
from qma_app.domain.engagement import Engagement
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.ids import AreaId, CheckpointId
from qma_app.domain.standing import (
    assessment_result,
    edition_of_assessment,
    list_assessments,
    place_of_finding,
    standing_result,
)
from qma_app.domain.upgrade import Upgrade
from qma_app.domain.upgrade_proposals import Decision
from qma_app.errors import RuleBroken
from qma_app.services import backups
from qma_app.services.assessments import (
    complete_assessment,
    start_assessment,
)
from qma_app.services.bin import restore_from_bin
from qma_app.services.browsing_standards import forget_edition, list_editions
from qma_app.services.checklist import checklist_rows, outline
from qma_app.services.dealerships import delete_dealership
from qma_app.services.findings import draft_finding, list_findings
from qma_app.services.log import verify_path, verify_workspace
from qma_app.services.reports import make_report, report_choices
from qma_app.services.searching import search
from qma_app.services.today import today
from qma_app.services.today_reported import reported_today
from qma_app.services.undoing import undo
from qma_app.services.upgrading import preview, propose_upgrade
from qma_app.services.workbooks import make_workbook, workbook_choices
from qma_app.services.workspace import Workspace, open_workspace
from qma_app.storage.scopes import ReadingScope
from tests.exchange.shelf import HEAD
from tests.services.edited_standard import (
    ADDED,
    ARRIVED,
    CHARGER,
    CONDITIONED,
    DROPPED,
    FOLLOWER,
    HALVES,
    MOVED,
    RENAMED,
    RETIRED,
    REWORDED,
    SPLIT,
    go_over,
    heavier,
    merged_pair,
)
from tests.services.upgraded_sample.conftest import ON
from tests.settling import settle


def shown(workspace: Workspace, engagement: Engagement, papers: Path | None = None) -> dict[str, object]:
    """Everything the assessments of a programme say, papers to the byte; the head of the log that each paper names held still."""
    said: dict[str, object] = {}
    if papers is not None:
        papers.mkdir(exist_ok=True)
    with workspace.reading() as reader:
        assessments = list_assessments(reader, engagement.id)
        for one in assessments:
            said[f"A{one.number}"] = (
                assessment_result(reader, one),
                edition_of_assessment(reader, one).hash,
                checklist_rows(reader, one.id),
                outline(reader, one.id),
            )
    with mock.patch.object(ReadingScope, "log_head", return_value=HEAD):
        for one in assessments:
            if papers is None:
                break
            common: dict[str, Any] = {"dealership_id": engagement.dealership_id, "of": one.number}
            paper = make_report(workspace, "assessment", target=papers / "a.pdf", on=ON, **common)
            book = make_workbook(workspace, "assessment", target=papers / "a.xlsx", **common)
            said[f"papers of A{one.number}"] = (paper.read_bytes(), book.read_bytes())
    return said


def test_what_was_assessed_before_is_the_same_to_the_byte(
    workspace: Workspace, second: Engagement, new: Edition, tmp_path: Path
) -> None:
    before = shown(workspace, second, tmp_path / "papers")
    changes = go_over(workspace, second, new)
    assert shown(workspace, second, tmp_path / "papers") == before
    undo(workspace, changes)
    assert shown(workspace, second, tmp_path / "papers") == before
    assert verify_workspace(workspace).faults == ()


def test_the_difference_of_the_edited_standard_is_what_was_edited(old: Edition, new: Edition) -> None:
    one, other, both = merged_pair(old)
    retired = [id for id, point in old.checkpoints.items() if point.area_id == RETIRED]
    diff = compare(old, new)
    found = {
        kind: {(change.before, change.after) for change in diff.of_kind(kind)}
        for kind in ChangeKind
        if kind is not ChangeKind.SAME
    }
    assert found == {
        ChangeKind.REWORDED: {
            ((REWORDED,), (REWORDED,)),
            ((RENAMED,), (FOLLOWER,)),
            ((MOVED,), (ARRIVED,)),
            ((CONDITIONED,), (CONDITIONED,)),
            ((heavier(old),), (heavier(old),)),
        },
        ChangeKind.SPLIT: {((SPLIT,), HALVES)},
        ChangeKind.MERGED: {((one, other), (both,))},
        ChangeKind.GONE: {((id,), ()) for id in (DROPPED, *retired)},
        ChangeKind.NEW: {((), (ADDED,)), ((), (CHARGER,))},
    }


def counted_by_hand(
    edition: Edition, points: dict[CheckpointId, int | None], applicable: set[CheckpointId]
) -> tuple[dict[AreaId, Fraction], Fraction | None]:
    """Level of each rated area and their mean, in the words of the rules and no code of theirs; None = not applicable."""
    levels = {}
    for area in edition.areas:
        mine = [
            point for process in area.processes for point in process.checkpoints if point.id in applicable
        ]
        asked = [point for point in mine if points.get(point.id, 0) is not None]
        rated = [point for point in asked if point.id in points]
        if not asked or Fraction(len(rated), len(asked)) < Fraction(2, 3):
            continue
        weights = sum(point.weight for point in rated)
        levels[area.id] = Fraction(
            sum(10 * point.weight * (points[point.id] or 0) for point in rated), weights
        )
    return levels, Fraction(sum(levels.values()), len(levels)) if levels else None


def test_the_standing_is_what_a_count_by_hand_gives(
    workspace: Workspace, second: Engagement, old: Edition, new: Edition
) -> None:
    one, other, both = merged_pair(old)
    with workspace.reading() as reader:
        before = {id: rating.points for id, rating in reader.standing(second.id).items()}
        told = preview(propose_upgrade(reader, second.id, new.hash, (new,)), {HALVES[0]: Decision.CARRY})
        applied = premises_of(reader, second.dealership_id)
        assert told.before == standing_result(reader, second.id)
    assert {one, other, REWORDED, RENAMED, SPLIT, DROPPED, MOVED, CONDITIONED} <= before.keys()
    go_over(workspace, second, new, decisions={HALVES[0]: Decision.CARRY})
    expected = {id: points for id, points in before.items() if id in new.checkpoints and id != REWORDED}
    expected |= {
        FOLLOWER: before[RENAMED],
        ARRIVED: before[MOVED],
        HALVES[0]: before[SPLIT],
        both: min(before[one] or 0, before[other] or 0),
    }
    with workspace.reading() as reader:
        standing = reader.standing(second.id)
        assert {id: rating.points for id, rating in standing.items()} == expected
        assert all(rating.checkpoint_id == id for id, rating in standing.items())
        result = standing_result(reader, second.id)
    assert result == told.after
    applicable = set(applicable_checkpoints(new, applied))
    levels, overall = counted_by_hand(new, expected, applicable)
    assert {area.area_id: area.level for area in result.areas if area.is_rated} == levels
    assert result.overall == overall
    assert RETIRED not in levels
    assert CONDITIONED not in applicable or "body-shop" in applied.features


def test_findings_at_what_is_gone_stand_in_every_list_and_paper(
    workspace: Workspace, second: Engagement, old: Edition, new: Edition, tmp_path: Path
) -> None:
    with workspace.writing("test.findings") as work:
        baseline = list_assessments(work, second.id)[0]
        retired = next(id for id, p in old.checkpoints.items() if p.area_id == RETIRED)
        ours = [
            work.put(
                Finding(
                    id=work.new_id(),  # type: ignore[arg-type]  # a fresh id
                    engagement_id=second.id,
                    number=100 + number,
                    grade=FindingGrade.MAJOR,
                    statement=f"Zinnober {number}",
                    checkpoint_id=id,
                    assessment_id=baseline.id if number % 2 else None,
                    seen_on=ON,
                )
            )
            for number, id in enumerate(
                (DROPPED, SPLIT, retired, RENAMED, MOVED, retired, merged_pair(old)[1])
            )
        ]
    go_over(workspace, second, new)
    everything = start_assessment(workspace, engagement_id=second.id, kind=AssessmentKind.PRE_AUDIT)
    audit = everything.made(Assessment)
    with workspace.reading() as reader:
        assert {one.id for one in ours} <= {one.id for one in list_findings(reader, second.id)}
        for one in ours:
            assert place_of_finding(reader, one) == (old, old.checkpoints[one.checkpoint_id or DROPPED])
        view = today(reader, second.dealership_id, on=ON)
        assert view.open_majors >= len(ours)
        assert reported_today(reader, view).lines
        for id in (HALVES[0], CHARGER):
            assert draft_finding(reader, audit.id, id).requirement
    hits = search(workspace, "Zinnober", dealership_id=second.dealership_id)
    assert {hit.finding_id for hit in hits} == {one.id for one in ours}
    complete_assessment(workspace, audit.id, on=ON)
    for kind in ("assessment",):
        make_report(
            workspace,
            kind,
            dealership_id=second.dealership_id,
            of=audit.number,
            on=ON,
            target=tmp_path / "x.pdf",
        )
    make_workbook(
        workspace,
        "assessment",
        dealership_id=second.dealership_id,
        of=audit.number,
        target=tmp_path / "x.xlsx",
    )
    settle(workspace, ours[0].id, note="Seen")


def test_every_paper_offered_after_an_upgrade_can_be_made(
    workspace: Workspace, second: Engagement, new: Edition, tmp_path: Path
) -> None:
    go_over(workspace, second, new)
    with workspace.reading() as reader:
        papers = [each for each in report_choices(reader, second.dealership_id) if "-" not in str(each.of)]
        books = workbook_choices(reader, second.dealership_id)
    assert "CHG" in {each.of for each in papers}
    assert "MKT" not in {each.of for each in papers}
    for each in papers:
        make_report(
            workspace,
            each.kind,
            dealership_id=second.dealership_id,
            of=each.of,
            on=ON,
            target=tmp_path / "x.pdf",
        )
    for each in books:
        make_workbook(
            workspace, each.kind, dealership_id=second.dealership_id, of=each.of, target=tmp_path / "x.xlsx"
        )


def test_a_department_report_of_a_retired_area_is_still_made(
    workspace: Workspace, second: Engagement, old: Edition, new: Edition, tmp_path: Path
) -> None:
    code = old.areas_by_id[RETIRED].code

    def made() -> bytes:
        with mock.patch.object(ReadingScope, "log_head", return_value=HEAD):
            return make_report(
                workspace,
                "assessment",
                dealership_id=second.dealership_id,
                of=code,
                on=ON,
                target=tmp_path / "x.pdf",
            ).read_bytes()

    before = made()
    go_over(workspace, second, new)
    assert made() == before


def test_an_upgraded_workspace_survives_backup_restore_and_the_bin(
    workspace: Workspace, second: Engagement, old: Edition, new: Edition, tmp_path: Path
) -> None:
    go_over(workspace, second, new)
    papers = shown(workspace, second, tmp_path / "papers")
    file = backups.back_up_now(workspace, target=tmp_path / "all.qmabackup")
    backups.restore(file, tmp_path / "elsewhere")
    with open_workspace(tmp_path / "elsewhere") as restored:
        assert shown(restored, second, tmp_path / "papers") == papers
        assert sorted(restored.store.evidence.digests()) == sorted(workspace.store.evidence.digests())
        with restored.reading() as theirs, workspace.reading() as ours:
            assert theirs.log_head() == ours.log_head()
            assert theirs.standing(second.id) == ours.standing(second.id)
            assert theirs.all(Upgrade) == ours.all(Upgrade) != ()
        assert verify_workspace(restored).is_genuine
    assert verify_path(file).is_genuine
    delete_dealership(workspace, second.dealership_id)
    assert search(workspace, "Zinnober") == ()
    assert [row.programmes for row in list_editions(workspace, ()) if row.hash == new.hash] == [0]
    with pytest.raises(RuleBroken, match="used by a programme"):
        forget_edition(workspace, new.hash)
    restore_from_bin(workspace, Dealership, second.dealership_id)
    assert shown(workspace, second).items() <= papers.items()
