"""Asks why no records, or fewer than the standard asks for, are drawn for a checkpoint."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from qma_app.domain.edition import Checkpoint
from qma_app.domain.ids import AuditId
from qma_app.i18n import _
from qma_app.services.audit_conduct import write_look
from ui.dialogs.dialog import field
from ui.journey.asking import AskingDialog
from ui.widgets.buttons import Button
from ui.workbench import Workbench


class NoSample(AskingDialog):
    """The reason stands in the report; taken away, the records are wanted again."""

    def __init__(
        self,
        parent: QWidget | None,
        workbench: Workbench,
        audit_id: AuditId,
        checkpoint: Checkpoint,
        reason: str,
    ) -> None:
        super().__init__(
            parent,
            workbench,
            _("Why no records are drawn"),
            f"{checkpoint.number}  {checkpoint.statement}",
            accept=_("Save reason"),
            width=520,
        )
        self._audit_id, self._checkpoint_id, self._before = audit_id, checkpoint.id, reason
        self.reason = QLineEdit(reason)
        self.body.addWidget(
            field(
                _("Reason"),
                self.reason,
                _("It stands in the report. Left empty, the records are wanted again."),
            )
        )
        for place, words in enumerate(
            (
                _("The dealership keeps no list of such records."),
                _("There was no such case since the last audit."),
            ),
            1,
        ):
            button = Button(words, kind="link", keys=f"Alt+{place}", acts_on_keys=True)
            button.setProperty("words", words)
            button.clicked.connect(self._take)
            self.body.addWidget(button)
        self.reason.textChanged.connect(self._check)
        self._check()
        self.reason.setFocus()

    def accept(self) -> None:
        """Store it; it stays open where that was refused."""
        self.show_problem("")
        given = self.reason.text().strip()
        if self.workbench.do(write_look, self._audit_id, self._checkpoint_id, no_sample=given) is not None:
            super().accept()

    def _take(self) -> None:
        sender = self.sender()
        if isinstance(sender, Button):
            self.reason.setText(str(sender.property("words")))

    def _check(self) -> None:
        self.accept_button.setEnabled(self.reason.text().strip() != self._before)

    @classmethod
    def ask(
        cls,
        workbench: Workbench,
        audit_id: AuditId,
        checkpoint: Checkpoint,
        reason: str = "",
        parent: QWidget | None = None,
    ) -> bool:
        """Whether it was stored."""
        return cls(parent, workbench, audit_id, checkpoint, reason).ask_until_done()
