"""Notes when a dealership cannot be visited, or corrects it."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from qma_app.domain.dealership import ClosingDay
from qma_app.i18n import _
from qma_app.services.closing_times import add_closing_time, change_closing_time
from ui.agreement.reading import Agreed
from ui.dialogs.dialog import field, side_by_side
from ui.findings.date_field import DateField
from ui.journey.asking import AskingDialog
from ui.workbench import Workbench


class ClosingTime(AskingDialog):
    """First and last day, both included; one day is enough."""

    def __init__(
        self, parent: QWidget | None, workbench: Workbench, agreed: Agreed, closing: ClosingDay | None
    ) -> None:
        super().__init__(
            parent,
            workbench,
            _("Closing time"),
            _("No visit is planned then."),
            accept=_("Save closing time") if closing else _("Add closing time"),
        )
        self._agreed, self._closing = agreed, closing
        self.first = DateField(_("First day"), placeholder=_("24 Dec"))
        self.last = DateField(_("Last day"), placeholder=_("the same day"))
        self.words = QLineEdit(closing.words if closing else "")
        self.words.setPlaceholderText(_("Works holiday, stocktaking"))
        self.first.show_day(closing.first_on if closing else None, agreed.on)
        self.last.show_day(closing.last_on if closing else None, agreed.on)
        self.body.addLayout(side_by_side(field(_("First day"), self.first), field(_("Last day"), self.last)))
        self.body.addWidget(field(_("Why"), self.words))
        self.first.setFocus()

    def accept(self) -> None:
        """Store it; a day that cannot be read is said above the buttons."""
        self.first.flush()
        self.last.flush()
        first = self.first.day
        if first is None or self.first.is_pending or self.last.is_pending:
            self.show_problem(_("Type a day such as 2026-12-04, 4.12.26, 4 Dec or +14."))
            return
        last, words = self.last.day or first, self.words.text().strip()
        done = (
            self.workbench.do(
                add_closing_time, self._agreed.dealership.id, first_on=first, last_on=last, words=words
            )
            if self._closing is None
            else self.workbench.do(
                change_closing_time, self._closing.id, first_on=first, last_on=last, words=words
            )
        )
        if done is not None:
            super().accept()

    @classmethod
    def ask(
        cls,
        workbench: Workbench,
        agreed: Agreed,
        closing: ClosingDay | None = None,
        parent: QWidget | None = None,
    ) -> bool:
        """Let somebody note or correct a closing time; whether it was stored."""
        return cls(parent, workbench, agreed, closing).ask_until_done()
