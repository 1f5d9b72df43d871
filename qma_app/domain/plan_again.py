"""A plan that is made again: phases that were left stay as they are, the time that remains is shared by the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from qma_app.domain.phase_spans import PhaseSpan
from qma_app.domain.plan import PlannedPhase

LEAST_DAYS: Final = 7
"""No remaining phase is squeezed below a week; then the audit moves instead."""
_DAY: Final = timedelta(days=1)


def continued(
    spans: Sequence[PhaseSpan], stored: Sequence[PlannedPhase], audit: str | None
) -> tuple[PhaseSpan, ...]:
    """The usual phases, with those that were passed as they are stored.

    The first phase not passed begins on the day after the last one passed, or after its gate where that was later. The others keep their usual time while it has at least half of its
    own left; else all phases up to the end of the phase `audit` share the remaining time in proportion, and those behind it follow.
    """
    passed = [one for one in stored if one.is_passed]
    if not passed:
        return tuple(spans)
    titles = {(span.phase, span.wave): span for span in spans}
    kept = tuple(_kept(one, titles.get((one.phase, one.wave))) for one in passed)
    done = {(one.phase, one.wave) for one in passed}
    rest = [span for span in spans if (span.phase, span.wave) not in done]
    if not rest:
        return kept
    begin = max(max(one.ends_on, one.passed_on or one.ends_on) for one in passed) + _DAY
    first = rest[0]
    if begin <= first.starts_on + (first.ends_on - first.starts_on) / 2:
        return (*kept, replace(first, starts_on=begin), *rest[1:])
    return (*kept, *_squeezed(rest, begin, audit))


def _kept(one: PlannedPhase, usual: PhaseSpan | None) -> PhaseSpan:
    title = usual.title if usual is not None else one.phase
    return PhaseSpan(
        phase=one.phase, title=title, wave=one.wave, starts_on=one.starts_on, ends_on=one.ends_on
    )


def _squeezed(rest: Sequence[PhaseSpan], begin: date, audit: str | None) -> list[PhaseSpan]:
    until = next((place for place, span in enumerate(rest) if span.phase == audit), len(rest) - 1) + 1
    before, after = rest[:until], rest[until:]
    usual = [_days(span) for span in before]
    there = max((before[-1].ends_on - begin).days + 1, LEAST_DAYS * len(before))
    found, done, day = [], 0, begin
    for place, span in enumerate(before):
        done += usual[place]
        share = begin + timedelta(days=there * done // sum(usual))
        end = max(share, day + timedelta(days=min(LEAST_DAYS, there // len(before))))
        found.append(replace(span, starts_on=day, ends_on=end - _DAY))
        day = end
    for span in after:
        found.append(replace(span, starts_on=day, ends_on=day + timedelta(days=_days(span) - 1)))
        day += timedelta(days=_days(span))
    return found


def _days(span: PhaseSpan) -> int:
    return (span.ends_on - span.starts_on).days + 1
