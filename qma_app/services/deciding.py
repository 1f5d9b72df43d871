"""Deciding on a certificate: by somebody who had no part in the audit, on its signed report, never better than it recommends."""

from __future__ import annotations

from datetime import date

from qma_app.domain.assessment import AssessmentKind
from qma_app.domain.audit import Audit
from qma_app.domain.audit_reading import followed_up
from qma_app.domain.certificate_life import life
from qma_app.domain.certification import (
    Appeal,
    AppealOutcome,
    Certificate,
    CertificationDecision,
    DecisionOutcome,
)
from qma_app.domain.ids import AuditId
from qma_app.domain.recommending import check_outcome
from qma_app.errors import RuleBroken
from qma_app.i18n import _, day_text
from qma_app.services.appeals import answer_appeal, raise_appeal
from qma_app.services.deciding_rules import (
    check_clock_on,
    check_decided_at_all,
    check_may_decide,
    check_signed,
    decider_at_work,
    last_after,
    newest_decision,
    put_decision,
    recommendation_of,
    successor_of,
)
from qma_app.services.settling import settle_conditional
from qma_app.services.workspace import Workspace
from qma_app.storage.scopes import WritingScope

__all__ = ["answer_appeal", "decide", "raise_appeal", "settle_conditional"]


def decide(
    workspace: Workspace, audit_id: AuditId, outcome: DecisionOutcome, *, words: str = ""
) -> CertificationDecision:
    """Grant, grant on condition or refuse; the record names the signed report by its SHA-256 and never changes.

    Less than recommended needs words. A second decision on an audit follows an appeal that was upheld, or a new revision; on the
    follow-up of a conditional decision only a refusal is taken here, the rest by `settle_conditional`.
    """
    person_id, today = decider_at_work(workspace), workspace.today()
    with workspace.writing("certification.decided") as work:
        check_clock_on(work)
        audit = work.get(Audit, audit_id)
        kind = check_decided_at_all(work, audit)
        check_signed(work, audit)
        check_may_decide(work, audit, person_id, on=today)
        check_outcome(recommendation_of(audit), outcome, words)
        before = _before(work, audit, kind, outcome)
        if outcome is DecisionOutcome.REFUSED and before is not None:
            _check_none_stands(work, before, today)
        return put_decision(work, audit, outcome, by=person_id, on=today, words=words, follows=before)


def _before(
    work: WritingScope, audit: Audit, kind: AssessmentKind, outcome: DecisionOutcome
) -> CertificationDecision | None:
    """The decision this one comes after; RuleBroken where one stands that nothing has turned over."""
    own = newest_decision(work, audit)
    if own is not None:
        _check_turned_over(work, audit, own)
        return last_after(work, own)
    about = followed_up(work, audit) if kind is AssessmentKind.FOLLOW_UP_AUDIT else None
    if about is None:
        return None
    then = newest_decision(work, about)
    before = last_after(work, then) if then is not None else None
    if before is None or before.outcome is DecisionOutcome.REFUSED:
        return before
    if before.outcome is DecisionOutcome.GRANTED:
        raise RuleBroken(
            _("The certificate was granted on {day}; this follow-up leaves nothing to decide.").format(
                day=day_text(before.decided_on)
            ),
            code="decision.nothing-open",
            way_out=_("Look at the certificate."),
            decision=before.id,
        )
    if outcome is not DecisionOutcome.REFUSED:
        raise RuleBroken(
            _("This audit follows up a conditional decision of {day}.").format(
                day=day_text(before.decided_on)
            ),
            code="decision.settle",
            way_out=_("Settle that decision with this audit, or refuse."),
            decision=before.id,
        )
    return before


def _check_turned_over(work: WritingScope, audit: Audit, own: CertificationDecision) -> None:
    """On the same revision only an appeal against that very decision, upheld, opens the way to another."""
    if own.audit_id != audit.id or any(
        one.outcome is AppealOutcome.UPHELD for one in work.all(Appeal, decision_id=own.id)
    ):
        return
    raise RuleBroken(
        _("This was decided on {day}.").format(day=day_text(own.decided_on)),
        code="decision.taken",
        way_out=_("Only an appeal against it that is upheld opens the way to another decision."),
        decision=own.id,
    )


def _check_none_stands(work: WritingScope, before: CertificationDecision, on: date) -> None:
    """A refusal does not leave the dealership with the certificate that the decision before it gave."""
    for one in work.all(Certificate, decision_id=before.id):
        if not life(one, on, replaced_by=successor_of(work, one.id)).state.is_over:
            raise RuleBroken(
                _("Certificate {number} stands on the decision before.").format(number=one.number),
                code="decision.certificate-stands",
                way_out=_("Withdraw it first, then refuse."),
                certificate=one.id,
            )
