"""Getting the plan to the dealership two weeks ahead: on paper, as calendar entries, and on which day it went out."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from qma_app.domain.audit_plan_checks import plan_sent
from qma_app.domain.ids import AuditId
from qma_app.i18n import _, ngettext
from qma_app.services.workspace import Workspace
from ui.audit.plan_reading import PlanSheet
from ui.jobs import Progress
from ui.places import Place
from ui.widgets.buttons import Button
from ui.widgets.cards import Card
from ui.widgets.chips import Chip
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import PlainLabel
from ui.workbench import Workbench


class SendingCard(Card):
    """Plan and calendar are saved into the folder of reports by anybody; the day it was sent is noted by the auditor."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        self.state = Chip("")
        super().__init__(_("Sending the plan"), self.state, parent)
        self._bench = workbench
        self._sheet: PlanSheet | None = None
        self.words = PlainLabel("", wrap=True)
        self.hint = PlainLabel(
            _("Plan and calendar go to the dealership two weeks before the first day."),
            role="small",
            tone="muted",
            wrap=True,
        )
        self.save_button = Button(_("Save plan and calendar"), icon_name="save", keys="V")
        self.paper_button = Button(_("Plan on paper"), keys="M")
        self.sent_button = Button(_("It was sent…"), keys="G")
        buttons = QWidget()
        row = FlowLayout(buttons, spacing=4)
        for button, act in (
            (self.save_button, self.save),
            (self.paper_button, self.show_paper),
            (self.sent_button, self.mark_sent),
        ):
            button.setProperty("small", True)
            button.clicked.connect(act)
            row.addWidget(button)
        self.body.setSpacing(6)
        self.body.addWidget(self.words)
        self.body.addWidget(self.hint)
        self.body.addWidget(buttons)

    def show_sheet(self, sheet: PlanSheet) -> None:
        """Show whether it went out, and whether in time."""
        self._sheet = sheet
        view = sheet.desk.view
        if sheet.audit.sent_on is None:
            self.state.say(_("not sent"), "warn")
        elif view.is_sent_late:
            self.state.say(_("sent late"), "warn")
        else:
            self.state.say(_("sent"), "ok")
        said = plan_sent(sheet.state).words
        notice = view.notice
        if notice is not None and notice >= 0:
            ahead = ngettext("{count} day ahead", "{count} days ahead", notice).format(count=notice)
            said = f"{said} {ahead}."
        self.words.setText(said)
        self.hint.setVisible(sheet.audit.sent_on is None)
        self.sent_button.setVisible(sheet.is_open)
        self.sent_button.say(_("It was sent…") if sheet.audit.sent_on is None else _("Sent on another day…"))

    def save(self) -> None:
        """Write plan and calendar into the folder of reports, beside the window."""
        sheet = self._sheet
        if sheet is None:
            return
        self._bench.jobs.run(
            _("Saving the plan of {audit}").format(audit=sheet.audit.number),
            partial(_save, self._bench.workspace, sheet.audit.id, self._bench.settings.reports_folder),
            self._saved,
            self._bench.failed.emit,
        )

    def show_paper(self) -> None:
        """Look at the plan as pages."""
        sheet = self._sheet
        if sheet is not None:
            self._bench.jump_to.emit(
                Place(
                    page="reports",
                    dealership_id=self._bench.dealership_id,
                    view="audit-plan",
                    paper_of=sheet.audit.label,
                )
            )

    def mark_sent(self) -> None:
        """Note the day the dealership was sent the plan."""
        from ui.audit.sent_dialog import SentDialog

        sheet = self._sheet
        if sheet is not None and sheet.is_open:
            SentDialog.ask(self._bench, sheet, self)
            self.sent_button.setFocus()

    def _saved(self, files: tuple[Path, Path]) -> None:
        plan, calendar = files
        self._bench.settings.remember_paper(calendar)
        self._bench.file_saved.emit(plan)


def _save(workspace: Workspace, audit_id: AuditId, folder: Path, progress: Progress) -> tuple[Path, Path]:
    from qma_app.services.audit_plan_papers import save_audit_calendar, save_audit_plan

    plan = save_audit_plan(workspace, audit_id, folder, progress=progress)
    return plan, save_audit_calendar(workspace, audit_id, folder)
