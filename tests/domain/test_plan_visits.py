"""One visit a month on a free day, the areas dealt so that a day holds them."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from qma_app.domain.ids import AreaId
from qma_app.domain.phase_spans import PhaseSpan
from qma_app.domain.plan_days import last_free, nearest_free, next_free
from qma_app.domain.plan_visits import (
    DAY_MINUTES,
    AreaWork,
    SpreadVisit,
    areas_at,
    day_remarks,
    load_of,
    load_remarks,
    shared_out,
    spread,
    wanted_days,
)

FIRST = date(2026, 3, 2)


def is_workday(day: date) -> bool:
    return day.weekday() < 5


def span(phase: str, first: int, last: int, wave: int = 0) -> PhaseSpan:
    return PhaseSpan(
        phase=phase,
        title=phase,
        wave=wave,
        starts_on=FIRST + timedelta(days=first),
        ends_on=FIRST + timedelta(days=last),
    )


def work(id: str, first: int, last: int, *, count: int = 30, open_count: int = 10) -> AreaWork:
    return AreaWork(
        area_id=AreaId(id),
        starts_on=FIRST + timedelta(days=first),
        ends_on=FIRST + timedelta(days=last),
        count=count,
        open_count=open_count,
    )


class TestDays:
    """The search for a free day."""

    def test_a_saturday_moves_to_monday(self) -> None:
        assert next_free(date(2026, 3, 7), is_workday) == date(2026, 3, 9)

    def test_nothing_behind_the_last_day_is_taken(self) -> None:
        assert next_free(date(2026, 3, 7), is_workday, last=date(2026, 3, 8)) is None
        assert nearest_free(date(2026, 3, 7), is_workday, first=FIRST, last=date(2026, 3, 8)) == date(
            2026, 3, 6
        )

    def test_a_house_that_never_opens_has_no_day(self) -> None:
        assert next_free(FIRST, bool) is not None
        assert next_free(FIRST, lambda _day: False) is None
        assert last_free(FIRST + timedelta(days=900), lambda _day: False, first=FIRST) is None
        assert last_free(FIRST + timedelta(days=3), lambda _day: False, first=FIRST) is None

    def test_the_calendar_ends(self) -> None:
        assert next_free(date.max, lambda _day: False) is None


class TestSpreading:
    """Visits over the months."""

    def test_a_week_after_the_start_and_then_every_month(self) -> None:
        found = wanted_days(date(2026, 3, 2), date(2027, 7, 17))
        assert len(found) == 17
        assert found[:2] == (date(2026, 3, 9), date(2026, 4, 9))
        assert found[-1] == date(2027, 7, 9)

    def test_the_thirty_first_becomes_the_last_of_a_short_month(self) -> None:
        found = wanted_days(date(2027, 12, 24), date(2028, 4, 30))
        assert found == (date(2027, 12, 31), date(2028, 1, 31), date(2028, 2, 29), date(2028, 3, 31))

    @given(
        days=st.lists(st.integers(0, 700), max_size=30),
        closed=st.frozensets(st.integers(0, 700), max_size=300),
        length=st.integers(1, 700),
    )
    def test_visits_lie_on_free_days_in_their_order_one_a_day(
        self, days: list[int], closed: frozenset[int], length: int
    ) -> None:
        def is_free(day: date) -> bool:
            return is_workday(day) and (day - FIRST).days not in closed

        last = FIRST + timedelta(days=length)
        wanted = sorted(FIRST + timedelta(days=day) for day in days)
        found = spread(wanted, is_free, first=FIRST, last=last)
        assert all(is_free(visit.day) and FIRST <= visit.day <= last for visit in found)
        assert all(one.day < following.day for one, following in pairwise(found))

    def test_why_a_visit_is_not_on_its_day_is_said(self) -> None:
        visit = SpreadVisit(wanted_on=date(2026, 5, 9), day=date(2026, 5, 11))
        assert day_remarks(visit, ["a Saturday"]) == ("not on 9 May 2026: a Saturday",)
        assert day_remarks(SpreadVisit(wanted_on=FIRST, day=FIRST), ["busy"]) == ()


class TestAreas:
    """What each visit is about."""

    def test_a_walk_through_the_house_is_dealt_to_its_visits(self) -> None:
        days = [FIRST + timedelta(days=day) for day in (5, 35)]
        works = [work(id, 100, 120) for id in ("a", "b", "c")]
        found = areas_at(days, [span("baseline", 0, 60)], works, walks=["baseline"], waves=[])
        assert found == (("a",), ("b", "c"))

    def test_in_a_wave_areas_are_taken_in_their_time(self) -> None:
        days = [FIRST + timedelta(days=day) for day in (5, 35, 65)]
        works = [work("a", 0, 40), work("b", 30, 70)]
        found = areas_at(days, [span("improve", 0, 80, 1)], works, walks=[], waves=["improve"])
        assert found == (("a",), ("a", "b"), ("b",))

    def test_in_other_phases_a_visit_has_no_area(self) -> None:
        assert areas_at([FIRST], [span("plan", 0, 60)], [work("a", 0, 40)], walks=[], waves=[]) == ((),)

    def test_a_full_day_leaves_an_area_to_its_next_visit(self) -> None:
        days = [FIRST + timedelta(days=day) for day in (5, 35)]
        works = [work(id, 0, 40, open_count=80) for id in ("a", "b", "c")]
        found = areas_at(days, [span("improve", 0, 80, 1)], works, walks=[], waves=["improve"])
        assert found == (("a", "b"), ("c", "a")) or found == (("a", "b"), ("a", "c"))

    def test_an_area_without_a_visit_in_its_time_is_taken_by_the_next_one(self) -> None:
        days = [FIRST + timedelta(days=day) for day in (5, 35)]
        works = [work("a", 10, 20), work("b", 40, 50)]
        found = areas_at(days, [span("improve", 0, 80, 1)], works, walks=[], waves=["improve"])
        assert found == ((), ("a", "b"))

    @given(
        visits=st.lists(st.integers(0, 200), min_size=1, max_size=12, unique=True),
        areas=st.lists(st.tuples(st.integers(0, 200), st.integers(0, 90), st.integers(0, 200)), max_size=14),
    )
    def test_every_area_of_a_wave_is_visited(
        self, visits: list[int], areas: list[tuple[int, int, int]]
    ) -> None:
        works = [
            work(f"area-{place}", first, first + length, open_count=open_count)
            for place, (first, length, open_count) in enumerate(areas)
        ]
        days = sorted(FIRST + timedelta(days=day) for day in visits)
        found = areas_at(days, [span("improve", 0, 200, 1)], works, walks=[], waves=["improve"])
        assert {id for ids in found for id in ids} == {one.area_id for one in works}

    def test_sharing_out_loses_nothing(self) -> None:
        ids = [AreaId(id) for id in "abcde"]
        assert shared_out(ids, 2) == (("a", "b"), ("c", "d", "e"))


class TestLoad:
    """How long a visit takes."""

    def test_a_walk_takes_three_minutes_a_checkpoint(self) -> None:
        works = {AreaId("a"): work("a", 0, 40, count=30)}
        assert load_of((AreaId("a"),), works, {}, is_walk=True) == 125

    def test_open_checkpoints_are_shared_among_the_visits(self) -> None:
        works = {AreaId("a"): work("a", 0, 40, open_count=30)}
        assert load_of((AreaId("a"),), works, {AreaId("a"): 3}, is_walk=False) == 105

    def test_what_a_day_does_not_hold_is_said(self) -> None:
        assert load_remarks(DAY_MINUTES) == ()
        assert load_remarks(DAY_MINUTES + 5) == ("asks for about 2 days",)
