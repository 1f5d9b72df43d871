"""Passing a gate, with a reason where something does not hold, and stating a condition that no record can answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from qma_app.domain.gates import COUNTED
from qma_app.domain.ids import AreaId
from qma_app.domain.record import Changes
from qma_app.i18n import _, day_text
from qma_app.services.gates import gate_of, pass_gate, state_for_gate, statements_of, take_back_statement
from ui import theme
from ui.dialogs.dialog import field, side_by_side
from ui.journey.asking import AskingDialog
from ui.widgets.buttons import Button
from ui.widgets.date_edit import DateEdit
from ui.widgets.labels import PlainLabel
from ui.widgets.number_edit import NumberEdit

if TYPE_CHECKING:
    from qma_app.domain.ids import EngagementId
    from qma_app.domain.plan import GateStatement
    from qma_app.services.gates import ConditionView, GateView
    from ui.workbench import Workbench

_SHOWN = 5


class PassGate(AskingDialog):
    """Names what does not hold on the day chosen; the reason given for it stays visible for ever."""

    def __init__(self, parent: QWidget | None, workbench: Workbench, gate: GateView) -> None:
        super().__init__(
            parent, workbench, _("Pass this gate"), gate.title, accept=_("Pass this gate"), width=520
        )
        self._gate = gate
        today = workbench.workspace.today()
        self.day = DateEdit(today)
        self.day.dateChanged.connect(self._day_chosen)
        self.reason = QLineEdit()
        self._open = PlainLabel("", wrap=True)
        self._reason_box = field(
            _("Reason for leaving the phase all the same"),
            self.reason,
            _("The conditions that do not hold, their figures and this reason stay with the phase for ever."),
        )
        self.body.addWidget(field(_("Passed on"), self.day))
        self.body.addWidget(self._open)
        self.body.addWidget(self._reason_box)
        self.reason.textChanged.connect(self._check)
        self._show()
        (self.accept_button if self._gate.is_open else self.reason).setFocus()

    def _day_chosen(self) -> None:
        engagement = self.workbench.engagement
        if engagement is not None:
            self._gate = self.workbench.read(gate_of, engagement.id, self._gate.phase, on=self.day.day)
        self._show()

    def _show(self) -> None:
        unmet = self._gate.unmet
        lines = [f"• {one.title} ({one.figures})" if one.figures else f"• {one.title}" for one in unmet]
        self._open.setText("\n".join(lines) or _("Every condition holds."))
        self._open.set_tone("warn" if unmet else "ok")
        self._reason_box.setVisible(bool(unmet))
        self.show_problem("")
        self._check()

    def _check(self) -> None:
        self.accept_button.setEnabled(self._gate.is_open or bool(self.reason.text().strip()))

    def accept(self) -> None:
        if not self.accept_button.isEnabled():
            return
        done = self.workbench.do(
            pass_gate,
            self._gate.phase.id,
            on=self.day.day,
            reason="" if self._gate.is_open else self.reason.text(),
        )
        if done is not None:
            super().accept()

    @classmethod
    def ask(cls, workbench: Workbench, gate: GateView, parent: QWidget | None = None) -> bool:
        """Let somebody pass a gate; whether it was passed."""
        return cls(parent, workbench, gate).ask_until_done()


class StateCondition(AskingDialog):
    """What was seen, on which day, for which area; the statements there are can be taken back."""

    def __init__(
        self,
        parent: QWidget | None,
        workbench: Workbench,
        condition: ConditionView,
        areas: tuple[tuple[AreaId, str], ...],
    ) -> None:
        super().__init__(
            parent, workbench, _("State a condition"), condition.title, accept=_("State it"), width=520
        )
        self._condition = condition
        self._is_counted = condition.check in COUNTED
        self._today = workbench.workspace.today()
        self.day = DateEdit(self._today)
        self.words = QPlainTextEdit()
        self.words.setTabChangesFocus(True)
        self.words.setFixedHeight(theme.px(76))
        self.weeks = NumberEdit(most=520)
        self.area = QComboBox()
        self.area.addItem(_("All areas"), None)
        for area_id, title in areas:
            self.area.addItem(title, area_id)
        self._said = QVBoxLayout()
        self._said.setSpacing(2)
        self._build()
        self._show_said()
        self.words.setFocus()

    def _build(self) -> None:
        if self._is_counted:
            self.body.addLayout(
                side_by_side(field(_("Area"), self.area), field(_("Weeks the records cover"), self.weeks))
            )
        self.body.addWidget(field(_("Seen on"), self.day))
        self.body.addWidget(field(_("What was seen, where and by whom"), self.words))
        self.body.addLayout(self._said)

    def _show_said(self) -> None:
        while self._said.count():
            item = self._said.takeAt(0)
            if item is not None and (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        engagement = self.workbench.engagement
        if engagement is None:
            return
        said = self.workbench.read(statements_of, engagement.id, self._condition.check, on=self._today)
        for statement in said[:_SHOWN]:
            self._said.addWidget(PlainLabel(self._words_of(statement), role="small", tone="muted", wrap=True))
            back = Button(_("Take this statement back"), kind="link")
            back.setProperty("small", True)
            back.setProperty("statement", statement.id)
            back.setAccessibleDescription(self._words_of(statement))
            back.clicked.connect(self._take_back)
            self._said.addWidget(back)

    def _words_of(self, statement: GateStatement) -> str:
        place = self.area.findData(statement.area_id)
        where = self.area.itemText(place) if statement.area_id is not None and place >= 0 else ""
        weeks = "" if statement.figure is None else _("{count} weeks").format(count=statement.figure)
        return " · ".join(filter(None, (day_text(statement.said_on), where, weeks, statement.words)))

    def _take_back(self) -> None:
        button = self.sender()
        if isinstance(button, Button):
            self.workbench.do(take_back_statement, str(button.property("statement")))
            self._show_said()

    def accept(self) -> None:
        engagement = self.workbench.engagement
        if engagement is not None and self._store(engagement.id) is not None:
            super().accept()

    def _store(self, engagement_id: EngagementId) -> Changes | None:
        area = self.area.currentData() if self._is_counted else None
        return self.workbench.do(
            state_for_gate,
            engagement_id,
            check=self._condition.check,
            on=self.day.day,
            words=self.words.toPlainText(),
            figure=self.weeks.value() if self._is_counted else None,
            area_id=None if area is None else AreaId(area),
        )

    @classmethod
    def ask(
        cls,
        workbench: Workbench,
        condition: ConditionView,
        areas: tuple[tuple[AreaId, str], ...],
        parent: QWidget | None = None,
    ) -> bool:
        """Let somebody state a condition; whether it was stated."""
        return cls(parent, workbench, condition, areas).ask_until_done()
