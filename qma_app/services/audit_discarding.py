"""Taking an audit that was begun by mistake away again, with everything that hangs on it."""

from __future__ import annotations

from qma_app.domain.assessment import Assessment
from qma_app.domain.audit import AuditLook, AuditSample, AuditSlot
from qma_app.domain.finding import Finding
from qma_app.domain.ids import AuditId
from qma_app.domain.record import Changes
from qma_app.errors import RuleBroken
from qma_app.i18n import _, ngettext
from qma_app.services.audit_rules import writable_audit
from qma_app.services.workspace import Workspace


def discard_audit(workspace: Workspace, audit_id: AuditId) -> Changes:
    """Move an unsigned audit to the bin with its timetable, samples, looks and ratings; undo brings all of it back.

    RuleBroken `audit.has-findings` while a finding was raised in it: a finding belongs to the dealership, and is deleted by itself.
    """
    with workspace.writing("audit.discarded") as work:
        audit = writable_audit(workspace, work, audit_id)
        raised = work.all(Finding, assessment_id=audit.assessment_id)
        if raised:
            raise RuleBroken(
                ngettext(
                    "{count} finding was raised in this audit: {labels}.",
                    "{count} findings were raised in this audit: {labels}.",
                    len(raised),
                ).format(count=len(raised), labels=", ".join(one.label for one in raised)),
                code="audit.has-findings",
                way_out=_("Delete them first, or finish the audit."),
                findings=tuple(one.id for one in raised),
            )
        for kind in (AuditSlot, AuditSample, AuditLook):
            for record in work.all(kind, audit_id=audit_id):
                work.delete(record)
        work.delete(audit)
        work.delete(work.get(Assessment, audit.assessment_id))
    return work.changes
