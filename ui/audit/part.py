"""What every panel of the audit's path is: a view of the page that shows one audit."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QWidget

from ui.audit.reading import AuditDesk, read_desk
from ui.audit.words import why_shut
from ui.pages.view_part import ViewPart
from ui.places import Place, place_of

if TYPE_CHECKING:
    from qma_app.domain.ids import AuditId
    from qma_app.domain.spot import Spot
    from qma_app.errors import RuleBroken
    from ui.workbench import Workbench


class AuditPart(ViewPart):
    """One step: the page says which audit is looked at, a subclass shows its desk in `show_desk`.

    `shut` says why nothing can be written here now; it is None while whoever works may write and the audit is not signed.
    """

    page_key: ClassVar[str] = "audit"

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        self.audit_id: AuditId | None = None
        self.desk: AuditDesk | None = None
        self.shut: RuleBroken | None = None

    @property
    def may_write(self) -> bool:
        """Whether this audit can be written in now."""
        return self.desk is not None and self.shut is None

    def show_audit(self, audit_id: AuditId) -> None:
        """Another audit, or this one as it stands now: read it and show it."""
        self.audit_id = audit_id
        self.refresh()

    def refresh(self) -> None:
        if self.audit_id is None:
            return
        workspace = self.workbench.workspace
        self.desk = self.workbench.read(read_desk, self.audit_id, on=workspace.today())
        self.shut = why_shut(workspace, self.desk.state)
        self.show_desk(self.desk)

    def show_desk(self, desk: AuditDesk) -> None:
        """Show the audit as it stands."""
        raise NotImplementedError

    def go_to(self, page: str, **where: str | None) -> None:
        """Ask the window for another place of this dealership."""
        self.going.emit(Place(page=page, dealership_id=self.workbench.dealership_id, **where))

    def jump(self, spot: Spot) -> None:
        """Ask the window for the place where something missing is put right; within the page it stays at this audit."""
        place = place_of(spot, self.workbench.dealership_id)
        if place.page == self.page_key and self.desk is not None:
            self.go_to(
                place.page,
                view=place.view,
                area_id=place.area_id,
                assessment_id=self.desk.state.assessment.id,
            )
        else:
            self.going.emit(place)
