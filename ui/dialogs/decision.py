"""Corrects what a management review decided."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from qma_app.domain.people import Person
from qma_app.domain.review import Decision
from qma_app.i18n import _
from qma_app.services.reviews import change_decision
from ui.dialogs.dialog import field, side_by_side
from ui.findings.date_field import DateField
from ui.findings.growing_note import GrowingNote
from ui.findings.owner_field import OwnerField
from ui.journey.asking import AskingDialog
from ui.workbench import Workbench


class DecisionDialog(AskingDialog):
    """Words, who, until when; the action made of it is corrected by itself."""

    def __init__(
        self,
        parent: QWidget | None,
        workbench: Workbench,
        decision: Decision,
        people: Sequence[Person],
        today: date,
    ) -> None:
        detail = _("The action made of it is corrected by itself.") if decision.action_id is not None else ""
        super().__init__(parent, workbench, _("Decision"), detail, accept=_("Save decision"), width=500)
        self._decision = decision
        self.what = GrowingNote(_("What was decided"), least=2, most=6)
        self.what.set_text(decision.words)
        self.who = OwnerField()
        self.who.show_people([one.name for one in people])
        self.who.set_text(decision.owner)
        self.due = DateField(_("Until when"), placeholder=_("4 Dec or +14"))
        self.due.show_day(decision.due_on, today)
        self.body.addWidget(field(_("What was decided"), self.what))
        self.body.addLayout(side_by_side(field(_("Who does it"), self.who), field(_("Until when"), self.due)))
        self.who.words.setAccessibleName(_("Who does it"))
        self.what.setFocus()

    def accept(self) -> None:
        """Store it; what is no day is said above the buttons."""
        self.due.flush()
        if self.due.is_pending:
            self.show_problem(_("Type a day such as 2026-12-04, 4.12.26, 4 Dec or +14."))
            return
        done = self.workbench.do(
            change_decision,
            self._decision.id,
            words=self.what.toPlainText().strip(),
            owner=" ".join(self.who.words.text().split()),
            due_on=self.due.day,
        )
        if done is not None:
            super().accept()

    @classmethod
    def ask(
        cls,
        workbench: Workbench,
        decision: Decision,
        people: Sequence[Person],
        today: date,
        parent: QWidget | None = None,
    ) -> bool:
        """Let somebody correct a decision; whether it was stored."""
        return cls(parent, workbench, decision, people, today).ask_until_done()
