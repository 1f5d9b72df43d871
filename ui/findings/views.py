"""The table, the board, the causes and the evidence in one place; each but the table is made when it is first looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from qma_app.domain.record import Changes
from qma_app.services.findings_listing import read_actions
from ui.findings.board import Board
from ui.findings.causes_view import CausesView
from ui.findings.list_part import FindingsList
from ui.findings.view_switch import View, evidence_view
from ui.models.findings_rows import FindingRows, RowFilter
from ui.shortcuts import Command, Shortcut
from ui.workbench import Workbench

if TYPE_CHECKING:
    from ui.evidence_view.view import EvidenceView


class FindingViews(QStackedWidget):
    """What is not shown is not kept up to date: it reads again when it is looked at."""

    card_opened = Signal(str)
    card_chosen = Signal(str)
    category_wanted = Signal(str)
    going = Signal(object)  # Place
    counted = Signal()

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._rows: FindingRows | None = None
        self._filter = RowFilter()
        self._stale: set[View] = set()
        self.list = FindingsList()
        self.addWidget(self.list)
        self._made: dict[View, QWidget] = {View.TABLE: self.list}
        self._shown_evidence: EvidenceView | None = None
        self.view = View.TABLE

    @property
    def board(self) -> Board:
        """The board, made now if it was not looked at before."""
        made = self._made.get(View.BOARD)
        if not isinstance(made, Board):
            made = Board(self._workbench)
            made.opened.connect(self.card_opened)
            made.chosen.connect(self.card_chosen)
            made.counted.connect(self.counted)
            self._keep(View.BOARD, made)
        return made

    @property
    def causes(self) -> CausesView:
        """The causes, made now if they were not looked at before."""
        made = self._made.get(View.CAUSES)
        if not isinstance(made, CausesView):
            made = CausesView()
            made.wanted.connect(self.category_wanted)
            self._keep(View.CAUSES, made)
        return made

    @property
    def evidence(self) -> EvidenceView:
        """The evidence, made now if it was not looked at before."""
        if self._shown_evidence is None:
            self._shown_evidence = evidence_view(self._workbench)
            self._shown_evidence.going.connect(self.going)
            self._shown_evidence.status_changed.connect(self._evidence_counted)
            self._keep(View.EVIDENCE, self._shown_evidence)
        return self._shown_evidence

    def show_view(self, view: View) -> None:
        """Show another view."""
        widget = {View.BOARD: self._board, View.CAUSES: self._causes, View.EVIDENCE: self._evidence}.get(view)
        self.view = view
        self.setCurrentWidget(self.list if widget is None else widget())
        self._bring_up_to_date()

    def show_rows(self, rows: FindingRows, row_filter: RowFilter) -> None:
        """Other findings altogether; the table shows them already."""
        self._rows, self._filter = rows, row_filter
        self._stale = set(View) - {View.TABLE}
        self._bring_up_to_date()

    def show_only(self, row_filter: RowFilter) -> None:
        """Narrow what is shown."""
        self._filter = row_filter
        self._stale.add(View.CAUSES)
        self._bring_up_to_date()
        if self.view is View.BOARD:
            self.board.show_only(row_filter)

    def apply_changes(self, changes: Changes) -> None:
        """Something was stored; the table follows by itself."""
        for view in set(View) - {View.TABLE, self.view}:
            self._stale.add(view)
        if self.view is View.BOARD:
            self.board.apply_changes(changes)
        elif self.view is View.CAUSES:
            self._stale.add(View.CAUSES)
            self._bring_up_to_date()
        elif self.view is View.EVIDENCE:
            self.evidence.apply_changes(changes)

    def flush(self) -> None:
        """Store what is typed in the view shown."""
        if self.view is View.EVIDENCE:
            self.evidence.flush()

    def take_focus(self) -> None:
        """The keyboard goes to what is shown."""
        match self.view:
            case View.TABLE:
                self.list.take_focus()
            case View.BOARD:
                self.board.take_focus()
            case View.CAUSES:
                self.causes.take_focus()
            case View.EVIDENCE:
                self.evidence.take_focus()

    def status(self) -> str:
        """What the status bar says of the view shown; "" for the table, which the page knows."""
        match self.view:
            case View.BOARD:
                return self.board.status()
            case View.CAUSES:
                return self.causes.status()
            case View.EVIDENCE:
                return self.evidence.status()
            case _:
                return ""

    def shortcuts(self) -> tuple[Shortcut, ...]:
        """The keys of the evidence while it is shown."""
        return tuple(self.evidence.shortcuts()) if self.view is View.EVIDENCE else ()

    def commands(self) -> tuple[Command, ...]:
        """The commands of the evidence while it is shown."""
        return tuple(self.evidence.commands()) if self.view is View.EVIDENCE else ()

    def _evidence_counted(self, _words: str) -> None:
        if self.view is View.EVIDENCE:
            self.counted.emit()

    def _keep(self, view: View, made: QWidget) -> None:
        self._made[view] = made
        self._stale.add(view)
        self.addWidget(made)

    def _board(self) -> QWidget:
        return self.board

    def _causes(self) -> QWidget:
        return self.causes

    def _evidence(self) -> QWidget:
        return self.evidence

    def _bring_up_to_date(self) -> None:
        engagement = self._workbench.engagement
        if self.view not in self._stale or self._rows is None or engagement is None:
            return
        self._stale.discard(self.view)
        if self.view is View.BOARD:
            self.board.show_only(self._filter)
            self.board.show_actions(read_actions(self._workbench.workspace, engagement.id), self._rows)
        elif self.view is View.CAUSES:
            self.causes.show_findings(self._rows, list(self.list.table.findings.places))
        elif self.view is View.EVIDENCE:
            self.evidence.refresh()
