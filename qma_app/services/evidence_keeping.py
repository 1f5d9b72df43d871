"""Putting a file from outside into the evidence folder, and the record that names what was put there."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from qma_app.domain.evidence import Evidence, EvidenceKind
from qma_app.domain.ids import EngagementId, EvidenceId
from qma_app.exchange import documents, photos
from qma_app.exchange.file_names import clean_name
from qma_app.services.workspace import Workspace
from qma_app.storage.evidence_files import EvidenceFiles


@dataclass(frozen=True, kw_only=True, slots=True)
class KeptFile:
    """What of a file is on the disk now, read back and proven; no record names it yet."""

    name: str
    kind: EvidenceKind
    media_type: str
    digest: str
    original_digest: str
    size: int
    paper_digest: str | None = None
    thumbnail_digest: str | None = None
    width: int | None = None
    height: int | None = None
    made_on: date | None = None


def keep_file(files: EvidenceFiles, data: bytes, name: str) -> KeptFile:
    """Keep a photo in its three sizes, or a document as it is; safe to call from several threads at once.

    ImportTrouble names a file that cannot be used, StorageTrouble a disk that does not keep it.
    """
    if not photos.is_picture(data):
        media_type = documents.media_type_of(name, data)
        return KeptFile(
            name=clean_name(name),
            kind=EvidenceKind.DOCUMENT,
            media_type=media_type,
            digest=files.put(data),
            original_digest=hashlib.sha256(data).hexdigest(),
            size=len(data),
        )
    photo = photos.take_in_photo(data, name)
    return KeptFile(
        name=clean_name(name),
        kind=EvidenceKind.PHOTO,
        media_type="image/jpeg",
        digest=files.put(photo.stored),
        paper_digest=files.put(photo.paper),
        thumbnail_digest=files.put(photo.thumbnail),
        original_digest=photo.original_digest,
        size=len(photo.stored),
        width=photo.width,
        height=photo.height,
        made_on=photo.made_on,
    )


def evidence_of(
    workspace: Workspace, engagement_id: EngagementId, kept: KeptFile, *, caption: str = ""
) -> Evidence:
    """The record of a file that is kept, not stored yet."""
    worker = workspace.worker
    return Evidence(
        id=EvidenceId(workspace.store.new_id()),
        engagement_id=engagement_id,
        kind=kept.kind,
        name=kept.name,
        media_type=kept.media_type,
        digest=kept.digest,
        original_digest=kept.original_digest,
        size=kept.size,
        taken_in_at=workspace.clock(),
        width=kept.width,
        height=kept.height,
        paper_digest=kept.paper_digest,
        thumbnail_digest=kept.thumbnail_digest,
        made_on=kept.made_on,
        caption=caption,
        taken_in_by=worker.person_id if worker is not None else None,
    )
