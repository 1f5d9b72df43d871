"""A phase that is moved takes along what depends on it and never puts phases out of order."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from qma_app.domain.ids import AreaId, PlannedAreaId, PlannedPhaseId, VisitId
from qma_app.domain.phase_spans import PhaseSpan
from qma_app.domain.plan import PlannedArea, PlannedPhase
from qma_app.domain.plan_again import continued
from qma_app.domain.plan_move import PhasePair, moved_areas, moved_phases, moved_visits
from qma_app.domain.visit import Visit
from qma_app.errors import RuleBroken
from tests.builders import an_engagement, an_id

FIRST = date(2026, 3, 2)
DAY = timedelta(days=1)
NAMES = ("commitment", "baseline", "improve", "improve", "audit")


def phases(lengths: tuple[int, ...] = (30, 45, 120, 120, 45)) -> list[PlannedPhase]:
    found, day = [], FIRST
    for place, (name, length) in enumerate(zip(NAMES, lengths, strict=True), 1):
        found.append(
            PlannedPhase(
                id=PlannedPhaseId(an_id(f"phase {place}")),
                engagement_id=an_engagement().id,
                phase=name,
                place=place,
                wave=place - 2 if name == "improve" else 0,
                starts_on=day,
                ends_on=day + timedelta(days=length - 1),
            )
        )
        day += timedelta(days=length)
    return found


def visit(number: int, day: date, **changes: object) -> Visit:
    one = Visit(
        id=VisitId(an_id(f"visit {number}")),
        engagement_id=an_engagement().id,
        number=number,
        planned_on=day,
    )
    return replace(one, **changes)  # type: ignore[arg-type]  # any field of Visit


def area(wave: int, starts_on: date | None, ends_on: date | None, **changes: object) -> PlannedArea:
    one = PlannedArea(
        id=PlannedAreaId(an_id("area")),
        engagement_id=an_engagement().id,
        area_id=AreaId("service"),
        wave=wave,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    return replace(one, **changes)  # type: ignore[arg-type]  # any field of PlannedArea


def is_workday(day: date) -> bool:
    return day.weekday() < 5


def later(phase: PlannedPhase, start: int, end: int) -> list[PhasePair]:
    return list(
        moved_phases(
            phases(),
            phase,
            starts_on=phase.starts_on + timedelta(days=start),
            ends_on=phase.ends_on + timedelta(days=end),
        )
    )


class TestPhases:
    """The days of the phases."""

    def test_a_longer_phase_moves_those_behind_it_by_as_much(self) -> None:
        pairs = later(phases()[1], 0, 14)
        assert [before.place for before, _after in pairs] == [2, 3, 4, 5]
        assert all(after.ends_on - before.ends_on == timedelta(days=14) for before, after in pairs)

    def test_a_later_start_lets_the_phase_before_last_longer(self) -> None:
        (before, after), *_rest = later(phases()[2], 7, 7)
        assert before.place == 2
        assert after.ends_on == before.ends_on + timedelta(days=7)

    def test_a_phase_before_without_a_day_left_is_refused(self) -> None:
        with pytest.raises(RuleBroken, check=lambda error: error.code == "plan.order"):
            later(phases()[1], -30, 0)

    def test_what_was_left_is_not_cut_off_afterwards(self) -> None:
        plan = phases()
        plan[0] = replace(plan[0], passed_on=plan[0].ends_on)
        with pytest.raises(RuleBroken, check=lambda error: error.code == "plan.before-passed"):
            moved_phases(plan, plan[1], starts_on=plan[1].starts_on - DAY, ends_on=plan[1].ends_on)
        pairs = moved_phases(plan, plan[1], starts_on=plan[1].starts_on + DAY, ends_on=plan[1].ends_on)
        assert [before.place for before, _after in pairs] == [2]

    def test_moving_nowhere_changes_nothing(self) -> None:
        assert later(phases()[2], 0, 0) == []

    @given(
        lengths=st.tuples(*[st.integers(1, 200)] * 5),
        place=st.integers(0, 4),
        start=st.integers(-250, 250),
        length=st.integers(1, 300),
    )
    def test_phases_stay_in_order_whatever_is_moved(
        self, lengths: tuple[int, ...], place: int, start: int, length: int
    ) -> None:
        plan = phases(lengths)
        starts_on = plan[place].starts_on + timedelta(days=start)
        try:
            pairs = moved_phases(
                plan, plan[place], starts_on=starts_on, ends_on=starts_on + timedelta(days=length - 1)
            )
        except RuleBroken:
            assume(False)
            raise
        after = {before.id: moved for before, moved in pairs}
        result = [after.get(one.id, one) for one in plan]
        assert all(one.starts_on <= one.ends_on for one in result)
        assert all(one.ends_on + DAY == following.starts_on for one, following in pairwise(result))
        assert [one.ends_on - one.starts_on for one in result[place + 1 :]] == [
            one.ends_on - one.starts_on for one in plan[place + 1 :]
        ]


class TestAreas:
    """The areas of a wave that moves."""

    def test_an_area_moves_with_its_wave(self) -> None:
        wave = phases()[2]
        one = area(1, wave.starts_on + 10 * DAY, wave.starts_on + 50 * DAY)
        ((_before, after),) = moved_areas([one], later(wave, 14, 14))
        assert (after.starts_on, after.ends_on) == (wave.starts_on + 24 * DAY, wave.starts_on + 64 * DAY)

    def test_a_longer_wave_gives_an_area_its_share(self) -> None:
        wave = phases()[2]
        one = area(1, wave.starts_on, wave.starts_on + 59 * DAY)
        ((_before, after),) = moved_areas([one], later(wave, 0, 60))
        assert (after.starts_on, after.ends_on) == (wave.starts_on, wave.starts_on + 89 * DAY)

    def test_an_area_that_was_begun_keeps_its_first_day(self) -> None:
        wave = phases()[2]
        one = area(1, wave.starts_on, wave.starts_on + 59 * DAY)
        ((_before, after),) = moved_areas([one], later(wave, 14, 14), on=wave.starts_on)
        assert after.starts_on == wave.starts_on
        assert after.ends_on == wave.starts_on + 73 * DAY

    def test_areas_left_out_without_days_or_of_another_wave_stay(self) -> None:
        wave = phases()[3]
        days = (wave.starts_on, wave.ends_on)
        others = [area(3, *days), area(2, None, None), area(2, *days, left_out="no body shop")]
        assert moved_areas(others, later(wave, 14, 14)) == ()

    def test_an_area_on_which_the_move_has_no_effect_is_not_named(self) -> None:
        wave = phases()[2]
        one = area(1, wave.starts_on, wave.starts_on)
        assert moved_areas([one], later(wave, 0, 5)) == ()

    @given(st.integers(0, 119), st.integers(0, 119), st.integers(-30, 60), st.integers(-60, 90))
    def test_an_area_never_ends_before_it_begins(self, first: int, length: int, start: int, end: int) -> None:
        wave = phases()[2]
        assume(start <= 119 + end)
        pairs = later(wave, start, end)
        one = area(1, wave.starts_on + first * DAY, wave.starts_on + (first + length) * DAY)
        for _before, after in moved_areas([one], pairs):
            assert after.starts_on is not None
            assert after.ends_on is not None
            assert after.starts_on <= after.ends_on


class TestVisits:
    """The visits in a phase that moves."""

    def moved(self, visits: list[Visit], start: int = 14, end: int = 14, **options: object) -> object:
        return moved_visits(
            visits,
            later(phases()[2], start, end),
            is_workday,
            first=FIRST,
            last=FIRST + timedelta(days=600),
            **options,  # type: ignore[arg-type]  # on
        )

    def test_a_visit_keeps_its_place_in_the_phase(self) -> None:
        begin = phases()[2].starts_on
        one = visit(1, begin + 9 * DAY)
        found, remarks = moved_visits(
            [one], later(phases()[2], 14, 14), is_workday, first=FIRST, last=FIRST + 600 * DAY
        )
        assert [after.planned_on for _before, after in found] == [begin + 23 * DAY]
        assert remarks == ()

    def test_held_called_off_and_running_visits_stay(self) -> None:
        at = datetime(2026, 6, 1, tzinfo=UTC)
        day = phases()[2].starts_on + 7 * DAY
        visits = [visit(1, day, closed_at=at), visit(2, day, cancelled_on=FIRST)]
        assert self.moved(visits) == ((), ())

    def test_visits_up_to_today_stay(self) -> None:
        day = phases()[2].starts_on + 7 * DAY
        assert self.moved([visit(1, day)], on=day) == ((), ())

    def test_a_visit_without_a_free_day_stays_and_is_named(self) -> None:
        day = phases()[2].starts_on + 7 * DAY
        found, remarks = moved_visits(
            [visit(3, day)],
            later(phases()[2], 14, 14),
            lambda _day: False,
            first=FIRST,
            last=FIRST + timedelta(days=600),
        )
        assert found == ()
        assert remarks == ("Visit 3 finds no free day and stays on 23 May 2026.",)

    @given(
        days=st.lists(st.integers(0, 119), min_size=1, max_size=8, unique=True),
        closed=st.frozensets(st.integers(0, 400), max_size=60),
        start=st.integers(-30, 60),
        end=st.integers(-60, 90),
    )
    def test_moved_visits_lie_on_free_days_in_their_order(
        self, days: list[int], closed: frozenset[int], start: int, end: int
    ) -> None:
        def is_free(day: date) -> bool:
            return is_workday(day) and (day - FIRST).days not in closed

        assume(start <= 119 + end)
        begin = phases()[2].starts_on
        visits = [visit(number, begin + day * DAY) for number, day in enumerate(sorted(days), 1)]
        found, remarks = moved_visits(
            visits, later(phases()[2], start, end), is_free, first=FIRST, last=FIRST + timedelta(days=900)
        )
        assert not remarks
        after = {before.id: moved.planned_on for before, moved in found}
        moved_days = [after[one.id] for one in visits if one.id in after]
        assert all(is_free(day) for day in moved_days)
        order = [after.get(one.id, one.planned_on) for one in visits]
        assert all(one < following for one, following in pairwise(order)) or not after


def usual() -> list[PhaseSpan]:
    return [
        PhaseSpan(
            phase=one.phase, title=one.phase, wave=one.wave, starts_on=one.starts_on, ends_on=one.ends_on
        )
        for one in phases()
    ]


class TestMakingAgain:
    """A plan that is made again."""

    def test_nothing_passed_gives_the_usual_times(self) -> None:
        assert continued(usual(), phases(), "audit") == tuple(usual())

    def test_in_time_only_the_first_remaining_phase_waits_for_its_gate(self) -> None:
        stored = phases()
        stored[0] = replace(stored[0], passed_on=stored[0].ends_on + 5 * DAY)
        found = continued(usual(), stored, "audit")
        assert found[1].starts_on == stored[0].ends_on + 6 * DAY
        assert found[2:] == tuple(usual()[2:])

    def test_a_gate_passed_early_does_not_cut_the_phase_off(self) -> None:
        stored = phases()
        stored[0] = replace(stored[0], passed_on=stored[0].starts_on)
        assert continued(usual(), stored, "audit") == tuple(usual())

    def test_what_comes_behind_the_audit_keeps_its_length(self) -> None:
        stored = phases()
        stored[0] = replace(stored[0], passed_on=stored[0].ends_on + 300 * DAY)
        found = continued(usual(), stored, "improve")
        assert found[-1].ends_on - found[-1].starts_on == usual()[-1].ends_on - usual()[-1].starts_on
        assert found[-1].starts_on > usual()[-1].starts_on

    def test_all_passed_leaves_nothing_to_plan(self) -> None:
        stored = [replace(one, passed_on=one.ends_on) for one in phases()]
        assert continued(usual(), stored, "audit") == tuple(usual())

    @given(st.integers(0, 500), st.integers(1, 4))
    def test_however_late_the_phases_follow_one_another(self, late: int, passed: int) -> None:
        stored = phases()
        for place in range(passed):
            stored[place] = replace(stored[place], passed_on=stored[place].ends_on)
        stored[passed - 1] = replace(
            stored[passed - 1], passed_on=stored[passed - 1].ends_on + timedelta(days=late)
        )
        found = continued(usual(), stored, "audit")
        assert [(one.phase, one.wave) for one in found] == [(one.phase, one.wave) for one in usual()]
        assert all(one.starts_on <= one.ends_on for one in found)
        assert all(one.ends_on < following.starts_on for one, following in pairwise(found))
        if late < 20:
            assert found[-1].ends_on == usual()[-1].ends_on
