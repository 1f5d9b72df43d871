"""The signed files of a certificate, and the register that tells everybody which papers count."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from qma_app.domain.certification import IssuedFile, Signer
from qma_app.domain.ids import IssuedFileId
from qma_app.i18n import _, day_text, instant_text
from ui.audit.certificate_reading import CertificateDesk
from ui.audit.digest_row import DigestRow
from ui.settings_view.controls import language_name
from ui.widgets.buttons import Button, MenuButton
from ui.widgets.cards import Card, clear, rule
from ui.widgets.chips import Chip
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import PlainLabel


class IssuedRow(QWidget):
    """One file: language, day, who signed, its SHA-256; `saving` and `revoking` carry its id."""

    saving = Signal(str)
    revoking = Signal(str)

    def __init__(
        self, file: IssuedFile, signer: Signer | None, *, may_revoke: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.file_id: IssuedFileId = file.id
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(PlainLabel(language_name(file.language), role="strong", wrap=True), 1)
        if file.is_trial:
            head.addWidget(Chip(_("TRIAL"), tone="warn"))
        if file.revoked_on is not None:
            head.addWidget(Chip(_("revoked"), tone="bad"))
        said = _("Signed on {day} by {name}").format(
            day=instant_text(file.issued_at), name=signer.name if signer is not None else ""
        )
        self.digest = DigestRow(_("SHA-256 of the file"), file.digest)
        self.save_button = Button(_("Save PDF"), icon_name="download")
        self.revoke_button = Button(_("Revoke…"), kind="quiet")
        self.save_button.clicked.connect(self._save)
        self.revoke_button.clicked.connect(self._revoke)
        buttons = FlowLayout()
        buttons.addWidget(self.save_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 8)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(PlainLabel(said, tone="muted", wrap=True))
        if file.revoked_on is not None:
            words = _("Revoked on {day}: {reason}").format(
                day=day_text(file.revoked_on), reason=file.revoked_reason
            )
            column.addWidget(PlainLabel(words, tone="bad", wrap=True))
        elif may_revoke:
            buttons.addWidget(self.revoke_button)
        column.addWidget(self.digest)
        column.addLayout(buttons)
        if self.revoke_button.parent() is None:
            self.revoke_button.setParent(self)
            self.revoke_button.hide()

    def _save(self) -> None:
        self.saving.emit(self.file_id)

    def _revoke(self) -> None:
        self.revoking.emit(self.file_id)


class IssuedCard(Card):
    """There once the certificate was signed."""

    saving = Signal(str)
    revoking = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Signed files"), parent=parent)
        self.rows = QVBoxLayout()
        self.rows.setSpacing(0)
        self.body.addLayout(self.rows)

    def show_desk(self, desk: CertificateDesk) -> None:
        """Show the files of this certificate, the newest first."""
        self.setVisible(bool(desk.files))
        clear(self.rows)
        for place, file in enumerate(desk.files):
            if place:
                self.rows.addWidget(rule())
            signer = desk.signers.get(file.signer_id)
            row = IssuedRow(file, signer, may_revoke=desk.is_decision_maker_at_work)
            row.saving.connect(self.saving)
            row.revoking.connect(self.revoking)
            self.rows.addWidget(row)


class RegisterCard(Card):
    """`saving` carries the suffix the register is wanted with, `checking` asks for the check of a paper."""

    saving = Signal(str)
    checking = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Register"), parent=parent)
        self.save_button = MenuButton(_("Save register"))
        for words, suffix in ((_("As a workbook (Excel)"), ".xlsx"), (_("For programs (JSON)"), ".json")):
            self.save_button.choices.addAction(words).setData(suffix)
        self.save_button.choices.triggered.connect(self._chosen)
        self.check_button = Button(_("Check a paper…"), icon_name="shield-check")
        self.check_button.clicked.connect(self.checking)
        words = _(
            "Certificates, signed files with their SHA-256, known signers and what was revoked, for everybody who checks a paper."
        )
        row = FlowLayout()
        row.addWidget(self.save_button)
        row.addWidget(self.check_button)
        around = QVBoxLayout()
        around.addLayout(row)
        self.body.setSpacing(8)
        self.body.addWidget(PlainLabel(words, tone="muted", wrap=True))
        self.body.addLayout(around)

    def _chosen(self, action: object) -> None:
        self.saving.emit(str(action.data()))  # type: ignore[attr-defined]  # the signal of a menu carries a QAction
