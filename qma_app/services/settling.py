"""Settling a conditional decision: its majors, followed up by an audit of their own, are shown to be closed."""

from __future__ import annotations

from datetime import date

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.audit import Audit
from qma_app.domain.audit_reading import followed_up, read_audit_state
from qma_app.domain.certificate_life import LifeState, life, majors_due_on
from qma_app.domain.certification import Certificate, CertificationDecision, DecisionOutcome
from qma_app.domain.finding import FindingGrade
from qma_app.domain.ids import AuditId, CertificationDecisionId
from qma_app.domain.recommending import check_outcome
from qma_app.domain.result import Verdict
from qma_app.domain.standing import edition_of_assessment
from qma_app.errors import RuleBroken
from qma_app.i18n import _, day_text
from qma_app.services.deciding_rules import (
    check_clock_on,
    check_decided_at_all,
    check_may_decide,
    check_signed,
    decider_at_work,
    decision_after,
    put_decision,
    recommendation_of,
    successor_of,
)
from qma_app.services.workspace import Workspace
from qma_app.storage.scopes import WritingScope


def settle_conditional(
    workspace: Workspace,
    decision_id: CertificationDecisionId,
    follow_up_audit_id: AuditId,
    *,
    words: str = "",
) -> CertificationDecision:
    """The majors of a conditional decision are shown to be closed by a signed follow-up: from now on it is granted without condition.

    After the days the edition gives for it, or while the certificate is suspended, it needs words that say why.
    """
    person_id, today = decider_at_work(workspace), workspace.today()
    with workspace.writing("certification.settled") as work:
        check_clock_on(work)
        conditional = work.get(CertificationDecision, decision_id)
        then = work.get(Audit, conditional.audit_id)
        _check_waits(work, conditional)
        follow_up = work.get(Audit, follow_up_audit_id)
        _check_follows(work, follow_up, then)
        check_signed(work, follow_up)
        for audit in (follow_up, then):
            check_may_decide(work, audit, person_id, on=today)
        _check_majors_closed(work, follow_up)
        _check_certificate(work, conditional, words, today)
        _check_in_time(work, conditional, words, today)
        granted = DecisionOutcome.GRANTED
        return put_decision(
            work, follow_up, granted, by=person_id, on=today, words=words, follows=conditional
        )


def _check_waits(work: WritingScope, conditional: CertificationDecision) -> None:
    after = decision_after(work, conditional)
    if conditional.outcome is DecisionOutcome.CONDITIONAL and after is None:
        return
    raise RuleBroken(
        _("The decision of {day} has no condition that is still open.").format(
            day=day_text((after or conditional).decided_on)
        ),
        code="decision.no-condition",
        way_out=_("Choose a conditional decision that was not settled yet."),
        decision=conditional.id,
    )


def _check_follows(work: WritingScope, follow_up: Audit, then: Audit) -> None:
    before = followed_up(work, follow_up)
    kind = check_decided_at_all(work, follow_up)
    is_of_it = before is not None and (before.engagement_id, before.number) == (
        then.engagement_id,
        then.number,
    )
    if kind is not AssessmentKind.FOLLOW_UP_AUDIT or not is_of_it:
        raise RuleBroken(
            _("{follow_up} is no follow-up of {number}.").format(
                follow_up=follow_up.number, number=then.number
            ),
            code="decision.no-follow-up",
            way_out=_("Choose the follow-up audit that looked at its majors again."),
            audit=follow_up.id,
        )


def _check_majors_closed(work: WritingScope, follow_up: Audit) -> None:
    """The signed follow-up recommends it, and what it says still holds: a major opened again since stands in the way."""
    recommended = recommendation_of(follow_up)
    check_outcome(recommended, DecisionOutcome.GRANTED, "")
    state = read_audit_state(work, follow_up)
    if state.recommended.verdict is Verdict.PASS:
        return
    majors = [one.label for one in state.basis.findings if one.grade is FindingGrade.MAJOR and one.is_open]
    raise RuleBroken(
        " ".join(rule.reason for rule in state.recommended.missed),
        code="decision.majors-open",
        way_out=_("Close what is open with its proof first: {findings}.").format(findings=", ".join(majors))
        if majors
        else _("Look at the rules in the report of the follow-up."),
        audit=follow_up.id,
        findings=tuple(majors),
    )


def _check_certificate(
    work: WritingScope, conditional: CertificationDecision, words: str, today: date
) -> None:
    """A certificate that was withdrawn is not brought back by a follow-up; a suspended one only with words."""
    for one in work.all(Certificate, decision_id=conditional.id):
        now = life(one, today, replaced_by=successor_of(work, one.id))
        if now.state.is_over:
            raise RuleBroken(
                _("Certificate {number}: {words}").format(number=one.number, words=now.words),
                code="decision.certificate-over",
                way_out=_("Only a new certification audit leads to a new certificate."),
                certificate=one.id,
            )
        if now.state is LifeState.SUSPENDED and not words.strip():
            raise RuleBroken(
                _("Certificate {number}: {words}").format(number=one.number, words=now.words),
                code="decision.suspended-words",
                way_out=_("Write why it is granted without condition all the same."),
                certificate=one.id,
            )


def _check_in_time(work: WritingScope, conditional: CertificationDecision, words: str, today: date) -> None:
    assessment_id = work.get(Audit, conditional.audit_id).assessment_id
    rules = edition_of_assessment(work, work.get(Assessment, assessment_id)).rules
    due = majors_due_on(conditional.decided_on, rules.conditional_days)
    if today > due and not words.strip():
        raise RuleBroken(
            _("The majors were to be closed by {day}.").format(day=day_text(due)),
            code="decision.late-words",
            way_out=_("Write why the condition is taken as met all the same."),
            decision=conditional.id,
            due=due.isoformat(),
        )
