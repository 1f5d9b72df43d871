"""The screen a coach works in: outline, checkpoints of a process, inspector; everything can be done by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from qma_app.domain.evidence import Evidence
from qma_app.domain.ids import AssessmentId, FindingId, ProcessId
from qma_app.domain.record import Changes
from qma_app.i18n import _
from ui.checklists.acts import CheckpointActs
from ui.checklists.assessing import AssessmentDeeds, AssessmentDesk
from ui.checklists.audit_looking import AuditLooking
from ui.checklists.columns import Columns
from ui.checklists.commands import assessment_commands, rating_commands, verb_commands
from ui.checklists.desk import RatingDesk
from ui.checklists.inspecting import Inspecting
from ui.checklists.intake import Intake
from ui.checklists.keys import KeyActs, Verb, shortcut_lines
from ui.checklists.navigation import Navigation
from ui.checklists.pictures import Pictures
from ui.checklists.reading import assessment_to_open
from ui.checklists.sheet import Sheet, sheet_after, touched_by, uncovered
from ui.checklists.showing import Showing
from ui.checklists.viewing import Viewing
from ui.pages.page import Page
from ui.places import Place
from ui.shortcuts import Command, Shortcut
from ui.widgets.empty_state import EmptyState
from ui.widgets.focus_mode import FocusMode
from ui.workbench import Workbench

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_READ_AGAIN = ("content_language", "window_language", "independent_rating", "single_letters")


class ChecklistsPage(Page):
    """The list of checkpoints holds the keyboard; letters and digits never act while somebody types."""

    key = "checklists"
    title = "Checklists"
    icon = "list-checks"
    position = 3

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        pictures = Pictures(workbench)
        self.columns = Columns(workbench.settings, pictures.thumbnail)
        self.focus = FocusMode()
        self.empty = EmptyState("clipboard-list", "", _("Start baseline"), keys="Return")
        self.intake = Intake(workbench, self)
        self.desk = RatingDesk(workbench)
        self.assessing = AssessmentDesk(workbench, self)
        self.showing = Showing(workbench, self.columns, self.focus, self.intake, self)
        self.acts = CheckpointActs(workbench, self.columns, self.desk, self.intake, self)
        self.way = Navigation(workbench, self.columns, self.showing, self.desk, self.acts, self)
        self.looking = AuditLooking(workbench, self.columns, self.showing, self)
        self.viewing = Viewing(workbench, pictures, self.desk, self)
        self.inspecting = Inspecting(
            workbench,
            self.columns.inspector,
            self.focus,
            self.showing,
            self.desk,
            self.acts,
            self.intake,
            self.viewing,
        )
        self.deeds = AssessmentDeeds(self.assessing, self.showing, self.flush, self)
        self._unscoped: Sheet | None = None
        self._keys = KeyActs(self._verbs(), self.acts.rate_step)
        self._stack = QStackedLayout(self)
        for widget in (self.columns, self.focus, self.empty):
            self._stack.addWidget(widget)
        self._connect_left()
        self._connect_middle()
        workbench.settings.changed.connect(self._setting_changed)
        workbench.workspace_changed.connect(self._forget)

    def refresh(self) -> None:
        """Read everything again; assessment and checkpoint stay as far as they are still there."""
        self.flush()
        engagement, before = self.workbench.engagement, self.showing.sheet
        id = at = None
        if engagement is not None:
            is_same = before is not None and before.engagement.id == engagement.id
            wanted = before.assessment.id if before is not None and is_same else None
            # Dealerships of one edition share their checkpoints: where another one's list stood means nothing here.
            at = self.columns.middle.list.current_id if is_same else None
            id = self.workbench.read(assessment_to_open, engagement, wanted)
        if id is None:
            self._show_empty()
        else:
            if self._stack.currentWidget() is self.empty:
                self._stack.setCurrentWidget(self.columns)
            self.way.open_assessment(id, at)
        self.status_changed.emit(self.status())

    def apply_changes(self, changes: Changes) -> None:
        """Show an edit: only the rows it touched are painted again, unless it reaches further."""
        sheet = self.showing.sheet
        after = sheet_after(sheet, changes) if sheet is not None else None
        if after is None:
            self.refresh()
            return
        if after[0].is_blind:
            after = self.workbench.read(uncovered, *after)
        self.columns.middle.list.rows.mark(())
        self.acts.use(after[0], self.showing.context)
        is_evidence_changed = changes.touches(Evidence)
        self.showing.show_edit(*after, is_evidence_changed=is_evidence_changed)
        self.looking.apply_changes(changes)
        if is_evidence_changed:
            self.viewing.show_again(self.showing.evidence())
        self.status_changed.emit(self.status())

    def mark(self, changes: Changes) -> None:
        self.columns.middle.list.rows.mark(touched_by(changes))

    def place(self) -> Place:
        sheet, view = self.showing.sheet, self.showing.view
        if sheet is None or view is None:
            return super().place()
        return Place(
            page=self.key,
            dealership_id=self.workbench.dealership_id,
            assessment_id=sheet.assessment.id,
            area_id=view.area_id,
            process_id=view.process_id,
            checkpoint_id=self.columns.middle.list.current_id,
        )

    def go(self, place: Place) -> None:
        self.way.go(place)

    def focus_search(self) -> None:
        search = self.columns.middle.search
        if self._stack.currentWidget() is self.columns:
            search.setVisible(True)
            search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            search.selectAll()

    def new(self) -> None:
        """Ctrl+N: another assessment."""
        if self.workbench.engagement is None:
            super().new()
        else:
            self.deeds.start()

    def next_area(self) -> None:
        self.way.next_area()

    def set_focus_mode(self, is_on: bool) -> None:
        self.flush()
        if self.showing.sheet is None:
            return
        reason = self.columns.middle.reason
        reason.dismiss()
        reason.setParent(self.focus if is_on else self.columns.middle.list)
        self._stack.setCurrentWidget(self.focus if is_on else self.columns)
        self.showing.show_checkpoint()
        self.take_focus()

    def flush(self) -> None:
        self.columns.inspector.flush()
        self.looking.flush()
        self.focus.note.flush()

    def take_focus(self) -> None:
        shown = self._stack.currentWidget()
        self.showing.catch_up()
        if shown is self.empty:
            self.empty.button.setFocus(Qt.FocusReason.OtherFocusReason)
        elif shown is self.focus:
            self.focus.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.columns.middle.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def status(self) -> str:
        row = self.showing.process_row()
        if row is None:
            return ""
        return _("{process} · {decided} of {total} rated").format(
            process=row.process.number, decided=row.decided, total=row.total
        )

    def shortcuts(self) -> tuple[Shortcut, ...]:
        context = self.showing.context
        steps = len(context.steps) if context is not None else 9
        return shortcut_lines(steps, is_audit=self.looking.is_audit)

    def commands(self) -> tuple[Command, ...]:
        deeds = assessment_commands(self.columns.left.assessment.deeds())
        context = self.showing.context
        if context is None:
            return deeds
        return (
            *rating_commands(context, self.acts.rate),
            *verb_commands(self._verbs(), is_audit=self.looking.is_audit),
            *deeds,
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._stack.currentWidget() is self.empty:
            if event.key() in _ENTER:
                self.empty.wanted.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self._escape()
        elif not self._keys.press(
            event, letters_are_on=self.workbench.settings.single_letters, is_audit=self.looking.is_audit
        ):
            super().keyPressEvent(event)

    def _verbs(self) -> dict[Verb, Callable[[], object]]:
        return {
            Verb.NOT_APPLICABLE: self.acts.ask_not_applicable,
            Verb.NOT_SEEN: self.acts.ask_not_seen,
            Verb.CLEAR: self.acts.clear,
            Verb.NEXT_UNRATED: self.way.next_unrated,
            Verb.PREVIOUS_UNRATED: self.way.previous_unrated,
            Verb.DOWN: self.way.down,
            Verb.UP: self.way.up,
            Verb.NOTE: self._begin_note,
            Verb.EVIDENCE: self.acts.add_evidence,
            Verb.PASTE: self.acts.paste,
            Verb.FINDING: self._raise_finding,
            Verb.AS_LAST_TIME: self.acts.rate_as_last_time,
            Verb.SAMPLE: self._begin_sample,
            Verb.SUGGESTION: self._take_suggestion,
            Verb.NEXT_PROCESS: self.way.next_process,
            Verb.INSPECTOR: self.columns.toggle_inspector,
            Verb.PROCESS_NOT_APPLICABLE: self._leave_out_process,
            Verb.LOOK: partial(self._in_inspector, self.looking.begin),
            Verb.SEEN_HOW: partial(self._in_inspector, self.looking.turn_seen_how),
            Verb.LIVE: partial(self._in_inspector, self.looking.turn_live),
            Verb.REPEATED: partial(self._in_inspector, self.looking.turn_repeated),
            Verb.STRENGTH: partial(self._in_inspector, self.acts.raise_strength),
        }

    def _connect_left(self) -> None:
        left = self.columns.left
        left.assessment.chosen.connect(self._choose_assessment)
        left.assessment.start_wanted.connect(self.deeds.start)
        left.assessment.complete_wanted.connect(self.deeds.complete)
        left.assessment.reopen_wanted.connect(self.deeds.reopen)
        left.assessment.correct_wanted.connect(self.deeds.correct)
        left.assessment.discard_wanted.connect(self.deeds.discard)
        left.assessment.self_assessment_wanted.connect(self.workbench.wanted_self_assessment)
        left.outline.opened.connect(self._open_process)
        left.outline.process_left_out.connect(self.acts.ask_process_not_applicable)
        left.outline.unfolded_changed.connect(self.showing.keep_unfolded)
        self.deeds.begun.connect(self._arrive)
        self.deeds.done.connect(self.take_focus)
        self.empty.wanted.connect(self._begin)
        self.way.went.connect(self.went)
        self.way.emptied.connect(self._show_unscoped)

    def _connect_middle(self) -> None:
        middle = self.columns.middle
        middle.head.show_chosen.connect(self.way.choose_show)
        middle.head.reach_chosen.connect(self.way.choose_reach)
        middle.head.next_wanted.connect(self.way.next_process)
        middle.head.leaving_out_wanted.connect(self._leave_out_process)
        middle.head.inspector_wanted.connect(self.columns.toggle_inspector)
        middle.banner.reopen_wanted.connect(self.deeds.reopen)
        middle.nothing.wanted.connect(self._show_all)
        middle.search.textChanged.connect(self.way.find)
        middle.search.left.connect(self._leave_search)
        middle.list.moved.connect(self._moved)
        middle.list.cell_chosen.connect(self.acts.choose_cell)
        middle.list.dropped.connect(self.acts.take)
        middle.list.menu_wanted.connect(self.acts.show_menu)
        middle.reason.closed.connect(self.take_focus)
        self.focus.large.cell_chosen.connect(self.acts.choose_cell)
        self.columns.inspector_shown.connect(self._inspector_shown)
        self.columns.inspector.left.connect(self._back_to_list)
        self.looking.left.connect(self._back_to_list)
        self.inspecting.assessment_wanted.connect(self._choose_assessment)
        self.inspecting.finding_wanted.connect(self._open_finding)

    def _show_empty(self) -> None:
        """Nothing is assessed: one sentence, one button, one key."""
        self._unscoped = None
        self.showing.show_nothing()
        self.acts.use(None, None)
        self.empty.sentence.setText(
            _("Nothing is assessed yet: the baseline shows where this dealership stands.")
        )
        self.empty.button.say(_("Start baseline"))
        self._stack.setCurrentWidget(self.empty)

    def _show_unscoped(self, sheet: Sheet) -> None:
        """An assessment in whose areas nothing applies to this dealership."""
        self._show_empty()
        self._unscoped = sheet
        self.empty.sentence.setText(_("Nothing in the areas of this assessment applies to this dealership."))
        self.empty.button.say(_("Choose areas…"))

    def _begin_note(self) -> None:
        """In focus mode the note stands below the large checkpoint."""
        if self._stack.currentWidget() is self.focus:
            self.focus.note.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.showing.show_checkpoint()
            self.acts.begin_note()

    def _begin_sample(self) -> None:
        if self._has_inspector():
            self.acts.begin_sample()

    def _take_suggestion(self) -> None:
        self.showing.show_checkpoint()
        self.acts.take_suggestion()

    def _raise_finding(self) -> None:
        if self._has_inspector():
            self.acts.raise_finding()

    def _in_inspector(self, act: Callable[[], object]) -> None:
        if self._has_inspector():
            act()

    def _has_inspector(self) -> bool:
        """What is done in the inspector needs it on screen; it shows the current checkpoint from here on."""
        if self._stack.currentWidget() is not self.columns:
            self.workbench.told.emit(_("F11 leaves focus mode; then this can be done."))
            return False
        self.showing.show_checkpoint()
        return True

    def _leave_out_process(self) -> None:
        if self.showing.view is not None:
            self.acts.ask_process_not_applicable(self.showing.view.process_id)

    def _escape(self) -> None:
        """Out of the field and out of the filter, back to the list."""
        view = self.showing.view
        if self._stack.currentWidget() is self.columns and view is not None and not view.is_plain:
            self.way.show_all()
        self._back_to_list()

    def _back_to_list(self) -> None:
        self.flush()
        self.columns.inspector.findings.editor.close_finding()
        self.showing.show_checkpoint()
        self.columns.release_inspector()
        self.take_focus()

    def _leave_search(self, is_over: bool) -> None:
        if is_over:
            self.way.show_all()
        self.take_focus()

    def _show_all(self) -> None:
        self.way.show_all()
        self.take_focus()

    def _moved(self) -> None:
        self.columns.middle.reason.dismiss()
        self.columns.middle.list.rows.mark(())
        self.way.follow()
        self.showing.show_checkpoint_soon()
        self.status_changed.emit(self.status())

    def _open_process(self, process_id: ProcessId, takes_keyboard: bool) -> None:
        self.way.open_process(process_id)
        if takes_keyboard:
            self.take_focus()

    def _choose_assessment(self, id: AssessmentId) -> None:
        self.way.open_assessment(id, self.columns.middle.list.current_id)
        self.take_focus()
        self.went.emit()

    def _open_finding(self, finding_id: FindingId) -> None:
        self.going.emit(replace(self.place(), page="findings", finding_id=finding_id))

    def _begin(self) -> None:
        """The button of the empty page: the first assessment, or areas for one that reaches nothing."""
        if self._unscoped is not None:
            self.assessing.correct(self._unscoped)
            return
        self.deeds.start_baseline()

    def _arrive(self, id: AssessmentId) -> None:
        self._stack.setCurrentWidget(self.columns)
        self.way.open_assessment(id)
        self.take_focus()
        self.went.emit()

    def _forget(self) -> None:
        """Another workspace is open: nothing of the old one may be read or written any more."""
        self.showing.show_nothing()
        self.acts.use(None, None)
        self.viewing.close()

    def _inspector_shown(self, is_shown: bool) -> None:
        self.columns.middle.head.show_inspector_button(is_shown=is_shown)

    def _setting_changed(self, name: str) -> None:
        if name in _READ_AGAIN and self.showing.sheet is not None:
            self.refresh()
