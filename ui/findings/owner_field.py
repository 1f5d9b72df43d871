"""Names who settles a finding: somebody of the dealership, or any words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QWidget

from qma_app.i18n import _
from ui.widgets.note_edit import LineEdit


class OwnerField(QComboBox):
    """Typing completes a known name; what is typed is stored like any text."""

    settled = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setAccessibleName(_("Owner"))
        self.words = LineEdit(_("Owner"), placeholder=_("Nobody yet"))
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
