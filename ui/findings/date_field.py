"""A day that may be left empty: typed in several ways, or chosen in a calendar."""

from __future__ import annotations

import re
from datetime import date, timedelta

from PySide6.QtCore import QDate, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QHBoxLayout, QLineEdit, QMenu, QWidget, QWidgetAction

from qma_app.i18n import _, day_text, language
from ui.widgets.buttons import IconButton


def read_day(text: str, today: date) -> date | None:
    """The day somebody typed: `2026-12-04`, `4.12.26`, `4 Dec`, or days from today as `+14`; ValueError when it is none."""
    text = text.strip()
    if not text:
        return None
    if found := re.fullmatch(r"\+(\d{1,4})", text):
        return today + timedelta(days=int(found[1]))
    if re.fullmatch(r"\d{4}-\d{1,2}-\d{1,2}", text):
        return date(*map(int, text.split("-")))
    numbers = [int(part) for part in re.findall(r"\d+", text)]
    month = _month_in(text)
    if month is not None and 1 <= len(numbers) <= 2:
        return _completed(numbers[0], month, numbers[1] if len(numbers) == 2 else None, today)
    if month is None and 2 <= len(numbers) <= 3 and re.fullmatch(r"[\d\s./-]+", text):
        return _completed(numbers[0], numbers[1], numbers[2] if len(numbers) == 3 else None, today)
    raise ValueError(text)


def _completed(day: int, month: int, year: int | None, today: date) -> date:
    """Without a year the next such day, counting half a year back as still meant."""
    if year is not None:
        return date(year + 2000 if year < 100 else year, month, day)
    found = date(today.year, month, day)
    return found if found >= today - timedelta(days=183) else date(today.year + 1, month, day)


def _month_in(text: str) -> int | None:
    from babel.dates import get_month_names

    words = re.findall(r"[^\W\d_]{3,}", text.casefold())
    if not words:
        return None
    for code in dict.fromkeys((language(), "en")):
        for number, name in get_month_names("wide", locale=code).items():
            if any(name.casefold().startswith(word) for word in words):
                return int(number)
    raise ValueError(text)


class DateField(QWidget):
    """`settled` carries the day (or None) when the field is left, Enter is pressed or the calendar was used."""

    settled = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None, *, placeholder: str = "") -> None:
        super().__init__(parent)
        self._today = date(2000, 1, 1)
        self._day: date | None = None
        self.field = QLineEdit()
        self.field.setAccessibleName(name)
        self.field.setPlaceholderText(placeholder)
        self.field.editingFinished.connect(self.flush)
        self._open = IconButton(
            "calendar", _("Choose {name} in a calendar").format(name=name), keys="Alt+Down"
        )
        self._open.clicked.connect(self.open_calendar)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self.field, 1)
        row.addWidget(self._open)
        self.setFocusProxy(self.field)

    @property
    def day(self) -> date | None:
        return self._day

    @property
    def is_pending(self) -> bool:
        """Whether what is typed is not the day given on last."""
        return self.field.text() != self._shown(self._day)

    def show_day(self, day: date | None, today: date) -> None:
        """Show a stored day; `today` is what `+14` counts from."""
        self._day, self._today = day, today
        self.field.setText(self._shown(day))
        self._mark_problem("")

    def flush(self) -> None:
        """Give on what is typed; what is no day stays in the field and is marked."""
        if not self.is_pending:
            return
        try:
            day = read_day(self.field.text(), self._today)
        except ValueError:
            self._mark_problem(_("Type a day such as 2026-12-04, 4.12.26, 4 Dec or +14."))
            return
        self._mark_problem("")
        is_new = day != self._day
        self._day = day
        self.field.setText(self._shown(day))
        if is_new:
            self.settled.emit(day)

    def open_calendar(self) -> None:
        """Choose the day in a calendar below the field."""
        menu = QMenu(self)
        calendar = QCalendarWidget(menu)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        shown = self._day or self._today
        calendar.setSelectedDate(QDate(shown.year, shown.month, shown.day))
        calendar.clicked.connect(self._chosen)
        calendar.activated.connect(self._chosen)
        calendar.clicked.connect(menu.close)
        calendar.activated.connect(menu.close)
        action = QWidgetAction(menu)
        action.setDefaultWidget(calendar)
        menu.addAction(action)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))
        calendar.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.open_calendar()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.flush()

    def _chosen(self, chosen: QDate) -> None:
        day = date(chosen.year(), chosen.month(), chosen.day())
        self.field.setText(self._shown(day))
        self._mark_problem("")
        if day != self._day:
            self._day = day
            self.settled.emit(day)

    def _shown(self, day: date | None) -> str:
        return day_text(day) if day is not None else ""

    def _mark_problem(self, problem: str) -> None:
        self.field.setToolTip(problem)
        self.field.setAccessibleDescription(problem)
        if bool(self.field.property("problem")) != bool(problem):
            self.field.setProperty("problem", bool(problem))
            self.field.style().unpolish(self.field)
            self.field.style().polish(self.field)
