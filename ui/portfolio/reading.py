"""Everything the portfolio shows, read at one moment; no widgets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from qma_app.domain.ids import AreaId, EditionHash, PersonId
from qma_app.services.portfolio import PortfolioLine, PortfolioView

if TYPE_CHECKING:
    from qma_app.services.benchmark import Benchmark
    from qma_app.services.workspace import Workspace

NOBODY = "-"
"""The key of the dealerships without a coach."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Marks:
    """What a level is painted against: the least of an area, and the pass mark."""

    floor: int
    pass_mark: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Portfolio:
    """The dealerships with the marks of their editions; `coaches` by name, None where some have none."""

    view: PortfolioView
    marks: Mapping[EditionHash, Marks]
    coaches: tuple[tuple[PersonId | None, str], ...]
    today: date

    def marks_of(self, line: PortfolioLine) -> Marks:
        """The marks of the edition a dealership follows."""
        return self.marks[line.engagement.edition]

    def of_coach(self, coach: str) -> tuple[PortfolioLine, ...]:
        """The lines of a coach by its key; every line for an empty one."""
        if not coach:
            return self.view.lines
        wanted = None if coach == NOBODY else coach
        return tuple(line for line in self.view.lines if line.engagement.coach_id == wanted)


def read_portfolio(workspace: Workspace, *, with_archived: bool = False) -> Portfolio:
    """The dealerships of the workspace as they stand today."""
    from qma_app.services.portfolio import portfolio

    today = workspace.today()
    with workspace.reading() as reader:
        view = portfolio(reader, on=today, with_archived=with_archived)
        rules = {
            hash: reader.edition(hash).rules for hash in {line.engagement.edition for line in view.lines}
        }
    coaches = {line.engagement.coach_id: line.coach_name for line in view.lines}
    return Portfolio(
        view=view,
        marks={hash: Marks(floor=one.area_floor, pass_mark=one.pass_mark) for hash, one in rules.items()},
        coaches=tuple(sorted(coaches.items(), key=_named_first)),
        today=today,
    )


def read_benchmark(workspace: Workspace, area_id: AreaId | None) -> Benchmark:
    """How the dealerships compare today, overall or in one area."""
    from qma_app.services.benchmark import benchmark

    with workspace.reading() as reader:
        return benchmark(reader, area_id=area_id, on=workspace.today())


def _named_first(pair: tuple[PersonId | None, str]) -> tuple[bool, str]:
    return pair[0] is None, pair[1].casefold()
