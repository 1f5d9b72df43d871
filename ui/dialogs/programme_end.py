"""Makes a programme longer, and ends it with a reason."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from qma_app.domain.days import month_after
from qma_app.i18n import _, day_text
from qma_app.services.engagements import end_engagement, extend_engagement
from ui.agreement.reading import Agreed
from ui.dialogs.dialog import field
from ui.journey.asking import AskingDialog
from ui.widgets.date_edit import DateEdit
from ui.widgets.labels import PlainLabel
from ui.widgets.number_edit import NumberEdit
from ui.workbench import Workbench

_LONGEST, _STEP = 60, 6


class ExtendProgramme(AskingDialog):
    """The whole length from the start on, and the day the audit is due then."""

    def __init__(self, parent: QWidget | None, workbench: Workbench, agreed: Agreed) -> None:
        engagement = agreed.engagement
        super().__init__(
            parent,
            workbench,
            _("Make the programme longer"),
            _("It was agreed for {months} months. The plan keeps its days until it is made anew.").format(
                months=engagement.months
            ),
            accept=_("Agree new length"),
        )
        self._agreed = agreed
        self.months = NumberEdit(least=1, most=_LONGEST)
        self.months.setSuffix(" " + _("months"))
        self.months.setValue(min(_LONGEST, engagement.months + _STEP))
        self.due = PlainLabel("", role="small", tone="muted")
        self.months.valueChanged.connect(self._say)
        self.body.addWidget(field(_("Whole length"), self.months))
        self.body.addWidget(self.due)
        self._say()
        self.months.setFocus()
        self.months.selectAll()

    def _say(self) -> None:
        day = month_after(self._agreed.engagement.started_on, self.months.value())
        self.due.setText(_("The audit is due by {day} then.").format(day=day_text(day)))

    def accept(self) -> None:
        """Store it."""
        done = self.workbench.do(extend_engagement, self._agreed.engagement.id, self.months.value())
        if done is not None:
            super().accept()

    @classmethod
    def ask(cls, workbench: Workbench, agreed: Agreed, parent: QWidget | None = None) -> bool:
        """Let somebody agree a longer programme; whether it was stored."""
        return cls(parent, workbench, agreed).ask_until_done()


class EndProgramme(AskingDialog):
    """All it holds stays readable; nothing is asked for any more."""

    def __init__(self, parent: QWidget | None, workbench: Workbench, agreed: Agreed) -> None:
        super().__init__(
            parent,
            workbench,
            _("End the programme"),
            _("All it holds stays readable, and it can be taken up again. No next step is shown any more."),
            accept=_("End programme"),
        )
        self._agreed = agreed
        self.accept_button.setProperty("kind", "danger")
        self.accept_button.setDefault(False)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(_("In one sentence"))
        self.day = DateEdit(agreed.on)
        self.body.addWidget(field(_("Why it ends"), self.reason))
        self.body.addWidget(field(_("Ended on"), self.day))
        self.reason.textChanged.connect(self._check)
        self._check()
        self.reason.setFocus()

    def _check(self) -> None:
        self.accept_button.setEnabled(bool(self.reason.text().strip()))

    def accept(self) -> None:
        """Store it."""
        done = self.workbench.do(
            end_engagement, self._agreed.engagement.id, on=self.day.day, reason=self.reason.text().strip()
        )
        if done is not None:
            super().accept()

    @classmethod
    def ask(cls, workbench: Workbench, agreed: Agreed, parent: QWidget | None = None) -> bool:
        """Let somebody end the programme; whether it was ended."""
        return cls(parent, workbench, agreed).ask_until_done()
