"""The action plan as an Excel workbook: out to the dealership, and in again with what was written there."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from qma_app.domain.ids import AreaId, DealershipId
from qma_app.i18n import _
from ui.models.findings_rows import RowFilter
from ui.widgets.buttons import MenuButton
from ui.workbench import Workbench


class PlanWorkbook(QObject):
    """Offers the whole plan, and that of the area or owner the filter shows."""

    def __init__(self, workbench: Workbench, page: QWidget) -> None:
        super().__init__(page)
        self._workbench = workbench
        self._page = page

    def offer(self, menu: MenuButton, row_filter: RowFilter) -> None:
        """Fill the menu with the ways out and in."""
        choices = menu.choices
        choices.clear()
        for of, title in self._ways_out(row_filter):
            action = choices.addAction(title.replace("&", "&&"))
            action.setData(of)
            action.triggered.connect(self._save_chosen)
        choices.addSeparator()
        choices.addAction(_("Take in an edited workbook…")).triggered.connect(self.take_in)

    def save(self, of: str = "") -> None:
        """Save the plan of all, of an area (its code) or of an owner (`owner:` and the name), and say where it lies."""
        from ui.reports_view.handing_out import HandingOut
        from ui.reports_view.papers import WORKBOOK, Choice, Request

        here = self._workbench.dealership_id
        if here is None:
            return
        choice = Choice(
            kind=f"{WORKBOOK}actions", title=_("Action plan"), of=of, label="", assessment_id=None
        )
        language = self._workbench.settings.report_language
        request = Request(choice=choice, dealership_id=DealershipId(here), language=language, head="")
        HandingOut(self._workbench, self._page).save(request)

    def take_in(self, path: Path | None = None) -> None:
        """Compare a workbook that comes back with what is here, and take over what is chosen."""
        from ui.dialogs.import_actions import ImportActions

        engagement = self._workbench.engagement
        if engagement is not None:
            ImportActions.ask(self._workbench, engagement.id, path or None, self._page.window())

    def _save_chosen(self) -> None:
        action = self.sender()
        self.save(str(action.data()))  # type: ignore[attr-defined]  # an action of the menu

    def _ways_out(self, row_filter: RowFilter) -> list[tuple[str, str]]:
        ways = [("", _("Save the whole action plan"))]
        area = self._area(row_filter.area_id)
        if area is not None:
            ways.append((area[0], _("Save the plan of {area}").format(area=area[1])))
        if row_filter.owner:
            ways.append(
                (f"owner:{row_filter.owner}", _("Save the plan of {owner}").format(owner=row_filter.owner))
            )
        return ways

    def _area(self, area_id: AreaId | None) -> tuple[str, str] | None:
        """Code and title of an area of the edition in force; None for one of an older edition."""
        from qma_app.domain.standing import edition_of

        engagement = self._workbench.engagement
        if area_id is None or engagement is None:
            return None
        area = self._workbench.read(edition_of, engagement.id).areas_by_id.get(area_id)
        return None if area is None else (area.code, str(area.title))
