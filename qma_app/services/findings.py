"""Raising a finding from a checkpoint or freely, correcting it, closing and reopening it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from qma_app.domain.assessment import Assessment
from qma_app.domain.engagement import Engagement
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.ids import AssessmentId, CheckpointId, EngagementId, FindingId
from qma_app.domain.ports import Reader
from qma_app.domain.rating import Rating
from qma_app.domain.record import Changes
from qma_app.domain.sampling import suggested_grade
from qma_app.domain.standing import edition_of_assessment
from qma_app.errors import RuleBroken
from qma_app.i18n import _
from qma_app.services.workspace import Workspace


@dataclass(frozen=True, kw_only=True, slots=True)
class FindingDraft:
    """A finding as it would be raised from a checkpoint: requirement from the statement, words from the typical failure."""

    engagement_id: EngagementId
    assessment_id: AssessmentId
    checkpoint_id: CheckpointId
    grade: FindingGrade
    requirement: str
    statement: str
    evidence: str


def draft_finding(reader: Reader, assessment_id: AssessmentId, checkpoint_id: CheckpointId) -> FindingDraft:
    """What a finding on this checkpoint would say, before anything is written."""
    assessment = reader.get(Assessment, assessment_id)
    engagement = reader.get(Engagement, assessment.engagement_id)
    edition = edition_of_assessment(reader, assessment)
    checkpoint = edition.checkpoint(checkpoint_id)
    found = reader.all(Rating, assessment_id=assessment_id, checkpoint_id=checkpoint_id)
    points = found[0].points if found else None
    return FindingDraft(
        engagement_id=engagement.id,
        assessment_id=assessment_id,
        checkpoint_id=checkpoint_id,
        grade=FindingGrade.MINOR
        if points is None
        else suggested_grade(checkpoint, points, critical_points=edition.rules.critical_points),
        requirement=f"{checkpoint.number} {checkpoint.statement}",
        statement=str(checkpoint.failure),
        evidence=found[0].note if found else "",
    )


def raise_from_checkpoint(
    workspace: Workspace, assessment_id: AssessmentId, checkpoint_id: CheckpointId
) -> Changes:
    """One key: the drafted finding is raised at once, to be edited afterwards."""
    with workspace.reading() as reader:
        draft = draft_finding(reader, assessment_id, checkpoint_id)
    return raise_finding(
        workspace,
        engagement_id=draft.engagement_id,
        assessment_id=draft.assessment_id,
        checkpoint_id=draft.checkpoint_id,
        grade=draft.grade,
        requirement=draft.requirement,
        statement=draft.statement,
        evidence=draft.evidence,
    )


def raise_finding(
    workspace: Workspace,
    *,
    engagement_id: EngagementId,
    statement: str,
    grade: FindingGrade,
    requirement: str = "",
    evidence: str = "",
    checkpoint_id: CheckpointId | None = None,
    assessment_id: AssessmentId | None = None,
    grade_reason: str = "",
    seen_on: date | None = None,
    place: str = "",
    owner: str = "",
    due_on: date | None = None,
) -> Changes:
    """A new finding with the next number of the programme; `seen_on` is today unless said otherwise."""
    with workspace.writing("finding.raised") as work:
        work.get(Engagement, engagement_id)
        numbers = [finding.number for finding in work.all(Finding, engagement_id=engagement_id)]
        numbers += [finding.number for finding in work.in_bin(Finding, engagement_id=engagement_id)]
        work.put(
            Finding(
                id=FindingId(work.new_id()),
                engagement_id=engagement_id,
                number=max(numbers, default=0) + 1,
                grade=grade,
                statement=_needed_statement(statement),
                requirement=requirement,
                evidence=evidence,
                checkpoint_id=checkpoint_id,
                assessment_id=assessment_id,
                grade_reason=grade_reason,
                seen_on=seen_on or workspace.today(),
                place=place,
                owner=owner,
                due_on=due_on,
                raised_by=work.who,
            )
        )
    return work.changes


def change_finding(workspace: Workspace, finding_id: FindingId, **fields: Any) -> Changes:
    """Correct any words, grade, owner or dates of a finding."""
    if "statement" in fields:
        _needed_statement(fields["statement"])
    with workspace.writing("finding.changed") as work:
        work.put(replace(work.get(Finding, finding_id), **fields))
    return work.changes


def close_finding(
    workspace: Workspace, finding_id: FindingId, *, note: str, on: date | None = None
) -> Changes:
    """A finding is settled; the note says what was seen."""
    if not note.strip():
        raise RuleBroken(
            _("Closing needs a note."),
            code="finding.note-missing",
            way_out=_("Write what was seen to be settled."),
        )
    with workspace.writing("finding.closed") as work:
        work.put(
            replace(
                work.get(Finding, finding_id), closed_on=on or workspace.today(), closing_note=note.strip()
            )
        )
    return work.changes


def reopen_finding(workspace: Workspace, finding_id: FindingId) -> Changes:
    """A closed finding was seen again."""
    with workspace.writing("finding.reopened") as work:
        work.put(replace(work.get(Finding, finding_id), closed_on=None))
    return work.changes


def delete_finding(workspace: Workspace, finding_id: FindingId) -> Changes:
    """Move a finding to the bin; its number is not given again."""
    with workspace.writing("finding.deleted") as work:
        work.delete(work.get(Finding, finding_id))
    return work.changes


def list_findings(reader: Reader, engagement_id: EngagementId) -> tuple[Finding, ...]:
    """The findings of a programme, newest number first."""
    return tuple(
        sorted(reader.all(Finding, engagement_id=engagement_id), key=lambda finding: -finding.number)
    )


def _needed_statement(statement: str) -> str:
    if not statement.strip():
        raise RuleBroken(
            _("A finding needs a statement."),
            code="finding.statement-missing",
            way_out=_("Write in one sentence what was found."),
        )
    return statement
