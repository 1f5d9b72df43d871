"""A step back or forward changes nothing that was signed or locked meanwhile, and leaves no programme in two states at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from qma_app.domain.charter import Charter
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import ProcessId
from qma_app.domain.people import Person
from qma_app.domain.process_owner import ProcessOwner
from qma_app.domain.promise import Promise
from qma_app.domain.target import Gain, Target
from qma_app.domain.visit import AgendaItem, Signature, Visit, VisitNote, VisitState
from qma_app.errors import QmaError
from qma_app.services import charters, promises, visit_notes, visits
from qma_app.services.engagements import end_engagement, name_leaders, take_up_engagement
from qma_app.services.gates import pass_gate
from qma_app.services.people import add_person, remove_person
from qma_app.services.process_owners import name_owner
from qma_app.services.setting_up import begin_engagement
from qma_app.services.targets import add_target, change_target, lock_targets, remove_target
from qma_app.services.undoing import redo, undo
from tests.services import planned
from tests.services.visiting import MONDAY, House, make_house, refused

pytest_plugins = ["tests.services.visiting_fixtures"]

SIGNED = Signature(
    name="Paul Principal",
    function="Principal",
    strokes=((0, 0, 10, 10),),
    signed_at=datetime(2026, 3, 2, 16, tzinfo=UTC),
)


def kpis(house: House) -> list[str]:
    with house.workspace.reading() as reader:
        return list(reader.edition(house.engagement.edition).kpis)


def targets(house: House) -> list[Target]:
    names = kpis(house)
    return [
        add_target(house.workspace, house.engagement.id, gain=gain, kpi=names[place], goal=Decimal(80)).made(
            Target
        )
        for place, gain in enumerate(Gain)
    ]


def held(house: House) -> Visit:
    """A visit closed, not signed yet."""
    visit = house.plan(MONDAY)
    house.clock.put(MONDAY, 9)
    visits.start_visit(house.workspace, visit.id)
    house.clock.put(MONDAY, 15)
    visits.close_visit(house.workspace, visit.id)
    return house.now(visit.id)


def sign(house: House, visit: Visit) -> Any:
    return visits.sign_visit(house.workspace, visit.id, SIGNED)


class TestLockedTargets:
    """Once locked, no step back or forward changes a target."""

    def test_neither_a_change_nor_a_target_is_taken_back(self, house: House) -> None:
        made = targets(house)
        extra = add_target(
            house.workspace, house.engagement.id, gain=Gain.STAFF, kpi=kpis(house)[5], goal=Decimal(3)
        )
        changed = change_target(house.workspace, made[0].id, goal=Decimal(70))
        lock_targets(house.workspace, house.engagement.id, on=date(2026, 2, 2))
        for step in (extra, changed):
            with refused("targets.locked"):
                undo(house.workspace, step)
        assert house.get(Target, made[0].id).goal == Decimal(70)

    def test_a_removed_one_does_not_come_back(self, house: House) -> None:
        made = targets(house)
        extra = add_target(
            house.workspace, house.engagement.id, gain=Gain.STAFF, kpi=kpis(house)[5], goal=Decimal(3)
        )
        undo(house.workspace, extra)
        again = add_target(
            house.workspace, house.engagement.id, gain=Gain.STAFF, kpi=kpis(house)[5], goal=Decimal(4)
        ).made(Target)
        with pytest.raises(QmaError):
            redo(house.workspace, extra)
        remove_target(house.workspace, again.id)
        lock_targets(house.workspace, house.engagement.id, on=date(2026, 2, 2))
        with refused("targets.locked"):
            redo(house.workspace, extra)
        assert len(house.all(Target)) == len(made)

    def test_they_are_not_locked_again_where_one_is_lacking(self, house: House) -> None:
        made = targets(house)
        locked = lock_targets(house.workspace, house.engagement.id, on=date(2026, 2, 2))
        undo(house.workspace, locked)
        remove_target(house.workspace, made[0].id)
        with refused("targets.incomplete"):
            redo(house.workspace, locked)


class TestSignedMinutes:
    """What stands in signed minutes stays until the visit is reopened with a reason."""

    def test_nothing_at_the_visit_is_taken_back(self, house: House) -> None:
        visit = held(house)
        workspace, id = house.workspace, visit.id
        item = visits.add_item(workspace, id, "Look at the board")
        note = visit_notes.note(workspace, house.engagement.id, "All tidy", visit_id=id)
        changed = visit_notes.change_note(workspace, note.made(VisitNote).id, words="Untidy")
        promise = promises.make_promise(
            workspace, house.engagement.id, what="A tester", who="Paul", due_on=None, visit_id=id
        )
        ticked = visits.tick_item(workspace, item.made(AgendaItem).id, outcome="seen")
        sign(house, visit)
        for step in (ticked, promise, changed):
            with refused("visit.signed"):
                undo(workspace, step)
        kept = promises.keep_promise(workspace, promise.made(Promise).id)
        undo(workspace, kept)

    def test_a_signature_goes_by_reopening_only(self, house: House) -> None:
        visit = held(house)
        signed = sign(house, visit)
        with refused("visit.signed"):
            undo(house.workspace, signed)
        assert house.now(visit.id).signatures

    def test_signatures_come_back_only_over_the_same_minutes(self, house: House) -> None:
        visit = held(house)
        sign(house, visit)
        reopened = visits.reopen_visit(house.workspace, visit.id, reason="A name is wrong")
        undo(house.workspace, reopened)
        assert house.now(visit.id).signatures
        reopened = visits.reopen_visit(house.workspace, visit.id, reason="A name is wrong")
        visit_notes.note(house.workspace, house.engagement.id, "Added later", visit_id=visit.id)
        with refused("visit.changed-since"):
            undo(house.workspace, reopened)
        assert not house.now(visit.id).signatures

    def test_a_finding_made_of_a_note_can_still_be_taken_back(self, house: House) -> None:
        visit = held(house)
        note = visit_notes.note(house.workspace, house.engagement.id, "All tidy", visit_id=visit.id)
        sign(house, visit)
        made = visit_notes.note_to_finding(house.workspace, note.made(VisitNote).id)
        undo(house.workspace, made)


def test_a_promise_on_a_signed_charter_stays(house: House) -> None:
    charter = charters.write_charter(house.workspace, house.engagement.id, aim="Price first")
    promise = promises.make_promise(
        house.workspace,
        house.engagement.id,
        what="Time",
        who="Paul",
        due_on=None,
        charter_id=charter.made(Charter).id,
    )
    charters.sign_charter(house.workspace, house.engagement.id, on=date(2026, 2, 2), by="Paul")
    with refused("promise.signed"):
        undo(house.workspace, promise)


class TestGatesInTheirOrder:
    """No step leaves a later gate passed before an earlier one."""

    @pytest.fixture
    def planned_house(self, tmp_path: Path) -> Iterator[planned.House]:
        with planned.a_house(tmp_path / "p") as house:
            house.plan()
            yield house

    def test_an_earlier_one_is_not_taken_back_under_a_later_one(self, planned_house: planned.House) -> None:
        first, second = planned_house.phases()[:2]
        one = pass_gate(planned_house.workspace, first.id, reason="so")
        two = pass_gate(planned_house.workspace, second.id, reason="so")
        with refused("gate.order"):
            undo(planned_house.workspace, one)
        undo(planned_house.workspace, two)
        undo(planned_house.workspace, one)
        with refused("gate.order"):
            redo(planned_house.workspace, two)
        redo(planned_house.workspace, one)
        redo(planned_house.workspace, two)
        assert all(one.is_passed for one in planned_house.phases()[:2])


class TestOneAtATime:
    """One visit runs for a coach, one programme in a house."""

    def test_a_second_clock_is_not_started_by_a_step_back(self, house: House) -> None:
        first, second = house.plan(MONDAY), house.plan(date(2026, 3, 3))
        house.clock.put(MONDAY, 9)
        visits.start_visit(house.workspace, first.id)
        paused = visits.pause_visit(house.workspace, first.id)
        visits.start_visit(house.workspace, second.id)
        with refused("visit.other-runs"):
            undo(house.workspace, paused)
        assert [one.number for one in house.all(Visit) if one.state is VisitState.RUNNING] == [2]

    def test_a_second_programme_does_not_run(self, house: House) -> None:
        ended = end_engagement(house.workspace, house.engagement.id, on=date(2026, 2, 2), reason="sold")
        begin_engagement(
            house.workspace, house.dealership.id, started_on=date(2026, 2, 2), months=12, coach_id=None
        )
        with refused("engagement.running"):
            undo(house.workspace, ended)
        assert sum(one.is_running for one in house.all(Engagement)) == 1

    def test_an_end_is_not_put_before_a_visit_held(self, house: House) -> None:
        ended = end_engagement(house.workspace, house.engagement.id, on=date(2026, 2, 2), reason="sold")
        undo(house.workspace, ended)
        held(house)
        with refused("engagement.days-held"):
            redo(house.workspace, ended)


class TestPeopleWhoLeft:
    """Nobody in the bin answers for anything again."""

    def test_a_step_back_names_nobody_who_left(self, house: House) -> None:
        with house.workspace.reading() as reader:
            process: ProcessId = next(iter(reader.edition(house.engagement.edition).processes))
        ada, ben = (
            add_person(house.workspace, name=name, dealership_id=house.dealership.id).made(Person)
            for name in ("Ada", "Ben")
        )
        name_owner(house.workspace, house.engagement.id, process, owner_id=ada.id)
        changed = name_owner(house.workspace, house.engagement.id, process, owner_id=ben.id)
        remove_person(house.workspace, ada.id)
        with pytest.raises(QmaError):
            undo(house.workspace, changed)
        assert house.all(ProcessOwner)[0].owner_id == ben.id

    def test_somebody_who_answers_for_a_process_is_not_unmade(self, house: House) -> None:
        with house.workspace.reading() as reader:
            process: ProcessId = next(iter(reader.edition(house.engagement.edition).processes))
        added = add_person(house.workspace, name="Ada", dealership_id=house.dealership.id)
        name_owner(house.workspace, house.engagement.id, process, owner_id=added.made(Person).id)
        with pytest.raises(QmaError):
            undo(house.workspace, added)

    def test_a_coach_who_left_coaches_nothing_that_lies_ahead(self, house: House) -> None:
        visit, done = house.plan(date(2026, 4, 1)), held(house)
        left = remove_person(house.workspace, house.coach.id)
        assert house.get(Engagement, house.engagement.id).coach_id is None
        assert house.now(visit.id).coach_id is None
        assert house.now(done.id).coach_id == house.coach.id
        undo(house.workspace, left)
        assert house.get(Engagement, house.engagement.id).coach_id == house.coach.id

    def test_a_programme_taken_up_again_has_no_leader_who_left(self, house: House) -> None:
        paul = add_person(house.workspace, name="Paul", dealership_id=house.dealership.id).made(Person)
        name_leaders(
            house.workspace, house.engagement.id, principal_id=paul.id, officer_id=paul.id, officer_percent=20
        )
        end_engagement(house.workspace, house.engagement.id, on=date(2026, 2, 2), reason="sold")
        remove_person(house.workspace, paul.id)
        remove_person(house.workspace, house.coach.id)
        take_up_engagement(house.workspace, house.engagement.id)
        now = house.get(Engagement, house.engagement.id)
        assert (now.principal_id, now.officer_id, now.officer_percent, now.coach_id) == (None,) * 4


def test_a_visit_is_not_unmade_under_what_was_noted_at_it(house: House) -> None:
    planned_visit = visits.plan_visit(house.workspace, house.engagement.id, planned_on=MONDAY)
    visit = planned_visit.made(Visit)
    noted = visit_notes.note(house.workspace, house.engagement.id, "Bring the list", visit_id=visit.id)
    with pytest.raises(QmaError):
        undo(house.workspace, planned_visit)
    undo(house.workspace, noted)
    undo(house.workspace, planned_visit)
    with pytest.raises(QmaError):
        redo(house.workspace, noted)


def test_the_second_house_has_its_own_clock(house: House) -> None:
    other = make_house(house.workspace, house.clock, "Autohaus Zwei")
    mine, theirs = house.plan(MONDAY), other.plan(date(2026, 3, 3))
    house.clock.put(MONDAY, 9)
    visits.start_visit(house.workspace, mine.id)
    paused = visits.pause_visit(house.workspace, mine.id)
    visits.start_visit(house.workspace, theirs.id)
    undo(house.workspace, paused)
