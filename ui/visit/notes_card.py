"""Quick notes of a visit, and those taken since the last one; each can become a finding."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from qma_app.domain.finding import Finding
from qma_app.domain.visit import VisitNote
from qma_app.domain.visit_reading import clock_text
from qma_app.i18n import _
from ui.key_names import keys_text
from ui.places import Place
from ui.today.tick_list import Act, TickList
from ui.today.tick_row import TickLine
from ui.today.words import short_day
from ui.visit.reading import Desk
from ui.widgets.buttons import Button
from ui.widgets.cards import Card
from ui.widgets.labels import PlainLabel
from ui.widgets.note_edit import LineEdit
from ui.workbench import Workbench


class NotesCard(Card):
    """Enter keeps what is typed; the list grows too by what is captured on other screens."""

    going = Signal(object)  # Place

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Notes"),
            PlainLabel(
                _("{keys} from anywhere").format(keys=keys_text("Ctrl+Shift+F")), role="small", tone="muted"
            ),
            parent,
        )
        self._bench = workbench
        self._desk: Desk | None = None
        self.new = LineEdit(_("New note"), placeholder=_("What did you see or hear? Enter keeps it"))
        self.new.returnPressed.connect(self.add_note)
        self.add_button = Button(_("Keep"), kind="link")
        self.add_button.clicked.connect(self.add_note)
        self._adding = QWidget()
        line = QHBoxLayout(self._adding)
        line.setContentsMargins(0, 0, 0, 4)
        line.setSpacing(4)
        line.addWidget(self.new, 1)
        line.addWidget(self.add_button)
        self.notes = TickList(
            _("Notes"),
            (
                Act(name="finding", words=_("Make it a finding"), key=Qt.Key.Key_F, keys="F"),
                Act(name="take", words=_("Put it into this visit"), key=Qt.Key.Key_Plus, keys="+"),
                Act(name="remove", words=_("Remove the note"), key=Qt.Key.Key_Delete, keys="Del"),
            ),
            settings=workbench.settings,
            open_words=_("Open"),
        )
        self.notes.opened.connect(self._open)
        self.notes.wanted.connect(self._act)
        self.nothing = PlainLabel(_("Nothing noted yet."), tone="muted")
        self.body.addWidget(self._adding)
        self.body.addWidget(self.nothing)
        self.body.addWidget(self.notes)

    def show_desk(self, desk: Desk) -> None:
        """Show the notes of this visit, the newest first, and below them those of no visit."""
        is_same = self._desk is not None and self._desk.visit.id == desk.visit.id
        self._desk = desk
        if not is_same:
            self.new.set_text("")
        notes = (*reversed(desk.view.notes), *reversed(desk.loose_notes))
        today = self._bench.workspace.today()
        self.notes.is_read_only = not desk.is_writable
        self.notes.show_lines(
            [_line(note, desk, short_day(_day(note), today)) for note in notes],
            allowed={note.id: self._allowed(note, desk) for note in notes},
        )
        self.notes.setVisible(bool(notes))
        self.nothing.setVisible(not notes)
        self._adding.setVisible(desk.is_writable)

    def add_note(self) -> None:
        """Keep what is typed, with the instant."""
        from qma_app.services.visit_notes import note

        if self._desk is None or not self.new.text().strip():
            return
        visit = self._desk.visit
        if self._bench.do(note, visit.engagement_id, self.new.text(), visit_id=visit.id) is not None:
            self.new.set_text("")

    def _allowed(self, note: VisitNote, desk: Desk) -> frozenset[str]:
        acts = {"remove"}
        if note.finding_id is None or note.finding_id not in desk.findings:
            acts.add("finding")
        if note.visit_id is None and desk.visit.clock:
            acts.add("take")
        return frozenset(acts)

    def _note(self, key: str) -> VisitNote | None:
        if self._desk is None:
            return None
        both = (*self._desk.view.notes, *self._desk.loose_notes)
        return next((note for note in both if note.id == key), None)

    def _open(self, key: str) -> None:
        """The finding made of a note, else the words to correct."""
        from qma_app.services.visit_notes import change_note
        from ui.dialogs.note_words import NoteWordsDialog

        note = self._note(key)
        if note is None or self._desk is None:
            return
        if note.finding_id is not None and note.finding_id in self._desk.findings:
            self.going.emit(
                Place(page="findings", dealership_id=self._bench.dealership_id, finding_id=note.finding_id)
            )
            return
        if self.notes.is_read_only:
            return
        words = NoteWordsDialog.ask(self, note.words)
        if words is not None and words != note.words:
            self._bench.do(change_note, note.id, words=words)
        self.notes.focus(key)

    def _act(self, name: str, key: str) -> None:
        from qma_app.services.visit_notes import change_note, note_to_finding, remove_note

        note = self._note(key)
        if note is None or self._desk is None:
            return
        if name == "finding":
            changes = self._bench.do(note_to_finding, note.id)
            if changes is not None:
                label = changes.made(Finding).label
                self._bench.told.emit(_("Finding {number} raised.").format(number=label))
        elif name == "take":
            self._bench.do(change_note, note.id, visit_id=self._desk.visit.id)
        elif self._bench.do(remove_note, note.id) is not None:
            self._bench.deleted.emit(_("The note was removed."))


def _line(note: VisitNote, desk: Desk, day: str) -> TickLine:
    finding = desk.findings.get(note.finding_id) if note.finding_id is not None else None
    point = desk.edition.checkpoints.get(note.checkpoint_id) if note.checkpoint_id is not None else None
    where = f"{point.number} {point.statement}" if point is not None else ""
    is_loose = note.visit_id is None
    return TickLine(
        key=note.id,
        strong="",
        rest=" ".join(note.words.split()),
        detail=" · ".join(filter(None, (_("between two visits") if is_loose else "", where))),
        lead=day if is_loose or _day(note) != desk.visit.day else clock_text(note.noted_at),
        right=finding.label if finding is not None else "",
        tone="accent",
        can_tick=False,
        icon="flag" if finding is not None else "pencil",
        hint="" if finding is not None else _("F makes it a finding"),
    )


def _day(note: VisitNote) -> date:
    return note.noted_at.astimezone().date()
