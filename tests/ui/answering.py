"""Answers modal dialogs as they come, each with its own keys, as a user would."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog

_PATIENCE = 2_000


class Typist:
    """Looks for a modal dialog every millisecond and hands it to the next answer; nobody left to answer closes it."""

    def __init__(self, *answers: Callable[[QDialog], None]) -> None:
        self.answers = list(answers)
        self.unanswered: list[str] = []
        self._waited = 0
        self._timer = QTimer()
        self._timer.setInterval(1)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def _look(self) -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QDialog):
            return
        if self.answers:
            self._waited = 0
            self.answers.pop(0)(dialog)
            return
        # A dialog nobody expected would stop the test for ever.
        self._waited += 1
        if self._waited > _PATIENCE:
            self.unanswered.append(type(dialog).__name__)
            dialog.reject()


Answer = Callable[..., Typist]
