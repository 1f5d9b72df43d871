"""Opens evidence in its own window, and removes it so that it can be brought back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from qma_app.domain.evidence import Evidence
from qma_app.domain.ids import EvidenceId
from qma_app.i18n import _
from ui.checklists.desk import RatingDesk
from ui.checklists.pictures import Pictures
from ui.widgets.evidence_viewer import EvidenceViewer
from ui.workbench import Workbench


class Viewing(QObject):
    """One window for all evidence; made when it is first wanted."""

    def __init__(self, workbench: Workbench, pictures: Pictures, desk: RatingDesk, parent: QWidget) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._pictures = pictures
        self._desk = desk
        self._page = parent
        self._is_read_only = False
        self.viewer: EvidenceViewer | None = None

    def open(self, items: Sequence[Evidence], item: Evidence, *, is_read_only: bool) -> None:
        """Show one of these large."""
        self._is_read_only = is_read_only
        if self.viewer is None:
            self.viewer = EvidenceViewer(self._pictures.large, self._page, workbench=self._workbench)
            self.viewer.caption_settled.connect(self._captioned)
            self.viewer.caption.left.connect(self._workbench.close_step)
            self.viewer.removal_wanted.connect(self.remove)
            self.viewer.failed.connect(self._workbench.failed)
        self.viewer.show_evidence(items, item, is_read_only=is_read_only)
        self.viewer.show()
        self.viewer.raise_()
        self.viewer.activateWindow()
        self.viewer.setFocus()

    def show_again(self, items: Sequence[Evidence]) -> None:
        """Captions or the number of items changed while the window is open."""
        if self.viewer is not None and self.viewer.isVisible():
            self.viewer.show_evidence(items, None, is_read_only=self._is_read_only)

    def close(self) -> None:
        """What is shown large belongs to a workspace that is open no more."""
        if self.viewer is not None:
            self.viewer.close()

    def remove(self, item: Evidence) -> None:
        """Move it to the bin; Undo stands beside the message."""
        if self._desk.remove_evidence(item.id) is not None:
            self._workbench.deleted.emit(_("{name} removed.").format(name=item.caption or item.name))

    def _captioned(self, evidence_id: EvidenceId, caption: str) -> None:
        if self._desk.describe_evidence(evidence_id, caption) is None and self.viewer is not None:
            self.viewer.caption.keep_unsaved()
