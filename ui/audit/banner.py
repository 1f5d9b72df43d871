"""The line above a step that says why nothing can be written there, and how that can be changed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ui.widgets.buttons import Button
from ui.widgets.labels import PlainLabel


class Banner(QFrame):
    """`wanted` when its button is pressed; without words it is gone."""

    wanted = Signal()

    def __init__(self, button: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self.words = PlainLabel("", tone="warn", wrap=True)
        self.button = Button(button, kind="link")
        self.button.clicked.connect(self.wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.words, 1)
        row.addWidget(self.button)
        self.hide()

    def say(self, words: str, *, has_button: bool = True) -> None:
        """Show these words; empty takes the line away."""
        self.words.setText(words)
        self.button.setVisible(has_button)
        self.setVisible(bool(words))
