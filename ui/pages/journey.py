"""The way of a dealership from the first handshake to the audit: its plan, and everything that keeps it going, as views."""

from __future__ import annotations

from typing import ClassVar, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication

from qma_app.domain.record import Changes
from qma_app.i18n import _
from ui.journey.views import VIEWS
from ui.pages.view_part import ViewEntry, ViewsHead
from ui.pages.views_page import ViewsPage
from ui.places import GATE, SPONSOR, TARGETS, Place

_PART_OF: Final = {GATE: "plan", TARGETS: "agreement", SPONSOR: "promises"}
"""What is a place of its own, by the view it stands in."""


class JourneyPage(ViewsPage):
    """Its views have nothing to read and nowhere to go while there is no programme."""

    key: ClassVar[str] = "journey"
    title: ClassVar[str] = _("Journey")
    icon: ClassVar[str] = "route"
    position: ClassVar[int] = 2
    views: ClassVar[tuple[ViewEntry, ...]] = VIEWS
    room_below: ClassVar[int] = 0
    head: ViewsHead

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus, as in every empty state."""
        focused = QApplication.focusWidget()
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and isinstance(focused, QAbstractButton) and self.isAncestorOf(focused):
            focused.click()
        else:
            super().keyPressEvent(event)

    def apply_changes(self, changes: Changes) -> None:
        if self.workbench.engagement is not None:
            super().apply_changes(changes)
        else:
            self.refresh()

    def go(self, place: Place) -> None:
        self._turn_towards(_PART_OF.get(place.view or "", place.view))
        if self.workbench.engagement is not None:
            self.shown.go(place)
