"""When the audit is, and in which language its papers are written."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox, QWidget

from qma_app.domain.assessment import AssessmentKind
from qma_app.domain.audit_plan_checks import send_by
from qma_app.domain.record import Changes
from qma_app.domain.wording import kind_title
from qma_app.i18n import LANGUAGES, _, day_text, language, ngettext
from ui.audit.plan_reading import PlanSheet
from ui.dialogs.dialog import field, side_by_side
from ui.findings.date_field import DateField
from ui.widgets.cards import Card
from ui.widgets.chips import Chip
from ui.widgets.labels import PlainLabel
from ui.widgets.word_choice import WordChoice
from ui.workbench import Workbench


class DatesCard(Card):
    """Stored as soon as a day is typed; a first day behind the last moves the last with it."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        self.state = Chip("")
        super().__init__(_("Days of the audit"), self.state, parent)
        self._bench = workbench
        self._sheet: PlanSheet | None = None
        self.first = DateField(_("First day"), placeholder=_("14 Jun or +30"))
        self.last = DateField(_("Last day"), placeholder=_("the same day"))
        self.language = WordChoice()
        self.language.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.language.setMinimumContentsLength(8)
        for code, name in LANGUAGES:
            self.language.addItem(name, code)
        self.words = PlainLabel("", role="small", tone="muted", wrap=True)
        self.body.setSpacing(8)
        self.body.addLayout(
            side_by_side(
                field(_("First day"), self.first),
                field(_("Last day"), self.last),
                field(_("Language of the papers"), self.language),
            )
        )
        self.body.addWidget(self.words)
        self.first.settled.connect(self._first_typed)
        self.last.settled.connect(self._last_typed)
        self.language.activated.connect(self._language_chosen)

    def show_sheet(self, sheet: PlanSheet) -> None:
        """Show the days; what is being typed stays."""
        self._sheet = sheet
        audit, today = sheet.audit, sheet.desk.on
        for one, day in ((self.first, audit.first_on), (self.last, audit.last_on)):
            if not one.is_pending:
                one.show_day(day, today)
        blocker = QSignalBlocker(self.language)
        spoken = audit.language or sheet.desk.view.dealership.language or language()
        self.language.setCurrentIndex(self.language.findData(spoken))
        blocker.unblock()
        for widget in (self.first, self.last, self.language):
            widget.setEnabled(sheet.is_open)
        count = len(sheet.desk.view.days)
        working = sum(day.weekday() < 5 for day in sheet.desk.view.days)
        self.state.say(
            ngettext("{count} working day", "{count} working days", working).format(count=working)
            if count
            else _("no day is set yet")
        )
        self.words.setText(self._words(sheet))

    def flush(self) -> None:
        """Store what is typed."""
        self.first.flush()
        self.last.flush()

    def _words(self, sheet: PlanSheet) -> str:
        kind = sheet.state.assessment.kind
        parts = [f"{kind_title(kind)} {sheet.audit.number}"]
        if sheet.audit.revision > 1:
            parts.append(_("revision {number}").format(number=sheet.audit.revision))
        by = send_by(sheet.audit.first_on)
        if kind is AssessmentKind.SHORT_NOTICE:
            parts.append(_("not announced ahead"))
        elif by is not None and sheet.audit.sent_on is None:
            parts.append(_("the plan goes out by {day}").format(day=day_text(by)))
        return " · ".join(parts)

    def _first_typed(self, day: object) -> None:
        sheet = self._sheet
        if sheet is None or not (day is None or isinstance(day, date)):
            return
        before, last = sheet.audit.first_on, sheet.audit.last_on
        fields: dict[str, Any] = {"first_on": day}
        if day is None or last is None:
            fields["last_on"] = day
        elif before is not None and last < day:
            fields["last_on"] = day + (last - before)
        self._store(**fields)

    def _last_typed(self, day: object) -> None:
        """Left empty it is the first day, as the field says."""
        first = self._sheet.audit.first_on if self._sheet is not None else None
        self._store(last_on=first if day is None else day)

    def _language_chosen(self, _place: int) -> None:
        self._store(language=self.language.currentData())

    def _store(self, **fields: Any) -> Changes | None:
        from qma_app.services.audits import change_audit

        sheet = self._sheet
        if sheet is None or not sheet.is_open:
            return None
        done = self._bench.do(change_audit, sheet.audit.id, **fields)
        if done is None:
            self.first.show_day(sheet.audit.first_on, sheet.desk.on)
            self.last.show_day(sheet.audit.last_on, sheet.desk.on)
            self.show_sheet(sheet)
        return done
