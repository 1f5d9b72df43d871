"""Holidays, the 29th of February, clocks and time zones, and what is said or planned twice."""

from __future__ import annotations

import time as clocks
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from qma_app.domain.plan import PlannedArea, PlannedPhase
from qma_app.domain.promise import Promise, PromiseState
from qma_app.domain.visit import Visit, VisitState
from qma_app.services.calendars import calendar_bytes
from qma_app.services.gates import pass_gate
from qma_app.services.journey import journey
from qma_app.services.next_steps import next_steps
from qma_app.services.plan_moving import move_phase
from qma_app.services.planning import make_plan, propose_plan
from qma_app.services.portfolio import portfolio
from qma_app.services.promises import change_promise, keep_promise
from qma_app.services.setting_up import (
    add_closing_time,
    extend_engagement,
)
from qma_app.services.undoing import undo
from qma_app.services.visit_notes import note
from qma_app.services.visits import (
    change_visit,
    close_visit,
    pause_visit,
    plan_visit,
    resume_visit,
    start_visit,
)
from tests.services.coaching_year.given import (
    ALL_SAINTS,
    BEFORE,
    LEAP_DAY,
    a_promise,
    running,
)
from tests.services.coaching_year.year import (
    START,
    Year,
    a_year,
    put_plan,
)
from tests.services.visiting import refused


def test_a_public_holiday_is_named_with_the_next_free_day_and_taken_only_despite_it(year: Year) -> None:
    with refused("visit.day") as caught:
        year.mine(plan_visit, planned_on=ALL_SAINTS)
    assert "All Saints" in caught.value.message
    assert caught.value.params["kinds"] == ("holiday",)
    assert caught.value.params["free"] == "2027-11-02"
    visit = year.mine(plan_visit, planned_on=ALL_SAINTS, despite=True).made(Visit)
    with refused("visit.day"):
        year.do(change_visit, visit.id, planned_on=date(2027, 12, 25))
    year.at(ALL_SAINTS, 9)
    year.do(start_visit, visit.id)
    year.at(ALL_SAINTS, 11)
    year.do(close_visit, visit.id, next_on=date(2027, 12, 6))
    assert year.get(Visit, visit.id).held_on == ALL_SAINTS


def test_no_proposed_visit_lies_on_a_holiday_a_weekend_or_a_closing_day(year: Year) -> None:
    first, last = date(2027, 8, 2), date(2027, 8, 20)
    year.do(add_closing_time, year.engagement.dealership_id, first_on=first, last_on=last, words="Summer")
    year.mine(put_plan)
    days = [one.planned_on for one in year.visits()]
    assert days == sorted(set(days))
    assert all(day.weekday() < 5 for day in days)
    assert not [day for day in days if first <= day <= last]
    assert not {ALL_SAINTS, date(2028, 5, 1)} & set(days)


class TestTheDayThatComesOnceInFourYears:
    """The 29th of February as a day to begin on, to visit on, and to be extended from."""

    @pytest.mark.parametrize(
        ("months", "ends"),
        [(12, date(2029, 2, 28)), (18, date(2029, 8, 29)), (48, date(2032, 2, 29)), (60, date(2033, 2, 28))],
    )
    def test_a_programme_that_begins_on_it_can_be_planned(
        self, tmp_path: Path, months: int, ends: date
    ) -> None:
        with a_year(tmp_path / "w", started_on=LEAP_DAY, months=months) as year:
            assert year.engagement.audit_due_on == ends
            assert (year.engagement.month_on(LEAP_DAY), year.engagement.month_on(date(2028, 3, 28))) == (1, 1)
            assert year.engagement.month_on(date(2028, 3, 29)) == 2
            year.mine(put_plan)
            phases = sorted(year.all(PlannedPhase), key=lambda one: one.place)
            assert phases[0].starts_on == LEAP_DAY
            assert all(
                one.ends_on + timedelta(days=1) == following.starts_on for one, following in pairwise(phases)
            )
            assert year.phase("audit").ends_on <= ends

    def test_extending_moves_the_end_to_a_day_that_is_there(self, tmp_path: Path) -> None:
        with a_year(tmp_path / "w", started_on=LEAP_DAY, months=12) as year:
            year.mine(put_plan)
            held = year.next_visit()
            year.at(held.planned_on, 9)
            year.do(start_visit, held.id)
            year.do(close_visit, held.id)
            edit = year.mine(extend_engagement, 48)
            assert year.engagement.audit_due_on == date(2032, 2, 29)
            year.mine(put_plan)
            assert year.phase("audit").ends_on <= date(2032, 2, 29)
            assert held.number in [one.number for one in year.visits() if one.state is VisitState.CLOSED]
            with refused("engagement.not-longer"):
                year.mine(extend_engagement, 48)
            undo(year.workspace, edit)
            assert year.engagement.audit_due_on == date(2029, 2, 28)

    def test_a_visit_on_it_is_held_and_stands_in_the_calendar(self, year: Year) -> None:
        visit = year.mine(plan_visit, planned_on=LEAP_DAY).made(Visit)
        with year.workspace.reading() as reader:
            written = calendar_bytes(reader, year.engagement_id, on=year.today)
        assert b"20280229T083000" in written
        year.at(LEAP_DAY, 8, 30)
        year.do(start_visit, visit.id)
        year.at(LEAP_DAY, 16)
        year.do(close_visit, visit.id)
        assert year.get(Visit, visit.id).held_on == LEAP_DAY


