"""Which areas an audit looks at: one left out has its reason, and may be taken in again."""

from __future__ import annotations

from dataclasses import replace

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.audit import AreaLeftOut, Audit, AuditSlot
from qma_app.domain.edition import Edition
from qma_app.domain.ids import AreaId, AuditId
from qma_app.domain.ports import Reader
from qma_app.domain.record import Changes
from qma_app.domain.standing import applicable_in, edition_of_assessment
from qma_app.errors import RuleBroken
from qma_app.i18n import _
from qma_app.services.audit_rules import needed, writable_audit
from qma_app.services.workspace import Workspace


def areas_at_first(
    reader: Reader, assessment: Assessment, edition: Edition, follows: AuditId | None
) -> tuple[Assessment, tuple[AreaLeftOut, ...]]:
    """The assessment over the areas a new audit begins with, and those it leaves out with the reason.

    A follow-up is judged on what the audit before it looked at, so an area left out then is left out again for the same reason.
    """
    nothing = _("Nothing in it applies to this dealership.")
    reasons = {area.id: nothing for area in edition.areas if area.id not in assessment.scope}
    if assessment.kind is AssessmentKind.FOLLOW_UP_AUDIT and follows is not None:
        before = reader.get(Audit, follows)
        looked_at = reader.get(Assessment, before.assessment_id).scope
        known = {one.area_id: one.reason for one in before.left_out}
        narrowed = tuple(id for id in assessment.scope if id in looked_at)
        if narrowed:
            reasons |= {id: known[id] for id in assessment.scope if id not in looked_at and id in known}
            assessment = replace(assessment, scope=narrowed)
    left_out = tuple(
        AreaLeftOut(area_id=area.id, reason=reasons[area.id]) for area in edition.areas if area.id in reasons
    )
    return assessment, left_out


def leave_area_out(workspace: Workspace, audit_id: AuditId, area_id: AreaId, reason: str) -> Changes:
    """The audit does not look at an area, with the reason; its lines of the timetable go. At least one area is left."""
    reason = needed(
        reason,
        "audit.area-reason",
        _("Leaving an area out needs a reason."),
        _("Write why it is not looked at; the report says it."),
    )
    with workspace.writing("audit.area-left-out") as work:
        audit = writable_audit(workspace, work, audit_id)
        assessment = work.get(Assessment, audit.assessment_id)
        assessment.check_open()
        _check_area(edition_of_assessment(work, assessment), area_id)
        scope = tuple(one for one in assessment.scope if one != area_id)
        if not scope:
            raise RuleBroken(
                _("No area would be left to look at."),
                code="audit.no-area",
                way_out=_("Take another area in first."),
            )
        others = tuple(one for one in audit.left_out if one.area_id != area_id)
        work.put(replace(audit, left_out=(*others, AreaLeftOut(area_id=area_id, reason=reason))))
        work.put(replace(assessment, scope=scope))
        for slot in work.all(AuditSlot, audit_id=audit_id, area_id=area_id):
            work.delete(slot)
    return work.changes


def take_area_in(workspace: Workspace, audit_id: AuditId, area_id: AreaId) -> Changes:
    """The audit looks at an area after all; what was rated there before counts again."""
    with workspace.writing("audit.area-taken-in") as work:
        audit = writable_audit(workspace, work, audit_id)
        assessment = work.get(Assessment, audit.assessment_id)
        assessment.check_open()
        edition = edition_of_assessment(work, assessment)
        _check_area(edition, area_id)
        wider = replace(
            assessment,
            scope=tuple(area.id for area in edition.areas if area.id in (*assessment.scope, area_id)),
        )
        if not applicable_in(work, replace(assessment, scope=(area_id,))):
            raise RuleBroken(
                _("Nothing of {area} applies to this dealership.").format(
                    area=edition.areas_by_id[area_id].title
                ),
                code="audit.area-empty",
                way_out=_("Look at the features of its sites."),
            )
        work.put(replace(audit, left_out=tuple(one for one in audit.left_out if one.area_id != area_id)))
        work.put(wider)
    return work.changes


def _check_area(edition: Edition, area_id: AreaId) -> None:
    if area_id not in edition.areas_by_id:
        raise RuleBroken(
            _("{edition} has no area {id}.").format(edition=edition.label, id=area_id),
            code="audit.area-unknown",
            way_out=_("Choose an area of this edition."),
        )
