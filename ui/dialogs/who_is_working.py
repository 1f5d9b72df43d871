"""Asks who is working, and as what: entries of the change log and papers name that person."""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QWidget

from qma_app.domain.people import Role
from qma_app.domain.wording import role_title
from qma_app.i18n import _
from ui.dialogs.dialog import Dialog, field, side_by_side
from ui.widgets.buttons import Button
from ui.widgets.date_edit import DateEdit

if TYPE_CHECKING:
    from qma_app.services.working import WorkerView


@dataclass(frozen=True, kw_only=True, slots=True)
class Working:
    """Who sits down; an empty name means nobody is to be named."""

    name: str
    role: Role = Role.COACH
    number: str = ""
    valid_until: date | None = None


class WhoIsWorkingDialog(Dialog):
    """Prefilled with who is working, else with the name this computer knows."""

    def __init__(
        self, parent: QWidget | None, choices: Sequence[WorkerView], current: WorkerView | None, today: date
    ) -> None:
        super().__init__(
            parent,
            _("Who is working?"),
            _("The name stands on papers and in the change log. It stays on this computer."),
            accept=_("Save name"),
        )
        self._choices = tuple(choices)
        self.name = QComboBox()
        self.name.setEditable(True)
        self.name.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        # It would complete a typed name to "name · role" on Enter.
        self.name.setCompleter(None)  # type: ignore[arg-type]  # Qt takes None, its stubs do not say so
        for choice in self._choices:
            self.name.addItem(f"{choice.name} · {role_title(choice.role)}")
        self.role = QComboBox()
        for role in Role:
            self.role.addItem(role_title(role), role)
        self.number = QLineEdit()
        self.has_end = QCheckBox(_("Valid until"))
        self.until = DateEdit(date(today.year + 1, 12, 31))
        self.until.setEnabled(False)
        self.until.setAccessibleName(_("Valid until"))
        self.has_end.toggled.connect(self.until.setEnabled)
        self.body.addWidget(field(_("Name"), self.name))
        self.body.addWidget(field(_("Works as"), self.role))
        self.body.addWidget(field(_("Certificate number"), self.number))
        self.body.addLayout(side_by_side(self.has_end, self.until))
        nobody = Button(_("Name nobody"), kind="quiet")
        nobody.clicked.connect(self._name_nobody)
        nobody.setVisible(current is not None)
        self.buttons.insertWidget(0, nobody)
        self.cancel_button.say(_("Skip") if current is None else _("Cancel"))
        self._is_nobody = False
        self._filled = ""
        self.name.activated.connect(self._take)
        self.name.editTextChanged.connect(self._check)
        self._prefill(current)
        self._check()
        self.name.setFocus()
        self.role.activated.connect(self._certificate_follows)
        if (line := self.name.lineEdit()) is not None:
            line.textEdited.connect(self._name_typed)
            line.selectAll()

    def answer(self) -> Working:
        """What stands in the fields now."""
        if self._is_nobody:
            return Working(name="")
        return Working(
            name=self.name.currentText().strip(),
            role=Role(self.role.currentData()),
            number=self.number.text().strip(),
            valid_until=self.until.day if self.has_end.isChecked() else None,
        )

    def _prefill(self, current: WorkerView | None) -> None:
        if current is not None:
            self._show(current)
        elif self._choices:
            self._show(self._choices[0])
        else:
            self.name.setEditText(_system_name())

    def _take(self, place: int) -> None:
        if 0 <= place < len(self._choices):
            self._show(self._choices[place])

    def _show(self, worker: WorkerView) -> None:
        self.name.setEditText(worker.name)
        self.role.setCurrentIndex(self.role.findData(worker.role))
        self._show_certificate(worker)

    def _name_typed(self, text: str) -> None:
        """A certificate belongs to a person: another name takes that person's, or none."""
        named = self._known(text)
        role = Role(self.role.currentData())
        if named and role not in [one.role for one in named]:
            self.role.setCurrentIndex(self.role.findData(named[0].role))
        self._certificate_follows()

    def _certificate_follows(self) -> None:
        """Show the certificate of whoever is named, for what they work as; one that was typed here stays."""
        role = Role(self.role.currentData())
        held = next((one for one in self._known(self.name.currentText()) if one.role is role), None)
        if held is not None:
            self._show_certificate(held)
        elif self.number.text() == self._filled:
            self._show_certificate(None)

    def _show_certificate(self, worker: WorkerView | None) -> None:
        self._filled = worker.number if worker is not None else ""
        self.number.setText(self._filled)
        until = worker.valid_until if worker is not None else None
        self.has_end.setChecked(until is not None)
        if until is not None:
            self.until.show_day(until)

    def _known(self, text: str) -> list[WorkerView]:
        wanted = text.strip().casefold()
        return [one for one in self._choices if one.name.casefold() == wanted]

    def _name_nobody(self) -> None:
        self._is_nobody = True
        self.accept()

    def _check(self) -> None:
        self.accept_button.setEnabled(bool(self.name.currentText().strip()))

    @classmethod
    def ask(
        cls,
        parent: QWidget | None,
        choices: Sequence[WorkerView],
        current: WorkerView | None,
        *,
        today: date,
    ) -> Working | None:
        """Who is working from now on; None when it was skipped."""
        dialog = cls(parent, choices, current, today)
        answer = dialog.answer() if dialog.exec() else None
        dialog.deleteLater()
        return answer


def _system_name() -> str:
    try:
        name = getpass.getuser()
    except (OSError, KeyError):
        return ""  # an account without a name: the coach types it
    return name.replace(".", " ").replace("_", " ").title()
