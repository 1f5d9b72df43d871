"""Runs use cases for the pages: one place that knows the open workspace, announces changes and keeps undo."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from PySide6.QtCore import QObject, Signal

from qma_app.errors import NotFound, QmaError, StorageTrouble
from qma_app.i18n import _
from ui.jobs import Jobs
from ui.places import Place
from ui.undo_stack import Step, UndoStack
from ui.undo_words import NOT_UNDONE, edit_words
from ui.unsaved import UnsavedWords

if TYPE_CHECKING:
    from qma_app.domain.engagement import Engagement
    from qma_app.domain.ports import Reader
    from qma_app.domain.record import Changes
    from qma_app.services.workspace import Workspace
    from ui.settings import Settings

P = ParamSpec("P")
T = TypeVar("T")


class Workbench(QObject):
    """What pages work with; they never open a workspace or a writing scope themselves."""

    saving = Signal()
    saved = Signal(object)  # the instant of the change
    changed = Signal(object)  # Changes, once for each edit, undo and redo
    failed = Signal(object)  # QmaError; what the user typed stays in its field
    not_saved = Signal(object)  # QmaError that kept an edit from being stored, before `failed`
    undo_state_changed = Signal()
    jump_to = Signal(object)  # Place; the window shows it
    marked = Signal(object)  # Changes that an undo or redo made, for the page shown to point at
    deleted = Signal(str)  # what was deleted, in words; the window offers Undo
    told = Signal(str)  # a short message for the user
    file_saved = Signal(
        object
    )  # Path of a paper or workbook; the window offers Open, Show in folder, Copy path
    backed_up = Signal()
    wanted_new_dealership = Signal()
    wanted_dealership_edit = Signal()
    wanted_next_programme = Signal(str)  # id of the dealership whose programme has ended
    wanted_worker_change = Signal()
    wanted_self_assessment = Signal()  # a workbook somebody filled in is to be taken in
    wanted_restore = Signal(object)  # Path of the backup, or None to choose one
    wanted_sample_reset = Signal()
    wanted_sample_removal = Signal()
    workspace_changed = Signal()
    dealership_changed = Signal()

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.settings = settings
        self.jobs = Jobs(self)
        self.jobs.failed.connect(self.failed)
        self.dealership_id: str | None = None
        self.engagement: Engagement | None = None
        # Where the user is, asked when an edit is made so that its undo can return there; set by the window.
        self.where: Callable[[], Place | None] | None = None
        self._workspace: Workspace | None = None
        self._undo = UndoStack()
        self.unsaved = UnsavedWords()

    @property
    def has_workspace(self) -> bool:
        return self._workspace is not None

    @property
    def workspace(self) -> Workspace:
        """The open workspace; pages are only shown while there is one."""
        if self._workspace is None:
            raise StorageTrouble(
                _("No workspace is open."),
                code="workspace.none",
                way_out=_("Open a workspace folder or make a new dealership."),
            )
        return self._workspace

    def use(self, workspace: Workspace | None) -> None:
        """Work in another workspace (None: in none); the old one is closed, undo begins anew."""
        old = self._workspace
        if old is not None:
            self.jobs.cancel_all()  # they read what is about to be closed
        self._workspace = workspace
        if old is not None and old is not workspace:
            old.close()
        self.dealership_id, self.engagement = None, None
        self.unsaved.forget()
        self.forget_undo()
        self.workspace_changed.emit()

    def open_dealership(self, dealership_id: str | None) -> None:
        """Turn all pages to a dealership and its current engagement; None shows the welcome page."""
        self.dealership_id = dealership_id
        self._read_engagement()
        self.dealership_changed.emit()

    def read(self, function: Callable[Concatenate[Reader, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """`function(reader, ...)` in a reading scope: everything it sees is of one moment."""
        with self.workspace.reading() as reader:
            return function(reader, *args, **kwargs)

    def do(
        self,
        use_case: Callable[..., Changes],
        *args: object,
        merge_key: str | None = None,
        **kwargs: object,
    ) -> Changes | None:
        """Run `use_case(workspace, *args, **kwargs)` and announce what it changed; None when it was refused.

        Edits in a row with the same `merge_key` (typing in one field, rating one checkpoint again) are one step of undo.
        """
        place = self.where() if self.where is not None else None
        self.saving.emit()
        try:
            workspace = self.workspace
            changes = use_case(workspace, *args, **kwargs)
        except StorageTrouble as error:
            if self._workspace is not None:
                self.unsaved.failed(self._workspace, use_case, args, kwargs, place)
            self.not_saved.emit(error)
            self.failed.emit(error)
            return None
        except QmaError as error:
            self.not_saved.emit(error)
            self.failed.emit(error)
            return None
        if self.unsaved.count:
            self.unsaved.stored(workspace, use_case, args, kwargs)
        if changes and not changes.what.startswith(NOT_UNDONE):
            self._undo.push(Step(changes=changes, place=place, merge_key=merge_key))
        self._announce(changes)
        return changes

    def announce(self, changes: Changes) -> None:
        """Something was stored outside `do`, by a job or for good: the pages hear of it, and undo does not know it."""
        self._announce(changes)

    def close_step(self) -> None:
        """The field was left: what is typed next, even in the same one, is a new step of undo."""
        self._undo.close_step()

    @property
    def can_undo(self) -> bool:
        return self._undo.can_undo

    @property
    def can_redo(self) -> bool:
        return self._undo.can_redo

    def undo_title(self) -> str:
        """What undo would take back, in words; empty when there is nothing."""
        return self._title(self._undo.next_undo)

    def redo_title(self) -> str:
        """What redo would do again, in words; empty when there is nothing."""
        return self._title(self._undo.next_redo)

    def undo(self) -> Changes | None:
        """Take the last step back and show where it was; refused when something newer is there."""
        from qma_app.services.undoing import undo

        return self._travel(self._undo.next_undo, undo, self._undo.undone)

    def redo(self) -> Changes | None:
        """Do the step again that was taken back last."""
        from qma_app.services.undoing import redo

        return self._travel(self._undo.next_redo, redo, self._undo.redone)

    def forget_undo(self) -> None:
        """The stack ends here: after signing, erasing, restoring, or in another workspace."""
        self._undo.clear()
        self.undo_state_changed.emit()

    def _travel(
        self,
        step: Step | None,
        direction: Callable[[Workspace, Changes], Changes],
        done: Callable[[], None],
    ) -> Changes | None:
        if step is None:
            return None
        self.saving.emit()
        try:
            changes = direction(self.workspace, step.changes)
        except QmaError as error:
            self.not_saved.emit(error)
            self.failed.emit(error)
            return None
        done()
        self._announce(changes)
        # Undoing a new dealership leaves no place to return to.
        if step.place is not None and self.engagement is not None:
            self.jump_to.emit(step.place)
        self.marked.emit(changes)
        return changes

    def _announce(self, changes: Changes) -> None:
        from qma_app.domain.engagement import Engagement

        if changes.touches(Engagement):
            self._read_engagement()
        self.saved.emit(changes.at)
        if changes:
            self.changed.emit(changes)
        self.undo_state_changed.emit()

    def _title(self, step: Step | None) -> str:
        if step is None:
            return ""
        return edit_words(step.changes)

    def _read_engagement(self) -> None:
        from qma_app.domain.ids import DealershipId
        from qma_app.domain.standing import current_engagement

        here = self.dealership_id
        try:
            self.engagement = None if here is None else self.read(current_engagement, DealershipId(here))
        except NotFound:
            self.engagement = None  # it lies in the bin: the window turns to another dealership
