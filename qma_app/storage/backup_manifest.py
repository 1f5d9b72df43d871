"""What a backup says about itself: its parts, its numbers and the end of the change log, sealed with the workspace's key."""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from qma_app.domain.record import utc, utc_text
from qma_app.errors import StorageTrouble
from qma_app.i18n import _
from qma_app.storage.keys import Keys, stable_json

FORMAT: Final = "qma-backup"
FORMAT_VERSION: Final = 1
MANIFEST_PART: Final = "manifest.json"


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """One file inside a backup and what its bytes must be."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Manifest:
    """What a backup holds.

    `log_seq` and `log_hash` are the end of the change log: an anchor outside the database. `damaged_evidence` names the
    files that were not whole in the workspace already.
    """

    app_version: str
    workspace_id: str
    made_at: datetime
    counts: Mapping[str, int]
    log_seq: int
    log_hash: str
    damaged_evidence: tuple[str, ...]
    parts: tuple[Part, ...]
    format_version: int = FORMAT_VERSION


def rendered_manifest(manifest: Manifest, keys: Keys) -> bytes:
    """A manifest as text for people and machines, sealed: the same bytes for the same manifest."""
    document = {
        "format": FORMAT,
        "version": manifest.format_version,
        "app_version": manifest.app_version,
        "workspace": manifest.workspace_id,
        "made_at": utc_text(manifest.made_at),
        "counts": dict(manifest.counts),
        "log": {"seq": manifest.log_seq, "hash": manifest.log_hash},
        "damaged_evidence": list(manifest.damaged_evidence),
        "parts": [asdict(part) for part in manifest.parts],
    }
    return json.dumps({**document, "seal": _seal(document, keys)}, indent=1).encode()


def manifest_from(content: bytes, keys: Keys, *, path: Path) -> Manifest:
    """The manifest in `content`, found in the backup `path`: genuine and in a form we know, or a StorageTrouble."""
    try:
        document = json.loads(content)
        seal = document.pop("seal")
        if document["format"] != FORMAT or not hmac.compare_digest(seal, _seal(document, keys)):
            raise damaged(path, MANIFEST_PART)
        _refuse_newer(path, document["version"])
        manifest = Manifest(
            app_version=document["app_version"],
            workspace_id=document["workspace"],
            made_at=utc(document["made_at"]),
            counts=document["counts"],
            log_seq=document["log"]["seq"],
            log_hash=document["log"]["hash"],
            damaged_evidence=tuple(document["damaged_evidence"]),
            parts=tuple(Part(**part) for part in document["parts"]),
            format_version=document["version"],
        )
        is_as_we_write_it = content == rendered_manifest(manifest, keys)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise damaged(path, MANIFEST_PART) from error
    if not is_as_we_write_it or manifest.workspace_id != keys.workspace_id:
        raise damaged(path, MANIFEST_PART)
    return manifest


def damaged(path: Path, *parts: str) -> StorageTrouble:
    """The sentence for a backup that is not what it was, with the names of what is not."""
    names = ", ".join(part[:100] for part in parts[:3]) + ("…" if len(parts) > 3 else "")
    return StorageTrouble(
        _("The backup {name} is damaged: {parts} is not what was saved.").format(name=path.name, parts=names),
        code="backup.damaged",
        way_out=_("Use another backup; nothing was changed."),
        path=str(path),
        parts=parts,
    )


def _seal(document: Mapping[str, Any], keys: Keys) -> str:
    return hmac.digest(keys.backup, FORMAT.encode() + stable_json(dict(document)), "sha256").hex()


def _refuse_newer(path: Path, version: int) -> None:
    if version > FORMAT_VERSION:
        raise StorageTrouble(
            _("The backup {name} has form {found}; this version of the program knows form {known}.").format(
                name=path.name, found=version, known=FORMAT_VERSION
            ),
            code="backup.newer",
            way_out=_("Install the newer version of the program; nothing was changed."),
            found=version,
            known=FORMAT_VERSION,
        )
