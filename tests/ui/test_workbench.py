"""One way for every edit: it is announced once, can be taken back, and words that fail are kept."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from qma_app.domain.assessment import Assessment
from qma_app.domain.ids import CheckpointId
from qma_app.domain.ports import Reader
from qma_app.domain.rating import Rating
from qma_app.domain.record import Changes
from qma_app.errors import QmaError, RuleBroken, StorageTrouble
from qma_app.services.ratings import rate_checkpoint, write_note
from qma_app.services.recovery import UnsavedText, keep_unsaved, unsaved_texts
from qma_app.services.working import start_working
from qma_app.services.workspace import Workspace
from tests.builders import NOW
from ui.places import Place
from ui.workbench import Workbench


@pytest.fixture
def checkpoint(workspace: Workspace, assessment: Assessment, workbench: Workbench) -> CheckpointId:
    engagement = workbench.engagement
    assert engagement is not None
    with workspace.reading() as reader:
        return next(iter(reader.edition(engagement.edition).checkpoints))


def _rating(reader: Reader, assessment: Assessment, checkpoint: CheckpointId) -> Rating | None:
    return reader.ratings(assessment.id).get(checkpoint)


def _points(bench: Workbench, assessment: Assessment, checkpoint: CheckpointId) -> int | None:
    rating = bench.read(_rating, assessment, checkpoint)
    return rating.points if rating else None


def _note(bench: Workbench, assessment: Assessment, checkpoint: CheckpointId) -> str:
    rating = bench.read(_rating, assessment, checkpoint)
    return rating.note if rating else ""


def _full_disk(workspace: Workspace, *_ids: object, **_fields: object) -> Changes:
    raise StorageTrouble("The disk is full.", code="disk.full", way_out="Make room and try again.")


def _forbidden(workspace: Workspace, *_ids: object, **_fields: object) -> Changes:
    raise RuleBroken("Not allowed.", code="rule.test")


def test_an_edit_is_announced_once_with_the_time_it_was_saved(
    workbench: Workbench, assessment: Assessment, checkpoint: CheckpointId
) -> None:
    heard: list[Changes] = []
    saved: list[object] = []
    workbench.changed.connect(heard.append)
    workbench.saved.connect(saved.append)
    changes = workbench.do(rate_checkpoint, assessment.id, checkpoint, points=8)
    assert changes is not None
    assert heard == [changes]
    assert saved == [changes.at]


def test_undo_takes_an_edit_back_and_redo_makes_it_again(
    workbench: Workbench, assessment: Assessment, checkpoint: CheckpointId
) -> None:
    workbench.do(rate_checkpoint, assessment.id, checkpoint, points=8)
    workbench.undo()
    assert _points(workbench, assessment, checkpoint) is None
    assert not workbench.can_undo
    workbench.redo()
    assert _points(workbench, assessment, checkpoint) == 8
    workbench.undo()
    assert _points(workbench, assessment, checkpoint) is None


def test_rating_the_same_checkpoint_again_is_one_step_of_undo(
    workbench: Workbench, assessment: Assessment, checkpoint: CheckpointId
) -> None:
    for points in (4, 6, 10):
        workbench.do(
            rate_checkpoint, assessment.id, checkpoint, points=points, merge_key=f"rate {checkpoint}"
        )
    workbench.undo()
    assert _points(workbench, assessment, checkpoint) is None
    assert not workbench.can_undo
    workbench.redo()
    assert _points(workbench, assessment, checkpoint) == 10


def test_typing_in_one_field_is_one_step_until_the_field_is_left(
    workbench: Workbench, assessment: Assessment, checkpoint: CheckpointId
) -> None:
    def typed(text: str) -> None:
        workbench.do(write_note, assessment.id, checkpoint, text=text, merge_key=f"note {checkpoint}")

    typed("Two")
    typed("Two orders")
    workbench.close_step()
    typed("Two orders without a price")
    workbench.undo()
    assert _note(workbench, assessment, checkpoint) == "Two orders"
    workbench.undo()
    assert _note(workbench, assessment, checkpoint) == ""


def test_another_edit_in_between_ends_the_merging(
    workbench: Workbench, assessment: Assessment, checkpoint: CheckpointId
) -> None:
    workbench.do(rate_checkpoint, assessment.id, checkpoint, points=4, merge_key="rate")
    workbench.do(write_note, assessment.id, checkpoint, text="Seen", merge_key="note")
    workbench.do(rate_checkpoint, assessment.id, checkpoint, points=6, merge_key="rate")
    workbench.undo()
    assert _points(workbench, assessment, checkpoint) == 4


def test_steps_before_an_undone_one_can_still_be_taken_back(
    workbench: Workbench, assessment: Assessment, checkpoint: CheckpointId
) -> None:
    workbench.do(rate_checkpoint, assessment.id, checkpoint, points=4)
    workbench.do(rate_checkpoint, assessment.id, checkpoint, points=8)
    workbench.undo()
    workbench.undo()
    assert _points(workbench, assessment, checkpoint) is None
    workbench.redo()
    workbench.redo()
    assert _points(workbench, assessment, checkpoint) == 8


def test_undo_jumps_to_where_the_edit_was_made_and_marks_it(
    workbench: Workbench, assessment: Assessment, checkpoint: CheckpointId
) -> None:
    here = Place(page="checklists", checkpoint_id=checkpoint)
    workbench.where = lambda: here
    workbench.do(rate_checkpoint, assessment.id, checkpoint, points=8)
    workbench.where = lambda: Place(page="today")
    jumps: list[Place] = []
    marks: list[Changes] = []
    workbench.jump_to.connect(jumps.append)
    workbench.marked.connect(marks.append)
    changes = workbench.undo()
    assert jumps == [here]
    assert marks == [changes]


def test_a_refused_edit_gives_none_and_says_why(workbench: Workbench) -> None:
    failures: list[QmaError] = []
    workbench.failed.connect(failures.append)
    assert workbench.do(_forbidden, text="words") is None
    assert [failure.code for failure in failures] == ["rule.test"]
    assert not workbench.can_undo


def test_words_that_meet_a_full_disk_are_kept_until_they_are_stored(
    workbench: Workbench, workspace: Workspace, assessment: Assessment, checkpoint: CheckpointId
) -> None:
    """A full disk costs nobody a sentence: the next start offers it."""
    _full_disk.__name__ = "write_note"
    workbench.where = lambda: Place(page="checklists", assessment_id=assessment.id, checkpoint_id=checkpoint)
    assert workbench.do(_full_disk, assessment.id, checkpoint, text="Two of ten without a price") is None
    (kept,) = unsaved_texts(workspace)
    assert (kept.field, kept.text) == ("write_note.text", "Two of ten without a price")
    assert (kept.record_id, kept.checkpoint_id) == (assessment.id, checkpoint)
    assert workbench.do(write_note, assessment.id, checkpoint, text="Two of ten without a price") is not None
    assert unsaved_texts(workspace) == ()


def test_who_is_working_is_no_step_of_undo(workbench: Workbench) -> None:
    from qma_app.domain.people import Role

    assert workbench.do(start_working, name="Ada Sample", role=Role.COACH) is not None
    assert not workbench.can_undo


def test_an_edit_that_changes_nothing_is_no_step(
    workbench: Workbench, assessment: Assessment, checkpoint: CheckpointId
) -> None:
    assert workbench.do(write_note, assessment.id, checkpoint, text="") is not None
    assert not workbench.can_undo


def test_another_workspace_begins_with_an_empty_stack(
    qtbot: QtBot, workbench: Workbench, assessment: Assessment, checkpoint: CheckpointId
) -> None:
    workbench.do(rate_checkpoint, assessment.id, checkpoint, points=8)
    workbench.use(None)
    assert not workbench.can_undo
    assert workbench.engagement is None
    with pytest.raises(StorageTrouble):
        workbench.read(_rating, assessment, checkpoint)


def test_every_edit_has_words_for_undo(workbench: Workbench) -> None:
    """The palette never offers "Undo: last edit" for an edit the services know by name."""
    import re
    from pathlib import Path

    import qma_app.services
    from ui.undo_words import NOT_UNDONE, edit_words

    folder = Path(qma_app.services.__file__).parent
    codes = {
        code
        for file in folder.rglob("*.py")
        for code in re.findall(r'\.writing\(\s*"([a-z-]+\.[a-z-]+)"', file.read_text(encoding="utf-8"))
    }
    assert len(codes) > 20
    unnamed = {
        c for c in codes if not c.startswith(NOT_UNDONE) and edit_words(Changes(what=c)) == "last edit"
    }
    assert unnamed == set()


def test_words_of_an_earlier_session_are_not_lost_to_a_new_failure(
    workbench: Workbench, workspace: Workspace, assessment: Assessment, checkpoint: CheckpointId
) -> None:
    earlier = UnsavedText(field="write_note.text", text="from yesterday", at=NOW, dealership="")
    keep_unsaved(workspace, (earlier,))
    workbench.do(_full_disk, assessment.id, checkpoint, text="from today")
    assert [kept.text for kept in unsaved_texts(workspace)] == ["from yesterday", "from today"]
