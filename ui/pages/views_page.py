"""A page of several views, each with its letter: one is shown at a time, made when it is first looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from qma_app.i18n import _
from ui.pages.page import GAP, MARGIN, Page
from ui.places import Place
from ui.shortcuts import Command, LetterKey, Shortcut
from ui.widgets.labels import PlainLabel
from ui.widgets.segments import Segments

if TYPE_CHECKING:
    from qma_app.domain.record import Changes
    from ui.workbench import Workbench


class ViewPart(QWidget):
    """One view. It builds its widgets in `__init__` and reads nothing there: the page calls `refresh` first.

    `title_words` and `detail_words` are what the head says, `buttons` what stands at its right end; a view that has other words
    after a change emits `head_changed`.
    """

    key: ClassVar[str] = ""
    page_key: ClassVar[str] = ""

    went = Signal()  # another place within this view
    going = Signal(object)  # Place elsewhere that the user asked for
    head_changed = Signal()

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workbench = workbench

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


class ViewsHead(QWidget):
    """Title and switch in one line, the line below and the buttons in the next; a switch that finds no room stands above them."""

    chosen = Signal(str)

    def __init__(self, entries: tuple[ViewEntry, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = PlainLabel("", role="title", elide=True)
        self.detail = PlainLabel("", tone="muted", wrap=True)
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

    def add_part(self, part: ViewPart) -> None:
        """Take in the buttons of a view before it shows or hides any: without a parent one would be a window of its own."""
        self._boxes[part] = self._box(part)
        self._boxes[part].hide()
        self._second.addWidget(self._boxes[part])

    def show_part(self, part: ViewPart) -> None:
        """Say what a view says, with its buttons."""
        self.title.setText(part.title_words())
        self.detail.setText(part.detail_words())
        self.switch.choose(part.key)
        for other, box in self._boxes.items():
            box.setVisible(other is part and bool(other.buttons()))
        self._share_out()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_out()

    def _box(self, part: ViewPart) -> QWidget:
        box = QWidget(self)
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for button in part.buttons():
            row.addWidget(button)
        return box

    def _share_out(self) -> None:
        words = self.title.fontMetrics().horizontalAdvance(self.title.text())
        is_tight = words + self.switch.sizeHint().width() + 16 > self.width()
        is_above = self._above.indexOf(self.switch) >= 0
        if is_tight and not is_above:
            self._first.removeWidget(self.switch)
            self._above.addWidget(self.switch, 0, Qt.AlignmentFlag.AlignLeft)
        elif is_above and not is_tight:
            self._above.removeWidget(self.switch)
            self._first.addWidget(self.switch)


class ViewsPage(Page):
    """Subclasses name their `views`; one that was not shown while something changed reads again when its turn comes."""

    views: ClassVar[tuple[ViewEntry, ...]] = ()

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        self.head = ViewsHead(self.views)
        self.head.chosen.connect(self.show_view)
        self._parts: dict[str, ViewPart] = {}
        self._stale: set[str] = set()
        self._stack = QStackedWidget()
        self._view = self.views[0].key
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN - 4, MARGIN, GAP)
        column.setSpacing(GAP - 4)
        column.addWidget(self.head)
        column.addWidget(self._stack, 1)
        for entry in self.views:
            LetterKey(entry.letter, self, partial(self.show_view, entry.key), is_on=self._has_letters)

    @property
    def view(self) -> str:
        """The key of the view shown."""
        return self._view

    @property
    def shown(self) -> ViewPart:
        """The view that is looked at."""
        return self.part(self._view)

    def part(self, key: str) -> ViewPart:
        """The view of that key, made now if it was not looked at before."""
        if key not in self._parts:
            made = next(entry for entry in self.views if entry.key == key).load()(self.workbench)
            made.went.connect(self.went)
            made.going.connect(self.going)
            made.head_changed.connect(self._head_changed)
            self._parts[key] = made
            self._stale.add(key)
            self._stack.addWidget(made)
            self.head.add_part(made)
        return self._parts[key]

    def show_view(self, key: str) -> None:
        """Turn to another view, the keyboard with it."""
        if key != self._view:
            self._turn_to(key)
            self.went.emit()
        self.shown.take_focus()

    def refresh(self) -> None:
        self._stale.update(self._parts)
        self._bring_up_to_date()

    def apply_changes(self, changes: Changes) -> None:
        self._stale.update(key for key in self._parts if key != self._view)
        if self._view in self._stale:
            self._bring_up_to_date()
        else:
            self.shown.apply_changes(changes)
            self._head_changed()

    def mark(self, changes: Changes) -> None:
        self.shown.mark(changes)

    def place(self) -> Place:
        return self.shown.place()

    def go(self, place: Place) -> None:
        if place.view != self._view and any(entry.key == place.view for entry in self.views):
            self._turn_to(place.view or "")
        self._bring_up_to_date()
        self.shown.go(place)

    def focus_search(self) -> None:
        self.shown.focus_search()

    def new(self) -> None:
        self.shown.new()

    def flush(self) -> None:
        for part in self._parts.values():
            part.flush()

    def take_focus(self) -> None:
        self.shown.take_focus()

    def status(self) -> str:
        return self.shown.status()

    def shortcuts(self) -> tuple[Shortcut, ...]:
        switch = (Shortcut(keys=entry.letter, title=entry.meaning) for entry in self.views)
        return (*self.shown.shortcuts(), *switch)

    def commands(self) -> tuple[Command, ...]:
        switch = (
            Command(
                title=entry.meaning, run=partial(self.show_view, entry.key), keys=entry.letter, icon=self.icon
            )
            for entry in self.views
            if entry.key != self._view
        )
        return (*self.shown.commands(), *switch)

    def _turn_to(self, key: str) -> None:
        if self._view in self._parts:
            self._parts[self._view].flush()
        self._view = key
        self._bring_up_to_date()

    def _bring_up_to_date(self) -> None:
        part = self.shown
        if self.workbench.engagement is not None and self._view in self._stale:
            self._stale.discard(self._view)
            part.refresh()
        # Shown once it is filled: cards filled in sight are painted half-high first.
        self._stack.setCurrentWidget(part)
        self._head_changed()

    def _head_changed(self) -> None:
        self.head.show_part(self.shown)
        self.status_changed.emit(self.status())

    def _has_letters(self) -> bool:
        return self.workbench.settings.single_letters
