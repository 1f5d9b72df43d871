"""Names who settles a finding: somebody of the dealership, or any words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QWidget

from qma_app.i18n import _
from ui.widgets.note_edit import LineEdit

_STAYING: Final = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
"""The keyboard is elsewhere for a moment only."""


class OwnerField(QComboBox):
    """Typing completes a known name; what is typed is stored like any text.

    Left with the beginning of one name only, that name is taken; who cuts it back to the beginning keeps that.
    """

    settled = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setAccessibleName(_("Owner"))
        self.words = _NameEdit(self._one_begun, _("Owner"), placeholder=_("Nobody yet"))
        self.setLineEdit(self.words)
        # The frame is that of the choice; a second one inside it would push the words to the side.
        self.words.setStyleSheet("border: none; padding: 0; min-height: 0; background: transparent;")
        completer = QCompleter(self.model(), self)
        self.setCompleter(completer)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.activated.connect(self.words.flush)
        self.words.settled.connect(self.settled)
        self.words.left.connect(self.left)
        self.activated.connect(self.words.flush)

    def _one_begun(self, begun: str) -> str:
        names = {self.itemText(place) for place in range(self.count())}
        found = [name for name in names if name.casefold().startswith(begun.casefold())]
        return found[0] if len(found) == 1 else ""

    @property
    def is_pending(self) -> bool:
        return self.words.is_pending

    def show_people(self, names: Sequence[str]) -> None:
        """Offer these names; what is typed stays."""
        blocker = QSignalBlocker(self)
        text = self.words.text()
        self.clear()
        self.addItems(list(names))
        self.setCurrentIndex(-1)
        self.words.setText(text)
        blocker.unblock()

    def set_text(self, text: str) -> None:
        """Show what is stored."""
        blocker = QSignalBlocker(self)
        self.setCurrentIndex(self.findText(text, Qt.MatchFlag.MatchExactly))
        blocker.unblock()
        self.words.set_text(text)

    def flush(self) -> None:
        """Give on what is typed."""
        self.words.flush()

    def keep_unsaved(self) -> None:
        """Storing failed: the name counts as new again."""
        self.words.keep_unsaved()


class _NameEdit(LineEdit):
    """`whole` gives the one name that begins with some words, else nothing."""

    def __init__(self, whole: Callable[[str], str], name: str, *, placeholder: str) -> None:
        super().__init__(name, placeholder=placeholder)
        self._whole = whole
        self._before, self._written = "", ""
        self.textEdited.connect(self._note)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() not in _STAYING:
            self._before, self._written = self.text(), ""

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if event.reason() not in _STAYING:
            self._complete()
        super().focusOutEvent(event)

    def _note(self, text: str) -> None:
        self._written = text

    def _complete(self) -> None:
        # Only what was written here by hand: a beginning that was stored, or shown meanwhile, is left alone.
        if not self._written.strip() or self.text() != self._written:
            return
        name = self._whole(" ".join(self._written.split()))
        # Who cuts the whole name back to its beginning means the beginning.
        if name and name != self._before:
            self.setText(name)
