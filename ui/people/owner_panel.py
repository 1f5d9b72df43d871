"""One process beside the table, or several at once: who answers for it, who stands in, and where it is written down."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from qma_app.domain.ids import PersonId
from qma_app.i18n import _, ngettext
from qma_app.services.process_owners import OwnerLine, name_owner, name_owners
from ui.dialogs.dialog import field
from ui.findings.date_field import DateField
from ui.pages.page import scrolling
from ui.people.person_field import PersonField
from ui.people.reading import PeopleDesk
from ui.widgets.buttons import Button, IconButton
from ui.widgets.labels import PlainLabel
from ui.widgets.note_edit import LineEdit
from ui.workbench import Workbench


class OwnerPanel(QFrame):
    """Each field stores itself; with several processes only their owner can be named, in one step."""

    close_wanted = Signal()
    named = Signal()  # the owner was given by hand: the next process without one is wanted

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = workbench
        self._desk: PeopleDesk | None = None
        self._lines: tuple[OwnerLine, ...] = ()
        self.setObjectName("surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.owner, self.deputy = PersonField(_("Owner")), PersonField(_("Deputy"))
        self.described = DateField(_("Description seen on"), placeholder=_("not seen yet"))
        self.kept = LineEdit(_("Where it is kept"), placeholder=_("Folder, handbook page, drawer"))
        self.today_button = Button(_("Seen today"), kind="link")
        self._build()
        self.owner.chosen.connect(self._owner_chosen)
        self.deputy.chosen.connect(partial(self._store, "deputy_id"))
        for one in (self.owner, self.deputy):
            one.unknown.connect(partial(self._unknown, one))
        self.described.settled.connect(partial(self._store, "described_on"))
        self.kept.settled.connect(self._kept_settled)
        self.today_button.clicked.connect(self._seen_today)

    def _build(self) -> None:
        self.title = PlainLabel("", role="strong", wrap=True)
        self.area = PlainLabel("", role="small", tone="muted", wrap=True)
        close = IconButton("x", _("Close the panel"), keys="Esc")
        close.clicked.connect(self.close_wanted)
        head = QHBoxLayout()
        head.setContentsMargins(16, 0, 8, 0)
        head.addWidget(self.title, 1)
        head.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 0, 16, 16)
        column.setSpacing(10)
        column.addWidget(self.area)
        column.addWidget(field(_("Owner"), self.owner))
        self._single = QWidget()
        single = QVBoxLayout(self._single)
        single.setContentsMargins(0, 0, 0, 0)
        single.setSpacing(10)
        single.addWidget(field(_("Deputy"), self.deputy))
        single.addWidget(field(_("Description seen on"), self.described))
        single.addWidget(self.today_button, 0, Qt.AlignmentFlag.AlignLeft)
        single.addWidget(field(_("Where it is kept"), self.kept))
        column.addWidget(self._single)
        self.usual = PlainLabel("", role="small", tone="muted", wrap=True)
        column.addWidget(self.usual)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 10, 0, 0)
        whole.setSpacing(4)
        whole.addLayout(head)
        area = scrolling(inside)
        inside.setObjectName("surface")
        whole.addWidget(area, 1)

    def show_lines(self, desk: PeopleDesk, lines: Sequence[OwnerLine], usual: str) -> None:
        """Show the processes chosen; `usual` is the role that usually answers for them."""
        if [one.process.id for one in lines] != [one.process.id for one in self._lines]:
            self.flush()
        self._desk, self._lines = desk, tuple(lines)
        first, is_one = lines[0], len(lines) == 1
        people = [one.person for one in desk.people]
        self.title.setText(
            f"{first.process.number} {first.process.title}"
            if is_one
            else ngettext("{count} process", "{count} processes", len(lines)).format(count=len(lines))
        )
        self.area.setText(
            f"{first.area.code} {first.area.title}"
            if is_one
            else ", ".join(one.process.number for one in lines)
        )
        owners = {one.owner.id if one.owner else None for one in lines}
        self.owner.show_people(people, next(iter(owners)) if len(owners) == 1 else None)
        self.owner.words.setPlaceholderText(_("Nobody yet") if len(owners) == 1 else _("Different people"))
        self._single.setVisible(is_one)
        if is_one:
            self.deputy.show_people(people, first.deputy.id if first.deputy else None)
            self.described.show_day(first.described_on, self._bench.workspace.today())
            if not self.kept.is_pending:
                self.kept.set_text(first.described_in)
        self.today_button.setVisible(is_one and first.described_on is None)
        self.usual.setText(_("Usually: {role}").format(role=usual) if usual else "")
        self.usual.setVisible(bool(usual))

    def take_focus(self) -> None:
        """The keyboard goes to the owner."""
        self.owner.setFocus(Qt.FocusReason.OtherFocusReason)
        self.owner.words.selectAll()

    def flush(self) -> None:
        """Store what is typed."""
        self.described.flush()
        self.kept.flush()

    def _owner_chosen(self, person_id: PersonId | None) -> None:
        if self._desk is None or not self._lines:
            return
        if len(self._lines) == 1:
            self._store("owner_id", person_id)
        else:
            owners = {one.process.id: person_id for one in self._lines}
            self._bench.do(name_owners, self._desk.engagement.id, owners)
        if person_id is not None and self.owner.hasFocus():
            self.named.emit()

    def _kept_settled(self, text: str) -> None:
        if not self._store("described_in", " ".join(text.split())):
            self.kept.keep_unsaved()

    def _seen_today(self) -> None:
        self._store("described_on", self._bench.workspace.today())
        self.kept.setFocus(Qt.FocusReason.OtherFocusReason)

    def _store(self, name: str, value: PersonId | date | str | None) -> bool:
        if self._desk is None or len(self._lines) != 1:
            return True
        process = self._lines[0].process
        key = f"owner {process.id} {name}"
        given = {name: value}
        is_stored = (
            self._bench.do(name_owner, self._desk.engagement.id, process.id, merge_key=key, **given)
            is not None
        )
        if not is_stored:
            self.show_lines(self._desk, self._lines, self.usual.text().partition(": ")[2])
        return is_stored

    def _unknown(self, asked: PersonField, name: str) -> None:
        """Somebody who is not known here yet can be added on the spot."""
        from ui.dialogs.edit_person import EditPerson

        before = [one.process.id for one in self._lines]
        made = EditPerson.ask(self._bench, self.window(), name=name)
        if made is None or before != [one.process.id for one in self._lines]:
            return
        if asked is self.owner:
            self._owner_chosen(PersonId(made))
        else:
            self._store("deputy_id", PersonId(made))
