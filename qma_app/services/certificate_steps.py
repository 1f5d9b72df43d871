"""What happens to a certificate after it was granted, each step with its day and reason; and what is said of papers and keys that count no more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from qma_app.domain.audit import Audit
from qma_app.domain.certificate_dues import settled_by
from qma_app.domain.certificate_life import check_step
from qma_app.domain.certification import (
    Certificate,
    CertificateEvent,
    CertificateStep,
)
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import AuditId, CertificateId, PersonId
from qma_app.domain.record import Changes
from qma_app.domain.result import Verdict
from qma_app.domain.wording import verdict_title
from qma_app.errors import RuleBroken
from qma_app.i18n import _, day_text
from qma_app.services.deciding_rules import (
    check_clock_on,
    check_may_decide,
    check_signed,
    decider_at_work,
    looks_after,
    recommendation_of,
    signed_report,
    successor_of,
)
from qma_app.services.happened import check_happened
from qma_app.services.revoking import revoke_issued, revoke_signer
from qma_app.services.workspace import Workspace
from qma_app.storage.scopes import WritingScope

__all__ = [
    "confirm_certificate",
    "restore_certificate",
    "revoke_issued",
    "revoke_signer",
    "suspend_certificate",
    "withdraw_certificate",
]

Check = Callable[[WritingScope, Certificate, PersonId, date], None]


def suspend_certificate(
    workspace: Workspace, certificate_id: CertificateId, reason: str, *, on: date | None = None
) -> Changes:
    """From that day the dealership may not show the certificate, until it is restored."""
    return _step(workspace, certificate_id, CertificateStep.SUSPENDED, reason, on, "certificate.suspended")


def restore_certificate(
    workspace: Workspace, certificate_id: CertificateId, reason: str, *, on: date | None = None
) -> Changes:
    """A suspended certificate may be shown again from that day."""
    return _step(workspace, certificate_id, CertificateStep.RESTORED, reason, on, "certificate.restored")


def withdraw_certificate(
    workspace: Workspace, certificate_id: CertificateId, reason: str, *, on: date | None = None
) -> Changes:
    """The certificate ends on that day, for good."""
    return _step(workspace, certificate_id, CertificateStep.WITHDRAWN, reason, on, "certificate.withdrawn")


def confirm_certificate(
    workspace: Workspace,
    certificate_id: CertificateId,
    audit_id: AuditId,
    reason: str,
    *,
    on: date | None = None,
) -> Changes:
    """The certificate stands after a signed audit that looked after it and recommends a pass; each such audit confirms it once.

    A condition is not met by it: that takes the follow-up on its majors. The number of the report stands before the reason.
    """

    def check(work: WritingScope, certificate: Certificate, person_id: PersonId, day: date) -> None:
        _check_confirms(work, certificate, work.get(Audit, audit_id), person_id, day, workspace.today())

    with workspace.reading() as reader:
        number = reader.get(Audit, audit_id).number
    said = f"{number}: {reason.strip()}" if reason.strip() else ""
    return _step(
        workspace, certificate_id, CertificateStep.CONFIRMED, said, on, "certificate.confirmed", check
    )


def _step(
    workspace: Workspace,
    certificate_id: CertificateId,
    step: CertificateStep,
    reason: str,
    on: date | None,
    what: str,
    check: Check | None = None,
) -> Changes:
    person_id, today = decider_at_work(workspace), workspace.today()
    check_happened(Certificate, "events", on, today)
    day = on or today
    with workspace.writing(what) as work:
        check_clock_on(work)
        certificate = work.get(Certificate, certificate_id)
        check_may_decide(work, work.get(Audit, certificate.audit_id), person_id, on=today)
        check_step(certificate, step, day, reason, replaced_by=successor_of(work, certificate_id))
        if check is not None:
            check(work, certificate, person_id, day)
        event = CertificateEvent(step=step, on=day, reason=reason.strip(), by=person_id)
        work.put(replace(certificate, events=(*certificate.events, event)))
    return work.changes


def _check_confirms(
    work: WritingScope, certificate: Certificate, audit: Audit, person_id: PersonId, day: date, today: date
) -> None:
    of = [work.get(Engagement, one.engagement_id).dealership_id for one in (certificate, audit)]
    if of[0] != of[1] or not looks_after(work, audit):
        raise RuleBroken(
            _("{number} did not look after certificate {certificate}.").format(
                number=audit.number, certificate=certificate.number
            ),
            code="certificate.no-surveillance",
            way_out=_("Choose a surveillance of this dealership, or its follow-up."),
            audit=audit.id,
        )
    check_signed(work, audit)
    _check_after_decision(certificate, audit)
    check_may_decide(work, audit, person_id, on=today)
    signed_report(work, audit)
    _check_unconditional(certificate)
    recommended = recommendation_of(audit)
    if recommended is not Verdict.PASS:
        raise RuleBroken(
            _("The signed report {number} recommends “{recommended}”.").format(
                number=audit.number, recommended=verdict_title(recommended)
            ),
            code="certificate.not-passed",
            way_out=_("Suspend or withdraw the certificate, or wait for the follow-up on what is open."),
            audit=audit.id,
        )
    _check_once(certificate, audit, day)


def _check_unconditional(certificate: Certificate) -> None:
    if certificate.is_conditional and settled_by(certificate, certificate.events) is None:
        raise RuleBroken(
            _("The condition of certificate {number} is still open.").format(number=certificate.number),
            code="certificate.condition-open",
            way_out=_("Settle it first, with the follow-up on its majors."),
            certificate=certificate.id,
        )


def _check_after_decision(certificate: Certificate, audit: Audit) -> None:
    """What was looked at before a certificate was decided on says nothing about how the dealership keeps to it."""
    held_on = audit.opening.held_at.astimezone().date() if audit.opening is not None else None
    began = min((one for one in (audit.first_on, held_on) if one is not None), default=date.max)
    if began < certificate.decided_on:
        raise RuleBroken(
            _("{number} did not look after certificate {certificate}.").format(
                number=audit.number, certificate=certificate.number
            ),
            code="certificate.earlier-audit",
            way_out=_("Choose a surveillance of this dealership, or its follow-up."),
            audit=audit.id,
        )


def _check_once(certificate: Certificate, audit: Audit, day: date) -> None:
    """The day lies on that of the signature or after it, and no confirmation names this report yet."""
    signed_on = audit.signed_at.astimezone().date() if audit.signed_at is not None else date.max
    if day < signed_on:
        raise RuleBroken(
            _("The report {number} was signed on {day}; it confirms nothing before.").format(
                number=audit.number, day=day_text(signed_on)
            ),
            code="certificate.before-report",
            way_out=_("Give that day or a later one."),
            audit=audit.id,
        )
    if any(
        one.step is CertificateStep.CONFIRMED and one.reason.startswith(f"{audit.number}:")
        for one in certificate.events
    ):
        raise RuleBroken(
            _("Certificate {certificate} was confirmed on {number} before.").format(
                certificate=certificate.number, number=audit.number
            ),
            code="certificate.confirmed-already",
            way_out=_("One audit confirms it once."),
            audit=audit.id,
        )
