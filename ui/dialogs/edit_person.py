"""Asks for somebody new: a name is enough, the rest can follow in the panel."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from qma_app.domain.people import Person
from qma_app.i18n import _
from qma_app.services.people import add_person
from ui.dialogs.dialog import Dialog, field, side_by_side
from ui.widgets.buttons import Button
from ui.workbench import Workbench


class EditPerson(Dialog):
    """Stores by itself, so that a refusal leaves what was typed; “Add and next” goes on with an empty form.

    `is_of_house` False is for coaches, auditors and others of the programme itself.
    """

    def __init__(
        self, parent: QWidget | None, workbench: Workbench, *, name: str = "", is_of_house: bool = True
    ) -> None:
        detail = _("A name is enough to begin. Everything else can be added at any time.")
        super().__init__(parent, _("Add a person"), detail, accept=_("Add person"), width=560)
        self._bench, self._is_of_house = workbench, is_of_house
        self.made: str | None = None
        self.name, self.function = QLineEdit(name), QLineEdit()
        self.email, self.phone = QLineEdit(), QLineEdit()
        self.body.addWidget(field(_("Name"), self.name))
        self.body.addWidget(field(_("Function"), self.function))
        self.body.addLayout(side_by_side(field(_("E-mail"), self.email), field(_("Phone"), self.phone)))
        self.next_button = Button(_("Add and next"), keys="Ctrl+Return", acts_on_keys=True)
        self.next_button.clicked.connect(self.add_and_next)
        self.buttons.insertWidget(self.buttons.count() - 1, self.next_button)
        self.name.textChanged.connect(self._check)
        workbench.failed.connect(self.show_problem)
        self._check()
        self.name.setFocus()

    def accept(self) -> None:
        """Add the person; what was refused is said above the buttons."""
        if self._add():
            super().accept()

    def add_and_next(self) -> None:
        """Add the person and begin with the next one."""
        if not self._add():
            return
        for edit in (self.name, self.function, self.email, self.phone):
            edit.clear()
        self.name.setFocus()

    def _add(self) -> bool:
        if not self.accept_button.isEnabled():
            return False
        self.show_problem("")
        changes = self._bench.do(
            add_person,
            name=self.name.text(),
            dealership_id=self._bench.dealership_id if self._is_of_house else None,
            function=self.function.text().strip(),
            email=self.email.text().strip(),
            phone=self.phone.text().strip(),
        )
        if changes is None:
            return False
        self.made = changes.made(Person).id
        return True

    def _check(self) -> None:
        is_named = bool(self.name.text().strip())
        for button in (self.accept_button, self.next_button):
            button.setEnabled(is_named)

    @classmethod
    def ask(
        cls,
        workbench: Workbench,
        parent: QWidget | None = None,
        *,
        name: str = "",
        is_of_house: bool = True,
    ) -> str | None:
        """The id of the person added last; None when nobody was."""
        dialog = cls(parent, workbench, name=name, is_of_house=is_of_house)
        dialog.exec()
        made = dialog.made
        workbench.failed.disconnect(dialog.show_problem)
        dialog.deleteLater()
        return made
