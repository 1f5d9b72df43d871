"""Keeps what the auditor says about the look at a checkpoint; in any other assessment there is no panel and nothing is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from qma_app.domain.audit import AuditLook, AuditSample
from qma_app.domain.ids import AuditId, CheckpointId
from qma_app.domain.ports import Reader
from qma_app.domain.record import Changes
from ui.checklists.columns import Columns
from ui.checklists.showing import Showing
from ui.workbench import Workbench

if TYPE_CHECKING:
    from ui.checklists.audit_look import LookPanel, Spot


class AuditLooking(QObject):
    """The panel is made when the first audit is shown; `left` when the keyboard is to go back to the list."""

    left = Signal()

    def __init__(
        self, workbench: Workbench, columns: Columns, showing: Showing, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._columns = columns
        self._showing = showing
        self.panel: LookPanel | None = None
        showing.checkpoint_shown.connect(self.show_look)

    @property
    def is_audit(self) -> bool:
        """Whether a guided audit is shown."""
        sheet = self._showing.sheet
        return sheet is not None and sheet.audit_id is not None

    def show_look(self) -> None:
        """Show what is said about the current checkpoint."""
        sheet, context = self._showing.sheet, self._showing.context
        shown = self._columns.inspector.shown
        if sheet is None or context is None or sheet.audit_id is None or shown is None:
            self._leave()
            return
        from ui.checklists.audit_look import Looked

        point = shown.row.checkpoint
        look, sample = self._workbench.read(_look_at, sheet.audit_id, point.id)
        panel = self._panel()
        panel.show_look(
            Looked(
                spot=(sheet.audit_id, point.id),
                look=look,
                sample=sample,
                asks_sample=point.sample is not None,
                is_read_only=context.is_read_only,
            )
        )
        panel.setVisible(True)

    def apply_changes(self, changes: Changes) -> None:
        """A look was written, undone, or a sample drawn elsewhere."""
        if changes.touches(AuditLook) or changes.touches(AuditSample):
            self.show_look()

    def flush(self) -> None:
        """Store what is typed."""
        if self.panel is not None:
            self.panel.flush()

    def begin(self) -> None:
        """H: the keyboard goes to the interviews."""
        panel = self._ready()
        if panel is not None:
            panel.take_keyboard()

    def turn_seen_how(self) -> None:
        """O: on site, remote, on paper."""
        panel = self._ready()
        if panel is not None:
            panel.turn_seen_how()

    def turn_live(self) -> None:
        """L: watched live."""
        panel = self._ready()
        if panel is not None:
            panel.turn_live()

    def turn_repeated(self) -> None:
        """R: the check was done again."""
        panel = self._ready()
        if panel is not None:
            panel.turn_repeated()

    def _ready(self) -> LookPanel | None:
        """The panel on screen at the current checkpoint; None where there is none, or nothing may be changed."""
        context = self._showing.context
        if not self.is_audit or context is None:
            return None
        if context.is_read_only:
            self._workbench.told.emit(self._columns.middle.banner.words.text())
            return None
        self._columns.call_inspector()
        self._showing.show_checkpoint()
        if self.panel is not None and not self.panel.isHidden():
            self._columns.inspector.ensureWidgetVisible(self.panel)
            return self.panel
        return None

    def _panel(self) -> LookPanel:
        if self.panel is None:
            from ui.checklists.audit_look import LookPanel

            self.panel = LookPanel()
            self.panel.changed.connect(self._write)
            self.panel.field_left.connect(self._workbench.close_step)
            self.panel.left.connect(self.left)
            self._columns.inspector.add_work(self.panel)
        return self.panel

    def _leave(self) -> None:
        if self.panel is not None:
            self.panel.flush()
            self.panel.setVisible(False)

    def _write(self, spot: Spot, name: str, value: object) -> None:
        from qma_app.services.audit_conduct import write_look

        merge_key = f"look {' '.join(spot)} {name}"
        done = self._workbench.do(write_look, *spot, merge_key=merge_key, **{name: value})
        if done is not None or self.panel is None:
            return
        if isinstance(value, str) and name in self.panel.notes:
            self.panel.keep(spot, name, value)
        else:
            self.show_look()


def _look_at(
    reader: Reader, audit_id: AuditId, checkpoint_id: CheckpointId
) -> tuple[AuditLook | None, AuditSample | None]:
    looks = reader.all(AuditLook, audit_id=audit_id, checkpoint_id=checkpoint_id)
    samples = reader.all(AuditSample, audit_id=audit_id, checkpoint_id=checkpoint_id)
    return next(iter(looks), None), next(iter(samples), None)
