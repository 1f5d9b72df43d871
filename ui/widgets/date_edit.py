"""A day to choose, written as people write it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QDateEdit, QWidget

from qma_app.i18n import _


class DateEdit(QDateEdit):
    """Opens a calendar; `day` is what is chosen."""

    def __init__(self, day: date, parent: QWidget | None = None) -> None:
        super().__init__(QDate(day.year, day.month, day.day), parent)
        # With the month in letters nobody takes the day for the month.
        self.setDisplayFormat(_("d MMM yyyy"))
        self.setCalendarPopup(True)

    @property
    def day(self) -> date:
        chosen = self.date()
        return date(chosen.year(), chosen.month(), chosen.day())

    def show_day(self, day: date) -> None:
        """Choose another day."""
        self.setDate(QDate(day.year, day.month, day.day))
