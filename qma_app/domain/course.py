"""The way of the score through a programme, and where it leads by the day of the audit if it goes on like that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Context, Decimal, localcontext
from fractions import Fraction
from typing import Final

from qma_app.domain.burn_up import BurnForecast, BurnPoint
from qma_app.i18n import _, day_text, level_text, number_text, percent_text

LAST_POINTS: Final = 6
LEAST_SCATTER: Final = 2
"""Two passes over an unchanged house differ by about so many points; with two points of the line nothing else is known."""
_MONTH: Final = Fraction(36525, 1200)
_EXACT: Final = Context(prec=24)
_SMALL_GAP: Final = Decimal(10)
_WHOLE_GAP: Final = Decimal(5)
"""ln of a gap that is more than all there is."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CoursePoint:
    """The overall level as it stood when an assessment was completed; `label` names the assessment (Base, M6)."""

    on: date
    overall: Fraction
    label: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Forecast:
    """The level to be expected on a day, with the range it will lie in; all on 0 to 100. `words` say how it was found."""

    on: date
    expected: Fraction
    low: Fraction
    high: Fraction
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ScoreCourse:
    """`assessed` is the burn-up, one point a month; `burn` tells when the last checkpoint will have passed at this pace.

    `is_enough`: the expected level reaches the pass mark on the day of the audit; None where nothing can be expected yet.
    """

    points: tuple[CoursePoint, ...]
    assessed: tuple[BurnPoint, ...]
    forecast: Forecast | None
    pass_mark: int
    audit_on: date
    is_enough: bool | None
    burn: BurnForecast | None = None


def score_forecast(points: Sequence[CoursePoint], on: date) -> Forecast | None:
    """The gap to 100 goes on shrinking (or growing) by the same share each month as over the last six points, read on the day `on`.

    With g = 100 - level (never less than 1), ln g is fitted by least squares over months: expected = 100 - exp(fit). A level that
    rises by equal steps would reach 100 and pass it; what is left is always harder than what was done. Range: fit -/+
    2 s sqrt(1 + 1/n + (x - mean)^2 / Sxx) with s = sqrt(sum of squared residuals / (n - 2)), but never less than 2 points of level at
    the last point (a gap below 10 counts as 10), which is all that is known with n = 2. Everything is kept on 0 to 100. None with fewer than two points, and
    where all lie on one day. Computed in decimals of 24 digits, the same on every machine.
    """
    last = sorted(points, key=_when)[-LAST_POINTS:]
    if len(last) < 2 or last[0].on == last[-1].on:
        return None
    with localcontext(_EXACT):
        line = _fitted(last)
        there = _months(last[0].on, on)
        reach = 1 + Decimal(1) / line.count + (there - line.middle) ** 2 / line.spread
        half = 2 * (line.variance * reach).sqrt()
        fit = line.height + line.slope * (there - line.middle)
        expected, low, high = (_level(value) for value in (fit, fit + half, fit - half))
        share = Fraction(100 * (1 - line.slope.exp()))
    return Forecast(
        on=on,
        expected=expected,
        low=low,
        high=high,
        words=_words(on, expected, low, high, share, line.count),
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class _Line:
    """ln of the gap over months: its height in the middle of the points, its slope, and how far points lie from it."""

    count: int
    middle: Decimal
    height: Decimal
    slope: Decimal
    spread: Decimal
    variance: Decimal


def _fitted(last: Sequence[CoursePoint]) -> _Line:
    months = [_months(last[0].on, point.on) for point in last]
    gaps = [max(Decimal(100) - _decimal(point.overall), Decimal(1)) for point in last]
    heights = [gap.ln() for gap in gaps]
    count = len(last)
    middle, height = sum(months, Decimal()) / count, sum(heights, Decimal()) / count
    spread = sum(((x - middle) ** 2 for x in months), Decimal())
    slope = (
        sum(((x - middle) * (y - height) for x, y in zip(months, heights, strict=True)), Decimal()) / spread
    )
    misses = ((y - height - slope * (x - middle)) ** 2 for x, y in zip(months, heights, strict=True))
    scatter = sum(misses, Decimal()) / (count - 2) if count > 2 else Decimal()
    least = (Decimal(LEAST_SCATTER) / max(gaps[-1], _SMALL_GAP)) ** 2
    return _Line(
        count=count, middle=middle, height=height, slope=slope, spread=spread, variance=max(scatter, least)
    )


def _level(log_of_gap: Decimal) -> Fraction:
    """The level on 0 to 100 to a millionth; gaps beyond 100 are all of it."""
    gap = min(log_of_gap, _WHOLE_GAP).exp()
    return _bounded(100 - Fraction(gap.quantize(Decimal("0.000001"))))


def _months(first: date, day: date) -> Decimal:
    return _decimal(Fraction((day - first).days) / _MONTH)


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def _words(on: date, expected: Fraction, low: Fraction, high: Fraction, share: Fraction, count: int) -> str:
    pace = (
        _("the gap to 100 grew by {share} a month")
        if share < 0
        else _("the gap to 100 shrank by {share} a month")
    )
    return _(
        "{level} expected on {day}, between {low} and {high}: over the last {count} assessments {pace}."
    ).format(
        level=level_text(expected),
        day=day_text(on),
        low=level_text(low),
        high=level_text(high),
        count=count,
        pace=pace.format(share=percent_text(number_text(abs(share), 1))),
    )


def _when(point: CoursePoint) -> date:
    return point.on


def _bounded(level: Fraction) -> Fraction:
    return min(Fraction(100), max(Fraction(0), level))
