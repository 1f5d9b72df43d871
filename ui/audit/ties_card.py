"""What ties somebody to the dealership beside what the records tell: it bars from auditing for two years."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from qma_app.domain.tie import Tie
from qma_app.i18n import _, day_text
from ui.audit.plan_reading import PlanSheet
from ui.audit.plan_table import PlanTable
from ui.audit.plan_words import counted_from, tie_row
from ui.models.standards_table import TableColumn
from ui.widgets.buttons import Button
from ui.workbench import Workbench


class TiesCard(PlanTable):
    """Enter corrects a tie, Delete moves one noted by mistake to the bin."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(
            workbench,
            _("Independence"),
            (
                TableColumn(title=_("Who"), share=4, is_strong=True),
                TableColumn(title=_("Tie"), share=5),
                TableColumn(title=_("Days"), share=4),
            ),
            _("No tie is noted beside what the records tell."),
            parent=parent,
        )
        self.note_button = self.add_act(Button(_("Note a tie…"), keys="N"), self.new)

    def show_sheet(self, sheet: PlanSheet) -> None:
        self.sheet = sheet
        since = counted_from(sheet.audit, sheet.desk.on)
        rows = [tie_row(one, sheet, since) for one in sheet.ties]
        hint = _(
            "Coaching, visits, ratings, owned actions and people of the house are known from the records. Note here what happened before or elsewhere; it counts from {day} on."
        ).format(day=day_text(since))
        self.show_rows(rows, hint)
        self.show_writing()

    def new(self) -> None:
        """Note a tie of somebody."""
        self._ask(None)

    def open_line(self, key: str) -> None:
        self._ask(self._tie(key))

    def remove_line(self, key: str) -> None:
        from qma_app.services.audit_people import delete_tie

        tie = self._tie(key)
        if tie is not None and self._bench.do(delete_tie, tie.id) is not None:
            self._bench.deleted.emit(_("The tie was taken out."))

    def _tie(self, key: str) -> Tie | None:
        return next((one for one in (self.sheet.ties if self.sheet else ()) if one.id == key), None)

    def _ask(self, tie: Tie | None) -> None:
        from ui.audit.tie_dialog import TieDialog

        sheet = self.open_sheet
        if sheet is not None:
            TieDialog.ask(self._bench, sheet, tie, self)
            self.take_focus()
