"""What the page of an audit says about it in its head, and who may write in it."""

from __future__ import annotations

from datetime import date

from qma_app.domain.audit import Audit
from qma_app.domain.audit_state import AuditState
from qma_app.domain.wording import kind_title
from qma_app.errors import RuleBroken
from qma_app.i18n import _, day_text
from qma_app.services.audit_rules import check_unsigned
from qma_app.services.working import check_may_write
from qma_app.services.workspace import Workspace


def days_words(first: date | None, last: date | None) -> str:
    """The days of an audit: `14–16 Jun 2027`."""
    if first is None:
        return _("no day is set yet")
    style = _("d MMM yyyy")
    if last is None or last == first:
        return day_text(first, style)
    if (first.year, first.month) == (last.year, last.month):
        return _("{first}–{last}").format(first=first.day, last=day_text(last, style))
    return _("{first} to {last}").format(first=day_text(first, style), last=day_text(last, style))


def lead_words(state: AuditState) -> str:
    """Who leads, and whether anything stands against it."""
    lead = state.audit.lead_id
    if lead is None:
        return _("no lead auditor yet")
    named = _("lead auditor {name}").format(name=state.name_of(lead))
    against = [one for one in state.conflicts if one.person_id == lead]
    if against:
        return _("{named}: {reason}").format(named=named, reason=against[0].reason)
    return _("{named}, independent of this dealership: no tie in the records").format(named=named)


def audit_words(audit: Audit) -> str:
    """`R-2027-0093`, with its revision from the second on."""
    if audit.revision == 1:
        return audit.number
    return _("{number}, revision {revision}").format(number=audit.number, revision=audit.revision)


def title_words(state: AuditState) -> str:
    """The kind of audit."""
    return kind_title(state.kind)


def detail_words(state: AuditState) -> str:
    """Its report's number, its days and who leads."""
    audit = state.audit
    parts = (audit_words(audit), days_words(audit.first_on, audit.last_on), lead_words(state))
    return " · ".join(parts)


def why_shut(workspace: Workspace, state: AuditState) -> RuleBroken | None:
    """Why nothing can be written in this audit now: it is signed, or somebody else would have to; None while it can."""
    try:
        check_unsigned(state.audit)
        check_may_write(workspace, state.assessment)
    except RuleBroken as broken:
        return broken
    return None
