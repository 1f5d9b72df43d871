"""Being on site: each day's wrap-up, how the auditor looked, the blind second look, and the recommendation."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from qma_app.domain.agreement_reading import AgreementOf, read_agreement
from qma_app.domain.assessment import Assessment
from qma_app.domain.audit import Audit, AuditLook, Withdrawal, WrapUp
from qma_app.domain.edition import Checkpoint
from qma_app.domain.finding import Finding
from qma_app.domain.history import earlier_ratings
from qma_app.domain.ids import AuditId, AuditLookId, CheckpointId, FindingId
from qma_app.domain.ports import Reader
from qma_app.domain.rating import Outcome, Rating
from qma_app.domain.recommending import check_recommendation
from qma_app.domain.record import Changes
from qma_app.domain.result import Verdict
from qma_app.domain.standing import applicable_in, edition_of_assessment
from qma_app.errors import RuleBroken
from qma_app.i18n import _
from qma_app.services.audit_blind import may_see
from qma_app.services.audit_meetings import CLOSING_POINTS, OPENING_POINTS, hold_closing, hold_opening
from qma_app.services.audit_result import audit_findings, audit_result
from qma_app.services.audit_rules import check_checkpoint, check_in_days, needed, writable_audit
from qma_app.services.happened import check_happened
from qma_app.services.kept_fields import check_by_hand
from qma_app.services.workspace import Workspace

__all__ = [
    "CLOSING_POINTS",
    "OPENING_POINTS",
    "AgreementOf",
    "BlindRow",
    "agreement_of",
    "blind_view",
    "hold_closing",
    "hold_opening",
    "recommend",
    "withdraw_finding",
    "write_look",
    "write_wrap_up",
]


@dataclass(frozen=True, kw_only=True, slots=True)
class BlindRow:
    """One applicable checkpoint as the auditor sees it; `coach` is None while it is covered or the coach gave no points.

    `is_covered` tells the one from the other.
    """

    checkpoint: Checkpoint
    rating: Rating | None
    look: AuditLook | None
    is_covered: bool
    coach: int | None = None

    @property
    def is_decided(self) -> bool:
        return self.rating is not None and self.rating.outcome is not Outcome.OPEN


def write_wrap_up(workspace: Workspace, audit_id: AuditId, *, on: date, words: str) -> Changes:
    """What was told to the dealership at the end of a day; empty words take the wrap-up of that day away."""
    check_happened(Audit, "wrap_ups", on, workspace.today())
    with workspace.writing("audit.wrapped-up") as work:
        audit = writable_audit(workspace, work, audit_id)
        check_in_days(audit, on)
        others = tuple(one for one in audit.wrap_ups if one.on != on)
        said = (WrapUp(on=on, words=words.strip(), by=work.who),) if words.strip() else ()
        work.put(replace(audit, wrap_ups=tuple(sorted((*others, *said), key=lambda one: one.on))))
    return work.changes


def write_look(
    workspace: Workspace, audit_id: AuditId, checkpoint_id: CheckpointId, **fields: Any
) -> Changes:
    """How a checkpoint was looked at: interviews, what was observed, records, where, live or done again; only what is given changes."""
    check_by_hand(fields, {"audit_id", "checkpoint_id"})
    with workspace.writing("audit.looked") as work:
        audit = writable_audit(workspace, work, audit_id)
        work.get(Assessment, audit.assessment_id).check_open()
        check_checkpoint(work, audit, checkpoint_id)
        known = work.all(AuditLook, audit_id=audit_id, checkpoint_id=checkpoint_id)
        look = (
            known[0]
            if known
            else AuditLook(id=AuditLookId(work.new_id()), audit_id=audit_id, checkpoint_id=checkpoint_id)
        )
        work.put(replace(look, **fields))
    return work.changes


def blind_view(reader: Reader, audit_id: AuditId) -> tuple[BlindRow, ...]:
    """The applicable checkpoints in the order of the standard; the coach's points where they are uncovered."""
    audit = reader.get(Audit, audit_id)
    assessment = reader.get(Assessment, audit.assessment_id)
    edition = edition_of_assessment(reader, assessment)
    own = reader.ratings(assessment.id)
    looks = {one.checkpoint_id: one for one in reader.all(AuditLook, audit_id=audit_id)}
    applicable = applicable_in(reader, assessment)
    coach = earlier_ratings(reader, assessment, applicable, by_coach=True)
    rows = []
    for id in applicable:
        sees = may_see(own.get(id), is_closed=audit.closing is not None)
        given = coach[id].points if sees and id in coach else None
        rows.append(
            BlindRow(
                checkpoint=edition.checkpoints[id],
                rating=own.get(id),
                look=looks.get(id),
                is_covered=not sees,
                coach=given,
            )
        )
    return tuple(rows)


def agreement_of(reader: Reader, audit_id: AuditId) -> AgreementOf:
    """How alike coach and auditor read the same checkpoints; RuleBroken `audit.blind` before the closing meeting."""
    found = read_agreement(reader, reader.get(Audit, audit_id))
    if found is None:
        raise RuleBroken(
            _("The coach's ratings are covered until the closing meeting."),
            code="audit.blind",
            way_out=_("Finish the audit first; the comparison then appears."),
        )
    return found


def recommend(workspace: Workspace, audit_id: AuditId, verdict: Verdict, words: str = "") -> Changes:
    """The auditor recommends what the rules say, or less with words; only after the closing meeting, never better."""
    with workspace.writing("audit.recommended") as work:
        audit = writable_audit(workspace, work, audit_id)
        if audit.closing is None:
            raise RuleBroken(
                _("The closing meeting was not held yet."),
                code="audit.no-closing",
                way_out=_("Record the closing meeting first."),
            )
        check_recommendation(audit_result(work, audit_id).verdict, verdict, words)
        worker = workspace.worker
        work.put(
            replace(
                audit,
                recommendation=verdict,
                recommendation_words=words.strip(),
                recommended_at=work.at,
                recommended_by=worker.person_id if worker is not None else audit.lead_id,
            )
        )
    return work.changes


def withdraw_finding(workspace: Workspace, audit_id: AuditId, finding_id: FindingId, reason: str) -> Changes:
    """A finding of the revision before does not stand any more, with the reason; it stays readable in the report of then."""
    reason = needed(
        reason,
        "audit.withdrawal-reason",
        _("Withdrawing a finding needs a reason."),
        _("Write why it does not stand any more."),
    )
    with workspace.writing("audit.finding-withdrawn") as work:
        audit = writable_audit(workspace, work, audit_id)
        finding = work.get(Finding, finding_id)
        if finding.assessment_id == audit.assessment_id:
            raise RuleBroken(
                _("{finding} was raised in this very revision.").format(finding=finding.label),
                code="audit.withdrawal",
                way_out=_("Correct or delete it: nothing is signed yet."),
            )
        if finding not in audit_findings(work, audit):
            raise RuleBroken(
                _("{finding} does not stand in the report of the revision before.").format(
                    finding=finding.label
                ),
                code="audit.withdrawal",
                way_out=_("Choose one of the findings of that report."),
            )
        work.put(
            replace(audit, withdrawn=(*audit.withdrawn, Withdrawal(finding_id=finding_id, reason=reason)))
        )
    return work.changes
