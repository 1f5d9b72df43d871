"""An upgrade comes, goes and comes again; nothing it rests on is forgotten, changed or passed over unseen."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import date

import pytest

from qma_app.domain.assessment import AssessmentKind
from qma_app.domain.edition import EditionStatus
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.ids import EditionHash
from qma_app.domain.result import Verdict
from qma_app.domain.standing import (
    assessment_result,
    standing_result,
)
from qma_app.domain.upgrade_proposals import Decision
from qma_app.errors import NotFound, RuleBroken, StaleEdit, StorageTrouble
from qma_app.reports.collecting import collect_assessment
from qma_app.services.assessments import (
    discard_assessment,
)
from qma_app.services.browsing_standards import forget_edition
from qma_app.services.findings import raise_finding
from qma_app.services.log import verify_workspace
from qma_app.services.undoing import redo, undo
from qma_app.services.upgrading import propose_upgrade, upgrade_engagement
from qma_app.services.workspace import Workspace, open_workspace
from qma_app.storage import driver
from qma_app.storage.store import DATABASE
from tests.builders import PRICE_AGREED, STOCK_COUNT
from tests.services.upgrades import (
    WALK_ROUND,
    a_house,
    hashed,
    the_old,
)

ON = date(2026, 11, 21)


def test_no_edition_is_forgotten_that_an_upgrade_or_an_assessment_in_the_bin_names(
    workspace: Workspace,
) -> None:
    draft = hashed(replace(the_old(), status=EditionStatus.DRAFT, hash=EditionHash("")))
    house = a_house(workspace, old=draft)
    changes = house.upgrade()
    progress = house.assess({}, is_completed=False)
    discard_assessment(workspace, progress.id)
    undo(workspace, changes)
    for edition in (house.old, house.new):
        with pytest.raises(RuleBroken, match="used by a programme"):
            forget_edition(workspace, edition.hash)
    redo(workspace, changes)
    with pytest.raises(RuleBroken, match="used by a programme"):
        forget_edition(workspace, draft.hash)
    assert verify_workspace(workspace).faults == ()


def test_an_upgrade_comes_and_goes_as_often_as_wished_and_only_in_turn(workspace: Workspace) -> None:
    house = a_house(workspace)
    before = house.standing()
    first = house.upgrade()
    after = house.standing()
    third = hashed(replace(house.new, version="2026.3", hash=EditionHash("")))
    second = house.upgrade(third)
    for _turn in range(3):
        undo(workspace, second)
        undo(workspace, first)
        assert (house.standing(), house.edition) == (before, house.old.hash)
        with pytest.raises(StaleEdit):
            undo(workspace, first)
        with pytest.raises(StaleEdit):
            redo(workspace, second)
        redo(workspace, first)
        assert (house.standing(), house.edition) == (after, house.new.hash)
        redo(workspace, second)
        with pytest.raises(StaleEdit):
            redo(workspace, second)
    undo(workspace, second)
    undo(workspace, first)
    house.upgrade()
    with pytest.raises(StaleEdit, match="as it was"):
        redo(workspace, second)
    assert house.standing() == after


def test_a_desk_left_open_while_something_was_written_decides_on_what_is_there_now(
    workspace: Workspace,
) -> None:
    house = a_house(workspace)
    with workspace.reading() as reader:
        propose_upgrade(reader, house.engagement_id, house.new.hash, (house.new,))
    house.assess({WALK_ROUND: 10, PRICE_AGREED: 4})
    house.upgrade(decisions={WALK_ROUND: Decision.CARRY})
    assert (house.standing()[WALK_ROUND], house.standing()[PRICE_AGREED]) == (10, 4)
    with pytest.raises(NotFound, match="cannot go over"):
        house.upgrade()
    with open_workspace(workspace.folder, is_for_reading=True) as beside:
        with beside.reading() as reader:
            assert {
                id: r.points for id, r in reader.standing(house.engagement_id).items()
            } == house.standing()
        with pytest.raises(StorageTrouble, match="reading only"):
            upgrade_engagement(beside, house.engagement_id, to=house.new.hash, decisions={}, shipped=())


def test_an_edition_changed_outside_after_an_upgrade_is_found(workspace: Workspace) -> None:
    house = a_house(workspace)
    house.upgrade()
    with closing(driver.connect(workspace.folder / DATABASE, workspace.keys.database)) as connection:
        connection.execute(
            "UPDATE editions SET content = replace(content, '\"pass_mark\":80', '\"pass_mark\":10')"
        )
    faults = verify_workspace(workspace).faults
    assert len(faults) == 2
    assert all("does not match its hash" in fault for fault in faults)


def test_an_open_major_of_a_retired_area_still_bars_the_way_and_is_printed(workspace: Workspace) -> None:
    """Nobody closed it: what the edition has no area for any more concerns the whole house."""
    house = a_house(workspace)
    parts = next(area.id for area in house.old.areas if area.id == "parts")
    major = raise_finding(
        workspace,
        engagement_id=house.engagement_id,
        statement="Nobody counts",
        grade=FindingGrade.MAJOR,
        checkpoint_id=STOCK_COUNT,
        assessment_id=house.baseline.id,
    ).made(Finding)
    without = replace(house.new, areas=tuple(area for area in house.new.areas if area.id != parts))
    house.upgrade(hashed(replace(without, hash=EditionHash(""))))
    audit = house.assess(dict.fromkeys(without.checkpoints, 10), AssessmentKind.PRE_AUDIT)
    with workspace.reading() as reader:
        assert standing_result(reader, house.engagement_id).verdict is Verdict.CONDITIONAL
        assert assessment_result(reader, audit).verdict is Verdict.CONDITIONAL
        paper = collect_assessment(reader, audit.id, on=ON)
    assert paper.result.verdict is Verdict.CONDITIONAL
    assert [part.finding.id for part in paper.findings] == [major.id]
