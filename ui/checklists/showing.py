"""Puts the open assessment on screen, and after each edit only what the edit touched."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QObject, QTimer, Signal

from qma_app.domain.assessment import Assessment
from qma_app.domain.evidence import Evidence
from qma_app.domain.ids import AreaId, CheckpointId
from qma_app.errors import RuleBroken
from qma_app.i18n import _
from ui.checklists.audit_banner import banner_words
from ui.checklists.card import CardContext
from ui.checklists.columns import Columns
from ui.checklists.filters import View, rows_in
from ui.checklists.intake import Intake
from ui.checklists.reading import about_checkpoint, why_read_only
from ui.checklists.sheet import AreaProgress, ProcessProgress, Sheet, last_level_of, outline_of
from ui.checklists.words import Words
from ui.widgets.focus_mode import Focused, FocusMode
from ui.widgets.inspector import Inspected, Spot
from ui.workbench import Workbench

_PAUSE_MS = 40
_UNFOLDED = "checklists_unfolded"


class Showing(QObject):
    """Keeps columns, focus mode and inspector at the same checkpoint of the same sheet."""

    checkpoint_shown = Signal()

    def __init__(
        self,
        workbench: Workbench,
        columns: Columns,
        focus: FocusMode,
        intake: Intake,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._columns = columns
        self._focus = focus
        self._intake = intake
        self.sheet: Sheet | None = None
        self.context: CardContext | None = None
        self.view: View | None = None
        self.outline: tuple[AreaProgress, ...] = ()
        self.focus_spot: Spot | None = None
        # While an arrow key is held down, only the checkpoint it stops at is read.
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._rested)

    def show_sheet(self, sheet: Sheet, view: View, at: CheckpointId) -> None:
        """Another assessment, or the same read again, at one of its checkpoints."""
        settings = self._workbench.settings
        spoken = Words(edition=sheet.edition, language=settings.content_language)
        refusal = self._refusal(sheet.assessment)
        self.sheet = sheet
        self.context = CardContext(
            words=spoken,
            labels=sheet.labels,
            is_read_only=bool(refusal),
            hides_last=settings.independent_rating,
            has_digits=settings.single_letters,
        )
        self.outline = outline_of(sheet)
        left, middle = self._columns.left, self._columns.middle
        left.assessment.show_sheet(sheet)
        left.outline.tree.show(self.outline, spoken)
        left.outline.unfold(self._unfolded(view))
        words = banner_words(sheet, refusal)
        middle.banner.say(words.said, can_reopen=words.can_reopen, picture=words.picture)
        middle.list.use(self.context)
        self.show_view(view, at)

    def show_nothing(self) -> None:
        """No assessment is there to be shown."""
        self._pause.stop()
        self.sheet, self.context, self.view, self.outline = None, None, None, ()
        self._columns.middle.list.rows.show((), None)
        self._columns.left.outline.tree.show((), None)
        self._columns.inspector.show_checkpoint(None)
        self.checkpoint_shown.emit()

    def show_view(self, view: View, at: CheckpointId | None) -> None:
        """Other checkpoints of the same assessment, one of them current."""
        assert self.sheet is not None
        assert self.context is not None
        self.view = view
        middle = self._columns.middle
        rows = rows_in(self.sheet, view, self.context.words)
        middle.list.show_rows(rows, self.context.words, at, has_headings=view.spans_processes)
        middle.show_list(has_rows=bool(rows))
        self._columns.left.outline.show_process(view.process_id)
        self._show_head()

    def follow(self, view: View) -> None:
        """The keyboard went on to another process of the same list."""
        self.view = view
        self._columns.left.outline.show_process(view.process_id)
        self._show_head()

    def show_edit(
        self, sheet: Sheet, touched: Collection[CheckpointId], *, is_evidence_changed: bool
    ) -> None:
        """An edit was made: only the touched rows are painted again."""
        assert self.context is not None
        self.sheet = sheet
        self.outline = outline_of(sheet)
        self._columns.middle.list.rows.update_rows(sheet.rows, touched)
        self._columns.left.assessment.show_sheet(sheet)
        self._columns.left.outline.tree.show(self.outline, self.context.words)
        self._show_head()
        if is_evidence_changed or self._columns.middle.list.current_id in touched:
            self.show_checkpoint()

    def show_checkpoint_soon(self) -> None:
        """The current checkpoint changed: the cheap parts now, the rest when the keyboard rests."""
        self._show_focus()
        if not self._pause.isActive():
            self._pause.start()

    def catch_up(self) -> None:
        """Show what was left out while the screen was not seen."""
        shown = self._columns.inspector.shown
        if (shown.row.checkpoint.id if shown is not None else None) != self._columns.middle.list.current_id:
            self.show_checkpoint()

    def show_checkpoint(self) -> None:
        """Read and show everything about the current checkpoint now."""
        self._pause.stop()
        self._show_focus()
        self._columns.inspector.show_checkpoint(self._inspected())
        self.checkpoint_shown.emit()

    def show_waiting(self) -> None:
        """Something is on its way in, or has come in: nothing else changed, so nothing is read."""
        shown = self._columns.inspector.shown
        if shown is not None:
            waiting = self._intake.waiting_at(shown.row.checkpoint.id)
            self._columns.inspector.show_waiting(waiting)

    def process_row(self) -> ProcessProgress | None:
        """The process shown, with its counts."""
        if self.view is None:
            return None
        id = self.view.process_id
        return next((row for area in self.outline for row in area.processes if row.process.id == id), None)

    def evidence(self) -> tuple[Evidence, ...]:
        """The evidence at the current checkpoint, as it is shown."""
        shown = self._columns.inspector.shown
        return shown.evidence if shown is not None else ()

    def _rested(self) -> None:
        # A screen that is closed or left by now has nothing to show, and perhaps no workspace to read from.
        if self._columns.isVisible() or self._focus.isVisible():
            self.show_checkpoint()

    def keep_unfolded(self) -> None:
        """Remember which areas show their processes."""
        areas = self._columns.left.outline.unfolded
        self._workbench.settings.put(_UNFOLDED, " ".join(sorted(areas)))

    def _unfolded(self, view: View) -> frozenset[AreaId]:
        kept = self._workbench.settings.text(_UNFOLDED, "").split()
        return frozenset(map(AreaId, kept)) | {view.area_id}

    def _refusal(self, assessment: Assessment) -> str:
        """Why nothing may be changed now; empty while it may."""
        from qma_app.services.working import check_may_write

        workspace = self._workbench.workspace
        if workspace.lock is None:
            return _("This workspace is open for reading only.")
        try:
            check_may_write(workspace, assessment)
        except RuleBroken as error:
            return why_read_only(assessment, str(error))
        return why_read_only(assessment, "")

    def _show_head(self) -> None:
        row = self.process_row()
        if row is None or self.context is None or self.view is None or self.sheet is None:
            return
        self._columns.middle.head.show_process(
            row,
            self.context.words,
            self.view,
            last_level_of(self.sheet, row.process.id),
            self._last_label(row),
            len(self._columns.middle.list.rows.rows),
            owner=self.sheet.owners.get(row.process.id, ""),
            is_read_only=self.context.is_read_only,
            is_covered=any(one.is_own_covered for one in self.sheet.of_process(row.process.id)),
        )

    def _last_label(self, row: ProcessProgress) -> str:
        """The assessments the last level comes from, the newest first where there are several."""
        assert self.sheet is not None
        found = {
            known.last.assessment_id
            for known in self.sheet.of_process(row.process.id)
            if known.last is not None
        }
        return ", ".join(
            self.sheet.labels[one.id] for one in reversed(self.sheet.assessments) if one.id in found
        )

    def _show_focus(self) -> None:
        """The large checkpoint, if it is on screen."""
        id = self._columns.middle.list.current_id
        process = self.process_row()
        if (
            self._focus.isHidden()
            or self.sheet is None
            or self.context is None
            or id is None
            or process is None
        ):
            return
        row = self.sheet.rows[id]
        spot = (self.sheet.assessment.id, id)
        is_other = spot != self.focus_spot
        if is_other:
            self._focus.note.flush()
            self.focus_spot = spot
        title = f"{process.process.number} {self.context.words.of(process.process.title)}"
        progress = _("{decided} of {total}").format(decided=process.decided, total=process.total)
        shown = Focused(row=row, context=self.context, process=title, progress=progress)
        self._focus.show_checkpoint(
            shown, row.rating.note if row.rating is not None else "", is_other=is_other
        )

    def _inspected(self) -> Inspected | None:
        id = self._columns.middle.list.current_id
        if self.sheet is None or self.context is None or id is None:
            return None
        row, assessment = self.sheet.rows[id], self.sheet.assessment
        history, own, evidence = self._workbench.read(about_checkpoint, assessment, row, self.context)
        return Inspected(
            assessment_id=assessment.id,
            row=row,
            context=self.context,
            history=history,
            own=own,
            evidence=evidence,
            waiting=self._intake.waiting_at(id),
        )
