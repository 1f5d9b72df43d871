"""How alike coach and auditor read the same checkpoints, beyond what chance alone would give; exact, never a threshold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt
from typing import Final

from qma_app.domain.ids import AreaId, CheckpointId

GOAL: Final = Fraction(3, 5)
"""From this kappa on two people are said to read alike; below it the checkpoints read differently are talked through."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PointPair:
    """One checkpoint that both have rated."""

    checkpoint_id: CheckpointId
    area_id: AreaId
    coach: int
    auditor: int

    @property
    def difference(self) -> int:
        """Above 0 where the coach gave more."""
        return self.coach - self.auditor


@dataclass(frozen=True, kw_only=True, slots=True)
class Agreement:
    """Figures over `count` checkpoints; None where they cannot be said.

    `raw` is the share read alike, `expected` the share chance would give. `kappa` counts every difference alike, `weighted` by
    the square of the steps between. Both are None where all ratings of both stand on one and the same step. `difference` is the
    mean of coach minus auditor in points: steadily above 0 means that the coach is too kind.
    """

    count: int
    raw: Fraction | None = None
    expected: Fraction | None = None
    kappa: Fraction | None = None
    weighted: Fraction | None = None
    difference: Fraction | None = None

    @property
    def standard_error(self) -> float | None:
        """Of the unweighted kappa, roughly: for showing only."""
        if self.raw is None or self.expected is None or self.kappa is None:
            return None
        return sqrt(self.raw * (1 - self.raw) / self.count) / float(1 - self.expected)

    @property
    def meets_goal(self) -> bool | None:
        """Whether the weighted kappa reaches the goal; None where there is none."""
        return None if self.weighted is None else self.weighted >= GOAL


@dataclass(frozen=True, kw_only=True, slots=True)
class AreaAgreement:
    """The figures of one area."""

    area_id: AreaId
    agreement: Agreement


@dataclass(frozen=True, kw_only=True, slots=True)
class AgreementResult:
    """Overall, by area in the order the pairs came, and what was read differently, largest first.

    `off_scale` are pairs with points that are no step of the scale (rated in an edition with another one): they count nowhere.
    """

    overall: Agreement
    areas: tuple[AreaAgreement, ...]
    differently: tuple[PointPair, ...]
    off_scale: tuple[PointPair, ...] = ()


def agreement(pairs: Iterable[PointPair], steps: Sequence[int]) -> AgreementResult:
    """How alike the pairs were read on a scale with these steps."""
    place = {points: at for at, points in enumerate(sorted(set(steps)))}
    every = tuple(pairs)
    on = [pair for pair in every if pair.coach in place and pair.auditor in place]
    by_area: dict[AreaId, list[PointPair]] = {}
    for pair in on:
        by_area.setdefault(pair.area_id, []).append(pair)

    def width(pair: PointPair) -> tuple[int, int]:
        return -abs(pair.difference), -abs(place[pair.coach] - place[pair.auditor])

    return AgreementResult(
        overall=_figures(on, place),
        areas=tuple(
            AreaAgreement(area_id=area_id, agreement=_figures(own, place)) for area_id, own in by_area.items()
        ),
        differently=tuple(sorted((pair for pair in on if pair.difference), key=width)),
        off_scale=tuple(pair for pair in every if pair.coach not in place or pair.auditor not in place),
    )


def _figures(pairs: Sequence[PointPair], place: dict[int, int]) -> Agreement:
    count = len(pairs)
    if not count:
        return Agreement(count=0)
    coach = Counter(place[pair.coach] for pair in pairs)
    auditor = Counter(place[pair.auditor] for pair in pairs)
    raw = Fraction(sum(not pair.difference for pair in pairs), count)
    expected = Fraction(sum(coach[step] * auditor[step] for step in coach), count * count)
    seen = Fraction(sum((place[pair.coach] - place[pair.auditor]) ** 2 for pair in pairs), count)
    chance = Fraction(
        sum((one - other) ** 2 * coach[one] * auditor[other] for one in coach for other in auditor),
        count * count,
    )
    return Agreement(
        count=count,
        raw=raw,
        expected=expected,
        kappa=(raw - expected) / (1 - expected) if expected != 1 else None,
        weighted=1 - seen / chance if chance else None,
        difference=Fraction(sum(pair.difference for pair in pairs), count),
    )
