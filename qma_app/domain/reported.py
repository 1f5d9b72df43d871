"""The same result under the areas of the published model: what several of our areas make together."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from qma_app.domain.edition import Edition, ReportedArea
from qma_app.domain.levels import sum_of
from qma_app.domain.result import Result, Tally


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportedResult:
    """One published area with the counts of all checkpoints behind it; rated like an area of the standard itself."""

    area: ReportedArea
    tally: Tally
    is_rated: bool

    @property
    def level(self) -> Fraction | None:
        return self.tally.level


def reported_results(edition: Edition, result: Result) -> tuple[ReportedResult, ...]:
    """The published areas the result has something of, in their order; empty where the edition reports under no others.

    Level = sum(weight x points) / sum(weight x 10) over the rated checkpoints of all areas behind it, as for one area.
    """
    answers = []
    for reported in edition.reported_under:
        tallies = [area.tally for area in result.areas if area.area_id in reported.areas and area.applies]
        if tallies:
            tally = sum_of(tallies)
            is_rated = tally.level is not None and tally.coverage >= edition.rules.coverage
            answers.append(ReportedResult(area=reported, tally=tally, is_rated=is_rated))
    return tuple(answers)


def reported_overall(results: tuple[ReportedResult, ...]) -> Fraction | None:
    """The mean of the rated published areas, each counting once; None while none is rated."""
    levels = [one.level for one in results if one.is_rated and one.level is not None]
    return sum(levels, Fraction(0)) / len(levels) if levels else None
