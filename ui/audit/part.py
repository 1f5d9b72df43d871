"""What every panel of the audit's path is: a view of the page that shows one audit."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QWidget

from ui.audit.reading import AuditDesk, read_desk
from ui.pages.view_part import ViewPart
from ui.places import Place

if TYPE_CHECKING:
    from qma_app.domain.ids import AuditId
    from ui.workbench import Workbench


class AuditPart(ViewPart):
    """One step: the page says which audit is looked at, a subclass shows its desk in `show_desk`."""

    page_key: ClassVar[str] = "audit"

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        self.audit_id: AuditId | None = None
        self.desk: AuditDesk | None = None

    def show_audit(self, audit_id: AuditId) -> None:
        """Another audit, or this one as it stands now: read it and show it."""
        self.audit_id = audit_id
        self.refresh()

    def refresh(self) -> None:
        if self.audit_id is None:
            return
        self.desk = self.workbench.read(read_desk, self.audit_id, on=self.workbench.workspace.today())
        self.show_desk(self.desk)

    def show_desk(self, desk: AuditDesk) -> None:
        """Show the audit as it stands."""
        raise NotImplementedError

    def go_to(self, page: str, **where: str | None) -> None:
        """Ask the window for another place of this dealership."""
        self.going.emit(Place(page=page, dealership_id=self.workbench.dealership_id, **where))
