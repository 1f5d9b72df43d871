"""The audit: the page that leads the auditor from the plan to the certificate, one step of the path at a time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QVBoxLayout, QWidget

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.audit import Audit
from qma_app.domain.audit_path import StepCode, current_step
from qma_app.domain.ids import AuditId, EngagementId
from qma_app.domain.people import Role
from qma_app.domain.ports import Reader
from qma_app.domain.record import Changes
from qma_app.i18n import _
from qma_app.services.audits import current_audit, list_audits
from ui.audit.banner import Banner
from ui.audit.head import AuditHead
from ui.audit.part import AuditPart
from ui.audit.reading import AuditDesk, read_desk
from ui.audit.views import VIEWS
from ui.pages.view_part import ViewEntry, ViewPart
from ui.pages.views_page import ViewsPage
from ui.places import Place
from ui.shortcuts import Command, Shortcut
from ui.widgets.empty_state import EmptyState
from ui.workbench import Workbench

_AFTER: Final = (StepCode.DECISION, StepCode.CERTIFICATE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Shelf:
    """The audits of a programme, the newest first, and what kind each is."""

    audits: tuple[Audit, ...]
    kinds: dict[AuditId, AssessmentKind]
    current: AuditId | None


class AuditPage(ViewsPage):
    """Its views are the steps of the audit shown; which there are depends on its kind."""

    key: ClassVar[str] = "audit"
    title: ClassVar[str] = _("Audit")
    icon: ClassVar[str] = "shield-check"
    position: ClassVar[int] = 7
    views: ClassVar[tuple[ViewEntry, ...]] = VIEWS
    head: AuditHead

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        self.audit_id: AuditId | None = None
        self._engagement_id: EngagementId | None = None
        self._shelf = Shelf(audits=(), kinds={}, current=None)
        self.banner = Banner(_("Change who is working…"))
        self.banner.wanted.connect(workbench.wanted_worker_change)
        self.empty = EmptyState("shield-check", "", _("Begin an audit…"), keys="Return")
        self.empty.wanted.connect(self.begin)
        self.head.begin_wanted.connect(self.begin)
        self.head.audit_chosen.connect(self._audit_chosen)
        self.head.discard_wanted.connect(self.discard)
        column = self._column()
        column.insertWidget(1, self.banner)
        column.addWidget(self.empty, 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus, as in every empty state."""
        focused = QApplication.focusWidget()
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and isinstance(focused, QAbstractButton) and self.isAncestorOf(focused):
            focused.click()
        else:
            super().keyPressEvent(event)

    def make_head(self) -> AuditHead:
        return AuditHead()

    @property
    def desk(self) -> AuditDesk | None:
        """What the step shown has read; None while there is no audit."""
        part = self.shown if self.audit_id is not None else None
        return part.desk if isinstance(part, AuditPart) else None

    def part(self, key: str) -> ViewPart:
        made = super().part(key)
        if isinstance(made, AuditPart) and made.audit_id != self.audit_id:
            made.audit_id = self.audit_id
            self._stale.add(key)
        return made

    def show_view(self, key: str) -> None:
        if self.audit_id is not None and self._has_step(key):
            super().show_view(key)

    def refresh(self) -> None:
        self._read_shelf()
        super().refresh()

    def apply_changes(self, changes: Changes) -> None:
        if changes.touches(Audit) or changes.touches(Assessment):
            self._read_shelf()
        if self.audit_id is not None:
            super().apply_changes(changes)

    def begin(self) -> None:
        """Ask for kind and days of a new audit, and show it."""
        from ui.audit.begin_dialog import BeginAudit

        engagement = self.workbench.engagement
        worker = self.workbench.workspace.worker
        if engagement is None:
            return
        if worker is not None and worker.role is not Role.AUDITOR:
            self.workbench.wanted_worker_change.emit()
            worker = self.workbench.workspace.worker
            self._show_shelf()
            if worker is not None and worker.role is not Role.AUDITOR:
                return
        begun = BeginAudit.ask(self.workbench, engagement.id, self)
        if begun is not None:
            self.show_audit(begun)
            self.take_focus()

    def discard(self) -> None:
        """Take the audit shown away again, with all that hangs on it; undo brings it back."""
        from qma_app.services.audit_discarding import discard_audit

        desk = self.desk
        if desk is not None and self.workbench.do(discard_audit, desk.view.audit.id) is not None:
            words = _("The audit {number} was discarded.").format(number=desk.view.audit.number)
            self.workbench.deleted.emit(words)

    def show_audit(self, audit_id: AuditId, view: str | None = None) -> None:
        """Another audit of the programme, at the step at hand unless another is named."""
        self.audit_id = audit_id
        self._turn_to(view or self._first_view(audit_id))
        self._show_shelf()
        self.went.emit()

    def mark(self, changes: Changes) -> None:
        if self.audit_id is not None:
            super().mark(changes)

    def place(self) -> Place:
        desk = self.desk
        if desk is None:
            return Place(page=self.key, dealership_id=self.workbench.dealership_id)
        return replace(super().place(), assessment_id=desk.state.assessment.id)

    def go(self, place: Place) -> None:
        wanted = next((one for one in self._shelf.audits if one.assessment_id == place.assessment_id), None)
        if wanted is not None and wanted.id != self.audit_id:
            self.audit_id = wanted.id
            self._view = self._first_view(wanted.id)
            self._show_shelf()
        if self.audit_id is None:
            return
        super().go(replace(place, view=place.view if self._has_step(place.view or "") else None))

    def focus_search(self) -> None:
        if self.audit_id is not None:
            super().focus_search()

    def new(self) -> None:
        if self.audit_id is not None:
            super().new()
        else:
            self.begin()

    def take_focus(self) -> None:
        if self.audit_id is not None:
            super().take_focus()
        else:
            self.empty.button.setFocus()

    def status(self) -> str:
        return super().status() if self.audit_id is not None else ""

    def shortcuts(self) -> tuple[Shortcut, ...]:
        if self.audit_id is None:
            return ()
        missing = {entry.letter for entry in self.views if not self._has_step(entry.key)}
        own = {one.keys for one in self.shown.shortcuts()}
        return tuple(one for one in super().shortcuts() if one.keys in own or one.keys not in missing)

    def commands(self) -> tuple[Command, ...]:
        begin = Command(title=_("Begin an audit…"), run=self.begin, icon=self.icon)
        may_begin = all(one.is_signed for one in self._shelf.audits)
        if self.audit_id is None:
            return (begin,) if self.workbench.engagement is not None else ()
        discard = Command(title=_("Discard this audit"), run=self.discard, icon="trash-2")
        missing = {entry.meaning for entry in self.views if not self._has_step(entry.key)}
        steps = tuple(one for one in super().commands() if one.title not in missing)
        return (*steps, begin) if may_begin else (*steps, discard)

    def _column(self) -> QVBoxLayout:
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        return column

    def _read_shelf(self) -> None:
        engagement = self.workbench.engagement
        known_before = {one.id for one in self._shelf.audits}
        if engagement is None:
            self._shelf = Shelf(audits=(), kinds={}, current=None)
        else:
            self._shelf = self.workbench.read(_shelf_of, engagement.id)
        engagement_id = engagement.id if engagement is not None else None
        known = {one.id for one in self._shelf.audits}
        is_replaced = any(
            one.revises == self.audit_id and one.id not in known_before for one in self._shelf.audits
        )
        if self.audit_id not in known or engagement_id != self._engagement_id or is_replaced:
            self.audit_id = self._shelf.current
            if self.audit_id is not None:
                self._view = self._first_view(self.audit_id)
        self._engagement_id = engagement_id
        self._show_shelf()

    def _show_shelf(self) -> None:
        has_audit = self.audit_id is not None
        self.head.setVisible(has_audit)
        self._stack.setVisible(has_audit)
        self.empty.setVisible(not has_audit)
        if not has_audit:
            self.banner.say("")
            self._say_empty()
        self.head.show_audits(self._shelf.audits, self._shelf.kinds, self.audit_id)

    def _say_empty(self) -> None:
        worker = self.workbench.workspace.worker if self.workbench.has_workspace else None
        is_other = worker is not None and worker.role is not Role.AUDITOR
        sentence = _("No audit of this programme yet.")
        if is_other:
            words = _("Only an auditor begins one: change who is working first.")
            sentence = f"{sentence} {words}"
        self.empty.sentence.setText(sentence)
        self.empty.button.say(_("Change who is working…") if is_other else _("Begin an audit…"))
        self.empty.button.setVisible(self.workbench.engagement is not None)

    def _first_view(self, audit_id: AuditId) -> str:
        """The step at hand; where there is none the last one of the path."""
        desk = self.workbench.read(read_desk, audit_id, on=self.workbench.workspace.today())
        step = current_step(desk.steps) or desk.steps[-1]
        return str(step.code)

    def _has_step(self, key: str) -> bool:
        desk = self.desk
        return desk is not None and any(str(step.code) == key for step in desk.steps)

    def _audit_chosen(self, audit_id: str) -> None:
        self.show_audit(AuditId(audit_id))

    def _bring_up_to_date(self) -> None:
        if self.audit_id is not None:
            super()._bring_up_to_date()
        else:
            self.status_changed.emit("")

    def _head_changed(self) -> None:
        if self.audit_id is None:
            return
        super()._head_changed()
        part = self.shown
        # What follows the signature is not written in the audit: its steps say themselves who may do what.
        shut = part.shut if isinstance(part, AuditPart) and self._view not in _AFTER else None
        is_signed = self.desk is not None and self.desk.state.audit.is_signed
        words = f"{shut.message} {shut.way_out}" if shut is not None else ""
        self.banner.say(words, has_button=not is_signed)


def _shelf_of(reader: Reader, engagement_id: EngagementId) -> Shelf:
    audits = list_audits(reader, engagement_id)
    current = current_audit(reader, engagement_id)
    return Shelf(
        audits=audits,
        kinds={one.id: reader.get(Assessment, one.assessment_id).kind for one in audits},
        current=current.id if current is not None else None,
    )
