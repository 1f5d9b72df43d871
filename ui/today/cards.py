"""The cards of Today: next steps, where the dealership stands, the overall ring, gaps and findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.wording import grade_title
from qma_app.i18n import _, level_text, ngettext
from qma_app.services.today import TodayView
from ui.places import Place
from ui.today import words
from ui.today.step_row import Step, StepRow
from ui.widgets.cards import Card
from ui.widgets.chips import Chip
from ui.widgets.finding_delegate import GRADE_TONES
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import PlainLabel
from ui.widgets.ring import Ring
from ui.widgets.standing_table import StandingTable


class StepsCard(Card):
    """Rows that lead somewhere; where the rows stay the same in number, only changed ones are painted again."""

    wanted = Signal(object)  # Place

    def __init__(self, title: str, right: QWidget | str | None = None, parent: QWidget | None = None) -> None:
        super().__init__(title, right, parent)
        self._rows: list[StepRow] = []
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self.body.addLayout(self._lines)
        self.body.addStretch(1)

    @property
    def rows(self) -> tuple[StepRow, ...]:
        return tuple(self._rows)

    def show_steps(self, steps: Sequence[Step]) -> None:
        """Show these rows; without any the card is not there."""
        while len(self._rows) > len(steps):
            row = self._rows.pop()
            self._lines.removeWidget(row)
            row.hide()
            row.deleteLater()
        for row, step in zip(self._rows, steps, strict=False):
            if row.step != step:
                row.show_step(step)
        for step in steps[len(self._rows) :]:
            row = StepRow(step, self)
            row.clicked.connect(self._clicked)
            self._rows.append(row)
            self._lines.addWidget(row)
        self.setVisible(bool(steps))

    def _clicked(self) -> None:
        row = self.sender()
        if isinstance(row, StepRow) and row.step.place is not None:
            self.wanted.emit(row.step.place)


class StandingCard(Card):
    """The table of areas against assessments."""

    wanted = Signal(object)  # Place

    def __init__(self, parent: QWidget | None = None) -> None:
        self._marks = PlainLabel("", role="small", tone="muted")
        super().__init__(_("Where the dealership stands"), self._marks, parent)
        self.table = StandingTable()
        self.table.opened.connect(self._opened)
        self.body.addWidget(self.table)
        self._view: TodayView | None = None

    def show_view(self, view: TodayView) -> None:
        self._view = view
        rules = view.edition.rules
        self._marks.setText(
            _("pass from {mark} overall, {floor} in each area").format(
                mark=level_text(Fraction(rules.pass_mark)), floor=level_text(Fraction(rules.area_floor))
            )
        )
        self.table.show_rows(
            words.standing_columns(view),
            words.standing_rows(view),
            floor=rules.area_floor,
            pass_mark=rules.pass_mark,
        )
        # Few areas make a low card, not high rows. The layout remembers the table as it was before.
        self.body.invalidate()
        self.updateGeometry()
        self.setMaximumHeight(self.table.most_height() + self._around_table())

    def _around_table(self) -> int:
        layout = self.layout()
        if layout is None:
            return 0
        layout.invalidate()
        return layout.sizeHint().height() - self.table.sizeHint().height()

    def _opened(self, area_id: str, assessment_id: str) -> None:
        if self._view is None:
            return
        if not assessment_id:
            holding = [c.assessment.id for c in self._view.columns if area_id in c.assessment.scope]
            assessment_id = holding[-1] if holding else ""
        self.wanted.emit(
            Place(
                page="checklists",
                dealership_id=self._view.dealership.id,
                assessment_id=assessment_id or None,
                area_id=area_id,
            )
        )


class OverallCard(Card):
    """The ring with the overall standing, how far it is from the pass mark, and what stands in the way."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.ring = Ring(name=_("Overall standing"))
        self.headline = PlainLabel("", role="strong", wrap=True)
        self.change = PlainLabel("", tone="muted", wrap=True)
        self.obstacles = PlainLabel("", role="small", tone="muted", wrap=True)
        lines = QVBoxLayout()
        lines.setSpacing(4)
        lines.addStretch(1)
        for label in (self.headline, self.change, self.obstacles):
            lines.addWidget(label)
        lines.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(18)
        row.addWidget(self.ring)
        row.addLayout(lines, 1)
        self.body.addLayout(row)

    def show_view(self, view: TodayView) -> None:
        figure = words.overall_figure(view.standing, view.edition)
        self.ring.show_level(view.standing.overall, figure, pass_mark=view.edition.rules.pass_mark)
        for label, text in (
            (self.headline, words.overall_headline(view)),
            (self.change, words.overall_change(view)),
            (self.obstacles, words.overall_obstacles(view)),
        ):
            label.setText(text)
            label.setVisible(bool(text))


class FindingsCard(StepsCard):
    """How many findings are open by grade, and which are due next; `all_wanted` leads to all of them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._overdue = Chip("", tone="bad")
        super().__init__(_("Open findings"), self._overdue, parent)
        self._chips = FlowLayout()
        self.body.insertLayout(0, self._chips)
        self.body.insertSpacing(1, 6)

    def show_findings(self, view: TodayView, findings: Sequence[Finding], on: date) -> None:
        """The open ones; the card is not there while there is none."""
        count = len(view.overdue)
        self._overdue.setVisible(bool(count))
        self._overdue.say(ngettext("{count} overdue", "{count} overdue", count).format(count=count))
        self._chips.clear()
        grades = Counter(finding.grade for finding in findings if finding.is_open)
        for grade in FindingGrade:
            if grades[grade]:
                self._chips.addWidget(Chip(f"{grades[grade]} {grade_title(grade)}", tone=GRADE_TONES[grade]))
        self.show_steps(words.due_steps(view, findings, on))
        self.setVisible(bool(grades))
