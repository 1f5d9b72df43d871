"""The vital few: which causes make up most of what was counted or of what it costs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

MARK: Final = Fraction(80, 100)
"""Up to this cumulative share a cause is one of the vital few."""
MOST_OTHER: Final = Fraction(15, 100)
"""Above this share "other" hides causes that want a name of their own."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Bar:
    """One cause: shares are of the whole, `cumulative` with everything before it."""

    label: str
    value: Fraction
    share: Fraction
    cumulative: Fraction
    is_vital: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Pareto:
    """Bars in falling order, "other" last; none where nothing was counted."""

    bars: tuple[Bar, ...]
    total: Fraction
    is_other_large: bool

    @property
    def vital(self) -> frozenset[str]:
        return frozenset(bar.label for bar in self.bars if bar.is_vital)


def pareto(items: Sequence[tuple[str, Fraction | int | Decimal]], other: str) -> Pareto:
    """One bar for each label, equal labels added up, largest first; the one called `other` is last whatever its size.

    Vital are the bars up to 80 percent cumulative; where the first alone is above that, it is the only one. "Other" is never vital: it
    names no cause. Values of 0 make no bar, equal ones keep the order they came in; ValueError for a value below 0.
    """
    values: dict[str, Fraction] = {}
    for label, value in items:
        if value < 0:
            raise ValueError(f"{label} has {value}")
        values[label] = values.get(label, Fraction()) + Fraction(value)
    total = sum(values.values(), Fraction())
    bars: list[Bar] = []
    so_far = Fraction()
    for label, value in sorted(values.items(), key=lambda item: (item[0] == other, -item[1])):
        if not value:
            continue
        so_far += value
        bars.append(
            Bar(
                label=label,
                value=value,
                share=value / total,
                cumulative=so_far / total,
                is_vital=label != other and (so_far / total <= MARK or not bars),
            )
        )
    return Pareto(
        bars=tuple(bars),
        total=total,
        is_other_large=values.get(other, Fraction()) > MOST_OTHER * total,
    )


def charts_disagree(by_count: Pareto, by_cost: Pareto) -> bool:
    """Whether other causes are vital by cost than by count; a chart without bars disagrees with nothing."""
    return bool(by_count.bars) and bool(by_cost.bars) and by_count.vital != by_cost.vital


@dataclass(frozen=True, kw_only=True, slots=True)
class CauseCounts:
    """The root causes of findings by count and by cost; `without_cause` findings are in neither, `other` is the label without a name."""

    by_count: Pareto
    by_cost: Pareto
    other: str
    findings: int
    without_cause: int

    @property
    def do_disagree(self) -> bool:
        """Whether count and cost point at different causes."""
        return charts_disagree(self.by_count, self.by_cost)


def count_causes(
    findings: Iterable[tuple[Sequence[str], Decimal | None]], order: Sequence[str], other: str
) -> CauseCounts:
    """Counted over findings, each given by the categories of its root causes and what it costs a year.

    A finding counts once in each of its categories; its cost is parted evenly among them, so that nothing is summed twice. Bars
    of equal length stand in the `order` of the standard.
    """
    counts: list[tuple[str, Fraction | int | Decimal]] = []
    costs: list[tuple[str, Fraction | int | Decimal]] = []
    looked_at = without = 0
    for categories, cost in findings:
        looked_at += 1
        without += not categories
        counts += [(each, 1) for each in categories]
        if cost is not None and cost > 0:
            costs += [(each, Fraction(cost) / len(categories)) for each in categories]
    places = {category: place for place, category in enumerate(order)}
    for items in (counts, costs):
        items.sort(key=lambda item: places.get(item[0], len(places)))
    return CauseCounts(
        by_count=pareto(counts, other),
        by_cost=pareto(costs, other),
        other=other,
        findings=looked_at,
        without_cause=without,
    )
