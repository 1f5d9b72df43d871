"""A field that names somebody of the house: typed in part or chosen; nobody is stored before the name is whole."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QWidget

from qma_app.domain.ids import PersonId
from qma_app.domain.people import Person
from qma_app.i18n import _
from ui.people.reading import named_apart


class PersonField(QComboBox):
    """`chosen` carries the id of the person, or None where the field was emptied; `unknown` the words that name nobody here.

    Enter takes the one person whose name holds what is typed.
    """

    chosen = Signal(object)
    unknown = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._people: dict[str, PersonId] = {}
        self._shown: PersonId | None = None
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.words = QLineEdit()
        self.setLineEdit(self.words)
        self.words.setPlaceholderText(_("Nobody yet"))
        # The frame is that of the choice; a second one inside it would push the words to the side.
        self.words.setStyleSheet("border: none; padding: 0; min-height: 0; background: transparent;")
        completer = QCompleter(self.model(), self)
        self.setCompleter(completer)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.activated.connect(self._activated)
        for widget in (self, self.words):
            widget.setAccessibleName(name)

    def show_people(self, people: Sequence[Person], shown: PersonId | None) -> None:
        """Offer these people; the one with the id `shown` is chosen."""
        self._people = dict(named_apart(people))
        self._shown = shown
        blocker = QSignalBlocker(self)
        self.clear()
        self.addItems(list(self._people))
        self._show()
        blocker.unblock()

    def take_typed(self) -> bool:
        """Take what is typed, as Enter does; False where it names nobody, or more than one."""
        text = self.words.text().strip()
        if not text:
            return self._take(None)
        exact = next((id for label, id in self._people.items() if label.casefold() == text.casefold()), None)
        holding = [id for label, id in self._people.items() if text.casefold() in label.casefold()]
        if exact is None and len(holding) != 1:
            self.unknown.emit(text)
            return False
        return self._take(exact or holding[0])

    def event(self, event: QEvent) -> bool:
        # Esc first takes back what is typed here; only then does it leave the panel.
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
            and self.words.isModified()
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.take_typed()
        elif event.key() == Qt.Key.Key_Escape and self.words.isModified():
            self._show()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self._left()

    def _left(self) -> None:
        """Whole names and the beginning of one name only count when the field is left; anything else is put back."""
        text = self.words.text().strip().casefold()
        known = {label.casefold(): id for label, id in self._people.items()}
        begun = [id for label, id in known.items() if label.startswith(text)]
        if not text or text in known:
            self._take(known.get(text))
        elif len(begun) == 1:
            self._take(begun[0])
        else:
            self._show()

    def _activated(self, place: int) -> None:
        if place >= 0:
            self._take(self._people.get(self.itemText(place)))

    def _take(self, person_id: PersonId | None) -> bool:
        is_new = person_id != self._shown
        self._shown = person_id
        self._show()
        if is_new:
            self.chosen.emit(person_id)
        return True

    def _show(self) -> None:
        label = next((label for label, id in self._people.items() if id == self._shown), "")
        self.setCurrentIndex(self.findText(label, Qt.MatchFlag.MatchExactly) if label else -1)
        self.words.setText(label)
        self.words.setModified(False)
        self.words.setCursorPosition(0)
