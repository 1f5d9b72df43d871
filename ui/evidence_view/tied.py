"""The photos and documents tied to one record, a visit or a charter: dropped, pasted or chosen, shown small and large, taken off again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication, QPixmap
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from qma_app.domain.evidence import Evidence
from qma_app.domain.ids import EngagementId, EvidenceId
from qma_app.domain.ports import Reader
from qma_app.domain.record import Changes
from qma_app.errors import QmaError
from qma_app.i18n import _
from ui.checklists.incoming import Incoming, incoming_of
from ui.checklists.intake import take_in, taking_in_title, together
from ui.jobs import Job, Progress
from ui.widgets.evidence_strip import EvidenceStrip
from ui.widgets.evidence_viewer import EvidenceViewer
from ui.workbench import Workbench

if TYPE_CHECKING:
    from qma_app.services.evidence_intake import Intake
    from qma_app.services.evidence_places import Where
    from qma_app.services.workspace import Workspace


class Pictured(Protocol):
    """A photo or document with its small picture; empty where there is none."""

    @property
    def evidence(self) -> Evidence: ...

    @property
    def picture(self) -> bytes: ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Tied:
    """What hangs on one record: `where` names it, `picture_name` is what a pasted picture is called."""

    engagement_id: EngagementId
    where: Where
    items: Sequence[Pictured]
    picture_name: str
    is_writable: bool = True


@dataclass(frozen=True, slots=True)
class _Waiting:
    """Things on their way to the record that was shown when they came."""

    things: tuple[Incoming, ...]
    tied: Tied


class TiedEvidence(QWidget):
    """What comes in is made smaller beside the window and shown when it is there.

    `asking` heads the dialog for files; `taken_off` says that {name} was taken off the record.
    """

    def __init__(
        self, workbench: Workbench, *, asking: str, taken_off: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._bench = workbench
        self._asking, self._taken_off = asking, taken_off
        self._tied: Tied | None = None
        self._waiting: list[_Waiting] = []
        self._job: Job | None = None
        self.viewer: EvidenceViewer | None = None
        self.strip = EvidenceStrip()
        self.strip.dropped.connect(self.take_mime)
        self.strip.adding_wanted.connect(self.choose_files)
        self.strip.removal_wanted.connect(self._remove)
        self.strip.opened.connect(self.open)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.strip)
        workbench.workspace_changed.connect(self._forget)

    def show_tied(self, tied: Tied | None) -> None:
        """Show what hangs on this record; None where there is no record yet."""
        self._tied = tied
        if self.viewer is not None and self.viewer.isVisible():
            if tied is None:
                self.viewer.close()
            self._show_in_viewer(None)
        self._show()

    def take_mime(self, mime: QMimeData) -> bool:
        """Take in what was dropped or pasted; False when there is nothing of use in it."""
        tied = self._tied
        if tied is None or not tied.is_writable:
            return False
        things = incoming_of(mime, picture_name=tied.picture_name)
        if things:
            self._waiting.append(_Waiting(things, tied))
            self._next()
            self._show()
        return bool(things)

    def paste(self) -> bool:
        """Ctrl+V with a picture or files on the clipboard."""
        return self.take_mime(QGuiApplication.clipboard().mimeData())

    def choose_files(self) -> None:
        """Ask for files to add."""
        paths, _chosen = QFileDialog.getOpenFileUrls(self, self._asking)
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
        if self.viewer is not None and self._tied is not None:
            items = [one.evidence for one in self._tied.items]
            self.viewer.show_evidence(items, evidence, is_read_only=not self._tied.is_writable)

    def _show(self) -> None:
        tied = self._tied
        if tied is None:
            self.strip.show_evidence([], [], _no_picture, is_read_only=True)
            return
        pictures = {one.evidence.id: one.picture for one in tied.items}
        waiting = [
            thing.name for one in self._waiting if one.tied.where == tied.where for thing in one.things
        ]

        def thumbnail(evidence: Evidence) -> QPixmap | None:
            picture = QPixmap()
            return picture if picture.loadFromData(pictures.get(evidence.id, b"")) else None

        self.strip.show_evidence(
            [one.evidence for one in tied.items], waiting, thumbnail, is_read_only=not tied.is_writable
        )

    def _next(self) -> None:
        if self._job is not None or not self._waiting:
            return
        # Where it belongs was settled when it came: another record may be shown by now.
        first = self._waiting[0]
        self._job = self._bench.jobs.run(
            taking_in_title(first.things),
            partial(_taken_in, self._bench.workspace, first.tied, first.things),
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

        if self._tied is None:
            return
        if self._bench.do(unlink_evidence, evidence.id, **self._tied.where) is not None:
            self._bench.deleted.emit(self._taken_off.format(name=evidence.name))


def _no_picture(_evidence: Evidence) -> QPixmap | None:
    return None


def _stored_bytes(reader: Reader, digest: str) -> bytes:
    return reader.evidence_bytes(digest)


def _taken_in(workspace: Workspace, tied: Tied, things: Sequence[Incoming], progress: Progress) -> Intake:
    from qma_app.services.evidence_places import Place

    return take_in(workspace, tied.engagement_id, things, Place(**tied.where), progress)


def _announced(_workspace: Workspace, changes: Changes) -> Changes:
    """The edit was made by the job already; run as a use case, it reaches the undo stack and the pages."""
    return changes
