"""Who sat at the table of a review."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from qma_app.domain.visit import Participant
from qma_app.i18n import _
from ui import theme
from ui.findings.owner_field import OwnerField
from ui.reviews.holding import store_review, with_people
from ui.reviews.reading import Desk
from ui.widgets.buttons import Button, IconButton
from ui.widgets.cards import Card, clear
from ui.widgets.labels import PlainLabel
from ui.workbench import Workbench


class PeopleCard(Card):
    """Before a review is held it says who is expected."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(_("Who takes part"), parent=parent)
        self._bench = workbench
        self._desk: Desk | None = None
        self._shown: tuple[tuple[Participant, ...], bool] | None = None
        self.removers: list[IconButton] = []
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.who = OwnerField()
        self.who.setAccessibleName(_("Add somebody"))
        self.who.words.setAccessibleName(_("Add somebody"))
        self.who.words.setPlaceholderText(_("Name of somebody"))
        self.who.words.returnPressed.connect(self.add_person)
        self.add_button = Button(_("Add"), kind="link")
        self.add_button.clicked.connect(self.add_person)
        self._adding = QWidget()
        line = QHBoxLayout(self._adding)
        line.setContentsMargins(0, 6, 0, 0)
        line.setSpacing(4)
        line.addWidget(self.who, 1)
        line.addWidget(self.add_button)
        self.nothing = PlainLabel(
            _("Nobody is named as principal or quality officer yet."), tone="muted", wrap=True
        )
        self.body.addLayout(self._rows)
        self.body.addWidget(self.nothing)
        self.body.addWidget(self._adding)

    def show_desk(self, desk: Desk) -> None:
        """Show who was there, or who is expected."""
        self._desk = desk
        people = desk.review.participants if desk.is_held else desk.expected()
        known = {one.name for one in people}
        self.who.show_people([one.name for one in desk.people if one.name not in known])
        self.title_label.setText(_("Who was there") if desk.is_held else _("Who is expected"))
        self._adding.setVisible(desk.is_held)
        self.nothing.setVisible(not people and not desk.is_held)
        if self._shown != (people, desk.is_held):
            self._shown = (people, desk.is_held)
            self._fill(people, is_held=desk.is_held)

    def add_person(self) -> None:
        """Whoever is named was there; somebody of the house comes with what they do."""
        name = " ".join(self.who.words.text().split())
        if self._desk is None or not name:
            return
        person = next((one for one in self._desk.people if one.name.casefold() == name.casefold()), None)
        new = Participant(
            name=person.name if person else name,
            function=person.function if person else "",
            person_id=person.id if person else "",
        )
        if self._store((*self._desk.review.participants, new)):
            self.who.set_text("")

    def _fill(self, people: tuple[Participant, ...], *, is_held: bool) -> None:
        clear(self._rows)
        self.removers = []
        for place, one in enumerate(people):
            row = QHBoxLayout()
            row.setSpacing(8)
            words = QVBoxLayout()
            words.setSpacing(0)
            words.setContentsMargins(0, theme.px(4), 0, theme.px(4))
            words.addWidget(PlainLabel(one.name, elide=True))
            if one.function:
                words.addWidget(PlainLabel(one.function, role="small", tone="muted", elide=True))
            row.addLayout(words, 1)
            if is_held:
                remove = IconButton("x", _("{name} was not there").format(name=one.name))
                remove.clicked.connect(partial(self._remove, place))
                self.removers.append(remove)
                row.addWidget(remove)
            self._rows.addLayout(row)

    def _remove(self, place: int, *_checked: object) -> None:
        if self._desk is not None:
            people = self._desk.review.participants
            self._store((*people[:place], *people[place + 1 :]))

    def _store(self, people: tuple[Participant, ...]) -> bool:
        return self._desk is not None and store_review(self._bench, with_people(self._desk.review, people))
