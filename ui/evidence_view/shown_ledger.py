"""The evidence as the ledger has it: read, narrowed by the filter, each line with its file, the one chosen described beside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from qma_app.domain.action import Action
from qma_app.domain.assessment import Assessment
from qma_app.domain.evidence import Evidence, EvidenceLink, PhotoPair
from qma_app.domain.finding import Finding
from qma_app.domain.ids import AreaId, EngagementId, EvidenceId
from qma_app.domain.record import Changes
from qma_app.domain.verification import Verification
from qma_app.i18n import _, ngettext
from qma_app.services.evidence_ledger import LedgerLine
from ui.evidence_view.file_check import FileCheck
from ui.evidence_view.parts import EvidenceParts
from ui.evidence_view.reading import (
    corrected,
    read_evidence_detail,
    read_ledger,
    revisions_among,
    with_files,
)
from ui.models.evidence_rows import EvidenceFilter, Shown, counts_of, wanted
from ui.widgets.empty_state import EmptyState
from ui.workbench import Workbench

_DETAIL_MS = 80
"""Somebody who walks through the pictures quickly is not held up by reading each."""


class ShownLedger(EvidenceParts):
    """Follows what is stored and what is chosen, and changes nothing of it."""

    status_changed = Signal(str)

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workbench = workbench
        self._today = date(2000, 1, 1)
        self._lines: dict[EvidenceId, LedgerLine] = {}
        self._areas: tuple[tuple[AreaId, str], ...] = ()
        self._looked_at: tuple[object, EngagementId] | None = None
        self.files = FileCheck(workbench, self)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_DETAIL_MS)
        self._later.timeout.connect(self.show_chosen)
        self.filters.changed.connect(self._filter_changed)
        self.filters.left.connect(self._into_grid)
        self.grid.picked.connect(self._picked)
        self.nothing.wanted.connect(self.show_all)
        self.check.clicked.connect(self.look_at_files)
        self.files.busy.connect(self.check.setDisabled)
        self.files.known.connect(self._show_lines)
        workbench.workspace_changed.connect(self._leave)

    def refresh(self) -> None:
        """Read everything shown again."""
        engagement = self.workbench.engagement
        if engagement is None:
            return
        workspace = self.workbench.workspace
        here = (workspace, engagement.id)
        if self._looked_at != here:
            self._leave()
            self._looked_at = here
            self.thumbnails.use(_reader_of(self.workbench))
            QTimer.singleShot(0, self.look_at_files)
        self.thumbnails.look_anew()
        self._read()

    def apply_changes(self, changes: Changes) -> None:
        """Only lines that are there and were corrected are put in their places; anything else reads the ledger again."""
        if self.workbench.engagement is None or self._looked_at is None:
            return
        if not changes.touches(Evidence, EvidenceLink, PhotoPair, Finding, Action, Verification, Assessment):
            return
        items = changes.of(Evidence)
        is_small = len(items) == len(changes.records) and all(
            item.deleted_at is None
            and item.id in self._lines
            and self._lines[item.id].evidence.deleted_at is None
            for item in items
        )
        if not is_small:
            self._read()
            return
        for item in items:
            self._lines[item.id] = corrected(self._lines[item.id], item, self._today)
        self._show_lines()
        self.show_chosen()

    def flush(self) -> None:
        """Store what is typed."""
        self.panel.flush()

    def take_focus(self) -> None:
        """The keyboard goes to the pictures, or to the first step."""
        shown = self.pictures.currentWidget()
        if shown is self.grid:
            self._into_grid()
        elif isinstance(shown, EmptyState):
            shown.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_search(self) -> None:
        """Ctrl+F: the filter text."""
        self.filters.text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filters.text.selectAll()

    def status(self) -> str:
        """How many are shown, and how many wait for a place."""
        shown = len(self.grid.evidence.lines)
        count = sum(not line.is_replaced for line in self._lines.values())
        words = _("{shown} of {count} shown").format(shown=shown, count=count)
        unlinked = sum(line.is_unlinked for line in self._lines.values())
        if unlinked:
            waiting = ngettext("{count} not linked", "{count} not linked", unlinked).format(count=unlinked)
            return f"{words} · {waiting}"
        return words

    def show_all(self) -> None:
        """Take every filter back."""
        self.filters.show_filter(EvidenceFilter())
        self._into_grid()

    def choose(self, evidence_id: str) -> None:
        """Choose one, taking the filter back where it hides it."""
        if not self.grid.choose(evidence_id):
            line = self._lines.get(EvidenceId(evidence_id))
            is_old = line is not None and line.is_replaced
            self.filters.show_filter(EvidenceFilter(shown=Shown.OLDER if is_old else Shown.ALL))
            self.grid.choose(evidence_id)

    @property
    def chosen(self) -> tuple[LedgerLine, ...]:
        """The lines chosen, as they are now."""
        return tuple(self._lines.get(line.evidence.id, line) for line in self.grid.chosen)

    def show_chosen(self) -> None:
        """Show what is chosen in the panel; what is typed there is stored before another one comes."""
        self._later.stop()
        chosen = self.chosen
        self.side.setVisible(bool(chosen))
        self.edge.setVisible(bool(chosen))
        if len(chosen) > 1:
            self.panel.flush()
            self.several.show_lines(chosen)
            self.side.setCurrentIndex(1)
        elif chosen:
            line = chosen[0]
            versions = revisions_among(self._lines, line.evidence)
            detail = self.workbench.read(read_evidence_detail, line, versions)
            self._note_file(detail.line)
            self.panel.show_detail(detail, self._today)
            self.side.setCurrentIndex(0)

    def look_at_files(self) -> None:
        """Open every file beside the window, so that one that is missing or changed is named."""
        engagement = self.workbench.engagement
        if engagement is not None and self._lines:
            self.files.look(engagement.id, self._today)

    def _read(self) -> None:
        engagement = self.workbench.engagement
        if engagement is None:
            return
        self._today = self.workbench.workspace.today()
        lines, self._areas = self.workbench.read(read_ledger, engagement, self._today)
        self._lines = {line.evidence.id: line for line in lines}
        self._show_lines()
        self.show_chosen()

    def _show_lines(self) -> None:
        self._lines = {id: with_files(line, self.files.states) for id, line in self._lines.items()}
        lines = tuple(self._lines.values())
        self.filters.show_counts(counts_of(lines), self._areas)
        self.grid.show_lines(wanted(lines, self.filters.evidence_filter))
        self._show_parts()

    def _show_parts(self) -> None:
        if not self._lines:
            self.pictures.setCurrentWidget(self.empty)
        else:
            has_some = bool(self.grid.evidence.lines)
            self.pictures.setCurrentWidget(self.grid if has_some else self.nothing)
        self.check.setVisible(bool(self._lines))
        self.status_changed.emit(self.status())

    def _filter_changed(self, evidence_filter: EvidenceFilter) -> None:
        self.grid.show_lines(wanted(self._lines.values(), evidence_filter))
        self._show_parts()
        self._later.start()

    def _picked(self) -> None:
        self._later.start()

    def _into_grid(self) -> None:
        if not self.grid.chosen and self.grid.evidence.lines:
            self.grid.choose_place(0)
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def _note_file(self, line: LedgerLine) -> None:
        """The files of one line were looked at; only where that is news in a word, the rows are shown anew."""
        id = line.evidence.id
        is_news = self._lines[id].broken != line.broken
        self.files.note(line)
        self._lines[id] = replace(self._lines[id], file=line.file, broken=line.broken)
        self.grid.evidence.put(self._lines[id])
        if is_news:
            self._show_lines()

    def _leave(self) -> None:
        """The workspace is open no more."""
        self._later.stop()
        self.thumbnails.use(None)
        self._lines, self._looked_at = {}, None
        self.files.forget()
        self.result.dismiss()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._later.stop()  # whoever shows the view again has it read again


def _reader_of(workbench: Workbench) -> Callable[[str], bytes]:
    """Reads stored files, which never change, for the thread that makes small pictures; the database is not asked."""
    return workbench.workspace.store.evidence.get
