"""Reads what a certificate says: the decision, the audit it rests on, the standard, and who stands for it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from qma_app.domain.audit import Audit
from qma_app.domain.certificate_life import life
from qma_app.domain.certification import Certificate, CertificationDecision
from qma_app.domain.dealership import Dealership
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import CertificateId, PersonId
from qma_app.domain.people import Person, Qualification, Role
from qma_app.domain.ports import Reader
from qma_app.reports.certificates.paper import CertificatePaper, Signatory, SigningLine


def collect(
    reader: Reader,
    certificate_id: CertificateId,
    *,
    on: date,
    signing: SigningLine | None = None,
    is_sample: bool = False,
    step: Callable[[float], None] = lambda _share: None,
) -> CertificatePaper:
    """A certificate as it stands on a day; `signing` is the key that is going to sign the file."""
    certificate = reader.get(Certificate, certificate_id)
    decision = reader.get(CertificationDecision, certificate.decision_id)
    audit = reader.get(Audit, certificate.audit_id)
    edition = reader.edition(certificate.edition)
    engagement = reader.get(Engagement, certificate.engagement_id)
    dealership = reader.find(Dealership, engagement.dealership_id, in_bin=True)
    before = reader.find(Certificate, certificate.replaces, in_bin=True) if certificate.replaces else None
    successor = next(iter(reader.all(Certificate, replaces=certificate.id)), None)
    step(1.0)
    return CertificatePaper(
        certificate=certificate,
        decision=decision,
        audit=audit,
        edition=edition,
        scope=tuple(area for area in edition.areas if area.id in certificate.scope),
        left_out=tuple(area for area in edition.areas if area.id not in certificate.scope),
        lead_auditor=_signatory(reader, audit.lead_id, Role.AUDITOR, certificate.audited_to),
        decision_maker=_signatory(reader, decision.decided_by, Role.DECISION_MAKER, certificate.decided_on),
        replaces=before.number if before is not None else "",
        replaced_by=successor,
        life=life(
            certificate, on, majors_days=edition.rules.conditional_days, replaced_by=successor
        ),
        on=on,
        log_head=reader.log_head(),
        is_sample=is_sample or (dealership is not None and dealership.is_sample),
        signing=signing,
    )  # fmt: skip


def _signatory(reader: Reader, id: PersonId | None, role: Role, on: date) -> Signatory:
    """The person with the certificate that covers the day; without a number where none does."""
    if id is None:
        return Signatory(name="", certificate="")
    person = reader.find(Person, id, in_bin=True)
    held = [one for one in reader.all(Qualification, person_id=id) if one.role is role]
    valid = [one.number for one in held if one.is_valid_on(on)]
    return Signatory(name=person.name if person else "", certificate=valid[-1] if valid else "")
