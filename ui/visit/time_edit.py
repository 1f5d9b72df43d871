"""A time of day to type or step, by the clock on the wall."""

from __future__ import annotations

from datetime import time

from PySide6.QtCore import QTime
from PySide6.QtWidgets import QTimeEdit, QWidget

from ui import theme


class TimeEdit(QTimeEdit):
    """Stands in its field like text does; `time_of_day` is what is chosen."""

    def __init__(self, at: time, parent: QWidget | None = None) -> None:
        super().__init__(QTime(at.hour, at.minute), parent)
        self.setDisplayFormat("HH:mm")
        self.lineEdit().setTextMargins(theme.px(9), 0, 0, 0)

    @property
    def time_of_day(self) -> time:
        chosen = self.time()
        return time(chosen.hour(), chosen.minute())
