"""An audit under way over seven checkpoints that a coach rated before: for tests of the auditor's screens."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.audit import Attendee, Audit, Meeting, TeamMember, TeamPart
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import AuditId, CheckpointId
from qma_app.domain.people import Person, Role
from qma_app.services.assessments import complete_assessment, start_assessment
from qma_app.services.audit_conduct import hold_closing, hold_opening
from qma_app.services.audits import begin_audit, set_team
from qma_app.services.ratings import rate_checkpoint
from qma_app.services.working import start_working
from qma_app.services.workspace import Workspace


def rated_by_coach(
    workspace: Workspace, engagement: Engagement, points: Mapping[CheckpointId, int]
) -> Assessment:
    """A completed progress assessment with these points."""
    coached = start_assessment(workspace, engagement_id=engagement.id, kind=AssessmentKind.PROGRESS).made(
        Assessment
    )
    for id, given in points.items():
        rate_checkpoint(workspace, coached.id, id, points=given)
    complete_assessment(workspace, coached.id)
    return coached


def begin_small_audit(workspace: Workspace, engagement: Engagement) -> Audit:
    """An auditor sits down and begins an audit that runs since yesterday; the opening meeting was held."""
    today = workspace.today()
    person = start_working(
        workspace,
        role=Role.AUDITOR,
        name="Dora Auditor",
        number="A-3",
        valid_until=today + timedelta(days=400),
    ).made(Person)
    audit = begin_audit(
        workspace,
        engagement.id,
        AssessmentKind.CERTIFICATION_AUDIT,
        first_on=today - timedelta(days=1),
        last_on=today + timedelta(days=1),
    ).made(Audit)
    set_team(workspace, audit.id, (TeamMember(person_id=person.id, part=TeamPart.LEAD),))
    hold_opening(workspace, audit.id, _meeting(workspace))
    with workspace.reading() as reader:
        return reader.get(Audit, audit.id)


def close_small_audit(workspace: Workspace, audit_id: AuditId) -> None:
    """The closing meeting is held now."""
    hold_closing(workspace, audit_id, _meeting(workspace))


def _meeting(workspace: Workspace) -> Meeting:
    return Meeting(held_at=workspace.clock(), attendees=(Attendee(name="P. Probe"),))
