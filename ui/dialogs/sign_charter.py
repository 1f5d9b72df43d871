"""Says that the charter was signed: by whom, where and when."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from qma_app.i18n import _
from qma_app.services.charters import sign_charter
from ui.agreement.reading import Agreed
from ui.dialogs.dialog import field, side_by_side
from ui.findings.owner_field import OwnerField
from ui.journey.asking import AskingDialog
from ui.widgets.date_edit import DateEdit
from ui.workbench import Workbench


class SignCharter(AskingDialog):
    """Who signs is as a rule the principal, and the place that of the house."""

    def __init__(self, parent: QWidget | None, workbench: Workbench, agreed: Agreed) -> None:
        super().__init__(
            parent,
            workbench,
            _("Sign the charter"),
            _(
                "From then on aim, coach's part and promises of the charter do not change any more: only undo right now takes it back."
            ),
            accept=_("It is signed"),
            width=480,
        )
        self._agreed = agreed
        self.by = OwnerField()
        self.by.show_people([one.name for one in agreed.people])
        self.by.set_text(agreed.principal.name if agreed.principal is not None else "")
        self.day = DateEdit(agreed.on)
        self.place = QLineEdit(agreed.dealership.city)
        self.body.addWidget(field(_("Signed by"), self.by))
        self.by.words.setAccessibleName(_("Signed by"))
        self.body.addLayout(side_by_side(field(_("Place"), self.place), field(_("Signed on"), self.day)))
        (self.accept_button if self.by.words.text() else self.by.words).setFocus()

    def accept(self) -> None:
        """Store it."""
        done = self.workbench.do(
            sign_charter,
            self._agreed.engagement.id,
            on=self.day.day,
            by=" ".join(self.by.words.text().split()),
            place=self.place.text().strip(),
        )
        if done is not None:
            super().accept()

    @classmethod
    def ask(cls, workbench: Workbench, agreed: Agreed, parent: QWidget | None = None) -> bool:
        """Let somebody say that the charter was signed; whether it was stored."""
        return cls(parent, workbench, agreed).ask_until_done()
