"""Did it get better? Compares figures before and after an action, says it in plain words, suggests what to decide."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto
from fractions import Fraction
from math import comb, sqrt
from typing import Final

from qma_app.domain.edition import Direction, KpiDefinition
from qma_app.domain.intervals import upper_limit, wilson_interval
from qma_app.domain.month import Month
from qma_app.domain.significance import fisher_p, permutation_p
from qma_app.domain.verification import Effect, UsedReading
from qma_app.errors import RuleBroken
from qma_app.i18n import _, number_text, percent_text

CLEAR: Final = 0.05
"""Proposal: a change is clear when its p as printed (three decimals) is below this and, for a share, its interval as printed (tenths
of a point) leaves out no change. A person who reads "0.0 to 8.4, p = 0.050" must not be told that it is clear."""
PROBABLE: Final = 0.10
"""Proposal: below this p, or with an interval that leaves out no change only before rounding, a change is probable."""

_AMOUNTS = re.compile(
    r"\b(hours?|days?|values?|costs?|expenses?|profit|overhead|equity|revenue|turnover|mean)\b|\bsales$"
    r"|(stunden|tage|wert|kosten|umsatz|(?<!v)ertrag|kapital|gewinn|ergebnis)\b|\bmittlere",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class ShareChange:
    """Two shares; `low` to `high` bounds after minus before (-1 to 1, 95 percent), `p_value` is Fisher's, two-sided."""

    before_hits: int
    before_count: int
    after_hits: int
    after_count: int
    low: float
    high: float
    p_value: float

    @property
    def before_share(self) -> Fraction | None:
        """None where nothing was counted."""
        return Fraction(self.before_hits, self.before_count) if self.before_count else None

    @property
    def after_share(self) -> Fraction | None:
        """None where nothing was counted."""
        return Fraction(self.after_hits, self.after_count) if self.after_count else None

    @property
    def difference(self) -> Fraction | None:
        """After minus before; None where either is missing."""
        return _difference(self.before_share, self.after_share)


@dataclass(frozen=True, kw_only=True, slots=True)
class MeanChange:
    """The mean of the months before and after; `p_value` is the share of `splits` of the months that differ at least as much.

    `is_exact` tells whether these were all splits there are, or a random choice of them that is the same each time.
    """

    before_count: int
    after_count: int
    before_mean: Fraction | None
    after_mean: Fraction | None
    p_value: float
    splits: int
    is_exact: bool

    @property
    def difference(self) -> Fraction | None:
        """After minus before; None where either is missing."""
        return _difference(self.before_mean, self.after_mean)


Change = ShareChange | MeanChange


def compare_shares(before_hits: int, before_count: int, after_hits: int, after_count: int) -> ShareChange:
    """Newcombe's hybrid score interval of the difference and Fisher's exact test. Without a record anything is possible."""
    before = wilson_interval(before_hits, before_count)
    after = wilson_interval(after_hits, after_count)
    low, high = -1.0, 1.0
    if before_count and after_count:
        first, then = before_hits / before_count, after_hits / after_count
        low = then - first - sqrt((then - after.low) ** 2 + (before.high - first) ** 2)
        high = then - first + sqrt((after.high - then) ** 2 + (first - before.low) ** 2)
    return ShareChange(
        before_hits=before_hits,
        before_count=before_count,
        after_hits=after_hits,
        after_count=after_count,
        low=low,
        high=high,
        p_value=fisher_p(before_hits, before_count, after_hits, after_count),
    )


def compare_means(before: Sequence[Decimal | Fraction], after: Sequence[Decimal | Fraction]) -> MeanChange:
    """For figures that are no shares: how often months parted by chance differ at least as much as these did."""
    first, then = [Fraction(each) for each in before], [Fraction(each) for each in after]
    p_value, splits, is_exact = permutation_p(first, then)
    return MeanChange(
        before_count=len(first),
        after_count=len(then),
        before_mean=sum(first, Fraction()) / len(first) if first else None,
        after_mean=sum(then, Fraction()) / len(then) if then else None,
        p_value=p_value,
        splits=splits,
        is_exact=is_exact,
    )


def compare_readings(
    readings: Sequence[UsedReading],
    before: tuple[Month, Month],
    after: tuple[Month, Month],
    *,
    is_share: bool,
) -> Change:
    """The months of two spans, both ends included, as shares of their sums or as means of the monthly values.

    A share of anything but whole numbers, or with more hits than records, is compared by its monthly values too. RuleBroken where
    the spans do not follow one another.
    """
    if not before[0] <= before[1] < after[0] <= after[1]:
        raise RuleBroken(
            _("The months before and the months after do not follow one another."),
            code="verification.months-overlap",
            way_out=_("Choose months before the action first, and later months after it."),
        )
    first = [each for each in readings if before[0] <= each.month <= before[1]]
    then = [each for each in readings if after[0] <= each.month <= after[1]]
    if is_share:
        old, new = _counts(first), _counts(then)
        if old is not None and new is not None:
            return compare_shares(*old, *new)
    return compare_means(_values(first), _values(then))


