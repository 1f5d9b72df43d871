"""How long findings stay open, and how long it takes until one is closed."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from qma_app.domain.finding import Finding, FindingGrade

FIRST_DAYS: Final = (0, 31, 61, 91, 181)
"""The age in days with which each band begins."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AgeBand:
    """Open findings seen `first` to `last` days ago, both included; the last band has no end."""

    first: int
    last: int | None
    by_grade: Mapping[FindingGrade, int]

    @property
    def count(self) -> int:
        return sum(self.by_grade.values())


@dataclass(frozen=True, kw_only=True, slots=True)
class Ageing:
    """All bands, youngest first, empty ones too; `undated` counts open findings of which nobody knows when they were seen."""

    bands: tuple[AgeBand, ...]
    undated: int


def ageing(findings: Iterable[Finding], today: date) -> Ageing:
    """Open findings by age and grade. Good practices do not age: nobody has to settle them."""
    counts = [Counter[FindingGrade]() for _band in FIRST_DAYS]
    undated = 0
    for finding in findings:
        if finding.deleted_at is not None or not finding.wants_work:
            continue
        if finding.seen_on is None:
            undated += 1
            continue
        counts[bisect_right(FIRST_DAYS, _days(finding.seen_on, today)) - 1][finding.grade] += 1
    ends = (*(first - 1 for first in FIRST_DAYS[1:]), None)
    bands = tuple(
        AgeBand(
            first=first, last=last, by_grade={grade: count[grade] for grade in FindingGrade if count[grade]}
        )
        for first, last, count in zip(FIRST_DAYS, ends, counts, strict=True)
    )
    return Ageing(bands=bands, undated=undated)


def median_days_to_close(findings: Iterable[Finding], today: date) -> int | None:
    """Days from seen to closed for the middle one, open ones counted as "not yet"; None while fewer than half are closed.

    Good practices and findings without a day they were seen on are left out.
    """
    done: list[int] = []
    still: list[int] = []
    for finding in findings:
        if (
            finding.deleted_at is not None
            or finding.seen_on is None
            or finding.grade is FindingGrade.GOOD_PRACTICE
        ):
            continue
        if finding.closed_on is not None:
            done.append(_days(finding.seen_on, finding.closed_on))
        else:
            still.append(_days(finding.seen_on, today))
    return kaplan_meier_median(done, still)


def kaplan_meier_median(done: Sequence[int], open: Sequence[int]) -> int | None:  # noqa: A002  the word of the trade
    """The first time at which no more than half are left, where `open` ones were watched for so long without an end."""
    left = Fraction(1)
    ends = Counter(done)
    times = sorted((*done, *open))
    for time in sorted(ends):
        # Who was let go at this very time was still there when the others ended.
        watched = len(times) - bisect_right(times, time - 1)
        left *= 1 - Fraction(ends[time], watched)
        if left <= Fraction(1, 2):
            return time
    return None


def _days(since: date, until: date) -> int:
    """Never below 0: a day typed wrongly does not make a finding younger than new."""
    return max(0, (until - since).days)
