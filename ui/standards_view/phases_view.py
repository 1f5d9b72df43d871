"""The way through a programme: each phase with when it lies, and what must hold before it is left."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from qma_app.domain.edition import GateCondition, Phase
from qma_app.i18n import _, ngettext
from ui import theme
from ui.pages.page import MARGIN, scrolling
from ui.standards_view.shelf import Shelf
from ui.standards_view.tongue import Tongue
from ui.widgets.cards import Card
from ui.widgets.chips import Chip
from ui.widgets.icons import paint_icon
from ui.widgets.labels import PlainLabel


class PhasesView(QWidget):
    """Cards below one another, in the order of the programme."""

    def __init__(self, shelf: Shelf, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shelf = shelf
        content = QWidget()
        self._cards = QVBoxLayout(content)
        self._cards.setContentsMargins(MARGIN, 12, MARGIN, MARGIN)
        self._cards.setSpacing(10)
        self._area = scrolling(content)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._area)

    def show_edition(self) -> None:
        """Show the phases of the edition looked at."""
        while self._cards.count():
            item = self._cards.takeAt(0)
            if item is not None and (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        tongue = self._shelf.tongue()
        if tongue is None:
            return
        self._cards.addWidget(self._rules(tongue))
        for number, phase in enumerate(tongue.edition.phases, 1):
            self._cards.addWidget(_phase_card(number, phase, tongue))
        self._cards.addStretch(1)

    def take_focus(self) -> None:
        self._area.setFocusPolicy(self._area.focusPolicy().StrongFocus)
        self._area.setFocus()

    def status(self) -> str:
        edition = self._shelf.edition
        count = len(edition.phases) if edition is not None else 0
        return ngettext("{n} phase", "{n} phases", count).format(n=count)

    def _rules(self, tongue: Tongue) -> Card:
        edition, rules = tongue.edition, tongue.edition.rules
        card = Card(_("Rules of the result"))
        card.body.setSpacing(4)
        scale = "   ".join(f"{step.points} {tongue.of(step.title)}" for step in edition.scale)
        coverage = f"{rules.coverage.numerator}/{rules.coverage.denominator}"
        lines = (
            scale,
            _(
                "Passed with at least {mark}% overall, {floor}% in each area, every critical checkpoint at {points} points or more, and no open major."
            ).format(mark=rules.pass_mark, floor=rules.area_floor, points=rules.critical_points),
            _("An area is rated once {coverage} of its applicable checkpoints have points.").format(
                coverage=coverage
            ),
        )
        for line in lines:
            card.body.addWidget(PlainLabel(line, wrap=True, selectable=True))
        return card


class Tick(QWidget):
    """What must simply be so."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(theme.px(18), theme.px(18))

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_icon(QPainter(self), "circle-check", "accent", self.rect())


def _phase_card(number: int, phase: Phase, tongue: Tongue) -> Card:
    spans = "   ".join(_span_words(span.length, span.first, span.last) for span in phase.spans)
    card = Card(f"{number}  {tongue.of(phase.title)}", spans)
    card.body.setSpacing(8)
    if phase.purpose.texts:
        card.body.addWidget(PlainLabel(tongue.of(phase.purpose), tone="muted", wrap=True, selectable=True))
    if phase.gate:
        card.body.addWidget(PlainLabel(_("Gate: before this phase is left"), role="caption"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for row, condition in enumerate(phase.gate):
            bound = _bound_words(condition)
            grid.addWidget(Chip(bound, tone="accent") if bound else Tick(), row, 0)
            grid.addWidget(PlainLabel(tongue.of(condition.title), wrap=True, selectable=True), row, 1)
        grid.setColumnMinimumWidth(0, theme.px(78))
        card.body.addLayout(grid)
    return card


def _span_words(length: int, first: int, last: int) -> str:
    if first == last:
        return _("month {first} of {length}").format(first=first, length=length)
    return _("months {first}–{last} of {length}").format(first=first, last=last, length=length)


def _bound_words(condition: GateCondition) -> str:
    """The bound with its unit, as far as the name of what is computed tells it; empty for what is or is not so."""
    unit = next((words for ending, words in _units() if condition.check.endswith(ending)), "")
    if condition.at_least is not None:
        return f"≥ {condition.at_least}{unit}"
    return f"≤ {condition.at_most}{unit}" if condition.at_most is not None else ""


def _units() -> tuple[tuple[str, str], ...]:
    return (
        ("-days", " " + _("days")),
        ("-weeks", " " + _("weeks")),
        ("-months", " " + _("months")),
        ("coverage", "%"),
        ("level", "%"),
    )
