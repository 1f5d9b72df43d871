"""Findings of the revision before that do not stand any more, each with its reason, and withdrawing one more."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from qma_app.domain.finding import Finding
from qma_app.domain.ids import FindingId
from qma_app.i18n import _, number_text
from qma_app.services.audit_conduct import withdraw_finding
from ui.audit.reading import AuditDesk
from ui.dialogs.dialog import field
from ui.journey.asking import AskingDialog
from ui.widgets.buttons import Button
from ui.widgets.cards import Card, CardRow, clear
from ui.widgets.labels import PlainLabel
from ui.widgets.word_choice import WordChoice
from ui.workbench import Workbench


class WithdrawnCard(Card):
    """Hidden in the first revision; `withdrawing` asks for another one, `opened` carries the id of a finding."""

    withdrawing = Signal()
    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        self.count = PlainLabel("", role="small", tone="muted")
        super().__init__(_("Findings withdrawn"), self.count, parent)
        self.nothing = PlainLabel(_("Every finding of the revision before stands."), tone="muted", wrap=True)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.button = Button(_("Withdraw a finding…"))
        self.button.setProperty("small", True)
        self.button.clicked.connect(self.withdrawing)
        self.body.addWidget(self.nothing)
        self.body.addLayout(self._rows)
        self.body.addSpacing(6)
        self.body.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)

    def show_desk(self, desk: AuditDesk, *, may_write: bool) -> None:
        """Show what was withdrawn, and offer more as long as something can be."""
        state = desk.state
        self.setVisible(state.audit.revision > 1)
        clear(self._rows)
        known = {one.id: one for one in state.findings}
        for one in state.audit.withdrawn:
            finding = known.get(one.finding_id)
            title = f"{finding.label} {finding.statement}" if finding is not None else one.finding_id
            self._rows.addWidget(CardRow(title, one.reason))
        count = len(state.audit.withdrawn)
        self.count.setText(number_text(count) if count else "")
        self.nothing.setVisible(not count)
        self.button.setVisible(may_write and bool(withdrawable(desk)))


class WithdrawFinding(AskingDialog):
    """Which finding, and why it does not stand any more."""

    def __init__(self, parent: QWidget | None, workbench: Workbench, desk: AuditDesk) -> None:
        super().__init__(
            parent,
            workbench,
            _("Withdraw a finding"),
            _("It stays readable in the report of then; the new report names it with the reason."),
            accept=_("Withdraw it"),
            width=520,
        )
        self._audit_id = desk.state.audit.id
        self.finding = WordChoice()
        for one in withdrawable(desk):
            self.finding.addItem(f"{one.label} {one.statement}", one.id)
        self.reason = QLineEdit()
        self.body.addWidget(field(_("Finding"), self.finding))
        self.body.addWidget(field(_("Why it does not stand any more"), self.reason))
        self.reason.textChanged.connect(self._check)
        self._check()
        self.reason.setFocus()

    def accept(self) -> None:
        if not self.accept_button.isEnabled():
            return
        finding_id = FindingId(self.finding.currentData())
        done = self.workbench.do(withdraw_finding, self._audit_id, finding_id, self.reason.text())
        if done is not None:
            super().accept()

    def _check(self) -> None:
        self.accept_button.setEnabled(bool(self.reason.text().strip()))


def withdrawable(desk: AuditDesk) -> tuple[Finding, ...]:
    """The findings raised in a revision before this one that still stand."""
    state = desk.state
    seen_again = set(state.seen_again.values())
    return tuple(
        one
        for one in state.standing_findings
        if one.assessment_id != state.assessment.id and one.id not in seen_again
    )
