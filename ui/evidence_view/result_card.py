"""What became of the files that did not simply come in, each named with its reason, until it is closed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from qma_app.i18n import _
from ui import theme
from ui.widgets.announcing import announce
from ui.widgets.buttons import IconButton
from ui.widgets.cards import Card
from ui.widgets.labels import PlainLabel

_MOST_LINES = 5


class ResultCard(Card):
    """Words to be copied; hidden while there is nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.words = PlainLabel("", role="strong", wrap=True)
        self.lines = QPlainTextEdit()
        self.lines.setReadOnly(True)
        self.lines.setFrameShape(QFrame.Shape.NoFrame)
        self.lines.setAccessibleName(_("Files that did not come in"))
        self.close_button = IconButton("x", _("Close this message"))
        self.close_button.clicked.connect(self.dismiss)
        row = QHBoxLayout()
        row.addWidget(self.words, 1)
        row.addWidget(self.close_button)
        column = QVBoxLayout()
        column.setSpacing(6)
        column.addLayout(row)
        column.addWidget(self.lines)
        self.body.addLayout(column)
        self.hide()

    def show_result(self, words: str, lines: Sequence[str]) -> None:
        """Say it, with a line a file."""
        self.words.setText(words)
        self.lines.setPlainText("\n".join(lines))
        shown = max(2, min(len(lines) + 1, _MOST_LINES))
        self.lines.setFixedHeight(self.lines.fontMetrics().lineSpacing() * shown + theme.px(16))
        self.show()
        announce(self, words)

    def dismiss(self) -> None:
        """It was read."""
        self.hide()
