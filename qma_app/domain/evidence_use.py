"""Where evidence is used: at checkpoints, at findings, or nowhere yet."""

from __future__ import annotations

from qma_app.domain.evidence import Evidence, EvidenceLink
from qma_app.domain.finding import Finding
from qma_app.domain.ids import AssessmentId, CheckpointId, EngagementId, FindingId
from qma_app.domain.ports import Reader


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


def unlinked_evidence(reader: Reader, engagement_id: EngagementId) -> tuple[Evidence, ...]:
    """What was dropped somewhere else and waits to be tied to a checkpoint."""
    linked = {link.evidence_id for link in reader.all(EvidenceLink)}
    return tuple(item for item in reader.all(Evidence, engagement_id=engagement_id) if item.id not in linked)


def _linked(reader: Reader, links: tuple[EvidenceLink, ...]) -> tuple[Evidence, ...]:
    found = (reader.find(Evidence, id) for id in dict.fromkeys(link.evidence_id for link in links))
    return tuple(item for item in found if item is not None)
