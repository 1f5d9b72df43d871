"""How many auditor days were agreed, and from what."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from qma_app.domain.audit import AuditDays
from qma_app.domain.planning_table import risk_title, table_statement
from qma_app.i18n import _, exact_number_text, ngettext
from ui.audit.plan_reading import PlanSheet
from ui.widgets.buttons import Button
from ui.widgets.cards import Card
from ui.widgets.chips import Chip
from ui.widgets.labels import PlainLabel
from ui.workbench import Workbench


class EffortCard(Card):
    """The days are worked out in a dialog, by a table that is the programme's own."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        self.state = Chip("")
        super().__init__(_("Auditor days"), self.state, parent)
        self._bench = workbench
        self._sheet: PlanSheet | None = None
        self.figure = PlainLabel("", role="figure")
        self.beside = PlainLabel("", tone="muted", wrap=True)
        self.lines = PlainLabel("", tone="text", wrap=True)
        self.statement = PlainLabel(table_statement(), role="small", tone="muted", wrap=True)
        self.work_out_button = Button(_("Work out days…"), keys="U")
        self.table_button = Button(_("Planning table…"))
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self.figure)
        head.addWidget(self.beside, 1)
        below = QHBoxLayout()
        below.setSpacing(4)
        for button, act in ((self.work_out_button, self.work_out), (self.table_button, self.change_table)):
            button.setProperty("small", True)
            button.clicked.connect(act)
            below.addWidget(button)
        below.addStretch(1)
        self.body.setSpacing(6)
        self.body.addLayout(head)
        self.body.addWidget(self.lines)
        self.body.addWidget(self.statement)
        self.body.addLayout(below)

    def show_sheet(self, sheet: PlanSheet) -> None:
        """Show what was agreed."""
        self._sheet = sheet
        days = sheet.audit.days
        self.state.say(
            _("worked out") if days is not None else _("not worked out yet"),
            "ok" if days is not None else "warn",
        )
        self.figure.setText(exact_number_text(days.days) if days is not None else "–")
        self.beside.setText(_beside(days))
        self.lines.setText("\n".join(_lines(days, sheet)) if days is not None else "")
        self.lines.setVisible(days is not None)
        for button in (self.work_out_button, self.table_button):
            button.setVisible(sheet.is_open)

    def work_out(self) -> None:
        """Agree on the days."""
        from ui.audit.days_dialog import DaysDialog

        if self._sheet is not None and self._sheet.is_open:
            DaysDialog.ask(self._bench, self._sheet, self)
            self.work_out_button.setFocus()

    def change_table(self) -> None:
        """Change the table days are worked out by."""
        from ui.audit.planning_table_dialog import PlanningTableDialog

        if self._sheet is not None and self._sheet.is_open:
            PlanningTableDialog.ask(self._bench, self._sheet.table, self)
            self.table_button.setFocus()


def _beside(days: AuditDays | None) -> str:
    if days is None:
        return _("Staff and risks say how many days the audit needs.")
    return _("auditor days, {on_site} of them on site · planning table: {table}").format(
        on_site=exact_number_text(days.on_site), table=exact_number_text(days.table_days)
    )


def _lines(days: AuditDays, sheet: PlanSheet) -> list[str]:
    titles = {one.code: risk_title(one) for one in sheet.table.risks}
    staff = ngettext("{count} full-time equivalent", "{count} full-time equivalents", days.staff)
    said = [staff.format(count=days.staff), *(titles.get(code, code) for code in days.risks)]
    return [" · ".join(said), *([days.reason] if days.reason else [])]
