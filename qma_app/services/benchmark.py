"""How a dealership stands among the others of this workspace: quartiles, hidden while they are too few."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from qma_app.domain.days import within_calendar
from qma_app.domain.dealership import Dealership
from qma_app.domain.ids import AreaId
from qma_app.domain.quartiles import FEWEST, percentile_of, quarter_of, quartiles
from qma_app.i18n import _, level_text, ngettext
from qma_app.services.portfolio import PortfolioLine, portfolio
from qma_app.storage.scopes import ReadingScope


@dataclass(frozen=True, kw_only=True, slots=True)
class BenchmarkLine:
    """One dealership among the others: `percentile` in percent, `quarter` 1 for the lowest to 4 for the highest."""

    dealership: Dealership
    level: Fraction
    percentile: Fraction
    quarter: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Benchmark:
    """`count` dealerships are rated; fewer than five are hidden: then there are neither lines nor quartiles."""

    area_id: AreaId | None
    count: int
    quartiles: tuple[Fraction, Fraction, Fraction] | None
    lines: tuple[BenchmarkLine, ...]
    is_hidden: bool
    words: str


def benchmark(reader: ReadingScope, *, area_id: AreaId | None = None, on: date) -> Benchmark:
    """All dealerships not archived by their overall level, or by that of one area, the highest first.

    An overall level counts where every area that applies is rated, and programmes that have ended count as they stood.
    """
    on = within_calendar(on)
    levels = [
        (level, line.dealership)
        for line in portfolio(reader, on=on).lines
        if (level := _level_of(line, area_id)) is not None
    ]
    count = len(levels)
    if count < FEWEST:
        words = ngettext(
            "{count} dealership is rated; a comparison needs {fewest}.",
            "{count} dealerships are rated; a comparison needs {fewest}.",
            count,
        ).format(count=count, fewest=FEWEST)
        return Benchmark(area_id=area_id, count=count, quartiles=None, lines=(), is_hidden=True, words=words)
    values = [level for level, _dealership in levels]
    bounds = quartiles(values)
    lines = [
        BenchmarkLine(
            dealership=dealership,
            level=level,
            percentile=percentile_of(level, values),
            quarter=quarter_of(level, bounds),
        )
        for level, dealership in levels
    ]
    lower, middle, upper = (level_text(bound, 1) for bound in bounds)
    return Benchmark(
        area_id=area_id,
        count=count,
        quartiles=bounds,
        lines=tuple(sorted(lines, key=_highest_first)),
        is_hidden=False,
        words=_(
            "Half of {count} dealerships lie between {lower} and {upper}, the middle is {middle}."
        ).format(count=count, lower=lower, upper=upper, middle=middle),
    )


def _level_of(line: PortfolioLine, area_id: AreaId | None) -> Fraction | None:
    if area_id is not None:
        return line.areas.get(area_id)
    return line.overall if line.is_whole else None


def _highest_first(line: BenchmarkLine) -> tuple[Fraction, str]:
    return -line.level, line.dealership.name.casefold()
