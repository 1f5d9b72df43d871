"""What is checked: the action or finding with everything the four ways of checking start from, read in one go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from qma_app.domain.action import Action
from qma_app.domain.edition import Checkpoint, Edition
from qma_app.domain.engagement import Engagement
from qma_app.domain.finding import Finding
from qma_app.domain.finding_reading import edition_of_finding, findings_of_action
from qma_app.domain.ids import EngagementId
from qma_app.domain.month import Month
from qma_app.domain.people import Person
from qma_app.domain.ports import Reader
from qma_app.domain.rating import Rating
from qma_app.domain.reading import Reading
from qma_app.domain.record import Record
from qma_app.domain.verification import Verification
from qma_app.services.verifying import Target

Span = tuple[Month, Month]
MONTHS = 6
"""So many months are compared on each side, where there are as many."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Subject:
    """`action` or `finding` is what is checked; `finding` is also the first one an action serves. `rating` is the last at the checkpoint."""

    target: Target
    engagement_id: EngagementId
    action: Action | None
    finding: Finding | None
    edition: Edition
    checkpoint: Checkpoint | None
    rating: Rating | None
    planned: Verification | None
    codes: tuple[str, ...]
    who: str

    @property
    def label(self) -> str:
        """`A-041` or `F-084`"""
        if self.action is not None:
            return self.action.label
        return self.finding.label if self.finding is not None else ""

    @property
    def words(self) -> str:
        """What was to be done, or what was found."""
        if self.action is not None:
            return self.action.what
        return self.finding.statement if self.finding is not None else ""

    @property
    def checked_from(self) -> date | None:
        """The day from which the effect is to be looked at."""
        return None if self.action is None else self.action.checked_from

    @property
    def kpi(self) -> str:
        """The KPI that should move: of the plan, of the action, or the first of the checkpoint that has readings."""
        if self.planned is not None and self.planned.kpi:
            return self.planned.kpi
        if self.action is not None and self.action.kpi:
            return self.action.kpi
        named = self.checkpoint.kpis if self.checkpoint is not None else ()
        return next((code for code in named if code in self.codes), next(iter(named), ""))

    def spans(self, months: Sequence[Month], today: date) -> tuple[Span, Span]:
        """The months before and after to begin with: those of the plan, else the six around the action."""
        plan = self.planned
        if (
            plan is not None
            and plan.before_from
            and plan.before_until
            and plan.after_from
            and plan.after_until
        ):
            return (plan.before_from, plan.before_until), (plan.after_from, plan.after_until)
        done = (self.action.done_on if self.action is not None else self._corrected()) or today
        begun = (self.action.started_on if self.action is not None else None) or done
        return offered_months(months, Month.of(begun), Month.of(done))

    def _corrected(self) -> date | None:
        return None if self.finding is None else self.finding.corrected_on or self.finding.seen_on


def read_subject(
    reader: Reader, target: Target, planned_id: str | None, who_id: str | None = None
) -> Subject:
    """Everything about what is checked; NotFound where it is gone."""
    action = reader.get(Action, target.action_id) if target.action_id is not None else None
    if action is not None:
        finding = next(iter(findings_of_action(reader, action.id)), None)
    else:
        finding = reader.get(Finding, target.finding_id or "")
    owner: Record = action if action is not None else finding  # type: ignore[assignment]  # one of them is there
    engagement_id: EngagementId = owner.engagement_id  # type: ignore[attr-defined]  # of both
    engagement = reader.get(Engagement, engagement_id)
    edition = (
        edition_of_finding(reader, finding) if finding is not None else reader.edition(engagement.edition)
    )
    checkpoint = edition.checkpoints.get(finding.checkpoint_id) if finding and finding.checkpoint_id else None
    rating = reader.standing(engagement_id).get(checkpoint.id) if checkpoint is not None else None
    person = reader.find(Person, who_id) if who_id else None
    known = {one.kpi for one in reader.all(Reading, engagement_id=engagement_id)}
    # KPIs are looked up in the edition in force, in which their readings are written.
    kpis = reader.edition(engagement.edition).kpis
    return Subject(
        target=target,
        engagement_id=engagement_id,
        action=action,
        finding=finding,
        edition=reader.edition(engagement.edition),
        checkpoint=checkpoint,
        rating=rating,
        planned=reader.get(Verification, planned_id) if planned_id else None,
        codes=tuple(code for code in kpis if code in known),
        who=person.name if person is not None else "",
    )


def offered_months(months: Sequence[Month], begun: Month, done: Month) -> tuple[Span, Span]:
    """The last six months with a reading before it was begun, and the first six after it was done; where there are fewer, those."""
    before = sorted(month for month in months if month < begun)[-MONTHS:]
    after = sorted(month for month in months if month > done)[:MONTHS]
    return (
        (before[0], before[-1]) if before else (begun.plus(-MONTHS), begun.plus(-1)),
        (after[0], after[-1]) if after else (done.plus(1), done.plus(MONTHS)),
    )
