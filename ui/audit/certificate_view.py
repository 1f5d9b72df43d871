"""The step of the certificate: its page, how it stands, the files signed of it, and the register."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from qma_app.domain.certification import CertificateStep
from qma_app.i18n import _
from ui.audit.certificate_card import CertificateCard
from ui.audit.certificate_preview import CertificatePreview
from ui.audit.certificate_reading import CertificateDesk, read_certificate
from ui.audit.issued_card import IssuedCard, RegisterCard
from ui.audit.part import AuditPart
from ui.audit.reading import AuditDesk
from ui.audit.recording import store
from ui.audit.signed_report_card import make_folder, save_issued_file
from ui.shortcuts import Command
from ui.today.columns import in_columns
from ui.workbench import Workbench

if TYPE_CHECKING:
    from qma_app.services.workspace import Workspace
    from ui.jobs import Progress


class CertificateView(AuditPart):
    """Left the page, right how it stands and what can be done."""

    key: ClassVar[str] = "certificate"

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        self.found: CertificateDesk | None = None
        self.preview = CertificatePreview(workbench)
        self.card = CertificateCard()
        self.issued = IssuedCard()
        self.register = RegisterCard()
        self.area = in_columns(self, (self.preview,), (self.card, self.issued, self.register))
        self._connect()

    def _connect(self) -> None:
        self.card.granting.connect(self.grant)
        self.card.issuing.connect(self.issue)
        self.card.stepping.connect(self.take_step)
        self.card.switching.connect(self.workbench.wanted_worker_change)
        self.issued.saving.connect(self.save_file)
        self.issued.revoking.connect(self.revoke_file)
        self.register.saving.connect(self.save_register)
        self.register.checking.connect(self.check_papers)

    def show_desk(self, desk: AuditDesk) -> None:
        worker = self.workbench.workspace.worker
        found = self.found = self.workbench.read(read_certificate, desk, worker)
        self.preview.show_desk(found)
        self.card.show_desk(found)
        self.issued.show_desk(found)

    def take_focus(self) -> None:
        """The keyboard goes to what can be done now."""
        buttons = (
            self.card.grant_button,
            self.card.issue_button,
            self.card.switch_button,
            self.register.check_button,
        )
        target = next((one for one in buttons if one.isVisibleTo(self)), self.area)
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def grant(self) -> None:
        """Make the certificate that the decision gives."""
        from qma_app.services.certificate_granting import grant_certificate

        decision = self.found.decision if self.found is not None else None
        if decision is not None:
            store(self.workbench, "certificate.granted", grant_certificate, decision.id)
            self.take_focus()

    def issue(self) -> None:
        """Sign the page with the decision maker's key, and offer the file."""
        from ui.dialogs.issue_certificate import IssueCertificate

        found = self.found
        if found is None or found.certificate is None or found.decision is None:
            return
        issued = IssueCertificate.ask(
            self.workbench, found.certificate, found.name_of(found.decision.decided_by), self
        )
        if issued is not None:
            save_issued_file(self.workbench, issued)
            self.take_focus()

    def take_step(self, step: CertificateStep) -> None:
        """Suspend, restore, withdraw or confirm it, with day and reason."""
        from ui.audit.certificate_dialogs import StepDialog

        found = self.found
        if found is not None and found.certificate is not None:
            StepDialog.ask(self.workbench, found.certificate, step, found.desk.view.audit.id, self)

    def save_file(self, file_id: str) -> None:
        """Save a signed file as it left the house."""
        files = self.found.files if self.found is not None else ()
        file = next((one for one in files if one.id == file_id), None)
        if file is not None:
            save_issued_file(self.workbench, file)

    def revoke_file(self, file_id: str) -> None:
        """Say of a signed file that nobody may rely on it."""
        from qma_app.services.certificate_steps import revoke_issued
        from ui.dialogs.reason import ReasonDialog

        reason = ReasonDialog.ask(
            self,
            _("Revoke this file"),
            _("The register tells everybody who checks it, with your reason. It cannot be taken back."),
            accept=_("Revoke file"),
        )
        if reason:
            store(self.workbench, "issued.revoked", revoke_issued, file_id, reason)

    def save_register(self, suffix: str) -> None:
        """Save the register of this workspace into the folder of reports."""
        bench = self.workbench
        target = bench.settings.reports_folder / f"{_('Register')}_{bench.workspace.today():%Y-%m-%d}{suffix}"
        bench.jobs.run(
            _("Saving {name}").format(name=target.name),
            partial(_save_register, bench.workspace, target, bench.settings.report_language),
            bench.file_saved.emit,
            bench.failed.emit,
        )

    def check_papers(self) -> None:
        """Look whether papers are those that were issued."""
        from ui.dialogs.verify_paper import VerifyPaper

        VerifyPaper.tell(self, self.workbench)

    def commands(self) -> tuple[Command, ...]:
        return (
            Command(
                title=_("Save the register as a workbook"),
                run=partial(self.save_register, ".xlsx"),
                icon="file-spreadsheet",
            ),
            Command(
                title=_("Save the register as JSON"),
                run=partial(self.save_register, ".json"),
                icon="download",
            ),
        )


def _save_register(workspace: Workspace, target: Path, language: str, progress: Progress) -> Path:
    from qma_app.services.register import save_register

    progress(0.0)
    make_folder(target.parent)
    return save_register(workspace, target, language=language)
