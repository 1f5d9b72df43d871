"""The promise book: what is open, what was kept, late or broken, and how that changes from quarter to quarter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from qma_app.domain.days import within_calendar
from qma_app.domain.ids import EngagementId
from qma_app.domain.ports import Reader
from qma_app.domain.promise import Promise, PromiseState, Quarter


@dataclass(frozen=True, kw_only=True, slots=True)
class QuarterOfPromises:
    """The dealership's promises that were to be kept in a quarter, and how many of them were kept on their day or before."""

    quarter: Quarter
    due: int
    kept: int

    @property
    def share(self) -> Fraction:
        return Fraction(100 * self.kept, self.due)


@dataclass(frozen=True, kw_only=True, slots=True)
class PromiseBook:
    """All promises on a day; `open` holds the late ones first, `settled` the last settled first, both sides' promises among them.

    The counts, the share and the trend are those of the dealership's promises. `kept_share` (percent) is kept in time out of
    all whose day has passed or that were settled; None where there is none. `trend` has a line for each quarter in which one was due, in time.
    """

    open: tuple[Promise, ...]
    settled: tuple[Promise, ...]
    kept: int
    kept_late: int
    late: int
    broken: int
    kept_share: Fraction | None
    trend: tuple[QuarterOfPromises, ...]


def promise_book(reader: Reader, engagement_id: EngagementId, *, on: date) -> PromiseBook:
    """The promises of a programme as they stand on a day."""
    on = within_calendar(on)
    promises = reader.all(Promise, engagement_id=engagement_id)
    states = {promise.id: promise.state_on(on) for promise in promises}
    waiting = (PromiseState.OPEN, PromiseState.LATE)
    open_ones = [one for one in promises if states[one.id] in waiting]
    settled = [one for one in promises if states[one.id] not in waiting]
    theirs = [one for one in promises if not one.is_coachs]
    counts = {state: sum(states[one.id] is state for one in theirs) for state in PromiseState}
    judged = sum(counts.values()) - counts[PromiseState.OPEN]
    return PromiseBook(
        open=tuple(sorted(open_ones, key=_by_due)),
        settled=tuple(sorted(settled, key=lambda one: (_settled_on(one), one.number), reverse=True)),
        kept=counts[PromiseState.KEPT],
        kept_late=counts[PromiseState.KEPT_LATE],
        late=counts[PromiseState.LATE],
        broken=counts[PromiseState.BROKEN],
        kept_share=Fraction(100 * counts[PromiseState.KEPT], judged) if judged else None,
        trend=_trend(theirs, on),
    )


def _trend(promises: Iterable[Promise], on: date) -> tuple[QuarterOfPromises, ...]:
    """By the quarter of the due day; a promise without one, or settled before it, counts in the quarter it was settled."""
    found: dict[Quarter, list[bool]] = {}
    for promise in promises:
        state = promise.state_on(on)
        if state is PromiseState.OPEN:
            continue
        is_settled = state is not PromiseState.LATE
        days = [day for day in (promise.due_on, _settled_on(promise) if is_settled else None) if day]
        found.setdefault(Quarter.of(min(days)), []).append(state is PromiseState.KEPT)
    return tuple(
        QuarterOfPromises(quarter=quarter, due=len(kept), kept=sum(kept))
        for quarter, kept in sorted(found.items())
    )


def _settled_on(promise: Promise) -> date:
    return promise.broken_on or promise.kept_on or date.min


def _by_due(promise: Promise) -> tuple[date, int]:
    return promise.due_on or date.max, promise.number
