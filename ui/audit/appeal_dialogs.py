"""Records an appeal, and the answer to it."""

from __future__ import annotations

from PySide6.QtWidgets import QButtonGroup, QComboBox, QRadioButton, QWidget

from qma_app.domain.certification import Appeal, AppealOutcome
from qma_app.i18n import _, day_text
from ui.audit.decision_reading import DecisionDesk
from ui.audit.recording import store
from ui.dialogs.dialog import field, side_by_side
from ui.findings.date_field import DateField
from ui.findings.growing_note import GrowingNote
from ui.findings.owner_field import OwnerField
from ui.journey.asking import AskingDialog
from ui.widgets.labels import PlainLabel
from ui.workbench import Workbench


class RaiseAppeal(AskingDialog):
    """Against the result or a finding of the report, or against the newest decision."""

    def __init__(self, parent: QWidget | None, workbench: Workbench, desk: DecisionDesk) -> None:
        super().__init__(
            parent,
            workbench,
            _("Record an appeal"),
            _("In the dealership's own words. Somebody without a part in the audit answers it."),
            accept=_("Record appeal"),
            width=520,
        )
        self._desk = desk
        self.who = OwnerField()
        self.who.show_people(sorted(desk.names.values()))
        self.day = DateField(_("Received on"))
        self.day.show_day(desk.desk.on, desk.desk.on)
        self.against = QComboBox()
        self.against.addItem(_("A finding or the result"), None)
        if desk.decision is not None:
            self.against.addItem(_("The decision"), desk.decision.id)
        self.words = GrowingNote(_("What is not accepted, and why"), least=3, most=10)
        self.body.addLayout(
            side_by_side(field(_("Appealed by"), self.who), field(_("Received on"), self.day))
        )
        self.who.words.setAccessibleName(_("Appealed by"))
        self.body.addWidget(field(_("Against"), self.against))
        self.body.addWidget(field(_("What is not accepted, and why"), self.words))
        self.who.words.setFocus()

    def accept(self) -> None:
        """Store it; what was refused is said above the buttons."""
        from qma_app.services.deciding import raise_appeal

        self.day.flush()
        if self.day.is_pending:
            self.show_problem(_("Type a day such as 2026-12-04, 4.12.26, 4 Dec or +14."))
            return
        self.show_problem("")
        done = store(
            self.workbench,
            "appeal.raised",
            raise_appeal,
            self._desk.audit.id,
            raised_by=" ".join(self.who.words.text().split()),
            words=self.words.toPlainText().strip(),
            received_on=self.day.day,
            decision_id=self.against.currentData(),
        )
        if done is not None:
            super().accept()

    @classmethod
    def ask(cls, workbench: Workbench, desk: DecisionDesk, parent: QWidget | None = None) -> bool:
        """Take an appeal down; whether it was stored."""
        return cls(parent, workbench, desk).ask_until_done()


class AnswerAppeal(AskingDialog):
    """Upheld or rejected, with reasons; an appeal that was upheld lets another decision follow."""

    def __init__(self, parent: QWidget | None, workbench: Workbench, appeal: Appeal) -> None:
        detail = _("{name}, {day}").format(name=appeal.raised_by, day=day_text(appeal.received_on))
        super().__init__(
            parent, workbench, _("Answer the appeal"), detail, accept=_("Answer appeal"), width=520
        )
        self._appeal = appeal
        self.body.addWidget(PlainLabel(appeal.words, wrap=True, selectable=True))
        self._group = QButtonGroup(self)
        self.outcomes = {
            AppealOutcome.UPHELD: QRadioButton(_("Upheld: it is decided again")),
            AppealOutcome.REJECTED: QRadioButton(_("Rejected: it stays as it is")),
        }
        for button in self.outcomes.values():
            self._group.addButton(button)
            self.body.addWidget(button)
        self.words = GrowingNote(_("Answer"), least=3, most=10)
        self.body.addWidget(field(_("Answer"), self.words))
        self._group.buttonClicked.connect(self._check)
        self._check()
        self.outcomes[AppealOutcome.UPHELD].setFocus()

    @property
    def outcome(self) -> AppealOutcome | None:
        """What is chosen; None until something is."""
        return next((one for one, button in self.outcomes.items() if button.isChecked()), None)

    def accept(self) -> None:
        """Store it; what was refused is said above the buttons."""
        from qma_app.services.deciding import answer_appeal

        if self.outcome is None:
            return
        self.show_problem("")
        done = store(
            self.workbench,
            "appeal.answered",
            answer_appeal,
            self._appeal.id,
            outcome=self.outcome,
            answer=self.words.toPlainText().strip(),
        )
        if done is not None:
            super().accept()

    def _check(self, _button: object = None) -> None:
        self.accept_button.setEnabled(self.outcome is not None)

    @classmethod
    def ask(cls, workbench: Workbench, appeal: Appeal, parent: QWidget | None = None) -> bool:
        """Take the answer down; whether it was stored."""
        return cls(parent, workbench, appeal).ask_until_done()
