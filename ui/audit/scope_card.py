"""The areas the audit looks at, and those it does not with the reason."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from qma_app.domain.edition import Area
from qma_app.i18n import _, ngettext
from ui.audit.plan_reading import PlanSheet
from ui.audit.plan_table import PlanTable
from ui.audit.plan_words import scope_row, scope_words
from ui.models.standards_table import TableColumn
from ui.widgets.buttons import Button
from ui.workbench import Workbench


class ScopeCard(PlanTable):
    """Enter leaves an area out or takes it in again."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(
            workbench,
            _("Scope"),
            (
                TableColumn(title=_("Area"), share=6),
                TableColumn(title=_("Checkpoints"), width=84, is_quiet=True, hidden_below=340),
                TableColumn(title="", width=72, is_chip=True),
            ),
            "",
            most=24,
            parent=parent,
        )
        self.turn_button = self.add_act(
            Button(_("Leave out…"), keys="Return"), self.turn_current, needs_line=True
        )
        self.reason_button = self.add_act(Button(_("Change reason…")), self._change_reason, needs_line=True)

    def show_sheet(self, sheet: PlanSheet) -> None:
        self.sheet = sheet
        self.show_rows([scope_row(one, sheet) for one in sheet.state.edition.areas], sheet.missing("scope"))
        self.state.say(scope_words(sheet), "neutral")
        self.state.show()
        self.show_writing()

    def select(self, area_id: str) -> None:
        """Put the keyboard on an area."""
        self.table.select(area_id)

    def turn_current(self) -> None:
        """Leave the area out the keyboard is on, or take it in again."""
        if self.current:
            self.open_line(self.current)

    def open_line(self, key: str) -> None:
        from qma_app.services.audits import take_area_in

        area, sheet = self._area(key), self.open_sheet
        if area is None or sheet is None:
            return
        if area.id in sheet.state.assessment.scope:
            self._ask(area)
        else:
            self._bench.do(take_area_in, sheet.audit.id, area.id)
            self.table.setFocus()

    def _area(self, key: str) -> Area | None:
        areas = self.sheet.state.edition.areas if self.sheet is not None else ()
        return next((one for one in areas if one.id == key), None)

    def _change_reason(self) -> None:
        area = self._area(self.current)
        if area is not None:
            self._ask(area)

    def _ask(self, area: Area) -> None:
        from qma_app.services.audits import leave_area_out
        from ui.dialogs.reason import ReasonDialog

        sheet = self.open_sheet
        if sheet is None:
            return
        known = next((one.reason for one in sheet.audit.left_out if one.area_id == area.id), "")
        reason = ReasonDialog.ask(
            self,
            _("Leave {area} out").format(area=area.title),
            self._consequence(area, sheet),
            accept=_("Leave out"),
            text=known,
        )
        if reason is not None:
            self._bench.do(leave_area_out, sheet.audit.id, area.id, reason)
        self.table.setFocus()

    def _consequence(self, area: Area, sheet: PlanSheet) -> str:
        lines = sum(one.area_id == area.id for one in sheet.desk.view.slots)
        said = _("The audit does not look at it; the report says why.")
        if lines:
            gone = ngettext(
                "{count} line of the timetable goes with it.",
                "{count} lines of the timetable go with it.",
                lines,
            )
            said = f"{said} {gone.format(count=lines)}"
        return said

    def _show_acts(self, key: object = None) -> None:
        super()._show_acts(key)
        sheet, area = self.open_sheet, self._area(self.current)
        if sheet is None or area is None:
            return
        is_in = area.id in sheet.state.assessment.scope
        self.turn_button.say(_("Leave out…") if is_in else _("Take in again"))
        self.reason_button.setVisible(not is_in)
