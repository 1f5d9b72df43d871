"""The decision: what was decided, by whom and in which words; before it, who may decide and who may not."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from qma_app.domain.certification import CertificationDecision
from qma_app.i18n import _, day_text
from ui.audit.decision_reading import DecisionDesk
from ui.audit.decision_words import OUTCOME_TONES, outcome_title, why_not_deciding
from ui.audit.digest_row import grouped
from ui.audit.fact_rows import Facts, MarkedRow
from ui.widgets.buttons import Button
from ui.widgets.cards import Card, clear, rule
from ui.widgets.chips import Chip
from ui.widgets.labels import PlainLabel


class DecisionCard(Card):
    """`deciding` when whoever is working wants to decide, `switching` when somebody else should be working, `naming` for People."""

    deciding = Signal()
    switching = Signal()
    naming = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self.state = Chip("")
        super().__init__(_("Decision"), self.state, parent)
        self.facts = Facts()
        self.words = PlainLabel("", wrap=True, selectable=True)
        self.earlier = QVBoxLayout()
        self.earlier.setSpacing(4)
        self.who_caption = PlainLabel(_("Who may decide"), role="caption")
        self.who = QVBoxLayout()
        self.who.setSpacing(0)
        self.why_not = PlainLabel("", tone="warn", wrap=True)
        self.switch_button = Button(_("Change who is working…"), icon_name="user")
        self.people_button = Button(_("Open People"), icon_name="users")
        self.decide_button = Button(_("Decide…"), kind="primary")
        self.switch_button.clicked.connect(self.switching)
        self.people_button.clicked.connect(self.naming)
        self.decide_button.clicked.connect(self.deciding)
        self.body.setSpacing(8)
        self.body.addWidget(self.facts)
        self.body.addWidget(self.words)
        self.body.addLayout(self.earlier)
        self.body.addWidget(self.who_caption)
        self.body.addLayout(self.who)
        self.body.addWidget(self.why_not)
        for button in (self.decide_button, self.switch_button, self.people_button):
            self.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def show_desk(self, desk: DecisionDesk) -> None:
        """Show how the decision stands."""
        decision = desk.decision
        is_open = desk.is_open
        if decision is None:
            self.state.say(_("not decided yet") if is_open else _("nothing to decide"), "neutral")
        else:
            self.state.say(outcome_title(decision.outcome), OUTCOME_TONES[decision.outcome])
        self._show_decided(desk, decision)
        self._show_who(desk, is_open=is_open)
        why_not = why_not_deciding(desk) if is_open else ""
        self.why_not.setText(why_not)
        self.why_not.setVisible(bool(why_not))
        self.decide_button.setVisible(is_open and not why_not)
        self.decide_button.say(_("Decide again…") if decision is not None else _("Decide…"))
        is_waiting = is_open and desk.report is not None
        self.switch_button.setVisible(is_waiting and bool(why_not) and bool(desk.deciders))
        self.people_button.setVisible(is_waiting and not desk.deciders)

    def _show_decided(self, desk: DecisionDesk, decision: CertificationDecision | None) -> None:
        self.facts.setVisible(decision is not None)
        self.words.setVisible(decision is not None and bool(decision.words))
        clear(self.earlier)
        if decision is None:
            return
        self.words.setText(decision.words)
        self.facts.show_facts(
            (
                (_("Decided on"), day_text(decision.decided_on)),
                (_("Decided by"), desk.name_of(decision.decided_by)),
                (_("On the report with SHA-256"), grouped(decision.report_digest)),
            )
        )
        for one in desk.decisions[1:]:
            said = _("Before that: {outcome} on {day} by {name}").format(
                outcome=outcome_title(one.outcome),
                day=day_text(one.decided_on),
                name=desk.name_of(one.decided_by),
            )
            self.earlier.addWidget(PlainLabel(said, role="small", tone="muted", wrap=True))

    def _show_who(self, desk: DecisionDesk, *, is_open: bool) -> None:
        clear(self.who)
        is_shown = is_open and desk.audit.is_signed and bool(desk.deciders)
        self.who_caption.setVisible(is_shown)
        if not is_shown:
            return
        for place, one in enumerate(desk.deciders):
            if place:
                self.who.addWidget(rule())
            reasons = " ".join(each.reason for each in one.conflicts) or _("nothing stands against it")
            self.who.addWidget(MarkedRow(one.person.name, reasons, holds=one.is_free))
