"""Agrees a goal for a KPI or corrects it, and locks all goals with a date."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from qma_app.domain.target import Gain, Target
from qma_app.i18n import _
from qma_app.services.targets import add_target, change_target, gain_title, lock_targets
from ui.agreement.reading import Agreed
from ui.agreement.words import lacking_words
from ui.dialogs.dialog import field, side_by_side
from ui.findings.date_field import DateField
from ui.findings.figure_field import FigureField
from ui.journey.asking import AskingDialog
from ui.verification.kpi_button import KpiButton
from ui.widgets.date_edit import DateEdit
from ui.widgets.labels import PlainLabel
from ui.workbench import Workbench


class TargetDialog(AskingDialog):
    """For whom, which KPI, from where to where, until when."""

    def __init__(
        self, parent: QWidget | None, workbench: Workbench, agreed: Agreed, target: Target | None
    ) -> None:
        super().__init__(
            parent,
            workbench,
            _("Target") if target else _("New target"),
            accept=_("Save target") if target else _("Agree target"),
            width=520,
        )
        self._agreed, self._target = agreed, target
        self.kpi = KpiButton()
        self.kpi.picked.connect(self._picked)
        self.gain = QComboBox()
        for gain in Gain:
            self.gain.addItem(gain_title(gain).capitalize(), gain)
        self.start = FigureField(_("Start"), placeholder=_("not known"))
        self.goal = FigureField(_("Goal"))
        self.due = DateField(_("By"), placeholder=_("end of the programme"))
        self.words = QLineEdit(target.words if target else "")
        self.words.setPlaceholderText(_("What it means for the house"))
        self._build()
        self._show()

    def _build(self) -> None:
        self.body.addWidget(PlainLabel(_("KPI"), role="caption"))
        self.body.addWidget(self.kpi)
        self.body.addWidget(field(_("Who gains"), self.gain))
        self.body.addLayout(
            side_by_side(field(_("Start"), self.start), field(_("Goal"), self.goal), field(_("By"), self.due))
        )
        self.body.addWidget(field(_("In words"), self.words))

    def _show(self) -> None:
        agreed, target = self._agreed, self._target
        self.kpi.show_kpi(agreed.edition, target.kpi if target else "", agreed.read_kpis)
        wanted = target.gain if target else next(iter(agreed.lacking), Gain.CUSTOMERS)
        self.gain.setCurrentIndex(list(Gain).index(wanted))
        self.start.set_figure(target.start if target else None)
        self.goal.set_figure(target.goal if target else None)
        self.due.show_day(target.due_on if target else agreed.engagement.audit_due_on, agreed.on)
        (self.goal if target else self.kpi).setFocus()

    def _picked(self, code: str) -> None:
        """The KPI says as a rule whose gain it is."""
        self.kpi.show_kpi(self._agreed.edition, code, self._agreed.read_kpis)
        for group in self._agreed.edition.kpi_groups:
            if any(kpi.code == code for kpi in group.kpis) and group.perspective in set(Gain):
                self.gain.setCurrentIndex(list(Gain).index(Gain(group.perspective)))
        self.goal.setFocus()

    def accept(self) -> None:
        """Store it; what is missing is said above the buttons."""
        for one in (self.start, self.goal, self.due):
            one.flush()
        kpi = self.kpi.kpi
        if kpi is None:
            self.show_problem(_("Choose the KPI that shows it."))
        elif self.start.is_pending or self.goal.is_pending:
            self.show_problem(_("Type a figure such as 12.5, or leave it empty."))
        elif self.goal.figure is None:
            self.show_problem(_("Write the goal as a figure in the KPI's unit."))
            self.goal.setFocus()
        elif self.due.is_pending:
            self.show_problem(_("Type a day such as 2026-12-04, 4.12.26, 4 Dec or +14."))
        elif self._stored(kpi.code, self.goal.figure):
            super().accept()

    def _stored(self, code: str, goal: Decimal) -> bool:
        fields: dict[str, Any] = {
            "gain": Gain(self.gain.currentData()),
            "kpi": code,
            "goal": goal,
            "start": self.start.figure,
            "due_on": self.due.day,
            "words": self.words.text().strip(),
        }
        if self._target is None:
            done = self.workbench.do(add_target, self._agreed.engagement.id, **fields)
        else:
            done = self.workbench.do(change_target, self._target.id, **fields)
        return done is not None

    @classmethod
    def ask(
        cls, workbench: Workbench, agreed: Agreed, target: Target | None = None, parent: QWidget | None = None
    ) -> bool:
        """Let somebody agree or correct a target; whether it was stored."""
        return cls(parent, workbench, agreed, target).ask_until_done()


class LockTargets(AskingDialog):
    """Says what locking means; refused as long as customers, staff or profit have no target."""

    def __init__(self, parent: QWidget | None, workbench: Workbench, agreed: Agreed) -> None:
        super().__init__(
            parent,
            workbench,
            _("Lock the targets"),
            _(
                "From that day on no target is added, changed or taken back: what the programme brought is held against them at the end. "
                "It cannot be undone later; only undo right now takes it back."
            ),
            accept=_("Lock targets"),
            width=500,
        )
        self._agreed = agreed
        self.day = DateEdit(agreed.on)
        self.body.addWidget(field(_("Locked on"), self.day))
        lacking = lacking_words(agreed)
        if lacking:
            self.body.addWidget(PlainLabel(lacking, tone="warn", wrap=True))
        self.accept_button.setEnabled(not lacking)
        (self.cancel_button if lacking else self.day).setFocus()

    def accept(self) -> None:
        """Store it."""
        if self.accept_button.isEnabled() and (
            self.workbench.do(lock_targets, self._agreed.engagement.id, on=self.day.day) is not None
        ):
            super().accept()

    @classmethod
    def ask(cls, workbench: Workbench, agreed: Agreed, parent: QWidget | None = None) -> bool:
        """Let somebody lock the targets; whether they are locked."""
        return cls(parent, workbench, agreed).ask_until_done()
