"""Takes files, folders and pictures in from the Evidence view, beside the window, and says what became of each."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, QUrl, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from qma_app.domain.record import Changes
from qma_app.i18n import _, ngettext
from ui.checklists.incoming import Incoming, incoming_of
from ui.checklists.intake import take_in, taking_in_title, together
from ui.jobs import Job, Progress
from ui.workbench import Workbench

if TYPE_CHECKING:
    from qma_app.domain.ids import EngagementId
    from qma_app.services.evidence_intake import Intake
    from qma_app.services.workspace import Workspace


class EvidenceAdding(QObject):
    """What comes in here is tied to nothing yet; `came` carries the ids taken in, `result_known` what became of all."""

    came = Signal(object)  # tuple[EvidenceId, ...]
    result_known = Signal(object)  # Intake

    def __init__(self, workbench: Workbench, parent: QWidget) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._parent = parent
        self._waiting: list[tuple[Incoming, ...]] = []
        self._job: Job | None = None
        workbench.workspace_changed.connect(self.forget)

    @property
    def is_busy(self) -> bool:
        return bool(self._waiting) or self._job is not None

    def choose_files(self) -> None:
        """Ask for files to add."""
        names, _kind = QFileDialog.getOpenFileNames(self._parent, _("Add files"))
        self.take_mime(_mime_of(names))

    def choose_folder(self) -> None:
        """Ask for a folder; everything it holds is taken in."""
        name = QFileDialog.getExistingDirectory(self._parent, _("Add folder"))
        if name:
            self.take_mime(_mime_of([name]))

    def paste(self) -> None:
        """Ctrl+V: the picture or the files on the clipboard."""
        if not self.take_mime(QGuiApplication.clipboard().mimeData()):
            self._workbench.told.emit(_("There is no picture and no file on the clipboard."))

    def take_mime(self, mime: QMimeData) -> bool:
        """Take in what was dropped, pasted or chosen; False when there is nothing of use in it."""
        if self._workbench.engagement is None:
            return False
        at = self._workbench.workspace.clock().astimezone()
        name = _("Photo {time}.png").format(time=f"{at:%Y-%m-%d %H-%M-%S}")
        things = incoming_of(mime, picture_name=name)
        if things:
            self._waiting.append(things)
            self._next()
        return bool(things)

    def forget(self) -> None:
        """Drop what still waits: it belonged to a workspace that is open no more."""
        self._waiting.clear()
        if self._job is not None:
            self._job.cancel()

    def _next(self) -> None:
        engagement = self._workbench.engagement
        if self._job is not None or not self._waiting or engagement is None:
            return
        things = self._waiting.pop(0)
        self._job = self._workbench.jobs.run(
            taking_in_title(things),
            partial(_taken_in, self._workbench.workspace, engagement.id, things),
            self._done,
            self._failed,
            self._cancelled,
        )

    def _done(self, result: Intake) -> None:
        self._job = None
        if result.changes:
            self._workbench.do(_announced, together(result.changes))
        if result.taken:
            self.came.emit(tuple(item.id for item in result.taken))
        self.result_known.emit(result)
        self._next()

    def _failed(self, error: object) -> None:
        self._job = None
        self._workbench.failed.emit(error)
        self._next()

    def _cancelled(self) -> None:
        self._job = None
        self._waiting.clear()


def result_words(result: Intake) -> str:
    """What came in, what was known already, what was refused and what was not looked at, in one line."""
    parts = []
    if result.taken:
        parts.append(
            ngettext("{count} file came in", "{count} files came in", len(result.taken)).format(
                count=len(result.taken)
            )
        )
    if result.known:
        parts.append(
            ngettext("{count} was here already", "{count} were here already", len(result.known)).format(
                count=len(result.known)
            )
        )
    if result.refused:
        parts.append(
            ngettext("{count} was refused", "{count} were refused", len(result.refused)).format(
                count=len(result.refused)
            )
        )
    if result.left:
        parts.append(
            ngettext("{count} was left out", "{count} were left out", len(result.left)).format(
                count=len(result.left)
            )
        )
    return ", ".join(parts) + "." if parts else _("Nothing was found to take in.")


def result_lines(result: Intake) -> tuple[str, ...]:
    """Each file that did not simply come in, with the reason."""
    lines = [f"{refused.name}: {refused.error}" for refused in result.refused]
    lines += [
        _("{name}: here already as {title}.").format(
            name=known.name, title=known.evidence.caption or known.evidence.name
        )
        for known in result.known
    ]
    lines += [_("{name}: not looked at any more.").format(name=name) for name in result.left]
    return tuple(lines)


def _taken_in(
    workspace: Workspace, engagement_id: EngagementId, things: Sequence[Incoming], progress: Progress
) -> Intake:
    return take_in(workspace, engagement_id, things, None, progress)


def _mime_of(names: Sequence[str]) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(name) for name in names])
    return mime


def _announced(_workspace: Workspace, changes: Changes) -> Changes:
    """The edit was made by the job already; run as a use case, it reaches the undo stack and the pages."""
    return changes
