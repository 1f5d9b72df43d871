"""The first step of an audit: who comes when to look at what, on how many days, told to the dealership in time, and the samples."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from qma_app.domain.assessment import Assessment
from qma_app.domain.audit import AuditSample, AuditSlot
from qma_app.domain.audit_path import StepCode
from qma_app.domain.record import Changes
from qma_app.domain.tie import Tie
from qma_app.i18n import _
from ui.audit.dates_card import DatesCard
from ui.audit.effort_card import EffortCard
from ui.audit.part import AuditPart
from ui.audit.plan_reading import PlanSheet, read_plan
from ui.audit.plan_table import PlanTable
from ui.audit.plan_words import scope_words
from ui.audit.reading import AuditDesk
from ui.audit.samples_card import SamplesCard
from ui.audit.scope_card import ScopeCard
from ui.audit.sending_card import SendingCard
from ui.audit.team_card import TeamCard
from ui.audit.ties_card import TiesCard
from ui.audit.timetable_card import TimetableCard
from ui.pages.page import GAP, scrolling
from ui.places import Place
from ui.shortcuts import Command, LetterKey, Shortcut
from ui.standards_view.table import WordTable
from ui.today.columns import Columns
from ui.workbench import Workbench


class PlanView(AuditPart):
    """Everything is stored as it is typed or chosen; whoever may not write in the audit sees the same cards without their buttons."""

    key: ClassVar[str] = "plan"

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        self.sheet: PlanSheet | None = None
        self.dates = DatesCard(workbench)
        self.team = TeamCard(workbench)
        self.ties = TiesCard(workbench)
        self.scope = ScopeCard(workbench)
        self.effort = EffortCard(workbench)
        self.timetable = TimetableCard(workbench)
        self.sending = SendingCard(workbench)
        self.samples = SamplesCard(workbench)
        self._wanted: PlanTable | None = None
        columns = Columns()
        for left in (self.dates, self.team, self.ties, self.timetable):
            columns.left.addWidget(left)
        for right in (self.sending, self.effort, self.scope):
            columns.right.addWidget(right)
        columns.left.addStretch(1)
        columns.right.addStretch(1)
        inside = QWidget()
        around = QVBoxLayout(inside)
        around.setContentsMargins(0, 0, 6, GAP)
        around.setSpacing(GAP)
        around.addWidget(columns)
        around.addWidget(self.samples)
        self.area = scrolling(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.area)
        for keys, act in (
            ("A", self.team.new),
            ("I", self.team.declare),
            ("N", self.ties.new),
            ("U", self.effort.work_out),
            ("T", self.timetable.propose),
            ("V", self.sending.save),
            ("M", self.sending.show_paper),
            ("G", self.sending.mark_sent),
        ):
            LetterKey(keys, self, act, is_on=self.has_letters)
        for card in (self.team, self.ties, self.timetable, self.scope):
            card.table.chosen.connect(self._follow)

    def show_desk(self, desk: AuditDesk) -> None:
        """Fill every card."""
        sheet = self.workbench.read(read_plan, desk, is_open=self.may_write)
        self.sheet = sheet
        for card in (self.dates, self.team, self.ties, self.scope, self.effort, self.timetable, self.sending):
            card.show_sheet(sheet)
        self.samples.show_desk(desk)

    def mark(self, changes: Changes) -> None:
        """Bring what an undo or redo changed into view."""
        for kind, card in (
            (AuditSample, self.samples),
            (AuditSlot, self.timetable),
            (Assessment, self.scope),
            (Tie, self.ties),
        ):
            if changes.touches(kind):
                self.area.ensureWidgetVisible(card)
                return

    def go(self, place: Place) -> None:
        """An area is looked for in the scope, a person in the team."""
        if place.area_id is not None:
            self._wanted = self.scope
            self.scope.select(place.area_id)
        elif place.person_id is not None:
            self._wanted = self.team
            self.team.select(place.person_id)

    def take_focus(self) -> None:
        """Into the card that was asked for; the team where none was."""
        card, self._wanted = self._wanted, None
        if card is not None:
            self.area.ensureWidgetVisible(card)
        if not (card or self.team).take_focus():
            self.sending.save_button.setFocus()

    def _follow(self, _key: object) -> None:
        """A line walked to by keys stays in sight: the tables are as high as their rows, so the page scrolls instead."""
        table, inside = self.sender(), self.area.widget()
        if isinstance(table, WordTable) and table.hasFocus() and inside is not None:
            line = table.visualRect(table.currentIndex())
            at = table.viewport().mapTo(inside, line.center())
            self.area.ensureVisible(at.x(), at.y(), 0, line.height())

    def new(self) -> None:
        """Ctrl+N: one more line of the timetable."""
        self.timetable.new()

    def flush(self) -> None:
        self.dates.flush()

    def status(self) -> str:
        """What the audit looks at, and what the step still misses."""
        if self.sheet is None:
            return ""
        step = self.sheet.desk.step(StepCode.PLAN)
        return " · ".join(filter(None, (scope_words(self.sheet), step.words if step is not None else "")))

    def shortcuts(self) -> tuple[Shortcut, ...]:
        return (
            Shortcut(keys="A", title=_("Add somebody to the team")),
            Shortcut(keys="I", title=_("Declare independence")),
            Shortcut(keys="N", title=_("Note a tie to the dealership")),
            Shortcut(keys="U", title=_("Work out the auditor days")),
            Shortcut(keys="T", title=_("Propose a timetable")),
            Shortcut(keys="Ctrl+N", title=_("Add a line to the timetable")),
            Shortcut(keys="V", title=_("Save plan and calendar")),
            Shortcut(keys="M", title=_("The plan on paper")),
            Shortcut(keys="G", title=_("The plan was sent")),
            Shortcut(keys="Return", title=_("Change a part, line or tie; leave an area out or take it in")),
            Shortcut(keys="Del", title=_("Take a person, line or tie out")),
            *self.samples.shortcuts(),
        )

    def commands(self) -> tuple[Command, ...]:
        saving = (
            Command(title=_("Save plan and calendar"), run=self.sending.save, keys="V", icon="save"),
            Command(title=_("Audit plan on paper"), run=self.sending.show_paper, keys="M", icon="file-text"),
        )
        if not self.may_write:
            return saving
        return (
            Command(title=_("Add somebody to the audit team"), run=self.team.new, keys="A", icon="users"),
            Command(title=_("Declare independence"), run=self.team.declare, keys="I", icon="signature"),
            Command(title=_("Note a tie to the dealership"), run=self.ties.new, keys="N", icon="link"),
            Command(title=_("Work out the auditor days"), run=self.effort.work_out, keys="U"),
            Command(title=_("Change the planning table"), run=self.effort.change_table),
            Command(title=_("Propose a timetable"), run=self.timetable.propose, keys="T"),
            Command(title=_("Add a line to the timetable"), run=self.timetable.new, keys="Ctrl+N"),
            *saving,
            Command(title=_("The audit plan was sent"), run=self.sending.mark_sent, keys="G"),
        )
