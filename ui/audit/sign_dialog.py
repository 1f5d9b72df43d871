"""Signs the report of an audit: the key, the language, and the work beside the window until the file is sealed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QProgressBar, QWidget

from qma_app.domain.audit import Audit
from qma_app.domain.certification import IssuedFile
from qma_app.domain.ids import AuditId
from qma_app.errors import QmaError
from qma_app.i18n import LANGUAGES, _
from ui.audit.key_form import KeyForm
from ui.audit.reading import AuditDesk
from ui.audit.recording import tell
from ui.dialogs.dialog import Dialog, field
from ui.jobs import Job, Progress
from ui.widgets.buttons import Button
from ui.widgets.labels import PlainLabel
from ui.workbench import Workbench

if TYPE_CHECKING:
    from qma_app.services.issuing import SigningKey
    from qma_app.services.workspace import Workspace


class SignDialog(Dialog):
    """`issued` is the signed file; None until there is one. Cancelling stops the work before anything is written."""

    def __init__(self, parent: QWidget | None, workbench: Workbench, desk: AuditDesk) -> None:
        super().__init__(
            parent,
            _("Sign and lock {number}").format(number=desk.view.audit.number),
            _(
                "The report is drawn, signed and looked at with suspicion; the audit and all it rests on is read-only from then on. "
                "Undo ends here; what turns out wrong is corrected in a new revision."
            ),
            accept=_("Sign and lock"),
            width=520,
        )
        self._bench, self._desk = workbench, desk
        self._job: Job | None = None
        self.issued: IssuedFile | None = None
        self.key = KeyForm(workbench.settings, on=workbench.workspace.today())
        self.trial_button = Button(_("Make a key for trial…"), kind="link", icon_name="key-round")
        self.trial_button.clicked.connect(self._make_trial_key)
        self.language = QComboBox()
        for code, name in LANGUAGES:
            self.language.addItem(name, code)
        wanted = desk.view.audit.language or desk.view.dealership.language
        self.language.setCurrentIndex(max(0, self.language.findData(wanted or "en")))
        self.bar = QProgressBar()
        self.bar.setRange(0, 100)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("Progress of signing"))
        self.stage = PlainLabel("", role="small", tone="muted")
        for widget in (self.bar, self.stage):
            widget.hide()
        self.body.addWidget(self.key)
        self.body.addWidget(self.trial_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(field(_("Language of the report"), self.language))
        self.body.addWidget(self.stage)
        self.body.addWidget(self.bar)
        self.body.addStretch(1)
        self.key.file.setFocus()

    @property
    def is_working(self) -> bool:
        return self._job is not None

    def accept(self) -> None:
        """Open the key and sign; a second press while it works does nothing."""
        if self._job is not None:
            return
        key = self.key.opened()
        if key is None:
            return
        self.show_problem("")
        self._show_working(is_working=True)
        self._job = self._bench.jobs.run(
            _("Signing {number}").format(number=self._desk.view.audit.number),
            partial(
                _sign,
                self._bench.workspace,
                self._desk.view.audit.id,
                key,
                str(self.language.currentData()),
            ),
            self._signed,
            self._refused,
            self._stopped,
        )
        self._job.progressed.connect(self._progressed)

    def reject(self) -> None:
        """Stop the work if there is any; else close."""
        if self._job is not None:
            self._job.cancel()
            self.stage.setText(_("Stopping…"))
            return
        self.key.clear()
        super().reject()

    def _make_trial_key(self) -> None:
        from ui.audit.trial_key_dialog import TrialKeyDialog

        worker = self._bench.workspace.worker
        name = self._desk.state.name_of(worker.person_id) if worker is not None else ""
        made = TrialKeyDialog.ask(self._bench, name, self)
        if made is not None:
            path, passphrase = made
            self.key.take_file(path)
            self.key.passphrase.setText(passphrase)
            self.key.opened()

    def _progressed(self, share: float, _text: str) -> None:
        self.bar.setValue(round(share * 100))

    def _signed(self, issued: IssuedFile) -> None:
        self._job = None
        self.issued = issued
        self.key.clear()
        self._bench.forget_undo()
        audit = self._bench.read(lambda reader: reader.get(Audit, self._desk.view.audit.id))
        tell(self._bench, "audit.signed", issued, audit)
        super().accept()

    def _refused(self, error: QmaError) -> None:
        self._job = None
        self._show_working(is_working=False)
        self.show_problem(error)

    def _stopped(self) -> None:
        self._job = None
        self._show_working(is_working=False)
        self.show_problem(_("Stopped: nothing was signed."))

    def _show_working(self, *, is_working: bool) -> None:
        self.bar.setValue(0)
        self.stage.setText(_("Drawing and signing the report…"))
        for widget in (self.bar, self.stage):
            widget.setVisible(is_working)
        for field_of in (self.key, self.trial_button, self.language, self.accept_button):
            field_of.setEnabled(not is_working)

    @classmethod
    def ask(cls, workbench: Workbench, desk: AuditDesk, parent: QWidget | None = None) -> IssuedFile | None:
        """The signed file; None when it was cancelled."""
        dialog = cls(parent, workbench, desk)
        issued = dialog.issued if dialog.exec() else None
        dialog.deleteLater()
        return issued


def _sign(
    workspace: Workspace, audit_id: AuditId, key: SigningKey, language: str, progress: Progress
) -> IssuedFile:
    from qma_app.services.signing import sign_audit

    def heard(share: float) -> bool:
        return progress(share)

    return sign_audit(workspace, audit_id, key, language=language, progress=heard)
