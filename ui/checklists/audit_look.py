"""How the auditor looked at a checkpoint, in the inspector: three sources of evidence marked apart, where it was seen, and how."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from qma_app.domain.audit import AuditLook, AuditSample, SeenHow
from qma_app.domain.ids import AuditId, CheckpointId
from qma_app.i18n import _, number_text
from ui.widgets.labels import PlainLabel
from ui.widgets.note_edit import LineEdit, NoteEdit
from ui.widgets.word_choice import WordChoice

Spot = tuple[AuditId, CheckpointId]
_NO_SAMPLE: Final = "no_sample"


@dataclass(frozen=True, kw_only=True, slots=True)
class Looked:
    """One checkpoint of an audit: what is written about the look, the sample drawn, and whether the standard asks for one."""

    spot: Spot
    look: AuditLook | None
    sample: AuditSample | None
    asks_sample: bool
    is_read_only: bool


class LookPanel(QWidget):
    """`changed` carries the spot something was said for, the field and its value; `left` when the keyboard goes back to the list."""

    changed = Signal(object, str, object)
    field_left = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown: Looked | None = None
        self._unsaved: dict[tuple[Spot, str], str] = {}
        self.notes: dict[str, NoteEdit | LineEdit] = {
            "interviews": NoteEdit(_("Interviews"), placeholder=_("Who said what? (H)"), lines=2),
            "observed": NoteEdit(_("Observed"), placeholder=_("What did you watch or see?"), lines=2),
            "records": NoteEdit(_("Records read"), placeholder=_("Which records did you read?"), lines=2),
            _NO_SAMPLE: LineEdit(_("Why no sample was drawn"), placeholder=_("Why no sample was drawn")),
        }
        self.seen_how = WordChoice()
        self.seen_how.setAccessibleName(_("How it was seen"))
        self.is_live = QCheckBox(_("Watched live"))
        self.is_repeated = QCheckBox(_("Check done again"))
        self.drawn = PlainLabel("", role="small", tone="muted", wrap=True)
        self.head = PlainLabel(_("How I looked"), role="caption")
        self._build()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.drawn)
        column.addWidget(self.notes[_NO_SAMPLE])
        column.addWidget(self.head)
        for name in ("interviews", "observed", "records"):
            column.addWidget(PlainLabel(self.notes[name].accessibleName(), role="small", tone="muted"))
            column.addWidget(self.notes[name])
        for name, note in self.notes.items():
            note.setObjectName(name)
            note.settled.connect(self._written)
            note.left.connect(self.field_left)
        column.addWidget(self.seen_how)
        ways = QHBoxLayout()
        ways.setSpacing(12)
        ways.addWidget(self.is_live)
        ways.addWidget(self.is_repeated)
        ways.addStretch(1)
        column.addLayout(ways)
        for how in (None, *SeenHow):
            self.seen_how.addItem(seen_how_title(how), how)
        self.seen_how.activated.connect(self._chosen)
        self.is_live.clicked.connect(self._live)
        self.is_repeated.clicked.connect(self._repeated)

    def show_look(self, looked: Looked) -> None:
        """Show a checkpoint; what is typed for another one is given on first."""
        is_other = self.shown is None or self.shown.spot != looked.spot
        if is_other:
            self.flush()
        self.shown = looked
        self.head.setText(_("How the auditor looked") if looked.is_read_only else _("How I looked"))
        look = looked.look
        for name, note in self.notes.items():
            if is_other or not note.is_pending:
                stored = getattr(look, name) if look is not None else ""
                waiting = self._unsaved.get((looked.spot, name))
                note.set_text(stored if waiting is None else waiting)
                if waiting is not None:
                    note.keep_unsaved()
            note.setReadOnly(looked.is_read_only)
        self.seen_how.setCurrentIndex(self.seen_how.findData(look.seen_how if look is not None else None))
        self.is_live.setChecked(look is not None and look.is_live)
        self.is_repeated.setChecked(look is not None and look.is_repeated)
        for control in (self.seen_how, self.is_live, self.is_repeated):
            control.setEnabled(not looked.is_read_only)
        self.drawn.setText(drawn_words(looked))
        self.drawn.setVisible(bool(self.drawn.text()))
        self.notes[_NO_SAMPLE].setVisible(looked.asks_sample and looked.sample is None)

    def keep(self, spot: Spot, name: str, text: str) -> None:
        """Words that could not be stored wait here, and are tried again with the next key or when left."""
        self._unsaved[(spot, name)] = text
        if self.shown is not None and self.shown.spot == spot:
            self.notes[name].keep_unsaved()

    def take_keyboard(self) -> None:
        """The keyboard goes to the interviews, behind their last word."""
        note = self.notes["interviews"]
        note.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if isinstance(note, NoteEdit):
            cursor = note.textCursor()
            cursor.movePosition(cursor.MoveOperation.End)
            note.setTextCursor(cursor)

    def turn_seen_how(self) -> None:
        """The next way of seeing: on site, remote, on paper, not said."""
        if self._may_change():
            self.seen_how.setCurrentIndex((self.seen_how.currentIndex() + 1) % self.seen_how.count())
            self._chosen()

    def turn_live(self) -> None:
        """Watched live, or not after all."""
        if self._may_change():
            self.is_live.toggle()
            self._live()

    def turn_repeated(self) -> None:
        """The check was done again, or not after all."""
        if self._may_change():
            self.is_repeated.toggle()
            self._repeated()

    def flush(self) -> None:
        """Give on everything that is typed and not yet stored."""
        for note in self.notes.values():
            note.flush()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.flush()
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _may_change(self) -> bool:
        return self.shown is not None and not self.shown.is_read_only

    def _written(self, text: str) -> None:
        sender = self.sender()
        if self.shown is not None and sender is not None:
            name = sender.objectName()
            self._unsaved.pop((self.shown.spot, name), None)
            self.changed.emit(self.shown.spot, name, text)

    def _chosen(self) -> None:
        self._say("seen_how", self.seen_how.currentData())

    def _live(self) -> None:
        self._say("is_live", self.is_live.isChecked())

    def _repeated(self) -> None:
        self._say("is_repeated", self.is_repeated.isChecked())

    def _say(self, name: str, value: object) -> None:
        if self.shown is not None:
            self.changed.emit(self.shown.spot, name, SeenHow(value) if isinstance(value, str) else value)


def seen_how_title(how: SeenHow | None) -> str:
    """How evidence was seen, as the choice says it."""
    if how is None:
        return _("Not said how it was seen")
    return {
        SeenHow.ON_SITE: _("Seen on site"),
        SeenHow.REMOTE: _("Seen remotely"),
        SeenHow.ON_PAPER: _("Seen on paper"),
    }[how]


def drawn_words(looked: Looked) -> str:
    """`10 of 214 drawn from Orders.xlsx, seed 4711`; that none was drawn where one is asked for; else nothing."""
    sample = looked.sample
    if sample is None:
        return _("No sample was drawn by the app for this checkpoint.") if looked.asks_sample else ""
    return _("{drawn} of {population} drawn from {list}, seed {seed}").format(
        drawn=len(sample.drawn),
        population=number_text(sample.population),
        list=sample.list_name,
        seed=sample.seed,
    )
