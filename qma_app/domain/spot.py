"""Names the place where a record is shown, so that a step, a condition or a late line can lead there."""

from __future__ import annotations

from dataclasses import dataclass

from qma_app.domain.ids import (
    ActionId,
    AreaId,
    AssessmentId,
    CheckpointId,
    FindingId,
    PersonId,
    ProcessId,
    VisitId,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Spot:
    """`page` is the key of a page of the window, `view` a part of it; ids that do not matter there are None.

    Pages: today, journey, checklists, findings, reports, people, dealerships, audit (its view is a step of its path).
    """

    page: str
    view: str | None = None
    assessment_id: AssessmentId | None = None
    area_id: AreaId | None = None
    process_id: ProcessId | None = None
    checkpoint_id: CheckpointId | None = None
    finding_id: FindingId | None = None
    action_id: ActionId | None = None
    visit_id: VisitId | None = None
    kpi: str | None = None
    person_id: PersonId | None = None
