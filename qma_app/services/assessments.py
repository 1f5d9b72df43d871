"""Starting, correcting, completing and reopening a pass over the checkpoints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from qma_app.domain.applicability import applicable_checkpoints, premises_of
from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.edition import Edition
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import AreaId, AssessmentId, EngagementId
from qma_app.domain.ports import Reader
from qma_app.domain.record import Changes
from qma_app.domain.standing import edition_of_assessment, premises_in
from qma_app.errors import RuleBroken
from qma_app.i18n import _
from qma_app.services.certificates import check_may_open
from qma_app.services.happened import check_happened, check_not_ended
from qma_app.services.working import check_may_write
from qma_app.services.workspace import Workspace
from qma_app.storage.scopes import WritingScope


def start_assessment(
    workspace: Workspace,
    *,
    engagement_id: EngagementId,
    kind: AssessmentKind,
    scope: Sequence[AreaId] | None = None,
    started_on: date | None = None,
) -> Changes:
    """Open a new assessment over the given areas, or over all areas of the edition in which a checkpoint applies.

    RuleBroken `certificate.lapsed` where whoever is working has no certificate that counts today, and on a later `started_on`.
    """
    with workspace.writing("assessment.started") as work:
        check_may_open(workspace, work, max(workspace.today(), started_on or date.min))
        engagement = work.get(Engagement, engagement_id)
        work.put(begun_assessment(workspace, work, engagement, kind=kind, scope=scope, started_on=started_on))
    return work.changes


def begun_assessment(
    workspace: Workspace,
    work: WritingScope,
    engagement: Engagement,
    *,
    kind: AssessmentKind,
    scope: Sequence[AreaId] | None = None,
    started_on: date | None = None,
    is_guided: bool = False,
) -> Assessment:
    """The next assessment of a programme in the edition it follows now, not stored yet; whoever is working may write it."""
    day = started_on or workspace.today()
    check_not_ended(engagement, day, code="assessment.after-end")
    numbers = [a.number for a in work.all(Assessment, engagement_id=engagement.id)]
    numbers += [a.number for a in work.in_bin(Assessment, engagement_id=engagement.id)]
    assessment = Assessment(
        id=AssessmentId(work.new_id()),
        engagement_id=engagement.id,
        number=max(numbers, default=0) + 1,
        kind=kind,
        started_on=day,
        scope=_checked_scope(work, work.edition(engagement.edition), engagement, scope),
        assessor_id=workspace.worker.person_id if workspace.worker else None,
        edition=engagement.edition,
        is_guided=is_guided,
    )
    check_may_write(workspace, assessment)
    return assessment


def correct_assessment(
    workspace: Workspace,
    assessment_id: AssessmentId,
    *,
    kind: AssessmentKind | None = None,
    scope: Sequence[AreaId] | None = None,
    started_on: date | None = None,
) -> Changes:
    """Mend kind, areas or date of an open assessment; ratings outside a smaller scope stay stored and count again if it grows."""
    with workspace.writing("assessment.corrected") as work:
        assessment = open_assessment(workspace, work, assessment_id)
        _check_by_itself(assessment, _("Change its days and areas in the plan of the audit."))
        engagement = work.get(Engagement, assessment.engagement_id)
        corrected = replace(
            assessment,
            kind=kind or assessment.kind,
            scope=assessment.scope
            if scope is None
            else _checked_scope(work, edition_of_assessment(work, assessment), engagement, scope),
            started_on=started_on or assessment.started_on,
        )
        if corrected.started_on != assessment.started_on:
            check_not_ended(engagement, corrected.started_on, code="assessment.after-end")
        check_may_write(workspace, corrected)
        work.put(corrected)
    return work.changes


def discard_assessment(workspace: Workspace, assessment_id: AssessmentId) -> Changes:
    """Move an assessment that was started by mistake to the bin with its ratings; a completed one must be reopened first."""
    with workspace.writing("assessment.discarded") as work:
        assessment = open_assessment(workspace, work, assessment_id)
        _check_by_itself(assessment, _("Discard the audit as a whole."))
        work.delete(assessment)
    return work.changes


def complete_assessment(
    workspace: Workspace, assessment_id: AssessmentId, *, on: date | None = None
) -> Changes:
    """Close an assessment for writing; what is untouched counts as not seen from now on."""
    check_happened(Assessment, "completed_on", on, workspace.today())
    with workspace.writing("assessment.completed") as work:
        assessment = open_assessment(workspace, work, assessment_id)
        _check_by_itself(assessment, _("It is completed when the report of the audit is signed."))
        premises = premises_in(work, assessment)
        work.put(assessment.completed(at=work.at, on=on or workspace.today(), premises=premises))
    return work.changes


def reopen_assessment(workspace: Workspace, assessment_id: AssessmentId, *, reason: str) -> Changes:
    """Open a completed assessment again; the reason stays with it and in the log. It needs a certificate that counts today."""
    with workspace.writing("assessment.reopened") as work:
        check_may_open(workspace, work, workspace.today())
        assessment = work.get(Assessment, assessment_id)
        check_may_write(workspace, assessment)
        _check_by_itself(assessment, _("Reopen the audit as a new revision, with a reason."))
        work.put(assessment.reopened(at=work.at, who=work.who, reason=reason))
    return work.changes


def write_summary(workspace: Workspace, assessment_id: AssessmentId, *, text: str) -> Changes:
    """The author's own words at the head of the report."""
    with workspace.writing("assessment.summary-written") as work:
        work.put(replace(open_assessment(workspace, work, assessment_id), summary=text))
    return work.changes


def write_remark(workspace: Workspace, assessment_id: AssessmentId, *, area_id: AreaId, text: str) -> Changes:
    """The author's own words on one area."""
    with workspace.writing("assessment.remark-written") as work:
        work.put(open_assessment(workspace, work, assessment_id).with_remark(area_id, text))
    return work.changes


def open_assessment(workspace: Workspace, work: WritingScope, assessment_id: AssessmentId) -> Assessment:
    """The assessment, if it is open and the one who is working may write in it."""
    assessment = work.get(Assessment, assessment_id)
    assessment.check_open()
    check_may_write(workspace, assessment)
    return assessment


def _check_by_itself(assessment: Assessment, way_out: str) -> None:
    """RuleBroken `assessment.guided` for an assessment that is part of an audit: it is led along the audit's path."""
    if assessment.is_guided:
        raise RuleBroken(
            _("These checkpoints belong to an audit."),
            code="assessment.guided",
            way_out=way_out,
            assessment=assessment.id,
        )


def _checked_scope(
    reader: Reader, edition: Edition, engagement: Engagement, scope: Sequence[AreaId] | None
) -> tuple[AreaId, ...]:
    if scope is None:
        apply = {
            edition.checkpoints[id].area_id
            for id in applicable_checkpoints(edition, premises_of(reader, engagement.dealership_id))
        }
        scope = tuple(area.id for area in edition.areas if area.id in apply)
    chosen = tuple(area.id for area in edition.areas if area.id in scope)
    if not chosen or len(chosen) != len(set(scope)):
        raise RuleBroken(
            _("Choose at least one area of {edition}.").format(edition=edition.label),
            code="assessment.scope",
            way_out=_("Areas in which nothing applies are left out: look at the features of the sites."),
            scope=tuple(scope),
        )
    return chosen
