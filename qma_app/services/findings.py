"""Raising a finding from a checkpoint or freely, correcting it, the dealership's reply, closing and reopening it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, Final

from qma_app.domain.assessment import Assessment
from qma_app.domain.engagement import Engagement
from qma_app.domain.finding import Finding, FindingGrade, Reply, Sighting
from qma_app.domain.finding_reading import (
    actions_of_finding,
    blocking_causes,
    obstacles_of,
    suggested_grade_of,
)
from qma_app.domain.finding_state import Obstacle, agreed_actions
from qma_app.domain.ids import AssessmentId, CheckpointId, EngagementId, FindingId, SightingId
from qma_app.domain.ports import Reader
from qma_app.domain.rating import Rating
from qma_app.domain.record import Changes
from qma_app.domain.sampling import suggested_grade
from qma_app.domain.standing import edition_of_assessment
from qma_app.domain.wording import grade_title
from qma_app.errors import RuleBroken
from qma_app.i18n import _
from qma_app.services.happened import check_days_happened, check_happened
from qma_app.services.kept_fields import check_by_hand, check_figure
from qma_app.services.workspace import Workspace
from qma_app.storage.scopes import WritingScope

_KEPT: Final = frozenset({"closed_on", "reopened", "plan_accepted_on", "plan_accepted_by"})
_HAPPENED: Final = ("seen_on", "replied_on", "corrected_on")


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
    check_happened(Finding, "seen_on", seen_on, workspace.today())
    with workspace.writing("finding.raised") as work:
        work.get(Engagement, engagement_id)
        work.put(
            Finding(
                id=FindingId(work.new_id()),
                engagement_id=engagement_id,
                number=next_finding_number(work, engagement_id),
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
    """Correct any words, grade, owner or dates of a finding; a grade other than the suggested one needs its reason.

    A closed one keeps a grade under which it may be closed.
    """
    check_by_hand(fields, _KEPT)
    if "statement" in fields:
        _needed_statement(fields["statement"])
    with workspace.writing("finding.changed") as work:
        before = work.get(Finding, finding_id)
        finding = replace(before, **fields)
        check_days_happened(before, finding, _HAPPENED, workspace.today())
        check_figure("cost", finding.cost, least=Decimal(0))
        if "grade" in fields:
            _check_grade(work, finding)
            if not finding.is_open:
                known = {one.code for one in obstacles_of(work, before)}
                _check_nothing_left([one for one in obstacles_of(work, finding) if one.code not in known])
        work.put(finding)
    return work.changes


def reply_to_finding(
    workspace: Workspace,
    finding_id: FindingId,
    *,
    reply: Reply | None,
    words: str = "",
    by: str = "",
    on: date | None = None,
) -> Changes:
    """The dealership agrees or disagrees, in its own words: the right of reply. None takes the reply back."""
    if reply is Reply.DISAGREED and not words.strip():
        raise RuleBroken(
            _("A disagreement needs the dealership's words."),
            code="finding.reply-words-missing",
            way_out=_("Write down what the dealership says."),
        )
    check_happened(Finding, "replied_on", on, workspace.today())
    with workspace.writing("finding.replied") as work:
        work.put(
            replace(
                work.get(Finding, finding_id),
                reply=reply,
                reply_words=words.strip() if reply else "",
                reply_by=by.strip() if reply else "",
                replied_on=(on or workspace.today()) if reply else None,
            )
        )
    return work.changes


def accept_plan(workspace: Workspace, finding_id: FindingId, *, on: date | None = None) -> Changes:
    """The plan for a finding is accepted; its effect still has to be shown.

    RuleBroken while there is no agreed action, or while what is written about the cause of a major does not hold.
    """
    check_happened(Finding, "plan_accepted_on", on, workspace.today())
    with workspace.writing("finding.plan-accepted") as work:
        finding = work.get(Finding, finding_id)
        if not agreed_actions(actions_of_finding(work, finding_id)):
            raise RuleBroken(
                _("There is no agreed action yet."),
                code="finding.plan-missing",
                way_out=_("Plan an action, with owner and due day."),
            )
        blocking = blocking_causes(work, finding)
        if blocking:
            raise RuleBroken(
                " ".join(blocking),
                code="finding.cause-missing",
                way_out=_("Ask why once more, down to what the owner can change."),
            )
        work.put(
            replace(finding, plan_accepted_on=on or workspace.today(), plan_accepted_by=workspace.store.who)
        )
    return work.changes


def withdraw_plan(workspace: Workspace, finding_id: FindingId) -> Changes:
    """The plan is no longer accepted."""
    with workspace.writing("finding.plan-withdrawn") as work:
        work.put(replace(work.get(Finding, finding_id), plan_accepted_on=None, plan_accepted_by=None))
    return work.changes


def close_finding(
    workspace: Workspace, finding_id: FindingId, *, note: str, on: date | None = None
) -> Changes:
    """A finding is settled; the note says what was seen.

    RuleBroken names what stands in the way: nothing closes on a promise. Majors and minors need every agreed action shown to
    be effective, or, without actions, a check of the finding itself.
    """
    if not note.strip():
        raise RuleBroken(
            _("Closing needs a note."),
            code="finding.note-missing",
            way_out=_("Write what was seen to be settled."),
        )
    check_happened(Finding, "closed_on", on, workspace.today())
    with workspace.writing("finding.closed") as work:
        finding = work.get(Finding, finding_id)
        _check_nothing_left(obstacles_of(work, finding))
        work.put(replace(finding, closed_on=on or workspace.today(), closing_note=note.strip()))
    return work.changes


def reopen_finding(workspace: Workspace, finding_id: FindingId) -> Changes:
    """A closed finding was seen again: it is open, counted, and its plan no longer accepted."""
    with workspace.writing("finding.reopened") as work:
        work.put(reopened(work.get(Finding, finding_id)))
    return work.changes


def reopened(finding: Finding) -> Finding:
    """The finding open again; one that is open already stays as it is."""
    if finding.is_open:
        return finding
    return replace(
        finding,
        closed_on=None,
        plan_accepted_on=None,
        plan_accepted_by=None,
        reopened=finding.reopened + 1,
    )


def note_sighting(
    workspace: Workspace,
    finding_id: FindingId,
    *,
    words: str = "",
    place: str = "",
    seen_on: date | None = None,
    assessment_id: AssessmentId | None = None,
    checkpoint_id: CheckpointId | None = None,
) -> Changes:
    """The same was seen again: it is noted at the finding instead of a second one; a closed finding is open again."""
    check_happened(Sighting, "seen_on", seen_on, workspace.today())
    with workspace.writing("finding.seen-again") as work:
        finding = work.get(Finding, finding_id)
        work.put(
            Sighting(
                id=SightingId(work.new_id()),
                engagement_id=finding.engagement_id,
                finding_id=finding_id,
                seen_on=seen_on or workspace.today(),
                place=place.strip(),
                words=words.strip(),
                assessment_id=assessment_id,
                checkpoint_id=checkpoint_id,
                seen_by=work.who,
            )
        )
        work.put(reopened(finding))
    return work.changes


def remove_sighting(workspace: Workspace, sighting_id: SightingId) -> Changes:
    """A sighting was noted at the wrong finding."""
    with workspace.writing("finding.sighting-removed") as work:
        work.delete(work.get(Sighting, sighting_id))
    return work.changes


def delete_finding(workspace: Workspace, finding_id: FindingId) -> Changes:
    """Move a finding to the bin; its number is not given again."""
    with workspace.writing("finding.deleted") as work:
        work.delete(work.get(Finding, finding_id))
    return work.changes


def next_finding_number(work: WritingScope, engagement_id: EngagementId) -> int:
    """The number of the next finding of a programme; those in the bin keep theirs."""
    numbers = [finding.number for finding in work.all(Finding, engagement_id=engagement_id)]
    numbers += [finding.number for finding in work.in_bin(Finding, engagement_id=engagement_id)]
    return max(numbers, default=0) + 1


def list_findings(reader: Reader, engagement_id: EngagementId) -> tuple[Finding, ...]:
    """The findings of a programme, newest number first."""
    return tuple(
        sorted(reader.all(Finding, engagement_id=engagement_id), key=lambda finding: -finding.number)
    )


def _check_nothing_left(obstacles: Sequence[Obstacle]) -> None:
    if obstacles:
        raise RuleBroken(
            " ".join(one.words for one in obstacles),
            code="finding.not-shown",
            way_out=_("Check the effect first, then close."),
        )


def _check_grade(reader: Reader, finding: Finding) -> None:
    suggested = suggested_grade_of(reader, finding)
    if suggested in (None, finding.grade) or finding.grade_reason.strip():
        return
    raise RuleBroken(
        _("The rating suggests {grade}; another grade needs its reason.").format(
            grade=grade_title(suggested) if suggested else ""
        ),
        code="finding.grade-reason-missing",
        way_out=_("Write why the finding weighs more or less."),
    )


def _needed_statement(statement: str) -> str:
    if not statement.strip():
        raise RuleBroken(
            _("A finding needs a statement."),
            code="finding.statement-missing",
            way_out=_("Write in one sentence what was found."),
        )
    return statement
