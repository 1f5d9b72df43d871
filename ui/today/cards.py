"""The cards of Today: next steps, where the dealership stands, the overall ring, gaps and findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.wording import grade_count
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
from ui.widgets.segments import Segments
from ui.widgets.standing_table import StandingTable

if TYPE_CHECKING:
    from qma_app.services.today_reported import ReportedStanding

_AREAS: Final = "areas"
_PUBLISHED: Final = "published"


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
    """The table of areas against assessments; `switched` when somebody wants it by the published areas, or no longer."""

    wanted = Signal(object)  # Place
    switched = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        self.switch = Segments(
            _("Show the standing by"),
            (
                (_AREAS, _("Areas"), _("The areas of the standard: they decide on pass or fail")),
                (
                    _PUBLISHED,
                    _("Published areas"),
                    _("The same ratings under the areas of the published model"),
                ),
            ),
        )
        self.switch.chosen.connect(self._switched)
        super().__init__(_("Where the dealership stands"), self.switch, parent)
        # Below the title, so that on a small screen the switch leaves room for it.
        self._marks = PlainLabel("", role="small", tone="muted", elide=True)
        self._head.removeWidget(self.title_label)
        lines = QVBoxLayout()
        lines.setSpacing(1)
        lines.addWidget(self.title_label)
        lines.addWidget(self._marks)
        self._head.insertLayout(0, lines, 1)
        # The head is higher than that of other cards; the page still fits a screen of 900 lines with 14 areas.
        if (column := self.layout()) is not None:
            column.setContentsMargins(17, 10, 17, 12)
            column.setSpacing(4)
        self.table = StandingTable()
        self.table.opened.connect(self._opened)
        self.body.addWidget(self.table)
        self._view: TodayView | None = None
        # What a row opens, where that is not the area of the same id.
        self._areas_of: dict[str, tuple[str, ...]] = {}

    def show_view(self, view: TodayView, reported: ReportedStanding | None = None) -> None:
        """Show the areas, or the published areas where those are given."""
        self._view = view
        self.switch.setVisible(bool(view.edition.reported_under))
        self.switch.choose(_AREAS if reported is None else _PUBLISHED)
        rules = view.edition.rules
        if reported is None:
            rows, self._areas_of = words.standing_rows(view), {}
            marks = _("pass from {mark} overall, {floor} in each area").format(
                mark=level_text(Fraction(rules.pass_mark)), floor=level_text(Fraction(rules.area_floor))
            )
        else:
            from ui.today import published

            rows, self._areas_of = (
                published.published_rows(view, reported),
                published.shared_areas(reported),
            )
            marks = published.published_marks(view, reported)
        self._marks.setText(marks)
        self.table.show_rows(
            words.standing_columns(view),
            rows,
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

    def _switched(self, key: str) -> None:
        self.switched.emit(key == _PUBLISHED)

    def _opened(self, row_id: str, assessment_id: str) -> None:
        if self._view is None:
            return
        behind = self._areas_of.get(row_id, (row_id,))
        scopes = [c.assessment.scope for c in self._view.columns if c.assessment.id == assessment_id]
        area_id = next((id for id in behind for scope in scopes if id in scope), behind[0])
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
        self.days = PlainLabel("", role="small", tone="muted", wrap=True)
        lines = QVBoxLayout()
        lines.setSpacing(4)
        lines.addStretch(1)
        for label in (self.headline, self.change, self.obstacles, self.days):
            lines.addWidget(label)
        lines.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(18)
        row.addWidget(self.ring)
        row.addLayout(lines, 1)
        self.body.addLayout(row)

    def show_view(self, view: TodayView, days: str = "") -> None:
        """Show where it stands; `days` says when it is audited."""
        figure = words.overall_figure(view.standing, view.edition)
        self.ring.show_level(view.standing.overall, figure, pass_mark=view.edition.rules.pass_mark)
        for label, text in (
            (self.headline, words.overall_headline(view)),
            (self.change, words.overall_change(view)),
            (self.obstacles, words.overall_obstacles(view)),
            (self.days, days),
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

    def show_findings(
        self, view: TodayView, findings: Sequence[Finding], on: date, *, most: int = words.DUE_SHOWN
    ) -> None:
        """The open ones, at most so many of them by name; the card is not there while there is none."""
        count = len(view.overdue)
        self._overdue.setVisible(bool(count))
        self._overdue.say(ngettext("{count} overdue", "{count} overdue", count).format(count=count))
        self._chips.clear()
        grades = Counter(finding.grade for finding in findings if finding.is_open)
        for grade in FindingGrade:
            if grades[grade]:
                self._chips.addWidget(Chip(grade_count(grade, grades[grade]), tone=GRADE_TONES[grade]))
        self.show_steps(words.due_steps(view, findings, on)[:most])
        self.setVisible(bool(grades))
