"""A photo or document that shows what was seen, known by the hash of what is stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from qma_app.domain.ids import (
    ActionId,
    AssessmentId,
    CharterId,
    CheckpointId,
    EngagementId,
    EvidenceId,
    EvidenceLinkId,
    FindingId,
    PersonId,
    PhotoPairId,
    VerificationId,
    VisitId,
)
from qma_app.domain.record import Record, Typed


class EvidenceKind(StrEnum):
    PHOTO = "photo"
    DOCUMENT = "document"


class Consent(StrEnum):
    """Whether the people in a photo may be shown."""

    NOBODY = "nobody"
    GIVEN = "given"
    REFUSED = "refused"


class MarkKind(StrEnum):
    """What can be laid over a photo; crop and blur change what leaves the app, the others point at something."""

    CROP = "crop"
    BLUR = "blur"
    ARROW = "arrow"
    BOX = "box"
    TEXT = "text"
    NUMBER = "number"


FULL_SIDE = 10_000
"""The width and the height of any photo in the units of its marks."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """One mark; `x`, `y`, `width` and `height` are ten-thousandths of the stored picture's width and height.

    An arrow points from (x, y) to (x + width, y + height), which may be negative. `words` is the text or the number.
    """

    kind: MarkKind
    x: int
    y: int
    width: int = 0
    height: int = 0
    words: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence(Record):
    """Digests are SHA-256 in hex: `digest` of the stored rendition (photo: 1600 px), which marks never change.

    What leaves the app has crop, blur and marks burnt in: `paper_digest` of 1000 px, `thumbnail_digest` of 320 px, and, where there are
    marks, `shared_digest` of 1600 px. Of the four dates `made_on` is when it was made, `valid_from` and `valid_until` bound its
    validity, `taken_in_at` is the intake. A newer version names the one it replaces in `revision_of`.
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
    taken_in_by: PersonId | None = None
    consent: Consent | None = None
    consent_words: Typed = ""
    marks: tuple[Mark, ...] = ()
    shared_digest: str | None = None
    revision_of: EvidenceId | None = None
    revision: int = 1

    def digests(self) -> tuple[str, ...]:
        """The hashes of every file this evidence is stored in."""
        every = (self.digest, self.paper_digest, self.thumbnail_digest, self.shared_digest)
        return tuple(digest for digest in every if digest is not None)


@dataclass(frozen=True, kw_only=True, slots=True)
class EvidenceLink(Record):
    """Where evidence is used: at a checkpoint in an assessment, a finding, an action or a check of its effect, a visit or the charter."""

    id: EvidenceLinkId
    evidence_id: EvidenceId
    assessment_id: AssessmentId | None = None
    checkpoint_id: CheckpointId | None = None
    finding_id: FindingId | None = None
    action_id: ActionId | None = None
    verification_id: VerificationId | None = None
    visit_id: VisitId | None = None
    charter_id: CharterId | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class PhotoPair(Record):
    """Two photos of the same thing, before and after, shown side by side at a finding."""

    id: PhotoPairId
    engagement_id: EngagementId
    before_id: EvidenceId
    after_id: EvidenceId
    finding_id: FindingId | None = None
    words: Typed = ""
