"""What the computation of one condition of a gate answers, and the ways in which most of them are put."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from qma_app.domain.edition import Area, GateCondition
from qma_app.domain.ids import AreaId
from qma_app.domain.plan import PlannedPhase
from qma_app.domain.plan_reading import PlanReading
from qma_app.domain.spot import Spot
from qma_app.i18n import _, day_text

Spots = tuple[tuple[str, Spot], ...]


class Tone(StrEnum):
    """How a condition is to be read: it holds, it is still to be done, it is overdue, nobody knows."""

    OK = "ok"
    OPEN = "open"
    LATE = "late"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """Whether a condition holds (None: cannot be known here), the figures that say it, and the records behind it.

    `areas` are those it waits for. `spots` that take long to name are given as what names them. `is_pressing`: it is late even while
    its phase still has time.
    """

    holds: bool | None
    figures: str
    spots: Spots | Callable[[], Spots] = ()
    areas: tuple[AreaId, ...] = ()
    is_pressing: bool = False

    def named_spots(self) -> Spots:
        """The records behind it, with what to call them."""
        return self.spots() if callable(self.spots) else self.spots


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """One condition of the gate of one planned phase, and what is read to answer it."""

    reading: PlanReading
    phase: PlannedPhase
    condition: GateCondition

    @property
    def at_least(self) -> int:
        """The lower bound; 0 where the edition gives none."""
        return self.condition.at_least or 0

    @property
    def at_most(self) -> int:
        """The upper bound; 0 where the edition gives none."""
        return self.condition.at_most or 0


def share(done: int, of: int) -> str:
    """`4 of 4`"""
    return _("{done} of {count}").format(done=done, count=of)


def by_area(met: Sequence[Area], wanted: Sequence[Area], spots: Spots | Callable[[], Spots] = ()) -> Answer:
    """Holds when all wanted areas are among those met, and there is at least one; the others are named."""
    known = {area.id for area in met}
    missing = [area for area in wanted if area.id not in known]

    def areas_missing() -> Spots:
        return tuple(
            (f"{area.code} {area.title}", Spot(page="checklists", area_id=area.id)) for area in missing
        )

    return Answer(
        holds=bool(wanted) and not missing,
        figures=share(len(wanted) - len(missing), len(wanted)),
        spots=spots or areas_missing,
        areas=tuple(area.id for area in missing),
    )


def done_on(day: date | None, on: date, not_yet: str, spots: Spots) -> Answer:
    """Holds from a day on; before it the words that say it is not yet so."""
    if day is not None and day <= on:
        return Answer(holds=True, figures=day_text(day), spots=spots)
    return Answer(holds=False, figures=not_yet, spots=spots)
