"""When the phases of an edition lie in a programme of any length, and how the improving phase is cut into waves."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Final

from qma_app.domain.days import month_after
from qma_app.domain.edition import Edition, Phase, Span
from qma_app.i18n import _

WAVE_CHECK: Final = "wave-level"
"""A phase whose gate asks for the level of finished waves is done in waves."""
AUDIT_PHASE: Final = "audit"
DECISION_CHECK: Final = "decision-made"
WAVE_MONTHS: Final = 4
"""One wave for about so many months of improving, unless somebody says how many."""
MOST_WAVES: Final = 6
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class PhaseSpan:
    """One phase, or one wave of it, in time: both days included; `wave` is 0 in a phase without waves."""

    phase: str
    title: str
    wave: int
    starts_on: date
    ends_on: date


def spans_of(
    edition: Edition, started_on: date, months: int, waves: int | None = None
) -> tuple[PhaseSpan, ...]:
    """The phases of a programme of `months` months, each on the day after the one before, in the order of the edition.

    Exact where the edition names this length; between two lengths it names, each bound lies between theirs in proportion; below the
    shortest and above the longest the time up to the audit's end is stretched and what comes after it keeps its months. In an
    edition that does not say when its phases lie, all are equally long.
    """
    bounds = phase_bounds(edition.phases, months)
    days = _rising([day_at(started_on, bound) for bound in bounds])
    found: list[PhaseSpan] = []
    for place, phase in enumerate(edition.phases):
        first, behind = days[place], days[place + 1]
        cuts = [first, behind]
        if is_in_waves(phase):
            count = waves_in(bounds[place + 1] - bounds[place]) if waves is None else waves
            cuts = cut_evenly(first, behind, count)
        found += [
            PhaseSpan(
                phase=phase.id,
                title=phase_title(edition, phase.id, wave),
                wave=wave,
                starts_on=begin,
                ends_on=end - _DAY,
            )
            for wave, (begin, end) in enumerate(pairwise(cuts), 1 if is_in_waves(phase) else 0)
        ]
    return tuple(found)


def phase_title(edition: Edition, phase_id: str, wave: int = 0) -> str:
    """What a phase is called, with its wave: `Improve, wave 2`; the id where this edition does not know it."""
    phase = phase_of(edition, phase_id)
    title = str(phase.title) if phase is not None else phase_id
    return _("{phase}, wave {wave}").format(phase=title, wave=wave) if wave else title


def phase_of(edition: Edition, phase_id: str) -> Phase | None:
    """The phase of that id; None where the edition has none."""
    return next((phase for phase in edition.phases if phase.id == phase_id), None)


def is_in_waves(phase: Phase) -> bool:
    """Whether a phase comes once a wave."""
    return any(condition.check == WAVE_CHECK for condition in phase.gate)


def is_audit(phase: Phase) -> bool:
    """Whether the auditors come in this phase: it is called so, or its gate asks for the decision."""
    return phase.id == AUDIT_PHASE or any(condition.check == DECISION_CHECK for condition in phase.gate)


def audit_phase(edition: Edition) -> Phase | None:
    """The phase in which the auditors come; None in an edition without one."""
    return next((phase for phase in edition.phases if is_audit(phase)), None)


def waves_in(months: Fraction) -> int:
    """How many waves fit into so many months of improving: one for about four months, rounded half up, 1 to 6."""
    return min(MOST_WAVES, max(1, (months / WAVE_MONTHS + Fraction(1, 2)).__floor__()))


def phase_bounds(phases: Sequence[Phase], months: int) -> tuple[Fraction, ...]:
    """The month with which each phase begins, and last the one with which the last phase ends; never falling."""
    if not phases:
        return (Fraction(0),)
    if not all(phase.spans for phase in phases):
        return tuple(Fraction(months * place, len(phases)) for place in range(len(phases) + 1))
    firsts = [_bound(phase.spans, months, is_last=False) for phase in phases]
    rising = [max(firsts[: place + 1]) for place in range(len(firsts))]
    return (*rising, max(rising[-1], _bound(phases[-1].spans, months, is_last=True)))


def day_at(started_on: date, months: Fraction) -> date:
    """The day so many months after the start; a part of a month counts by the days of that month, whole days only."""
    whole = months.__floor__()
    begin, following = month_after(started_on, whole), month_after(started_on, whole + 1)
    return begin + timedelta(days=((months - whole) * (following - begin).days).__floor__())


def cut_evenly(first: date, behind: date, count: int) -> list[date]:
    """The bounds of `count` parts of the days from `first` to the day before `behind`; fewer parts where there are fewer days."""
    days = (behind - first).days
    count = max(1, min(count, days))
    return [first + timedelta(days=days * place // count) for place in range(count + 1)]


def _bound(spans: Sequence[Span], months: int, *, is_last: bool) -> Fraction:
    known = sorted(spans, key=_length)
    lengths = [span.length for span in known]
    values = [Fraction(span.last if is_last else span.first) for span in known]
    place = bisect_left(lengths, months)
    if place < len(known) and lengths[place] == months:
        return values[place]
    if 0 < place < len(known):
        below, above = lengths[place - 1], lengths[place]
        share = Fraction(months - below, above - below)
        return values[place - 1] + share * (values[place] - values[place - 1])
    near = 0 if place == 0 else len(known) - 1
    value, length = values[near], lengths[near]
    return value * months / length if value <= length else months + (value - length)


def _length(span: Span) -> int:
    return span.length


def _rising(days: list[date]) -> list[date]:
    """No phase without a day: a bound that falls on or before the one in front of it moves behind it."""
    found = days[:1]
    for day in days[1:]:
        found.append(max(day, found[-1] + _DAY))
    return found
