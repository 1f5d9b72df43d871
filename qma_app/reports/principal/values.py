"""What the progress report says, as plain values: everything is read once, and drawing reads nothing more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from qma_app.domain.course import ScoreCourse
from qma_app.domain.edition import Area
from qma_app.domain.gates import GateView
from qma_app.domain.month import Month
from qma_app.domain.promise_book import PromiseBook
from qma_app.domain.result import Result
from qma_app.domain.review import Decision
from qma_app.domain.sponsorship import SponsorView
from qma_app.reports.actions.values import ActionPart, Frame
from qma_app.reports.year.promises import PromiseLine
from qma_app.reports.year.targets import TargetPart


@dataclass(frozen=True, kw_only=True, slots=True)
class AreaMove:
    """One area now and at the beginning of the time reported; `levels` is what stood after each assessment shown, None = not rated.

    `left_out` is the reason where it is no part of the programme.
    """

    area: Area
    now: Fraction | None
    before: Fraction | None
    levels: tuple[Fraction | None, ...]
    left_out: str = ""

    @property
    def moved(self) -> Fraction | None:
        """Points up or down; None where it was not rated at both times."""
        return None if self.now is None or self.before is None else self.now - self.before


@dataclass(frozen=True, kw_only=True, slots=True)
class TargetNow:
    """One target with its newest figure; `read` of `months` months since the start have one, `words` is what the figures say."""

    part: TargetPart
    now: Fraction | None
    month: Month | None
    read: int
    months: int
    is_reached: bool | None
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class DecisionLine:
    """A decision of a management review that nothing shows to be settled; `action` is the action made of it."""

    decision: Decision
    review: int
    action: ActionPart | None
    is_late: bool


class AheadKind(StrEnum):
    """What lies ahead."""

    VISIT = "visit"
    MILESTONE = "milestone"
    ACTION = "action"
    PROMISE = "promise"
    TARGET = "target"


@dataclass(frozen=True, kw_only=True, slots=True)
class AheadLine:
    """One day in the next ninety."""

    on: date
    kind: AheadKind
    words: str
    who: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ActionsPart:
    """The actions of the programme: how many are open, those overdue, those done and those shown to work since the last report."""

    open: int
    overdue: tuple[ActionPart, ...]
    done: tuple[ActionPart, ...]
    effective: tuple[ActionPart, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class PrincipalPaper:
    """Everything the progress report shows; what changed is told from the day `since`.

    `before` is the overall level at that day by the areas and rules of today, None where an area was not rated. From `audited_on` on,
    the day the certification audit was completed, nothing is foretold. `labels` name the columns of `areas`. `asked` are the dealership's promises not settled, the late ones first, `settled` those settled since.
    """

    frame: Frame
    since: date
    result: Result
    before: Fraction | None
    course: ScoreCourse
    audited_on: date | None
    labels: tuple[tuple[str, str], ...]
    areas: tuple[AreaMove, ...]
    targets: tuple[TargetNow, ...]
    asked: tuple[PromiseLine, ...]
    decisions: tuple[DecisionLine, ...]
    sponsor: SponsorView
    gate: GateView | None
    book: PromiseBook
    open_promises: tuple[PromiseLine, ...]
    settled: tuple[PromiseLine, ...]
    actions: ActionsPart
    ahead: tuple[AheadLine, ...]
