"""Where evidence is used, how long it counts, which version is the newest, and what of it may leave the app."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from qma_app.domain.action import Action
from qma_app.domain.assessment import Assessment
from qma_app.domain.charter import Charter
from qma_app.domain.evidence import Consent, Evidence, EvidenceKind, EvidenceLink, PhotoPair
from qma_app.domain.finding import Finding
from qma_app.domain.ids import (
    ActionId,
    AssessmentId,
    CharterId,
    CheckpointId,
    EngagementId,
    EvidenceId,
    FindingId,
    VerificationId,
    VisitId,
)
from qma_app.domain.ports import Reader
from qma_app.domain.verification import Verification
from qma_app.domain.visit import Visit
from qma_app.errors import RuleBroken
from qma_app.i18n import _

WARN_DAYS: Final = 30


class Expiry(StrEnum):
    """How long evidence still counts."""

    VALID = "valid"
    SOON = "soon"
    EXPIRED = "expired"


def expiry_of(evidence: Evidence, today: date, warn_days: int = WARN_DAYS) -> Expiry | None:
    """Whether evidence still counts; its last day counts too. None where no end was noted."""
    if evidence.valid_until is None:
        return None
    if evidence.valid_until < today:
        return Expiry.EXPIRED
    is_soon = evidence.valid_until <= today + timedelta(days=warn_days)
    return Expiry.SOON if is_soon else Expiry.VALID


def why_not_shown(evidence: Evidence) -> str:
    """The reason a picture stands on no paper, in a sentence; empty when it may be shown."""
    return _("Not shown: no consent.") if _is_withheld(evidence) else ""


def paper_picture(evidence: Evidence) -> str | None:
    """The digest of the picture that paper may show; None for a document and where consent was refused."""
    if evidence.kind is not EvidenceKind.PHOTO or _is_withheld(evidence):
        return None
    return evidence.paper_digest or shared_digest(evidence)


def shared_digest(evidence: Evidence) -> str:
    """The digest of what may leave the app in full size: a photo with its marks burnt in, a document as it is.

    RuleBroken `evidence.no-consent` for a photo of people who refused.
    """
    if _is_withheld(evidence):
        raise RuleBroken(
            _("{name} does not leave the app: people in it refused.").format(name=evidence.name),
            code="evidence.no-consent",
            way_out=_("Blur the people and note that nobody is to be recognised, or ask them again."),
            id=evidence.id,
        )
    if evidence.marks:
        return evidence.shared_digest or evidence.paper_digest or evidence.digest
    return evidence.digest


def shared_bytes(reader: Reader, evidence: Evidence) -> bytes:
    """What may leave the app, see `shared_digest`; NotFound or StorageTrouble name a file that is missing or changed."""
    return reader.evidence_bytes(shared_digest(evidence))


def evidence_at(
    reader: Reader, assessment_id: AssessmentId, checkpoint_id: CheckpointId
) -> tuple[Evidence, ...]:
    """What was taken in at a checkpoint in an assessment, in the order it came."""
    return _linked(reader, reader.all(EvidenceLink, assessment_id=assessment_id, checkpoint_id=checkpoint_id))


def evidence_of_finding(reader: Reader, finding_id: FindingId) -> tuple[Evidence, ...]:
    """What supports a finding: its own, and what was taken in at its checkpoint in its assessment."""
    finding = reader.get(Finding, finding_id)
    links = reader.all(EvidenceLink, finding_id=finding_id)
    if finding.assessment_id and finding.checkpoint_id:
        links += reader.all(
            EvidenceLink, assessment_id=finding.assessment_id, checkpoint_id=finding.checkpoint_id
        )
    return _linked(reader, links)


def evidence_of_action(reader: Reader, action_id: ActionId) -> tuple[Evidence, ...]:
    """What shows that an action was done, in the order it was tied to it."""
    return _linked(reader, reader.all(EvidenceLink, action_id=action_id))


def evidence_of_verification(reader: Reader, verification_id: VerificationId) -> tuple[Evidence, ...]:
    """What a check of an effect rests on, in the order it was tied to it."""
    return _linked(reader, reader.all(EvidenceLink, verification_id=verification_id))


def evidence_of_visit(reader: Reader, visit_id: VisitId) -> tuple[Evidence, ...]:
    """What was taken in at a visit, in the order it was tied to it."""
    return _linked(reader, reader.all(EvidenceLink, visit_id=visit_id))


def evidence_of_charter(reader: Reader, charter_id: CharterId) -> tuple[Evidence, ...]:
    """The signed page of a charter, as document and photo, in the order it was tied to it."""
    return _linked(reader, reader.all(EvidenceLink, charter_id=charter_id))


def pairs_of_finding(reader: Reader, finding_id: FindingId) -> tuple[PhotoPair, ...]:
    """The pairs before and after at a finding whose two photos are both there."""
    pairs = reader.all(PhotoPair, finding_id=finding_id)
    return tuple(
        pair for pair in pairs if all(reader.find(Evidence, id) for id in (pair.before_id, pair.after_id))
    )


def unlinked_evidence(reader: Reader, engagement_id: EngagementId) -> tuple[Evidence, ...]:
    """What waits to be tied to a place: tied to nothing that is still there, and replaced by no newer version."""
    every = reader.all(Evidence, engagement_id=engagement_id)
    linked = {link.evidence_id for link in live_links(reader, engagement_id)} | replaced(every)
    return tuple(item for item in every if item.id not in linked)


def live_links(reader: Reader, engagement_id: EngagementId) -> tuple[EvidenceLink, ...]:
    """The links of a programme to something that is not in the bin, read in one pass."""
    there: set[str] = set()
    for kind in (Assessment, Finding, Action, Verification, Visit, Charter):
        there.update(record.id for record in reader.all(kind, engagement_id=engagement_id))
    return tuple(link for link in reader.all(EvidenceLink) if _is_tied(link, there))


def replaced(every: Iterable[Evidence]) -> frozenset[EvidenceId]:
    """Those of which a newer version is there."""
    return frozenset(item.revision_of for item in every if item.revision_of is not None)


def revisions_of(reader: Reader, evidence_id: EvidenceId) -> tuple[Evidence, ...]:
    """Every version of a piece of evidence that is not in the bin, the first one first; itself among them."""
    start = reader.get(Evidence, evidence_id)
    chain = [start]
    while (older_id := chain[0].revision_of) is not None:
        older = reader.find(Evidence, older_id, in_bin=True)
        if older is None:
            break
        chain.insert(0, older)
    newer = {item.revision_of: item for item in reader.all(Evidence, engagement_id=start.engagement_id)}
    while (next_one := newer.get(chain[-1].id)) is not None:
        chain.append(next_one)
    return tuple(item for item in chain if item.deleted_at is None)


def _is_withheld(evidence: Evidence) -> bool:
    return evidence.kind is EvidenceKind.PHOTO and evidence.consent is Consent.REFUSED


def _is_tied(link: EvidenceLink, there: set[str]) -> bool:
    """Whether one of the places a link names is there; a checkpoint without an assessment stands in the edition itself."""
    places = (
        link.assessment_id,
        link.finding_id,
        link.action_id,
        link.verification_id,
        link.visit_id,
        link.charter_id,
    )
    return any(place in there for place in places if place) or (
        link.checkpoint_id is not None and link.assessment_id is None
    )


def _linked(reader: Reader, links: tuple[EvidenceLink, ...]) -> tuple[Evidence, ...]:
    found = (reader.find(Evidence, id) for id in dict.fromkeys(link.evidence_id for link in links))
    return tuple(item for item in found if item is not None)
