"""Asks until when a next step waits, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from qma_app.i18n import _, day_text
from ui.dialogs.dialog import Dialog, field
from ui.findings.date_field import DateField
from ui.widgets.buttons import Button


@dataclass(frozen=True, kw_only=True, slots=True)
class Postponed:
    """Until which day a step waits, that day included in the list again, and why."""

    until: date
    reason: str


class PostponeStepDialog(Dialog):
    """Usual days are a key or a click away; the reason is never empty."""

    def __init__(
        self, parent: QWidget | None, title: str, today: date, *, next_visit: date | None = None
    ) -> None:
        super().__init__(parent, _("Put it off"), title, accept=_("Put it off"), width=480)
        self._today = today
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(_("Why it waits"))
        self.until = DateField(_("until"))
        self.until.show_day(today + timedelta(days=7), today)
        self.until.field.textChanged.connect(self._check)
        self.body.addWidget(field(_("Reason"), self.reason))
        self.body.addWidget(field(_("Until"), self.until))
        for place, (words, day) in enumerate(_usual(today, next_visit), 1):
            button = Button(words, kind="link", keys=f"Alt+{place}", acts_on_keys=True)
            button.setProperty("day", day.isoformat())
            button.clicked.connect(self._take_day)
            self.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.reason.textChanged.connect(self._check)
        self.reason.setFocus()
        self._check()

    def answer(self) -> Postponed | None:
        """What stands in the fields; None while a day or the reason is missing."""
        self.until.flush()
        day, reason = self.until.day, self.reason.text().strip()
        if day is None or day <= self._today or not reason or self.until.is_pending:
            return None
        return Postponed(until=day, reason=reason)

    def accept(self) -> None:
        if self.answer() is None:
            is_early = self.until.day is not None and self.until.day <= self._today
            self.show_problem(
                _("Choose a day after today.")
                if is_early
                else _("Type a day such as 2026-12-04, 4.12.26, 4 Dec or +14.")
            )
            return
        super().accept()

    def _take_day(self) -> None:
        sender = self.sender()
        if isinstance(sender, Button):
            self.until.show_day(date.fromisoformat(str(sender.property("day"))), self._today)
            self.reason.setFocus()

    def _check(self) -> None:
        self.show_problem("")
        self.accept_button.setEnabled(bool(self.reason.text().strip() and self.until.field.text().strip()))

    @classmethod
    def ask(
        cls, parent: QWidget | None, title: str, today: date, *, next_visit: date | None = None
    ) -> Postponed | None:
        """The day and the reason; None when it was cancelled."""
        dialog = cls(parent, title, today, next_visit=next_visit)
        answer = dialog.answer() if dialog.exec() else None
        dialog.deleteLater()
        return answer


def _usual(today: date, next_visit: date | None) -> list[tuple[str, date]]:
    days = [
        (_("Tomorrow"), today + timedelta(days=1)),
        (_("In a week"), today + timedelta(days=7)),
        (_("In a month"), today + timedelta(days=30)),
    ]
    if next_visit is not None and next_visit > today:
        days.append((_("Next visit, {day}").format(day=day_text(next_visit)), next_visit))
    return days
