"""What the auditor recommended, and what every rule says with its numbers."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from qma_app.domain.wording import verdict_title
from qma_app.i18n import _
from ui.audit.decision_reading import DecisionDesk
from ui.audit.decision_words import VERDICT_TONES, rule_figures
from ui.audit.fact_rows import MarkedRow
from ui.widgets.cards import Card, clear, rule
from ui.widgets.chips import Chip
from ui.widgets.labels import PlainLabel


class RecommendedCard(Card):
    """The figures are those of the signed report: ratings and findings it rests on do not change any more."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.verdict = Chip("")
        super().__init__(_("Recommendation"), self.verdict, parent)
        self.words = PlainLabel("", wrap=True)
        self.rows = QVBoxLayout()
        self.rows.setSpacing(0)
        self.body.setSpacing(6)
        self.body.addWidget(self.words)
        self.body.addLayout(self.rows)

    def show_desk(self, desk: DecisionDesk) -> None:
        """Show what was recommended on this audit."""
        audit = desk.audit
        verdict = audit.recommendation
        self.verdict.say(
            verdict_title(verdict) if verdict is not None else _("none yet"),
            VERDICT_TONES[verdict] if verdict is not None else "neutral",
        )
        self.words.setText(audit.recommendation_words)
        self.words.setVisible(bool(audit.recommendation_words))
        clear(self.rows)
        for place, one in enumerate(desk.desk.state.recommended.rules):
            if place:
                self.rows.addWidget(rule())
            self.rows.addWidget(MarkedRow(one.title, one.reason, rule_figures(one), holds=one.holds))
