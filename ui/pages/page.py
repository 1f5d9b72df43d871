"""What every page of the window promises, so that the window can lead between pages it does not know."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui.places import Place
from ui.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from qma_app.domain.record import Changes
    from ui.shortcuts import Command, Shortcut
    from ui.workbench import Workbench

MARGIN = 22
GAP = 16


class Page(QWidget):
    """One screen. A page builds its widgets in `__init__` and reads nothing there: the window calls `refresh` first.

    `position` is the place in the full list of screens (1 = Today), so that Ctrl+1 … Ctrl+9 never move.
    """

    key: ClassVar[str] = ""
    title: ClassVar[str] = ""
    icon: ClassVar[str] = ""
    position: ClassVar[int] = 0

    went = Signal()  # another place within this page: history and "resume" remember `place()`
    going = Signal(object)  # Place elsewhere that the user asked for
    status_changed = Signal(str)  # what the right end of the status bar says about this page

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workbench = workbench
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def refresh(self) -> None:
        """Read everything shown again: first showing, another dealership, another workspace."""

    def apply_changes(self, changes: Changes) -> None:
        """Something was stored, undone or redone; pages with many rows update only those touched."""
        self.refresh()

    def mark(self, changes: Changes) -> None:
        """Point at what an undo or redo just changed."""

    def place(self) -> Place:
        """Where in this page the user is."""
        return Place(page=self.key, dealership_id=self.workbench.dealership_id)

    def go(self, place: Place) -> None:
        """Show that place of this page; ids it does not know are ignored."""

    def focus_search(self) -> None:
        """Ctrl+F: the keyboard goes to this page's search field, if it has one."""

    def new(self) -> None:
        """Ctrl+N: begin what is new on this page; the window makes a dealership where a page has nothing of its own."""
        self.workbench.wanted_new_dealership.emit()

    def next_area(self) -> None:
        """Ctrl+Tab: on to the next area with something open, where the page has areas."""

    def save_elsewhere(self) -> None:
        """Ctrl+Shift+S: save the paper shown and ask where; only the page of papers does."""

    def set_focus_mode(self, is_on: bool) -> None:
        """F11: the window shows this page alone; a page may make its type larger."""

    def flush(self) -> None:
        """Store what is typed and not yet stored: the window is about to show another page or to close."""

    def take_focus(self) -> None:
        """The page was just shown: the keyboard goes to its main part."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def status(self) -> str:
        """The text at the right end of the status bar."""
        return ""

    def shortcuts(self) -> tuple[Shortcut, ...]:
        """This page's lines of the shortcut sheet (F1)."""
        return ()

    def commands(self) -> tuple[Command, ...]:
        """What the command palette offers from this page."""
        return ()


class PageHead(QWidget):
    """Title, one line below it, and buttons at the right end."""

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = PlainLabel(title, role="title")
        self._detail = PlainLabel("", role="body", tone="muted", wrap=True)
        self._detail.setVisible(False)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self._title)
        words.addWidget(self._detail)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(4)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addLayout(words, 1)
        row.addLayout(self._buttons)
        row.setAlignment(self._buttons, Qt.AlignmentFlag.AlignBottom)

    def say(self, title: str, detail: str = "") -> None:
        """Change both lines; without detail the second one goes."""
        self._title.setText(title)
        self._detail.setText(detail)
        self._detail.setVisible(bool(detail))

    def add(self, button: QWidget) -> None:
        """One more button, right of those before."""
        self._buttons.addWidget(button)


def scrolling(content: QWidget) -> QScrollArea:
    """`content` in an area that scrolls up and down only and shows the page's own background."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    content.setObjectName("page")
    area.setWidget(content)
    return area
