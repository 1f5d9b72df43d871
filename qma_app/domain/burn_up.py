"""How many checkpoints are assessed and passed from month to month, and when all of them will be at this pace."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from qma_app.domain.phase_spans import day_at

LAST_MONTHS: Final = 3
"""The pace is the mean of so many months."""
_FAR: Final = 1200


@dataclass(frozen=True, kw_only=True, slots=True)
class BurnPoint:
    """The end of one month of the programme (`month` counts from 0 = the start): so many of `total` were assessed, so many passed."""

    month: int
    on: date
    assessed: int
    passed: int
    total: int


@dataclass(frozen=True, kw_only=True, slots=True)
class BurnForecast:
    """At `rate` checkpoints a month the `left` ones take `months` more; None where nothing moves. `done_on` is that day."""

    rate: Fraction
    left: int
    months: Fraction | None
    done_on: date | None
    is_late: bool


def pace(counts: Sequence[int]) -> Fraction:
    """The mean gain of the last three months of a cumulative row, of fewer where there are fewer; 0 without a month or with a loss."""
    last = counts[-LAST_MONTHS - 1 :]
    return max(Fraction(0), Fraction(last[-1] - last[0], len(last) - 1)) if len(last) > 1 else Fraction(0)


def burn_forecast(
    counts: Sequence[int], total: int, *, on: date, audit_on: date, now: int | None = None
) -> BurnForecast:
    """When `total` is reached at the pace of the last three months, counted from `on`; late when that is after the audit.

    `counts` are cumulative, one a whole month; `now` is the count on the day itself (None: the last of them). Nothing left is never
    late; something left without any pace is late.
    """
    reached = now if now is not None else (counts[-1] if counts else 0)
    left = max(0, total - reached)
    rate = pace(counts)
    if not left:
        return BurnForecast(rate=rate, left=0, months=Fraction(0), done_on=on, is_late=False)
    months = left / rate if rate else None
    if months is None or months > _FAR:
        return BurnForecast(rate=rate, left=left, months=months, done_on=None, is_late=True)
    done_on = day_at(on, months)
    return BurnForecast(rate=rate, left=left, months=months, done_on=done_on, is_late=done_on > audit_on)
