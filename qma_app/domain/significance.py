"""How likely chance alone makes a difference: Fisher's exact test of two shares, and a permutation test of two rows of figures."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from fractions import Fraction
from math import ceil, comb, floor, lcm
from random import Random
from typing import Final

MOST_SPLITS: Final = comb(24, 12)
"""Up to so many ways to part the figures in two all of them are counted: a year against a year."""
RANDOM_SPLITS: Final = 20_000

_TIE = 1 + 1e-7  # two tables are equally likely where their weights differ by rounding only
_NOTHING = 1e-20


def fisher_p(before_hits: int, before_count: int, after_hits: int, after_count: int) -> float:
    """Two-sided: the weight of all tables with these margins that are at most as likely.

    Each weight comes from its neighbour's, so that counts of any size take no longer than the spread of the likely ones.
    """
    hits = before_hits + after_hits
    least, most = max(0, hits - after_count), min(hits, before_count)
    middle = (hits + 1) * (before_count + 1) // (before_count + after_count + 2)
    weights = {middle: 1.0}
    for step in (1, -1):
        weight, at = 1.0, middle
        while least <= at + step <= most and weight > _NOTHING:
            lower = min(at, at + step)
            ratio = (before_count - lower) * (hits - lower) / ((lower + 1) * (after_count - hits + lower + 1))
            weight *= ratio if step > 0 else 1 / ratio
            at += step
            weights[at] = weight
    mine = weights.get(before_hits, 0.0) * _TIE
    return min(1.0, sum(weight for weight in weights.values() if weight <= mine) / sum(weights.values()))


def permutation_p(before: Sequence[Fraction], after: Sequence[Fraction]) -> tuple[float, int, bool]:
    """Two-sided p, the number of splits it rests on, and whether these are all; else a random choice that is the same each time."""
    scale = lcm(*(each.denominator for each in (*before, *after)))
    values = [int(each * scale) for each in (*before, *after)]
    part = values[: len(before)] if len(before) <= len(after) else values[len(before) :]
    # A split differs from the mean of all by |count x sum - size x total|, in whole numbers.
    centre = len(part) * sum(values)
    distance = abs(len(values) * sum(part) - centre)
    splits = comb(len(values), len(part))
    if not distance:
        return 1.0, splits, True
    if splits <= MOST_SPLITS:
        low, high = (
            floor(Fraction(centre - distance, len(values))),
            ceil(Fraction(centre + distance, len(values))),
        )
        return _beyond(values, len(part), low, high) / splits, splits, True
    chance = Random(RANDOM_SPLITS)
    far = sum(
        abs(len(values) * sum(chance.sample(values, len(part))) - centre) >= distance
        for _turn in range(RANDOM_SPLITS)
    )
    return (far + 1) / (RANDOM_SPLITS + 1), RANDOM_SPLITS, False


def _beyond(values: Sequence[int], size: int, low: int, high: int) -> int:
    """How many choices of `size` values sum to at most `low` or at least `high`: each half is listed, then the halves are joined."""
    middle = len(values) // 2
    left, right = _sums(values[:middle], size), _sums(values[middle:], size)
    found = 0
    for taken, sums in enumerate(left):
        others = sorted(right[size - taken])
        for each in sums:
            found += bisect_right(others, low - each) + len(others) - bisect_left(others, high - each)
    return found


def _sums(values: Sequence[int], size: int) -> list[list[int]]:
    """The sums of all choices of none, one, ... `size` of the values."""
    sums: list[list[int]] = [[0], *([] for _one in range(size))]
    for value in values:
        for taken in range(size, 0, -1):
            sums[taken] += [each + value for each in sums[taken - 1]]
    return sums
