"""Moving phases and areas of a stored plan, with what depends on them, in one edit that can be taken back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from qma_app.domain.plan import PlannedPhase
from qma_app.errors import RuleBroken
from qma_app.services.plan_moving import PhaseMove, move_area, move_phase, preview_move
from qma_app.services.undoing import undo
from qma_app.services.visit_days import calendar_of
from tests.services.planned import START, House, a_house

TWO_WEEKS = timedelta(days=14)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with a_house(tmp_path / "w") as house:
        house.plan()
        yield house


def preview(house: House, phase: PlannedPhase, *, end: timedelta, on: date | None = None) -> PhaseMove:
    with house.workspace.reading() as reader:
        return preview_move(reader, phase.id, starts_on=phase.starts_on, ends_on=phase.ends_on + end, on=on)


def refused(code: str) -> Any:
    return pytest.raises(RuleBroken, check=lambda error: error.code == code)


class TestPhases:
    """A phase on other days."""

    def test_the_preview_says_what_happens_to_the_audit(self, house: House) -> None:
        found = preview(house, house.phase("plan"), end=TWO_WEEKS)
        assert (found.audit_before, found.audit_after) == (date(2027, 7, 17), date(2027, 7, 31))
        assert found.remarks[0] == "The audit begins 14 days later, on 31 Jul 2027."
        assert [before.place for before, _after in found.phases] == [3, 4, 5, 6, 7, 8]
        assert len(found.areas) == 14

    def test_moving_does_what_the_preview_said_in_one_edit(self, house: House) -> None:
        phase = house.phase("plan")
        found = preview(house, phase, end=TWO_WEEKS, on=START)
        changes = move_phase(
            house.workspace, phase.id, starts_on=phase.starts_on, ends_on=phase.ends_on + TWO_WEEKS
        )
        assert changes.what == "plan.phase-moved"
        for _before, after in (*found.phases, *found.areas, *found.visits):
            assert replace(house.now(after), version=after.version) == after
        before = {one.id: one for one, _after in found.visits}
        undo(house.workspace, changes)
        for visit in house.visits():
            assert visit.planned_on == before.get(visit.id, visit).planned_on
        assert house.phase("plan").ends_on == phase.ends_on

    def test_moved_visits_lie_on_free_days(self, house: House) -> None:
        phase = house.phase("baseline")
        move_phase(
            house.workspace, phase.id, starts_on=phase.starts_on, ends_on=phase.ends_on + 3 * TWO_WEEKS
        )
        visits = sorted(house.visits(), key=lambda visit: visit.number)
        with house.workspace.reading() as reader:
            days = calendar_of(reader, house.engagement.id, but=[visit.id for visit in visits])
        assert all(days.is_free(visit.planned_on) for visit in visits)
        assert all(one.planned_on < following.planned_on for one, following in pairwise(visits))

    def test_behind_the_audit_nothing_is_said_of_it(self, house: House) -> None:
        for phase in house.phases()[:7]:
            house.put(replace(phase, passed_on=START))
        found = preview(house, house.phase("hold-the-gains"), end=TWO_WEEKS)
        assert found.remarks == ()
        assert [before.phase for before, _after in found.phases] == ["hold-the-gains"]

    def test_beyond_the_agreed_end_it_says_to_extend(self, house: House) -> None:
        found = preview(house, house.phase("plan"), end=6 * TWO_WEEKS)
        assert found.remarks[1] == "That is after the agreed end of the programme on 2 Sept 2027: extend it."

    def test_earlier_is_said_too(self, house: House) -> None:
        found = preview(house, house.phase("plan"), end=-timedelta(days=1))
        assert found.remarks[0] == "The audit begins 1 day earlier, on 16 Jul 2027."

    def test_visits_and_areas_of_the_phase_before_stay(self, house: House) -> None:
        wave = house.phase("improve", 2)
        with house.workspace.reading() as reader:
            found = preview_move(
                reader, wave.id, starts_on=wave.starts_on + TWO_WEEKS, ends_on=wave.ends_on + TWO_WEEKS
            )
        assert {before.wave for before, _after in found.areas} == {2}
        assert all(before.planned_on >= wave.starts_on for before, _after in found.visits)

    def test_what_is_over_stays(self, house: House) -> None:
        wave = house.phase("improve", 1)
        house.on(wave.starts_on + timedelta(days=40))
        held = [visit for visit in house.visits() if visit.planned_on <= wave.starts_on + timedelta(days=40)]
        begun = house.area("management")
        move_phase(house.workspace, wave.id, starts_on=wave.starts_on, ends_on=wave.ends_on + TWO_WEEKS)
        assert [house.now(visit) for visit in held] == held
        assert house.area("management").starts_on == begun.starts_on

    def test_a_phase_that_was_left_is_not_moved(self, house: House) -> None:
        first = house.phases()[0]
        house.put(replace(first, passed_on=START))
        with refused("plan.phase-passed"):
            preview(house, house.now(first), end=TWO_WEEKS)

    def test_dates_out_of_order_or_before_the_start_are_refused(self, house: House) -> None:
        first = house.phases()[0]
        with refused("plan.days"):
            move_phase(house.workspace, first.id, starts_on=first.ends_on, ends_on=first.starts_on)
        with refused("plan.before-start"):
            move_phase(house.workspace, first.id, starts_on=START - timedelta(days=1), ends_on=first.ends_on)

    def test_an_ended_programme_is_not_moved(self, house: House) -> None:
        house.put(replace(house.now(house.engagement), ended_on=START))
        with refused("plan.ended"):
            preview(house, house.phase("plan"), end=TWO_WEEKS)


class TestAreas:
    """An area in another wave, on other days, at another place."""

    def test_in_another_wave_it_keeps_its_share_of_the_time(self, house: House) -> None:
        before, wave = house.area("service"), house.phase("improve", 2)
        move_area(house.workspace, before.id, wave=2)
        after = house.area("service")
        assert after.wave == 2
        assert after.starts_on is not None
        assert after.ends_on is not None
        assert wave.starts_on <= after.starts_on <= after.ends_on <= wave.ends_on

    def test_it_comes_behind_the_others_of_its_wave_and_they_close_up(self, house: House) -> None:
        last = house.area("new-cars")
        assert last.place == 5
        move_area(house.workspace, house.area("management").id, wave=2)
        assert house.area("management").place == 14
        assert house.area("new-cars").place == 4

    def test_a_place_may_be_said(self, house: House) -> None:
        move_area(house.workspace, house.area("accounting").id, place=1)
        assert house.area("accounting").place == 1
        assert house.area("management").place == 2
        move_area(house.workspace, house.area("accounting").id, place=99)
        assert house.area("accounting").place == 14

    def test_a_new_start_keeps_its_length_a_new_end_its_start(self, house: House) -> None:
        before = house.area("service")
        assert before.starts_on is not None
        assert before.ends_on is not None
        move_area(house.workspace, before.id, starts_on=before.starts_on + TWO_WEEKS)
        later = house.area("service")
        assert (later.starts_on, later.ends_on) == (before.starts_on + TWO_WEEKS, before.ends_on + TWO_WEEKS)
        move_area(house.workspace, before.id, ends_on=before.ends_on)
        shorter = house.area("service")
        assert (shorter.starts_on, shorter.ends_on) == (before.starts_on + TWO_WEEKS, before.ends_on)

    def test_visits_ahead_take_it_up_or_drop_it(self, house: House) -> None:
        wave = house.phase("improve", 2)
        move_area(house.workspace, house.area("service").id, starts_on=wave.starts_on, ends_on=wave.ends_on)
        with_service = [visit for visit in house.visits() if "service" in visit.areas]
        inside = [v for v in house.visits() if wave.starts_on <= v.planned_on <= wave.ends_on]
        assert set(inside) <= set(with_service)
        first, second = house.phase("improve", 1), house.phase("pre-audit")
        assert not [v for v in with_service if first.starts_on <= v.planned_on <= first.ends_on]
        assert [v for v in with_service if v.planned_on >= second.starts_on]

    def test_days_out_of_order_are_refused(self, house: House) -> None:
        with refused("plan.days"):
            move_area(house.workspace, house.area("service").id, ends_on=START)
        with refused("plan.before-start"):
            move_area(house.workspace, house.area("service").id, starts_on=START - TWO_WEEKS)

    def test_only_into_a_wave_there_is_and_that_is_ahead(self, house: House) -> None:
        with refused("plan.wave-unknown"):
            move_area(house.workspace, house.area("service").id, wave=3)
        wave = house.phase("improve", 1)
        house.put(replace(wave, passed_on=wave.ends_on))
        with refused("plan.wave-passed"):
            move_area(house.workspace, house.area("parts").id, wave=1)

    def test_what_is_left_out_is_not_moved(self, house: House) -> None:
        house.put(replace(house.area("parts"), left_out="none here", wave=0, starts_on=None, ends_on=None))
        with refused("plan.area-left-out"):
            move_area(house.workspace, house.area("parts").id, wave=2)

    def test_an_area_without_days_gets_those_of_its_wave_or_the_ones_given(self, house: House) -> None:
        wave = house.phase("improve", 2)
        house.put(replace(house.area("parts"), wave=0, starts_on=None, ends_on=None))
        house.put(replace(house.area("people"), wave=0, starts_on=None, ends_on=None))
        move_area(house.workspace, house.area("parts").id, wave=2)
        move_area(house.workspace, house.area("people").id, starts_on=wave.starts_on)
        parts, people = house.area("parts"), house.area("people")
        assert (parts.starts_on, parts.ends_on) == (wave.starts_on, wave.ends_on)
        assert (people.starts_on, people.ends_on) == (wave.starts_on, wave.starts_on)
