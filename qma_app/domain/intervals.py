"""How sure a share from few records is, and how likely a sample is to find what is wrong; the standard library suffices.

Shares, limits and probabilities lie between 0 and 1 and are floats: they are shown, never stored and never a threshold.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, comb, exp, log, log1p, sqrt
from statistics import NormalDist

CONFIDENCE = 0.95
_HALVINGS = 60  # leaves a gap of 1e-18, below the last digit of a float


@dataclass(frozen=True, kw_only=True, slots=True)
class Interval:
    """From `low` to `high`, both between 0 and 1."""

    low: float
    high: float


def exact_interval(hits: int, count: int, confidence: float = CONFIDENCE) -> Interval:
    """Clopper-Pearson, two-sided: what a share of `hits` in `count` records allows. Without a record anything is possible."""
    _check(hits, count)
    tail = (1 - confidence) / 2
    return Interval(low=_lower(hits, count, tail), high=1 - _lower(count - hits, count, tail))


def upper_limit(hits: int, count: int, confidence: float = CONFIDENCE) -> float:
    """One-sided: the largest share that `hits` in `count` records do not rule out. None found in 10 leaves 25.9 percent."""
    _check(hits, count)
    return 1 - _lower(count - hits, count, 1 - confidence)


def wilson_interval(hits: int, count: int, confidence: float = CONFIDENCE) -> Interval:
    """Wilson's interval, for shares of answers and other larger counts. Without an answer anything is possible."""
    _check(hits, count)
    if count == 0:
        return Interval(low=0.0, high=1.0)
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share = hits / count
    stretch = 1 + z * z / count
    centre = (share + z * z / (2 * count)) / stretch
    half = z * sqrt(share * (1 - share) / count + (z / (2 * count)) ** 2) / stretch
    return Interval(low=0.0 if hits == 0 else centre - half, high=1.0 if hits == count else centre + half)


def detection_probability(population: int, faulty: int, drawn: int, *, allowed: int = 0) -> float:
    """How likely more than `allowed` of `faulty` records are found when `drawn` of `population` are drawn without return."""
    if not (0 <= faulty <= population and 0 <= drawn <= population):
        raise ValueError(f"cannot draw {drawn} or spoil {faulty} of {population}")
    missed = sum(
        comb(faulty, found) * comb(population - faulty, drawn - found)
        for found in range(min(allowed, drawn) + 1)
    )
    return float(1 - Fraction(missed, comb(population, drawn)))


def needed_sample(population: int, faulty: int, confidence: float = CONFIDENCE, *, allowed: int = 0) -> int:
    """The smallest sample that finds more than `allowed` of the faulty records with this confidence."""
    if faulty <= allowed:
        raise ValueError(f"no sample finds more than {allowed} of {faulty}")

    def probability(drawn: int) -> float:
        return detection_probability(population, faulty, drawn, allowed=allowed)

    return bisect_left(range(population + 1), confidence, key=probability)


def needed_sample_without_end(share: float, confidence: float = CONFIDENCE) -> int:
    """The smallest sample that finds one faulty record of an endless row of which `share` is faulty."""
    return ceil(log(1 - confidence) / log(1 - share))


def _lower(hits: int, count: int, tail: float) -> float:
    """The share at which `hits` or more would come up with probability `tail`, by bisection; 0 without a hit."""
    if hits == 0:
        return 0.0
    low, high = 0.0, 1.0
    for _step in range(_HALVINGS):
        middle = (low + high) / 2
        if _at_least(hits, count, middle) < tail:
            low = middle
        else:
            high = middle
    return high


def _at_least(hits: int, count: int, share: float) -> float:
    """P(X >= hits), summed on the side where it is small, so that nothing is lost to rounding."""
    if hits > count * share:
        return _far_tail(hits, count, share)
    return 1 - _far_tail(count - hits + 1, count, 1 - share)


def _far_tail(hits: int, count: int, share: float) -> float:
    """P(X >= hits) for hits above the mean, where each term is smaller than the one before."""
    term = exp(log(comb(count, hits)) + hits * log(share) + (count - hits) * log1p(-share))
    total = term
    odds = share / (1 - share)
    for found in range(hits, count):
        term *= (count - found) / (found + 1) * odds
        total += term
        if term < total * 1e-18:
            break
    return total


def _check(hits: int, count: int) -> None:
    if not 0 <= hits <= count:
        raise ValueError(f"{hits} of {count} is no share")
