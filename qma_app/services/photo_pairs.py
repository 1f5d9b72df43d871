"""Two photos of the same thing, before and after, shown side by side."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from qma_app.domain.evidence import Evidence, EvidenceKind, PhotoPair
from qma_app.domain.evidence_use import evidence_of_finding
from qma_app.domain.finding import Finding
from qma_app.domain.ids import EvidenceId, FindingId, PhotoPairId
from qma_app.domain.record import Changes
from qma_app.errors import RuleBroken
from qma_app.i18n import _
from qma_app.services.evidence_places import Place, of_another_programme, tie
from qma_app.services.kept_fields import check_by_hand
from qma_app.services.workspace import Workspace
from qma_app.storage.scopes import WritingScope


def pair_photos(
    workspace: Workspace,
    before_id: EvidenceId,
    after_id: EvidenceId,
    finding_id: FindingId | None = None,
    words: str = "",
) -> Changes:
    """Put two photos of a programme side by side; both are tied to the finding if they do not support it yet."""
    with workspace.writing("photos.paired") as work:
        pair = PhotoPair(
            id=PhotoPairId(work.new_id()),
            engagement_id=work.get(Evidence, before_id).engagement_id,
            before_id=before_id,
            after_id=after_id,
            finding_id=finding_id,
            words=words.strip(),
        )
        _check_and_tie(work, pair)
        if not work.all(PhotoPair, before_id=before_id, after_id=after_id, finding_id=finding_id):
            work.put(pair)
    return work.changes


def change_pair(workspace: Workspace, pair_id: PhotoPairId, **fields: Any) -> Changes:
    """Correct which photos stand side by side, at which finding, or the words between them."""
    check_by_hand(fields, ())
    with workspace.writing("photos.pair-changed") as work:
        pair = replace(work.get(PhotoPair, pair_id), **fields)
        _check_and_tie(work, pair)
        work.put(pair)
    return work.changes


def unpair(workspace: Workspace, pair_id: PhotoPairId) -> Changes:
    """Take a pair apart; both photos stay where they are used."""
    with workspace.writing("photos.unpaired") as work:
        work.delete(work.get(PhotoPair, pair_id))
    return work.changes


def _check_and_tie(work: WritingScope, pair: PhotoPair) -> None:
    photos = [work.get(Evidence, id) for id in (pair.before_id, pair.after_id)]
    if pair.before_id == pair.after_id or any(photo.kind is not EvidenceKind.PHOTO for photo in photos):
        raise RuleBroken(
            _("A pair is made of two different photos."),
            code="pair.not-photos",
            way_out=_("Choose one photo from before and one from after."),
        )
    if any(photo.engagement_id != pair.engagement_id for photo in photos):
        raise of_another_programme()
    if pair.finding_id is None:
        return
    if work.get(Finding, pair.finding_id).engagement_id != pair.engagement_id:
        raise of_another_programme()
    there = {item.id for item in evidence_of_finding(work, pair.finding_id)}
    for photo in photos:
        if photo.id not in there:
            tie(work, photo.id, Place(finding_id=pair.finding_id))
