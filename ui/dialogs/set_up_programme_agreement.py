"""The last step of setting up: which standard, which coach with which certificate, from when on and for how long."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from qma_app.domain.days import month_after
from qma_app.domain.edition import Edition
from qma_app.domain.ids import PersonId
from qma_app.domain.people import Person, Role
from qma_app.errors import QmaError
from qma_app.i18n import _, day_text, ngettext, percent_text
from qma_app.services.certificates import (
    CertificateLine,
    certificate_title,
    certificates,
    check_certificate,
)
from ui.dialogs.dialog import field, side_by_side
from ui.findings.date_field import DateField
from ui.widgets.buttons import Button
from ui.widgets.labels import PlainLabel
from ui.widgets.number_edit import NumberEdit
from ui.widgets.segments import Segments
from ui.workbench import Workbench

_USUAL: Final = (12, 18, 24)
_OWN: Final = "own"


class AgreementStep(QWidget):
    """A coach whose certificate does not count on the first day is named with the reason, and refused."""

    changed = Signal()
    edition_chosen = Signal(object)

    def __init__(
        self,
        workbench: Workbench,
        editions: Sequence[Edition],
        parent: QWidget | None = None,
        *,
        asks_percent: bool = True,
    ) -> None:
        super().__init__(parent)
        self._bench, self._editions = workbench, tuple(editions)
        self.edition = QComboBox()
        for place, edition in enumerate(self._editions):
            newest = _("{edition} (newest)").format(edition=edition.label)
            self.edition.addItem(newest if place == 0 else edition.label, edition.hash)
        self.coach = QComboBox()
        self.certificate = PlainLabel("", role="small", tone="muted", wrap=True)
        self.new_coach = Button(_("Another coach…"), kind="link")
        self.start = DateField(_("Begins on"))
        self.start.show_day(workbench.workspace.today(), workbench.workspace.today())
        self.length = Segments(
            _("Length"),
            [(str(months), str(months), _("{months} months").format(months=months)) for months in _USUAL]
            + [(_OWN, _("Own"), _("Another length"))],
        )
        self.length.choose("18")
        self.months = NumberEdit(least=1, most=60)
        self.months.setValue(18)
        self.months.setSuffix(" " + _("months"))
        self.months.hide()
        self.due = PlainLabel("", role="small", tone="muted", wrap=True)
        self.percent = NumberEdit(most=100)
        self.percent.setSuffix(percent_text(""))
        self.percent.setSpecialValueText(_("not agreed yet"))
        self._build(asks_percent=asks_percent)
        self._connect()
        self._show_coaches()
        self._show()

    def _build(self, *, asks_percent: bool) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        coach = QVBoxLayout()
        coach.setSpacing(2)
        coach.addWidget(field(_("Coach"), self.coach))
        coach.addWidget(self.certificate)
        coach.addWidget(self.new_coach, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(coach)
        length = QWidget()
        inside = QVBoxLayout(length)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(6)
        inside.addWidget(self.length)
        inside.addWidget(self.months)
        column.addLayout(
            side_by_side(field(_("Begins on"), self.start), field(_("Length in months"), length))
        )
        column.addWidget(self.due)
        percent = field(_("Working time of the quality officer"), self.percent)
        column.addLayout(side_by_side(field(_("Standard"), self.edition), percent))
        percent.setVisible(asks_percent)
        column.addWidget(
            PlainLabel(
                _(
                    "Targets and the charter with the principal's promises follow in the Journey, under Agreement."
                ),
                role="small",
                tone="muted",
                wrap=True,
            )
        )
        column.addStretch(1)

    def _connect(self) -> None:
        self.coach.currentIndexChanged.connect(self._show)
        self.new_coach.clicked.connect(self._add_coach)
        self.start.settled.connect(self._show)
        self.length.chosen.connect(self._length_chosen)
        self.months.valueChanged.connect(self._show)
        self.edition.currentIndexChanged.connect(self._edition_changed)

    @property
    def summary(self) -> str:
        """The step in a few words."""
        day = self.started_on
        months = self.month_count
        words = ngettext("{count} month", "{count} months", months).format(count=months)
        return _("{day}, {months}").format(day=day_text(day), months=words) if day is not None else words

    @property
    def started_on(self) -> date | None:
        return self.start.day

    @property
    def month_count(self) -> int:
        chosen = self.length.current
        return self.months.value() if chosen == _OWN else int(chosen)

    @property
    def coach_id(self) -> PersonId | None:
        chosen = self.coach.currentData()
        return PersonId(chosen) if chosen else None

    @property
    def chosen_edition(self) -> Edition:
        return self._editions[max(0, self.edition.currentIndex())]

    @property
    def officer_percent(self) -> int | None:
        return self.percent.value() or None if self.percent.isEnabled() else None

    @property
    def refusal(self) -> str:
        """Why the coach cannot begin on that day; empty where nothing speaks against it."""
        person_id, day = self.coach_id, self.started_on
        if person_id is None or day is None:
            return ""
        try:
            self._bench.read(check_certificate, person_id, Role.COACH, day)
        except QmaError as error:
            return f"{error.message} {error.way_out}".strip()
        return ""

    def show_officer(self, *, is_named: bool) -> None:
        """Only with a quality officer there is working time to give."""
        self.percent.setEnabled(is_named)

    def show_setup(self, months: int, coach: PersonId | None, edition: str | None) -> None:
        """Choose what was copied."""
        self.length.choose(str(months) if months in _USUAL else _OWN)
        self.months.setValue(months)
        self.months.setVisible(months not in _USUAL)
        self.coach.setCurrentIndex(max(0, self.coach.findData(coach)))
        self.edition.setCurrentIndex(max(0, self.edition.findData(edition)))
        self._show()

    def flush(self) -> bool:
        """Take the day typed; False where it is none."""
        self.start.flush()
        return not self.start.is_pending and self.start.day is not None

    def take_focus(self) -> None:
        self.coach.setFocus()

    def _show_coaches(self, chosen: PersonId | None = None) -> None:
        today = self._bench.workspace.today()
        self._coaches: tuple[CertificateLine, ...] = tuple(
            line for line in self._bench.read(certificates, on=today) if line.qualification.role is Role.COACH
        )
        worker = self._bench.workspace.worker
        wanted = chosen or (worker.person_id if worker is not None and worker.role is Role.COACH else None)
        blocked = self.coach.blockSignals(True)
        self.coach.clear()
        self.coach.addItem(_("Nobody yet"), None)
        for line in self._coaches:
            words = (line.person.name, line.qualification.number, certificate_title(line.state))
            self.coach.addItem(" · ".join(filter(None, words)), line.person.id)
        self.coach.setCurrentIndex(max(0, self.coach.findData(wanted)))
        self.coach.blockSignals(blocked)

    def _add_coach(self) -> None:
        from ui.dialogs.certify_person import CertifyPerson

        changes = CertifyPerson.ask(self._bench, self.window())
        if changes is not None:
            from qma_app.domain.people import Qualification

            held = changes.of(Qualification)
            people = changes.of(Person)
            self._show_coaches(held[0].person_id if held else people[0].id if people else None)
            self._show()

    def _length_chosen(self, key: str) -> None:
        self.months.setVisible(key == _OWN)
        if key == _OWN:
            self.months.setFocus()
            self.months.selectAll()
        self._show()

    def _edition_changed(self) -> None:
        self.edition_chosen.emit(self.chosen_edition)
        self.changed.emit()

    def _show(self) -> None:
        refusal = self.refusal
        line = next((one for one in self._coaches if one.person.id == self.coach_id), None)
        self.certificate.set_tone("bad" if refusal else "muted")
        self.certificate.setText(refusal or (_validity(line) if line is not None else ""))
        self.certificate.setVisible(bool(self.certificate.text()))
        day = self.started_on
        self.due.setText(
            _("The audit is due on {day}.").format(day=day_text(month_after(day, self.month_count)))
            if day is not None
            else ""
        )
        self.changed.emit()


def _validity(line: CertificateLine) -> str:
    held, days = line.qualification, line.days_left
    if held.valid_until is None or days is None:
        return ""  # the choice itself says so
    left = ngettext("{count} day left", "{count} days left", days).format(count=days)
    return _("Certificate valid to {day}, {left}").format(day=day_text(held.valid_until), left=left)
