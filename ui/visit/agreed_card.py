"""What was agreed at a visit: the actions and promises made there, and a line for one more."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from qma_app.domain.action import Action
from qma_app.i18n import _, day_text
from ui.places import Place
from ui.today.tick_list import TickList
from ui.today.tick_row import TickLine
from ui.visit.agreeing import AgreementLine
from ui.visit.promises_card import promise_line
from ui.visit.reading import Desk
from ui.widgets.cards import Card
from ui.widgets.labels import PlainLabel
from ui.workbench import Workbench


class AgreedList(QWidget):
    """Promises first, then actions; a line opens what it is about."""

    going = Signal(object)  # Place

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        from PySide6.QtWidgets import QVBoxLayout

        self._bench = workbench
        self.lines = TickList(_("What was agreed"), settings=workbench.settings, open_words=_("Open"))
        self.lines.opened.connect(self._open)
        self.nothing = PlainLabel(_("Nothing agreed yet."), tone="muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.nothing)
        column.addWidget(self.lines)

    def show_desk(self, desk: Desk) -> None:
        """Show what was agreed at this visit."""
        on = desk.visit.day
        lines = [
            *(_untickable(promise_line(one, on)) for one in desk.view.promises_made),
            *(action_line(one, on) for one in desk.view.actions_agreed),
        ]
        self.lines.show_lines(lines)
        self.lines.setVisible(bool(lines))
        self.nothing.setVisible(not lines)

    def _open(self, key: str) -> None:
        kind, _colon, id = key.partition(":")
        house = self._bench.dealership_id
        if kind == "action":
            self.going.emit(Place(page="findings", dealership_id=house, action_id=id, view="board"))
        else:
            self.going.emit(Place(page="journey", dealership_id=house, view="promises"))


class AgreedCard(Card):
    """The list, and below it the line to add to it."""

    going = Signal(object)  # Place

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(_("What was agreed"), parent=parent)
        self.list = AgreedList(workbench)
        self.list.going.connect(self.going)
        self.line = AgreementLine(workbench)
        self.body.addWidget(self.list)
        self.body.addWidget(self.line)

    def show_desk(self, desk: Desk) -> None:
        """Show what was agreed; before a visit has begun the card is not there."""
        self.list.show_desk(desk)
        self.line.show_visit(desk.visit, desk.people)
        self.line.setVisible(desk.is_writable)
        self.setVisible(bool(desk.visit.clock))


def action_line(action: Action, on: date) -> TickLine:
    """An action as a line: number, what, who and until when."""
    due = _("due {day}").format(day=day_text(action.due_on)) if action.due_on else ""
    return TickLine(
        key=f"action:{action.id}",
        strong=action.label,
        rest=" ".join(action.what.split()),
        detail=" · ".join(filter(None, (action.owner, due))),
        right=_("due today") if action.due_on == on else "",
        tone="warn",
        can_tick=False,
        icon="wrench",
    )


def _untickable(line: TickLine) -> TickLine:
    from dataclasses import replace

    return replace(line, key=f"promise:{line.key}", can_tick=False, icon="thumbs-up", is_done=False)
