"""Everything that was found: a table to narrow and sort, and the finding chosen beside it, written as it is read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from qma_app.design import FOLD_INSPECTOR_BELOW
from qma_app.domain.evidence import Evidence, EvidenceLink
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.ids import AreaId, EngagementId, FindingId
from qma_app.domain.ports import Reader
from qma_app.domain.rating import Rating
from qma_app.domain.record import Changes
from qma_app.i18n import _, ngettext
from qma_app.services.findings import delete_finding, list_findings
from ui import theme
from ui.findings.area_bars import AreaBarsCard
from ui.findings.detail import Surroundings, read_detail, read_surroundings
from ui.findings.filter_row import FilterRow
from ui.findings.panel_edge import PanelEdge
from ui.models.findings_model import Column
from ui.models.findings_rows import RowFilter, Tab, areas_of, counts_of, open_by_area, owners_of, row_of
from ui.pages.page import GAP, MARGIN, Page, PageHead
from ui.places import Place
from ui.shortcuts import Command, LetterKey, Shortcut
from ui.widgets.buttons import Button
from ui.widgets.cards import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.finding_editor import FindingEditor
from ui.widgets.findings_table import FindingsTable
from ui.workbench import Workbench

_PANEL_LEAST, _PANEL_MOST = 380, 460
_BARS_FROM = 660


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
        self._is_folded = False
        self._build()
        self._connect()

    def _build(self) -> None:
        self.head = PageHead(_("Findings"))
        self.new_button = Button(_("New finding"), kind="primary", keys="F")
        self.head.add(self.new_button)
        self.filters = FilterRow()
        self.table = FindingsTable()
        self.table.show_only(self.filters.row_filter)
        self.nothing = EmptyState("list-filter", _("No finding is left by this filter."), _("Show all findings"), keys="Esc")
        self._shown = QStackedWidget()
        self._shown.addWidget(self.table)
        self._shown.addWidget(self.nothing)
        card = Card()
        card.body.addWidget(self._shown)
        self.bars = AreaBarsCard()
        self._main = QWidget()
        column = QVBoxLayout(self._main)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(12)
        column.addWidget(self.head)
        column.addWidget(self.filters)
        column.addWidget(card, 1)
        column.addSpacing(GAP - 12)
        column.addWidget(self.bars)
        self.empty = EmptyState(
            "flag", _("Nothing was found yet: a finding says what is not as it should be."), _("New finding"), keys="F"
        )
        self._whole = QStackedWidget(self)
        self._whole.addWidget(self._main)
        self._whole.addWidget(self.empty)
        self.editor = FindingEditor(self.workbench, self)
        self._edge = PanelEdge(self)
        self.editor.setVisible(False)

    def _connect(self) -> None:
        self.new_button.clicked.connect(self.new)
        self.empty.wanted.connect(self.new)
        self.nothing.wanted.connect(self.show_all)
        self.filters.changed.connect(self._filter_changed)
        self.filters.left_down.connect(self._into_table)
        self.table.chosen.connect(self._chosen)
        self.table.opened.connect(self._opened)
        self.table.delete_wanted.connect(self.delete)
        self.bars.area_wanted.connect(self._show_area)
        self.editor.raised.connect(self._raised)
        self.editor.delete_wanted.connect(self.delete)
        self.editor.close_wanted.connect(self.close_panel)
        self.editor.going.connect(self.going)
        settings = self.workbench.settings
        LetterKey("F", self, self.new, is_on=lambda: settings.single_letters)
        for keys, act in (("Esc", self._escaped), ("Ctrl+V", self._paste)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def refresh(self) -> None:
        engagement = self.workbench.engagement
        if engagement is None:
            return
        wanted = self.table.current_id
        self._today = self.workbench.workspace.today()
        around, findings = self.workbench.read(_everything, engagement.id)
        self._show_around(around)
        self.table.findings.show_rows([row_of(finding, around.edition, self._today) for finding in findings])
        self._show_counts()
        if not (wanted and self.table.select(wanted)):
            self._select_first()

    def apply_changes(self, changes: Changes) -> None:
        engagement = self.workbench.engagement
        if engagement is None or self._around is None:
            return
        mine = [finding for finding in changes.of(Finding) if finding.engagement_id == engagement.id]
        if mine:
            self._put(mine)
        # A finding being raised in the panel is shown once it is chosen in the table; the one chosen before must not come between.
        if changes.touches(Finding, Evidence, EvidenceLink, Rating) and not self.editor.is_new:
            self._show_detail()
        if not changes.touches(Finding, Evidence, EvidenceLink, Rating):
            self._show_around(self.workbench.read(read_surroundings, engagement.id))

    def _put(self, findings: list[Finding]) -> None:
        """Change the rows of these findings only; where the one shown is gone its neighbour is chosen."""
        place, shown = self.table.currentIndex().row(), self.table.current_id
        for finding in findings:
            if finding.deleted_at is not None:
                self.table.findings.take_out(finding.id)
            elif self._around is not None:
                self.table.findings.put(row_of(finding, self._around.edition, self._today))
        self._show_counts()
        if shown and self.table.findings.place_of(shown) is None:
            self.table.select_place(place)

    def _show_around(self, around: Surroundings) -> None:
        self._around = around
        self.editor.show_surroundings(around)

    def _show_counts(self) -> None:
        rows = self.table.findings.rows
        counts = counts_of(rows)
        self.filters.show_counts(counts)
        if self._around is not None:
            self.filters.show_choices(areas_of(rows, self._around.edition), owners_of(rows))
        self.bars.show_areas(open_by_area(rows))
        parts = [_("{open} open of {count}").format(open=counts.tabs[Tab.OPEN], count=counts.tabs[Tab.ALL])]
        if counts.open_majors:
            parts.append(ngettext("{count} major", "{count} major", counts.open_majors).format(count=counts.open_majors))
        if late := counts.tabs[Tab.OVERDUE]:
            parts.append(ngettext("{count} overdue", "{count} overdue", late).format(count=late))
        if (days := counts.days_to_close) is not None:
            parts.append(ngettext("median time to close {days} day", "median time to close {days} days", days).format(days=days))
        self.head.say(_("Findings"), " · ".join(parts))
        self._show_parts()

    def _show_parts(self) -> None:
        """Table or what stands in its place, bars where there is room, the status line."""
        has_rows = bool(self.table.findings.rows)
        is_empty = not has_rows and not self.editor.is_new
        self._whole.setCurrentIndex(1 if is_empty else 0)
        self._shown.setCurrentIndex(1 if has_rows and not self.table.shown.rowCount() else 0)
        self.bars.setVisible(bool(self.bars.bars) and self.height() >= theme.px(_BARS_FROM))
        self._fold()
        self.status_changed.emit(self.status())

    def _filter_changed(self, row_filter: RowFilter) -> None:
        chosen = self.table.current_id
        self.table.show_only(row_filter)
        if not (chosen and self.table.select(chosen)) and not self.editor.is_new:
            self._select_first()
        self._show_parts()

    def show_all(self) -> None:
        """Take every filter back."""
        self.filters.show_filter(RowFilter())
        self._into_table()

    def _show_area(self, area_id: AreaId) -> None:
        self.filters.show_filter(RowFilter(tab=Tab.OPEN, area_id=area_id))

    def _select_first(self) -> None:
        self.table.select_place(0)

    def _into_table(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _chosen(self, finding_id: str) -> None:
        if finding_id != self.editor.finding_id or self.editor.is_new:
            self._show_detail()
            self.went.emit()

    def _show_detail(self) -> None:
        finding_id = self.table.current_id
        detail = self.workbench.read(read_detail, FindingId(finding_id)) if finding_id else None
        if detail is not None:
            self.editor.show_detail(detail)
        elif not self.editor.is_new:
            self.editor.show_nothing()
        self._fold()

    def _opened(self, finding_id: str) -> None:
        self._is_folded = False
        self._show_detail()
        self.editor.statement.setFocus(Qt.FocusReason.OtherFocusReason)

    def new(self) -> None:
        """An empty form beside the table; its first words make it a finding."""
        engagement = self.workbench.engagement
        if engagement is None:
            return
        around = self._around
        self._is_folded = False
        self._whole.setCurrentIndex(0)
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
        self._fold()
        self.editor.statement.setFocus(Qt.FocusReason.OtherFocusReason)

    def _raised(self, finding_id: str) -> None:
        if not self.table.select(finding_id):
            self.filters.show_filter(RowFilter(tab=Tab.OPEN))
            self.table.select(finding_id)

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
        if self.editor.is_new:
            self.editor.show_nothing()
        self.flush()
        self._is_folded = True
        self._show_detail()
        self._show_parts()
        self._into_table()

    def _escaped(self) -> None:
        focused = QApplication.focusWidget()
        if focused is not None and self.editor.isAncestorOf(focused):
            self.close_panel()
        elif self.filters.row_filter.is_narrowed or not self.table.shown.rowCount():
            self.show_all()
        elif self._is_over:
            self.close_panel()

    def _paste(self) -> None:
        self.editor.attachments.paste()

    @property
    def _is_over(self) -> bool:
        """Whether the panel lies over the table instead of beside it."""
        return self.window().width() < theme.px(FOLD_INSPECTOR_BELOW)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        was_over, is_over = event.oldSize().width() > 0 and not self._was_beside, self._is_over
        if is_over and not was_over:
            self._is_folded = True
        self._was_beside = not is_over
        self.bars.setVisible(bool(self.bars.bars) and self.height() >= theme.px(_BARS_FROM))
        self._fold()

    _was_beside = True

    def _fold(self) -> None:
        """Lay the panel beside the table, over it, or nowhere."""
        has_panel = bool(self.editor.finding_id or self.editor.is_new) and self._whole.currentIndex() == 0
        is_shown = has_panel and not (self._is_over and self._is_folded)
        width = min(theme.px(_PANEL_MOST), max(theme.px(_PANEL_LEAST), self.width() * 35 // 100)) if is_shown else 0
        self._whole.setGeometry(0, 0, self.width() - (0 if self._is_over else width), self.height())
        self.editor.setGeometry(self.width() - width, 0, width, self.height())
        self._edge.lie_at(self.width() - width, self.height(), is_over=self._is_over)
        self.editor.setVisible(is_shown)
        self._edge.setVisible(is_shown)
        self.editor.close_panel.setVisible(self._is_over)
        self._edge.raise_()
        self.editor.raise_()

    def place(self) -> Place:
        return Place(page=self.key, dealership_id=self.workbench.dealership_id, finding_id=self.table.current_id or None)

    def go(self, place: Place) -> None:
        if place.finding_id is None:
            return
        if not self.table.select(place.finding_id) and self.table.findings.place_of(place.finding_id) is not None:
            self.filters.show_filter(RowFilter())
            self.table.select(place.finding_id)
        self._is_folded = False
        self._fold()

    def mark(self, changes: Changes) -> None:
        touched = [finding.id for finding in changes.of(Finding) if finding.deleted_at is None]
        if touched and touched[0] != self.table.current_id:
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
        return _("{shown} of {count} shown").format(shown=self.table.shown.rowCount(), count=len(self.table.findings.rows))

    def shortcuts(self) -> tuple[Shortcut, ...]:
        return (
            Shortcut(keys="F, Ctrl+N", title=_("New finding")),
            Shortcut(keys="Return", title=_("Write in the finding chosen")),
            Shortcut(keys="Esc", title=_("Back to the table; take the filter back")),
            Shortcut(keys="Ctrl+F", title=_("Filter")),
            Shortcut(keys="Del", title=_("Delete the finding chosen")),
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


