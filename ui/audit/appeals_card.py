"""Appeals: what the dealership does not accept, and what was answered by somebody who had no part in it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from qma_app.domain.certification import Appeal
from qma_app.domain.ids import AppealId
from qma_app.i18n import _, day_text
from ui.audit.decision_reading import DecisionDesk
from ui.audit.decision_words import appeal_state
from ui.widgets.buttons import Button
from ui.widgets.cards import Card, clear, rule
from ui.widgets.chips import Chip
from ui.widgets.labels import PlainLabel


class AppealRow(QWidget):
    """One appeal with its words and its answer; `answering` carries its id."""

    answering = Signal(str)

    def __init__(self, desk: DecisionDesk, appeal: Appeal, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.appeal_id: AppealId = appeal.id
        word, tone = appeal_state(appeal)
        head = QHBoxLayout()
        head.setSpacing(8)
        named = _("{name}, {day}").format(name=appeal.raised_by, day=day_text(appeal.received_on))
        head.addWidget(PlainLabel(named, role="strong", wrap=True), 1)
        head.addWidget(Chip(word, tone=tone), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 6)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(PlainLabel(appeal.words, wrap=True, selectable=True))
        self.answer_button: Button | None = None
        if appeal.outcome is None:
            self.answer_button = Button(_("Answer…"))
            self.answer_button.clicked.connect(self._answer)
            column.addWidget(self.answer_button, 0, Qt.AlignmentFlag.AlignLeft)
            return
        answered = day_text(appeal.answered_on) if appeal.answered_on is not None else ""
        by = ", ".join(filter(None, (desk.name_of(appeal.answered_by), answered)))
        column.addWidget(PlainLabel(by, role="small", tone="muted", wrap=True))
        column.addWidget(PlainLabel(appeal.answer, wrap=True, selectable=True))

    def _answer(self) -> None:
        self.answering.emit(self.appeal_id)


class AppealsCard(Card):
    """`raising` asks for a new one, `answering` carries the id of the one to answer."""

    raising = Signal()
    answering = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Appeals"), parent=parent)
        self.nothing = PlainLabel(
            _("None. The dealership may appeal against a finding, the result or the decision."),
            tone="muted",
            wrap=True,
        )
        self.rows = QVBoxLayout()
        self.rows.setSpacing(0)
        self.raise_button = Button(_("Record an appeal…"))
        self.raise_button.clicked.connect(self.raising)
        self.body.setSpacing(8)
        self.body.addWidget(self.nothing)
        self.body.addLayout(self.rows)
        self.body.addWidget(self.raise_button, 0, Qt.AlignmentFlag.AlignLeft)

    def show_desk(self, desk: DecisionDesk) -> None:
        """Show the appeals on this audit, the newest first."""
        self.nothing.setVisible(not desk.appeals)
        clear(self.rows)
        for place, one in enumerate(desk.appeals):
            if place:
                self.rows.addWidget(rule())
            row = AppealRow(desk, one)
            row.answering.connect(self.answering)
            self.rows.addWidget(row)
        self.raise_button.setVisible(desk.audit.is_signed)
