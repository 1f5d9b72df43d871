"""Taking in photos and documents, and tying them to checkpoints and findings."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

from qma_app.domain.engagement import Engagement
from qma_app.domain.evidence import Evidence, EvidenceKind, EvidenceLink
from qma_app.domain.finding import Finding
from qma_app.domain.ids import AssessmentId, CheckpointId, EngagementId, EvidenceId, EvidenceLinkId, FindingId
from qma_app.domain.record import Changes
from qma_app.exchange import documents, photos
from qma_app.exchange.file_names import clean_name
from qma_app.services.assessments import open_assessment
from qma_app.services.workspace import Workspace


def add_evidence(
    workspace: Workspace,
    *,
    engagement_id: EngagementId,
    data: bytes,
    name: str,
    assessment_id: AssessmentId | None = None,
    checkpoint_id: CheckpointId | None = None,
    finding_id: FindingId | None = None,
    caption: str = "",
) -> Changes:
    """Take in a photo (made smaller, without hidden data) or a document (kept as it is) and tie it to where it was seen.

    The files are safe on disk before the row is written, so either both are there or neither counts. ImportTrouble names
    a file that cannot be used.
    """
    evidence = _taken_in(workspace, engagement_id, data, name, caption)
    with workspace.writing("evidence.added") as work:
        work.get(Engagement, engagement_id)
        if assessment_id is not None:
            open_assessment(workspace, work, assessment_id)
        if finding_id is not None:
            work.get(Finding, finding_id)
        work.put(evidence)
        if checkpoint_id is not None or finding_id is not None:
            work.put(
                EvidenceLink(
                    id=EvidenceLinkId(work.new_id()),
                    evidence_id=evidence.id,
                    assessment_id=assessment_id if checkpoint_id is not None else None,
                    checkpoint_id=checkpoint_id,
                    finding_id=finding_id,
                )
            )
    return work.changes


def link_evidence(
    workspace: Workspace,
    evidence_id: EvidenceId,
    *,
    assessment_id: AssessmentId | None = None,
    checkpoint_id: CheckpointId | None = None,
    finding_id: FindingId | None = None,
) -> Changes:
    """Use evidence in one more place; a second time at the same place changes nothing."""
    with workspace.writing("evidence.linked") as work:
        work.get(Evidence, evidence_id)
        if assessment_id is not None:
            open_assessment(workspace, work, assessment_id)
        if finding_id is not None:
            work.get(Finding, finding_id)
        target = {"assessment_id": assessment_id, "checkpoint_id": checkpoint_id, "finding_id": finding_id}
        if not work.all(EvidenceLink, evidence_id=evidence_id, **target):
            work.put(
                EvidenceLink(
                    id=EvidenceLinkId(work.new_id()),
                    evidence_id=evidence_id,
                    assessment_id=assessment_id,
                    checkpoint_id=checkpoint_id,
                    finding_id=finding_id,
                )
            )
    return work.changes


def describe_evidence(workspace: Workspace, evidence_id: EvidenceId, **fields: Any) -> Changes:
    """Correct caption, name or the dates a file was made and is valid."""
    with workspace.writing("evidence.described") as work:
        work.put(replace(work.get(Evidence, evidence_id), **fields))
    return work.changes


def remove_evidence(workspace: Workspace, evidence_id: EvidenceId) -> Changes:
    """Move evidence and its links to the bin; the file goes only at the next clean-up."""
    with workspace.writing("evidence.removed") as work:
        for link in work.all(EvidenceLink, evidence_id=evidence_id):
            if link.assessment_id is not None:
                open_assessment(workspace, work, link.assessment_id)
            work.delete(link)
        work.delete(work.get(Evidence, evidence_id))
    return work.changes


def _taken_in(
    workspace: Workspace, engagement_id: EngagementId, data: bytes, name: str, caption: str
) -> Evidence:
    store = workspace.store.evidence
    now = workspace.clock()
    if not photos.is_picture(data):
        media_type = documents.media_type_of(name, data)
        return Evidence(
            id=EvidenceId(workspace.store.new_id()),
            engagement_id=engagement_id,
            kind=EvidenceKind.DOCUMENT,
            name=clean_name(name),
            media_type=media_type,
            digest=store.put(data),
            original_digest=hashlib.sha256(data).hexdigest(),
            size=len(data),
            taken_in_at=now,
            caption=caption,
        )
    photo = photos.take_in_photo(data, name)
    return Evidence(
        id=EvidenceId(workspace.store.new_id()),
        engagement_id=engagement_id,
        kind=EvidenceKind.PHOTO,
        name=clean_name(name),
        media_type="image/jpeg",
        digest=store.put(photo.stored),
        paper_digest=store.put(photo.paper),
        thumbnail_digest=store.put(photo.thumbnail),
        original_digest=photo.original_digest,
        size=len(photo.stored),
        width=photo.width,
        height=photo.height,
        made_on=photo.made_on,
        taken_in_at=now,
        caption=caption,
    )
