"""Behind any entry of the change log the workspace can be read as it was, whatever was changed, deleted or taken back since."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from qma_app.domain.action import Action, ActionLink, Stage
from qma_app.domain.evidence import Evidence, EvidenceKind
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.ids import EngagementId, EvidenceId
from qma_app.domain.people import Person
from qma_app.domain.ports import LogHead, Reader
from qma_app.domain.setting import Setting
from qma_app.domain.visit import Participant, Visit
from qma_app.errors import NotFound, StorageTrouble
from qma_app.services.actions import change_action, delete_action, move_action, plan_action
from qma_app.services.assessments import complete_assessment, reopen_assessment
from qma_app.services.findings import change_finding, raise_finding
from qma_app.services.people import add_person, change_person
from qma_app.services.ratings import clear_rating, rate_checkpoint
from qma_app.services.undoing import undo
from qma_app.services.visit_conduct import note_attendance
from qma_app.services.visits import plan_visit
from qma_app.services.workspace import Workspace
from qma_app.storage.rows import TABLES
from tests.builders import GREETING, NOW
from tests.services.conftest import Programme
from tests.services.upgrades import OWN_TIME, SEATED, WALK_ROUND, a_house

Seen = dict[str, Any]


def all_of(reader: Reader, engagement_id: EngagementId) -> Seen:
    """Everything a reader tells, evidence aside, which is always told as it is now."""
    every: Seen = {kind.__name__: reader.all(kind) for kind in TABLES if kind is not Evidence}
    every["standing"] = reader.standing(engagement_id)
    every["head"] = reader.log_head()
    return every


class Witness:
    """Notes what the workspace held behind each edit, and compares what is read of these moments."""

    def __init__(self, workspace: Workspace, engagement_id: EngagementId) -> None:
        self.workspace, self.engagement_id = workspace, engagement_id
        self.seen: list[tuple[LogHead, Seen]] = []

    def do(self, *edits: Callable[[], object]) -> None:
        for edit in (lambda: None, *edits):
            edit()
            with self.workspace.reading() as reader:
                self.seen.append((reader.log_head(), all_of(reader, self.engagement_id)))

    def compare(self) -> None:
        with self.workspace.reading() as reader:
            for head, seen in self.seen:
                assert all_of(reader.as_of(head.seq), self.engagement_id) == seen


def test_every_moment_is_read_as_it_was(programme: Programme) -> None:
    workspace, mine = programme.workspace, programme.engagement.id
    finding = raise_finding(
        workspace, engagement_id=mine, statement="No price", grade=FindingGrade.MINOR
    ).made(Finding)
    action = plan_action(workspace, engagement_id=mine, what="Print it", findings=[finding.id]).made(Action)
    paul = add_person(workspace, name="Paul", dealership_id=programme.dealership.id).made(Person)
    visit = plan_visit(workspace, mine, planned_on=date(2026, 12, 7)).made(Visit)
    there = [Participant(name="Paul", at_opening=True)]
    witness = Witness(workspace, mine)

    def twice_in_one_edit() -> None:
        with workspace.writing("test.twice") as work:
            setting = work.put(Setting(id="test.twice", value="one"))  # type: ignore[arg-type]
            work.put(replace(setting, value="two"))

    def graded_and_back() -> None:
        undo(workspace, change_finding(workspace, finding.id, grade=FindingGrade.MAJOR))

    witness.do(
        lambda: change_finding(workspace, finding.id, statement="No price agreed", owner="Paul"),
        lambda: change_action(workspace, action.id, what="Print the field", due_on=date(2026, 12, 1)),
        lambda: rate_checkpoint(workspace, programme.assessment.id, programme.first, points=4),
        lambda: rate_checkpoint(workspace, programme.assessment.id, programme.first, points=8),
        lambda: note_attendance(workspace, visit.id, there),
        lambda: note_attendance(workspace, visit.id, []),
        lambda: clear_rating(workspace, programme.assessment.id, programme.first),
        twice_in_one_edit,
        graded_and_back,
        lambda: move_action(workspace, action.id, Stage.CHECK),
        lambda: change_person(workspace, paul.id, name="Pauline"),
        lambda: delete_action(workspace, action.id),
        lambda: plan_action(workspace, engagement_id=mine, what="Later", findings=[finding.id]),
        lambda: complete_assessment(workspace, programme.assessment.id),
        lambda: reopen_assessment(workspace, programme.assessment.id, reason="one more"),
    )
    witness.compare()


def test_the_standing_before_a_change_of_edition_is_read_as_it_was(workspace: Workspace) -> None:
    house = a_house(workspace)
    witness = Witness(workspace, house.engagement_id)
    witness.do(
        lambda: house.assess({GREETING: 4, OWN_TIME: 8}),
        house.upgrade,
        lambda: house.assess({SEATED: 10, WALK_ROUND: 4}),
    )
    witness.compare()


def test_what_is_asked_for_is_what_it_was_then(programme: Programme) -> None:
    """A field asked for is compared with what it held then, and what came later is not there."""
    workspace, mine = programme.workspace, programme.engagement.id
    one = raise_finding(workspace, engagement_id=mine, statement="One", grade=FindingGrade.MINOR)
    finding = one.made(Finding)
    changed = change_finding(workspace, finding.id, grade=FindingGrade.MAJOR)
    action = plan_action(workspace, engagement_id=mine, what="Later", findings=[finding.id]).made(Action)
    with workspace.reading() as reader:
        then = reader.as_of(one.seq)
        assert [found.id for found in then.all(Finding, grade=FindingGrade.MINOR)] == [finding.id]
        assert then.all(Finding, grade=frozenset({FindingGrade.MAJOR})) == ()
        assert then.fields(Finding, ("statement", "grade"), engagement_id=mine) == [
            ("One", FindingGrade.MINOR)
        ]
        assert then.find(Action, action.id, in_bin=True) is None
        assert then.all(ActionLink, action_id=action.id) == ()
        with pytest.raises(NotFound):
            then.get(Action, action.id)
        entries = then.log_entries_about({finding.id}, ("finding.",))
        assert [entry.seq for entry in entries] == [one.seq]
        assert reader.as_of(changed.seq).get(Finding, finding.id).grade is FindingGrade.MAJOR


def test_words_that_were_erased_do_not_come_back(programme: Programme) -> None:
    workspace = programme.workspace
    made = add_person(workspace, name="Paul Beispiel", dealership_id=programme.dealership.id)
    paul = made.made(Person)
    change_person(workspace, paul.id, name="erased")
    with workspace.writing("test.erased") as work:
        work._cursor.execute("DELETE FROM log_values WHERE value = 'Paul Beispiel'")
    with workspace.reading() as reader:
        assert reader.as_of(made.seq).get(Person, paul.id).name == "erased"


def test_a_picture_is_shown_as_it_may_be_shown_now(programme: Programme) -> None:
    workspace = programme.workspace
    photo = Evidence(
        id=EvidenceId("photo"),
        engagement_id=programme.engagement.id,
        kind=EvidenceKind.PHOTO,
        name="desk.jpg",
        media_type="image/jpeg",
        digest="d" * 64,
        original_digest="d" * 64,
        size=1,
        taken_in_at=NOW,
    )
    with workspace.writing("test.photo") as work:
        work.put(photo)
    seq = work.changes.seq
    with workspace.writing("test.photo-removed") as work:
        work.delete(work.get(Evidence, photo.id))
    with workspace.reading() as reader:
        assert reader.as_of(seq).all(Evidence) == ()


def test_a_damaged_entry_is_named(programme: Programme) -> None:
    workspace = programme.workspace
    seq = add_person(workspace, name="Paul").seq
    add_person(workspace, name="Petra")
    with workspace.writing("test.damaged") as work:
        work._cursor.execute("UPDATE change_log SET body = '{}' WHERE seq = ?", (seq + 1,))
    with workspace.reading() as reader, pytest.raises(StorageTrouble, match=f"Entry {seq + 1}"):
        reader.as_of(seq).all(Person)
