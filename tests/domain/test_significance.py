"""Chance alone: both tests agree with counting every case, and are quick where that cannot be done."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qma_app.domain.significance import MOST_SPLITS, RANDOM_SPLITS, fisher_p, permutation_p

MANY = settings(max_examples=100, deadline=None)
SHARES = st.integers(0, 40).flatmap(lambda count: st.tuples(st.integers(0, count), st.just(count)))
FIGURES = st.lists(st.fractions(-5, 5, max_denominator=10), max_size=5)


def counted_fisher(before_hits: int, before_count: int, after_hits: int, after_count: int) -> float:
    hits = before_hits + after_hits
    tables = [comb(before_count, one) * comb(after_count, hits - one) for one in range(hits + 1)]
    return sum(each for each in tables if each <= tables[before_hits]) / sum(tables)


def counted_splits(before: list[Fraction], after: list[Fraction]) -> float:
    values = [*before, *after]

    def distance(chosen: tuple[int, ...]) -> Fraction:
        first = [values[place] for place in chosen]
        then = [value for place, value in enumerate(values) if place not in chosen]
        return abs(sum(then, Fraction()) / len(then) - sum(first, Fraction()) / len(first))

    mine = distance(tuple(range(len(before))))
    splits = list(combinations(range(len(values)), len(before)))
    return sum(distance(each) >= mine for each in splits) / len(splits)


@MANY
@given(SHARES, SHARES)
def test_fishers_p_is_that_of_all_tables_counted(before: tuple[int, int], after: tuple[int, int]) -> None:
    assert fisher_p(*before, *after) == pytest.approx(counted_fisher(*before, *after), rel=1e-9)


def test_fishers_p_of_the_worked_example() -> None:
    assert fisher_p(18, 240, 9, 260) == pytest.approx(0.0496992929, abs=1e-9)


def test_fishers_p_of_very_large_counts_stays_possible() -> None:
    assert fisher_p(1_000_000, 2_000_000, 1_000_000, 2_000_000) == pytest.approx(1.0)
    assert fisher_p(1_000_000, 2_000_000, 900_000, 2_000_000) == 0.0


@MANY
@given(FIGURES, FIGURES)
def test_the_splits_found_by_halves_are_those_counted_one_by_one(
    before: list[Fraction], after: list[Fraction]
) -> None:
    p_value, splits, is_exact = permutation_p(before, after)
    assert is_exact
    assert splits == comb(len(before) + len(after), len(before))
    if before and after:
        assert p_value == pytest.approx(counted_splits(before, after))
    else:
        assert p_value == 1.0


def test_a_year_against_a_year_is_counted_whole() -> None:
    before, after = [Fraction(n) for n in range(12)], [Fraction(n) for n in range(12, 24)]
    assert permutation_p(before, after) == (2 / MOST_SPLITS, MOST_SPLITS, True)


def test_more_splits_than_that_are_drawn_the_same_way_each_time() -> None:
    before, after = [Fraction(n) for n in range(13)], [Fraction(n) for n in range(13, 26)]
    found = permutation_p(before, after)
    assert found == (1 / (RANDOM_SPLITS + 1), RANDOM_SPLITS, False)
    mixed = permutation_p(before[::2] + after[::2], before[1::2] + after[1::2])
    assert mixed == permutation_p(before[::2] + after[::2], before[1::2] + after[1::2])
    assert 0.5 < mixed[0] <= 1
