"""A certificate and what happens to it, with sensible defaults."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, Final

from qma_app.domain.certificate_life import valid_until
from qma_app.domain.certification import Certificate, CertificateEvent, CertificateStep
from qma_app.domain.ids import AreaId, AuditId, CertificateId, CertificationDecisionId
from tests.builders import an_edition, an_engagement, an_id

DECIDED: Final = date(2027, 6, 30)


def an_event(step: CertificateStep, on: date, reason: str = "As agreed") -> CertificateEvent:
    return CertificateEvent(step=step, on=on, reason=reason)


def a_certificate(*events: CertificateEvent, decided_on: date = DECIDED, **changes: Any) -> Certificate:
    certificate = Certificate(
        id=CertificateId(an_id("certificate")),
        engagement_id=an_engagement().id,
        audit_id=AuditId(an_id("audit")),
        decision_id=CertificationDecisionId(an_id("decision")),
        number="C-2027-0014",
        holder="Autohaus Beispiel",
        address="Musterstadt",
        scope=(AreaId("service"), AreaId("parts")),
        edition=an_edition().hash,
        level="431/5",
        audited_from=date(2027, 6, 14),
        audited_to=date(2027, 6, 16),
        decided_on=decided_on,
        valid_from=decided_on,
        valid_until=valid_until(decided_on),
        events=events,
    )
    return replace(certificate, **changes)
