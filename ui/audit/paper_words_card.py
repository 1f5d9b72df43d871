"""What the report says about the audit itself: aims, methods, limits, confidentiality, and who gets it."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from qma_app.i18n import _
from ui.audit.reading import AuditDesk
from ui.findings.growing_note import GrowingNote
from ui.widgets.cards import Card
from ui.widgets.labels import PlainLabel
from ui.workbench import Workbench


class PaperWordsCard(Card):
    """Stores what is typed like every other field."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(_("About this audit"), parent=parent)
        self._bench = workbench
        self._desk: AuditDesk | None = None
        self.notes: dict[str, GrowingNote] = {}
        self.body.setSpacing(5)
        for name, title, hint in (
            (
                "limits",
                _("Limits and what was not seen"),
                _("What could not be looked at, and what that means"),
            ),
            ("aims", _("Aims"), _("What the audit is to find out")),
            ("methods", _("Methods"), _("How it was looked at, beyond the standard way")),
            ("confidentiality", _("Confidentiality"), _("What was agreed on names, photos and data")),
            ("distribution", _("Distribution"), _("Who gets the report")),
        ):
            note = GrowingNote(title, placeholder=hint, least=1, most=9)
            note.settled.connect(partial(self._write, name))
            note.left.connect(workbench.close_step)
            self.notes[name] = note
            self.body.addWidget(PlainLabel(title, role="caption"))
            self.body.addWidget(note)
            self.body.addSpacing(4)

    def show_desk(self, desk: AuditDesk, *, may_write: bool) -> None:
        """Show the words of this audit; what is being typed on the same one is left alone."""
        is_same = self._desk is not None and self._desk.view.audit.id == desk.view.audit.id
        if not is_same:
            self.flush()
        self._desk = desk
        for name, note in self.notes.items():
            if not (is_same and note.is_pending):
                note.set_text(getattr(desk.view.audit, name))
            note.setReadOnly(not may_write)

    def flush(self) -> None:
        """Store what is typed."""
        for note in self.notes.values():
            note.flush()

    def _write(self, name: str, text: str) -> None:
        from qma_app.services.audits import change_audit

        if self._desk is None:
            return
        id = self._desk.view.audit.id
        if self._bench.do(change_audit, id, **{name: text}, merge_key=f"audit {name} {id}") is None:
            self.notes[name].keep_unsaved()
