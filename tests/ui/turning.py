"""Turns the Journey to a view, as a letter does."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.journey.frame import JourneyPart
from ui.pages.journey import JourneyPage

Part = TypeVar("Part", bound=JourneyPart)


def turned_to(page: JourneyPage, kind: type[Part]) -> Part:
    """A view of the Journey, turned to."""
    page.show_view(kind.key)
    part = page.part(kind.key)
    assert isinstance(part, kind)
    return part


def press(qtbot: QtBot, key: Qt.Key) -> None:
    """Press a key where the keyboard is."""
    focused = QApplication.focusWidget()
    assert focused is not None
    qtbot.keyClick(focused, key)


def back_in(qtbot: QtBot, part: JourneyPart) -> None:
    """Without a window manager nothing is active after a dialog has gone: the keyboard is put back where the view wants it."""
    part.window().activateWindow()
    qtbot.waitUntil(part.window().isActiveWindow)
    part.take_focus()
