"""One line to write down what is agreed: an action or a promise, by whom and until when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from qma_app.domain.people import Person
from qma_app.domain.visit import Visit
from qma_app.i18n import _
from ui.findings.date_field import DateField
from ui.findings.owner_field import OwnerField
from ui.widgets.buttons import Button
from ui.widgets.note_edit import LineEdit
from ui.widgets.segments import Segments
from ui.workbench import Workbench

PROMISE: Final = "promise"
ACTION: Final = "action"


class AgreementLine(QWidget):
    """Enter in any of its fields adds it and leaves the line ready for the next; `added` after each."""

    added = Signal()

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = workbench
        self._visit: Visit | None = None
        self._kind = PROMISE
        self.kind = Segments(
            _("What is agreed"),
            (
                (PROMISE, _("Promise"), _("Something somebody undertakes: kept, late or broken")),
                (ACTION, _("Action"), _("Something that is done for an effect, which is checked")),
            ),
        )
        self.kind.choose(PROMISE)
        self.kind.chosen.connect(self._choose)
        self.what = LineEdit(_("What is agreed"), placeholder=_("What is agreed"))
        self.what.returnPressed.connect(self.add)
        self.who = OwnerField()
        self.who.words.setPlaceholderText(_("Who"))
        self.who.words.setAccessibleName(_("Who does it"))
        self.who.setAccessibleName(_("Who does it"))
        self.who.words.returnPressed.connect(self.add)
        self.due = DateField(_("until"), placeholder=_("Until when, e.g. +14"))
        self.due.field.returnPressed.connect(self.add)
        self.add_button = Button(_("Add"))
        self.add_button.clicked.connect(self.add)
        first = QHBoxLayout()
        first.setSpacing(6)
        first.addWidget(self.what, 1)
        second = QHBoxLayout()
        second.setSpacing(6)
        second.addWidget(self.who, 3)
        second.addWidget(self.due, 3)
        third = QHBoxLayout()
        third.setSpacing(6)
        third.addWidget(self.kind)
        third.addStretch(1)
        third.addWidget(self.add_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(6)
        for row in (first, second, third):
            column.addLayout(row)

    @property
    def waiting(self) -> str:
        """What is typed and not written down yet."""
        return " ".join(self.what.text().split())

    def show_visit(self, visit: Visit, people: Sequence[Person]) -> None:
        """What is added belongs to this visit; these people are offered."""
        if self._visit is None or self._visit.id != visit.id:
            self._empty()
        self._visit = visit
        known = [one.name for one in visit.participants]
        self.who.show_people([*known, *(one.name for one in people if one.name not in known)])

    def add(self) -> None:
        """Write it down."""
        self.due.flush()
        what, who = self.what.text().strip(), " ".join(self.who.words.text().split())
        if self._visit is None or not what:
            self.what.setFocus()
            return
        if self.due.is_pending:
            self.due.field.setFocus()
            return
        if self._kind == PROMISE and not who:
            self.who.words.setFocus()
            self._bench.told.emit(_("Who promises it? Write a name, then Enter."))
            return
        if self._stored(what, who):
            self._empty()
            self.what.setFocus()
            self.added.emit()

    def _stored(self, what: str, who: str) -> bool:
        from qma_app.services.actions import plan_action
        from qma_app.services.promises import make_promise

        visit = self._visit
        assert visit is not None
        if self._kind == ACTION:
            changes = self._bench.do(
                plan_action,
                engagement_id=visit.engagement_id,
                what=what,
                owner=who,
                due_on=self.due.day,
            )
        else:
            changes = self._bench.do(
                make_promise,
                visit.engagement_id,
                what=what,
                who=who,
                due_on=self.due.day,
                visit_id=visit.id,
            )
        return changes is not None

    def _empty(self) -> None:
        self.what.set_text("")
        self.who.set_text("")
        self.due.show_day(None, self._bench.workspace.today())

    def _choose(self, kind: str) -> None:
        self._kind = kind
        self.kind.choose(kind)
