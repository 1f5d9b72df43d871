"""Lists of readiness whose lines lead to what they are about: the first few, and all of them on demand."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from qma_app.i18n import _, ngettext
from ui.settings import Settings
from ui.today.tick_list import Act, TickList
from ui.today.tick_row import TickLine
from ui.widgets.buttons import Button
from ui.widgets.cards import Card
from ui.widgets.labels import PlainLabel


class LinesCard(Card):
    """`opened` carries the key of a line, `wanted` the name of an act and that key; without lines `nothing` stands there."""

    opened = Signal(str)
    wanted = Signal(str, str)

    def __init__(
        self,
        title: str,
        nothing: str = "",
        acts: Sequence[Act] = (),
        *,
        settings: Settings,
        most: int = 6,
        parent: QWidget | None = None,
    ) -> None:
        self.count = PlainLabel("", role="small", tone="muted")
        super().__init__(title, self.count, parent)
        self._most, self._is_whole = most, False
        self._lines: tuple[TickLine, ...] = ()
        self.list = TickList(title, acts, settings=settings, open_words=_("Open"))
        self.list.opened.connect(self.opened)
        self.list.wanted.connect(self.wanted)
        self.nothing = PlainLabel(nothing, tone="muted", wrap=True)
        self.all_button = Button("", kind="link")
        self.all_button.setProperty("small", True)
        self.all_button.clicked.connect(self._show_all)
        self.body.addWidget(self.list)
        self.body.addWidget(self.nothing)
        self.body.addWidget(self.all_button, 0, Qt.AlignmentFlag.AlignLeft)

    def show_lines(self, lines: Sequence[TickLine], said: str = "") -> None:
        """Show the first of these; `said` stands at the right end of the title."""
        self._lines = tuple(lines)
        self.count.setText(said)
        self._show()

    def fold(self) -> None:
        """Show the first few again."""
        self._is_whole = False
        self._show()

    def _show_all(self) -> None:
        self._is_whole = True
        self._show()
        self.list.focus(self._lines[self._most].key)

    def _show(self) -> None:
        shown = self._lines if self._is_whole else self._lines[: self._most]
        self.list.show_lines(shown)
        self.list.setVisible(bool(shown))
        self.nothing.setVisible(not shown)
        left = len(self._lines) - len(shown)
        self.all_button.setVisible(left > 0)
        self.all_button.say(
            ngettext("Show {count} more", "Show {count} more", left).format(count=left) if left else ""
        )
