"""Whatever was done can be taken back and made again, but never over something newer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from qma_app.domain.assessment import AssessmentKind
from qma_app.domain.dealership import Dealership
from qma_app.domain.ids import ProcessId
from qma_app.domain.people import Person, Role
from qma_app.domain.record import Changes
from qma_app.errors import StaleEdit
from qma_app.services import assessments, dealerships, evidence, findings, people, ratings
from qma_app.services.bin import list_bin, restore_from_bin
from qma_app.services.log import verify_workspace
from qma_app.services.searching import search
from qma_app.services.undoing import merged, redo, undo
from qma_app.services.working import start_working
from qma_app.storage.rows import TABLES
from tests.services.conftest import PRICE, Programme


def state(programme: Programme) -> dict[str, object]:
    """All records by id, versions aside."""
    with programme.workspace.reading() as reader:
        return {
            record.id: [
                (name, getattr(record, name)) for name in record.__dataclass_fields__ if name != "version"
            ]
            for kind in TABLES
            for record in reader.all(kind)
        }


Edit = Callable[[Programme], Changes]

EDITS: dict[str, Edit] = {
    "rate": lambda p: ratings.rate_checkpoint(p.workspace, p.assessment.id, p.first, points=8),
    "note": lambda p: ratings.write_note(p.workspace, p.assessment.id, p.first, text="ten orders seen"),
    "process": lambda p: ratings.mark_process_not_applicable(
        p.workspace, p.assessment.id, ProcessId("service.electric-cars"), reason="none"
    ),
    "complete": lambda p: assessments.complete_assessment(p.workspace, p.assessment.id),
    "discard": lambda p: assessments.discard_assessment(p.workspace, p.assessment.id),
    "start": lambda p: assessments.start_assessment(
        p.workspace, engagement_id=p.engagement.id, kind=AssessmentKind.PROGRESS
    ),
    "finding": lambda p: findings.raise_from_checkpoint(p.workspace, p.assessment.id, PRICE),
    "dealership": lambda p: dealerships.delete_dealership(p.workspace, p.dealership.id),
    "add dealership": lambda p: dealerships.add_dealership(p.workspace, name="Zweites Haus", country="AT"),
    "site": lambda p: dealerships.add_site(p.workspace, p.dealership.id, name="Branch", features=["service"]),
    "archive": lambda p: dealerships.archive_dealership(p.workspace, p.dealership.id),
    "person": lambda p: people.add_person(p.workspace, name="R. Sample", dealership_id=p.dealership.id),
    "document": lambda p: evidence.add_evidence(
        p.workspace,
        engagement_id=p.engagement.id,
        data=b"%PDF-1.4 made up",
        name="list.pdf",
        assessment_id=p.assessment.id,
        checkpoint_id=PRICE,
    ),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
def test_every_edit_is_undone_and_redone(programme: Programme, edit: Edit) -> None:
    before = state(programme)
    changes = edit(programme)
    after = state(programme)
    assert after != before
    undo(programme.workspace, changes)
    assert state(programme) == before
    again = redo(programme.workspace, changes)
    assert {id: v for id, v in state(programme).items() if id not in _binned_now(again)} == {
        id: v for id, v in after.items() if id not in _binned_now(again)
    }
    undo(programme.workspace, changes)
    assert state(programme) == before
    assert verify_workspace(programme.workspace).is_genuine


def _binned_now(changes: Changes) -> set[str]:
    return {change.id for change in changes if change.after.deleted_at is not None}


def test_several_steps_are_taken_back_in_turn(programme: Programme) -> None:
    before = state(programme)
    done = [
        ratings.rate_checkpoint(programme.workspace, programme.assessment.id, programme.first, points=points)
        for points in (4, 6, 8)
    ]
    for changes in reversed(done):
        undo(programme.workspace, changes)
    assert state(programme) == before


def test_what_was_changed_meanwhile_is_not_overwritten(programme: Programme) -> None:
    where = (programme.workspace, programme.assessment.id, programme.first)
    first = ratings.rate_checkpoint(*where, points=4)
    ratings.rate_checkpoint(*where, points=10)
    now = state(programme)
    with pytest.raises(StaleEdit, match="cannot be taken back"):
        undo(programme.workspace, first)
    assert state(programme) == now


def test_successive_typing_is_one_step(programme: Programme) -> None:
    where = (programme.workspace, programme.assessment.id, programme.first)
    before = state(programme)
    step = ratings.write_note(*where, text="te")
    step = merged(step, ratings.write_note(*where, text="ten ord"))
    step = merged(step, ratings.write_note(*where, text="ten orders"))
    undo(programme.workspace, step)
    assert state(programme) == before
    redo(programme.workspace, step)
    rating = programme.rating(programme.first)
    assert rating is not None
    assert rating.note == "ten orders"


def test_a_deleted_dealership_comes_back_with_all_it_holds(programme: Programme) -> None:
    ratings.write_note(programme.workspace, programme.assessment.id, programme.first, text="sehr ordentlich")
    gone = dealerships.delete_dealership(programme.workspace, programme.dealership.id)
    assert len(gone.records) == 1
    assert search(programme.workspace, "ordentlich") == ()
    with programme.workspace.reading() as reader:
        assert dealerships.list_dealerships(reader) == ()
    (row,) = list_bin(programme.workspace)
    assert row.title == "Dealership Autohaus Beispiel"
    restore_from_bin(programme.workspace, row.kind, row.id)
    assert len(search(programme.workspace, "ordentlich")) == 1
    with programme.workspace.reading() as reader:
        assert reader.get(Dealership, programme.dealership.id).deleted_at is None


def test_undo_is_logged_in_the_name_of_who_did_it(programme: Programme) -> None:
    changes = start_working(programme.workspace, name="Ada Sample", role=Role.COACH)
    edit = ratings.rate_checkpoint(programme.workspace, programme.assessment.id, programme.first, points=4)
    undo(programme.workspace, edit)
    with programme.workspace.reading() as reader:
        entry = list(reader.log_entries())[-1]
    assert (entry.what, entry.who) == ("undone", changes.made(Person).id)
    assert date(2026, 11, 21) == entry.at.date()
