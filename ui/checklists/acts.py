"""What the keys, cells and menus do to the current checkpoint; asks for reasons where the rules want one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QMimeData, QObject, QPoint, QRect, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMenu

from qma_app.domain.edition import Process
from qma_app.domain.ids import CheckpointId, ProcessId
from qma_app.domain.rating import Outcome
from qma_app.domain.record import Changes
from qma_app.i18n import _
from qma_app.services.checklist import ChecklistRow
from ui.checklists.card import CardContext
from ui.checklists.columns import Columns
from ui.checklists.desk import RatingDesk
from ui.checklists.incoming import Incoming, incoming_of
from ui.checklists.intake import Intake, Spot
from ui.checklists.reasons import usual_reasons
from ui.checklists.sheet import Sheet
from ui.widgets.icons import icon
from ui.workbench import Workbench

_PHOTOS = "*.jpg *.jpeg *.png *.webp *.heic *.heif"


class CheckpointActs(QObject):
    """Refuses quietly, with a word, what cannot be done: nothing current, completed, nothing to take over."""

    def __init__(
        self,
        workbench: Workbench,
        columns: Columns,
        desk: RatingDesk,
        intake: Intake,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._columns = columns
        self._list = columns.middle.list
        self._desk = desk
        self._intake = intake
        self._sheet: Sheet | None = None
        self._context: CardContext | None = None

    def use(self, sheet: Sheet | None, context: CardContext | None) -> None:
        """Act on this assessment from now on."""
        self._sheet, self._context = sheet, context

    @property
    def row(self) -> ChecklistRow | None:
        """The current checkpoint."""
        id = self._list.current_id
        return self._sheet.rows.get(id) if self._sheet is not None and id is not None else None

    def rate_step(self, step: int) -> None:
        """Rate with a step of the scale, counted from 1; a step the scale does not have does nothing."""
        context = self._context
        if context is not None and 1 <= step <= len(context.steps):
            self.rate(context.steps[step - 1])

    def rate(self, points: int) -> None:
        """Rate with points."""
        row = self._changeable()
        if row is not None:
            self._moved_on(self._desk.rate(row.checkpoint.id, points))

    def choose_cell(self, place: int) -> None:
        """A cell was clicked."""
        if self._context is None:
            return
        cell = self._context.cells[place]
        if cell.points is not None:
            self.rate(cell.points)
        elif cell.outcome is Outcome.NOT_SEEN:
            self.ask_not_seen()
        else:
            self.ask_not_applicable()

    def ask_not_applicable(self) -> None:
        """N: why is it not applicable?"""
        row = self._changeable()
        if row is not None:
            question = _("Why is {number} not applicable?").format(number=row.checkpoint.number)
            self._ask(question, Outcome.NOT_APPLICABLE, partial(self._leave_out, row.checkpoint.id))

    def ask_not_seen(self) -> None:
        """U: why was it not seen?"""
        row = self._changeable()
        if row is not None:
            question = _("Why was {number} not seen?").format(number=row.checkpoint.number)
            self._ask(question, Outcome.NOT_SEEN, partial(self._say_not_seen, row.checkpoint.id))

    def ask_process_not_applicable(self, process_id: ProcessId) -> None:
        """Why is a whole process not applicable? Its ratings are replaced; one step of undo brings them back."""
        if self._sheet is None or not self._may_change():
            return
        process: Process = self._sheet.edition.processes[process_id]
        question = _("Why is the whole process {number} not applicable?").format(number=process.number)
        self._ask(question, Outcome.NOT_APPLICABLE, partial(self._leave_out_process, process_id), at_top=True)

    def clear(self) -> None:
        """Backspace: unrated again."""
        row = self._changeable()
        if row is not None and row.is_decided:
            self._desk.clear(row.checkpoint.id)

    def rate_as_last_time(self) -> None:
        """S: take over the points of before; not while they are hidden."""
        row = self._changeable()
        if row is None or self._context is None:
            return
        if not self._context.shows_last(row) and row.last is not None:
            self._workbench.told.emit(
                _("Independent rating is on: rate first, the last rating is shown then.")
            )
        else:
            self._moved_on(self._desk.rate_as_last_time(row.checkpoint.id))

    def begin_note(self) -> None:
        """Enter: the keyboard goes to the note."""
        if self._changeable() is not None:
            self._columns.call_inspector()
            self._columns.inspector.begin_note()

    def begin_sample(self) -> None:
        """X: the keyboard goes to the sample."""
        if self.row is None:
            return
        self._columns.call_inspector()
        if not self._columns.inspector.begin_sample():
            self._columns.release_inspector()
            self._workbench.told.emit(_("This checkpoint asks for no sample."))

    def take_suggestion(self) -> None:
        """A: rate with what the sample suggests."""
        if self._changeable() is not None:
            self._columns.inspector.sample.take_suggestion()

    def raise_finding(self) -> None:
        """F: the finding is raised at once and open for correction beside the checkpoint."""
        row = self._changeable()
        if row is None:
            return
        self._columns.inspector.flush()
        finding = self._desk.raise_finding(row.checkpoint.id)
        if finding is not None:
            self._columns.call_inspector()
            self._columns.inspector.edit_finding(finding)

    def raise_strength(self) -> None:
        """G: what is done well is raised as good practice, open for words beside the checkpoint."""
        row, sheet = self._changeable(), self._sheet
        if row is None or sheet is None:
            return
        self._columns.inspector.flush()
        finding = self._desk.raise_strength(sheet.assessment, row)
        if finding is not None:
            self._columns.call_inspector()
            self._columns.inspector.edit_finding(finding)

    def add_evidence(self) -> None:
        """E: choose files."""
        if self._changeable() is None:
            return
        kinds = ";;".join((_("Photos ({patterns})").format(patterns=_PHOTOS), _("All files (*)")))
        names, _kind = QFileDialog.getOpenFileNames(self._columns, _("Add evidence"), "", kinds)
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(name) for name in names])
        self.take(mime)

    def paste(self) -> None:
        """Ctrl+V: the picture or the files on the clipboard."""
        if self._changeable() is not None and not self.take(QGuiApplication.clipboard().mimeData()):
            self._workbench.told.emit(_("There is no picture and no file on the clipboard."))

    def take(self, mime: QMimeData, checkpoint_id: CheckpointId | None = None) -> bool:
        """Take in what was dropped, pasted or chosen, here or at the checkpoint it was dropped on."""
        row = self._changeable()
        sheet = self._sheet
        if row is None or sheet is None:
            return False
        at = self._workbench.workspace.clock().astimezone()
        name = _("Photo {time}.png").format(time=f"{at:%Y-%m-%d %H-%M-%S}")
        things: tuple[Incoming, ...] = incoming_of(mime, picture_name=name)
        if things:
            spot = Spot(
                engagement_id=sheet.engagement.id,
                assessment_id=sheet.assessment.id,
                checkpoint_id=checkpoint_id or row.checkpoint.id,
            )
            self._intake.take(things, spot)
        return bool(things)

    def show_menu(self, at: QPoint) -> None:
        """Everything that can be done to the current checkpoint, for the mouse and where single letters are off."""
        row, context = self.row, self._context
        if row is None or context is None or context.is_read_only:
            return
        menu = QMenu(self._list)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for points in context.steps:
            text = _("Rate {points}: {word}").format(points=points, word=context.words.step(points))
            menu.addAction(text.replace("&", "&&")).triggered.connect(partial(self._rate_from_menu, points))
        menu.addSeparator()
        for picture, title, act in (
            ("circle-minus", _("Not applicable…"), self.ask_not_applicable),
            ("eye-off", _("Not seen…"), self.ask_not_seen),
            ("x", _("Clear the rating"), self.clear),
            ("history", _("As last time"), self.rate_as_last_time),
            ("pencil", _("Edit the note"), self.begin_note),
            ("paperclip", _("Add evidence…"), self.add_evidence),
            ("flag", _("Raise a finding"), self.raise_finding),
            *self._of_audits(),
        ):
            menu.addAction(icon(picture), title).triggered.connect(partial(_ignoring, act))
        menu.popup(at)

    def _of_audits(self) -> tuple[tuple[str, str, Callable[[], None]], ...]:
        if self._sheet is None or self._sheet.audit_id is None:
            return ()
        return (("thumbs-up", _("Raise a strength as good practice"), self.raise_strength),)

    def _rate_from_menu(self, points: int, _is_checked: bool = False) -> None:
        self.rate(points)

    def _leave_out(self, checkpoint_id: CheckpointId, reason: str) -> None:
        self._moved_on(self._desk.leave_out(checkpoint_id, reason))

    def _say_not_seen(self, checkpoint_id: CheckpointId, reason: str) -> None:
        self._moved_on(self._desk.say_not_seen(checkpoint_id, reason))

    def _leave_out_process(self, process_id: ProcessId, reason: str) -> None:
        self._desk.leave_out_process(process_id, reason)

    def _moved_on(self, changes: Changes | None) -> None:
        if changes is not None and self._workbench.settings.moves_on:
            self._list.step(1)

    def _ask(
        self, question: str, outcome: Outcome, answer: Callable[[str], object], *, at_top: bool = False
    ) -> None:
        assert self._sheet is not None
        bar = self._columns.middle.reason
        host = bar.host
        if host is self._list:
            below = QRect(0, 0, self._list.viewport().width(), 0) if at_top else self._list.card_rect()
        else:
            below = host.rect().adjusted(
                host.width() // 6, host.height() // 3, -host.width() // 6, -host.height() // 2
            )
        bar.ask(question, usual_reasons(self._sheet, outcome), below, answer)

    def _changeable(self) -> ChecklistRow | None:
        return self.row if self.row is not None and self._may_change() else None

    def _may_change(self) -> bool:
        if self._context is not None and self._context.is_read_only:
            self._workbench.told.emit(self._columns.middle.banner.words.text())
            return False
        return self._context is not None


def _ignoring(act: Callable[[], object], _is_checked: bool = False) -> None:
    act()
