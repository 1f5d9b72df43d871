"""Notes what a member of the audit team declares about independence; it is printed in the report."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QWidget

from qma_app.domain.audit import TeamMember
from qma_app.domain.tie import TieKind
from qma_app.i18n import _, day_text
from qma_app.services.audits import declare
from ui.audit.plan_reading import PlanSheet
from ui.audit.plan_words import conflict_text, counted_from, tie_title
from ui.dialogs.dialog import field
from ui.findings.date_field import DateField
from ui.findings.growing_note import GrowingNote
from ui.journey.asking import AskingDialog
from ui.widgets.labels import PlainLabel
from ui.workbench import Workbench


class DeclarationDialog(AskingDialog):
    """No tick declares: nothing ties me to this dealership. Each tick needs words."""

    def __init__(
        self, parent: QWidget | None, workbench: Workbench, sheet: PlanSheet, member: TeamMember
    ) -> None:
        since = day_text(counted_from(sheet.audit, sheet.desk.on))
        super().__init__(
            parent,
            workbench,
            _("Declaration of {name}").format(name=sheet.name_of(member.person_id)),
            _(
                "“Since {day} nothing has tied me to this dealership, but for what is ticked here.” The report carries it."
            ).format(day=since),
            accept=_("Declare"),
            width=520,
        )
        self._sheet, self._member = sheet, member
        declared = sheet.declaration(member.person_id)
        self.ties = {kind: QCheckBox(tie_title(kind)) for kind in TieKind}
        self.words = GrowingNote(
            _("What it is, and since when"), placeholder=_("What it is, and since when"), least=2, most=5
        )
        self.day = DateField(_("Declared on"))
        for kind, box in self.ties.items():
            box.setChecked(declared is not None and kind in declared.ties)
            box.toggled.connect(self._ticked)
            self.body.addWidget(box)
        self._words = field(_("In words"), self.words)
        self.body.addWidget(self._words)
        self.body.addWidget(field(_("Declared on"), self.day))
        self.words.set_text(declared.words if declared is not None else "")
        self.day.show_day(declared.declared_on if declared is not None else sheet.desk.on, sheet.desk.on)
        records = " ".join(conflict_text(one) for one in sheet.conflicts(member.person_id))
        self.records = PlainLabel(records, role="small", tone="bad", wrap=True)
        self.records.setVisible(bool(records))
        self.body.addWidget(self.records)
        self.accept_button.setFocus()

    def accept(self) -> None:
        """Store it; a tie without words and a day ahead are refused above the buttons."""
        self.day.flush()
        if self.day.is_pending or self.day.day is None:
            self.show_problem(_("Type a day such as 2026-12-04, 4.12.26, 4 Dec or +14."))
            return
        ticked = tuple(kind for kind, box in self.ties.items() if box.isChecked())
        done = self.workbench.do(
            declare,
            self._sheet.audit.id,
            self._member.person_id,
            ties=ticked,
            words=self.words.toPlainText().strip(),
            on=self.day.day,
        )
        if done is not None:
            super().accept()

    def _ticked(self, is_on: bool) -> None:
        if is_on and not self.words.toPlainText().strip():
            self.words.setFocus()

    @classmethod
    def ask(
        cls, workbench: Workbench, sheet: PlanSheet, member: TeamMember, parent: QWidget | None = None
    ) -> bool:
        """Let somebody of the team declare; whether it was stored."""
        return cls(parent, workbench, sheet, member).ask_until_done()
