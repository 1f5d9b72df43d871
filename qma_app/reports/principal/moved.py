"""How figures moved: before and after, from the readings alone, in words that claim no more than the readings show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from qma_app.domain.edition import KpiDefinition
from qma_app.domain.effect import Change, ShareChange, compare_readings, effect_words, is_share
from qma_app.domain.month import Month
from qma_app.domain.reading import Reading
from qma_app.domain.verification import UsedReading
from qma_app.domain.wording import unit_title
from qma_app.i18n import number_text, percent_text, unit_text
from qma_app.reports.actions.reading import Programme

BEFORE_MONTHS: Final = 6
"""So many months before the start are the time before."""
END_MONTHS: Final = 3
"""A course is told by its first and its last months, at most so many of each."""
Span = tuple[Month, Month]


@dataclass(frozen=True, kw_only=True, slots=True)
class KpiMove:
    """One KPI before and after; `change` is None where one of the two has no figures."""

    kpi: KpiDefinition
    before: Span | None
    after: Span | None
    change: Change | None

    @property
    def words(self) -> str:
        """What the figures say; "" where nothing can be compared."""
        return effect_words(self.change, self.kpi.direction) if self.change is not None else ""


def kpi_moves(programme: Programme, codes: Iterable[str], *, first: date, last: date) -> tuple[KpiMove, ...]:
    """The KPIs of these codes that have figures, each once: before the start against the months after it up to `last`.

    Without figures from before, the month of the start is the time before. The month of the start never counts as after.
    """
    moves = []
    for code in dict.fromkeys(codes):
        kpi = programme.kpi(code)
        readings = readings_of(programme, code)
        if kpi is None or not readings:
            continue
        start = Month.of(first)
        before = [one for one in readings if start.plus(-BEFORE_MONTHS) <= one.month < start]
        before = before or [one for one in readings if one.month == start]
        after = [one for one in readings if start < one.month <= Month.of(last)]
        if before or after:
            moves.append(_move(kpi, before, after))
    return tuple(moves)


def course_words(kpi: KpiDefinition, readings: Sequence[UsedReading]) -> str:
    """The first months against the last ones, as many of each, in words; "" with fewer than two months."""
    count = min(END_MONTHS, len(readings) // 2)
    return _move(kpi, readings[:count], readings[-count:]).words if count else ""


def readings_of(programme: Programme, code: str) -> tuple[UsedReading, ...]:
    """The months of a KPI up to the day the paper speaks of, in their order."""
    found = programme.reader.all(Reading, engagement_id=programme.engagement.id, kpi=code)
    known = (one for one in found if one.month <= Month.of(programme.on))
    return tuple(
        UsedReading(month=one.month, numerator=one.numerator, denominator=one.denominator)
        for one in sorted(known, key=_month)
    )


def side_texts(move: KpiMove) -> tuple[str, str]:
    """What the KPI was before and after, with the number of cases where it counts cases."""
    change = move.change
    if change is None:
        return "–", "–"
    if isinstance(change, ShareChange):
        return (
            _share_text(change.before_share, change.before_hits, change.before_count),
            _share_text(change.after_share, change.after_hits, change.after_count),
        )
    return _mean_text(move.kpi, change.before_mean), _mean_text(move.kpi, change.after_mean)


def _share_text(share: Fraction | None, hits: int, count: int) -> str:
    if share is None:
        return "–"
    shown = percent_text(number_text(share * 100, 1))
    return f"{shown} ({number_text(hits)} / {number_text(count)})"


def _mean_text(kpi: KpiDefinition, mean: Fraction | None) -> str:
    return "–" if mean is None else value_text(kpi, mean * kpi.factor)


def value_text(kpi: KpiDefinition, value: Fraction) -> str:
    """A value of a KPI with its unit."""
    shown = number_text(value, 0 if value.denominator == 1 else 1)
    return unit_text(shown, unit_title(kpi.unit))


def _move(kpi: KpiDefinition, before: Sequence[UsedReading], after: Sequence[UsedReading]) -> KpiMove:
    first, then = _span(before), _span(after)
    change = None
    if first is not None and then is not None:
        change = compare_readings((*before, *after), first, then, is_share=is_share(kpi))
    return KpiMove(kpi=kpi, before=first, after=then, change=change)


def _span(readings: Sequence[UsedReading]) -> Span | None:
    return (readings[0].month, readings[-1].month) if readings else None


def _month(reading: Reading) -> Month:
    return reading.month
