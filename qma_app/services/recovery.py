"""Words that could not be saved: kept beside the database, encrypted, tied to where they belong, offered once."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime

from qma_app.domain.ids import AssessmentId, CheckpointId
from qma_app.domain.record import utc, utc_text
from qma_app.errors import QmaError
from qma_app.services.workspace import Workspace
from qma_app.storage import atomic_files
from qma_app.storage.evidence_files import sealed, unsealed

FILE = "unsaved.bin"


@dataclass(frozen=True, kw_only=True, slots=True)
class UnsavedText:
    """One field's words: `field` names the form (`note`, `summary`), the ids say where it belongs."""

    field: str
    text: str
    at: datetime
    dealership: str
    assessment_id: AssessmentId | None = None
    checkpoint_id: CheckpointId | None = None
    record_id: str | None = None


def keep_unsaved(workspace: Workspace, unsaved: tuple[UnsavedText, ...]) -> None:
    """Write the words beside the database; called when a save failed, replaced by the next call.

    They are kept exactly, also what a database could not store.
    """
    rows = [{**asdict(item), "at": utc_text(item.at)} for item in unsaved]
    content = json.dumps(rows, ensure_ascii=True).encode()
    name = hashlib.sha256(content).hexdigest()
    kept = name.encode() + sealed(content, name, workspace.keys.evidence)
    atomic_files.write_file_atomically(workspace.folder / FILE, kept, is_private=True)


def unsaved_texts(workspace: Workspace) -> tuple[UnsavedText, ...]:
    """What the last session could not save; empty after a clean end. A damaged file is put aside, not offered again."""
    path = workspace.folder / FILE
    if not path.is_file():
        return ()
    try:
        kept = path.read_bytes()
        rows = json.loads(unsealed(kept[64:], kept[:64].decode("ascii", "replace"), workspace.keys.evidence))
        return tuple(UnsavedText(**{**row, "at": utc(row["at"])}) for row in rows)
    except (OSError, QmaError, ValueError, KeyError, TypeError):
        with suppress(OSError):
            path.replace(atomic_files.free_name(workspace.folder, "unsaved.damaged", ".bin"))
        return ()


def forget_unsaved(workspace: Workspace) -> None:
    """The words were saved or thrown away."""
    path = workspace.folder / FILE
    with atomic_files.translated_disk_errors(path):
        path.unlink(missing_ok=True)
