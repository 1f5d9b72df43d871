"""Works out how many auditor days an audit needs from staff and risks, and agrees on them."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from qma_app.domain.audit_days import DaysProposal, days_problems
from qma_app.domain.planning_table import risk_title
from qma_app.errors import QmaError
from qma_app.i18n import _, exact_number_text
from qma_app.services.audits import plan_audit_days, propose_days
from ui import theme
from ui.audit.plan_reading import PlanSheet
from ui.audit.plan_words import signed_percent
from ui.dialogs.dialog import field, side_by_side
from ui.findings.figure_field import FigureField
from ui.journey.asking import AskingDialog
from ui.pages.page import scrolling
from ui.widgets.labels import PlainLabel
from ui.workbench import Workbench


class DaysDialog(AskingDialog):
    """The proposal follows what is ticked; empty fields take it over, in half days and all of it on site."""

    def __init__(self, parent: QWidget | None, workbench: Workbench, sheet: PlanSheet) -> None:
        super().__init__(parent, workbench, _("Auditor days"), accept=_("Agree on days"), width=620)
        self._sheet = sheet
        known = sheet.audit.days
        self.staff = FigureField(_("Staff, full-time equivalents"), least=Decimal(1), is_whole=True)
        self.risks = {one.code: QCheckBox(risk_title(one)) for one in sheet.table.risks}
        self.days = FigureField(_("Days agreed"), least=Decimal("0.25"))
        self.on_site = FigureField(_("Of them on site"), least=Decimal("0.25"))
        self.reason = QLineEdit(known.reason if known else "")
        self.reason.setPlaceholderText(_("Why it differs from the table"))
        self.lines = PlainLabel("", role="small", tone="muted", wrap=True)
        self._proposal: DaysProposal | None = None
        self._build()
        self.staff.set_figure(known.staff if known else sheet.staff)
        for code, box in self.risks.items():
            box.setChecked(known is not None and code in known.risks)
        if known is not None:
            self.days.set_figure(known.days)
            self.on_site.set_figure(known.on_site)
        self._connect()
        self._propose()
        self.staff.setFocus()

    def _build(self) -> None:
        self.staff.setPlaceholderText(_("not known for its sites"))
        self.body.addWidget(field(_("Staff, full-time equivalents"), self.staff))
        self.body.addWidget(PlainLabel(_("What is so here"), role="caption"))
        ticks = QWidget()
        column = QVBoxLayout(ticks)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        signs = {one.code: one.share for one in self._sheet.table.risks}
        for code, box in self.risks.items():
            box.setText(f"{box.text()}  ({signed_percent(signs[code])})")
            column.addWidget(box)
        area = scrolling(ticks)
        area.setFixedHeight(theme.px(216))
        self.body.addWidget(area)
        self.body.addWidget(self.lines)
        self.body.addLayout(
            side_by_side(field(_("Days agreed"), self.days), field(_("Of them on site"), self.on_site))
        )
        self.body.addWidget(field(_("Reason"), self.reason))

    def _connect(self) -> None:
        self.staff.settled.connect(self._propose)
        for box in self.risks.values():
            box.toggled.connect(self._propose)

    @property
    def ticked(self) -> tuple[str, ...]:
        """The risks that apply."""
        return tuple(code for code, box in self.risks.items() if box.isChecked())

    def _propose(self, _value: object = None) -> None:
        """Say what the table says of what is chosen now."""
        try:
            self._proposal = self.workbench.read(
                propose_days, self._sheet.audit.id, staff=_whole(self.staff.figure), risks=self.ticked
            )
        except QmaError as error:
            self._proposal = None
            self.lines.setText("")
            self.show_problem(error)
            return
        self.show_problem("")
        self.lines.setText("\n".join(self._proposal.lines))
        proposed = exact_number_text(self._proposal.half_days)
        self.days.setPlaceholderText(_("{days} proposed").format(days=proposed))
        self.on_site.setPlaceholderText(_("all of them"))

    def accept(self) -> None:
        """Store it; fewer days than the table asks for need a reason."""
        fields = (self.staff, self.days, self.on_site)
        for one in fields:
            one.flush()
        if any(one.is_pending for one in fields):
            self.show_problem(_("Type a figure such as 12.5, or leave it empty."))
            return
        self._propose()
        if self._proposal is None or self._is_unreasoned(self._proposal):
            return
        done = self.workbench.do(
            plan_audit_days,
            self._sheet.audit.id,
            staff=_whole(self.staff.figure),
            risks=self.ticked,
            days=self.days.figure,
            on_site=self.on_site.figure,
            reason=self.reason.text().strip(),
        )
        if done is not None:
            super().accept()

    def _is_unreasoned(self, proposal: DaysProposal) -> bool:
        """Whether something stands against it, then said; the keyboard goes where it is mended."""
        agreed = self.days.figure if self.days.figure is not None else proposal.half_days
        there = self.on_site.figure if self.on_site.figure is not None else agreed
        problems = days_problems(proposal, agreed, there, self.reason.text())
        if problems:
            self.show_problem(" ".join(problems))
            (self.reason if agreed < proposal.half_days else self.on_site).setFocus()
        return bool(problems)

    @classmethod
    def ask(cls, workbench: Workbench, sheet: PlanSheet, parent: QWidget | None = None) -> bool:
        """Let somebody agree on the days; whether it was stored."""
        return cls(parent, workbench, sheet).ask_until_done()


def _whole(figure: Decimal | None) -> int | None:
    return int(figure) if figure is not None else None
