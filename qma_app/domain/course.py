"""The way of the score through a programme, and where a straight line through it leads by the day of the audit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import isqrt
from typing import Final

from qma_app.domain.burn_up import BurnForecast, BurnPoint
from qma_app.i18n import _, day_text, level_text, number_text

LAST_POINTS: Final = 6
LEAST_SCATTER: Final = 2
"""Two passes over an unchanged house differ by about so many points; with two points of the line nothing else is known."""
_MONTH: Final = Fraction(36525, 1200)
_FINE: Final = 10**6


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
    """A line through the last six points by least squares over months, read on the day `on`.

    Range: expected +/- 2 s sqrt(1 + 1/n + (x - mean)^2 / Sxx) with s = sqrt(sum of squared residuals / (n - 2)), but never less than
    2 points, which is all that is known with n = 2. Everything is kept on 0 to 100. None with fewer than two points, and where
    all lie on one day.
    """
    last = sorted(points, key=_when)[-LAST_POINTS:]
    if len(last) < 2:
        return None
    months = [Fraction((point.on - last[0].on).days) / _MONTH for point in last]
    count = len(last)
    mean_x = sum(months, Fraction()) / count
    mean_y = sum((point.overall for point in last), Fraction()) / count
    spread = sum(((x - mean_x) ** 2 for x in months), Fraction())
    if not spread:
        return None
    slope = (
        sum(((x - mean_x) * (p.overall - mean_y) for x, p in zip(months, last, strict=True)), Fraction())
        / spread
    )
    residuals = sum(
        ((point.overall - mean_y - slope * (x - mean_x)) ** 2 for x, point in zip(months, last, strict=True)),
        Fraction(),
    )
    variance = max(residuals / (count - 2) if count > 2 else Fraction(), Fraction(LEAST_SCATTER**2))
    there = Fraction((on - last[0].on).days) / _MONTH
    half = 2 * _root(variance * (1 + Fraction(1, count) + (there - mean_x) ** 2 / spread))
    expected = mean_y + slope * (there - mean_x)
    return Forecast(
        on=on,
        expected=_bounded(expected),
        low=_bounded(expected - half),
        high=_bounded(expected + half),
        words=_words(
            on, _bounded(expected), _bounded(expected - half), _bounded(expected + half), slope, count
        ),
    )


def _words(on: date, expected: Fraction, low: Fraction, high: Fraction, slope: Fraction, count: int) -> str:
    return _(
        "{level} expected on {day}, between {low} and {high}: a line through the last {count} assessments, {slope} points a month."
    ).format(
        level=level_text(expected),
        day=day_text(on),
        low=level_text(low),
        high=level_text(high),
        count=count,
        slope=number_text(slope, 1),
    )


def _when(point: CoursePoint) -> date:
    return point.on


def _bounded(level: Fraction) -> Fraction:
    return min(Fraction(100), max(Fraction(0), level))


def _root(value: Fraction) -> Fraction:
    """The square root to a millionth, the same on every machine."""
    return Fraction(isqrt((value * _FINE * _FINE).__floor__()), _FINE)
