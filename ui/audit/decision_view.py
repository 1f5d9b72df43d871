"""The step of the decision: what the signed report recommends, who may decide on it, what was decided, and what was said against it."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from qma_app.domain.assessment import AssessmentKind
from qma_app.domain.audit import Audit
from qma_app.i18n import _
from ui.audit.appeals_card import AppealsCard
from ui.audit.decision_card import DecisionCard
from ui.audit.decision_reading import DecisionDesk, read_decision
from ui.audit.majors_card import MajorsCard
from ui.audit.part import AuditPart
from ui.audit.reading import AuditDesk
from ui.audit.recommended_card import RecommendedCard
from ui.audit.signed_report_card import SignedReportCard
from ui.shortcuts import Command
from ui.today.columns import in_columns
from ui.workbench import Workbench


class DecisionView(AuditPart):
    """Left what the decision rests on, right the decision and what follows from it."""

    key: ClassVar[str] = "decision"

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        self.found: DecisionDesk | None = None
        self.recommended = RecommendedCard()
        self.report = SignedReportCard(workbench)
        self.decision = DecisionCard()
        self.majors = MajorsCard(workbench)
        self.appeals = AppealsCard()
        self.area = in_columns(
            self, (self.recommended, self.report), (self.decision, self.majors, self.appeals)
        )
        self._connect()

    def _connect(self) -> None:
        self.decision.deciding.connect(self.decide)
        self.decision.switching.connect(self.workbench.wanted_worker_change)
        self.decision.naming.connect(self._open_people)
        self.majors.opened.connect(self._open_finding)
        self.majors.following_up.connect(self.begin_follow_up)
        self.majors.settling.connect(self.settle)
        self.appeals.raising.connect(self.raise_appeal)
        self.appeals.answering.connect(self.answer_appeal)

    def show_desk(self, desk: AuditDesk) -> None:
        worker = self.workbench.workspace.worker
        found = self.found = self.workbench.read(read_decision, desk, worker)
        for card in (self.recommended, self.report, self.decision, self.majors, self.appeals):
            card.show_desk(found)

    def take_focus(self) -> None:
        """The keyboard goes to what can be done now."""
        buttons = (
            self.decision.decide_button,
            self.majors.settle_button,
            self.majors.follow_button,
            self.decision.switch_button,
            self.report.save_button,
        )
        target = next((one for one in buttons if one.isVisibleTo(self)), self.area)
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def decide(self) -> None:
        """Decide on the signed report."""
        from ui.audit.decide_dialog import DecideDialog

        if self.found is not None and DecideDialog.ask(self.workbench, self.found, self):
            self.workbench.told.emit(_("Decided. The certificate is the next step."))
            self.take_focus()

    def settle(self) -> None:
        """A signed follow-up closes the condition."""
        from ui.audit.decide_dialog import SettleDialog

        if self.found is not None:
            SettleDialog.ask(self.workbench, self.found, self)

    def begin_follow_up(self) -> None:
        """An auditor comes for the majors again."""
        from qma_app.services.audits import begin_audit

        found = self.found
        if found is None or found.condition is None:
            return
        done = self.workbench.do(
            begin_audit,
            found.audit.engagement_id,
            AssessmentKind.FOLLOW_UP_AUDIT,
            follows=found.condition.decision.audit_id,
        )
        if done is not None:
            self.go_to("audit", view="plan", assessment_id=done.made(Audit).assessment_id)

    def raise_appeal(self) -> None:
        """Take down what the dealership does not accept."""
        from ui.audit.appeal_dialogs import RaiseAppeal

        if self.found is not None:
            RaiseAppeal.ask(self.workbench, self.found, self)

    def answer_appeal(self, appeal_id: str) -> None:
        """Answer one that is open."""
        from ui.audit.appeal_dialogs import AnswerAppeal

        appeals = self.found.appeals if self.found is not None else ()
        appeal = next((one for one in appeals if one.id == appeal_id), None)
        if appeal is not None:
            AnswerAppeal.ask(self.workbench, appeal, self)

    def commands(self) -> tuple[Command, ...]:
        found = self.found
        if found is None or not found.audit.is_signed:
            return ()
        raising = Command(title=_("Record an appeal…"), run=self.raise_appeal, icon="scale")
        if self.decision.decide_button.isVisibleTo(self):
            return (Command(title=_("Decide on this audit…"), run=self.decide, icon="stamp"), raising)
        return (raising,)

    def _open_finding(self, finding_id: str) -> None:
        self.go_to("findings", finding_id=finding_id)

    def _open_people(self) -> None:
        self.go_to("people")
