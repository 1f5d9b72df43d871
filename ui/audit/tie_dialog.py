"""Notes what ties somebody to the dealership, or corrects it."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget

from qma_app.domain.tie import Tie, TieKind
from qma_app.i18n import _
from qma_app.services.audit_people import change_tie, note_tie
from ui.audit.plan_reading import PlanSheet, read_programme_people
from ui.audit.plan_words import tie_title
from ui.dialogs.dialog import field, side_by_side
from ui.findings.date_field import DateField
from ui.journey.asking import AskingDialog
from ui.people.reading import named_apart
from ui.widgets.word_choice import WordChoice
from ui.workbench import Workbench


class TieDialog(AskingDialog):
    """Who, what, from when until when; an empty day means from ever, or still."""

    def __init__(
        self, parent: QWidget | None, workbench: Workbench, sheet: PlanSheet, tie: Tie | None
    ) -> None:
        super().__init__(
            parent,
            workbench,
            _("Tie to the dealership"),
            accept=_("Save tie") if tie else _("Note tie"),
            width=480,
        )
        self._sheet, self._tie = sheet, tie
        self.who, self.kind = WordChoice(), WordChoice()
        for label, id in named_apart(workbench.read(read_programme_people)).items():
            self.who.addItem(label, id)
        if tie is not None and self.who.findData(tie.person_id) < 0:
            self.who.addItem(sheet.name_of(tie.person_id), tie.person_id)
        for kind in TieKind:
            self.kind.addItem(tie_title(kind), kind)
        self.first = DateField(_("From"), placeholder=_("from ever"))
        self.last = DateField(_("Until"), placeholder=_("still"))
        self.words = QLineEdit(tie.words if tie else "")
        self.words.setPlaceholderText(_("Where it is known from"))
        self.body.addWidget(field(_("Who"), self.who))
        self.body.addWidget(field(_("Tie"), self.kind))
        self.body.addLayout(side_by_side(field(_("From"), self.first), field(_("Until"), self.last)))
        self.body.addWidget(field(_("In words"), self.words))
        self.first.show_day(tie.from_on if tie else None, sheet.desk.on)
        self.last.show_day(tie.until_on if tie else None, sheet.desk.on)
        if tie is not None:
            self.who.setCurrentIndex(self.who.findData(tie.person_id))
            self.kind.setCurrentIndex(list(TieKind).index(tie.kind))
        self.who.setEnabled(tie is None)
        (self.who if tie is None else self.kind).setFocus()

    def accept(self) -> None:
        """Store it; days in the wrong order are refused above the buttons."""
        self.first.flush()
        self.last.flush()
        if self.first.is_pending or self.last.is_pending:
            self.show_problem(_("Type a day such as 2026-12-04, 4.12.26, 4 Dec or +14."))
            return
        kind = TieKind(self.kind.currentData())
        fields: dict[str, Any] = {
            "from_on": self.first.day,
            "until_on": self.last.day,
            "words": self.words.text().strip(),
        }
        if self._tie is not None:
            done = self.workbench.do(change_tie, self._tie.id, kind=kind, **fields)
        elif self.who.currentData() is None:
            self.show_problem(_("Enter the people of the programme first."))
            return
        else:
            dealership_id = self._sheet.desk.view.dealership.id
            done = self.workbench.do(note_tie, self.who.currentData(), dealership_id, kind, **fields)
        if done is not None:
            super().accept()

    @classmethod
    def ask(
        cls, workbench: Workbench, sheet: PlanSheet, tie: Tie | None = None, parent: QWidget | None = None
    ) -> bool:
        """Let somebody note or correct a tie; whether it was stored."""
        return cls(parent, workbench, sheet, tie).ask_until_done()
