"""What stands after the sample went over to an edited standard, whatever is undone, reopened or rated then."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qma_app.content.releasing import next_edition
from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.edition import Edition
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import AreaId, CheckpointId
from qma_app.domain.standing import (
    assessment_result,
    edition_of_assessment,
    list_assessments,
)
from qma_app.errors import RuleBroken, StaleEdit
from qma_app.reports.collecting import collect_assessment
from qma_app.services.assessments import (
    complete_assessment,
    correct_assessment,
    discard_assessment,
    reopen_assessment,
    start_assessment,
)
from qma_app.services.bin import restore_from_bin
from qma_app.services.checklist import checklist_rows, outline
from qma_app.services.dealerships import list_dealerships
from qma_app.services.ratings import clear_rating, rate_checkpoint
from qma_app.services.today import today
from qma_app.services.undoing import redo, undo
from qma_app.services.workspace import Workspace
from tests.services.edited_standard import (
    ARRIVED,
    CHARGER,
    DROPPED,
    FOLLOWER,
    MOVED,
    RENAMED,
    REWORDED,
    go_over,
)
from tests.services.upgraded_sample.conftest import ON
from tests.services.upgrades import (
    hashed,
    with_points,
)


def shown(workspace: Workspace, engagement: Engagement) -> dict[str, object]:
    """Everything the assessments of a programme say."""
    with workspace.reading() as reader:
        return {
            f"A{one.number}": (
                assessment_result(reader, one),
                edition_of_assessment(reader, one).hash,
                checklist_rows(reader, one.id),
                outline(reader, one.id),
            )
            for one in list_assessments(reader, engagement.id)
        }


def test_an_assessment_of_an_edition_taken_back_stays_in_the_bin(
    workspace: Workspace, second: Engagement, new: Edition
) -> None:
    changes = go_over(workspace, second, new)
    progress = start_assessment(workspace, engagement_id=second.id, kind=AssessmentKind.PROGRESS).made(
        Assessment
    )
    rate_checkpoint(workspace, progress.id, CHARGER, points=8)
    discarded = discard_assessment(workspace, progress.id)
    undo(workspace, changes)
    with pytest.raises(RuleBroken, match=r"2026\.2"):
        restore_from_bin(workspace, Assessment, progress.id)
    with pytest.raises(RuleBroken, match=r"2026\.2"):
        undo(workspace, discarded)
    redo(workspace, changes)
    restore_from_bin(workspace, Assessment, progress.id)
    with workspace.reading() as reader:
        assert reader.standing(second.id)[CHARGER].points == 8


def test_what_was_rated_since_it_was_taken_back_is_not_passed_over_by_redo(
    workspace: Workspace, second: Engagement, new: Edition
) -> None:
    changes = go_over(workspace, second, new)
    undo(workspace, changes)
    progress = start_assessment(workspace, engagement_id=second.id, kind=AssessmentKind.PROGRESS).made(
        Assessment
    )
    rate_checkpoint(workspace, progress.id, MOVED, points=10)
    complete_assessment(workspace, progress.id, on=ON)
    with pytest.raises(StaleEdit):
        redo(workspace, changes)
    go_over(workspace, second, new)
    with workspace.reading() as reader:
        assert reader.standing(second.id)[ARRIVED].points == 10


def test_an_old_assessment_reopened_after_the_upgrade_moves_what_was_carried_from_it_and_no_more(
    workspace: Workspace, second: Engagement, new: Edition
) -> None:
    go_over(workspace, second, new)
    with workspace.reading() as reader:
        baseline = list_assessments(reader, second.id)[0]
        before = reader.standing(second.id)
        theirs = [id for id, rating in before.items() if rating.assessment_id == baseline.id]
    reopen_assessment(workspace, baseline.id, reason="A slip")
    wanted = {FOLLOWER: 6, theirs[0]: 4}
    rate_checkpoint(workspace, baseline.id, RENAMED, points=6)
    rate_checkpoint(workspace, baseline.id, theirs[0], points=4)
    rate_checkpoint(workspace, baseline.id, REWORDED, points=10)
    rate_checkpoint(workspace, baseline.id, DROPPED, points=10)
    with workspace.reading() as reader:
        now = reader.standing(second.id)
    moved = {id: rating.points for id, rating in now.items() if rating.points != before[id].points}
    assert moved.items() <= wanted.items()
    assert {id: now[id].points for id in wanted} == wanted
    assert now.keys() == before.keys()
    clear_rating(workspace, baseline.id, RENAMED)
    with workspace.reading() as reader:
        assert reader.standing(second.id).keys() == before.keys() - {FOLLOWER}
    area = AreaId(theirs[0].split(".")[0])
    with workspace.reading() as reader:
        scope = [one for one in reader.get(Assessment, baseline.id).scope if one != area]
    correct_assessment(workspace, baseline.id, scope=scope)
    with workspace.reading() as reader:
        assert theirs[0] not in reader.standing(second.id)


def test_a_scale_with_other_steps_asks_again_what_it_cannot_say(
    workspace: Workspace, second: Engagement, old: Edition
) -> None:
    steps = tuple(step for step in old.scale if step.points != 6)
    new = hashed(replace(next_edition(old, "2026.2"), scale=steps))
    with workspace.reading() as reader:
        before = reader.standing(second.id)
    assert {rating.points for rating in before.values()} >= {6, 8}
    changes = go_over(workspace, second, new)
    with workspace.reading() as reader:
        after = reader.standing(second.id)
    assert after == {id: rating for id, rating in before.items() if rating.points != 6}
    undo(workspace, changes)
    redo(workspace, changes)
    with workspace.reading() as reader:
        assert reader.standing(second.id) == after
        baseline = list_assessments(reader, second.id)[0]
    slip = next(
        id for id, rating in after.items() if rating.assessment_id == baseline.id and rating.points == 8
    )
    reopen_assessment(workspace, baseline.id, reason="A slip")
    rate_checkpoint(workspace, baseline.id, slip, points=6)
    with workspace.reading() as reader:
        assert reader.standing(second.id).keys() == after.keys() - {slip}


def test_the_gap_of_a_self_assessment_stays_with_its_edition(workspace: Workspace, new: Edition) -> None:
    with workspace.reading() as reader:
        dealership = list_dealerships(reader)[0].id
        (engagement,) = reader.all(Engagement, dealership_id=dealership)
        still_open = [one.id for one in list_assessments(reader, engagement.id) if one.is_open]
        assert any(line.own for line in today(reader, dealership, on=ON).areas)
    for id in still_open:
        complete_assessment(workspace, id, on=ON)

    def beside(number: int) -> object:
        with workspace.reading() as reader:
            made = {one.number: one for one in list_assessments(reader, engagement.id)}
            return collect_assessment(reader, made[number].id, on=ON).self_gaps

    before = [beside(number) for number in (3, 5, 6)]
    assert all(before)
    go_over(workspace, engagement, new)
    assert [beside(number) for number in (3, 5, 6)] == before
    with workspace.reading() as reader:
        assert not any(line.own for line in today(reader, dealership, on=ON).areas)


def test_three_editions_long_every_rating_is_still_known(
    workspace: Workspace, second: Engagement, old: Edition, new: Edition
) -> None:
    before = shown(workspace, second)
    with workspace.reading() as reader:
        first = reader.standing(second.id)
    go_over(workspace, second, new)
    again = CheckpointId("service.repair-work.torque-once-more")
    third = next_edition(new, "2026.3")
    third = hashed(
        with_points(
            third,
            [
                replace(point, id=again, replaces=(FOLLOWER,)) if point.id == FOLLOWER else point
                for point in third.checkpoints.values()
            ],
        )
    )
    go_over(workspace, second, third)
    with workspace.reading() as reader:
        standing = reader.standing(second.id)
    assert standing[again] == replace(first[RENAMED], checkpoint_id=again)
    assert standing[ARRIVED].id == first[MOVED].id
    assert REWORDED not in standing
    progress = start_assessment(workspace, engagement_id=second.id, kind=AssessmentKind.PROGRESS).made(
        Assessment
    )
    with workspace.reading() as reader:
        last = {row.checkpoint.id: row.last for row in checklist_rows(reader, progress.id)}
    points = {id: rating.points for id, rating in last.items() if rating is not None}
    assert points[again] == first[RENAMED].points
    assert points[REWORDED] == first[REWORDED].points
    assert CHARGER not in points
    rate_checkpoint(workspace, progress.id, again, points=8)
    rate_checkpoint(workspace, progress.id, CHARGER, points=8)
    complete_assessment(workspace, progress.id, on=ON)
    with workspace.reading() as reader:
        standing = reader.standing(second.id)
        assert (standing[again].points, standing[CHARGER].points) == (8, 8)
    after = shown(workspace, second)
    assert {name: after[name] for name in before} == before
