"""The words around a visit: what it is for, what to bring, and what the minutes say of it as a whole."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from qma_app.domain.visit import VisitState
from qma_app.i18n import _
from ui.dialogs.dialog import field
from ui.findings.growing_note import GrowingNote
from ui.visit.reading import Desk
from ui.widgets.cards import Card
from ui.widgets.labels import PlainLabel
from ui.widgets.note_edit import LineEdit, NoteEdit
from ui.workbench import Workbench


class PreparationCard(Card):
    """What a visit is for and what must be at hand; gone once it is closed."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(_("To prepare"), parent=parent)
        self._bench = workbench
        self._desk: Desk | None = None
        self.purpose = LineEdit(_("What it is for"), placeholder=_("In a few words"))
        self.bring = GrowingNote(
            _("What to bring"), placeholder=_("Records, figures, people to ask"), least=2, most=8
        )
        for name, widget in (("purpose", self.purpose), ("bring", self.bring)):
            widget.settled.connect(partial(self._write, name))
            widget.left.connect(workbench.close_step)
        self.body.setSpacing(6)
        self.body.addWidget(field(_("What it is for"), self.purpose))
        self.body.addWidget(field(_("What to bring"), self.bring))

    def show_desk(self, desk: Desk) -> None:
        """Show the words of this visit; those being typed are left alone."""
        is_same = self._desk is not None and self._desk.visit.id == desk.visit.id
        self._desk = desk
        visit = desk.visit
        for widget, words in ((self.purpose, visit.purpose), (self.bring, visit.bring)):
            show_words(widget, words, is_same=is_same)
            widget.setReadOnly(not desk.is_writable)
        self.setVisible(visit.state is not VisitState.CLOSED)

    def flush(self) -> None:
        """Store what is typed."""
        self.purpose.flush()
        self.bring.flush()

    def _write(self, name: str, words: str) -> None:
        from qma_app.services.visits import change_visit

        if self._desk is None:
            return
        visit = self._desk.visit
        if self._bench.do(change_visit, visit.id, merge_key=f"{name} {visit.id}", **{name: words}) is None:
            (self.purpose if name == "purpose" else self.bring).keep_unsaved()


class SummaryCard(Card):
    """What the minutes say of the visit as a whole; there once it has begun."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(_("Summary for the minutes"), parent=parent)
        self._bench = workbench
        self._desk: Desk | None = None
        self.summary = GrowingNote(
            _("Summary for the minutes"),
            placeholder=_("What the day showed, in a few sentences"),
            least=3,
            most=12,
        )
        self.summary.settled.connect(self._write)
        self.summary.left.connect(workbench.close_step)
        self.reason = PlainLabel("", role="small", tone="muted", wrap=True)
        self.body.addWidget(self.summary)
        self.body.addWidget(self.reason)

    def show_desk(self, desk: Desk) -> None:
        """Show the words of this visit; those being typed are left alone."""
        is_same = self._desk is not None and self._desk.visit.id == desk.visit.id
        self._desk = desk
        show_words(self.summary, desk.visit.summary, is_same=is_same)
        self.summary.setReadOnly(not desk.is_writable)
        self.reason.setText(
            _("Signed minutes are only read; reopen the visit with a reason to correct them.")
            if desk.is_signed
            else ""
        )
        self.reason.setVisible(desk.is_signed)
        self.setVisible(bool(desk.visit.clock))

    def flush(self) -> None:
        """Store what is typed."""
        self.summary.flush()

    def _write(self, words: str) -> None:
        from qma_app.services.visits import write_summary

        if self._desk is None:
            return
        visit = self._desk.visit
        if self._bench.do(write_summary, visit.id, words, merge_key=f"summary {visit.id}") is None:
            self.summary.keep_unsaved()


def show_words(field: NoteEdit | LineEdit, words: str, *, is_same: bool) -> None:
    """Show what is stored; what is being typed on the same visit is left alone, down to the blank at its end."""
    typed = field.toPlainText() if isinstance(field, NoteEdit) else field.text()
    if not (is_same and (field.is_pending or typed.strip() == words.strip())):
        field.set_text(words)
