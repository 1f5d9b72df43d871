"""What was promised, and whether it was kept; and whether the principal stands behind the programme."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from qma_app.domain.ids import CharterId, EngagementId, PersonId, PromiseId, SponsorCheckId, VisitId
from qma_app.domain.record import Record, Typed


class PromiseState(StrEnum):
    """Where a promise stands on a day."""

    OPEN = "open"
    LATE = "late"
    KEPT = "kept"
    KEPT_LATE = "kept-late"
    BROKEN = "broken"


@dataclass(frozen=True, kw_only=True, slots=True)
class Promise(Record):
    """Something one side undertook: made on a charter, at a visit, in a review or between them; numbers count in the programme."""

    id: PromiseId
    engagement_id: EngagementId
    number: int
    what: Typed
    who: Typed
    person_id: PersonId | None = None
    made_on: date | None = None
    due_on: date | None = None
    is_coachs: bool = False
    charter_id: CharterId | None = None
    visit_id: VisitId | None = None
    kept_on: date | None = None
    broken_on: date | None = None
    outcome: Typed = ""

    def state_on(self, day: date) -> PromiseState:
        """Kept on its day or before is kept; without a day it cannot be late."""
        if self.broken_on is not None and self.broken_on <= day:
            return PromiseState.BROKEN
        if self.kept_on is not None and self.kept_on <= day:
            is_late = self.due_on is not None and self.kept_on > self.due_on
            return PromiseState.KEPT_LATE if is_late else PromiseState.KEPT
        return PromiseState.LATE if self.due_on is not None and self.due_on < day else PromiseState.OPEN

    @property
    def label(self) -> str:
        """`P-007`"""
        return f"P-{self.number:03d}"

    @property
    def is_settled(self) -> bool:
        return self.kept_on is not None or self.broken_on is not None


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """`Quarter(2026, 4)`; ordered in time, written `2026-Q4`."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if not (1 <= self.number <= 4 and 1 <= self.year <= 9999):
            raise ValueError(f"{self.year}-Q{self.number} is no quarter")

    def __str__(self) -> str:
        return f"{self.year:04d}-Q{self.number}"

    @classmethod
    def of(cls, day: date) -> Quarter:
        """The quarter a day lies in."""
        return cls(day.year, (day.month + 2) // 3)

    @classmethod
    def parse(cls, text: str) -> Quarter:
        """The quarter written as `2026-Q4`; ValueError for anything else."""
        year, dash, number = text.partition("-Q")
        if not (dash and len(year) == 4 and len(number) == 1 and (year + number).isdecimal()):
            raise ValueError(f"{text!r} is no quarter")
        return cls(int(year), int(number))

    @property
    def first_day(self) -> date:
        return date(self.year, self.number * 3 - 2, 1)

    def plus(self, quarters: int) -> Quarter:
        """So many quarters later, or earlier for a negative number."""
        whole = self.year * 4 + self.number - 1 + quarters
        return Quarter(whole // 4, whole % 4 + 1)


@dataclass(frozen=True, kw_only=True, slots=True)
class SponsorCheck(Record):
    """What the principal did for the programme in a quarter (`2026-Q4`); each answer yes, no, or None = not looked at."""

    id: SponsorCheckId
    engagement_id: EngagementId
    quarter: str
    checked_on: date
    attends_opening: bool | None = None
    attends_closing: bool | None = None
    holds_reviews: bool | None = None
    calls_customers: bool | None = None
    gives_time: bool | None = None
    gives_money: bool | None = None
    words: Typed = ""
    checked_by: PersonId | None = None

    def answers(self) -> dict[str, bool | None]:
        """The six answers by the name of their field, in the order they are asked."""
        return {name: getattr(self, name) for name in SPONSOR_ANSWERS}

    @property
    def missed(self) -> tuple[str, ...]:
        """What was answered with no."""
        return tuple(name for name, answer in self.answers().items() if answer is False)


SPONSOR_ANSWERS = (
    "attends_opening",
    "attends_closing",
    "holds_reviews",
    "calls_customers",
    "gives_time",
    "gives_money",
)
