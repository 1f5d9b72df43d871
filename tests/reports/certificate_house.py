"""A certificate with all that stands around it, as the tests of the paper and of the register want it."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

from qma_app.domain.audit import Audit, TeamMember, TeamPart
from qma_app.domain.certificate_content import certificate_bytes
from qma_app.domain.certification import Certificate, CertificationDecision, DecisionOutcome
from qma_app.domain.ids import AreaId, AuditId, CertificateId, CertificationDecisionId
from qma_app.domain.people import Role
from qma_app.reports import certificate as certificate_report
from qma_app.reports.certificate import CertificatePaper, SigningLine
from qma_app.reports.progress import Progress
from tests.builders import (
    NOW,
    a_dealership,
    a_person,
    a_qualification,
    an_assessment,
    an_edition,
    an_engagement,
    an_id,
)
from tests.reports.fake_reader import FakeReader

ON = date(2027, 8, 1)
KEY = SigningLine(name="TRIAL Decker", fingerprint="ab12" * 16, is_trial=True)
LEAD, DECIDER = a_person("Lea Lead"), a_person("Dora Decker")


def an_audit(**changes: Any) -> Audit:
    audit = Audit(
        id=AuditId(an_id("audit")),
        engagement_id=an_engagement().id,
        assessment_id=an_assessment().id,
        number="R-2027-0093",
        team=(TeamMember(person_id=LEAD.id, part=TeamPart.LEAD),),
    )
    return replace(audit, **changes)


def a_decision(**changes: Any) -> CertificationDecision:
    decision = CertificationDecision(
        id=CertificationDecisionId(an_id("decision")),
        engagement_id=an_engagement().id,
        audit_id=an_audit().id,
        outcome=DecisionOutcome.GRANTED,
        decided_on=date(2027, 7, 1),
        decided_at=NOW,
        decided_by=DECIDER.id,
        report_digest="c" * 64,
    )
    return replace(decision, **changes)


def a_certificate(**changes: Any) -> Certificate:
    certificate = Certificate(
        id=CertificateId(an_id("certificate")),
        engagement_id=an_engagement().id,
        audit_id=an_audit().id,
        decision_id=a_decision().id,
        number="C-2027-0012",
        holder="Autohaus Beispiel GmbH",
        address="Musterstraße 1, 12345 Musterstadt",
        scope=(AreaId("service"),),
        edition=an_edition().hash,
        level="1037/12",
        audited_from=date(2027, 6, 14),
        audited_to=date(2027, 6, 16),
        decided_on=date(2027, 7, 1),
        valid_from=date(2027, 7, 1),
        valid_until=date(2030, 6, 30),
    )
    return replace(certificate, **changes)


def a_certified_house(*others: Certificate, edition: Any = None, **changes: Any) -> FakeReader:
    """A dealership with its certificate changed like this, and further ones."""
    standard = edition or an_edition()
    certificate = a_certificate(edition=standard.hash, **changes)
    outcome = DecisionOutcome.CONDITIONAL if certificate.is_conditional else DecisionOutcome.GRANTED
    records = [
        a_dealership(), an_engagement(edition=standard.hash), an_audit(), a_decision(outcome=outcome),
        certificate, *others, LEAD, DECIDER,
        a_qualification(Role.AUDITOR, LEAD, number="A-007", valid_until=date(2027, 6, 16)),
        a_qualification(Role.DECISION_MAKER, DECIDER, number="E-003"),
    ]  # fmt: skip
    return FakeReader(records, [standard])


def the_certificate(
    reader: FakeReader, *, on: date = ON, signing: SigningLine | None = KEY, **how: Any
) -> CertificatePaper:
    return certificate_report.collect(reader, a_certificate().id, on=on, signing=signing, **how)


def certificate_pdf(reader: FakeReader, **how: Any) -> bytes:
    paper = the_certificate(reader, **how)
    digest = hashlib.sha256(certificate_bytes(certificate_report.content_of(paper))).hexdigest()
    out = BytesIO()
    certificate_report.draw(paper, out, content_digest=digest, progress=Progress())
    return out.getvalue()
