"""The papers of a visit: agenda and calendar saved at once when it is prepared, the minutes shown when it is over."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from qma_app.domain.dealership import Dealership
from qma_app.domain.ids import DealershipId
from qma_app.domain.ports import Reader
from qma_app.domain.visit import Visit
from qma_app.i18n import _
from ui.jobs import Progress
from ui.places import Place
from ui.workbench import Workbench

if TYPE_CHECKING:
    from qma_app.services.workspace import Workspace


class VisitPapers(QObject):
    """What is saved goes into the folder of reports under names people recognise."""

    def __init__(self, workbench: Workbench, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bench = workbench

    def save_agenda(self, visit: Visit) -> None:
        """Write the sheet with the agenda, and the calendar of the programme beside it."""
        house = self._bench.dealership_id
        if house is None:
            return
        folder = self._bench.settings.reports_folder
        self._bench.jobs.run(
            _("Saving the agenda of visit {number}").format(number=visit.number),
            partial(_papers, self._bench.workspace, DealershipId(house), visit.number, folder),
            self._saved,
            self._bench.failed.emit,
        )

    def minutes_place(self, visit: Visit) -> Place:
        """Where the minutes are looked at before they are saved or printed."""
        return Place(
            page="reports", dealership_id=self._bench.dealership_id, visit_id=visit.id, view="minutes"
        )

    def agenda_place(self, visit: Visit) -> Place:
        """Where the agenda is looked at."""
        return Place(
            page="reports", dealership_id=self._bench.dealership_id, visit_id=visit.id, view="agenda"
        )

    def _saved(self, files: tuple[Path, Path]) -> None:
        calendar, agenda = files
        self._bench.settings.remember_paper(calendar)
        self._bench.file_saved.emit(agenda)


def _papers(
    workspace: Workspace, dealership_id: DealershipId, number: int, folder: Path, progress: Progress
) -> tuple[Path, Path]:
    from qma_app.services.calendars import write_calendar
    from qma_app.services.reports import make_report, report_name

    folder.mkdir(parents=True, exist_ok=True)
    of = str(number)
    with workspace.reading() as reader:
        name = report_name(reader, "agenda", dealership_id=dealership_id, of=of)
        calendar = calendar_name(reader, dealership_id)
    progress(0.1)
    agenda = make_report(workspace, "agenda", dealership_id=dealership_id, of=of, target=folder / name)
    progress(0.8)
    return write_calendar(workspace, folder / calendar, dealership_id=dealership_id), agenda


def calendar_name(reader: Reader, dealership_id: DealershipId) -> str:
    """The file name of the calendar of a dealership; the same each time, so that the newer one takes its place."""
    name = reader.get(Dealership, dealership_id).name
    words = "".join(letter if letter.isalnum() else "_" for letter in name).strip("_")
    return f"{words}_{_('calendar')}.ics"
