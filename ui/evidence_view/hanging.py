"""The photos and documents that hang on something: dropped, pasted or chosen, shown small and large."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Protocol

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication, QPixmap
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from qma_app.domain.evidence import Evidence
from qma_app.domain.ids import EvidenceId
from qma_app.domain.ports import Reader
from qma_app.errors import QmaError
from ui.checklists.incoming import Incoming, incoming_of
from ui.widgets.evidence_strip import EvidenceStrip
from ui.widgets.evidence_viewer import EvidenceViewer
from ui.workbench import Workbench


class Pictured(Protocol):
    """A photo or document with its small picture; empty where there is none."""

    @property
    def evidence(self) -> Evidence: ...

    @property
    def picture(self) -> bytes: ...


class HangingEvidence(QWidget):
    """A strip of small pictures, and a window of its own for each shown large.

    A subclass says what hangs there (`_hanging`), takes in what comes (`_take`) and removes (`_remove`). `asking` heads the
    dialog for files, `room_above` is kept free over the strip.
    """

    def __init__(
        self, workbench: Workbench, *, asking: str, room_above: int = 0, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.workbench = workbench
        self._asking = asking
        self.viewer: EvidenceViewer | None = None
        self.strip = EvidenceStrip()
        self.strip.dropped.connect(self.take_mime)
        self.strip.adding_wanted.connect(self.choose_files)
        self.strip.removal_wanted.connect(self._remove)
        self.strip.opened.connect(self.open)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, room_above, 0, 0)
        column.addWidget(self.strip)

    def take_mime(self, mime: QMimeData) -> bool:
        """Take in what was dropped or pasted; False when there is nothing of use in it, or nowhere to put it."""
        name = self._picture_name()
        things = incoming_of(mime, picture_name=name) if name is not None else ()
        if things:
            self._take(things)
        return bool(things)

    def paste(self) -> bool:
        """Ctrl+V with a picture or files on the clipboard."""
        return self.take_mime(QGuiApplication.clipboard().mimeData())

    def choose_files(self) -> None:
        """Ask for files to add."""
        if self._picture_name() is None:
            return
        paths, _chosen = QFileDialog.getOpenFileUrls(self, self._asking)
        mime = QMimeData()
        mime.setUrls(paths)
        self.take_mime(mime)

    def open(self, evidence: Evidence) -> None:
        """Show one of them large, in a window of its own."""
        if self.viewer is None:
            self.viewer = EvidenceViewer(self._bytes_of, self, workbench=self.workbench)
            self.viewer.caption_settled.connect(self._captioned)
            self.viewer.caption.left.connect(self.workbench.close_step)
            self.viewer.removal_wanted.connect(self._remove)
            self.viewer.failed.connect(self.workbench.failed)
        self._show_in_viewer(evidence)
        self.viewer.show()
        self.viewer.raise_()
        self.viewer.activateWindow()

    def _picture_name(self) -> str | None:
        """What a pasted picture is called; None where nothing can be taken in now."""
        raise NotImplementedError

    def _hanging(self) -> Sequence[Pictured]:
        """What hangs there now."""
        raise NotImplementedError

    def _take(self, things: Sequence[Incoming]) -> None:
        raise NotImplementedError

    def _remove(self, evidence: Evidence) -> None:
        raise NotImplementedError

    def _is_read_only(self) -> bool:
        return False

    def _show_strip(self, waiting: Sequence[str]) -> None:
        """Show what hangs there, and the names of what is on its way."""
        pictures = {one.evidence.id: one.picture for one in self._hanging()}

        def thumbnail(evidence: Evidence) -> QPixmap | None:
            picture = QPixmap()
            return picture if picture.loadFromData(pictures.get(evidence.id, b"")) else None

        self.strip.show_evidence(
            [one.evidence for one in self._hanging()], waiting, thumbnail, is_read_only=self._is_read_only()
        )

    def _show_in_viewer(self, evidence: Evidence | None) -> None:
        if self.viewer is not None:
            items = [one.evidence for one in self._hanging()]
            self.viewer.show_evidence(items, evidence, is_read_only=self._is_read_only())

    def _bytes_of(self, evidence: Evidence) -> bytes | None:
        try:
            return self.workbench.read(_stored_bytes, evidence.digest)
        except QmaError as error:
            self.workbench.failed.emit(error)
            return None

    def _captioned(self, evidence_id: EvidenceId, caption: str) -> None:
        from qma_app.services.evidence import describe_evidence

        write = partial(self.workbench.do, describe_evidence, evidence_id, caption=caption)
        if write(merge_key=f"caption {evidence_id}") is None and self.viewer is not None:
            self.viewer.caption.keep_unsaved()


def _stored_bytes(reader: Reader, digest: str) -> bytes:
    return reader.evidence_bytes(digest)
