"""Everything the step of the certificate shows beside the audit itself, read at one moment; no widgets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from qma_app.domain.audit_state import LOOKS_BACK
from qma_app.domain.certificate_life import CertificateLife, LifeState, life
from qma_app.domain.certification import (
    Certificate,
    CertificateStep,
    CertificationDecision,
    DecisionOutcome,
    IssuedFile,
    IssuedKind,
    Signer,
)
from qma_app.domain.edition import Edition
from qma_app.domain.ids import PersonId, SignerId
from qma_app.domain.levels import bounds_of, shown_level
from qma_app.domain.people import Person, Role, Worker
from qma_app.domain.ports import Reader

if TYPE_CHECKING:
    from ui.audit.reading import AuditDesk


@dataclass(frozen=True, kw_only=True, slots=True)
class CertificateDesk:
    """The certificate of an audit, or the one a surveillance looks after, as it stands; its files the newest first.

    `decision` is the one that would give it, or gave it.
    """

    desk: AuditDesk
    decision: CertificationDecision | None
    names: Mapping[PersonId, str]
    worker: Worker | None
    certificate: Certificate | None = None
    life: CertificateLife | None = None
    replaces: str = ""
    level: str = ""
    left_out: tuple[str, ...] = ()
    files: tuple[IssuedFile, ...] = ()
    signers: Mapping[SignerId, Signer] = field(default_factory=dict)

    @property
    def is_looked_after(self) -> bool:
        """Whether this audit looks after a certificate that was granted on another."""
        return self.desk.state.kind in LOOKS_BACK

    @property
    def can_be_granted(self) -> bool:
        """Whether a decision waits for its certificate."""
        decision = self.decision
        if decision is None or decision.outcome is DecisionOutcome.REFUSED:
            return False
        return self.certificate is None or self.certificate.decision_id != decision.id

    @property
    def newest_file(self) -> IssuedFile | None:
        """The newest file that was not revoked."""
        return next((one for one in self.files if one.revoked_on is None), None)

    @property
    def is_decision_maker_at_work(self) -> bool:
        return self.worker is not None and self.worker.role is Role.DECISION_MAKER

    @property
    def steps(self) -> tuple[CertificateStep, ...]:
        """What can happen to it now; confirming needs an audit that looks after it."""
        now = self.life
        if self.certificate is None or now is None or now.state.is_over:
            return ()
        is_suspended = now.state is LifeState.SUSPENDED
        turn = CertificateStep.RESTORED if is_suspended else CertificateStep.SUSPENDED
        confirm = (CertificateStep.CONFIRMED,) if self.is_looked_after and self._is_signed else ()
        return (*confirm, turn, CertificateStep.WITHDRAWN)

    @property
    def _is_signed(self) -> bool:
        return self.desk.view.audit.is_signed

    def name_of(self, person_id: PersonId | None) -> str:
        """The person's name; nothing for nobody."""
        return self.names.get(person_id, str(person_id)) if person_id is not None else ""


def read_certificate(reader: Reader, desk: AuditDesk, worker: Worker | None) -> CertificateDesk:
    """The certificate as it stands on the day of the desk."""
    decision, certificate = desk.state.decision, desk.state.certificate
    names = {one.id: one.name for one in reader.all(Person)}
    if certificate is None:
        return CertificateDesk(desk=desk, decision=decision, names=names, worker=worker)
    edition = reader.edition(certificate.edition)
    successor = next(iter(reader.all(Certificate, replaces=certificate.id)), None)
    before = reader.find(Certificate, certificate.replaces, in_bin=True) if certificate.replaces else None
    files = reader.all(IssuedFile, certificate_id=certificate.id, kind=IssuedKind.CERTIFICATE)
    return CertificateDesk(
        desk=desk,
        decision=decision,
        names=names,
        worker=worker,
        certificate=certificate,
        life=life(certificate, desk.on, majors_days=edition.rules.conditional_days, replaced_by=successor),
        replaces=before.number if before is not None else "",
        level=level_of(certificate, edition),
        left_out=tuple(str(area.title) for area in edition.areas if area.id not in certificate.scope),
        files=tuple(sorted(files, key=_issued_at, reverse=True)),
        signers={one.id: one for one in reader.all(Signer)},
    )


def level_of(certificate: Certificate, edition: Edition) -> str:
    """Its level as people read it, never on the wrong side of a bound."""
    return shown_level(Fraction(certificate.level), bounds_of(edition.rules))


def _issued_at(file: IssuedFile) -> tuple[str, str]:
    return file.issued_at.isoformat(), file.id
