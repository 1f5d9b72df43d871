"""Signs the certificate with the key of whoever decided, in one language."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QProgressBar, QWidget

from qma_app.domain.certification import Certificate, IssuedFile
from qma_app.domain.ids import CertificateId
from qma_app.errors import QmaError
from qma_app.i18n import LANGUAGES, _
from ui.audit.key_form import KeyForm
from ui.audit.recording import tell
from ui.dialogs.dialog import Dialog, field
from ui.widgets.buttons import Button
from ui.workbench import Workbench

if TYPE_CHECKING:
    from qma_app.services.issuing import SigningKey
    from qma_app.services.workspace import Workspace
    from ui.jobs import Job, Progress


class IssueCertificate(Dialog):
    """Stays open while the page is drawn and signed, so that a refusal leaves what was typed; `issued` is the signed file."""

    def __init__(
        self, parent: QWidget | None, workbench: Workbench, certificate: Certificate, decided_by: str
    ) -> None:
        super().__init__(
            parent,
            _("Issue certificate {number}").format(number=certificate.number),
            _(
                "{name} decided and signs, with a key no auditor signed with. A signed file does not change any more."
            ).format(name=decided_by),
            accept=_("Sign certificate"),
            width=520,
        )
        self._bench, self._certificate, self._decided_by = workbench, certificate, decided_by
        self._job: Job | None = None
        self._is_leaving = False
        self.issued: IssuedFile | None = None
        self.key = KeyForm(workbench.settings, on=workbench.workspace.today())
        self.trial_button = Button(_("Make a key for trial…"), kind="link", icon_name="key-round")
        self.trial_button.clicked.connect(self._make_trial_key)
        self.language = QComboBox()
        for code, name in LANGUAGES:
            self.language.addItem(name, code)
        self.language.setCurrentIndex(max(0, self.language.findData(workbench.settings.report_language)))
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("Signing"))
        self.body.addWidget(self.key)
        self.body.addWidget(self.trial_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(field(_("Language of the certificate"), self.language))
        self.body.addWidget(self.bar)
        self.body.addStretch(1)
        self.bar.hide()
        self.key.file.setFocus()

    def accept(self) -> None:
        """Open the key, then draw and sign beside the window."""
        if self._job is not None:
            return
        self.show_problem("")
        key = self.key.opened()
        if key is None:
            return
        language = str(self.language.currentData())
        self._job = self._bench.jobs.run(
            _("Signing certificate {number}").format(number=self._certificate.number),
            partial(_issue, self._bench.workspace, self._certificate.id, key, language),
            self._done,
            self._refused,
            self._ended,
        )
        self._job.progressed.connect(self._progressed)
        self._show_busy()

    def reject(self) -> None:
        """Leaving stops the work first: a file that was signed all the same must be told of."""
        if self._job is None:
            super().reject()
            return
        self._is_leaving = True
        self._job.cancel()

    def done(self, result: int) -> None:
        """Passphrase and key are forgotten."""
        self.key.clear()
        super().done(result)

    @classmethod
    def ask(
        cls, workbench: Workbench, certificate: Certificate, decided_by: str, parent: QWidget | None = None
    ) -> IssuedFile | None:
        """Have it signed; the file, or None when it was left."""
        dialog = cls(parent, workbench, certificate, decided_by)
        dialog.exec()
        dialog.deleteLater()
        return dialog.issued

    def _make_trial_key(self) -> None:
        from ui.audit.trial_key_dialog import TrialKeyDialog

        made = TrialKeyDialog.ask(self._bench, self._decided_by, self)
        if made is not None:
            path, passphrase = made
            self.key.take_file(path)
            self.key.passphrase.setText(passphrase)
            self.key.opened()

    def _done(self, issued: IssuedFile) -> None:
        self._job, self.issued = None, issued
        tell(self._bench, "certificate.issued", issued)
        super().accept()

    def _refused(self, error: QmaError) -> None:
        self._ended()
        self.show_problem(error)

    def _ended(self) -> None:
        self._job = None
        self._show_busy()
        if self._is_leaving:
            super().reject()

    def _progressed(self, share: float, _text: str) -> None:
        self.bar.setRange(0, 100)
        self.bar.setValue(round(share * 100))

    def _show_busy(self) -> None:
        is_busy = self._job is not None
        self.bar.setRange(0, 0)
        self.bar.setVisible(is_busy)
        for widget in (self.key, self.trial_button, self.language, self.accept_button):
            widget.setEnabled(not is_busy)


def _issue(
    workspace: Workspace, certificate_id: CertificateId, key: SigningKey, language: str, progress: Progress
) -> IssuedFile:
    from qma_app.services.certificate_granting import issue_certificate

    return issue_certificate(workspace, certificate_id, key, language=language, progress=progress)
