"""Turns the state of a programme into the ordered list of what to do next: pure, explainable, the same every time."""

from __future__ import annotations

from typing import Final

from qma_app.domain.step_rules import (
    actions,
    certification,
    figures,
    findings,
    foundation,
    gates,
    people,
    promises,
    proofs,
    rating,
    reviews,
    visits,
    waves,
)
from qma_app.domain.step_rules.state import (
    AuditWork,
    CertificateWork,
    CurrentGate,
    EngagementState,
    FindingWork,
    GateCheck,
    GreenSpot,
    OpenAssessment,
    ProcessProgress,
    UnsignedVisit,
)
from qma_app.domain.step_rules.step import NextStep, StepKind, StepRule, Urgency

__all__ = [
    "RULES",
    "AuditWork",
    "CertificateWork",
    "CurrentGate",
    "EngagementState",
    "FindingWork",
    "GateCheck",
    "GreenSpot",
    "NextStep",
    "OpenAssessment",
    "ProcessProgress",
    "StepKind",
    "StepRule",
    "UnsignedVisit",
    "Urgency",
    "rule_of",
    "steps_of",
]

RULES: Final[tuple[StepRule, ...]] = (
    *visits.RULES,
    *people.RULES,
    *foundation.RULES,
    *gates.RULES,
    *rating.RULES,
    *waves.RULES,
    *actions.RULES,
    *findings.RULES,
    *figures.RULES,
    *promises.RULES,
    *reviews.RULES,
    *proofs.RULES,
    *certification.RULES,
)


def steps_of(state: EngagementState) -> tuple[NextStep, ...]:
    """Everything that wants to be done, most urgent first; nothing for a programme that has ended by then."""
    ended = state.engagement.ended_on
    if ended is not None and ended <= state.on:
        return ()
    found = [step for rule in RULES for step in rule.apply(state)]
    return tuple(sorted(found, key=_rank))


def rule_of(code: str) -> StepRule | None:
    """The rule of that code; None for one this version does not know."""
    return next((rule for rule in RULES if rule.code == code), None)


def _rank(step: NextStep) -> tuple[int | str, ...]:
    return step.rank
