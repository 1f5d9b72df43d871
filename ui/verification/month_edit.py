"""A month to choose, typed or stepped, without a day."""

from __future__ import annotations

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QDateEdit, QWidget

from qma_app.domain.month import Month
from ui import theme


class MonthEdit(QDateEdit):
    """Up and Down step by a month, as `month` says."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDisplayFormat("MMM yyyy")
        self.setCurrentSection(QDateEdit.Section.MonthSection)
        self.lineEdit().setTextMargins(theme.px(9), 0, 0, 0)

    @property
    def month(self) -> Month:
        return Month(self.date().year(), self.date().month())

    def show_month(self, month: Month) -> None:
        """Choose another month."""
        self.setDate(QDate(month.year, month.number, 1))
