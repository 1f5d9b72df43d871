"""What the auditor recommends: what the rules say, or less with reasons; more is not offered."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from qma_app.domain.recommending import verdicts_open
from qma_app.domain.result import Verdict
from qma_app.domain.wording import verdict_title
from qma_app.i18n import _, instant_text
from ui.audit.reading import AuditDesk
from ui.findings.growing_note import GrowingNote
from ui.widgets.buttons import Button
from ui.widgets.cards import Card
from ui.widgets.labels import PlainLabel
from ui.widgets.segments import Segments
from ui.workbench import Workbench


class RecommendCard(Card):
    """Given with one button, since it is a statement with a name and a time."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(_("Recommendation"), parent=parent)
        self._bench = workbench
        self._desk: AuditDesk | None = None
        self.rules_say = PlainLabel("", wrap=True)
        self.choice = Segments(_("Recommendation"), [(str(one), verdict_title(one), "") for one in Verdict])
        self.choice.chosen.connect(self._chosen)
        self.words = GrowingNote(
            _("Words of the auditor"),
            placeholder=_("Why; needed where less is recommended than the rules give"),
            least=2,
            most=9,
        )
        self.words.textChanged.connect(self._check)
        self.given = PlainLabel("", role="small", tone="muted", wrap=True)
        self.give_button = Button(_("Give this recommendation"))
        self.give_button.clicked.connect(self.give)
        row = QHBoxLayout()
        row.addWidget(self.choice)
        row.addStretch(1)
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(self.given, 1)
        below.addWidget(self.give_button)
        self.body.setSpacing(8)
        self.body.addWidget(self.rules_say)
        self.body.addLayout(row)
        self.body.addWidget(self.words)
        self.body.addLayout(below)

    @property
    def chosen(self) -> Verdict:
        return Verdict(self.choice.current)

    def show_desk(self, desk: AuditDesk, *, may_write: bool) -> None:
        """Show what was recommended, or what the rules say."""
        before = self._desk
        is_same = before is not None and before.view.audit.id == desk.view.audit.id
        self._desk = desk
        audit, computed = desk.view.audit, desk.state.recommended.verdict
        missed = " ".join(one.reason for one in desk.state.recommended.missed)
        said = _("The rules say: {verdict}.").format(verdict=verdict_title(computed))
        self.rules_say.setText(f"{said} {missed}".strip())
        offered = verdicts_open(computed)
        for verdict in Verdict:
            self.choice.buttons[str(verdict)].setEnabled(may_write and verdict in offered)
        was = before.view.audit if before is not None and is_same else None
        if was is None or was.recommended_at != audit.recommended_at:
            self.choice.choose(str(audit.recommendation or computed))
            self.words.set_text(audit.recommendation_words)
        elif audit.recommendation is None and self.chosen not in offered:
            self.choice.choose(str(computed))
        self.words.setReadOnly(not may_write)
        self.give_button.setVisible(may_write)
        self.given.setText(_given_words(desk))
        self._check()

    def give(self) -> None:
        """Recommend what is chosen; what is refused is said by whoever refuses it."""
        from qma_app.services.audit_conduct import recommend

        if self._desk is not None:
            self._bench.do(recommend, self._desk.view.audit.id, self.chosen, self.words.toPlainText())

    def _chosen(self, _key: str) -> None:
        self._check()

    def _check(self) -> None:
        if self._desk is None:
            return
        audit = self._desk.view.audit
        is_new = (audit.recommendation, audit.recommendation_words) != (
            self.chosen,
            self.words.toPlainText().strip(),
        )
        self.give_button.setEnabled(is_new)


def _given_words(desk: AuditDesk) -> str:
    audit = desk.view.audit
    if audit.recommendation is None or audit.recommended_at is None:
        return _("Nothing is recommended yet.")
    by = desk.state.name_of(audit.recommended_by) if audit.recommended_by is not None else ""
    words = _("{verdict}, given {when}").format(
        verdict=verdict_title(audit.recommendation), when=instant_text(audit.recommended_at)
    )
    return " · ".join(filter(None, (words, by)))
