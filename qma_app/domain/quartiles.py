"""Where a value lies among others: quartiles by linear interpolation and the mid-rank percentile."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

FEWEST = 5
"""Below this many values nobody is compared: a quartile of four says who the others are."""


def quartiles(values: Sequence[Fraction | int]) -> tuple[Fraction, Fraction, Fraction]:
    """Lower quartile, median and upper quartile, interpolated between neighbours; ValueError without a value."""
    if not values:
        raise ValueError("no values")
    ordered = sorted(map(Fraction, values))
    lower, middle, upper = (_at(ordered, Fraction(quarter, 4)) for quarter in (1, 2, 3))
    return lower, middle, upper


def percentile_of(value: Fraction | int, values: Sequence[Fraction | int]) -> Fraction:
    """The share of values below this one, in percent; those equal to it count half. ValueError without a value."""
    if not values:
        raise ValueError("no values")
    below = sum(other < value for other in values)
    equal = sum(other == value for other in values)
    return Fraction(100 * (2 * below + equal), 2 * len(values))


def quarter_of(value: Fraction | int, bounds: tuple[Fraction, Fraction, Fraction]) -> int:
    """1 for the lowest quarter to 4 for the highest; a value on a bound belongs to the higher one."""
    return 1 + sum(value >= bound for bound in bounds)


def _at(ordered: Sequence[Fraction], share: Fraction) -> Fraction:
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)
