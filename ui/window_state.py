"""Remembers size and place of the window, and brings it back from a screen that is no longer there."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow, QSplitter

from qma_app import design
from ui.settings import Settings

_USUAL = QSize(1440, 900)


def restore_window(window: QMainWindow, settings: Settings) -> None:
    """As it was left; the first time a good size in the middle of the screen."""
    kept = settings.blob("window_geometry")
    if kept.isEmpty() or not window.restoreGeometry(kept):
        _place_first(window)
    bring_into_view(window)


def bring_into_view(window: QMainWindow) -> None:
    """Move a window that no screen shows enough of to the main screen."""
    frame = window.frameGeometry()
    for screen in QGuiApplication.screens():
        seen = screen.availableGeometry().intersected(frame)
        if seen.width() >= min(200, frame.width()) and seen.height() >= 60 and seen.top() <= frame.top() + 40:
            return
    _place_first(window, window.size())


def keep_window(window: QMainWindow, settings: Settings) -> None:
    """Remember size and place."""
    settings.put("window_geometry", window.saveGeometry())


def restore_splitter(splitter: QSplitter, settings: Settings, name: str) -> None:
    """Divide as it was left; nothing happens the first time."""
    kept = settings.blob(f"splitter_{name}")
    if not kept.isEmpty():
        splitter.restoreState(kept)


def keep_splitter(splitter: QSplitter, settings: Settings, name: str) -> None:
    """Remember how a page is divided."""
    settings.put(f"splitter_{name}", splitter.saveState())


def _place_first(window: QMainWindow, size: QSize = _USUAL) -> None:
    room = QGuiApplication.primaryScreen().availableGeometry()
    fitting = size.boundedTo(room.size()).expandedTo(QSize(*design.MINIMUM_WINDOW))
    place = QRect(0, 0, fitting.width(), fitting.height())
    place.moveCenter(room.center())
    place.moveTop(max(room.top(), place.top()))
    place.moveLeft(max(room.left(), place.left()))
    window.setGeometry(place)