@pytest.fixture
def zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Puts the computer into another time zone; afterwards it is back where it was."""
    if not hasattr(clocks, "tzset"):
        pytest.skip("this system does not change the zone of a running program")

    def put(name: str) -> None:
        monkeypatch.setenv("TZ", name)
        clocks.tzset()

    yield put
    monkeypatch.undo()
    clocks.tzset()


class TestClocksAndZones:
    """A laptop that flies, and one whose clock is wrong."""

    def test_a_zone_that_changes_during_a_visit_changes_no_worked_time(
        self, planned: Year, zone: Callable[[str], None]
    ) -> None:
        zone("Europe/Berlin")
        visit = running(planned)
        zone("Pacific/Auckland")
        planned.clock.at += timedelta(hours=3)
        planned.do(pause_visit, visit.id)
        zone("America/Los_Angeles")
        planned.clock.at += timedelta(hours=1)
        planned.do(resume_visit, visit.id)
        planned.clock.at += timedelta(hours=2)
        planned.do(close_visit, visit.id)
        held = planned.get(Visit, visit.id)
        assert held.held_on == visit.planned_on
        assert round(held.worked(planned.clock.at).total_seconds() / 3600, 1) == 5.0

    def test_a_zone_that_changes_between_visits_moves_no_day(
        self, planned: Year, zone: Callable[[str], None]
    ) -> None:
        zone("Europe/Berlin")
        first = running(planned)
        planned.clock.at += timedelta(hours=8)
        planned.do(close_visit, first.id)
        before = [(one.number, one.planned_on, one.held_on) for one in planned.visits()]
        with planned.workspace.reading() as reader:
            ics = calendar_bytes(reader, planned.engagement_id, on=first.planned_on)
        zone("Pacific/Auckland")
        assert [(one.number, one.planned_on, one.held_on) for one in planned.visits()] == before
        with planned.workspace.reading() as reader:
            assert calendar_bytes(reader, planned.engagement_id, on=first.planned_on) == ics
        second = running(planned)
        assert second.held_on == second.planned_on

    def test_a_clock_set_back_during_a_visit_gives_no_negative_time(self, planned: Year) -> None:
        visit = running(planned)
        planned.at(visit.planned_on, 12)
        planned.do(pause_visit, visit.id)
        planned.do(resume_visit, visit.id)
        planned.at(visit.planned_on - timedelta(days=3), 7, is_set_back=True)
        planned.mine(note, "The clock is wrong.", visit_id=visit.id)
        planned.do(close_visit, visit.id)
        held = planned.get(Visit, visit.id)
        assert held.state is VisitState.CLOSED
        assert timedelta(hours=3, minutes=29) < held.worked(planned.clock.at) < timedelta(hours=3, minutes=31)
        assert held.held_on == visit.planned_on

    def test_a_clock_set_back_between_visits_keeps_the_story_readable(self, planned: Year) -> None:
        first = running(planned)
        planned.at(first.planned_on, 16)
        planned.do(close_visit, first.id)
        planned.at(START, 9, is_set_back=True)
        second = planned.next_visit()
        planned.do(start_visit, second.id)
        planned.do(close_visit, second.id)
        assert planned.get(Visit, second.id).held_on == START
        with planned.workspace.reading() as reader:
            assert next_steps(reader, planned.engagement_id, on=START)
            view = journey(reader, planned.engagement_id, on=first.planned_on)
        assert sum(one.state.value == "held" for one in view.visits) == 2

    def test_a_clock_set_back_before_the_programme_begins_no_visit(self, planned: Year) -> None:
        planned.at(BEFORE, 9, is_set_back=True)
        with refused("visit.before-start") as caught:
            planned.do(start_visit, planned.next_visit().id)
        assert "date and time of this computer" in caught.value.way_out
        with planned.workspace.reading() as reader:
            next_steps(reader, planned.engagement_id, on=planned.today)
            assert journey(reader, planned.engagement_id, on=planned.today).subtitle.startswith("not begun")
            portfolio(reader, on=planned.today)


def test_a_gate_is_passed_once_and_again_only_after_it_was_taken_back(planned: Year) -> None:
    phase = planned.phase("commitment")
    edit = planned.do(pass_gate, phase.id, reason="It is urgent.")
    with refused("gate.passed"):
        planned.do(pass_gate, phase.id, reason="Once more.")
    assert planned.phase("commitment").passed_reason == "It is urgent."
    undo(planned.workspace, edit)
    assert not planned.phase("commitment").is_passed
    planned.do(pass_gate, phase.id, reason="Now it counts.")
    assert planned.phase("commitment").passed_reason == "Now it counts."


def test_a_promise_changed_so_that_it_was_kept_before_it_was_made_is_refused(year: Year) -> None:
    year.at(date(2027, 4, 6))
    promise = a_promise(year, made_on=date(2027, 3, 8), due_on=date(2027, 4, 1))
    year.do(keep_promise, promise.id, on=date(2027, 3, 20))
    with refused("promise.days"):
        year.do(change_promise, promise.id, made_on=date(2027, 3, 25))
    assert year.get(Promise, promise.id).state_on(year.today) is PromiseState.KEPT


class TestAPlanMadeAgain:
    """What was held and passed stays; only what lies ahead is another."""

    def test_visits_held_and_phases_passed_stay_as_they_were(self, planned: Year) -> None:
        visit = running(planned)
        planned.at(visit.planned_on, 16)
        planned.do(close_visit, visit.id)
        planned.at(date(2027, 3, 30))
        planned.do(pass_gate, planned.phase("commitment").id, reason="so")
        paused = running(planned)
        planned.do(pause_visit, paused.id)
        passed, held = planned.phase("commitment"), planned.get(Visit, visit.id)
        kept = planned.get(Visit, paused.id)
        planned.mine(put_plan)
        planned.mine(put_plan)
        assert planned.phase("commitment") == passed
        assert planned.get(Visit, visit.id) == held
        assert planned.get(Visit, paused.id) == kept
        numbers = [one.number for one in planned.visits()]
        assert len(numbers) == len(set(numbers))
        days = [one.day for one in planned.visits()]
        assert len(days) == len(set(days))

    def test_a_proposal_from_before_a_gate_is_refused_as_stale(self, planned: Year) -> None:
        with planned.workspace.reading() as reader:
            proposal = propose_plan(reader, planned.engagement_id, waves=1, on=planned.today)
        first = planned.phase("commitment")
        planned.do(move_phase, first.id, starts_on=first.starts_on, ends_on=first.ends_on + timedelta(days=9))
        planned.do(pass_gate, first.id, reason="so")
        with refused("plan.stale"):
            planned.mine(make_plan, proposal)

    def test_undone_it_is_the_plan_of_before(self, planned: Year) -> None:
        def everything() -> list[Any]:
            found = (*planned.all(PlannedPhase), *planned.all(PlannedArea), *planned.all(Visit))
            return sorted((replace(one, version=0) for one in found), key=lambda one: one.id)

        before = everything()
        planned.at(date(2027, 4, 6))
        planned.mine(put_plan)
        undo(planned.workspace, planned.edits[-1])
        assert everything() == before
