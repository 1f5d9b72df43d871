"""Asks what is decided, and in which words; nothing better than what the signed report recommends can be chosen."""

from __future__ import annotations

from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from qma_app.domain.certification import DecisionOutcome
from qma_app.domain.result import Verdict
from qma_app.domain.wording import verdict_title
from qma_app.i18n import _
from ui.audit.decision_reading import DecisionDesk
from ui.audit.decision_words import outcome_meaning
from ui.audit.digest_row import DigestRow
from ui.audit.recording import store
from ui.dialogs.dialog import field
from ui.findings.growing_note import GrowingNote
from ui.journey.asking import AskingDialog
from ui.widgets.labels import PlainLabel
from ui.workbench import Workbench


class DecideDialog(AskingDialog):
    """Nothing is chosen beforehand: the decision is that of whoever decides."""

    def __init__(self, parent: QWidget | None, workbench: Workbench, desk: DecisionDesk) -> None:
        recommendation = desk.audit.recommendation or Verdict.FAIL
        super().__init__(
            parent,
            workbench,
            _("Decide on {number}").format(number=desk.audit.number),
            _("The report recommends “{verdict}”. A decision does not change any more.").format(
                verdict=verdict_title(recommendation)
            ),
            accept=_("Decide"),
            width=520,
        )
        self._desk = desk
        self._group = QButtonGroup(self)
        self.outcomes: dict[DecisionOutcome, QRadioButton] = {}
        open_ones = desk.outcomes
        for outcome in DecisionOutcome:
            words = outcome_meaning(outcome, desk.days_given)
            is_open = outcome in open_ones
            button = QRadioButton(words if is_open else _("{outcome} (not open)").format(outcome=words))
            button.setEnabled(is_open)
            self._group.addButton(button)
            self.outcomes[outcome] = button
            self.body.addWidget(button)
        if len(open_ones) < len(DecisionOutcome):
            words = _("What is better than the recommendation cannot be decided.")
            if desk.condition is not None:
                words = _("To grant it, settle the conditional decision by this follow-up.")
            self.body.addWidget(PlainLabel(words, role="small", tone="muted", wrap=True))
        self.words = GrowingNote(_("In which words"), least=3, most=8)
        self.body.addWidget(
            field(_("In which words"), self.words, _("Needed where less is decided than recommended."))
        )
        digest = desk.report.digest if desk.report is not None else ""
        self.body.addWidget(DigestRow(_("The decision names this report, SHA-256"), digest))
        self._group.buttonClicked.connect(self._check)
        self._check()
        self.outcomes[open_ones[0]].setFocus()

    @property
    def outcome(self) -> DecisionOutcome | None:
        """What is chosen; None until something is."""
        return next((one for one, button in self.outcomes.items() if button.isChecked()), None)

    def accept(self) -> None:
        """Store it; what was refused is said above the buttons."""
        from qma_app.services.deciding import decide

        outcome = self.outcome
        if outcome is None:
            return
        self.show_problem("")
        words = self.words.toPlainText().strip()
        done = store(
            self.workbench, "certification.decided", decide, self._desk.audit.id, outcome, words=words
        )
        if done is not None:
            super().accept()

    def _check(self, _button: object = None) -> None:
        self.accept_button.setEnabled(self.outcome is not None)

    @classmethod
    def ask(cls, workbench: Workbench, desk: DecisionDesk, parent: QWidget | None = None) -> bool:
        """Let the decision maker decide; whether it was stored."""
        return cls(parent, workbench, desk).ask_until_done()


class SettleDialog(AskingDialog):
    """The majors are closed: a full decision follows the conditional one."""

    def __init__(self, parent: QWidget | None, workbench: Workbench, desk: DecisionDesk) -> None:
        condition = desk.condition
        settling = condition.settling if condition is not None else None
        number = settling.audit.number if settling is not None else ""
        super().__init__(
            parent,
            workbench,
            _("Settle the conditional decision"),
            _("Follow-up {number} finds the majors closed: the certificate is granted in full.").format(
                number=number
            ),
            accept=_("Settle"),
            width=520,
        )
        self._desk = desk
        self.words = GrowingNote(_("In which words"), least=3, most=8)
        is_late = condition is not None and desk.desk.on > condition.due_on
        hint = _("The time has passed: say why it is settled all the same.") if is_late else ""
        self.body.addWidget(field(_("In which words"), self.words, hint))
        self.words.setFocus()

    def accept(self) -> None:
        """Store it; what was refused is said above the buttons."""
        from qma_app.services.deciding import settle_conditional

        condition = self._desk.condition
        settling = condition.settling if condition is not None else None
        if condition is None or settling is None:
            return
        self.show_problem("")
        done = store(
            self.workbench,
            "certification.settled",
            settle_conditional,
            condition.decision.id,
            settling.audit.id,
            words=self.words.toPlainText().strip(),
        )
        if done is not None:
            super().accept()

    @classmethod
    def ask(cls, workbench: Workbench, desk: DecisionDesk, parent: QWidget | None = None) -> bool:
        """Let the decision maker settle it; whether it was stored."""
        return cls(parent, workbench, desk).ask_until_done()
