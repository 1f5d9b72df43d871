"""A switch of two or three words side by side, of which one is always on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ui.widgets.buttons import Button
from ui.widgets.labels import plain_tip


class Segments(QWidget):
    """`chosen` carries the key of the word somebody chose; `name` says what is being chosen.

    Each choice is its key, its word, and what it means in a tooltip. Tab reaches the word that is on, the arrows the others.
    """

    chosen = Signal(str)

    def __init__(
        self, name: str, choices: Sequence[tuple[str, str, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.buttons: dict[str, Button] = {}
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for place, (key, word, meaning) in enumerate(choices):
            button = Button(word)
            button.setProperty("end", {0: "first", len(choices) - 1: "last"}.get(place, ""))
            button.setCheckable(True)
            button.setAutoExclusive(True)
            button.setAccessibleName(f"{name}: {word}")
            button.setToolTip(plain_tip(meaning))
            button.setChecked(place == 0)
            button.clicked.connect(self._pressed)
            row.addWidget(button)
            self.buttons[key] = button

    @property
    def current(self) -> str:
        """The key of the word that is on."""
        return next((key for key, button in self.buttons.items() if button.isChecked()), "")

    def choose(self, key: str) -> None:
        """Turn a word on without a signal."""
        self.buttons[key].setChecked(True)

    def _pressed(self) -> None:
        self.chosen.emit(self.current)
