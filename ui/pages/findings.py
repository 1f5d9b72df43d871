"""Everything that was found and what is done about it: table, board, causes and evidence, the finding chosen beside them."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from qma_app.domain.action import Action
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.ids import ActionId, FindingId
from qma_app.domain.record import Changes
from qma_app.i18n import _
from qma_app.services.findings import delete_finding
from qma_app.services.findings_listing import first_finding_of
from ui.findings.findings_keys import commands_of, shortcuts_of
from ui.findings.in_step import FindingsInStep
from ui.findings.view_switch import View, view_of
from ui.models.findings_rows import Column, RowFilter, Tab
from ui.places import Place
from ui.shortcuts import Command, LetterKey, Shortcut
from ui.workbench import Workbench


class FindingsPage(FindingsInStep):
    """The views at the left; the panel at the right, over them where the window is narrow."""

    key: ClassVar[str] = "findings"
    title: ClassVar[str] = _("Findings & actions")
    icon: ClassVar[str] = "flag"
    position: ClassVar[int] = 4

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        self._connect()

    def _connect(self) -> None:
        self.head.new_wanted.connect(self.new)
        self.head.switch.chosen.connect(self._view_chosen)
        self.head.excel.choices.aboutToShow.connect(self._offer_workbook)
        self.empty.wanted.connect(self.new)
        self.list.all_wanted.connect(self.show_all)
        self.list.area_wanted.connect(self._area_wanted)
        self.list.cause_wanted.connect(self._cause_wanted)
        self.views.category_wanted.connect(self._cause_wanted)
        self.views.card_opened.connect(self._card_opened)
        self.views.card_chosen.connect(self.went)
        self.views.going.connect(self.going)
        self.table.opened.connect(self._opened)
        self.table.delete_wanted.connect(self.delete)
        self.editor.raised.connect(self._raised)
        self.editor.delete_wanted.connect(self.delete)
        self.editor.close_wanted.connect(self.close_panel)
        self.editor.going.connect(self.going)
        self._connect_keys()

    def _connect_keys(self) -> None:
        letters = {"F": self.new, "E": self._choose_files}
        letters |= {view.letter: partial(self.show_view, view) for view in View}
        for letter, act in letters.items():
            LetterKey(letter, self, act, is_on=self._has_letters)
        for keys, act in (("Esc", self._escaped), ("Ctrl+V", self._paste)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _has_letters(self) -> bool:
        return self.workbench.settings.single_letters

    def _offer_workbook(self) -> None:
        self.workbook.offer(self.head.excel, self.filters.row_filter)

    def _view_chosen(self, name: str) -> None:
        view = view_of(name)
        if view is not None:
            self.show_view(view)

    def show_view(self, view: View) -> None:
        """Show the table, the board, the causes or the evidence."""
        if view is not self.views.view:
            self._turn_to(view)
            self.went.emit()
        self._into_view()

    def _turn_to(self, view: View) -> None:
        self.flush()
        self._is_asked_for = False
        self.views.show_view(view)
        self.head.switch.choose(view.value)
        self.filters.show_for(findings=view is not View.BOARD)
        self._show_parts()

    def _area_wanted(self, area_id: str) -> None:
        known = {area.id: area.id for area in self._around.edition.areas} if self._around else {}
        wanted = next((id for id in known if id == area_id), None)
        self.filters.show_filter(RowFilter(tab=Tab.OPEN, area_id=wanted))

    def _cause_wanted(self, category: str) -> None:
        """List what a bar counts: of what is open under the table, of what is shown in the view of causes."""
        if self.views.view is View.TABLE:
            self.filters.show_filter(RowFilter(tab=Tab.OPEN, cause=category))
        else:
            self.filters.show_filter(replace(self.filters.row_filter, cause=category))
            self.show_view(View.TABLE)

    def show_all(self) -> None:
        """Take every filter back."""
        self.filters.show_filter(RowFilter())
        self._into_view()

    def _opened(self, _finding_id: str) -> None:
        self.beside.unfold()
        self.editor.take_focus()

    def _card_opened(self, action_id: str) -> None:
        """The finding behind a card, beside the board."""
        finding_id = first_finding_of(self.workbench.workspace, ActionId(action_id))
        if finding_id is None:
            self.workbench.told.emit(_("This action serves no finding yet."))
            return
        self._show_finding(finding_id)
        self.editor.show_action(action_id)
        self.went.emit()

    def new(self) -> None:
        """An empty form beside the table; its first words make it a finding."""
        engagement = self.workbench.engagement
        if engagement is None:
            return
        around = self._around
        self.editor.begin_new(
            Finding(
                id=FindingId(""),
                engagement_id=engagement.id,
                number=0,
                grade=FindingGrade.MINOR,
                statement="",
                assessment_id=around.open_assessment.id if around and around.open_assessment else None,
                seen_on=self.workbench.workspace.today(),
            )
        )
        self._show_parts()
        self.beside.unfold()
        self.editor.take_focus()

    def _raised(self, finding_id: str) -> None:
        for row_filter in (self.filters.row_filter, RowFilter(tab=Tab.OPEN), RowFilter()):
            self.filters.show_filter(row_filter)
            if self.table.select(finding_id):
                break
        self._is_asked_for = True
        self._show_chosen()

    def delete(self, finding_id: str) -> None:
        """Move a finding to the bin; the window offers Undo."""
        rows = self.table.findings.rows
        place = rows.place_of(finding_id) if rows is not None else None
        if rows is None or place is None:
            return
        label = rows.row(place).label
        self.flush()
        if self.workbench.do(delete_finding, FindingId(finding_id)) is not None:
            self.workbench.deleted.emit(_("Finding {label} deleted.").format(label=label))
            self._into_view()

    def close_panel(self) -> None:
        """Back to the view; where the panel lies over it or was asked for, it goes away."""
        self.flush()
        self._is_asked_for = False
        if self.editor.is_new:
            self._show_detail()
        self.beside.fold()
        self._show_parts()
        self._into_view()

    def _escaped(self) -> None:
        if self._is_in_panel() or (self._is_asked_for and self.views.view is not View.TABLE):
            self.close_panel()
        elif self.views.view is View.EVIDENCE:
            self._escaped_from_evidence()
        elif self.filters.row_filter.is_narrowed or not self.table.findings.rowCount():
            self.show_all()
        elif self.beside.is_over:
            self.close_panel()

    def _escaped_from_evidence(self) -> None:
        evidence = self.views.evidence
        if evidence.filters.evidence_filter.is_narrowed:
            evidence.show_all()
        else:
            self.show_view(View.TABLE)

    def _paste(self) -> None:
        if self.views.view is View.EVIDENCE:
            self.views.evidence.adding.paste()
        else:
            self.editor.fields.attachments.paste()

    def _choose_files(self) -> None:
        if self.views.view is View.EVIDENCE:
            self.views.evidence.adding.choose_files()
        else:
            self.editor.fields.attachments.choose_files()

    def place(self) -> Place:
        is_shown = self.views.view is View.TABLE or self._is_asked_for
        return Place(
            page=self.key,
            dealership_id=self.workbench.dealership_id,
            finding_id=(self._shown_id or None) if is_shown else None,
            action_id=(self.views.board.current_id or None) if self.views.view is View.BOARD else None,
            view=self.views.view.value,
        )

    def go(self, place: Place) -> None:
        view = view_of(place.view)
        if view is None and (place.finding_id or place.action_id):
            is_board = bool(place.action_id) and self.views.view is View.BOARD
            view = View.BOARD if is_board else View.TABLE
        if view is not None and view is not self.views.view:
            self._turn_to(view)
        action_id = ActionId(place.action_id) if place.action_id else None
        if action_id is not None and self.views.view is View.BOARD:
            self._choose_card(action_id)
        finding_id = place.finding_id
        if (
            finding_id is None
            and action_id is not None
            and (self.views.view is not View.BOARD or view is None)
        ):
            finding_id = first_finding_of(self.workbench.workspace, action_id)
        rows = self.table.findings.rows
        if finding_id is not None and rows is not None and rows.place_of(finding_id) is not None:
            self._show_finding(finding_id)
            if action_id is not None and place.view is None:
                self.editor.show_action(action_id)

    def _choose_card(self, action_id: str) -> None:
        board = self.views.board
        if not board.select(action_id):
            self.filters.show_filter(RowFilter(tab=self.filters.row_filter.tab))
            board.select(action_id)

    def mark(self, changes: Changes) -> None:
        actions = [action.id for action in changes.of(Action) if action.deleted_at is None]
        if self.views.view is View.BOARD and actions:
            self._choose_card(actions[0])
        elif self._touched and self._shown_id not in self._touched:
            self.go(Place(page=self.key, finding_id=self._touched[0]))

    def focus_search(self) -> None:
        if self.views.view is View.EVIDENCE:
            self.views.evidence.focus_search()
            return
        self.filters.text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filters.text.selectAll()

    def take_focus(self) -> None:
        if not self.editor.is_new:
            if not self._is_of_today():
                self.refresh()
            self._into_view()

    def shortcuts(self) -> tuple[Shortcut, ...]:
        return (*shortcuts_of(self.views.view), *self.views.shortcuts())

    def commands(self) -> tuple[Command, ...]:
        return (*commands_of(self), *self.views.commands())

    def show_tab(self, tab: Tab) -> None:
        """One of the saved filters, in the table."""
        self._turn_to(View.TABLE)
        self.filters.show_filter(RowFilter(tab=tab))

    def sort_by_number(self) -> None:
        """The newest first."""
        self.table.sort_by(Column.NUMBER, is_descending=True)

    def sort_by_due(self) -> None:
        """What is due first."""
        self.table.sort_by(Column.DUE)

    def sort_by_grade(self) -> None:
        """The heaviest first."""
        self.table.sort_by(Column.GRADE)
