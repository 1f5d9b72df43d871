"""Remembers what was settled while Today was open, so that it stays in sight for the day, struck through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from qma_app.domain.record import Changes
from qma_app.services.today_programme import TodayProgramme, TodayStep

_SETTLED_BY: Final = {
    "visit-running": ("visit.closed",),
    "visit-prepare": ("visit.prepared",),
    "visit-missed": ("visit.started", "visit.changed", "visit.cancelled"),
    "visit-unsigned": ("visit.signed",),
    "visit-plan": ("visit.planned", "visits.taken-in"),
    "certificate": ("person.certified", "person.certificate-changed"),
    "charter": ("charter.written", "charter.signed"),
    "targets": ("target.added", "targets.locked"),
    "officer": ("engagement.leaders-named",),
    "owners": ("owner.named", "owner.several-named"),
    "plan": ("plan.made",),
    "plan-accept": ("plan.accepted",),
    "area-plan": ("plan.area-moved", "area.left-out"),
    "gate-pass": ("gate.passed",),
    "gate-late": ("gate.passed",),
    "gate-state": ("gate.stated",),
    "critical": ("rating.",),
    "rate": ("rating.",),
    "complete": ("assessment.completed",),
    "assessment": ("assessment.started",),
    "verify": ("verification.made",),
    "action-late": ("action.moved", "action.changed", "verification.made"),
    "proposal": ("action.accepted",),
    "major": ("finding.plan-accepted", "finding.closed", "action.planned", "cause."),
    "finding-owner": ("finding.changed",),
    "finding-late": ("finding.changed", "finding.closed"),
    "finding-close": ("finding.closed",),
    "readings": ("reading.written",),
    "promise": ("promise.kept", "promise.broken"),
    "sponsor": ("sponsor.checked",),
    "review": ("review.planned", "review.held"),
    "evidence": ("evidence.revised", "evidence.described"),
    "green": ("rating.", "verification.made"),
}
"""By which edits the step of a rule is done: one that goes for another reason (a visit was moved) is not."""


class DoneHere:
    """One programme on one day; another one begins anew."""

    def __init__(self) -> None:
        self._of: tuple[str, date] | None = None
        self._done: dict[str, TodayStep] = {}

    def settled(
        self,
        engagement_id: str,
        on: date,
        before: Sequence[TodayStep],
        now: TodayProgramme,
        changes: Changes,
    ) -> bool:
        """Take in what an edit settled; whether there was anything."""
        self._turn_to(engagement_id, on)
        left = {step.key for step in now.steps}
        gone = [
            step
            for step in before
            if step.key not in left
            and not step.is_done
            and changes.what.startswith(_SETTLED_BY.get(step.rule, ("\0",)))
        ]
        for step in gone:
            self._done[step.key] = replace(step, is_done=True, is_settled=True)
        return bool(gone)

    def added(self, engagement_id: str, on: date, steps: Sequence[TodayStep]) -> tuple[TodayStep, ...]:
        """The steps with those settled here behind them; what is back in the list counts as open again."""
        self._turn_to(engagement_id, on)
        for step in steps:
            self._done.pop(step.key, None)
        return (*steps, *self._done.values())

    def _turn_to(self, engagement_id: str, on: date) -> None:
        if self._of != (engagement_id, on):
            self._of, self._done = (engagement_id, on), {}
