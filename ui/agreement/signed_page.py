"""The signed page of the charter as PDF or photo: dropped, pasted or chosen, and tied to it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from qma_app.i18n import _
from ui.agreement.reading import Agreed
from ui.evidence_view.tied import Tied, TiedEvidence
from ui.workbench import Workbench


class SignedPage(TiedEvidence):
    """What comes in is made smaller beside the window and shown when it is there."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(
            workbench,
            asking=_("Add the signed page"),
            taken_off=_("{name} was taken off the charter; it stays among the evidence."),
            parent=parent,
        )

    def show_agreed(self, agreed: Agreed) -> None:
        """Show the pages of this charter."""
        charter = agreed.charter
        self.show_tied(
            None
            if charter is None
            else Tied(
                engagement_id=charter.engagement_id,
                where={"charter_id": charter.id},
                items=agreed.pages,
                picture_name=_("Charter signed.png"),
            )
        )
