"""The photos and documents of a finding or an action: dropped, pasted or chosen, opened and removed."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication, QPixmap
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from qma_app.domain.evidence import Evidence
from qma_app.domain.ids import ActionId, EvidenceId
from qma_app.domain.ports import Reader
from qma_app.errors import QmaError
from qma_app.i18n import _
from ui.checklists.incoming import incoming_of
from ui.findings.detail import Holder
from ui.findings.taking_in import TakingIn
from ui.widgets.evidence_strip import EvidenceStrip
from ui.widgets.evidence_viewer import EvidenceViewer
from ui.workbench import Workbench


class Attachments(QWidget):
    """What hangs on the finding's checkpoint is shown too, but removed only there."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workbench = workbench
        self._holder: Holder | None = None
        self.viewer: EvidenceViewer | None = None
        self.strip = EvidenceStrip()
        self.strip.dropped.connect(self.take_mime)
        self.strip.adding_wanted.connect(self.choose_files)
        self.strip.removal_wanted.connect(self._remove)
        self.strip.opened.connect(self.open)
        self.intake = TakingIn(workbench, self)
        self.intake.changed.connect(self._show)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2, 0, 0)
        column.addWidget(self.strip)

    def show_holder(self, holder: Holder) -> None:
        """Show what supports a finding or an action."""
        self._holder = holder
        self._show()

    def take_mime(self, mime: QMimeData) -> bool:
        """Take in what was dropped or pasted; False when there is nothing of use in it."""
        if self._holder is None:
            return False
        name = _("{finding} photo.png").format(finding=self._holder.label)
        things = incoming_of(mime, picture_name=name)
        if things:
            self.intake.take(things, self._holder)
        return bool(things)

    def paste(self) -> bool:
        """Ctrl+V with a picture or files on the clipboard."""
        return self.take_mime(QGuiApplication.clipboard().mimeData())

    def choose_files(self) -> None:
        """Ask for files to add."""
        if self._holder is None:
            return
        paths, _chosen = QFileDialog.getOpenFileUrls(self, _("Add photos or documents"))
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

    def _show_in_viewer(self, evidence: Evidence | None) -> None:
        if self.viewer is not None and self._holder is not None:
            items = [attachment.evidence for attachment in self._holder.attachments]
            self.viewer.show_evidence(items, evidence, is_read_only=False)

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

    def _show(self) -> None:
        if self.viewer is not None and self.viewer.isVisible():
            self._show_in_viewer(None)
        holder = self._holder
        if holder is None:
            return
        pictures = {attachment.evidence.id: attachment.picture for attachment in holder.attachments}

        def thumbnail(evidence: Evidence) -> QPixmap | None:
            picture = QPixmap()
            return picture if picture.loadFromData(pictures.get(evidence.id, b"")) else None

        self.strip.show_evidence(
            [attachment.evidence for attachment in holder.attachments],
            self.intake.waiting_for(holder.id),
            thumbnail,
            is_read_only=False,
        )

    def _remove(self, evidence: Evidence) -> None:
        from qma_app.services.evidence import remove_evidence, unlink_evidence

        holder = self._holder
        own = (
            {attachment.evidence.id for attachment in holder.attachments if attachment.is_own}
            if holder
            else set()
        )
        if evidence.id not in own:
            self.workbench.told.emit(_("This belongs to the checkpoint and is removed there."))
            return
        if holder is not None and holder.is_action:
            done = self.workbench.do(unlink_evidence, evidence.id, action_id=ActionId(holder.id))
        else:
            done = self.workbench.do(remove_evidence, evidence.id)
        if done is not None:
            self.workbench.deleted.emit(_("{name} removed.").format(name=evidence.name))


def _stored_bytes(reader: Reader, digest: str) -> bytes:
    return reader.evidence_bytes(digest)
