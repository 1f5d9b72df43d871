"""Who looks at what on which day, with whom."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from qma_app.domain.audit import AuditSlot
from qma_app.i18n import _, ngettext
from ui.audit.plan_reading import PlanSheet
from ui.audit.plan_table import PlanTable
from ui.audit.plan_words import area_name, missing_areas, slot_rows
from ui.models.standards_table import TableColumn
from ui.widgets.buttons import Button
from ui.workbench import Workbench


class TimetableCard(PlanTable):
    """Enter changes a line, Delete takes it off; a proposal takes the place of all lines."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(
            workbench,
            _("Timetable"),
            (
                TableColumn(title=_("Day"), width=136, is_strong=True),
                TableColumn(title=_("Time"), width=98),
                TableColumn(title=_("What"), share=7),
                TableColumn(title=_("Auditor"), share=4),
                TableColumn(title=_("With whom"), share=4, hidden_below=560),
            ),
            _("No line yet. A proposal spreads the areas over the days and auditors."),
            most=60,
            parent=parent,
        )
        self.propose_button = self.add_act(Button(_("Propose timetable"), keys="T"), self.propose)
        self.new_button = self.add_act(Button(_("Add line…"), keys="Ctrl+N"), self.new)
        self.change_button = self.add_act(
            Button(_("Change line…"), keys="Return"), self._change_current, needs_line=True
        )

    def show_sheet(self, sheet: PlanSheet) -> None:
        self.sheet = sheet
        rows = list(slot_rows(sheet))
        bare = missing_areas(sheet) if rows else ()
        names = ", ".join(area_name(one) for one in bare)
        hint = _("No time yet for: {areas}.").format(areas=names) if bare else ""
        self.show_rows(rows, hint)
        self.state.say(
            _("{count} areas without time").format(count=len(bare))
            if bare
            else ngettext("{count} line", "{count} lines", len(rows)).format(count=len(rows)),
            "warn" if bare else "neutral",
        )
        self.state.setVisible(bool(rows))
        self.show_writing()

    def propose(self) -> None:
        """Spread the areas over the days and auditors; what there was can be had back by undo."""
        from qma_app.services.audits import propose_timetable

        sheet = self.open_sheet
        if sheet is None:
            return
        had = bool(sheet.desk.view.slots)
        if self._bench.do(propose_timetable, sheet.audit.id) is not None and had:
            self._bench.deleted.emit(_("A new timetable took the place of the old one."))
        self.take_focus()

    def new(self) -> None:
        """Write one more line, for an area without time where there is one."""
        self._ask(None)

    def open_line(self, key: str) -> None:
        self._ask(self._slot(key))

    def remove_line(self, key: str) -> None:
        from qma_app.services.audits import delete_slot

        slot = self._slot(key)
        if slot is not None and self._bench.do(delete_slot, slot.id) is not None:
            self._bench.deleted.emit(_("The line was taken off the timetable."))

    def _change_current(self) -> None:
        if self.current:
            self._ask(self._slot(self.current))

    def _slot(self, key: str) -> AuditSlot | None:
        slots = self.sheet.desk.view.slots if self.sheet is not None else ()
        return next((one for one in slots if one.id == key), None)

    def _ask(self, slot: AuditSlot | None) -> None:
        from ui.audit.slot_dialog import SlotDialog

        sheet = self.open_sheet
        if sheet is not None:
            SlotDialog.ask(self._bench, sheet, slot, self)
            self.take_focus()
