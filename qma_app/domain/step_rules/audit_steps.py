"""The one thing at hand in an audit on its path: its plan, its meetings, its report, the decision on it, its certificate."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

from qma_app.domain.assessment import AssessmentKind
from qma_app.domain.audit_end_checks import outcome_words
from qma_app.domain.audit_plan_checks import send_by
from qma_app.domain.audit_state import LOOKS_BACK
from qma_app.domain.certification import DecisionOutcome
from qma_app.domain.spot import Spot
from qma_app.domain.step_rules.state import AuditWork
from qma_app.domain.step_rules.step import NextStep, StepKind, Urgency, a_step, urgency_of
from qma_app.i18n import _, day_text

OPENED_WITHIN: Final = timedelta(days=7)
SENT_WITHIN: Final = timedelta(days=14)
"""So long before the day by which a plan is sent it is asked for as due, before that it has time."""


def steps_of_audit(work: AuditWork, on: date) -> Iterator[NextStep]:
    """At most one; none while an audit that is planned and announced waits for its days, nor once all is done."""
    if not work.audit.is_signed:
        yield from _before_signing(work, on)
    elif not work.is_followed:
        yield from _after_signing(work)


def _before_signing(work: AuditWork, on: date) -> Iterator[NextStep]:
    audit = work.audit
    number, first, last = audit.number, audit.first_on, audit.last_on
    if audit.opening is None:
        by = send_by(first)
        if first is None or by is None:
            yield _of_audit(
                work,
                "plan",
                kind=StepKind.PLAN,
                urgency=Urgency.DUE,
                title=_("Give audit {number} its days").format(number=number),
                reason=_("It was begun and has no days yet."),
            )
        elif audit.sent_on is None and work.kind is not AssessmentKind.SHORT_NOTICE:
            near = Urgency.DUE if by - on <= SENT_WITHIN else Urgency.SOON
            yield _of_audit(
                work,
                "plan",
                kind=StepKind.PREPARE,
                urgency=urgency_of(by, on, before=near),
                title=_("Send the plan of audit {number}").format(number=number),
                reason=_("The audit begins on {first}; its plan is to be sent by {day}.").format(
                    first=day_text(first), day=day_text(by)
                ),
                due_on=by,
            )
        elif first - on <= OPENED_WITHIN:
            yield _of_audit(
                work,
                "opening",
                kind=StepKind.PREPARE,
                urgency=urgency_of(first, on),
                title=_("Hold the opening meeting of audit {number}").format(number=number),
                reason=_("The audit begins on {day}.").format(day=day_text(first)),
                due_on=first,
            )
    elif audit.closing is None:
        yield _on_site(work, on, last)
    else:
        view = "sign" if audit.recommendation is not None else "report"
        yield _of_audit(
            work,
            view,
            kind=StepKind.DECIDE,
            urgency=Urgency.DUE,
            title=_("Sign the report of audit {number}").format(number=number)
            if view == "sign"
            else _("Write the report of audit {number} and recommend").format(number=number),
            reason=_("Its closing meeting was held on {day}.").format(
                day=day_text(audit.closing.held_at.astimezone().date())
            ),
        )


def _on_site(work: AuditWork, on: date, last: date | None) -> NextStep:
    number = work.audit.number
    if last is not None and last <= on:
        return _of_audit(
            work,
            "closing",
            kind=StepKind.DECIDE,
            urgency=urgency_of(last, on, before=Urgency.NOW),
            title=_("Hold the closing meeting of audit {number}").format(number=number),
            reason=_("Its last day in the house is {day}.").format(day=day_text(last))
            if last == on
            else _("Its last day in the house was {day}.").format(day=day_text(last)),
            due_on=last,
        )
    return _of_audit(
        work,
        "on-site",
        kind=StepKind.RATE,
        urgency=Urgency.NOW,
        title=_("Go on with audit {number}").format(number=number),
        reason=_("It is in the house until {day}.").format(day=day_text(last))
        if last is not None
        else _("Its opening meeting was held."),
        due_on=last,
    )


def _after_signing(work: AuditWork) -> Iterator[NextStep]:
    audit, number = work.audit, work.certificate
    if work.outcome is None and work.kind not in LOOKS_BACK:
        yield _of_audit(
            work,
            "decision",
            kind=StepKind.DECIDE,
            urgency=Urgency.DUE,
            title=_("Have audit {number} decided").format(number=audit.number),
            reason=_("Its report is signed; somebody who was not in the audit decides on the certificate."),
        )
        return
    if work.outcome is DecisionOutcome.REFUSED:
        return
    if work.kind in LOOKS_BACK:
        title = _("Confirm, suspend or withdraw certificate {number}").format(number=number)
        reason = _("The report of audit {number} is signed, and nothing is recorded for it yet.").format(
            number=audit.number
        )
    elif number:
        title = _("Sign certificate {number}").format(number=number)
        reason = _("It was granted and is not signed yet.")
    else:
        title = _("Grant the certificate of audit {number}").format(number=audit.number)
        assert work.outcome is not None  # only an audit that looks back has none here
        reason = outcome_words(work.outcome, work.decided_on or date.max)
    yield _of_audit(
        work, "certificate", kind=StepKind.DECIDE, urgency=Urgency.DUE, title=title, reason=reason
    )


def _of_audit(work: AuditWork, view: str, *, urgency: Urgency, **fields: Any) -> NextStep:
    return a_step(
        urgency,
        key=f"audit:{work.audit.id}:{view}",
        rule="audit",
        minutes=30,
        spot=Spot(page="audit", view=view, assessment_id=work.audit.assessment_id),
        **fields,
    )
