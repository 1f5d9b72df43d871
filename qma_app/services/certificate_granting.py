"""The certificate that follows a decision: made once, with what it rests on, and never changed afterwards."""

from __future__ import annotations

from datetime import date

from qma_app.domain.audit import Audit
from qma_app.domain.audit_reading import read_audit_state
from qma_app.domain.audit_state import AuditState
from qma_app.domain.certificate_dues import WINDOW_MONTHS
from qma_app.domain.certificate_life import valid_until
from qma_app.domain.certification import Certificate, CertificationDecision, DecisionOutcome
from qma_app.domain.days import month_after
from qma_app.domain.dealership import Dealership, Site
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import CertificateId, CertificationDecisionId, EngagementId
from qma_app.domain.ports import Reader
from qma_app.errors import RuleBroken
from qma_app.i18n import _, day_text
from qma_app.services.certificate_issuing import issue_certificate
from qma_app.services.deciding_rules import (
    check_clock_on,
    check_may_decide,
    check_signed,
    condition_settled,
    decider_at_work,
    decision_after,
    signed_report,
    standing_certificate,
)
from qma_app.services.workspace import Workspace
from qma_app.storage.scopes import WritingScope

__all__ = ["grant_certificate", "issue_certificate", "next_certificate_number"]


def grant_certificate(
    workspace: Workspace, decision_id: CertificationDecisionId, *, valid_from: date | None = None
) -> Certificate:
    """Make the certificate a decision gives, valid from the day of the decision unless a later one is given.

    It counts 36 months from the decision, a conditional one as well, whose majors are due long before; one that settles a condition
    ends when the conditional one would have, and covers the days of both audits. It takes the place of the one the dealership
    still has.
    """
    person_id, today = decider_at_work(workspace), workspace.today()
    with workspace.writing("certificate.granted") as work:
        check_clock_on(work)
        decision = work.get(CertificationDecision, decision_id)
        _check_gives_one(work, decision)
        audit = work.get(Audit, decision.audit_id)
        check_signed(work, audit)
        check_may_decide(work, audit, person_id, on=today)
        signed_report(work, audit)
        first_on = valid_from or decision.decided_on
        _check_first_day(decision, first_on)
        settled = condition_settled(work, decision)
        conditional = _granted_on(work, settled) if settled is not None else None
        return work.put(
            _made(
                work,
                CertificateId(work.new_id()),
                decision,
                first_on,
                until=valid_until((settled or decision).decided_on),
                replaced=conditional or standing_certificate(work, audit.engagement_id, on=first_on),
            )
        )


def next_certificate_number(reader: Reader, year: int) -> str:
    """C-2027-0093: the next number of the year in this workspace."""
    stem = f"C-{year:04d}-"
    used = [one.number.removeprefix(stem) for one in reader.all(Certificate) if one.number.startswith(stem)]
    return f"{stem}{max((int(one) for one in used if one.isdecimal()), default=0) + 1:04d}"


def holder_address(reader: Reader, dealership: Dealership) -> str:
    """Where the dealership is: the addresses of its sites, each with its name where there are several, else its town."""
    sites = [one for one in reader.all(Site, dealership_id=dealership.id) if one.address.strip()]
    if len(sites) == 1:
        return " ".join(sites[0].address.split())
    if sites:
        return "; ".join(f"{one.name}: {' '.join(one.address.split())}" for one in sites)
    return ", ".join(filter(None, (dealership.city.strip(), dealership.country)))


def _check_gives_one(work: WritingScope, decision: CertificationDecision) -> None:
    if decision.outcome is DecisionOutcome.REFUSED:
        raise RuleBroken(
            _("The certificate was refused on {day}.").format(day=day_text(decision.decided_on)),
            code="certificate.refused",
            way_out=_("Only another decision can give one."),
            decision=decision.id,
        )
    after = decision_after(work, decision)
    if after is not None:
        raise RuleBroken(
            _("Another decision of {day} took the place of this one.").format(day=day_text(after.decided_on)),
            code="certificate.other-decision",
            way_out=_("Go by that decision."),
            decision=after.id,
        )
    given = _granted_on(work, decision)
    if given is not None:
        raise RuleBroken(
            _("Certificate {number} was granted on this decision.").format(number=given.number),
            code="certificate.granted-already",
            way_out=_("Issue that one."),
            certificate=given.id,
        )


def _check_first_day(decision: CertificationDecision, first_on: date) -> None:
    latest = month_after(decision.decided_on, WINDOW_MONTHS)
    if not decision.decided_on <= first_on <= latest:
        raise RuleBroken(
            _("{day} is no first day for it: it was decided on {decided}.").format(
                day=day_text(first_on), decided=day_text(decision.decided_on)
            ),
            code="certificate.first-day",
            way_out=_("Choose a day from {first} to {last}.").format(
                first=day_text(decision.decided_on), last=day_text(latest)
            ),
        )


def _granted_on(reader: Reader, decision: CertificationDecision) -> Certificate | None:
    return next(iter(reader.all(Certificate, decision_id=decision.id)), None)


def _made(
    work: WritingScope,
    id: CertificateId,
    decision: CertificationDecision,
    first_on: date,
    *,
    until: date,
    replaced: Certificate | None,
) -> Certificate:
    audit = work.get(Audit, decision.audit_id)
    state = read_audit_state(work, audit)
    level = state.recommended.result.overall
    if level is None:
        raise RuleBroken(
            _("The audit {number} has no overall level.").format(number=audit.number),
            code="certificate.no-level",
            way_out=_("Without one nothing can be certified: look at the rules in its report."),
            audit=audit.id,
        )
    dealership = work.get(Dealership, _dealership_of(work, audit.engagement_id))
    audited_from, audited_to = _audited(work, state)
    return Certificate(
        id=id,
        engagement_id=audit.engagement_id,
        audit_id=audit.id,
        decision_id=decision.id,
        number=next_certificate_number(work, decision.decided_on.year),
        holder=dealership.name,
        address=holder_address(work, dealership),
        scope=state.basis.scope,
        edition=state.edition.hash,
        level=str(level),
        audited_from=audited_from,
        audited_to=audited_to,
        decided_on=decision.decided_on,
        valid_from=first_on,
        valid_until=until,
        is_conditional=decision.outcome is DecisionOutcome.CONDITIONAL,
        replaces=replaced.id if replaced is not None else None,
    )


def _dealership_of(reader: Reader, engagement_id: EngagementId) -> str:
    return reader.get(Engagement, engagement_id).dealership_id


def _audited(reader: Reader, state: AuditState) -> tuple[date, date]:
    """The first and the last day anybody looked; of a follow-up from the first day of the audit it follows.

    No day lies behind the signature: an audit can be signed before the last day that was planned for it.
    """
    first, last = _days(state.audit)
    if state.follows is not None:
        first = min(first, _days(reader.get(Audit, state.follows.audit_id))[0])
    return first, last


def _days(audit: Audit) -> tuple[date, date]:
    if audit.signed_at is None:
        raise ValueError("not signed")
    signed_on = audit.signed_at.astimezone().date()
    opened = audit.opening.held_at.astimezone().date() if audit.opening is not None else signed_on
    last = min(audit.last_on or audit.first_on or signed_on, signed_on)
    return min(audit.first_on or opened, last), last
