"""What follows a signed audit: the checks on its decision and its certificate."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from qma_app.domain.audit import Audit
from qma_app.domain.audit_check import PathCheck, at_step
from qma_app.domain.audit_state import LOOKS_BACK, AuditState
from qma_app.domain.certification import Certificate, CertificateStep, DecisionOutcome
from qma_app.domain.spot import Spot
from qma_app.i18n import _, day_text

_A_DAY: Final = timedelta(days=1)
"""A signature late in the evening lies on the next day in UTC, or on the one before."""


def decided(state: AuditState) -> PathCheck:
    """Somebody who was not in the team has decided."""
    if state.decision is not None:
        words = outcome_words(state.decision.outcome, state.decision.decided_on)
        return PathCheck(code="decided", holds=True, words=words)
    spot = at_step("decision")
    words = _("Somebody who was not in the team still has to decide.")
    return PathCheck(code="decided", holds=False, words=words, records=(state.audit.id,), where=spot)


def certificate_follows(state: AuditState) -> PathCheck:
    """The certificate is granted and signed; or, after a surveillance, what follows for it is recorded. A refusal is the end."""
    spot = at_step("certificate")
    if state.decision is not None and state.decision.outcome is DecisionOutcome.REFUSED:
        words = _("The certificate was refused; none is issued on this audit.")
        return PathCheck(code="certificate", holds=False, words=words, where=spot, is_hard=True)
    if state.kind in LOOKS_BACK:
        return _looked_after(state, spot)
    if state.certificate is None:
        words = _("No certificate was granted yet.")
        return PathCheck(code="certificate", holds=False, words=words, where=spot)
    number = state.certificate.number
    if state.certificate_file is None:
        words = _("Certificate {number} is granted and not signed yet.").format(number=number)
        ids = (state.certificate.id,)
        return PathCheck(code="certificate", holds=False, words=words, records=ids, where=spot)
    words = _("Certificate {number} is signed.").format(number=number)
    return PathCheck(code="certificate", holds=True, words=words)


def _looked_after(state: AuditState, spot: Spot) -> PathCheck:
    """After a surveillance the certificate is confirmed, suspended or withdrawn, on the day of the signature or later."""
    certificate, audit = state.certificate, state.audit
    if certificate is None:
        words = _("There is no certificate that this audit could confirm.")
        return PathCheck(code="certificate", holds=False, words=words, where=spot, is_hard=True)
    if is_looked_after(certificate, audit):
        words = _("What follows for certificate {number} is recorded.").format(number=certificate.number)
        return PathCheck(code="certificate", holds=True, words=words)
    words = _("Certificate {number} is not confirmed, suspended or withdrawn yet.").format(
        number=certificate.number
    )
    return PathCheck(code="certificate", holds=False, words=words, records=(certificate.id,), where=spot)


def is_looked_after(certificate: Certificate, audit: Audit) -> bool:
    """Whether what follows for the certificate was recorded once this audit was signed."""
    steps = (CertificateStep.CONFIRMED, CertificateStep.SUSPENDED, CertificateStep.WITHDRAWN)
    since = audit.signed_at.date() - _A_DAY if audit.signed_at is not None else date.max
    return any(event.step in steps and event.on >= since for event in certificate.events)


def outcome_words(outcome: DecisionOutcome, on: date) -> str:
    """What was decided and when, in a sentence."""
    return {
        DecisionOutcome.GRANTED: _("The certificate was granted on {day}."),
        DecisionOutcome.CONDITIONAL: _("A conditional certificate was granted on {day}."),
        DecisionOutcome.REFUSED: _("The certificate was refused on {day}."),
    }[outcome].format(day=day_text(on))
