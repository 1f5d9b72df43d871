"""Takes in a list of visits from Excel or CSV: choose or drop it, see what it would do, take it in as one step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QWidget

from qma_app.domain.ids import EngagementId
from qma_app.domain.record import Changes
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
from ui.dialogs.list_dialog import ListDialog, ReadList, ask_list_file
from ui.jobs import Progress
from ui.models.standards_table import TableColumn, TableRow
from ui.standards_view.table import WordTable
from ui.widgets.empty_state import EmptyState
from ui.workbench import Workbench

if TYPE_CHECKING:
    from qma_app.services.workspace import Workspace


VisitsRead = ReadList[VisitList, VisitListDifference]


class TakeInVisits(ListDialog[VisitList, VisitListDifference]):
    """Days that something speaks against are taken in only when that is ticked."""

    def __init__(
        self,
        parent: QWidget | None,
        workbench: Workbench,
        engagement_id: EngagementId,
        path: Path | None = None,
    ) -> None:
        self.despite = QCheckBox(_("Take in days that something speaks against, too"))
        super().__init__(
            parent,
            workbench,
            _("Take in a list of visits"),
            empty=EmptyState(
                "file-spreadsheet",
                _("Drop a list here: an Excel workbook or a CSV file with a column of dates."),
                _("Choose file…"),
            ),
            table=_table(),
            below=self.despite,
        )
        self._engagement_id = engagement_id
        self.despite.toggled.connect(self._check)
        self._begin(path)

    def _ask_file(self) -> Path | None:
        return ask_list_file(
            self,
            self._bench,
            _("Take in a list of visits"),
            f"{_('Excel workbooks and CSV')} (*.xlsx *.xlsm *.csv)",
        )

    def _reading(self, path: Path) -> Callable[[Progress], VisitsRead]:
        return partial(_read, self._bench.workspace, path, self._engagement_id)

    def _take_in(self, rows: VisitList) -> Changes | None:
        return self._bench.do(take_in_visits, self._engagement_id, rows, despite=self.despite.isChecked())

    def _counts_text(self, difference: VisitListDifference) -> str:
        return _counts(difference)

    def _table_rows(self, difference: VisitListDifference) -> Sequence[TableRow]:
        return [_row(place, line) for place, line in enumerate(difference.lines)]

    def _show_below(self, difference: VisitListDifference | None) -> bool:
        return difference is not None and bool(difference.doubtful)

    def _why_not(self, difference: VisitListDifference) -> str:
        if difference.errors:
            return _("Mend the places named in the list, save it and read it again.")
        if difference.doubtful and not self.despite.isChecked():
            return _("Something speaks against some of the days.")
        changing = (VisitListState.NEW, VisitListState.CHANGED)
        return "" if any(map(difference.count, changing)) else _("The list changes nothing.")

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


def _read(workspace: Workspace, path: Path, engagement_id: EngagementId, progress: Progress) -> VisitsRead:
    visits = read_visit_list(path, progress=progress)
    with workspace.reading() as reader:
        return ReadList(rows=visits, difference=visit_list_difference(reader, engagement_id, visits))


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


def _table() -> WordTable:
    return WordTable(
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
