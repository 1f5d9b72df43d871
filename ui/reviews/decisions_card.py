"""What a review decided, the actions made of it, and a line to write down one more."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from qma_app.domain.review import Decision
from qma_app.i18n import _
from qma_app.services.review_inputs import review_outputs
from ui.findings.date_field import DateField
from ui.findings.owner_field import OwnerField
from ui.places import Place
from ui.reviews.reading import Desk
from ui.reviews.words import decision_detail
from ui.today.tick_list import Act, TickList
from ui.today.tick_row import TickLine
from ui.widgets.buttons import Button
from ui.widgets.cards import Card
from ui.widgets.labels import PlainLabel
from ui.widgets.note_edit import LineEdit
from ui.workbench import Workbench


class DecisionsCard(Card):
    """Enter edits a decision or opens the action made of it, W makes it an action, Delete takes it out."""

    going = Signal(object)  # Place

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Decisions"), PlainLabel(_("W makes it an action"), role="small", tone="muted"), parent
        )
        self._bench = workbench
        self._desk: Desk | None = None
        self.list = TickList(
            _("Decisions"),
            (
                Act(name="action", words=_("Make it an action"), key=Qt.Key.Key_W, keys="W"),
                Act(name="edit", words=_("Edit…"), key=Qt.Key.Key_E, keys="E"),
                Act(name="remove", words=_("Take it out"), key=Qt.Key.Key_Delete, keys="Del"),
            ),
            settings=workbench.settings,
            open_words=_("Open"),
        )
        self.list.opened.connect(self._open)
        self.list.wanted.connect(self._act)
        self.ask = PlainLabel("", role="small", tone="muted", wrap=True)
        self.what = LineEdit(_("What was decided"), placeholder=_("What was decided"))
        self.what.returnPressed.connect(self.add)
        self.who = OwnerField()
        self.who.setAccessibleName(_("Who does it"))
        self.who.words.setAccessibleName(_("Who does it"))
        self.who.words.setPlaceholderText(_("Who"))
        self.who.words.returnPressed.connect(self.add)
        self.due = DateField(_("Until when"), placeholder=_("Until"))
        self.add_button = Button(_("Add decision"))
        self.add_button.clicked.connect(self.add)
        self._build()

    def _build(self) -> None:
        outputs = ", ".join(one.title for one in review_outputs())
        self.ask.setText(_("To be decided on: {outputs}").format(outputs=outputs))
        second = QHBoxLayout()
        second.setSpacing(6)
        second.addWidget(self.who, 1)
        second.addWidget(self.due, 1)
        self.body.setSpacing(6)
        self.body.addWidget(self.ask)
        self.body.addWidget(self.list)
        self.body.addWidget(self.what)
        self.body.addLayout(second)
        self.body.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)

    def show_desk(self, desk: Desk) -> None:
        """Show what this review decided."""
        if self._desk is None or self._desk.review.id != desk.review.id:
            self._empty(desk)
        self._desk = desk
        decisions = desk.view.decisions
        open_ones = frozenset(("action", "edit", "remove"))
        allowed: dict[str, frozenset[str]] = {
            one.id: open_ones if desk.action_of(one) is None else frozenset(("edit", "remove"))
            for one in decisions
        }
        self.list.show_lines([self._line(desk, one) for one in decisions], allowed=allowed)
        self.list.setVisible(bool(decisions))
        self.who.show_people([one.name for one in desk.people])

    def add(self) -> None:
        """Write one more down, and leave the line ready for the next."""
        from qma_app.services.reviews import decide

        self.due.flush()
        words = self.what.text().strip()
        if self._desk is None or not words:
            self.what.setFocus()
            return
        if self.due.is_pending:
            self.due.field.setFocus()
            return
        owner = " ".join(self.who.words.text().split())
        done = self._bench.do(decide, self._desk.review.id, words=words, owner=owner, due_on=self.due.day)
        if done is not None:
            self._empty(self._desk)
            self.what.setFocus()

    def _empty(self, desk: Desk) -> None:
        self.what.set_text("")
        self.who.set_text("")
        self.due.show_day(None, desk.on)

    def _line(self, desk: Desk, decision: Decision) -> TickLine:
        action = desk.action_of(decision)
        return TickLine(
            key=decision.id,
            strong=" ".join(decision.words.split()),
            detail=decision_detail(decision, desk.on),
            right=action.label if action is not None else _("no action yet"),
            tone="muted" if action is not None else "warn",
            can_tick=False,
            icon="wrench" if action is not None else "circle",
            hint=_("Enter opens the action") if action is not None else _("W makes it an action"),
        )

    def _decision(self, key: str) -> Decision | None:
        decisions = self._desk.view.decisions if self._desk is not None else ()
        return next((one for one in decisions if one.id == key), None)

    def _open(self, key: str) -> None:
        decision = self._decision(key)
        if decision is None or self._desk is None:
            return
        action = self._desk.action_of(decision)
        if action is None:
            self._edit(decision)
        else:
            self.going.emit(
                Place(
                    page="findings",
                    dealership_id=self._bench.dealership_id,
                    action_id=action.id,
                    view="board",
                )
            )

    def _act(self, name: str, key: str) -> None:
        from qma_app.services.reviews import decision_to_action, remove_decision

        decision = self._decision(key)
        if decision is None:
            return
        if name == "edit":
            self._edit(decision)
        elif name == "action":
            self._bench.do(decision_to_action, decision.id)
        elif self._bench.do(remove_decision, decision.id) is not None:
            self._bench.deleted.emit(_("The decision was taken out."))

    def _edit(self, decision: Decision) -> None:
        from ui.dialogs.decision import DecisionDialog

        if self._desk is not None:
            DecisionDialog.ask(self._bench, decision, self._desk.people, self._desk.on, self)
            self.list.focus(decision.id)
