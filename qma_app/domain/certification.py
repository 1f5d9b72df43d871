"""What follows a signed audit: the decision somebody else takes, appeals, the certificate and its life, files issued."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from qma_app.domain.ids import (
    AppealId,
    AreaId,
    AssessmentId,
    AuditId,
    CertificateId,
    CertificationDecisionId,
    EditionHash,
    EngagementId,
    IssuedFileId,
    PersonId,
    SealId,
    SignerId,
)
from qma_app.domain.record import Record, Typed


class DecisionOutcome(StrEnum):
    """What was decided on a certificate."""

    GRANTED = "granted"
    CONDITIONAL = "conditional"
    REFUSED = "refused"


@dataclass(frozen=True, kw_only=True, slots=True)
class CertificationDecision(Record):
    """Taken by somebody who was not in the audit team; names the signed report by its SHA-256 and never changes.

    `follows` names the decision it comes after: a conditional one whose majors were verified, or one an appeal turned over.
    """

    id: CertificationDecisionId
    engagement_id: EngagementId
    audit_id: AuditId
    outcome: DecisionOutcome
    decided_on: date
    decided_at: datetime
    decided_by: PersonId
    report_digest: str
    words: Typed = ""
    follows: CertificationDecisionId | None = None


class AppealOutcome(StrEnum):
    """How an appeal ended."""

    UPHELD = "upheld"
    REJECTED = "rejected"


@dataclass(frozen=True, kw_only=True, slots=True)
class Appeal(Record):
    """The dealership does not accept a finding, the result or the decision; answered by somebody who had no part in it."""

    id: AppealId
    engagement_id: EngagementId
    audit_id: AuditId
    received_on: date
    raised_by: Typed
    words: Typed
    decision_id: CertificationDecisionId | None = None
    outcome: AppealOutcome | None = None
    answer: Typed = ""
    answered_on: date | None = None
    answered_by: PersonId | None = None


class CertificateStep(StrEnum):
    """What can happen to a certificate after it was granted."""

    CONFIRMED = "confirmed"
    SUSPENDED = "suspended"
    RESTORED = "restored"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, kw_only=True, slots=True)
class CertificateEvent:
    """One step in a certificate's life, from that day on."""

    step: CertificateStep
    on: date
    reason: str
    by: PersonId | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Certificate(Record):
    """What the dealership may show; its content never changes, its life is added to as `events`.

    `level` is the exact overall level of the audit as a fraction in text (`431/500`); both days of its validity count.
    """

    id: CertificateId
    engagement_id: EngagementId
    audit_id: AuditId
    decision_id: CertificationDecisionId
    number: Typed
    holder: Typed
    address: Typed
    scope: tuple[AreaId, ...]
    edition: EditionHash
    level: str
    audited_from: date
    audited_to: date
    decided_on: date
    valid_from: date
    valid_until: date
    is_conditional: bool = False
    events: tuple[CertificateEvent, ...] = ()
    replaces: CertificateId | None = None


class IssuedKind(StrEnum):
    """The papers that are signed and kept in the register."""

    REPORT = "report"
    CERTIFICATE = "certificate"


@dataclass(frozen=True, kw_only=True, slots=True)
class IssuedFile(Record):
    """A signed file as it left the house; the file itself lies among the evidence files under its digest.

    `content_digest` is the SHA-256 of the attached data; `log_seq` and `log_hash` are the head of the change log printed in it.
    """

    id: IssuedFileId
    engagement_id: EngagementId
    audit_id: AuditId
    kind: IssuedKind
    number: Typed
    revision: int
    language: str
    name: Typed
    digest: str
    content_digest: str
    size: int
    issued_at: datetime
    signer_id: SignerId
    log_seq: int
    log_hash: str
    is_trial: bool = False
    certificate_id: CertificateId | None = None
    replaces: IssuedFileId | None = None
    revoked_on: date | None = None
    revoked_reason: Typed = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Signer(Record):
    """A signing certificate that is known here, by the SHA-256 of its DER form."""

    id: SignerId
    fingerprint: str
    name: Typed
    person_id: PersonId | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    is_trial: bool = False
    revoked_on: date | None = None
    revoked_reason: Typed = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Seal(Record):
    """From here on the audit and all it rests on is read-only; one for each signed assessment, made once and never changed."""

    id: SealId
    audit_id: AuditId
    assessment_id: AssessmentId
    engagement_id: EngagementId
    edition: EditionHash
    sealed_at: datetime
    report_digest: str
    content_digest: str
    log_seq: int
    log_hash: str
