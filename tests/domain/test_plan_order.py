"""Areas come in the order of gap and effect on customers, behind what they rest on, in waves of the same load."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from qma_app.domain.edition import Checkpoint, Edition, Impact
from qma_app.domain.phase_spans import PhaseSpan
from qma_app.domain.plan_order import (
    RankedArea,
    area_days,
    ranked_areas,
    reasons_of,
    waves_of,
)
from tests.builders import a_checkpoint, an_area, an_edition, ratings_of

AREAS = ("management", "organisation", "service", "parts", "new-cars", "finance-insurance", "accounting")


def point(area: str, number: int = 1, *, cx: int = 3, weight: int = 1) -> Checkpoint:
    return a_checkpoint(f"{area}.process.point-{number}", weight=weight, impact=Impact(cx=cx, ex=1, profit=1))


def edition(*points: Checkpoint) -> Edition:
    return an_edition(checkpoints=points)


def order(points: list[Checkpoint], rated: dict[str, int | None] | None = None) -> list[str]:
    found = edition(*points)
    return [one.area.id for one in ranked_areas(found, found.checkpoints.values(), ratings_of(rated or {}))]


def ranked(loads: list[int]) -> list[RankedArea]:
    return [
        RankedArea(
            area=an_area(f"area-{place}"),
            score=Fraction(1),
            gap=None,
            effect=Fraction(1),
            load=load,
            after=(),
            is_foundation=False,
        )
        for place, load in enumerate(loads)
    ]


class TestOrder:
    """Which area comes first."""

    def test_the_widest_gap_comes_first_where_effects_are_equal(self) -> None:
        rated: dict[str, int | None] = {"service.process.point-1": 8, "accounting.process.point-1": 4}
        assert order([point("service"), point("accounting")], rated) == ["accounting", "service"]

    def test_the_stronger_effect_comes_first_where_gaps_are_equal(self) -> None:
        rated: dict[str, int | None] = {"service.process.point-1": 4, "accounting.process.point-1": 4}
        points = [point("accounting", cx=1), point("service", cx=3)]
        assert order(points, rated) == ["service", "accounting"]

    def test_the_score_is_gap_times_effect(self) -> None:
        found = edition(point("service", cx=2, weight=1), point("service", 2, cx=3, weight=3))
        rated = ratings_of({"service.process.point-1": 4, "service.process.point-2": 4})
        (one,) = ranked_areas(found, found.checkpoints.values(), rated)
        assert one.gap == 60
        assert one.effect == Fraction(11, 4)
        assert one.score == 60 * Fraction(11, 12)

    def test_before_a_baseline_only_effect_and_order_speak(self) -> None:
        points = [point("accounting", cx=0), point("service", cx=3), point("new-cars", cx=3)]
        assert order(points) == ["service", "new-cars", "accounting"]

    def test_an_unrated_area_counts_with_the_mean_gap_of_the_others(self) -> None:
        found = edition(point("service"), point("new-cars"), point("accounting"))
        rated = ratings_of({"service.process.point-1": 4, "new-cars.process.point-1": 8})
        by_id = {str(one.area.id): one for one in ranked_areas(found, found.checkpoints.values(), rated)}
        assert by_id["accounting"].gap is None
        assert by_id["accounting"].score == 40

    def test_management_and_organisation_come_before_everything(self) -> None:
        points = [point("service", cx=3), point("organisation", cx=0), point("management", cx=1)]
        assert order(points) == ["management", "organisation", "service"]

    def test_an_area_waits_for_the_one_it_rests_on(self) -> None:
        points = [point("parts", cx=3), point("service", cx=1), point("accounting", cx=2)]
        assert order(points) == ["accounting", "service", "parts"]

    def test_where_that_area_is_not_worked_on_nobody_waits(self) -> None:
        assert order([point("accounting", cx=2), point("parts", cx=3)]) == ["parts", "accounting"]

    def test_reasons_name_level_effect_and_what_it_follows(self) -> None:
        found = edition(point("service"), point("parts"))
        rated = ratings_of({"parts.process.point-1": 6})
        by_id = {str(one.area.id): one for one in ranked_areas(found, found.checkpoints.values(), rated)}
        assert reasons_of(by_id["parts"]) == (
            "level 60.0%",
            "effect on customers 3.0 of 3",
            "after Service",
        )
        assert reasons_of(by_id["service"])[0] == "not rated yet"

    @given(st.dictionaries(st.sampled_from(AREAS), st.integers(0, 3), min_size=1), st.data())
    def test_every_area_comes_once_and_foundations_first(
        self, cx: dict[str, int], data: st.DataObject
    ) -> None:
        rated = {f"{id}.process.point-1": data.draw(st.sampled_from((None, 0, 4, 8, 10))) for id in cx}
        found = order([point(id, cx=one) for id, one in cx.items()], rated)
        assert sorted(found) == sorted(cx)
        foundations = [id in ("management", "organisation") for id in found]
        assert foundations == sorted(foundations, reverse=True)
        for first, then in (("service", "parts"), ("new-cars", "finance-insurance")):
            if first in found and then in found:
                assert found.index(first) < found.index(then)


class TestWaves:
    """How the order is cut."""

    def test_waves_carry_about_the_same(self) -> None:
        found = waves_of(ranked([10, 10, 10, 10]), 2)
        assert [len(wave) for wave in found] == [2, 2]

    def test_a_heavy_area_fills_a_wave_alone(self) -> None:
        found = waves_of(ranked([40, 10, 10, 10]), 2)
        assert [len(wave) for wave in found] == [1, 3]

    @given(st.lists(st.integers(0, 90), min_size=1, max_size=16), st.integers(1, 6))
    def test_no_area_is_lost_and_no_wave_is_empty(self, loads: list[int], waves: int) -> None:
        areas = ranked(loads)
        found = waves_of(areas, waves)
        assert [one for wave in found for one in wave] == areas
        assert len(found) == min(waves, len(areas))
        assert all(found)

    def test_without_areas_there_is_one_empty_wave(self) -> None:
        assert waves_of([], 3) == ((),)


class TestDays:
    """When an area is worked on within its wave."""

    @given(st.integers(1, 300), st.integers(1, 14))
    def test_areas_begin_one_after_the_other_and_stay_in_their_wave(self, length: int, count: int) -> None:
        first = date(2026, 3, 2)
        span = PhaseSpan(
            phase="improve",
            title="Improve",
            wave=1,
            starts_on=first,
            ends_on=first + timedelta(days=length - 1),
        )
        found = [area_days(span, place, count) for place in range(count)]
        assert found[0][0] == span.starts_on
        assert found[-1][1] == span.ends_on
        assert found == sorted(found)
        assert all(span.starts_on <= start <= end <= span.ends_on for start, end in found)
