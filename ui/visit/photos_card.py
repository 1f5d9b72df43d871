"""The photos and documents of a visit: dropped, pasted or chosen, each tied to the visit."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from qma_app.i18n import _
from ui.evidence_view.tied import Tied, TiedEvidence
from ui.visit.reading import Desk
from ui.widgets.cards import Card
from ui.workbench import Workbench


class PhotosCard(Card):
    """What comes in is made smaller beside the window and shown when it is there."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(_("Photos and documents"), parent=parent)
        self.tied = TiedEvidence(
            workbench,
            asking=_("Add photos or documents"),
            taken_off=_("{name} was taken out of this visit; it stays among the evidence."),
        )
        self.strip = self.tied.strip
        self.body.addWidget(self.tied)

    def show_desk(self, desk: Desk) -> None:
        """Show what was taken in at this visit."""
        visit = desk.visit
        self.tied.show_tied(
            Tied(
                engagement_id=visit.engagement_id,
                where={"visit_id": visit.id},
                items=desk.pictures,
                picture_name=_("Visit {number} photo.png").format(number=visit.number),
                is_writable=desk.is_writable,
            )
        )

    def paste(self) -> bool:
        """Ctrl+V with a picture or files on the clipboard."""
        return self.tied.paste()
