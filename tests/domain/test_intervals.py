"""How sure a share from few records is: the worked numbers, and agreement with a peer to nine digits."""

from __future__ import annotations

from fractions import Fraction
from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qma_app.domain.intervals import (
    Interval,
    detection_probability,
    exact_interval,
    needed_sample,
    needed_sample_without_end,
    upper_limit,
    wilson_interval,
)

FEW = settings(max_examples=50, deadline=None)

COUNTS = st.integers(0, 60).flatmap(lambda count: st.tuples(st.integers(0, count), st.just(count)))


def percent(interval: Interval) -> tuple[float, float]:
    return round(100 * interval.low, 1), round(100 * interval.high, 1)


@pytest.mark.parametrize(
    ("hits", "count", "low", "high"),
    [(8, 10, 44.4, 97.5), (2, 10, 2.5, 55.6), (0, 10, 0.0, 30.8), (10, 10, 69.2, 100.0)],
)
def test_the_exact_interval_of_a_sample_is_the_worked_one(
    hits: int, count: int, low: float, high: float
) -> None:
    assert percent(exact_interval(hits, count)) == (low, high)


@pytest.mark.parametrize(
    ("hits", "count", "low", "high"),
    [
        # beta quantiles of another library
        (8, 10, 0.4439045376923585, 0.9747892736731666),
        (7, 333, 0.008492319414549103, 0.04282989167044377),
        (2500, 5000, 0.4860443740009258, 0.5139556259990742),
        (4999, 5000, 0.998886180619666, 0.999994936451223),
    ],
)
def test_the_exact_interval_agrees_with_a_peer_to_nine_digits(
    hits: int, count: int, low: float, high: float
) -> None:
    interval = exact_interval(hits, count)
    assert interval.low == pytest.approx(low, abs=1e-9)
    assert interval.high == pytest.approx(high, abs=1e-9)


@FEW
@given(COUNTS)
def test_at_each_limit_the_tail_holds_what_it_promises(case: tuple[int, int]) -> None:
    hits, count = case
    interval = exact_interval(hits, count)
    if hits > 0:
        assert tail(hits, count, interval.low) == pytest.approx(0.025, abs=1e-9)
    if hits < count:
        assert 1 - tail(hits + 1, count, interval.high) == pytest.approx(0.025, abs=1e-9)


def tail(hits: int, count: int, share: float) -> float:
    """P(X >= hits), summed exactly."""
    p = Fraction(share)
    return float(sum(comb(count, k) * p**k * (1 - p) ** (count - k) for k in range(hits, count + 1)))


@pytest.mark.parametrize(("count", "limit"), [(10, 25.9), (20, 13.9), (30, 9.5)])
def test_finding_nothing_rules_out_gross_failure_only(count: int, limit: float) -> None:
    assert round(100 * upper_limit(0, count), 1) == limit
    assert upper_limit(0, count) == pytest.approx(1 - 0.05 ** (1 / count), abs=1e-12)


def test_nothing_is_ruled_out_when_every_record_is_a_hit() -> None:
    assert upper_limit(10, 10) == 1.0


def test_the_wilson_interval_of_answers_is_the_worked_one() -> None:
    assert percent(wilson_interval(51, 60)) == (73.9, 91.9)


@FEW
@given(COUNTS)
def test_an_interval_holds_its_share_and_stays_between_nothing_and_all(case: tuple[int, int]) -> None:
    hits, count = case
    for interval in (exact_interval(hits, count), wilson_interval(hits, count)):
        assert 0 <= interval.low <= interval.high <= 1
        if count:
            assert interval.low <= hits / count + 1e-12
            assert interval.high >= hits / count - 1e-12


@FEW
@given(COUNTS)
def test_failures_have_the_mirrored_interval_of_successes(case: tuple[int, int]) -> None:
    hits, count = case
    one, other = exact_interval(hits, count), exact_interval(count - hits, count)
    assert (one.low, one.high) == pytest.approx((1 - other.high, 1 - other.low), abs=1e-12)


@FEW
@given(COUNTS)
def test_more_confidence_makes_a_wider_interval(case: tuple[int, int]) -> None:
    for make in (exact_interval, wilson_interval):
        narrow, wide = make(*case, 0.80), make(*case, 0.99)
        assert wide.low <= narrow.low
        assert narrow.high <= wide.high


def test_without_records_anything_is_possible() -> None:
    everything = Interval(low=0.0, high=1.0)
    assert exact_interval(0, 0) == wilson_interval(0, 0) == everything
    assert upper_limit(0, 0) == 1.0


@pytest.mark.parametrize(("hits", "count"), [(-1, 10), (11, 10)])
def test_more_hits_than_records_is_refused(hits: int, count: int) -> None:
    for make in (exact_interval, wilson_interval, upper_limit):
        with pytest.raises(ValueError, match="is no share"):
            make(hits, count)


@pytest.mark.parametrize(
    ("population", "faulty", "drawn", "percent_found"),
    [(200, 20, 10, 66.0), (200, 20, 22, 91.4), (200, 10, 10, 40.9)],
)
def test_a_sample_finds_faulty_records_with_the_worked_probability(
    population: int, faulty: int, drawn: int, percent_found: float
) -> None:
    assert round(100 * detection_probability(population, faulty, drawn), 1) == percent_found


def test_detection_is_certain_once_fewer_sound_records_are_left_than_drawn() -> None:
    assert detection_probability(10, 3, 8) == 1.0
    assert detection_probability(10, 3, 7) < 1.0
    assert detection_probability(10, 3, 0) == detection_probability(10, 0, 10) == 0.0


def test_a_sample_no_larger_than_what_is_allowed_never_finds_more() -> None:
    assert detection_probability(10, 3, 1, allowed=2) == 0.0


@pytest.mark.parametrize(
    ("population", "faulty", "drawn"), [(10, 11, 1), (10, 1, 11), (10, -1, 1), (10, 1, -1)]
)
def test_drawing_more_than_there_is_is_refused(population: int, faulty: int, drawn: int) -> None:
    with pytest.raises(ValueError, match="cannot draw"):
        detection_probability(population, faulty, drawn)


@pytest.mark.parametrize(
    ("population", "faulty", "allowed", "size"),
    [(200, 20, 0, 27), (200, 10, 0, 51), (50, 5, 0, 22), (200, 20, 1, 42)],
)
def test_the_sample_that_finds_with_95_percent_is_the_worked_one(
    population: int, faulty: int, allowed: int, size: int
) -> None:
    assert needed_sample(population, faulty, allowed=allowed) == size
    assert detection_probability(population, faulty, size, allowed=allowed) >= 0.95
    assert detection_probability(population, faulty, size - 1, allowed=allowed) < 0.95


def test_no_sample_finds_more_than_there_is() -> None:
    with pytest.raises(ValueError, match="no sample"):
        needed_sample(200, 1, allowed=1)


@pytest.mark.parametrize(("share", "size"), [(0.10, 29), (0.05, 59)])
def test_from_an_endless_row_the_needed_sample_is_the_worked_one(share: float, size: int) -> None:
    assert needed_sample_without_end(share) == size


@FEW
@given(st.integers(1, 40).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n), st.integers(0, n - 1))))
def test_a_larger_sample_never_finds_less(case: tuple[int, int, int]) -> None:
    population, faulty, drawn = case
    assert detection_probability(population, faulty, drawn) <= detection_probability(
        population, faulty, drawn + 1
    )
