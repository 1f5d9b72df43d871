"""Small pictures of evidence, read once and kept while the program runs."""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtGui import QPixmap

from qma_app.domain.evidence import Evidence
from qma_app.errors import QmaError
from ui.checklists.reading import picture_bytes
from ui.workbench import Workbench

KEPT = 400


class Pictures:
    """Thumbnails by the hash of what they show; large renditions are read when asked for."""

    def __init__(self, workbench: Workbench) -> None:
        self._workbench = workbench
        self._kept: OrderedDict[str, QPixmap] = OrderedDict()

    def thumbnail(self, evidence: Evidence) -> QPixmap | None:
        """The small picture of a photo; None for a document, or where it cannot be read."""
        digest = evidence.thumbnail_digest
        if digest is None:
            return None
        if digest not in self._kept:
            content = self._read(digest)
            picture = QPixmap()
            if content is None or not picture.loadFromData(content):
                return None
            self._kept[digest] = picture
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return self._kept[digest]

    def large(self, evidence: Evidence) -> bytes | None:
        """The stored rendition; None where it cannot be read, and then the window says why."""
        try:
            return self._workbench.read(picture_bytes, evidence.digest)
        except QmaError as error:
            self._workbench.failed.emit(error)
            return None

    def _read(self, digest: str) -> bytes | None:
        try:
            return self._workbench.read(picture_bytes, digest)
        except QmaError:
            # The tile says that there is no picture; the reason is told when it is opened.
            return None
