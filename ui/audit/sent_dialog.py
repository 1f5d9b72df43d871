"""Notes the day on which the dealership was sent the plan, and says at once whether that is two weeks ahead."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from qma_app.domain.assessment import AssessmentKind
from qma_app.domain.audit_plan_checks import SENT_DAYS
from qma_app.i18n import _, ngettext
from qma_app.services.audits import mark_plan_sent
from ui.audit.plan_reading import PlanSheet
from ui.dialogs.dialog import field
from ui.findings.date_field import DateField
from ui.journey.asking import AskingDialog
from ui.widgets.labels import PlainLabel
from ui.workbench import Workbench


class SentDialog(AskingDialog):
    """A plan that is not complete is refused with what is missing; one sent late is taken and said to be."""

    def __init__(self, parent: QWidget | None, workbench: Workbench, sheet: PlanSheet) -> None:
        super().__init__(parent, workbench, _("The plan was sent"), accept=_("Note the day"))
        self._sheet = sheet
        self.day = DateField(_("Sent on"))
        self.day.show_day(sheet.audit.sent_on or sheet.desk.on, sheet.desk.on)
        self.notice = PlainLabel("", role="small", tone="muted", wrap=True)
        self.body.addWidget(field(_("Sent on"), self.day))
        self.body.addWidget(self.notice)
        self.day.settled.connect(self._show_notice)
        self._show_notice()
        self.day.setFocus()

    def accept(self) -> None:
        """Store the day; one that lies ahead is refused above the buttons."""
        self.day.flush()
        if self.day.is_pending or self.day.day is None:
            self.show_problem(_("Type a day such as 2026-12-04, 4.12.26, 4 Dec or +14."))
        elif self.workbench.do(mark_plan_sent, self._sheet.audit.id, self.day.day) is not None:
            super().accept()

    def _show_notice(self, _day: object = None) -> None:
        first, day = self._sheet.audit.first_on, self.day.day
        said, is_late = "", False
        if first is not None and day is not None:
            ahead = (first - day).days
            said = ngettext(
                "{count} day before the first audit day.", "{count} days before the first audit day.", ahead
            ).format(count=ahead)
            is_late = ahead < SENT_DAYS and self._sheet.state.kind is not AssessmentKind.SHORT_NOTICE
            if is_late:
                said = f"{said} {_('That is less than two weeks; the report says so.')}"
        self.notice.setText(said)
        self.notice.set_tone("warn" if is_late else "muted")

    @classmethod
    def ask(cls, workbench: Workbench, sheet: PlanSheet, parent: QWidget | None = None) -> bool:
        """Let somebody note when the plan was sent; whether it was stored."""
        return cls(parent, workbench, sheet).ask_until_done()
