"""What a next step is, and how steps are ordered: the same state gives the same list in the same order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum, StrEnum
from math import ceil
from typing import TYPE_CHECKING, Any, Final

from qma_app.domain.spot import Spot
from qma_app.domain.step_rules.titles import rule_title

if TYPE_CHECKING:
    from qma_app.domain.step_rules.state import EngagementState


class StepKind(StrEnum):
    """What somebody does for a step."""

    RATE = "rate"
    VERIFY = "verify"
    CALL = "call"
    ENTER = "enter"
    DECIDE = "decide"
    PLAN = "plan"
    PREPARE = "prepare"


class Urgency(IntEnum):
    """How soon a step wants to be done, the most urgent first."""

    NOW = 0
    BLOCKING = 1
    LATE = 2
    DUE = 3
    SOON = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class NextStep:
    """One thing to do next: what, why, for how many minutes, where.

    `key` stays the same from day to day while it is the same thing (`verify:ID`), `rule` is the code of the rule that asks for it, and
    `rank` the place in the list, lowest first. `ticked_on` is set once somebody ticked it off.
    """

    key: str
    rule: str
    kind: StepKind
    title: str
    reason: str
    minutes: int
    spot: Spot
    due_on: date | None = None
    rank: tuple[int | str, ...] = ()
    ticked_on: date | None = None

    def ticked(self, on: date) -> NextStep:
        return replace(self, ticked_on=on)


@dataclass(frozen=True, kw_only=True, slots=True)
class StepRule:
    """One rule that can be named to whoever asks why a step is there; `apply` looks at the state and nothing else."""

    code: str
    apply: Callable[[EngagementState], Iterable[NextStep]]

    @property
    def title(self) -> str:
        """What the rule says, in one sentence."""
        return rule_title(self.code)


_NEVER: Final = date.max.toordinal()


def a_step(urgency: Urgency, *, place: int = 0, due_on: date | None = None, **fields: Any) -> NextStep:
    """A step with its rank: urgency first, then the day it is due (none: behind), then `place`, then the key."""
    day = due_on.toordinal() if due_on is not None else _NEVER
    return NextStep(due_on=due_on, rank=(int(urgency), day, place, fields["key"]), **fields)


def urgency_of(due_on: date | None, on: date, *, before: Urgency = Urgency.DUE) -> Urgency:
    """Late once the day is over, until then as said."""
    return Urgency.LATE if due_on is not None and due_on < on else before


def rounded_minutes(minutes: int) -> int:
    """Up to the next five minutes, and never none: nobody plans a visit to the minute."""
    return max(5, ceil(minutes / 5) * 5)
