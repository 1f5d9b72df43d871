"""Who comes, and as what: each with what the records tell about independence and with what the person declared."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from qma_app.i18n import _, ngettext
from ui.audit.plan_reading import PlanSheet
from ui.audit.plan_table import PlanTable
from ui.audit.plan_words import conflict_text, team_columns, team_row
from ui.audit.teaming import without_member
from ui.places import Place
from ui.widgets.buttons import Button
from ui.workbench import Workbench


class TeamCard(PlanTable):
    """Enter changes somebody's part, Delete takes somebody out; declarations are made in a dialog."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, _("Team"), team_columns(), _("Nobody is named yet."), parent=parent)
        self.add_member_button = self.add_act(Button(_("Add somebody…"), keys="A"), self.new)
        self.part_button = self.add_act(
            Button(_("Change part…"), keys="Return"), self.change_part, needs_line=True
        )
        self.declare_button = self.add_act(Button(_("Declare…"), keys="I"), self.declare, needs_line=True)
        self.people_button = Button(_("People…"), kind="link")
        self.people_button.clicked.connect(self._to_people)
        self.add_button(self.people_button)

    def show_sheet(self, sheet: PlanSheet) -> None:
        self.sheet = sheet
        rows = [team_row(one, sheet) for one in sheet.audit.team]
        against = [
            conflict_text(one) for member in sheet.audit.team for one in sheet.conflicts(member.person_id)
        ]
        missing = sheet.missing("team", "declarations")
        self.show_rows(rows, " ".join(filter(None, (*against, missing))))
        self.hint.set_tone("bad" if against else "muted")
        count, tied = len(rows), bool(against)
        self.state.say(
            _("not independent")
            if tied
            else ngettext("{count} person", "{count} people", count).format(count=count),
            "bad" if tied else "neutral",
        )
        self.state.setVisible(bool(rows))
        self.show_writing()

    def new(self) -> None:
        """Choose somebody for the team."""
        self._ask("")

    def change_part(self) -> None:
        """Change what the person the keyboard is on does."""
        if self.current:
            self._ask(self.current)

    def declare(self) -> None:
        """Note what the person the keyboard is on declares."""
        from ui.audit.declaration_dialog import DeclarationDialog

        sheet = self.open_sheet
        member = sheet.member(self.current) if sheet is not None else None
        if sheet is not None and member is not None:
            DeclarationDialog.ask(self._bench, sheet, member, self)
            self.table.setFocus()

    def select(self, person_id: str) -> None:
        """Put the keyboard on somebody."""
        self.table.select(person_id)

    def open_line(self, key: str) -> None:
        self._ask(key)

    def remove_line(self, key: str) -> None:
        from qma_app.services.audits import set_team

        sheet = self.open_sheet
        member = sheet.member(key) if sheet is not None else None
        if sheet is None or member is None:
            return
        name = sheet.name_of(member.person_id)
        if self._bench.do(set_team, sheet.audit.id, without_member(sheet.audit.team, key)) is not None:
            self._bench.deleted.emit(_("{name} is no longer in the team.").format(name=name))

    def _ask(self, person_id: str) -> None:
        from ui.audit.member_dialog import MemberDialog

        sheet = self.open_sheet
        if sheet is not None:
            MemberDialog.ask(self._bench, sheet, person_id, self)
            self.take_focus()

    def _to_people(self) -> None:
        id = self.current or None
        self._bench.jump_to.emit(Place(page="people", dealership_id=self._bench.dealership_id, person_id=id))
