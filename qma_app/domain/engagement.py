"""One dealership's way through one edition with one coach (on screen: programme)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from qma_app.domain.days import month_after
from qma_app.domain.ids import DealershipId, EditionHash, EngagementId, PersonId
from qma_app.domain.record import Record, Typed


@dataclass(frozen=True, kw_only=True, slots=True)
class Engagement(Record):
    """`edition` names the content by its hash, so that it reads in ten years as it did on the day.

    `targets_locked_on` is the day from which the targets no longer change; `officer_percent` is the share of working time the
    quality officer is given, 1 to 100. `ended_on` with its reason ends a programme before or at its goal; None = it runs.
    """

    id: EngagementId
    dealership_id: DealershipId
    edition: EditionHash
    started_on: date
    months: int = 18
    coach_id: PersonId | None = None
    note: Typed = ""
    principal_id: PersonId | None = None
    officer_id: PersonId | None = None
    officer_percent: int | None = None
    targets_locked_on: date | None = None
    plan_accepted_on: date | None = None
    plan_accepted_by: Typed = ""
    ended_on: date | None = None
    ended_reason: Typed = ""

    @property
    def is_running(self) -> bool:
        return self.ended_on is None

    @property
    def audit_due_on(self) -> date:
        """The day by which the agreed length is over: the same day of the month, or the last one of a shorter month."""
        return month_after(self.started_on, self.months)

    def month_on(self, day: date) -> int:
        """The programme's month on `day`, counted from 1; before the start 0."""
        passed = (day.year - self.started_on.year) * 12 + day.month - self.started_on.month
        passed -= day.day < self.started_on.day
        return max(0, passed + 1)
