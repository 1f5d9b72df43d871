"""The wrap-up of an audit day: what was told to the dealership at its end, stored as it is typed, and its paper."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from qma_app.i18n import _, day_text
from ui.audit.reading import AuditDesk
from ui.widgets.buttons import Button
from ui.widgets.cards import Card
from ui.widgets.labels import PlainLabel
from ui.widgets.note_edit import NoteEdit
from ui.widgets.word_choice import WordChoice
from ui.workbench import Workbench


class WrapUpCard(Card):
    """`paper_wanted` asks for the wrap-ups on paper, a page for each day that has come."""

    paper_wanted = Signal()

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        self.day = WordChoice()
        self.day.setAccessibleName(_("Audit day"))
        super().__init__(_("Wrap-up of the day"), self.day, parent)
        self._bench = workbench
        self._desk: AuditDesk | None = None
        self._days: tuple[date, ...] = ()
        self._at: date | None = None
        self._unsaved: dict[tuple[str, date], str] = {}
        self.note = NoteEdit(
            _("What was told at the end of the day"),
            placeholder=_("What was seen, what was found, what is left for tomorrow (U)"),
            lines=4,
        )
        self.by = PlainLabel("", role="small", tone="muted", wrap=True)
        self.paper = Button(_("On paper"), icon_name="file-text", keys="M")
        self.paper.setProperty("small", True)
        foot = QHBoxLayout()
        foot.addWidget(self.by, 1)
        foot.addWidget(self.paper)
        self.body.addWidget(self.note)
        self.body.addSpacing(6)
        self.body.addLayout(foot)
        self.day.activated.connect(self._day_chosen)
        self.note.settled.connect(self._write)
        self.note.left.connect(workbench.close_step)
        self.paper.clicked.connect(self.show_paper)

    @property
    def on(self) -> date | None:
        """The day shown; None while no audit day has come."""
        return self._at

    def show_desk(self, desk: AuditDesk, *, may_write: bool) -> None:
        """Show the days that have come, the last of them at first."""
        if self._desk is not None and self._desk.state.audit.id != desk.state.audit.id:
            self.flush()
            self._at = None
        self._desk = desk
        days = tuple(day for day in desk.view.days if day <= desk.on)
        if days != self._days:
            self._days = days
            self.day.clear()
            for day in days:
                self.day.addItem(day_text(day), day)
        if self._at not in days:
            self.flush()
            self._at = days[-1] if days else None
        self.day.setCurrentIndex(days.index(self._at) if self._at is not None else -1)
        self.day.setVisible(len(days) > 1)
        self.note.setReadOnly(not may_write)
        self.note.setVisible(bool(days))
        self.paper.setVisible(bool(days))
        self._show_words()

    def begin(self) -> None:
        """The keyboard goes to the words."""
        self.note.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_paper(self) -> None:
        """Ask for the wrap-ups on paper."""
        self.flush()
        if self._at is not None:
            self.paper_wanted.emit()

    def flush(self) -> None:
        """Store what is typed."""
        self.note.flush()

    def _show_words(self) -> None:
        if self._desk is None or self._at is None:
            self.by.setText(_("The first audit day has not come yet."))
            return
        audit = self._desk.state.audit
        said = next((one for one in audit.wrap_ups if one.on == self._at), None)
        if not self.note.is_pending:
            waiting = self._unsaved.get((audit.id, self._at))
            self.note.set_text(waiting if waiting is not None else said.words if said is not None else "")
            if waiting is not None:
                self.note.keep_unsaved()
        if said is None:
            self.by.setText(_("Nothing is written for {day}.").format(day=day_text(self._at)))
        elif said.by is not None:
            who = self._desk.state.name_of(said.by)
            self.by.setText(_("{day}, by {name}").format(day=day_text(self._at), name=who))
        else:
            self.by.setText(day_text(self._at))

    def _day_chosen(self, place: int) -> None:
        self.flush()
        self._at = self._days[place]
        self.note.set_text("")
        self._show_words()

    def _write(self, text: str) -> None:
        from qma_app.services.audit_conduct import write_wrap_up

        if self._desk is None or self._at is None:
            return
        audit_id, on = self._desk.state.audit.id, self._at
        self._unsaved.pop((audit_id, on), None)
        merge_key = f"wrap-up {audit_id} {on}"
        if self._bench.do(write_wrap_up, audit_id, merge_key=merge_key, on=on, words=text) is None:
            self._unsaved[(audit_id, on)] = text
            self.note.keep_unsaved()
