"""The way of a dealership from the first handshake to the audit: its plan, and everything that keeps it going, as views."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QStackedWidget, QVBoxLayout, QWidget

from qma_app.domain.record import Changes
from qma_app.i18n import _
from ui.journey.frame import JourneyHead, JourneyPart
from ui.journey.views import VIEWS, ViewEntry, view_of
from ui.pages.page import GAP, MARGIN, Page
from ui.places import Place
from ui.shortcuts import Command, Shortcut, is_typing
from ui.workbench import Workbench


class JourneyPage(Page):
    """One view is shown at a time; each is made when it is first looked at, and reads again when something changed meanwhile.

    A letter that the view shown needs for itself (its sheet names it) does not turn to another view meanwhile.
    """

    key: ClassVar[str] = "journey"
    title: ClassVar[str] = _("Journey")
    icon: ClassVar[str] = "route"
    position: ClassVar[int] = 2

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        self.head = JourneyHead()
        self.head.chosen.connect(self.show_view)
        self._parts: dict[str, JourneyPart] = {}
        self._shown_of: dict[str, str] = {}
        self._stale: set[str] = set()
        self._stack = QStackedWidget()
        self._view = VIEWS[0].key
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN - 4, MARGIN, 0)
        column.setSpacing(GAP - 4)
        column.addWidget(self.head)
        column.addWidget(self._stack, 1)
        self._letters = {entry.letter: self._letter(entry) for entry in VIEWS}

    @property
    def view(self) -> str:
        """The key of the view shown."""
        return self._view

    def part(self, key: str) -> JourneyPart:
        """The view of that key, made now if it was not looked at before."""
        if key not in self._parts:
            entry = view_of(key)
            assert entry is not None
            made = entry.load()(self.workbench)
            made.went.connect(self.went)
            made.going.connect(self.going)
            made.head_changed.connect(self._head_changed)
            made.status_changed.connect(self._spoke)
            self._parts[key] = made
            self._stale.add(key)
            self._stack.addWidget(made)
            self.head.take_part(made)
        return self._parts[key]

    @property
    def shown(self) -> JourneyPart:
        """The view that is looked at."""
        return self.part(self._view)

    def show_view(self, key: str) -> None:
        """Turn to another view, the keyboard with it."""
        if key != self._view:
            self._turn_to(key)
            self.went.emit()
        self.shown.take_focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus, as in every empty state."""
        focused = QApplication.focusWidget()
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and isinstance(focused, QAbstractButton) and self.isAncestorOf(focused):
            focused.click()
        else:
            super().keyPressEvent(event)

    def refresh(self) -> None:
        self._stale.update(self._parts)
        self._bring_up_to_date()

    def apply_changes(self, changes: Changes) -> None:
        self._stale.update(key for key in self._parts if key != self._view)
        if self.workbench.engagement is not None and self._view not in self._stale:
            self.shown.apply_changes(changes)
            self._head_changed()
        else:
            self._bring_up_to_date()

    def mark(self, changes: Changes) -> None:
        self.shown.mark(changes)

    def place(self) -> Place:
        return self.shown.place()

    def go(self, place: Place) -> None:
        # The gate stands in the plan.
        entry = view_of("plan" if place.view == "gate" else place.view)
        if entry is not None and entry.key != self._view:
            self._turn_to(entry.key)
        self._bring_up_to_date()
        if self.workbench.engagement is not None:
            self.shown.go(place)

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
            Shortcut(keys=entry.letter, title=entry.meaning) for entry in VIEWS if entry.letter not in taken
        )
        return (*own, *switch)

    def commands(self) -> tuple[Command, ...]:
        switch = (
            Command(
                title=entry.meaning, run=partial(self.show_view, entry.key), keys=entry.letter, icon=self.icon
            )
            for entry in VIEWS
            if entry.key != self._view
        )
        return (*self.shown.commands(), *switch)

    def _letter(self, entry: ViewEntry) -> QShortcut:
        """A key of its own rather than a `LetterKey`: it gives way to a view that needs the letter for itself."""
        key = QShortcut(QKeySequence(entry.letter), self)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.setProperty("view", entry.key)
        key.activated.connect(self._letter_pressed)
        return key

    def _letter_pressed(self) -> None:
        if not is_typing() and self.workbench.settings.single_letters:
            self.show_view(str(self.sender().property("view")))

    def _give_way(self) -> None:
        taken = {shortcut.keys for shortcut in self.shown.shortcuts()}
        for letter, key in self._letters.items():
            key.setEnabled(letter not in taken)

    def _turn_to(self, key: str) -> None:
        if self._view in self._parts:
            self._parts[self._view].flush()
        self._view = key
        self._bring_up_to_date()

    def _bring_up_to_date(self) -> None:
        part = self.shown
        engagement = self.workbench.engagement
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
