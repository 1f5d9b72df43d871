"""What was told to the dealership at the end of each audit day."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from qma_app.i18n import _, day_text
from ui.audit.reading import AuditDesk
from ui.findings.growing_note import GrowingNote
from ui.widgets.cards import Card, clear
from ui.widgets.labels import PlainLabel
from ui.workbench import Workbench


class WrapUpsCard(Card):
    """One field a day; a day that lies ahead has none yet."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(_("Wrap-up of each day"), parent=parent)
        self._bench = workbench
        self._desk: AuditDesk | None = None
        self._days: tuple[date, ...] = ()
        self.notes: dict[date, GrowingNote] = {}
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        self.nothing = PlainLabel("", role="small", tone="muted", wrap=True)
        self.body.setSpacing(6)
        self.body.addLayout(self._rows)
        self.body.addWidget(self.nothing)

    def show_desk(self, desk: AuditDesk, *, may_write: bool) -> None:
        """Show the wrap-ups of this audit."""
        is_same = self._desk is not None and self._desk.view.audit.id == desk.view.audit.id
        self._desk = desk
        written = {one.on: one.words for one in desk.view.audit.wrap_ups}
        days = tuple(sorted({*(day for day in desk.view.days if day <= desk.on), *written}))
        if days != self._days or not is_same:
            self._days = days
            self._make(days)
        for day, note in self.notes.items():
            if not note.is_pending:
                note.set_text(written.get(day, ""))
            note.setReadOnly(not may_write)
        self.nothing.setText(
            _("The days of the audit are not set yet.")
            if not desk.view.days
            else _("The first day of the audit still lies ahead.")
        )
        self.nothing.setVisible(not days)

    def flush(self) -> None:
        """Store what is typed."""
        for note in self.notes.values():
            note.flush()

    def _make(self, days: tuple[date, ...]) -> None:
        clear(self._rows)
        self.notes = {}
        for day in days:
            name = _("Wrap-up of {day}").format(day=day_text(day))
            note = GrowingNote(name, placeholder=_("What was seen, what comes tomorrow"), least=1, most=6)
            note.settled.connect(partial(self._write, day))
            note.left.connect(self._bench.close_step)
            self.notes[day] = note
            self._rows.addWidget(PlainLabel(day_text(day), role="caption"))
            self._rows.addWidget(note)

    def _write(self, day: date, text: str) -> None:
        from qma_app.services.audit_conduct import write_wrap_up

        if self._desk is None:
            return
        id = self._desk.view.audit.id
        if self._bench.do(write_wrap_up, id, on=day, words=text, merge_key=f"wrap-up {id} {day}") is None:
            self.notes[day].keep_unsaved()
