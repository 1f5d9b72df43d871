"""Reads how far the audits of a programme and its certificate have come, for the list of next steps: a few records, no ratings."""

from __future__ import annotations

from qma_app.domain.assessment import AssessmentKind
from qma_app.domain.audit import Audit
from qma_app.domain.audit_end_checks import is_looked_after
from qma_app.domain.audit_state import LOOKS_BACK
from qma_app.domain.certificate_standing import standing_of
from qma_app.domain.certification import Certificate, IssuedFile, IssuedKind
from qma_app.domain.ids import CertificateId, EditionHash
from qma_app.domain.plan_reading import PlanReading
from qma_app.domain.step_rules.state import AuditWork, CertificateWork


def audits_and_certificate(reading: PlanReading) -> tuple[tuple[AuditWork, ...], CertificateWork | None]:
    """The newest revision of each audit begun by the day, by number, with what followed its signature; and the certificate that counts."""
    granted = tuple(
        one
        for one in reading.reader.all(Certificate, engagement_id=reading.engagement_id)
        if one.decided_on <= reading.on
    )
    newest = {one.number: one for one in reading.audits if one.assessment_id in _begun(reading)}
    works = tuple(_work(reading, audit, granted) for audit in newest.values())
    return works, _certificate(reading, granted)


def _begun(reading: PlanReading) -> dict[str, AssessmentKind]:
    return {one.id: one.kind for one in reading.assessments if one.started_on <= reading.on}


def _work(reading: PlanReading, audit: Audit, granted: tuple[Certificate, ...]) -> AuditWork:
    kind = _kind(reading, audit)
    decision = next((one for one in reversed(reading.decisions) if one.audit_id == audit.id), None)
    certificate = None
    if kind in LOOKS_BACK:
        certificate = max(granted, key=_when_granted, default=None)
        is_followed = certificate is None or is_looked_after(certificate, audit)
    elif decision is not None:
        certificate = next((one for one in granted if one.decision_id == decision.id), None)
        is_turned_over = any(one.follows == decision.id for one in reading.decisions)
        is_followed = is_turned_over or (certificate is not None and _is_issued(reading, certificate.id))
    else:
        is_followed = kind is AssessmentKind.PRE_AUDIT
    return AuditWork(
        audit=audit,
        kind=kind,
        outcome=decision.outcome if decision is not None else None,
        decided_on=decision.decided_on if decision is not None else None,
        certificate=certificate.number if certificate is not None else "",
        is_followed=audit.is_signed and is_followed,
    )


def _kind(reading: PlanReading, audit: Audit) -> AssessmentKind:
    """The kind of an audit; a follow-up looks back where the audit it follows does."""
    kinds = {one.id: one.kind for one in reading.assessments}
    kind = kinds[audit.assessment_id]
    if kind is not AssessmentKind.FOLLOW_UP_AUDIT:
        return kind
    then = next((one for one in reading.audits if one.id == audit.follows), None)
    before = kinds.get(then.assessment_id, kind) if then is not None else kind
    return before if before in LOOKS_BACK else kind


def _is_issued(reading: PlanReading, certificate_id: CertificateId) -> bool:
    names, certificate = ("id",), IssuedKind.CERTIFICATE
    return bool(
        reading.reader.fields(
            IssuedFile, names, certificate_id=certificate_id, kind=certificate, revoked_on=None
        )
    )


def _certificate(reading: PlanReading, granted: tuple[Certificate, ...]) -> CertificateWork | None:
    def majors_days(edition: EditionHash) -> int:
        return reading.reader.edition(edition).rules.conditional_days

    found = standing_of(granted, reading.on, majors_days=majors_days)
    if found is None:
        return None
    places = {one.id: one.assessment_id for one in reading.audits}
    return CertificateWork(
        id=found.certificate.id,
        number=found.certificate.number,
        assessment_id=places.get(found.certificate.audit_id),
        life=found.life,
    )


def _when_granted(one: Certificate) -> tuple[object, ...]:
    return one.decided_on, one.valid_from, one.id
