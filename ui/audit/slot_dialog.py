"""Writes a line of the timetable: when, what, who, with whom."""

from __future__ import annotations

from datetime import date, time

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from qma_app.domain.audit import AuditSlot
from qma_app.domain.ids import AreaId, PersonId
from qma_app.i18n import _
from qma_app.services.audits import put_slot
from ui.audit.plan_reading import PlanSheet
from ui.audit.plan_words import area_name, missing_areas, weekday_day
from ui.dialogs.dialog import field, side_by_side
from ui.findings.date_field import DateField
from ui.journey.asking import AskingDialog
from ui.visit.time_edit import TimeEdit
from ui.widgets.word_choice import WordChoice
from ui.workbench import Workbench

_BEGINS, _ENDS = time(9), time(10)


class SlotDialog(AskingDialog):
    """A clash of an auditor with another line is refused above the buttons; what was typed stays."""

    def __init__(
        self, parent: QWidget | None, workbench: Workbench, sheet: PlanSheet, slot: AuditSlot | None
    ) -> None:
        super().__init__(
            parent,
            workbench,
            _("Line of the timetable"),
            accept=_("Save line") if slot else _("Add line"),
            width=520,
        )
        self._sheet, self._slot = sheet, slot
        self.day = WordChoice()
        for day in sheet.desk.view.days:
            self.day.addItem(weekday_day(day), day)
        # Before the audit has days a line may still be written on any.
        self.typed_day = DateField(_("Day"))
        begins, ends = (slot.begins, slot.ends) if slot else _free_hour(sheet)
        self.begins, self.ends = TimeEdit(begins), TimeEdit(ends)
        self.area, self.auditor = WordChoice(), WordChoice()
        self.words = QLineEdit(slot.words if slot else "")
        self.with_whom = QLineEdit(slot.with_whom if slot else "")
        self._fill()
        self._build()
        (self.area if slot is None else self.begins).setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self) -> None:
        sheet, slot = self._sheet, self._slot
        areas, scope = sheet.state.edition.areas, sheet.state.assessment.scope
        self.area.addItem(_("No area: for all"), None)
        for area in areas:
            if area.id in scope:
                self.area.addItem(area_name(area), area.id)
        self.auditor.addItem(_("Everybody"), None)
        for member in sheet.audit.team:
            self.auditor.addItem(sheet.name_of(member.person_id), member.person_id)
        bare = missing_areas(sheet)
        wanted = slot.area_id if slot else bare[0].id if bare else None
        self.area.setCurrentIndex(max(0, self.area.findData(wanted)))
        who = slot.auditor_id if slot else sheet.audit.lead_id if wanted else None
        self.auditor.setCurrentIndex(max(0, self.auditor.findData(who)))
        on = slot.on if slot else _last_day(sheet)
        days = sheet.desk.view.days
        self.day.setCurrentIndex(max(0, days.index(on) if on in days else 0))
        self.typed_day.show_day(on, sheet.desk.on)

    def _build(self) -> None:
        self.words.setPlaceholderText(_("Opening meeting, walk round, wrap-up of the day"))
        self.with_whom.setPlaceholderText(_("Head of the department"))
        has_days = bool(self._sheet.desk.view.days)
        day = field(_("Day"), self.day if has_days else self.typed_day)
        self.body.addLayout(side_by_side(day, field(_("Begins"), self.begins), field(_("Ends"), self.ends)))
        self.body.addLayout(side_by_side(field(_("Area"), self.area), field(_("Auditor"), self.auditor)))
        self.body.addWidget(field(_("What is done"), self.words))
        self.body.addWidget(field(_("With whom"), self.with_whom))

    def accept(self) -> None:
        """Store it."""
        on = self._on()
        if on is None:
            self.show_problem(_("Type a day such as 2026-12-04, 4.12.26, 4 Dec or +14."))
            return
        area, auditor = self.area.currentData(), self.auditor.currentData()
        done = self.workbench.do(
            put_slot,
            self._sheet.audit.id,
            slot_id=self._slot.id if self._slot is not None else None,
            on=on,
            begins=self.begins.time_of_day,
            ends=self.ends.time_of_day,
            area_id=AreaId(area) if area is not None else None,
            auditor_id=PersonId(auditor) if auditor is not None else None,
            words=self.words.text().strip(),
            with_whom=self.with_whom.text().strip(),
        )
        if done is not None:
            super().accept()

    def _on(self) -> date | None:
        if self._sheet.desk.view.days:
            return self._sheet.desk.view.days[self.day.currentIndex()]
        self.typed_day.flush()
        return None if self.typed_day.is_pending else self.typed_day.day

    @classmethod
    def ask(
        cls,
        workbench: Workbench,
        sheet: PlanSheet,
        slot: AuditSlot | None = None,
        parent: QWidget | None = None,
    ) -> bool:
        """Let somebody write a line; whether it was stored."""
        return cls(parent, workbench, sheet, slot).ask_until_done()


def _last_day(sheet: PlanSheet) -> date | None:
    """The day of the last line, else the first of the audit."""
    slots = sheet.desk.view.slots
    return slots[-1].on if slots else sheet.audit.first_on


def _free_hour(sheet: PlanSheet) -> tuple[time, time]:
    """The hour behind the last line."""
    slots = sheet.desk.view.slots
    if not slots or slots[-1].ends.hour >= 23:
        return _BEGINS, _ENDS
    ends = slots[-1].ends
    return ends, ends.replace(hour=ends.hour + 1)
