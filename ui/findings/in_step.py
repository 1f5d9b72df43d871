"""Keeps the table, the counts and the panel of Findings & actions in step with what is stored and what is chosen."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from qma_app.domain.action import Action, ActionLink
from qma_app.domain.assessment import Assessment
from qma_app.domain.cause import Cause
from qma_app.domain.engagement import Engagement
from qma_app.domain.evidence import Evidence, EvidenceLink, PhotoPair
from qma_app.domain.finding import Finding, Sighting
from qma_app.domain.ids import FindingId
from qma_app.domain.rating import Rating
from qma_app.domain.reading import Reading
from qma_app.domain.record import Changes
from qma_app.domain.upgrade import Upgrade
from qma_app.domain.verification import Verification
from qma_app.i18n import _
from qma_app.services.findings_listing import (
    TouchedFindings,
    read_listing,
    touched_findings,
    words_of_findings,
)
from ui.findings.detail import Surroundings, read_detail, read_surroundings
from ui.findings.parts import FindingsParts
from ui.findings.reading_order import set_reading_order
from ui.findings.view_switch import View
from ui.models.findings_rows import FindingRows, RowFilter
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


class FindingsInStep(FindingsParts):
    """Beside the table the panel follows the row chosen; beside the other views it is there when it was asked for."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        self._around: Surroundings | None = None
        self._shown_id = ""
        self._touched: list[str] = []
        self._is_putting = False
        self._is_asked_for = False
        self.table.chosen.connect(self._chosen)
        self.filters.changed.connect(self._filter_changed)
        self.filters.left_down.connect(self._into_view)
        self.views.counted.connect(self._say_status)
        self.beside.turned.connect(self._show_parts)

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

    def status(self) -> str:
        if self.views.view is not View.TABLE:
            return self.views.status()
        shown = self.table.findings
        return _("{shown} of {count} shown").format(shown=shown.rowCount(), count=shown.count())

    def _filter_changed(self, row_filter: RowFilter) -> None:
        self._is_putting = True
        self.table.show_only(row_filter)
        self._is_putting = False
        self.views.show_only(row_filter)
        if not self.editor.is_new and not (self._shown_id and self.table.select(self._shown_id)):
            self.table.select_place(0)
            self._show_chosen()
        self._show_parts()

    def _into_view(self) -> None:
        if self._whole.currentWidget() is self.empty:
            self.empty.button.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.views.take_focus()

    def _is_in_panel(self) -> bool:
        """Whether the keyboard is there."""
        focused = QApplication.focusWidget()
        return focused is not None and self.editor.isAncestorOf(focused)

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

    def flush(self) -> None:
        self.editor.flush()
        self.views.flush()
