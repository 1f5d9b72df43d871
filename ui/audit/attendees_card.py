"""Who sat in a meeting of the audit: name and function, one a line."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from qma_app.domain.audit import Attendee
from qma_app.domain.people import Person
from qma_app.i18n import _
from ui import theme
from ui.findings.owner_field import OwnerField
from ui.widgets.buttons import Button, IconButton
from ui.widgets.cards import Card
from ui.widgets.labels import PlainLabel
from ui.widgets.note_edit import LineEdit


class AttendeesCard(Card):
    """`changed` after somebody was added or taken out; `attendees` are those listed."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Attended"), parent=parent)
        self.attendees: tuple[Attendee, ...] = ()
        self._functions: dict[str, str] = {}
        self._may_write = False
        self.removers: list[IconButton] = []
        self._rows = QWidget()
        self._grid = QGridLayout(self._rows)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self.nobody = PlainLabel(_("Nobody is written down yet."), role="small", tone="muted", wrap=True)
        self.who = OwnerField()
        self.who.setAccessibleName(_("Add somebody"))
        self.who.words.setAccessibleName(_("Add somebody"))
        self.who.words.setPlaceholderText(_("Name of somebody"))
        self.function = LineEdit(_("What they do"), placeholder=_("What they do"))
        self.add_button = Button(_("Add"), kind="link")
        self.who.words.returnPressed.connect(self.add_person)
        self.function.returnPressed.connect(self.add_person)
        self.who.words.textChanged.connect(self._named)
        self.add_button.clicked.connect(self.add_person)
        self._adding = QWidget()
        line = QHBoxLayout(self._adding)
        line.setContentsMargins(0, 6, 0, 0)
        line.setSpacing(6)
        line.addWidget(self.who, 3)
        line.addWidget(self.function, 2)
        line.addWidget(self.add_button)
        self.body.addWidget(self._rows)
        self.body.addWidget(self.nobody)
        self.body.addWidget(self._adding)

    def offer(self, people: Sequence[Person]) -> None:
        """Offer these people by name; what they do comes with them."""
        self._functions = {one.name: one.function for one in people}
        self._offer_others()

    def show_attendees(self, attendees: tuple[Attendee, ...], *, may_write: bool) -> None:
        """Show who sat there."""
        self._adding.setVisible(may_write)
        if (attendees, may_write) != (self.attendees, self._may_write):
            self.attendees, self._may_write = attendees, may_write
            self._fill()
        self.nobody.setVisible(not attendees)
        self._rows.setVisible(bool(attendees))

    def add_person(self) -> None:
        """Whoever is named was there."""
        name = " ".join(self.who.words.text().split())
        if not name:
            return
        function = " ".join(self.function.text().split()) or self._functions.get(name, "")
        self.who.set_text("")
        self.function.set_text("")
        if all(one.name.casefold() != name.casefold() for one in self.attendees):
            self._put((*self.attendees, Attendee(name=name, function=function)))
        self.who.words.setFocus()

    def take_typed(self) -> None:
        """A name that was typed and not added yet counts as well."""
        if self.who.words.text().strip():
            self.add_person()

    def _named(self, text: str) -> None:
        known = self._functions.get(" ".join(text.split()), "")
        if known and not self.function.text():
            self.function.set_text(known)

    def _remove(self, place: int) -> None:
        self._put((*self.attendees[:place], *self.attendees[place + 1 :]))

    def _put(self, attendees: tuple[Attendee, ...]) -> None:
        self.show_attendees(attendees, may_write=self._may_write)
        self._offer_others()
        self.changed.emit()

    def _offer_others(self) -> None:
        known = {one.name for one in self.attendees}
        self.who.show_people([name for name in self._functions if name not in known])

    def _fill(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.removers = []
        for place, one in enumerate(self.attendees):
            name = PlainLabel(one.name, elide=True)
            name.setMinimumHeight(theme.px(30))
            self._grid.addWidget(name, place, 0)
            self._grid.addWidget(PlainLabel(one.function, tone="muted", elide=True), place, 1)
            if self._may_write:
                remove = IconButton("x", _("{name} was not there").format(name=one.name))
                remove.clicked.connect(partial(self._remove, place))
                self.removers.append(remove)
                self._grid.addWidget(remove, place, 2)
