"""Hands a copy of evidence out of the app: only what may leave it, written whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QIODevice, QSaveFile
from PySide6.QtWidgets import QFileDialog, QWidget

from qma_app.domain.evidence import Evidence
from qma_app.domain.evidence_use import shared_bytes
from qma_app.errors import QmaError, StorageTrouble
from qma_app.i18n import _
from ui.workbench import Workbench


def save_copy(
    parent: QWidget, workbench: Workbench, evidence: Evidence, failed: Callable[[QmaError], object]
) -> Path | None:
    """Ask where, and write the photo with its marks burnt in or the document as it is; None when nothing was written."""
    try:
        content = workbench.read(shared_bytes, evidence)
    except QmaError as error:
        failed(error)
        return None
    name, _kind = QFileDialog.getSaveFileName(parent, _("Save a copy"), _copy_name(evidence))
    if not name:
        return None
    file = QSaveFile(name)
    is_open = file.open(QIODevice.OpenModeFlag.WriteOnly)
    if is_open and file.write(content) == len(content) and file.commit():
        return Path(name)
    failed(
        StorageTrouble(
            _("{name} could not be written: {reason}.").format(name=name, reason=file.errorString()),
            code="evidence.copy",
            way_out=_("Choose another folder."),
        )
    )
    return None


def _copy_name(evidence: Evidence) -> str:
    """A photo is kept as JPEG whatever it came as; its copy says so."""
    if evidence.media_type != "image/jpeg" or evidence.name.casefold().endswith((".jpg", ".jpeg")):
        return evidence.name
    return f"{evidence.name.rpartition('.')[0] or evidence.name}.jpg"
