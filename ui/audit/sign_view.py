"""The step "Sign and lock" on the page of the audit: what is missing, signing, and afterwards the signed file and what is locked."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from qma_app.domain.audit import Audit
from qma_app.domain.ids import AuditId
from qma_app.domain.ports import Reader
from qma_app.domain.spot import Spot
from qma_app.i18n import _, ngettext
from ui.audit.checks_card import ChecksCard
from ui.audit.decision_reading import read_decision
from ui.audit.fact_rows import Facts
from ui.audit.part import AuditPart
from ui.audit.reading import AuditDesk
from ui.audit.signed_report_card import SignedReportCard, save_issued_file
from ui.dialogs.reason import ReasonDialog
from ui.journey.side_by_side import SideBySide
from ui.pages.page import scrolling
from ui.widgets.buttons import Button
from ui.widgets.cards import Card
from ui.widgets.labels import PlainLabel
from ui.workbench import Workbench


class SignView(AuditPart):
    """The button is there while whoever works may sign; what it still misses is listed and leads there."""

    key: ClassVar[str] = "sign"

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        self.sign_button = Button(_("Sign and lock…"), kind="primary", icon_name="lock")
        self.sign_button.clicked.connect(self.sign)
        self.reopen_button = Button(_("Reopen as a new revision…"), icon_name="lock-open")
        self.reopen_button.clicked.connect(self.reopen)
        self.checks = ChecksCard()
        self.checks.opened.connect(self._open)
        self.ready = Card(_("What signing does"))
        for words in (
            _(
                "The report is drawn, its data are attached, and it is signed with your key; no page can change unseen."
            ),
            _(
                "The audit, its ratings, findings, samples and evidence become read-only, by the program and by the database itself."
            ),
            _(
                "Undo ends at the signature. What turns out wrong is corrected in a new revision that names this one."
            ),
            _("The report recommends; somebody who was not in the team decides on the certificate."),
        ):
            self.ready.body.addWidget(PlainLabel(words, wrap=True))
            self.ready.body.addSpacing(8)
        self.ready.body.addStretch(1)
        self.before = SideBySide(self.checks, self.ready)
        self.report = SignedReportCard(workbench)
        self.locked = Card(_("Locked"))
        self.locked.body.setSpacing(8)
        self.facts = Facts()
        self.locked_words = PlainLabel("", wrap=True)
        self.locked.body.addWidget(self.locked_words)
        self.locked.body.addWidget(self.facts)
        self.locked.body.addStretch(1)
        self.after = SideBySide(self.report, self.locked)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 4, 14)
        column.setSpacing(16)
        column.addWidget(self.before)
        column.addWidget(self.after)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolling(inside))

    def buttons(self) -> tuple[QWidget, ...]:
        return self.reopen_button, self.sign_button

    def show_desk(self, desk: AuditDesk) -> None:
        audit = desk.view.audit
        self.before.setVisible(not audit.is_signed)
        self.after.setVisible(audit.is_signed)
        self.sign_button.setVisible(not audit.is_signed)
        missing = sum(not one.holds for one in desk.checks)
        self.sign_button.setEnabled(self.may_write and missing == 0)
        self.sign_button.setToolTip(
            ngettext("{count} thing is missing", "{count} things are missing", missing).format(count=missing)
            if missing
            else ""
        )
        self.checks.show_desk(desk)
        newer = self.workbench.read(_newer_revision, audit.id)
        self.reopen_button.setVisible(audit.is_signed and newer is None)
        if audit.is_signed:
            decision = self.workbench.read(read_decision, desk, self.workbench.workspace.worker)
            self.report.show_desk(decision)
            self._show_locked(desk, newer)

    def status(self) -> str:
        if self.desk is None or self.desk.view.audit.is_signed:
            return ""
        missing = sum(not one.holds for one in self.desk.checks)
        if not missing:
            return _("Ready to sign")
        return ngettext("{count} thing is missing", "{count} things are missing", missing).format(
            count=missing
        )

    def take_focus(self) -> None:
        missing = next((row for row in self.checks.rows.values() if row.leads_somewhere), None)
        if self.desk is not None and self.desk.view.audit.is_signed:
            self.report.save_button.setFocus(Qt.FocusReason.OtherFocusReason)
        elif missing is not None:
            missing.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.sign_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def sign(self) -> None:
        """Ask for the key, sign, and save the file into the folder of reports."""
        from ui.audit.sign_dialog import SignDialog

        if self.desk is None:
            return
        issued = SignDialog.ask(self.workbench, self.desk, self)
        if issued is not None:
            save_issued_file(self.workbench, issued)
            self.take_focus()

    def reopen(self) -> None:
        """Ask for the reason, and begin the new revision."""
        from qma_app.services.signing import reopen_audit

        if self.desk is None:
            return
        audit = self.desk.view.audit
        reason = ReasonDialog.ask(
            self,
            _("Reopen {number}").format(number=audit.number),
            _(
                "A new revision begins; the signed one stays as it is and readable. The new report names it and says why."
            ),
            accept=_("Begin revision {revision}").format(revision=audit.revision + 1),
        )
        if reason is not None:
            self.workbench.do(reopen_audit, audit.id, reason=reason)

    def _show_locked(self, desk: AuditDesk, newer: Audit | None) -> None:
        view = desk.view
        if newer is None:
            words = _(
                "Nothing of this can be changed, added or deleted any more; the change log would show it."
            )
        else:
            words = _("Revision {revision} stands for this one; this one stays readable.").format(
                revision=newer.revision
            )
        self.locked_words.setText(words)
        self.facts.show_facts(
            (
                (_("Ratings"), str(len(view.ratings))),
                (_("Findings"), str(len(desk.state.standing_findings))),
                (_("Files of evidence"), str(sum(desk.state.files_of.values()))),
                (_("Samples"), str(len(view.samples))),
                (_("Timetable"), str(len(view.slots))),
                (_("Edition"), view.edition.label),
            )
        )

    def _open(self, spot: Spot, _code: str) -> None:
        self.jump(spot)


def _newer_revision(reader: Reader, audit_id: AuditId) -> Audit | None:
    return next(iter(reader.all(Audit, revises=audit_id)), None)
