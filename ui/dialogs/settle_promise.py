"""Says that a promise was kept, or that it is broken: on which day, and what was said about it."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from qma_app.domain.promise import Promise
from qma_app.i18n import _
from qma_app.services.promises import break_promise, keep_promise
from ui.dialogs.dialog import field
from ui.journey.asking import AskingDialog
from ui.promises.words import due_question
from ui.widgets.date_edit import DateEdit
from ui.workbench import Workbench


class SettlePromise(AskingDialog):
    """Today, without words, is one Enter away."""

    def __init__(
        self, parent: QWidget | None, workbench: Workbench, promise: Promise, *, is_kept: bool
    ) -> None:
        super().__init__(
            parent,
            workbench,
            _("The promise was kept") if is_kept else _("The promise is broken"),
            due_question(promise),
            accept=_("Note it as kept") if is_kept else _("Note it as broken"),
        )
        self._promise, self._is_kept = promise, is_kept
        settled = promise.kept_on if is_kept else promise.broken_on
        self.day = DateEdit(settled or workbench.workspace.today())
        self.outcome = QLineEdit(" ".join(promise.outcome.split()))
        self.outcome.setPlaceholderText(_("What came of it") if is_kept else _("Why, and what follows"))
        self.body.addWidget(field(_("What was said about it"), self.outcome))
        self.body.addWidget(field(_("Kept on") if is_kept else _("Given up on"), self.day))
        self.outcome.setFocus()

    def accept(self) -> None:
        """Store it."""
        use_case = keep_promise if self._is_kept else break_promise
        done = self.workbench.do(
            use_case, self._promise.id, on=self.day.day, outcome=self.outcome.text().strip()
        )
        if done is not None:
            super().accept()

    @classmethod
    def ask(
        cls, workbench: Workbench, promise: Promise, *, is_kept: bool, parent: QWidget | None = None
    ) -> bool:
        """Let somebody settle a promise; whether it was stored."""
        return cls(parent, workbench, promise, is_kept=is_kept).ask_until_done()
