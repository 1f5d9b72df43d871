"""Chooses somebody for the audit team: everybody is shown with what stands against grading, and why."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QWidget

from qma_app.domain.audit import TeamPart
from qma_app.domain.ids import PersonId
from qma_app.i18n import _, day_text
from qma_app.services.audits import set_team
from ui import theme
from ui.audit.plan_reading import MemberChoice, PlanSheet, read_choices
from ui.audit.plan_words import choice_row, counted_from, part_title
from ui.audit.teaming import likely_part, with_member
from ui.dialogs.dialog import field
from ui.journey.asking import AskingDialog
from ui.models.standards_table import TableColumn
from ui.standards_view.table import WordTable
from ui.widgets.labels import PlainLabel
from ui.widgets.word_choice import WordChoice
from ui.workbench import Workbench


class MemberDialog(AskingDialog):
    """Somebody tied to the dealership may come as expert or observer; to grade, the service refuses with the records named."""

    def __init__(
        self, parent: QWidget | None, workbench: Workbench, sheet: PlanSheet, person_id: str
    ) -> None:
        super().__init__(
            parent,
            workbench,
            _("Part in the team") if person_id else _("Somebody for the team"),
            _("Ties count from {day} on.").format(day=day_text(counted_from(sheet.audit, sheet.desk.on))),
            accept=_("Save part") if person_id else _("Add to the team"),
            width=720,
        )
        self._sheet = sheet
        every = workbench.read(read_choices, sheet.audit.id, on=sheet.desk.on)
        taken = {str(one.person_id) for one in sheet.audit.team}
        self._choices = {
            str(one.person.id): one
            for one in every
            if one.person.id == person_id or (not person_id and one.person.id not in taken)
        }
        self.table = WordTable(
            _("Who may come"),
            (
                TableColumn(title=_("Name"), share=3, is_strong=True),
                TableColumn(title=_("Independence"), width=124, is_chip=True),
                TableColumn(title=_("What stands against it"), share=5),
            ),
            lines=9,
            is_opening=False,
        )
        self.part = WordChoice()
        for part in TeamPart:
            self.part.addItem(part_title(part), part)
        self._build(person_id)

    def _build(self, person_id: str) -> None:
        self.table.setFixedHeight(theme.px(150 if person_id else 280))
        self.body.addWidget(self.table)
        nobody = _("Nobody else is known. Enter people and their certificates under People first.")
        self.nobody = PlainLabel(nobody, tone="muted", wrap=True)
        self.body.addWidget(self.nobody)
        self.body.addWidget(field(_("Part"), self.part))
        self.table.show_rows([choice_row(one) for one in self._choices.values()])
        self.table.setVisible(bool(self._choices))
        self.nobody.setVisible(not self._choices)
        self.accept_button.setEnabled(bool(self._choices))
        member = self._sheet.member(person_id)
        if member is not None:
            self._show_part(member.part)
            self.part.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._chosen()
            self.table.chosen.connect(self._chosen)
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def chosen(self) -> MemberChoice | None:
        """Who the keyboard is on."""
        return self._choices.get(str(self.table.current_key))

    def accept(self) -> None:
        """Store it; a refusal names each rule and its records above the buttons."""
        chosen = self.chosen
        if chosen is None:
            return
        person_id = PersonId(chosen.person.id)
        team = with_member(self._sheet.audit.team, person_id, TeamPart(self.part.currentData()))
        if self.workbench.do(set_team, self._sheet.audit.id, team) is not None:
            super().accept()

    def _chosen(self, _key: object = None) -> None:
        chosen = self.chosen
        if chosen is not None:
            self.show_problem("")
            self._show_part(likely_part(self._sheet.audit.team, may_grade=bool(chosen.certificates)))

    def _show_part(self, part: TeamPart) -> None:
        blocker = QSignalBlocker(self.part)
        self.part.setCurrentIndex(list(TeamPart).index(part))
        blocker.unblock()

    @classmethod
    def ask(
        cls, workbench: Workbench, sheet: PlanSheet, person_id: str = "", parent: QWidget | None = None
    ) -> bool:
        """Let somebody add a person to the team, or change what the person does; whether it was stored."""
        return cls(parent, workbench, sheet, person_id).ask_until_done()
