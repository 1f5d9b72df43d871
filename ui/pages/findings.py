"""Everything that was found: a table to narrow and sort, and the finding chosen beside it, written as it is read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from qma_app.domain.evidence import Evidence, EvidenceLink
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.ids import EngagementId, FindingId
from qma_app.domain.ports import Reader
from qma_app.domain.rating import Rating
from qma_app.domain.record import Changes
from qma_app.i18n import _
from qma_app.services.findings import delete_finding, list_findings
from ui.findings.beside import Beside
from ui.findings.detail import Surroundings, read_detail, read_surroundings
from ui.findings.list_part import FindingsList
from ui.models.findings_model import Column
from ui.models.findings_rows import RowFilter, Tab, row_of
from ui.pages.page import Page
from ui.places import Place
from ui.shortcuts import Command, LetterKey, Shortcut
from ui.widgets.empty_state import EmptyState
from ui.widgets.finding_editor import FindingEditor
from ui.workbench import Workbench


class FindingsPage(Page):
    """The table at the left; the panel at the right, over the table where the window is narrow."""

    key: ClassVar[str] = "findings"
    title: ClassVar[str] = _("Findings & actions")
    icon: ClassVar[str] = "flag"
    position: ClassVar[int] = 4

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        self._around: Surroundings | None = None
        self._today = date(2000, 1, 1)
        self._shown_id = ""
        self._is_putting = False
        self._build()
        self._connect()

    def _build(self) -> None:
        self.list = FindingsList()
        self.head, self.filters, self.table = self.list.head, self.list.filters, self.list.table
        self.empty = EmptyState(
            "flag",
            _("Nothing was found yet: a finding says what is not as it should be."),
            _("New finding"),
            keys="F",
        )
        self._whole = QStackedWidget()
        self._whole.addWidget(self.list)
        self._whole.addWidget(self.empty)
        self.editor = FindingEditor(self.workbench)
        self.beside = Beside(self._whole, self.editor)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.beside)

    def _connect(self) -> None:
        self.list.new_wanted.connect(self.new)
        self.empty.wanted.connect(self.new)
        self.list.all_wanted.connect(self.show_all)
        self.filters.changed.connect(self._filter_changed)
        self.filters.left_down.connect(self._into_table)
        self.table.chosen.connect(self._chosen)
        self.table.opened.connect(self._opened)
        self.table.delete_wanted.connect(self.delete)
        self.editor.raised.connect(self._raised)
        self.editor.delete_wanted.connect(self.delete)
        self.editor.close_wanted.connect(self.close_panel)
        self.editor.going.connect(self.going)
        self.beside.turned.connect(self._show_parts)
        settings = self.workbench.settings
        LetterKey("F", self, self.new, is_on=lambda: settings.single_letters)
        LetterKey(
            "E", self, self.editor.fields.attachments.choose_files, is_on=lambda: settings.single_letters
        )
        for keys, act in (("Esc", self._escaped), ("Ctrl+V", self._paste)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def refresh(self) -> None:
        engagement = self.workbench.engagement
        if engagement is None:
            return
        wanted, self._today = self._shown_id, self.workbench.workspace.today()
        around, findings = self.workbench.read(_everything, engagement.id)
        self._show_around(around)
        self.table.findings.show_rows(
            [row_of(finding, around.edition_of(finding), self._today) for finding in findings]
        )
        self._show_counts()
        if not (wanted and self.table.select(wanted)):
            self.table.select_place(0)
        self._show_chosen()

    def apply_changes(self, changes: Changes) -> None:
        engagement = self.workbench.engagement
        if engagement is None or self._around is None:
            return
        mine = [finding for finding in changes.of(Finding) if finding.engagement_id == engagement.id]
        if mine:
            self._put(mine)
        if not changes.touches(Finding, Evidence, EvidenceLink, Rating):
            self._show_around(self.workbench.read(read_surroundings, engagement.id))
        elif not self.editor.is_new:
            self._show_detail()

    def _put(self, findings: list[Finding]) -> None:
        """Change the rows of these findings only. The one shown stays until it is closed or gone; then its neighbour follows."""
        place = self.table.currentIndex().row()
        self._is_putting = True
        for finding in findings:
            if finding.deleted_at is not None:
                self.table.findings.take_out(finding.id)
            elif self._around is not None:
                self.table.findings.put(row_of(finding, self._around.edition_of(finding), self._today))
        self._is_putting = False
        self._show_counts()
        if self.editor.is_new or (self._shown_id and self.table.select(self._shown_id)):
            return
        if self.table.findings.is_open(self._shown_id):
            self.table.select_none()
        else:
            self.table.select_place(place)
            self._show_chosen()

    def _show_around(self, around: Surroundings) -> None:
        self._around = around
        self.editor.show_surroundings(around)

    def _show_counts(self) -> None:
        if self._around is not None:
            self.list.show_counts(self._around.edition)
        self._show_parts()

    def _show_parts(self) -> None:
        """The list or the first step, the panel, the status line."""
        has_rows = bool(self.table.findings.rows)
        self._whole.setCurrentIndex(0 if has_rows or self.editor.is_new else 1)
        self.list.show_parts()
        self.beside.want(is_wanted=bool(self.editor.finding_id or self.editor.is_new))
        self.editor.fields.head.close_panel.setVisible(self.beside.is_over)
        self.status_changed.emit(self.status())

    def _filter_changed(self, row_filter: RowFilter) -> None:
        self._is_putting = True
        self.table.show_only(row_filter)
        self._is_putting = False
        if not self.editor.is_new and not (self._shown_id and self.table.select(self._shown_id)):
            self.table.select_place(0)
            self._show_chosen()
        self._show_parts()

    def show_all(self) -> None:
        """Take every filter back."""
        self.filters.show_filter(RowFilter())
        self._into_table()

    def _into_table(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

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
        self._show_chosen()

    def delete(self, finding_id: str) -> None:
        """Move a finding to the bin; the window offers Undo."""
        place = self.table.findings.place_of(finding_id)
        if place is None:
            return
        label = self.table.findings.rows[place].finding.label
        self.flush()
        if self.workbench.do(delete_finding, FindingId(finding_id)) is not None:
            self.workbench.deleted.emit(_("Finding {label} deleted.").format(label=label))
            self._into_table()

    def close_panel(self) -> None:
        """Back to the table; where the panel lies over it, it goes away."""
        self.flush()
        if self.editor.is_new:
            self._show_detail()
        self.beside.fold()
        self._show_parts()
        self._into_table()

    def _escaped(self) -> None:
        focused = QApplication.focusWidget()
        if focused is not None and self.editor.isAncestorOf(focused):
            self.close_panel()
        elif self.filters.row_filter.is_narrowed or not self.table.shown.rowCount():
            self.show_all()
        elif self.beside.is_over:
            self.close_panel()

    def _paste(self) -> None:
        self.editor.fields.attachments.paste()

    def place(self) -> Place:
        return Place(
            page=self.key, dealership_id=self.workbench.dealership_id, finding_id=self._shown_id or None
        )

    def go(self, place: Place) -> None:
        if place.finding_id is None or self.table.findings.place_of(place.finding_id) is None:
            return
        if not self.table.select(place.finding_id):
            self.filters.show_filter(RowFilter())
            self.table.select(place.finding_id)
        self._show_chosen()
        self.beside.unfold()

    def mark(self, changes: Changes) -> None:
        touched = [finding.id for finding in changes.of(Finding) if finding.deleted_at is None]
        if touched and touched[0] != self._shown_id:
            self.go(replace(self.place(), finding_id=touched[0]))

    def focus_search(self) -> None:
        self.filters.text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filters.text.selectAll()

    def flush(self) -> None:
        self.editor.flush()

    def take_focus(self) -> None:
        if self._whole.currentIndex() == 1:
            self.empty.button.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self.editor.is_new:
            self._into_table()

    def status(self) -> str:
        return _("{shown} of {count} shown").format(
            shown=self.table.shown.rowCount(), count=len(self.table.findings.rows)
        )

    def shortcuts(self) -> tuple[Shortcut, ...]:
        return (
            Shortcut(keys="F, Ctrl+N", title=_("New finding")),
            Shortcut(keys="Return", title=_("Write in the finding chosen")),
            Shortcut(keys="Esc", title=_("Back to the table; take the filter back")),
            Shortcut(keys="Ctrl+F", title=_("Filter")),
            Shortcut(keys="Del", title=_("Delete the finding chosen")),
            Shortcut(keys="E", title=_("Add photos or documents")),
            Shortcut(keys="Ctrl+V", title=_("Paste a photo or file")),
        )

    def commands(self) -> tuple[Command, ...]:
        return (
            Command(title=_("New finding"), run=self.new, keys="F", icon="flag"),
            Command(title=_("Show all findings"), run=self.show_all, icon="list-filter"),
            Command(title=_("Show open findings"), run=self.show_open, icon="list-filter"),
            Command(title=_("Show overdue findings"), run=self.show_overdue, icon="clock"),
            Command(title=_("Sort findings by number"), run=self.sort_by_number, icon="chevrons-up-down"),
            Command(title=_("Sort findings by due date"), run=self.sort_by_due, icon="chevrons-up-down"),
            Command(title=_("Sort findings by grade"), run=self.sort_by_grade, icon="chevrons-up-down"),
        )

    def show_open(self) -> None:
        """Only what is not settled."""
        self.filters.show_filter(RowFilter(tab=Tab.OPEN))

    def show_overdue(self) -> None:
        """Only what should be settled by now."""
        self.filters.show_filter(RowFilter(tab=Tab.OVERDUE))

    def sort_by_number(self) -> None:
        """The newest first."""
        self.table.sort_by(Column.NUMBER, is_descending=True)

    def sort_by_due(self) -> None:
        """What is due first."""
        self.table.sort_by(Column.DUE)

    def sort_by_grade(self) -> None:
        """The heaviest first."""
        self.table.sort_by(Column.GRADE)


def _everything(reader: Reader, engagement_id: EngagementId) -> tuple[Surroundings, tuple[Finding, ...]]:
    return read_surroundings(reader, engagement_id), list_findings(reader, engagement_id)
