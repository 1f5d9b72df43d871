"""Takes in a list of visits from Excel or CSV: choose or drop it, see what it would do, take it in as one step."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QCheckBox, QFileDialog, QWidget

from qma_app.domain.ids import EngagementId
from qma_app.i18n import _, day_text, ngettext
from qma_app.services.visit_lists import (
    VisitDifference,
    VisitList,
    VisitListDifference,
    VisitListState,
    read_visit_list,
    take_in_visits,
    visit_list_difference,
)
from ui.dialogs.reading_dialog import ReadingDialog
from ui.jobs import Progress
from ui.models.standards_table import TableColumn, TableRow
from ui.standards_view.table import WordTable
from ui.widgets.announcing import announce
from ui.widgets.buttons import Button
from ui.widgets.empty_state import EmptyState
from ui.widgets.labels import PlainLabel
from ui.workbench import Workbench

if TYPE_CHECKING:
    from qma_app.services.workspace import Workspace


@dataclass(frozen=True, kw_only=True, slots=True)
class _Read:
    visits: VisitList
    difference: VisitListDifference


class TakeInVisits(ReadingDialog):
    """Nothing is stored before Take in; days that something speaks against are taken in only when that is ticked."""

    def __init__(
        self,
        parent: QWidget | None,
        workbench: Workbench,
        engagement_id: EngagementId,
        path: Path | None = None,
    ) -> None:
        super().__init__(
            parent,
            workbench,
            _("Take in a list of visits"),
            accept=_("Take in"),
            width=760,
            problems=_("Places to look at"),
        )
        self._engagement_id, self._path = engagement_id, path
        self._found: _Read | None = None
        self.is_taken = False
        self.setAcceptDrops(True)
        self._build()
        self._fit_screen(widest=980, lowest=460, highest=680)
        self._show()
        if path is not None:
            self.read(path)
        else:
            self._check()
            self.empty.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self) -> None:
        self.file = PlainLabel("", tone="muted", wrap=True)
        self.counts = PlainLabel("", role="strong", wrap=True)
        self.empty = EmptyState(
            "file-spreadsheet",
            _("Drop a list here: an Excel workbook or a CSV file with a column of dates."),
            _("Choose file…"),
        )
        self.empty.wanted.connect(self._choose)
        self.table = WordTable(
            _("Visits of the list"),
            (
                TableColumn(title=_("Day"), width=120, is_strong=True),
                TableColumn(title=_("Time"), width=110),
                TableColumn(title=_("Areas"), share=2),
                TableColumn(title=_("Purpose"), share=3),
                TableColumn(title=_("What happens"), share=3),
            ),
            is_opening=False,
            lines=2,
        )
        self.despite = QCheckBox(_("Take in days that something speaks against, too"))
        self.despite.toggled.connect(self._check)
        self.body.setSpacing(8)
        for label in (self.file, self.counts):
            self.body.addWidget(label)
        self.body.addWidget(self.empty, 1)
        self.body.addWidget(self.table, 3)
        self.body.addWidget(self.despite)
        self.body.addWidget(self.wrong_caption)
        self.body.addWidget(self.wrong, 2)
        self.body.addWidget(self.bar)
        self.choose_button = Button(_("Choose another…"), icon_name="folder-open")
        self.choose_button.clicked.connect(self._choose)
        self.again_button.clicked.connect(self._read_again)
        self.buttons.insertWidget(0, self.choose_button)
        self.buttons.insertWidget(2, self.again_button)

    def read(self, path: Path) -> None:
        """Read the file as it lies there now."""
        if self._job is not None:
            return
        self._path, self._found = path, None
        self.show_problem("")
        self._show()
        self._read_beside(
            path.name, partial(_read, self._bench.workspace, path, self._engagement_id), self._was_read
        )

    def _read_again(self) -> None:
        if self._path is not None:
            self.read(self._path)

    def _choose(self) -> None:
        settings = self._bench.settings
        chosen, _kind = QFileDialog.getOpenFileName(
            self,
            _("Take in a list of visits"),
            str(settings.incoming_folder),
            f"{_('Excel workbooks and CSV')} (*.xlsx *.xlsm *.csv);;{_('All files')} (*)",
        )
        if chosen:
            settings.put("incoming_folder", str(Path(chosen).parent))
            self.read(Path(chosen))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = _dropped(event)
        if path is not None:
            event.acceptProposedAction()
            self.read(path)

    def _was_read(self, found: _Read) -> None:
        self._job, self._found = None, found
        self._show()
        self._check()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, self.counts.text())

    def _show(self) -> None:
        difference = self._found.difference if self._found is not None else None
        self.file.setText(self._path.name if self._path is not None else "")
        self.counts.setText(_counts(difference) if difference is not None else "")
        self.table.show_rows(
            [_row(place, line) for place, line in enumerate(difference.lines)] if difference else []
        )
        doubtful = difference.doubtful if difference is not None else ()
        for widget, is_there in (
            (self.file, self._path is not None),
            (self.empty, self._path is None),
            (self.choose_button, self._path is not None),
            (self.counts, difference is not None),
            (self.table, difference is not None and bool(difference.lines)),
            (self.despite, bool(doubtful)),
        ):
            widget.setVisible(is_there)
        problems = difference.problems if difference is not None else ()
        self._show_problems(_("Places to look at"), problems, height_of_few=150)

    def _check(self) -> None:
        super()._check()
        is_reading = self._job is not None
        self.choose_button.setEnabled(not is_reading)
        self.again_button.setVisible(self._path is not None and not is_reading)
        difference = self._found.difference if self._found is not None else None
        why_not = "" if difference is None else self._why_not(difference)
        self._let_accept(is_possible=difference is not None and not why_not, why_not=why_not)

    def _why_not(self, difference: VisitListDifference) -> str:
        if difference.errors:
            return _("Mend the places named in the list, save it and read it again.")
        if difference.doubtful and not self.despite.isChecked():
            return _("Something speaks against some of the days.")
        changing = (VisitListState.NEW, VisitListState.CHANGED)
        return "" if any(map(difference.count, changing)) else _("The list changes nothing.")

    def accept(self) -> None:
        if self._found is None or not self.accept_button.isEnabled():
            return
        self.show_problem("")
        changes = self._bench.do(
            take_in_visits, self._engagement_id, self._found.visits, despite=self.despite.isChecked()
        )
        if changes is not None:
            self.is_taken = True
            self._bench.told.emit(_counts(self._found.difference))
            super().accept()

    @classmethod
    def ask(
        cls,
        workbench: Workbench,
        engagement_id: EngagementId,
        path: Path | None = None,
        parent: QWidget | None = None,
    ) -> bool:
        """Whether visits were taken in."""
        dialog = cls(parent, workbench, engagement_id, path)
        dialog._show_until_closed()
        return dialog.is_taken


def _read(workspace: Workspace, path: Path, engagement_id: EngagementId, progress: Progress) -> _Read:
    visits = read_visit_list(path, progress=progress)
    with workspace.reading() as reader:
        return _Read(visits=visits, difference=visit_list_difference(reader, engagement_id, visits))


def _counts(difference: VisitListDifference) -> str:
    """`4 new visits · 2 changed · 3 as they are`."""
    new, changed = difference.count(VisitListState.NEW), difference.count(VisitListState.CHANGED)
    same = difference.count(VisitListState.SAME) + difference.count(VisitListState.HELD)
    return " · ".join(
        (
            ngettext("{count} new visit", "{count} new visits", new).format(count=new),
            ngettext("{count} changed", "{count} changed", changed).format(count=changed),
            ngettext("{count} as it is", "{count} as they are", same).format(count=same),
        )
    )


def _row(place: int, line: VisitDifference) -> TableRow:
    row = line.row
    begun, ended = row.starts_at, row.ends_at
    times = "–".join(f"{one:%H:%M}" for one in (begun, ended) if one is not None)
    what = {
        VisitListState.NEW: _("is planned"),
        VisitListState.CHANGED: _("is changed"),
        VisitListState.SAME: _("stays as it is"),
        VisitListState.HELD: _("has begun and stays as it is"),
    }[line.state]
    return TableRow(
        key=place,
        cells=(day_text(row.planned_on), times, ", ".join(row.areas), row.purpose, what),
        tones={4: "warn"} if line.against else {},
        small={4: line.against} if line.against else {},
    )


def _dropped(event: QDropEvent) -> Path | None:
    """The first local file of a drop."""
    files = (Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile())
    return next(files, None)
