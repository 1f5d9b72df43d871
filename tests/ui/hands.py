"""What a user's hands do in a window: keys go to whatever holds the keyboard, a button is clicked where it can be seen and pressed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from qma_app.domain.record import Record
from ui.window import MainWindow
from ui.workbench import Workbench

CTRL, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
R = TypeVar("R", bound=Record)


@dataclass(kw_only=True)
class Hands:
    """The records are only looked at."""

    qtbot: QtBot
    window: MainWindow
    bench: Workbench

    def all(self, kind: type[R], /, **where: Any) -> list[R]:
        with self.bench.workspace.reading() as reader:
            return list(reader.all(kind, **where))

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE, *, times: int = 1) -> None:
        for _press in range(times):
            self.wake()
            holder = QApplication.activePopupWidget() or QApplication.focusWidget()
            assert holder is not None
            QTest.keyClick(holder, key, modifier)

    def keys(self, words: str) -> None:
        self.wake()
        holder = QApplication.focusWidget()
        assert holder is not None
        QTest.keyClicks(holder, words)

    def wake(self) -> None:
        """Without a window manager nobody gives the activation back when a dialog or a list closes."""
        top = QApplication.activeModalWidget() or self.window
        if QApplication.activePopupWidget() is None and QApplication.activeWindow() is not top:
            top.activateWindow()
            self.qtbot.waitUntil(top.isActiveWindow)

    def click(self, widget: QWidget) -> None:
        assert widget.isVisible(), widget
        assert widget.isEnabled(), widget
        self.show(widget)
        self.wake()
        target = widget.viewport() if isinstance(widget, QAbstractScrollArea) else widget
        QTest.mouseClick(target, Qt.MouseButton.LeftButton)

    def show(self, widget: QWidget) -> None:
        """Scroll to it, as one does before clicking."""
        QApplication.processEvents()
        around = widget.parentWidget()
        while around is not None:
            if isinstance(around, QScrollArea):
                around.ensureWidgetVisible(widget, 0, 60)
            around = around.parentWidget()

    def write(self, field: QWidget, words: str) -> None:
        """Click into a field, write over what stands there, and leave it."""
        self.click(field)
        self.press(Qt.Key.Key_A, CTRL)
        self.keys(words)
        self.press(Qt.Key.Key_Tab)
