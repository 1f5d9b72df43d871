"""A page of several views, each with its letter: one is shown at a time, made when it is first looked at."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ui.pages.page import GAP, MARGIN, Page
from ui.pages.view_part import PartsHead, ViewEntry, ViewPart, ViewsHead
from ui.places import Place
from ui.shortcuts import Command, LetterKey, Shortcut

if TYPE_CHECKING:
    from qma_app.domain.record import Changes
    from ui.workbench import Workbench


class ViewsPage(Page):
    """Subclasses name their `views`; one that was not shown while something changed reads again when its turn comes.

    A letter that the view shown needs for itself (its sheet names it) does not turn to another view meanwhile.
    """

    views: ClassVar[tuple[ViewEntry, ...]] = ()
    room_below: ClassVar[int] = GAP

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        self.head = self.make_head()
        self.head.chosen.connect(self.show_view)
        self._parts: dict[str, ViewPart] = {}
        self._shown_of: dict[str, str] = {}
        self._stale: set[str] = set()
        self._stack = QStackedWidget()
        self._view = self.views[0].key
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN - 4, MARGIN, self.room_below)
        column.setSpacing(GAP - 4)
        column.addWidget(self.head)
        column.addWidget(self._stack, 1)
        self._letters = {entry.letter: self._letter(entry) for entry in self.views}

    def make_head(self) -> PartsHead:
        """What stands above the views; a page that switches in another way makes its own."""
        return ViewsHead(self.views)

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
            made.status_changed.connect(self._spoke)
            self._parts[key] = made
            self._stale.add(key)
            self._stack.addWidget(made)
            self.head.take_part(made)
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
        self._turn_towards(place.view)
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
        own = self.shown.shortcuts()
        taken = {shortcut.keys for shortcut in own}
        switch = (
            Shortcut(keys=entry.letter, title=entry.meaning)
            for entry in self.views
            if entry.letter not in taken
        )
        return (*own, *switch)

    def commands(self) -> tuple[Command, ...]:
        switch = (
            Command(
                title=entry.meaning, run=partial(self.show_view, entry.key), keys=entry.letter, icon=self.icon
            )
            for entry in self.views
            if entry.key != self._view
        )
        return (*self.shown.commands(), *switch)

    def _letter(self, entry: ViewEntry) -> LetterKey:
        return LetterKey(entry.letter, self, partial(self.show_view, entry.key), is_on=self._has_letters)

    def _give_way(self) -> None:
        taken = {shortcut.keys for shortcut in self.shown.shortcuts()}
        for letter, key in self._letters.items():
            key.let(is_free=letter not in taken)

    def _turn_towards(self, key: str | None) -> None:
        """Turn to the view of that key; any other text leaves the one shown."""
        if key is not None and key != self._view and any(entry.key == key for entry in self.views):
            self._turn_to(key)
        self._bring_up_to_date()

    def _turn_to(self, key: str) -> None:
        if self._view in self._parts:
            self._parts[self._view].flush()
        self._view = key
        self._bring_up_to_date()

    def _bring_up_to_date(self) -> None:
        part, engagement = self.shown, self.workbench.engagement
        if engagement is not None and self._view in self._stale:
            self._stale.discard(self._view)
            is_other = self._shown_of.get(self._view) != engagement.id
            self._shown_of[self._view] = engagement.id
            if is_other:
                part.show_engagement()
            else:
                part.refresh()
        # Shown once it is filled: cards filled in sight are painted half-high first.
        self._stack.setCurrentWidget(part)
        self._give_way()
        self._head_changed()

    def _head_changed(self) -> None:
        self.head.show_part(self.shown)
        self.status_changed.emit(self.status())

    def _spoke(self, text: str) -> None:
        if self.sender() is self.shown:
            self.status_changed.emit(text)

    def _has_letters(self) -> bool:
        return self.workbench.settings.single_letters
