"""Asks for the day and the reason of a step in a certificate's life."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from qma_app.domain.certification import Certificate, CertificateStep
from qma_app.domain.ids import AuditId
from qma_app.i18n import _
from ui.audit.decision_words import step_button
from ui.audit.recording import store
from ui.dialogs.dialog import field
from ui.findings.date_field import DateField
from ui.findings.growing_note import GrowingNote
from ui.journey.asking import AskingDialog
from ui.workbench import Workbench


class StepDialog(AskingDialog):
    """Suspending and restoring take turns, withdrawing is for good, confirming names the audit it rests on."""

    def __init__(
        self,
        parent: QWidget | None,
        workbench: Workbench,
        certificate: Certificate,
        step: CertificateStep,
        audit_id: AuditId,
    ) -> None:
        accept = step_button(step).rstrip("…")
        super().__init__(
            parent,
            workbench,
            _("{step} certificate {number}").format(step=accept, number=certificate.number),
            _meaning(step),
            accept=accept,
            width=500,
        )
        self._certificate, self._step, self._audit_id = certificate, step, audit_id
        self._on = workbench.workspace.today()
        self.day = DateField(_("From that day on"))
        self.day.show_day(self._on, self._on)
        self.reason = GrowingNote(_("Reason"), least=3, most=8)
        self.body.addWidget(field(_("From that day on"), self.day))
        self.body.addWidget(
            field(_("Reason"), self.reason, _("It stands in the register, where anybody can read it.")), 1
        )
        self.reason.setFocus()

    def accept(self) -> None:
        """Store it; what was refused is said above the buttons."""
        from qma_app.services import certificate_steps as steps

        self.day.flush()
        if self.day.is_pending:
            self.show_problem(_("Type a day such as 2026-12-04, 4.12.26, 4 Dec or +14."))
            return
        self.show_problem("")
        reason = self.reason.toPlainText().strip()
        id, on, what = self._certificate.id, self.day.day, f"certificate.{self._step}"
        if self._step is CertificateStep.CONFIRMED:
            done = store(self.workbench, what, steps.confirm_certificate, id, self._audit_id, reason, on=on)
        else:
            use_case = {
                CertificateStep.SUSPENDED: steps.suspend_certificate,
                CertificateStep.RESTORED: steps.restore_certificate,
                CertificateStep.WITHDRAWN: steps.withdraw_certificate,
            }[self._step]
            done = store(self.workbench, what, use_case, id, reason, on=on)
        if done is not None:
            super().accept()

    @classmethod
    def ask(
        cls,
        workbench: Workbench,
        certificate: Certificate,
        step: CertificateStep,
        audit_id: AuditId,
        parent: QWidget | None = None,
    ) -> bool:
        """Take the step down; whether it was stored."""
        return cls(parent, workbench, certificate, step, audit_id).ask_until_done()


def _meaning(step: CertificateStep) -> str:
    return {
        CertificateStep.CONFIRMED: _("This audit looked after the certificate, and it stands."),
        CertificateStep.SUSPENDED: _("The dealership may not show it until it is restored."),
        CertificateStep.RESTORED: _("The dealership may show it again."),
        CertificateStep.WITHDRAWN: _("Withdrawing is for good: nothing brings this certificate back."),
    }[step]
