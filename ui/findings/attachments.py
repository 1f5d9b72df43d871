"""The photos and documents of a finding or an action: dropped, pasted or chosen, opened and removed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from qma_app.domain.evidence import Evidence
from qma_app.domain.ids import ActionId
from qma_app.i18n import _
from ui.checklists.incoming import Incoming
from ui.evidence_view.hanging import HangingEvidence, Pictured
from ui.findings.detail import Holder
from ui.findings.taking_in import TakingIn
from ui.workbench import Workbench


class Attachments(HangingEvidence):
    """What hangs on the finding's checkpoint is shown too, but removed only there."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, asking=_("Add photos or documents"), room_above=2, parent=parent)
        self._holder: Holder | None = None
        self.intake = TakingIn(workbench, self)
        self.intake.changed.connect(self._show)

    def show_holder(self, holder: Holder) -> None:
        """Show what supports a finding or an action."""
        self._holder = holder
        self._show()

    def _picture_name(self) -> str | None:
        return (
            _("{finding} photo.png").format(finding=self._holder.label) if self._holder is not None else None
        )

    def _hanging(self) -> Sequence[Pictured]:
        return self._holder.attachments if self._holder is not None else ()

    def _take(self, things: Sequence[Incoming]) -> None:
        if self._holder is not None:
            self.intake.take(things, self._holder)

    def _show(self) -> None:
        if self.viewer is not None and self.viewer.isVisible():
            self._show_in_viewer(None)
        if self._holder is not None:
            self._show_strip(self.intake.waiting_for(self._holder.id))

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
