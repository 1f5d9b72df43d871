"""The photos and documents of a visit: dropped, pasted or chosen, each tied to the visit."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication, QPixmap
from PySide6.QtWidgets import QFileDialog, QWidget

from qma_app.domain.evidence import Evidence
from qma_app.domain.ids import EngagementId, EvidenceId, VisitId
from qma_app.domain.ports import Reader
from qma_app.domain.record import Changes
from qma_app.errors import QmaError
from qma_app.i18n import _
from ui.checklists.incoming import Incoming, incoming_of
from ui.checklists.intake import take_in, taking_in_title, together
from ui.jobs import Job, Progress
from ui.visit.reading import Desk
from ui.widgets.cards import Card
from ui.widgets.evidence_strip import EvidenceStrip
from ui.widgets.evidence_viewer import EvidenceViewer
from ui.workbench import Workbench

if TYPE_CHECKING:
    from qma_app.services.evidence_intake import Intake
    from qma_app.services.workspace import Workspace


class PhotosCard(Card):
    """What comes in is made smaller beside the window and shown when it is there."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(_("Photos and documents"), parent=parent)
        self._bench = workbench
        self._desk: Desk | None = None
        self._waiting: list[tuple[VisitId, tuple[Incoming, ...]]] = []
        self._job: Job | None = None
        self.viewer: EvidenceViewer | None = None
        self.strip = EvidenceStrip()
        self.strip.dropped.connect(self.take_mime)
        self.strip.adding_wanted.connect(self.choose_files)
        self.strip.removal_wanted.connect(self._remove)
        self.strip.opened.connect(self.open)
        self.body.addWidget(self.strip)
        workbench.workspace_changed.connect(self._forget)

    def show_desk(self, desk: Desk) -> None:
        """Show what was taken in at this visit."""
        self._desk = desk
        if self.viewer is not None and self.viewer.isVisible():
            self._show_in_viewer(None)
        self._show()

    def take_mime(self, mime: QMimeData) -> bool:
        """Take in what was dropped or pasted; False when there is nothing of use in it."""
        desk = self._desk
        if desk is None or not desk.is_writable:
            return False
        name = _("Visit {number} photo.png").format(number=desk.visit.number)
        things = incoming_of(mime, picture_name=name)
        if things:
            self._waiting.append((desk.visit.id, things))
            self._next()
            self._show()
        return bool(things)

    def paste(self) -> bool:
        """Ctrl+V with a picture or files on the clipboard."""
        return self.take_mime(QGuiApplication.clipboard().mimeData())

    def choose_files(self) -> None:
        """Ask for files to add."""
        paths, _chosen = QFileDialog.getOpenFileUrls(self, _("Add photos or documents"))
        mime = QMimeData()
        mime.setUrls(paths)
        self.take_mime(mime)

    def open(self, evidence: Evidence) -> None:
        """Show one of them large, in a window of its own."""
        if self.viewer is None:
            self.viewer = EvidenceViewer(self._bytes_of, self, workbench=self._bench)
            self.viewer.caption_settled.connect(self._captioned)
            self.viewer.caption.left.connect(self._bench.close_step)
            self.viewer.removal_wanted.connect(self._remove)
            self.viewer.failed.connect(self._bench.failed)
        self._show_in_viewer(evidence)
        self.viewer.show()
        self.viewer.raise_()
        self.viewer.activateWindow()

    def _show_in_viewer(self, evidence: Evidence | None) -> None:
        if self.viewer is not None and self._desk is not None:
            items = [one.evidence for one in self._desk.pictures]
            self.viewer.show_evidence(items, evidence, is_read_only=not self._desk.is_writable)

    def _show(self) -> None:
        desk = self._desk
        if desk is None:
            return
        pictures = {one.evidence.id: one.picture for one in desk.pictures}
        waiting = [
            thing.name for visit_id, things in self._waiting if visit_id == desk.visit.id for thing in things
        ]

        def thumbnail(evidence: Evidence) -> QPixmap | None:
            picture = QPixmap()
            return picture if picture.loadFromData(pictures.get(evidence.id, b"")) else None

        self.strip.show_evidence(
            [one.evidence for one in desk.pictures], waiting, thumbnail, is_read_only=not desk.is_writable
        )

    def _next(self) -> None:
        if self._job is not None or not self._waiting or self._desk is None:
            return
        visit_id, things = self._waiting[0]
        self._job = self._bench.jobs.run(
            taking_in_title(things),
            partial(_taken_in, self._bench.workspace, self._desk.visit.engagement_id, visit_id, things),
            self._done,
            self._failed,
            self._cancelled,
        )

    def _done(self, result: Intake) -> None:
        self._over()
        if result.changes:
            self._bench.do(_announced, together(result.changes))
        for refused in result.refused:
            self._bench.failed.emit(refused.error)
        for known in result.known:
            self._bench.told.emit(_("{name} is here already.").format(name=known.name))
        self._next()

    def _failed(self, error: QmaError) -> None:
        self._over()
        self._bench.failed.emit(error)
        self._next()

    def _cancelled(self) -> None:
        self._job = None
        self._waiting.clear()
        self._show()

    def _over(self) -> None:
        self._job = None
        if self._waiting:
            self._waiting.pop(0)
        self._show()

    def _forget(self) -> None:
        self._waiting.clear()
        if self._job is not None:
            self._job.cancel()

    def _bytes_of(self, evidence: Evidence) -> bytes | None:
        try:
            return self._bench.read(_stored_bytes, evidence.digest)
        except QmaError as error:
            self._bench.failed.emit(error)
            return None

    def _captioned(self, evidence_id: EvidenceId, caption: str) -> None:
        from qma_app.services.evidence import describe_evidence

        write = partial(self._bench.do, describe_evidence, evidence_id, caption=caption)
        if write(merge_key=f"caption {evidence_id}") is None and self.viewer is not None:
            self.viewer.caption.keep_unsaved()

    def _remove(self, evidence: Evidence) -> None:
        from qma_app.services.evidence import unlink_evidence

        if self._desk is None:
            return
        if self._bench.do(unlink_evidence, evidence.id, visit_id=self._desk.visit.id) is not None:
            self._bench.deleted.emit(
                _("{name} was taken out of this visit; it stays among the evidence.").format(
                    name=evidence.name
                )
            )


def _stored_bytes(reader: Reader, digest: str) -> bytes:
    return reader.evidence_bytes(digest)


def _taken_in(
    workspace: Workspace,
    engagement_id: EngagementId,
    visit_id: VisitId,
    things: Sequence[Incoming],
    progress: Progress,
) -> Intake:
    from qma_app.services.evidence_places import Place

    return take_in(workspace, engagement_id, things, Place(visit_id=visit_id), progress)


def _announced(_workspace: Workspace, changes: Changes) -> Changes:
    """The edit was made by the job already; run as a use case, it reaches the undo stack and the pages."""
    return changes
