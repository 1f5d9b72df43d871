"""Holds the pages of the window: built when first shown, told what changed, dropped with their workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.pages import PageEntry
from ui.workbench import Workbench

if TYPE_CHECKING:
    from qma_app.domain.record import Changes
    from ui.pages.page import Page
    from ui.places import Place


class PageStack(QStackedWidget):
    """One page is shown at a time; what changed meanwhile makes the others read again when their turn comes."""

    went = Signal(object)  # Page that shows another place
    going = Signal(object)  # Place on whatever page
    spoke = Signal(str)  # the page shown has another text for the status bar

    def __init__(
        self, workbench: Workbench, entries: tuple[PageEntry, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._entries = {entry.key: entry for entry in entries}
        self._pages: dict[str, Page] = {}
        self._stale: set[str] = set()

    @property
    def built(self) -> tuple[str, ...]:
        """The keys of the pages there are, in the order they were first wanted."""
        return tuple(self._pages)

    @property
    def current_page(self) -> Page | None:
        """The page shown; None while something else is."""
        shown = self.currentWidget()
        return next((page for page in self._pages.values() if page is shown), None)

    def knows(self, key: str) -> bool:
        """Whether there is a page of that key."""
        return key in self._entries

    def page(self, key: str) -> Page:
        """The page of that key, built now if it was not shown before."""
        if key not in self._pages:
            page = self._entries[key].load()(self._workbench, self)
            page.went.connect(self._went)
            page.going.connect(self.going)
            page.status_changed.connect(self._spoke)
            self._pages[key] = page
            self._stale.add(key)
            self.addWidget(page)
        return self._pages[key]

    def bring(self, page: Page, place: Place) -> None:
        """Have a page read what it must, and go to a place in it."""
        if page.key in self._stale:
            page.refresh()
            self._stale.discard(page.key)
        page.go(place)

    def apply(self, changes: Changes) -> None:
        """Tell the page shown what changed; the others read again when they are shown."""
        shown = self.current_page
        self._stale.update(key for key, page in self._pages.items() if page is not shown)
        if shown is not None:
            shown.apply_changes(changes)

    def mark(self, changes: Changes) -> None:
        """Have the page shown point at what an undo or redo changed."""
        if self.current_page is not None:
            self.current_page.mark(changes)

    def age(self) -> None:
        """Every page reads again when it is next shown."""
        self._stale.update(self._pages)

    def drop(self) -> None:
        """Build every page anew when it is next shown: what one read belongs to a workspace that was closed."""
        for page in self._pages.values():
            self.removeWidget(page)
            page.hide()
            # Nothing in it may wake up once more: what it would read is gone.
            for part in (page, *page.findChildren(QObject)):
                part.blockSignals(True)
            page.deleteLater()
        self._pages.clear()
        self._stale.clear()

    def _went(self) -> None:
        page = self.current_page
        if page is not None and page is self.sender():
            self.went.emit(page)

    def _spoke(self, text: str) -> None:
        if self.sender() is self.current_page:
            self.spoke.emit(text)
