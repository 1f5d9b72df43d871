"""Everything that was found and what is done about it: table, board, causes and evidence, the finding chosen beside them."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from qma_app.domain.action import Action, ActionLink
from qma_app.domain.assessment import Assessment
from qma_app.domain.cause import Cause
from qma_app.domain.engagement import Engagement
from qma_app.domain.evidence import Evidence, EvidenceLink, PhotoPair
from qma_app.domain.finding import Finding, FindingGrade, Sighting
from qma_app.domain.ids import ActionId, FindingId
from qma_app.domain.rating import Rating
from qma_app.domain.reading import Reading
from qma_app.domain.record import Changes
from qma_app.domain.upgrade import Upgrade
from qma_app.domain.verification import Verification
from qma_app.i18n import _
from qma_app.services.findings import delete_finding
from qma_app.services.findings_listing import (
    TouchedFindings,
    first_finding_of,
    read_listing,
    touched_findings,
    words_of_findings,
)
from ui.findings.beside import Beside
from ui.findings.detail import Surroundings, read_detail, read_surroundings
from ui.findings.filter_row import FilterRow
from ui.findings.findings_keys import commands_of, shortcuts_of
from ui.findings.head import FindingsHead
from ui.findings.plan_workbook import PlanWorkbook
from ui.findings.reading_order import set_reading_order
from ui.findings.view_switch import View, view_of
from ui.findings.views import FindingViews
from ui.models.findings_rows import Column, FindingRows, RowFilter, Tab
from ui.pages.page import MARGIN, Page
from ui.places import Place
from ui.shortcuts import Command, LetterKey, Shortcut
from ui.widgets.empty_state import EmptyState
from ui.widgets.finding_editor import FindingEditor
from ui.workbench import Workbench

_IN_PANEL = (
    Finding,
    Cause,
    Action,
    ActionLink,
    Sighting,
    Verification,
    Reading,
    Evidence,
    EvidenceLink,
    PhotoPair,
    Rating,
)
_IN_FRAME = (Engagement, Assessment, Upgrade)
"""What decides in which edition a finding is read."""


class FindingsPage(Page):
    """The views at the left; the panel at the right, over them where the window is narrow.

    Beside the table the panel follows the row chosen; beside the other views it is there when it was asked for.
    """

    key: ClassVar[str] = "findings"
    title: ClassVar[str] = _("Findings & actions")
    icon: ClassVar[str] = "flag"
    position: ClassVar[int] = 4

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        self._around: Surroundings | None = None
        self._shown_id = ""
        self._touched: list[str] = []
        self._is_putting = False
        self._is_asked_for = False
        self._build()
        self._connect()

    def _build(self) -> None:
        self.head = FindingsHead()
        self.workbook = PlanWorkbook(self.workbench, self)
        self.filters = FilterRow(self.workbench.settings)
        self.views = FindingViews(self.workbench)
        self.list = self.views.list
        self.table = self.list.table
        self.table.show_only(self.filters.row_filter)
        self.empty = EmptyState(
            "flag",
            _("Nothing was found yet: a finding says what is not as it should be."),
            _("New finding"),
            keys="F",
        )
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(12)
        column.addWidget(self.head)
        column.addWidget(self.filters)
        self._whole = QStackedWidget()
        self._whole.addWidget(self.views)
        self._whole.addWidget(self.empty)
        column.addWidget(self._whole, 1)
        self.editor = FindingEditor(self.workbench)
        self.beside = Beside(left, self.editor)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.beside)

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
        self.views.counted.connect(self._say_status)
        self.views.going.connect(self.going)
        self.filters.changed.connect(self._filter_changed)
        self.filters.left_down.connect(self._into_view)
        self.table.chosen.connect(self._chosen)
        self.table.opened.connect(self._opened)
        self.table.delete_wanted.connect(self.delete)
        self.editor.raised.connect(self._raised)
        self.editor.delete_wanted.connect(self.delete)
        self.editor.close_wanted.connect(self.close_panel)
        self.editor.going.connect(self.going)
        self.beside.turned.connect(self._show_parts)
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

    def refresh(self) -> None:
        engagement = self.workbench.engagement
        if engagement is None:
            return
        wanted, workspace = self._shown_id, self.workbench.workspace
        listing = read_listing(workspace, engagement.id)
        self._show_around(self.workbench.read(read_surroundings, engagement.id))
        rows = FindingRows(listing, partial(words_of_findings, workspace, engagement.id))
        self._is_putting = True
        self.table.findings.show_rows(rows)
        self._is_putting = False
        self._show_counts()
        self.views.show_rows(rows, self.filters.row_filter)
        if not (wanted and self.table.select(wanted)):
            self.table.select_place(0)
        self._show_chosen()

    def apply_changes(self, changes: Changes) -> None:
        engagement = self.workbench.engagement
        if engagement is None or self._around is None:
            return
        if changes.touches(*_IN_FRAME) or not (self._is_of_today() or self.editor.is_new):
            self.refresh()
            return
        touched = touched_findings(self.workbench.workspace, engagement.id, changes)
        self._touched = [line.id for line in touched.lines] if touched is not None else []
        if touched is not None:
            self._put(touched)
        self.views.apply_changes(changes)
        if not changes.touches(*_IN_PANEL):
            self._show_around(self.workbench.read(read_surroundings, engagement.id))
        elif not self.editor.is_new:
            self._show_detail()

    def _is_of_today(self) -> bool:
        """Whether what is overdue was counted today: the window may be left open over night."""
        rows = self.table.findings.rows
        return rows is None or rows.listing.today == self.workbench.workspace.today()

    def _put(self, touched: TouchedFindings) -> None:
        """Change the rows of these findings only. The one shown stays until it is closed or gone; then its neighbour follows."""
        place, shown = self.table.currentIndex().row(), self.table.findings
        is_in_panel = self._is_in_panel()
        was_open = shown.is_open(self._shown_id)
        self._is_putting = True
        for id in touched.gone:
            shown.take_out(id)
        for line in touched.lines:
            shown.put(line)
        self._is_putting = False
        self._show_counts()
        if self.editor.is_new or (self._shown_id and self.table.select(self._shown_id)):
            return
        if shown.is_open(self._shown_id) or (self.views.view is not View.TABLE and was_open):
            self.table.select_none()
        else:
            self.table.select_place(place)
            self._show_chosen()
            if is_in_panel:
                self._into_view()

    def _show_around(self, around: Surroundings) -> None:
        self._around = around
        self.editor.show_surroundings(around)

    def _show_counts(self) -> None:
        rows = self.table.findings.rows
        if rows is not None:
            counts = rows.counts()
            self.head.show_counts(counts)
            self.filters.show_counts(counts)
            self.filters.show_choices(rows.areas(), rows.owners(), rows.categories())
            self.list.show_counts(rows)
        self._show_parts()

    def _show_parts(self) -> None:
        """The views or the first step, the panel, the status line."""
        has_rows = self.table.findings.count() > 0
        is_wanted = bool(self.editor.finding_id) and (self.views.view is View.TABLE or self._is_asked_for)
        # Evidence is there before the first finding, and everything else that is looked at waits for one.
        is_empty = not (has_rows or self.editor.is_new or self.views.view is View.EVIDENCE)
        self._whole.setCurrentIndex(1 if is_empty else 0)
        self.head.show_first_step(is_first=is_empty)
        self.filters.setVisible(not is_empty and self.views.view is not View.EVIDENCE)
        self.list.show_parts()
        self.beside.want(is_wanted=is_wanted or self.editor.is_new)
        self.editor.fields.head.close_panel.setVisible(
            self.beside.is_over or self.views.view is not View.TABLE
        )
        shown = self.views.currentWidget()
        if shown is not None and self.views.view in (View.BOARD, View.CAUSES):
            # Made late and filled anew: Tab comes to them before it comes to the panel.
            set_reading_order(shown, after=self.filters.text)
        self._say_status()

    def _say_status(self) -> None:
        self.status_changed.emit(self.status())

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

    def _filter_changed(self, row_filter: RowFilter) -> None:
        self._is_putting = True
        self.table.show_only(row_filter)
        self._is_putting = False
        self.views.show_only(row_filter)
        if not self.editor.is_new and not (self._shown_id and self.table.select(self._shown_id)):
            self.table.select_place(0)
            self._show_chosen()
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

    def _into_view(self) -> None:
        if self._whole.currentWidget() is self.empty:
            self.empty.button.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.views.take_focus()

    def _chosen(self, finding_id: str) -> None:
        """Another row was chosen in the table; what an edit or a filter moves is decided where it is made."""
        if not self._is_putting and (finding_id != self._shown_id or self.editor.is_new):
            self._show_chosen()
            self.went.emit()

    def _show_chosen(self) -> None:
        self._shown_id = self.table.current_id
        self._show_detail()

    def _show_detail(self) -> None:
        detail = self.workbench.read(read_detail, FindingId(self._shown_id)) if self._shown_id else None
        if detail is not None:
            self.editor.show_detail(detail)
        else:
            self.editor.show_nothing()
        self._show_parts()

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

    def _show_finding(self, finding_id: str) -> None:
        """Show a finding in the panel; beside the table its row is chosen, whatever filter must go for it."""
        self._is_putting = True
        is_listed = self.table.select(finding_id)
        if not is_listed and self.views.view is View.TABLE:
            self.filters.show_filter(RowFilter())
            is_listed = self.table.select(finding_id)
        if not is_listed:
            self.table.select_none()
        self._is_putting = False
        self._shown_id, self._is_asked_for = finding_id, True
        self._show_detail()
        self.beside.unfold()

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

    def _is_in_panel(self) -> bool:
        """Whether the keyboard is there."""
        focused = QApplication.focusWidget()
        return focused is not None and self.editor.isAncestorOf(focused)

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

    def flush(self) -> None:
        self.editor.flush()
        self.views.flush()

    def take_focus(self) -> None:
        if not self.editor.is_new:
            if not self._is_of_today():
                self.refresh()
            self._into_view()

    def status(self) -> str:
        if self.views.view is not View.TABLE:
            return self.views.status()
        shown = self.table.findings
        return _("{shown} of {count} shown").format(shown=shown.rowCount(), count=shown.count())

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
