"""Who was there: at the opening, at the closing, or in between; people of the house or anybody by name."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from qma_app.domain.visit import Participant
from qma_app.i18n import _
from ui import theme
from ui.findings.owner_field import OwnerField
from ui.visit.reading import Desk
from ui.widgets.buttons import Button, IconButton
from ui.widgets.cards import Card
from ui.widgets.labels import PlainLabel
from ui.workbench import Workbench


class PeopleCard(Card):
    """A name and two ticks a line."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(_("Who was there"), parent=parent)
        self._bench = workbench
        self._desk: Desk | None = None
        self._shown: tuple[tuple[Participant, ...], bool] | None = None
        self.opening: list[QCheckBox] = []
        self.closing: list[QCheckBox] = []
        self.removers: list[IconButton] = []
        self._rows = QWidget()
        self._grid = QGridLayout(self._rows)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(0, 1)
        self.who = OwnerField()
        self.who.words.setPlaceholderText(_("Name of somebody"))
        self.who.setAccessibleName(_("Add somebody"))
        self.who.words.setAccessibleName(_("Add somebody"))
        self.who.words.returnPressed.connect(self.add_person)
        self.add_button = Button(_("Add"), kind="link")
        self.add_button.clicked.connect(self.add_person)
        self._adding = QWidget()
        line = QHBoxLayout(self._adding)
        line.setContentsMargins(0, 6, 0, 0)
        line.setSpacing(4)
        line.addWidget(self.who, 1)
        line.addWidget(self.add_button)
        self.body.addWidget(self._rows)
        self.body.addWidget(self._adding)

    def show_desk(self, desk: Desk) -> None:
        """Show who was at this visit."""
        self._desk = desk
        self.title_label.setText(_("Who was there") if desk.visit.clock else _("Who will be there"))
        known = {one.name for one in desk.visit.participants}
        self.who.show_people([one.name for one in desk.people if one.name not in known])
        self._adding.setVisible(desk.is_writable)
        shown = (desk.visit.participants, desk.is_writable)
        if shown != self._shown:
            self._shown = shown
            self._fill(desk)

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
            at_opening=True,
        )
        if self._store((*self._desk.visit.participants, new)):
            self.who.set_text("")

    def _fill(self, desk: Desk) -> None:
        focused = next((box.accessibleName() for box in (*self.opening, *self.closing) if box.hasFocus()), "")
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.opening, self.closing, self.removers = [], [], []
        people = desk.visit.participants
        self._rows.setVisible(bool(people))
        for column, title in ((1, _("Opening")), (2, _("Closing"))):
            head = PlainLabel(title, role="caption")
            self._grid.addWidget(head, 0, column, Qt.AlignmentFlag.AlignHCenter)
        for place, one in enumerate(people):
            self._add_row(place, one, is_writable=desk.is_writable)
        for box in (*self.opening, *self.closing):
            if focused and box.accessibleName() == focused:
                box.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_row(self, place: int, one: Participant, *, is_writable: bool) -> None:
        words = QVBoxLayout()
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(PlainLabel(one.name, elide=True))
        if one.function:
            words.addWidget(PlainLabel(one.function, role="small", tone="muted", elide=True))
        words.addStretch(1)
        named = QWidget()
        named.setLayout(words)
        named.setMinimumHeight(theme.px(40))
        self._grid.addWidget(named, place + 1, 0)
        for column, is_there, boxes, said in (
            (1, one.at_opening, self.opening, _("{name} was at the opening")),
            (2, one.at_closing, self.closing, _("{name} was at the closing")),
        ):
            box = QCheckBox()
            box.setChecked(is_there)
            box.setEnabled(is_writable)
            box.setAccessibleName(said.format(name=one.name))
            box.setMinimumSize(theme.px(34), theme.px(34))
            box.clicked.connect(partial(self._ticked, place, column, box))
            boxes.append(box)
            self._grid.addWidget(box, place + 1, column, Qt.AlignmentFlag.AlignHCenter)
        if is_writable:
            remove = IconButton("x", _("{name} was not there").format(name=one.name))
            remove.clicked.connect(partial(self._remove, place))
            self.removers.append(remove)
            self._grid.addWidget(remove, place + 1, 3)

    def _ticked(self, place: int, column: int, box: QCheckBox) -> None:
        if self._desk is None:
            return
        is_there = box.isChecked()
        people = [*self._desk.visit.participants]
        one = people[place]
        people[place] = (
            replace(one, at_opening=is_there) if column == 1 else replace(one, at_closing=is_there)
        )
        self._store(tuple(people))

    def _remove(self, place: int) -> None:
        if self._desk is not None:
            people = self._desk.visit.participants
            self._store((*people[:place], *people[place + 1 :]))

    def _store(self, people: tuple[Participant, ...]) -> bool:
        from qma_app.services.visits import note_attendance

        return (
            self._desk is not None
            and self._bench.do(note_attendance, self._desk.visit.id, people) is not None
        )
