"""The ids that the workspace gave to what the story of a house names."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from qma_app.domain.ids import (
    ActionId,
    AssessmentId,
    CauseId,
    CharterId,
    DealershipId,
    DecisionId,
    EngagementId,
    FindingId,
    PersonId,
    ProcessId,
    VerificationId,
    VisitId,
    VisitNoteId,
)
from qma_app.services.sample.life import FindingKey


@dataclass(slots=True)
class Known:
    """Filled from day to day, and read by whoever does the next step."""

    dealership: DealershipId = field(default=DealershipId(""))
    engagement: EngagementId = field(default=EngagementId(""))
    people: dict[str, PersonId] = field(default_factory=dict)
    processes: set[ProcessId] = field(default_factory=set)
    """Those that apply."""
    charter: CharterId | None = None
    visits: dict[date, VisitId] = field(default_factory=dict)
    """The visits that were held, by day."""
    notes: dict[FindingKey, VisitNoteId] = field(default_factory=dict)
    """The notes a finding is made of."""
    decisions: dict[str, DecisionId] = field(default_factory=dict)
    """The decisions an action is made of, by its name."""
    assessments: dict[str, AssessmentId] = field(default_factory=dict)
    findings: dict[FindingKey, FindingId] = field(default_factory=dict)
    causes: dict[FindingKey, list[CauseId]] = field(default_factory=dict)
    actions: dict[str, ActionId] = field(default_factory=dict)
    checks: dict[int, VerificationId] = field(default_factory=dict)
    made: dict[tuple[str, date], VerificationId] = field(default_factory=dict)
    """The checks that were made, by action and day."""
