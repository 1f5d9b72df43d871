"""Finding words anywhere: in the standard, in notes and in findings."""

from __future__ import annotations

from dataclasses import dataclass

from qma_app.domain.assessment import Assessment
from qma_app.domain.engagement import Engagement
from qma_app.domain.evidence import Evidence, EvidenceLink
from qma_app.domain.finding import Finding
from qma_app.domain.ids import AssessmentId, CheckpointId, DealershipId, FindingId
from qma_app.domain.rating import Rating
from qma_app.domain.standing import current_engagement, list_assessments
from qma_app.services.workspace import Workspace
from qma_app.storage.search import SearchHit
from qma_app.storage.store import ReadingScope


@dataclass(frozen=True, kw_only=True, slots=True)
class Hit:
    """One place where the words stand, with where to jump."""

    kind: str
    title: str
    text: str
    dealership_id: DealershipId | None = None
    assessment_id: AssessmentId | None = None
    checkpoint_id: CheckpointId | None = None
    finding_id: FindingId | None = None


def search(
    workspace: Workspace, text: str, *, dealership_id: DealershipId | None = None, limit: int = 30
) -> tuple[Hit, ...]:
    """Hits as somebody types: every word must occur, the last may be a beginning; only this dealership if one is given."""
    with workspace.reading() as reader:
        engagement = current_engagement(reader, dealership_id) if dealership_id else None
        hits = reader.search(
            text,
            engagement_id=engagement.id if engagement else None,
            edition=engagement.edition if engagement else None,
            limit=limit,
        )
        placed = [_placed(reader, hit, engagement) for hit in hits]
        return tuple(hit for hit in placed if hit is not None)


def _placed(reader: ReadingScope, hit: SearchHit, engagement: Engagement | None) -> Hit | None:
    match hit.kind:
        case "checkpoint":
            newest = list_assessments(reader, engagement.id)[-1:] if engagement else ()
            return Hit(
                kind=hit.kind,
                title=hit.text.split(":", 1)[0],
                text=hit.text.split(":", 1)[-1].strip(),
                dealership_id=engagement.dealership_id if engagement else None,
                assessment_id=newest[0].id if newest else None,
                checkpoint_id=CheckpointId(hit.record_id),
            )
        case "rating":
            return _rating_hit(reader, hit)
        case "finding":
            finding = reader.find(Finding, hit.record_id)
            if finding is None:
                return None
            owner = reader.get(Engagement, finding.engagement_id)
            return Hit(
                kind=hit.kind,
                title=finding.label,
                text=finding.statement,
                dealership_id=owner.dealership_id,
                assessment_id=finding.assessment_id,
                checkpoint_id=finding.checkpoint_id,
                finding_id=finding.id,
            )
        case "assessment":
            assessment = reader.find(Assessment, hit.record_id)
            if assessment is None:
                return None
            owner = reader.get(Engagement, assessment.engagement_id)
            return Hit(
                kind=hit.kind,
                title=f"A{assessment.number}",
                text=hit.text,
                dealership_id=owner.dealership_id,
                assessment_id=assessment.id,
            )
        case "evidence":
            return _evidence_hit(reader, hit)
        case "dealership":
            return Hit(
                kind=hit.kind,
                title=hit.text.split(" · ", 1)[0],
                text=hit.text,
                dealership_id=DealershipId(hit.record_id),
            )
        case _:
            return Hit(kind=hit.kind, title=hit.text.split(" · ", 1)[0], text=hit.text)


def _rating_hit(reader: ReadingScope, hit: SearchHit) -> Hit | None:
    rating = reader.find(Rating, hit.record_id)
    assessment = reader.find(Assessment, rating.assessment_id) if rating else None
    if rating is None or assessment is None:
        return None
    engagement = reader.get(Engagement, assessment.engagement_id)
    checkpoint = reader.edition(engagement.edition).checkpoint(rating.checkpoint_id)
    return Hit(
        kind=hit.kind,
        title=f"{checkpoint.number} · A{assessment.number}",
        text=hit.text,
        dealership_id=engagement.dealership_id,
        assessment_id=assessment.id,
        checkpoint_id=rating.checkpoint_id,
    )


def _evidence_hit(reader: ReadingScope, hit: SearchHit) -> Hit | None:
    evidence = reader.find(Evidence, hit.record_id)
    if evidence is None:
        return None
    links = reader.all(EvidenceLink, evidence_id=evidence.id)
    engagement = reader.get(Engagement, evidence.engagement_id)
    return Hit(
        kind=hit.kind,
        title=evidence.name,
        text=evidence.caption,
        dealership_id=engagement.dealership_id,
        assessment_id=links[0].assessment_id if links else None,
        checkpoint_id=links[0].checkpoint_id if links else None,
        finding_id=links[0].finding_id if links else None,
    )