def is_share(kpi: KpiDefinition) -> bool:
    """Whether a KPI counts cases of all cases, each a yes or a no: a ratio in percent that does not divide by money or time.

    Amounts have no cases: an interval made for counts would take each hour or euro for a witness of its own.
    """
    if kpi.calculation != "ratio" or kpi.unit != "percent" or kpi.factor != 100:
        return False
    words = tuple(kpi.denominator.texts.values())
    return bool(words) and not any(_AMOUNTS.search(text) for text in words)


def suggested_effect(change: Change, direction: Direction) -> Effect | None:
    """Effective or worse where the change is clear, else not shown. In a band the person decides: None."""
    if direction is Direction.BAND:
        return None
    if _how_sure(change) is not _Sure.CLEAR:
        return Effect.NOT_SHOWN
    return Effect.EFFECTIVE if _is_better(change, direction) else Effect.WORSE


def effect_words(change: Change, direction: Direction) -> str:
    """The same in plain words, with a step between clear and nothing. For a band only whether it changed."""
    sure = _how_sure(change)
    if sure is _Sure.TOO_FEW:
        return _("too few to tell")
    if sure is _Sure.NO:
        return _("no clear change")
    if direction is Direction.BAND:
        return _("changed; decide whether this is better")
    if _is_better(change, direction):
        return _("clearly better") if sure is _Sure.CLEAR else _("probably better, keep watching")
    return _("clearly worse") if sure is _Sure.CLEAR else _("probably worse")


def sample_effect(size: int, allowed: int, failing: int) -> Effect:
    """Effective when no more than the allowed records of a sample fail. RuleBroken for numbers that no sample has."""
    if not 0 <= allowed < size or not 0 <= failing <= size:
        raise RuleBroken(
            _("{failing} failing records of {size} with {allowed} allowed is no sample.").format(
                failing=failing, size=size, allowed=allowed
            ),
            code="verification.sample-impossible",
            way_out=_(
                "Look at one record or more, allow fewer than you look at, and count the failing ones."
            ),
            size=size,
            allowed=allowed,
            failing=failing,
        )
    return Effect.EFFECTIVE if failing <= allowed else Effect.NOT_SHOWN


def sample_limit_words(size: int, failing: int) -> str:
    """What a sample cannot rule out: the one-sided upper limit, so that "none of 10" is not read as "none at all"."""
    limit = Fraction(upper_limit(failing, size)) * 100
    return _("{failing} of {size} failed; up to {limit} of all may fail (95 in 100 sure)").format(
        failing=failing, size=size, limit=percent_text(number_text(limit, 1))
    )


class _Sure(Enum):
    TOO_FEW = auto()
    NO = auto()
    PROBABLE = auto()
    CLEAR = auto()


def _how_sure(change: Change) -> _Sure:
    if _lowest_p(change) >= CLEAR:
        return _Sure.TOO_FEW
    is_apart = is_apart_as_printed = True
    if isinstance(change, ShareChange):
        nearest = max(change.low, -change.high)
        is_apart, is_apart_as_printed = nearest > 0, round(nearest, 3) > 0
    if is_apart_as_printed and round(change.p_value, 3) < CLEAR:
        return _Sure.CLEAR
    if change.p_value < PROBABLE or (isinstance(change, ShareChange) and is_apart):
        return _Sure.PROBABLE
    return _Sure.NO


def _lowest_p(change: Change) -> float:
    """The smallest p that the utmost change of so many records or months, or of so few hits, could reach."""
    count = change.before_count + change.after_count
    fewest = min(change.before_count, change.after_count)
    if isinstance(change, ShareChange) and fewest:
        hits = change.before_hits + change.after_hits
        if 0 < hits < count:
            least, most = max(0, hits - change.after_count), min(hits, change.before_count)
            return min(
                fisher_p(one, change.before_count, hits - one, change.after_count) for one in (least, most)
            )
    return float(Fraction(1, comb(count, fewest)))


def _is_better(change: Change, direction: Direction) -> bool:
    difference = change.difference or 0
    return difference > 0 if direction is Direction.HIGHER else difference < 0


def _difference(before: Fraction | None, after: Fraction | None) -> Fraction | None:
    return None if before is None or after is None else after - before


def _counts(readings: Sequence[UsedReading]) -> tuple[int, int] | None:
    """Hits and records of all months; None where a month has no such numbers."""
    hits = count = 0
    for each in readings:
        if each.denominator is None or not 0 <= each.numerator <= each.denominator:
            return None
        if each.numerator % 1 or each.denominator % 1:
            return None
        hits += int(each.numerator)
        count += int(each.denominator)
    return hits, count


def _values(readings: Sequence[UsedReading]) -> list[Fraction]:
    """One value a month; a month in which nothing was there to divide by has none."""
    return [
        Fraction(each.numerator) / Fraction(1 if each.denominator is None else each.denominator)
        for each in readings
        if each.denominator is None or each.denominator
    ]
