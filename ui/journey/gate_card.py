"""To leave this phase: the conditions of its gate with their figures, each leading to its records, and passing it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from qma_app.i18n import _, day_text, ngettext
from ui.journey.gate_rows import ConditionRow
from ui.widgets.buttons import Button
from ui.widgets.cards import Card
from ui.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from qma_app.domain.spot import Spot
    from qma_app.services.gates import ConditionView, GateView


class GateCard(Card):
    """`wanted` carries the Spot of records to show, `stating` a condition to be stated, `passing` the gate to be passed."""

    wanted = Signal(object)
    stating = Signal(object)
    passing = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self.pass_button = Button(_("Pass this gate"), keys="G")
        self.pass_button.setProperty("small", True)
        super().__init__(_("To leave this phase"), self.pass_button, parent)
        self.pass_button.clicked.connect(self.passing)
        self.gate: GateView | None = None
        self.rows: list[ConditionRow] = []
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self._kept = PlainLabel("", role="small", tone="warn", elide=True)
        below = QHBoxLayout()
        below.addWidget(self._kept, 1)
        self.body.addLayout(self._lines)
        self.body.addSpacing(4)
        self.body.addLayout(below)
        self.body.addStretch(1)

    def show_gate(self, gate: GateView | None, kept: str = "") -> None:
        """Show the gate ahead; `kept` says which gates were passed with open conditions."""
        focused = self._focused_id()
        self.gate = gate
        self._clear()
        self._kept.setText(kept)
        self._kept.setVisible(bool(kept))
        self.pass_button.setVisible(gate is not None)
        if gate is None:
            self.title_label.setText(_("Every gate of this programme was passed"))
            return
        self.title_label.setText(_gate_title(gate))
        self.pass_button.setAccessibleDescription(_gate_words(gate))
        for condition in gate.conditions:
            row = ConditionRow(condition, self)
            row.opened.connect(self._opened)
            self._lines.addWidget(row)
            row.show()
            self.rows.append(row)
            if condition.id == focused:
                row.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_focus(self) -> None:
        """The keyboard goes to the first condition that does not hold."""
        rows = [row for row in self.rows if row.condition.holds is not True] or self.rows
        target: QWidget = rows[0] if rows else self.pass_button
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def open(self, condition: ConditionView) -> None:
        """Lead to the records of a condition, through a menu where there are several; what can be stated is offered too."""
        choices: list[tuple[str, Spot | None]] = [
            (words, spot) for words, spot in condition.spots if not _is_here(spot)
        ]
        if _is_stated(condition.check):
            choices.append((_("State it…"), None))
        if len(choices) == 1:
            self._take(condition, choices[0][1])
        elif choices:
            self._offer(condition, choices)

    def _offer(self, condition: ConditionView, choices: list[tuple[str, Spot | None]]) -> None:
        menu = QMenu(self)
        for words, spot in choices:
            action = menu.addAction(words.replace("&", "&&"))
            action.triggered.connect(partial(self._take, condition, spot))
        menu.aboutToHide.connect(menu.deleteLater)
        row = next((row for row in self.rows if row.condition is condition), None)
        at = self if row is None else row
        menu.popup(at.mapToGlobal(QPoint(0, at.height())))
        menu.setActiveAction(menu.actions()[0])

    def _take(self, condition: ConditionView, spot: Spot | None, *_checked: object) -> None:
        if spot is None:
            self.stating.emit(condition)
        else:
            self.wanted.emit(spot)

    def _opened(self) -> None:
        row = self.sender()
        if isinstance(row, ConditionRow):
            self.open(row.condition)

    def _focused_id(self) -> str:
        # Of the window, not of the application: while a dialog stores something the keyboard is there.
        focused = self.window().focusWidget()
        return focused.condition.id if isinstance(focused, ConditionRow) else ""

    def _clear(self) -> None:
        for row in self.rows:
            self._lines.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = []


def _is_stated(check: str) -> bool:
    from qma_app.domain.gates import may_be_stated

    return may_be_stated(check)


def _is_here(spot: Spot) -> bool:
    """A spot that only means this card: stating is offered by the card itself."""
    return spot.page == "journey" and spot.view == "gate"


def _gate_title(gate: GateView) -> str:
    """`To leave Improve, wave 2 · until 28 Feb 2027`."""
    leave = _("To leave {phase}").format(phase=gate.title)
    return " · ".join((leave, _("until {day}").format(day=day_text(gate.phase.ends_on))))


def _gate_words(gate: GateView) -> str:
    """`Improve, wave 2: 3 of 4 conditions hold`."""
    holding = sum(one.holds is True for one in gate.conditions)
    count = len(gate.conditions)
    words = ngettext(
        "{phase}: {holding} of {count} condition holds",
        "{phase}: {holding} of {count} conditions hold",
        count,
    )
    return words.format(phase=gate.title, holding=holding, count=count)
