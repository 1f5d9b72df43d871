"""A photo or document that shows what was seen, known by the hash of what is stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from qma_app.domain.ids import AssessmentId, CheckpointId, EngagementId, EvidenceId, EvidenceLinkId, FindingId
from qma_app.domain.record import Record, Typed


class EvidenceKind(StrEnum):
    PHOTO = "photo"
    DOCUMENT = "document"


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence(Record):
    """Digests are SHA-256 in hex: `digest` of the stored rendition (photo: 1600 px), `paper_digest` of 1000 px, `thumbnail_digest` of 320 px.

    Of the four dates `made_on` is when it was made, `valid_from` and `valid_until` bound its validity, `taken_in_at` is the intake.
    """

    id: EvidenceId
    engagement_id: EngagementId
    kind: EvidenceKind
    name: Typed
    media_type: str
    digest: str
    original_digest: str
    size: int
    taken_in_at: datetime
    width: int | None = None
    height: int | None = None
    paper_digest: str | None = None
    thumbnail_digest: str | None = None
    made_on: date | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    caption: Typed = ""

    def digests(self) -> tuple[str, ...]:
        """The hashes of every file this evidence is stored in."""
        return tuple(d for d in (self.digest, self.paper_digest, self.thumbnail_digest) if d is not None)


@dataclass(frozen=True, kw_only=True, slots=True)
class EvidenceLink(Record):
    """Where evidence is used: at a checkpoint in an assessment, or at a finding."""

    id: EvidenceLinkId
    evidence_id: EvidenceId
    assessment_id: AssessmentId | None = None
    checkpoint_id: CheckpointId | None = None
    finding_id: FindingId | None = None
