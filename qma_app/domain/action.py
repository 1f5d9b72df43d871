"""What will be done, by whom, until when, for which effect, and how far it has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from qma_app.domain.ids import (
    ActionId,
    ActionLinkId,
    CauseId,
    CheckpointId,
    EngagementId,
    FindingId,
    PersonId,
)
from qma_app.domain.record import Record, Typed

CHECK_AFTER = timedelta(days=60)
"""How long after its due day the effect of an action is checked, unless another day is agreed."""


class Stage(StrEnum):
    """Where an action stands in plan, do, check, act."""

    PLAN = "plan"
    DO = "do"
    CHECK = "check"
    ACT = "act"


@dataclass(frozen=True, kw_only=True, slots=True)
class Action(Record):
    """`number` counts from 1 within the engagement (shown as A-041). It is settled only by `effective_on`: its effect was shown.

    Dates of the way: `started_on` (do), `done_on` (check), `effective_on` (act), `standardised_on` in the document
    `standardised_in`. `owner` is the name as written; `owner_id` the person where it is one of the house. `effort`, `cx`, `ex`
    and `profit` are 1 to 5, `confidence` whole percent, money a year in the dealership's currency. `counted_in` names the action that
    already holds this money, so that it is not summed twice. `problem_figure` and `goal_figure` are in `unit` (or that of `kpi`).
    A proposal came from the dealership and waits for the coach. `reopened` counts checks that showed no effect.
    """

    id: ActionId
    engagement_id: EngagementId
    number: int
    what: Typed
    owner: Typed = ""
    owner_id: PersonId | None = None
    due_on: date | None = None
    check_on: date | None = None
    started_on: date | None = None
    done_on: date | None = None
    effective_on: date | None = None
    standardised_on: date | None = None
    standardised_in: Typed = ""
    dropped_on: date | None = None
    dropped_reason: Typed = ""
    problem: Typed = ""
    problem_figure: Decimal | None = None
    goal: Typed = ""
    goal_figure: Decimal | None = None
    unit: Typed = ""
    kpi: str = ""
    proof: Typed = ""
    effort: int | None = None
    cx: int | None = None
    ex: int | None = None
    profit: int | None = None
    confidence: int | None = None
    money_low: Decimal | None = None
    money_likely: Decimal | None = None
    money_high: Decimal | None = None
    money_confirmed_by: Typed = ""
    money_confirmed_on: date | None = None
    counted_in: ActionId | None = None
    from_checkpoint: CheckpointId | None = None
    is_proposal: bool = False
    proposed_by: Typed = ""
    reopened: int = 0
    note: Typed = ""

    @property
    def label(self) -> str:
        return f"A-{self.number:03d}"

    @property
    def stage(self) -> Stage:
        """Act once the effect was shown, check once done, do once started, else plan."""
        if self.effective_on is not None:
            return Stage.ACT
        if self.done_on is not None:
            return Stage.CHECK
        return Stage.DO if self.started_on is not None else Stage.PLAN

    @property
    def is_dropped(self) -> bool:
        return self.dropped_on is not None

    @property
    def is_open(self) -> bool:
        """Whether it still has to be done or its effect to be shown; a proposal is not yet agreed."""
        return self.effective_on is None and not self.is_dropped and not self.is_proposal

    @property
    def checked_from(self) -> date | None:
        """The day from which its effect is checked: as agreed, else 60 days after it is due; None without either."""
        if self.check_on is not None:
            return self.check_on
        if self.due_on is None:
            return None
        return self.due_on + min(CHECK_AFTER, date.max - self.due_on)


@dataclass(frozen=True, kw_only=True, slots=True)
class ActionLink(Record):
    """An action serves a finding, and there the cause it removes; one action may serve several."""

    id: ActionLinkId
    action_id: ActionId
    finding_id: FindingId
    cause_id: CauseId | None = None
