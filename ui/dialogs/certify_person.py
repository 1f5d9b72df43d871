"""Notes a certificate, new or renewed: who, as what, its number and validity, training, supervised cases, yearly check."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from qma_app.domain.ids import PersonId
from qma_app.domain.people import Person, Role
from qma_app.domain.ports import Reader
from qma_app.domain.record import Changes
from qma_app.domain.wording import role_title
from qma_app.i18n import _
from qma_app.services.certificates import CertificateLine
from qma_app.services.people import add_person, certify_person, change_person, change_qualification
from ui.dialogs.dialog import Dialog, field, side_by_side
from ui.findings.date_field import DateField
from ui.widgets.number_edit import NumberEdit
from ui.workbench import Workbench

_DAYS = ("valid_from", "valid_until", "trained_on", "checked_on")


class CertifyPerson(Dialog):
    """Stores by itself, so that a refusal leaves what was typed; `changes` is what was stored last."""

    def __init__(
        self, parent: QWidget | None, workbench: Workbench, line: CertificateLine | None = None
    ) -> None:
        super().__init__(
            parent,
            _("New certificate") if line is None else line.person.name,
            _("A lapsed coach can finish what is open, but opens nothing new.") if line is None else "",
            accept=_("Save certificate"),
            width=560,
        )
        self._bench, self._line = workbench, line
        self.changes: Changes | None = None
        self._people: tuple[Person, ...] = workbench.read(_people_of_programme)
        self.name, self.role, self.number = QComboBox(), QComboBox(), QLineEdit()
        self.email, self.phone = QLineEdit(), QLineEdit()
        self.training = QLineEdit()
        self.supervised = NumberEdit(least=-1, most=999)
        self.supervised.setSpecialValueText(_("not noted"))
        self.days = {
            "valid_from": DateField(_("Valid from")),
            "valid_until": DateField(_("Valid until"), placeholder=_("no end")),
            "trained_on": DateField(_("Trained on")),
            "checked_on": DateField(_("Yearly check on")),
        }
        self._build()
        self._fill()
        self.name.editTextChanged.connect(self._check)
        workbench.failed.connect(self.show_problem)
        self._check()
        first = self.name if line is None else self.number
        first.setFocus()

    def _build(self) -> None:
        self.name.setEditable(True)
        self.name.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        for role in Role:
            self.role.addItem(role_title(role), role)
        self.body.addLayout(side_by_side(field(_("Name"), self.name), field(_("Certified as"), self.role)))
        self.body.addLayout(side_by_side(field(_("E-mail"), self.email), field(_("Phone"), self.phone)))
        self.body.addLayout(
            side_by_side(
                field(_("Certificate number"), self.number),
                field(_("Valid from"), self.days["valid_from"]),
                field(_("Valid until"), self.days["valid_until"]),
            )
        )
        self.body.addLayout(
            side_by_side(field(_("Training"), self.training), field(_("Trained on"), self.days["trained_on"]))
        )
        self.body.addLayout(
            side_by_side(
                field(_("Supervised cases"), self.supervised),
                field(_("Yearly check on"), self.days["checked_on"]),
            )
        )

    def _fill(self) -> None:
        today, line = self._bench.workspace.today(), self._line
        for person in self._people:
            self.name.addItem(person.name, person.id)
        self.name.setCurrentIndex(-1)
        self.name.setEditText("")
        self.supervised.setValue(-1)
        for edit in self.days.values():
            edit.show_day(None, today)
        if line is None:
            self.name.activated.connect(self._person_chosen)
            return
        held = line.qualification
        self.name.setEditText(line.person.name)
        self.email.setText(line.person.email)
        self.phone.setText(line.person.phone)
        self.role.setCurrentIndex(self.role.findData(held.role))
        self.role.setEnabled(False)
        self.number.setText(held.number)
        self.training.setText(held.training)
        self.supervised.setValue(-1 if held.supervised is None else held.supervised)
        for name, edit in self.days.items():
            edit.show_day(getattr(held, name), today)

    def _person_chosen(self, place: int) -> None:
        person = self._people[place]
        self.email.setText(person.email)
        self.phone.setText(person.phone)

    def accept(self) -> None:
        """Store it; what was refused is said above the buttons."""
        self.show_problem("")
        for edit in self.days.values():
            edit.flush()
        if pending := [edit for edit in self.days.values() if edit.is_pending]:
            self.show_problem(_("Type a day such as 2026-12-04, 4.12.26, 4 Dec or +14."))
            pending[0].field.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        person_id = self._stored_person()
        if person_id is None:
            return
        said: dict[str, Any] = {
            "number": self.number.text().strip(),
            "training": self.training.text().strip(),
            "supervised": None if self.supervised.value() < 0 else self.supervised.value(),
            **{name: edit.day for name, edit in self.days.items()},
        }
        if self._line is not None:
            self.changes = self._bench.do(change_qualification, self._line.qualification.id, **said)
        else:
            role = Role(self.role.currentData())
            self.changes = self._bench.do(certify_person, person_id, role=role, **said)
        if self.changes is not None:
            super().accept()

    def _stored_person(self) -> PersonId | None:
        """Who it is, added or corrected where that is new; None where that was refused."""
        words = {
            "name": " ".join(self.name.currentText().split()),
            "email": self.email.text().strip(),
            "phone": self.phone.text().strip(),
        }
        known = self._line.person if self._line is not None else self._person_named(words["name"])
        if known is None:
            changes = self._bench.do(add_person, **words)
            if changes is None:
                return None
            added = changes.made(Person)
            self._people = (*self._people, added)
            return added.id
        new = {name: text for name, text in words.items() if text != getattr(known, name)}
        if new and self._bench.do(change_person, known.id, **new) is None:
            return None
        return known.id

    def _person_named(self, name: str) -> Person | None:
        return next((one for one in self._people if one.name.casefold() == name.casefold()), None)

    def _check(self) -> None:
        self.accept_button.setEnabled(bool(self.name.currentText().strip()))

    @classmethod
    def ask(
        cls, workbench: Workbench, parent: QWidget | None = None, line: CertificateLine | None = None
    ) -> Changes | None:
        """What was stored; None when it was cancelled. With `line` a certificate is renewed or corrected."""
        dialog = cls(parent, workbench, line)
        dialog.exec()
        changes = dialog.changes
        workbench.failed.disconnect(dialog.show_problem)
        dialog.deleteLater()
        return changes


def _people_of_programme(reader: Reader) -> tuple[Person, ...]:
    found: Sequence[Person] = reader.all(Person, dealership_id=None)
    return tuple(sorted(found, key=lambda one: one.name.casefold()))
