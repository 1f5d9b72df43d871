"""Moves through assessments, processes and checkpoints, and changes which of them the list shows."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from qma_app.domain.ids import AreaId, AssessmentId, CheckpointId, ProcessId
from qma_app.i18n import _
from qma_app.services.checklist import ChecklistRow
from ui.checklists.acts import CheckpointActs
from ui.checklists.columns import Columns
from ui.checklists.desk import RatingDesk
from ui.checklists.filters import Reach, Show, View, rows_in
from ui.checklists.sheet import Sheet, read_sheet
from ui.checklists.showing import Showing
from ui.checklists.way import first_open_process, first_place, next_open_area, next_process, next_unrated
from ui.checklists.words import Words
from ui.places import Place
from ui.workbench import Workbench


class Navigation(QObject):
    """`went` when another process or assessment is on screen, `emptied` when there is nothing to show in one."""

    went = Signal()
    emptied = Signal(object)  # Sheet

    def __init__(
        self,
        workbench: Workbench,
        columns: Columns,
        showing: Showing,
        desk: RatingDesk,
        acts: CheckpointActs,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._middle = columns.middle
        self._inspector = columns.inspector
        self._showing = showing
        self._desk = desk
        self._acts = acts

    @property
    def sheet(self) -> Sheet | None:
        return self._showing.sheet

    def open_assessment(self, id: AssessmentId, at: CheckpointId | None = None) -> None:
        """Read an assessment and show it where it was asked for, else at the first unrated checkpoint."""
        self._inspector.flush()
        before, view = self.sheet, self._showing.view
        sheet = self._workbench.read(read_sheet, id)
        checkpoint = at if at is not None and at in sheet.rows else first_place(sheet)
        if checkpoint is None:
            self.emptied.emit(sheet)
            return
        is_same = before is not None and before.assessment.id == id
        point = sheet.rows[checkpoint].checkpoint
        wanted = View(area_id=point.area_id, process_id=point.process_id)
        if is_same and view is not None:
            wanted = replace(view, area_id=point.area_id, process_id=point.process_id)
            shows_all = view.show is Show.ALL and not view.text
            if not shows_all and checkpoint not in _ids(rows_in(sheet, wanted, self._words(sheet))):
                wanted = View(area_id=point.area_id, process_id=point.process_id)
        self._desk.assessment_id = id
        self._showing.show_sheet(sheet, wanted, checkpoint)
        self._acts.use(sheet, self._showing.context)
        self._arrive(checkpoint)

    def go(self, place: Place) -> None:
        """Show a place; ids that are not here are ignored, and a checkpoint that is shown already keeps its list."""
        sheet = self.sheet
        if (
            sheet is not None
            and place.assessment_id in sheet.labels
            and place.assessment_id != sheet.assessment.id
        ):
            self.open_assessment(AssessmentId(str(place.assessment_id)))
            sheet = self.sheet
        view = self._showing.view
        if sheet is None or view is None:
            return
        if place.checkpoint_id in sheet.rows:
            self.open_checkpoint(CheckpointId(str(place.checkpoint_id)))
        elif place.process_id in sheet.edition.processes:
            self.open_process(ProcessId(str(place.process_id)))
        elif place.area_id is not None and place.area_id != view.area_id:
            self.open_area(AreaId(place.area_id))

    def open_area(self, area_id: AreaId) -> None:
        """The first process of an area with something open."""
        process = first_open_process(self.sheet, area_id) if self.sheet is not None else None
        if process is not None:
            self.open_process(process)

    def open_process(self, process_id: ProcessId) -> None:
        """A process from its first unrated checkpoint on; a filter stays as long as it finds something there."""
        sheet, view = self.sheet, self._showing.view
        rows = sheet.of_process(process_id) if sheet is not None else ()
        if sheet is None or view is None or not rows:
            return
        area_id = rows[0].checkpoint.area_id
        if (
            view.spans_processes
            and not view.text
            and rows_in(sheet, replace(view, area_id=area_id), self._words(sheet))
        ):
            wanted = replace(view, area_id=area_id, process_id=process_id)
        else:
            wanted = View(area_id=area_id, process_id=process_id, show=view.show)
        if not _holds_process(sheet, wanted, self._words(sheet)):
            wanted = View(area_id=area_id, process_id=process_id)
        shown = [
            row
            for row in rows_in(sheet, wanted, self._words(sheet))
            if row.checkpoint.process_id == process_id
        ]
        first = next((row for row in shown if not row.is_decided), shown[0])
        if wanted != view:
            self._showing.show_view(wanted, first.checkpoint.id)
        self._arrive(first.checkpoint.id)
        self.went.emit()

    def open_checkpoint(self, id: CheckpointId) -> None:
        """A checkpoint; its process is shown if it is not in the list already."""
        sheet, view = self.sheet, self._showing.view
        if sheet is None or view is None or id not in sheet.rows:
            return
        if self._middle.list.rows.place_of(id) is None:
            point = sheet.rows[id].checkpoint
            wanted = View(area_id=point.area_id, process_id=point.process_id, show=view.show)
            if id not in _ids(rows_in(sheet, wanted, self._words(sheet))):
                wanted = replace(wanted, show=Show.ALL)
            self._showing.show_view(wanted, id)
            self._arrive(id)
            self.went.emit()
        else:
            self._middle.list.go_to(id)

    def follow(self) -> None:
        """The list moved to another checkpoint: where several processes are shown, outline and head follow."""
        sheet, view, id = self.sheet, self._showing.view, self._middle.list.current_id
        if sheet is None or view is None or id is None:
            return
        point = sheet.rows[id].checkpoint
        if view.process_id != point.process_id:
            self._showing.follow(replace(view, area_id=point.area_id, process_id=point.process_id))

    def next_unrated(self) -> None:
        """Space: the nearest unrated checkpoint, in the next process if this one has none left."""
        self._to_unrated(backwards=False)

    def previous_unrated(self) -> None:
        """Shift+Space: the same, backwards."""
        self._to_unrated(backwards=True)

    def down(self) -> None:
        self._middle.list.step(1)

    def up(self) -> None:
        self._middle.list.step(-1)

    def next_process(self) -> None:
        """Ctrl+Enter: on to the process after this one."""
        sheet, view = self.sheet, self._showing.view
        if sheet is None or view is None:
            return
        following = next_process(sheet, view.process_id)
        if following is None:
            self._workbench.told.emit(_("This was the last process of the assessment."))
        else:
            self.open_process(following)

    def next_area(self) -> None:
        """Ctrl+Tab: on to the next area with something open."""
        sheet, view = self.sheet, self._showing.view
        if sheet is None or view is None:
            return
        area = next_open_area(sheet, view.area_id)
        if area is None:
            self._workbench.told.emit(_("No other area has an open checkpoint."))
        else:
            self.open_area(area)

    def choose_show(self, show: Show) -> None:
        """Another filter."""
        view = self._showing.view
        if view is not None:
            self._choose(replace(view, show=show))

    def choose_reach(self, reach: Reach) -> None:
        """A wider or narrower list."""
        view = self._showing.view
        if view is not None:
            self._choose(replace(view, reach=reach))

    def find(self, text: str) -> None:
        """Only checkpoints that hold these words, from all areas."""
        view = self._showing.view
        if view is not None:
            self._choose(replace(view, text=text.strip()))

    def show_all(self) -> None:
        """One process again, without a filter."""
        self._middle.search.clear()
        self._middle.search.setVisible(False)
        view = self._showing.view
        if view is not None:
            self._choose(View(area_id=view.area_id, process_id=view.process_id))

    def _choose(self, view: View) -> None:
        """Show another choice of checkpoints; the current one stays current if it is among them."""
        sheet, current = self.sheet, self._middle.list.current_id
        if sheet is None:
            return
        rows = rows_in(sheet, view, self._words(sheet))
        if current not in _ids(rows):
            here = [row for row in rows if row.checkpoint.process_id == view.process_id] or list(rows)
            open_first = [row for row in here if not row.is_decided] + here
            current = open_first[0].checkpoint.id if open_first else None
        self._showing.show_view(view, current)
        self._arrive(current)

    def _to_unrated(self, *, backwards: bool) -> None:
        if self.sheet is None:
            return
        id = next_unrated(self.sheet, self._middle.list.current_id, backwards=backwards)
        if id is None:
            self._workbench.told.emit(_("Every other checkpoint is decided."))
        else:
            self.open_checkpoint(id)

    def _arrive(self, id: CheckpointId | None) -> None:
        if id is not None:
            self._middle.list.go_to(id)
        self._showing.show_checkpoint()

    def _words(self, sheet: Sheet) -> Words:
        return Words(edition=sheet.edition, language=self._workbench.settings.content_language)


def _holds_process(sheet: Sheet, view: View, words: Words) -> bool:
    return any(row.checkpoint.process_id == view.process_id for row in rows_in(sheet, view, words))


def _ids(rows: tuple[ChecklistRow, ...]) -> frozenset[CheckpointId]:
    return frozenset(row.checkpoint.id for row in rows)
