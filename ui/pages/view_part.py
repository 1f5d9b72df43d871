"""A view of a page of several views, and the head they share: title, how it stands, the switch and their buttons."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from qma_app.i18n import _
from ui.places import Place
from ui.widgets.labels import PlainLabel
from ui.widgets.segments import Segments

if TYPE_CHECKING:
    from qma_app.domain.record import Changes
    from ui.shortcuts import Command, Shortcut
    from ui.workbench import Workbench


class ViewPart(QWidget):
    """One view. It builds its widgets in `__init__` and reads nothing there: the page calls `show_engagement` first.

    `title_words` and `detail_words` are what the head says, `buttons` what stands at its right end; a view that has other words or
    buttons after a change emits `head_changed`.
    """

    key: ClassVar[str] = ""
    page_key: ClassVar[str] = ""

    went = Signal()  # another place within this view
    going = Signal(object)  # Place elsewhere that the user asked for
    head_changed = Signal()
    status_changed = Signal(str)

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workbench = workbench

    def show_engagement(self) -> None:
        """Another programme is `workbench.engagement`: forget what was chosen and read everything."""
        self.refresh()

    def refresh(self) -> None:
        """Read everything shown again."""

    def apply_changes(self, changes: Changes) -> None:
        """Something was stored, undone or redone while this view is shown."""
        self.refresh()

    def mark(self, changes: Changes) -> None:
        """Point at what an undo or redo just changed."""

    def place(self) -> Place:
        """Where in this view the user is."""
        return Place(page=self.page_key, dealership_id=self.workbench.dealership_id, view=self.key)

    def go(self, place: Place) -> None:
        """Show that place of this view; ids it does not know are ignored."""

    def take_focus(self) -> None:
        """The view was just shown: the keyboard goes to its main part."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_search(self) -> None:
        """Ctrl+F: the keyboard goes to the search field, where there is one."""

    def new(self) -> None:
        """Ctrl+N: begin what is new in this view."""

    def flush(self) -> None:
        """Store what is typed and not yet stored."""

    def title_words(self) -> str:
        """The title of the head."""
        return ""

    def detail_words(self) -> str:
        """The line below the title."""
        return ""

    def buttons(self) -> tuple[QWidget, ...]:
        """What stands at the right end of the head, made once."""
        return ()

    def status(self) -> str:
        """The text at the right end of the status bar."""
        return ""

    def shortcuts(self) -> tuple[Shortcut, ...]:
        """This view's lines of the shortcut sheet."""
        return ()

    def commands(self) -> tuple[Command, ...]:
        """What the command palette offers from this view."""
        return ()

    def has_letters(self) -> bool:
        """Whether single letters are wanted, for a `LetterKey` of this view."""
        return self.workbench.settings.single_letters


@dataclass(frozen=True, kw_only=True, slots=True)
class ViewEntry:
    """What the switch must know before a view is imported.

    `key` is what `Place.view` carries, `letter` the key that shows it outside text fields, `meaning` what it shows as a command says it.
    """

    key: str
    title: str
    letter: str
    meaning: str
    load: Callable[[], type[ViewPart]]


class PartsHead(QWidget):
    """What a page of several views has above them: it says what the view shown says, and holds the buttons of each."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = PlainLabel("", role="title", elide=True)
        self.detail = PlainLabel("", tone="muted", wrap=True)

    def take_part(self, part: ViewPart) -> None:
        """Take in the buttons of a view before it shows or hides any: without a parent one would be a window of its own."""
        raise NotImplementedError

    def show_part(self, part: ViewPart) -> None:
        """Say what a view says, with its buttons."""
        raise NotImplementedError

    def buttons_box(self, part: ViewPart) -> QWidget:
        """The buttons of a view in a line, hidden until it is shown."""
        box = QWidget(self)
        box.hide()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for button in part.buttons():
            row.addWidget(button)
        return box


class ViewsHead(PartsHead):
    """Title and switch in one line, the line below and the buttons in the next; a switch that finds no room stands above them."""

    def __init__(self, entries: tuple[ViewEntry, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.switch = Segments(
            _("View"), [(entry.key, entry.title, f"{entry.meaning} ({entry.letter})") for entry in entries]
        )
        self.switch.chosen.connect(self.chosen)
        self._boxes: dict[ViewPart, QWidget] = {}
        self._above, self._first, self._second = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        for line in (self._first, self._second):
            line.setSpacing(12)
        self._first.addWidget(self.title, 1)
        self._first.addWidget(self.switch)
        self._second.addWidget(self.detail, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for line in (self._above, self._first, self._second):
            column.addLayout(line)

    @property
    def is_switch_above(self) -> bool:
        """Whether the switch stands in a line of its own."""
        return self._above.indexOf(self.switch) >= 0

    def take_part(self, part: ViewPart) -> None:
        self._boxes[part] = self.buttons_box(part)
        self._second.addWidget(self._boxes[part])

    def show_part(self, part: ViewPart) -> None:
        self.title.setText(part.title_words())
        self.detail.setText(part.detail_words())
        self.switch.choose(part.key)
        for other, box in self._boxes.items():
            box.setVisible(other is part and bool(other.buttons()))
        self.detail.setVisible(bool(self.detail.text()) or self._boxes[part].isVisibleTo(self))
        self._share_out()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_out()

    def _share_out(self) -> None:
        words = self.title.fontMetrics().horizontalAdvance(self.title.text())
        is_tight = words + self.switch.sizeHint().width() + 16 > self.width()
        if is_tight == self.is_switch_above:
            return
        if is_tight:
            self._first.removeWidget(self.switch)
            self._above.addWidget(self.switch, 0, Qt.AlignmentFlag.AlignLeft)
        else:
            self._above.removeWidget(self.switch)
            self._first.addWidget(self.switch)
