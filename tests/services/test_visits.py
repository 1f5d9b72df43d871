"""Visits are planned on days that suit, held with a clock that never runs backwards, closed, and read-only once signed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from qma_app.domain.dealership import ClosingDay, Dealership
from qma_app.domain.ids import AreaId, ClosingDayId
from qma_app.domain.visit import AgendaItem, Participant, Signature, Visit, VisitNote, VisitState
from qma_app.errors import NotFound
from qma_app.services import visits
from qma_app.services.dealerships import delete_dealership
from qma_app.services.undoing import undo
from qma_app.services.visit_notes import note
from tests.services.visiting import MONDAY, STARTED_ON, House, make_house, refused

pytest_plugins = ["tests.services.visiting_fixtures"]

SATURDAY, GOOD_FRIDAY, NEXT = date(2026, 3, 7), date(2026, 4, 3), date(2026, 4, 8)


def signature(house: House, name: str = "Paul Principal") -> Signature:
    return Signature(name=name, function="principal", strokes=((10, 20, 30, 40),), signed_at=house.clock())


def held(house: House, day: date = MONDAY) -> Visit:
    visit = house.plan(day)
    house.clock.put(day, 8, 30)
    visits.start_visit(house.workspace, visit.id)
    house.clock.put(day, 16, 30)
    visits.close_visit(house.workspace, visit.id)
    return house.now(visit.id)


class TestPlanning:
    """A visit has a number, a day that suits, an end behind its start, and areas that there are."""

    def test_a_visit_has_the_next_number_and_the_coach_of_the_programme(self, house: House) -> None:
        first, second = house.plan(MONDAY), house.plan(NEXT)
        visits.delete_visit(house.workspace, second.id)
        third = house.plan(NEXT)
        assert [one.number for one in (first, second, third)] == [1, 2, 3]
        assert first.coach_id == house.coach.id
        assert (first.starts_at, first.ends_at, first.minutes_planned) == (time(8, 30), time(16, 30), 480)

    def test_a_day_before_the_programme_is_refused_even_despite(self, house: House) -> None:
        with refused("visit.before-start"):
            house.plan(date(2026, 1, 9), despite=True)

    @pytest.mark.parametrize(
        ("day", "kind"), [(SATURDAY, "weekend"), (GOOD_FRIDAY, "holiday"), (date(2029, 6, 4), "after-audit")]
    )
    def test_a_day_that_does_not_suit_is_named_and_can_be_taken_all_the_same(
        self, house: House, day: date, kind: str
    ) -> None:
        with refused("visit.day") as trouble:
            house.plan(day)
        assert kind in trouble.value.params["kinds"]
        free = date.fromisoformat(str(trouble.value.params["free"]))
        assert house.plan(free).planned_on == free
        assert house.plan(day, despite=True).planned_on == day

    def test_a_day_is_refused_on_which_the_house_is_closed_or_visited_already(self, house: House) -> None:
        house.plan(MONDAY)
        with refused("visit.day") as trouble:
            house.plan(MONDAY)
        assert trouble.value.params["kinds"] == ("busy",)
        with house.workspace.writing("test.closed") as work:
            work.put(
                ClosingDay(
                    id=ClosingDayId("closed"),
                    dealership_id=house.dealership.id,
                    first_on=NEXT,
                    last_on=NEXT,
                    words="stocktaking",
                )
            )
        with refused("visit.day") as trouble:
            house.plan(NEXT)
        assert "stocktaking" in str(trouble.value)

    def test_where_no_day_is_free_it_is_said_and_the_day_can_be_taken_all_the_same(
        self, house: House
    ) -> None:
        with house.workspace.writing("test.closed") as work:
            work.put(
                ClosingDay(
                    id=ClosingDayId("closed"),
                    dealership_id=house.dealership.id,
                    first_on=STARTED_ON,
                    last_on=date(2032, 1, 1),
                )
            )
        with refused("visit.day") as trouble:
            house.plan(MONDAY)
        assert trouble.value.params["free"] == ""
        house.plan(MONDAY, despite=True)

    def test_the_leap_day_is_a_day_like_others(self, house: House) -> None:
        assert house.plan(date(2028, 2, 29), despite=True).planned_on == date(2028, 2, 29)

    def test_an_end_that_is_not_behind_the_start_is_refused(self, house: House) -> None:
        with refused("visit.times"):
            house.plan(MONDAY, starts_at=time(9), ends_at=time(9))
        visit = house.plan(MONDAY)
        with refused("visit.times"):
            visits.change_visit(house.workspace, visit.id, ends_at=time(8))
        assert house.now(visit.id) == visit

    def test_areas_and_coach_must_be_there(self, house: House) -> None:
        with refused("visit.area"):
            house.plan(MONDAY, areas=(AreaId("bakery"),))
        with pytest.raises(NotFound):
            house.plan(MONDAY, coach_id="nobody")
        visit = house.plan(MONDAY, areas=(AreaId("service"), AreaId("service")))
        assert visit.areas == ("service",)
        with refused("visit.area"):
            visits.change_visit(house.workspace, visit.id, areas=(AreaId("bakery"),))

    def test_a_visit_moves_to_a_day_that_suits_and_not_onto_itself(self, house: House) -> None:
        visit = house.plan(MONDAY)
        visits.change_visit(house.workspace, visit.id, planned_on=MONDAY, purpose=" Gate ")
        with refused("visit.day"):
            visits.change_visit(house.workspace, visit.id, planned_on=SATURDAY)
        visits.change_visit(house.workspace, visit.id, planned_on=SATURDAY, despite=True)
        assert house.now(visit.id).planned_on == SATURDAY
        with pytest.raises(ValueError, match="closed_at"):
            visits.change_visit(house.workspace, visit.id, closed_at=None)

    def test_a_visit_is_called_off_with_a_reason_and_taken_up_again(self, house: House) -> None:
        visit = house.plan(MONDAY)
        with refused("visit.reason-missing"):
            visits.cancel_visit(house.workspace, visit.id, reason=" ")
        visits.cancel_visit(house.workspace, visit.id, reason="flu")
        assert house.now(visit.id).state is VisitState.CANCELLED
        with refused("visit.cancelled"):
            visits.start_visit(house.workspace, visit.id)
        other = house.plan(MONDAY)
        with refused("visit.day"):
            visits.take_up_visit(house.workspace, visit.id)
        visits.delete_visit(house.workspace, other.id)
        visits.take_up_visit(house.workspace, visit.id)
        assert (house.now(visit.id).state, house.now(visit.id).cancelled_reason) == (VisitState.PLANNED, "")

    def test_what_has_begun_is_neither_called_off_nor_deleted_nor_moved(self, house: House) -> None:
        visit = held(house)
        for attempt in (
            lambda: visits.cancel_visit(house.workspace, visit.id, reason="late"),
            lambda: visits.delete_visit(house.workspace, visit.id),
            lambda: visits.change_visit(house.workspace, visit.id, planned_on=NEXT),
            lambda: visits.start_visit(house.workspace, visit.id),
        ):
            with refused("visit.begun"):
                attempt()

    def test_deleting_a_planned_visit_keeps_its_notes_and_one_step_brings_all_back(
        self, house: House
    ) -> None:
        visit = house.plan(MONDAY)
        visits.add_item(house.workspace, visit.id, "Walk through the workshop")
        taken = note(house.workspace, house.engagement.id, "Ask for keys", visit_id=visit.id).made(VisitNote)
        changes = visits.delete_visit(house.workspace, visit.id)
        assert not house.all(AgendaItem)
        assert house.get(VisitNote, taken.id).visit_id is None
        undo(house.workspace, changes)
        assert house.get(VisitNote, taken.id).visit_id == visit.id
        assert len(house.all(AgendaItem)) == 1

    def test_a_programme_that_ended_is_visited_no_more(self, house: House) -> None:
        with house.workspace.writing("test.ended") as work:
            work.put(replace(house.engagement, ended_on=date(2026, 2, 27), ended_reason="sold"))
        with refused("visit.after-end"):
            house.plan(MONDAY, despite=True)


class TestHolding:
    """The clock of a visit: it starts, pauses, goes on after an empty battery, and counts no time twice or backwards."""

    def test_the_clock_counts_what_was_worked_without_the_pause(self, house: House) -> None:
        visit = house.plan(MONDAY)
        house.clock.put(MONDAY, 9)
        visits.start_visit(house.workspace, visit.id, participants=[Participant(name="Paul")])
        house.clock.put(MONDAY, 12)
        visits.pause_visit(house.workspace, visit.id)
        house.clock.put(MONDAY, 13)
        visits.resume_visit(house.workspace, visit.id)
        until = house.clock.put(MONDAY, 15)
        visits.close_visit(house.workspace, visit.id)
        closed = house.now(visit.id)
        assert closed.worked(until) == timedelta(hours=5)
        assert (closed.held_on, closed.state) == (MONDAY, VisitState.CLOSED)
        assert closed.participants == (Participant(name="Paul"),)

    def test_the_day_it_is_held_counts_not_the_day_it_was_planned_for(self, house: House) -> None:
        visit = house.plan(MONDAY)
        house.clock.put(date(2026, 3, 4))
        visits.start_visit(house.workspace, visit.id)
        assert (house.now(visit.id).day, house.now(visit.id).planned_on) == (date(2026, 3, 4), MONDAY)

    def test_a_visit_noted_down_later_gets_the_times_it_had(self, house: House) -> None:
        visit = house.plan(MONDAY)
        begun, ended = house.clock.put(MONDAY, 9), house.clock.put(MONDAY, 11)
        house.clock.put(date(2026, 3, 5))
        visits.start_visit(house.workspace, visit.id, at=begun)
        with refused("visit.time"):
            visits.close_visit(house.workspace, visit.id, at=begun - timedelta(hours=1))
        visits.close_visit(house.workspace, visit.id, at=ended)
        closed = house.now(visit.id)
        assert (closed.held_on, closed.worked(ended)) == (MONDAY, timedelta(hours=2))

    def test_a_time_ahead_is_refused(self, house: House) -> None:
        visit = house.plan(MONDAY)
        ahead = house.clock.put(NEXT)
        house.clock.put(MONDAY)
        with refused("visit.time"):
            visits.start_visit(house.workspace, visit.id, at=ahead)
        visits.start_visit(house.workspace, visit.id)
        with refused("visit.time"):
            visits.pause_visit(house.workspace, visit.id, at=ahead)

    def test_a_clock_set_back_counts_no_negative_time(self, house: House) -> None:
        visit = house.plan(MONDAY)
        house.clock.put(MONDAY, 12)
        visits.start_visit(house.workspace, visit.id)
        until = house.clock.put(MONDAY, 9)
        visits.close_visit(house.workspace, visit.id)
        assert house.now(visit.id).worked(until) == timedelta(0)

    def test_a_clock_before_the_programme_is_called_wrong(self, house: House) -> None:
        visit = house.plan(MONDAY)
        house.clock.put(date(2019, 1, 1))
        with refused("visit.before-start") as trouble:
            visits.start_visit(house.workspace, visit.id)
        assert "this computer" in trouble.value.way_out

    def test_after_an_empty_battery_the_visit_goes_on_where_it_was(self, house: House) -> None:
        visit = house.plan(MONDAY)
        house.clock.put(MONDAY, 9)
        visits.start_visit(house.workspace, visit.id)
        off = house.clock.put(MONDAY, 11)
        house.clock.put(MONDAY, 14)
        with house.workspace.reading() as reader:
            assert visits.running_visit(reader) == house.now(visit.id)
        visits.pause_visit(house.workspace, visit.id, at=off)
        visits.resume_visit(house.workspace, visit.id)
        until = house.clock.put(MONDAY, 15)
        assert timedelta(hours=2, minutes=59) < house.now(visit.id).worked(until) <= timedelta(hours=3)

    def test_steps_that_do_not_fit_the_state_are_refused(self, house: House) -> None:
        visit = house.plan(MONDAY)
        house.clock.put(MONDAY)
        with refused("visit.not-running"):
            visits.pause_visit(house.workspace, visit.id)
        with refused("visit.not-begun"):
            visits.close_visit(house.workspace, visit.id)
        with refused("visit.not-paused"):
            visits.resume_visit(house.workspace, visit.id)
        with refused("visit.open"):
            visits.sign_visit(house.workspace, visit.id, signature(house))
        with refused("visit.open"):
            visits.reopen_visit(house.workspace, visit.id, reason="why")
        visits.start_visit(house.workspace, visit.id)
        visits.close_visit(house.workspace, visit.id)
        with refused("visit.closed"):
            visits.close_visit(house.workspace, visit.id)

    def test_one_visit_runs_at_a_time_for_each_coach(self, house: House) -> None:
        other = make_house(house.workspace, house.clock, "Autohaus Muster")
        first = house.plan(MONDAY)
        second = other.plan(MONDAY, coach_id=house.coach.id, despite=True)
        third = other.plan(NEXT, coach_id=other.coach.id, despite=True)
        house.clock.put(MONDAY)
        visits.start_visit(house.workspace, first.id)
        with refused("visit.other-runs") as trouble:
            visits.start_visit(house.workspace, second.id)
        assert "Autohaus Beispiel" in str(trouble.value)
        visits.start_visit(house.workspace, third.id)
        with refused("visit.other-runs"):
            visits.change_visit(house.workspace, third.id, coach_id=house.coach.id)
        visits.pause_visit(house.workspace, first.id)
        visits.start_visit(house.workspace, second.id)
        with refused("visit.other-runs"):
            visits.resume_visit(house.workspace, first.id)

    def test_the_visit_under_way_is_the_one_whose_clock_runs(self, house: House) -> None:
        first, second = house.plan(MONDAY), house.plan(NEXT)
        with house.workspace.reading() as reader:
            assert visits.running_visit(reader) is None
        house.clock.put(MONDAY)
        visits.start_visit(house.workspace, first.id)
        visits.pause_visit(house.workspace, first.id)
        with house.workspace.reading() as reader:
            under_way = visits.running_visit(reader)
        assert under_way is not None
        assert under_way.id == first.id
        visits.start_visit(house.workspace, second.id)
        with house.workspace.reading() as reader:
            under_way = visits.running_visit(reader, coach_id=house.coach.id)
            assert visits.running_visit(reader, coach_id=house.engagement.dealership_id) is None  # type: ignore[arg-type]  # nobody
        assert under_way is not None
        assert under_way.id == second.id

    def test_a_visit_of_a_dealership_in_the_bin_holds_nobody_up(self, house: House) -> None:
        other = make_house(house.workspace, house.clock, "Autohaus Muster")
        mine, gone = house.plan(MONDAY), other.plan(NEXT, coach_id=house.coach.id)
        house.clock.put(MONDAY)
        visits.start_visit(house.workspace, gone.id)
        delete_dealership(house.workspace, other.dealership.id)
        with house.workspace.reading() as reader:
            assert reader.find(Dealership, other.dealership.id) is None
            assert visits.running_visit(reader) is None
        visits.start_visit(house.workspace, mine.id)

    def test_a_lapsed_coach_begins_no_visit_but_finishes_one(self, house: House) -> None:
        house.work_as_coach(valid_until=MONDAY)
        first, second = house.plan(MONDAY), house.plan(date(2026, 3, 3))
        house.clock.put(MONDAY, 20)
        visits.start_visit(house.workspace, first.id)
        house.clock.put(date(2026, 3, 3))
        with refused("certificate.lapsed"):
            visits.start_visit(house.workspace, second.id)
        with refused("certificate.lapsed"):
            house.plan(NEXT)
        note(house.workspace, house.engagement.id, "Still open", visit_id=first.id)
        visits.write_summary(house.workspace, first.id, " Done ")
        visits.close_visit(house.workspace, first.id)
        visits.sign_visit(house.workspace, first.id, signature(house))
        assert house.now(first.id).summary == "Done"

    def test_who_was_there_is_noted_without_empty_rows(self, house: House) -> None:
        visit = house.plan(MONDAY)
        paul = Participant(name="Paul", at_opening=True)
        visits.note_attendance(house.workspace, visit.id, [paul, Participant(name=" ")])
        assert house.now(visit.id).participants == (paul,)


class TestClosing:
    """What is agreed at the end: the next day, signatures, and what they protect."""

    def test_the_next_planned_visit_moves_to_the_agreed_day(self, house: House) -> None:
        visit, following = house.plan(MONDAY), house.plan(date(2026, 4, 14))
        house.clock.put(MONDAY)
        visits.start_visit(house.workspace, visit.id)
        changes = visits.close_visit(house.workspace, visit.id, next_on=NEXT)
        assert house.now(visit.id).next_on == house.now(following.id).planned_on == NEXT
        undo(house.workspace, changes)
        assert house.now(following.id).planned_on == date(2026, 4, 14)
        assert house.now(visit.id).state is VisitState.RUNNING

    def test_without_a_planned_one_the_next_visit_is_planned(self, house: House) -> None:
        visit = house.plan(MONDAY, starts_at=time(9), ends_at=time(12))
        house.clock.put(MONDAY)
        visits.start_visit(house.workspace, visit.id)
        with refused("visit.day"):
            visits.close_visit(house.workspace, visit.id, next_on=GOOD_FRIDAY)
        with refused("visit.next-on"):
            visits.close_visit(house.workspace, visit.id, next_on=MONDAY)
        assert house.now(visit.id).state is VisitState.RUNNING
        made = visits.close_visit(house.workspace, visit.id, next_on=NEXT).made(Visit)
        assert (made.number, made.planned_on, made.starts_at, made.ends_at) == (2, NEXT, time(9), time(12))

    def test_a_visit_planned_for_the_agreed_day_already_stays(self, house: House) -> None:
        visit, following = house.plan(MONDAY), house.plan(NEXT)
        house.clock.put(MONDAY)
        visits.start_visit(house.workspace, visit.id)
        visits.close_visit(house.workspace, visit.id, next_on=NEXT)
        assert house.now(following.id) == following
        with refused("visit.next-on"):
            visits.change_visit(house.workspace, visit.id, next_on=MONDAY)

    def test_what_was_signed_can_only_be_signed_once_more(self, house: House) -> None:
        visit = held(house)
        visits.write_summary(house.workspace, visit.id, "Minutes")
        visits.sign_visit(house.workspace, visit.id, signature(house))
        for attempt in (
            lambda: visits.write_summary(house.workspace, visit.id, "Other minutes"),
            lambda: visits.change_visit(house.workspace, visit.id, purpose="Another"),
            lambda: visits.note_attendance(house.workspace, visit.id, []),
            lambda: visits.add_item(house.workspace, visit.id, "One more"),
            lambda: visits.prepare_visit(house.workspace, visit.id),
            lambda: note(house.workspace, house.engagement.id, "Late", visit_id=visit.id),
        ):
            with refused("visit.signed"):
                attempt()
        visits.sign_visit(house.workspace, visit.id, signature(house, "Carla Coach"))
        assert [one.name for one in house.now(visit.id).signatures] == ["Paul Principal", "Carla Coach"]

    def test_reopening_drops_the_signatures_and_says_when_and_why(self, house: House) -> None:
        visit = held(house)
        visits.write_summary(house.workspace, visit.id, "Minutes")
        visits.sign_visit(house.workspace, visit.id, signature(house))
        with refused("visit.reason-missing"):
            visits.reopen_visit(house.workspace, visit.id, reason="  ")
        visits.reopen_visit(house.workspace, visit.id, reason="wrong name")
        opened = house.now(visit.id)
        assert (opened.state, opened.signatures) == (VisitState.PAUSED, ())
        assert opened.summary == "Minutes\nReopened on 2 Mar 2026: wrong name"
        visits.write_summary(house.workspace, visit.id, "Right name")
        visits.close_visit(house.workspace, visit.id)

    @pytest.mark.parametrize("strokes", [(), ((),), ((1, 2),)])
    def test_a_signature_needs_a_name_and_a_line(
        self, house: House, strokes: tuple[tuple[int, ...], ...]
    ) -> None:
        visit = held(house)
        with refused("visit.signature-empty"):
            visits.sign_visit(house.workspace, visit.id, replace(signature(house), strokes=strokes))
        with refused("visit.signature-empty"):
            visits.sign_visit(house.workspace, visit.id, signature(house, " "))

    @pytest.mark.parametrize("stroke", [(1, 2, 3, 4, 5), (1, 2, 3, -4), (1, 2, 3, 4_000)])
    def test_strokes_no_pad_can_give_are_a_mistake_of_the_program(
        self, house: House, stroke: tuple[int, ...]
    ) -> None:
        visit = held(house)
        with pytest.raises(ValueError, match=r"stroke"):
            visits.sign_visit(house.workspace, visit.id, replace(signature(house), strokes=(stroke,)))
