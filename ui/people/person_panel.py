"""One person beside the table: written in place, with what the person leads, answers for and stands in for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from qma_app.domain.ids import PersonId, ProcessId
from qma_app.i18n import _, ngettext, percent_text
from qma_app.services.engagements import name_leaders
from qma_app.services.people import change_person
from qma_app.services.process_owners import OwnerLine
from ui import theme
from ui.dialogs.dialog import field
from ui.pages.page import scrolling
from ui.people.reading import PeopleDesk, PersonLine
from ui.widgets.buttons import Button, IconButton
from ui.widgets.cards import CardRow, clear
from ui.widgets.labels import PlainLabel
from ui.widgets.note_edit import LineEdit
from ui.widgets.number_edit import NumberEdit
from ui.workbench import Workbench


class PersonPanel(QFrame):
    """There is nothing to confirm: each field stores itself and can be undone."""

    close_wanted = Signal()
    remove_wanted = Signal(str)
    process_wanted = Signal(str)

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = workbench
        self._desk: PeopleDesk | None = None
        self._person_id: PersonId | None = None
        self.setObjectName("surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.name, self.function = LineEdit(_("Name")), LineEdit(_("Function"))
        self.email, self.phone = LineEdit(_("E-mail")), LineEdit(_("Phone"))
        self._fields = {
            "name": self.name,
            "function": self.function,
            "email": self.email,
            "phone": self.phone,
        }
        self.principal = QCheckBox(_("Leads the dealership (principal)"))
        self.officer = QCheckBox(_("Is the quality officer"))
        self.percent = NumberEdit(most=100)
        self.percent.setSuffix(percent_text(""))
        self.percent.setSpecialValueText(_("not known"))
        self._build()
        for name, edit in self._fields.items():
            edit.settled.connect(partial(self._store, name))
        self.principal.clicked.connect(self._leaders_changed)
        self.officer.clicked.connect(self._leaders_changed)
        self.percent.valueChanged.connect(self._leaders_changed)

    def _build(self) -> None:
        self.title = PlainLabel("", role="strong", elide=True)
        close = IconButton("x", _("Close the panel"), keys="Esc")
        close.clicked.connect(self.close_wanted)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(close)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 4, 16, 16)
        column.setSpacing(10)
        for name, edit in ((one.accessibleName(), one) for one in self._fields.values()):
            column.addWidget(field(name, edit))
        column.addSpacing(4)
        column.addWidget(self.principal)
        column.addWidget(self.officer)
        self._share = field(_("Working time given for it"), self.percent)
        column.addWidget(self._share)
        self._processes = QVBoxLayout()
        self._processes.setSpacing(2)
        column.addLayout(self._processes)
        column.addSpacing(4)
        self.remove_button = Button(_("Remove person"), kind="quiet", icon_name="trash-2")
        self.remove_button.clicked.connect(self._remove)
        column.addWidget(self.remove_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 10, 0, 0)
        whole.setSpacing(4)
        head.setContentsMargins(16, 0, 8, 0)
        whole.addLayout(head)
        area = scrolling(inside)
        inside.setObjectName("surface")
        whole.addWidget(area, 1)

    @property
    def person_id(self) -> PersonId | None:
        """Who is shown."""
        return self._person_id

    def show_person(self, desk: PeopleDesk, line: PersonLine) -> None:
        """Show somebody; what is being typed about the same person stays."""
        is_same = self._person_id == line.person.id
        if not is_same:
            self.flush()
        self._desk, self._person_id = desk, line.person.id
        self.title.setText(" · ".join((line.person.name, *line.parts)))
        for name, edit in self._fields.items():
            if not (is_same and edit.is_pending):
                edit.set_text(getattr(line.person, name))
        for box, is_on in ((self.principal, line.is_principal), (self.officer, line.is_officer)):
            box.setChecked(is_on)
        blocked = self.percent.blockSignals(True)
        self.percent.setValue(desk.engagement.officer_percent or 0)
        self.percent.blockSignals(blocked)
        self._share.setVisible(line.is_officer)
        clear(self._processes)
        self._add(
            ngettext("Answers for {count} process", "Answers for {count} processes", len(line.owns)),
            line.owns,
        )
        self._add(
            ngettext("Stands in at {count} process", "Stands in at {count} processes", len(line.stands_in)),
            line.stands_in,
        )

    def take_focus(self) -> None:
        """The keyboard goes to the name."""
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.name.selectAll()

    def flush(self) -> None:
        """Store what is typed."""
        for edit in self._fields.values():
            edit.flush()

    def _add(self, words: str, lines: Sequence[OwnerLine]) -> None:
        caption = PlainLabel(words.format(count=len(lines)), role="caption")
        caption.setContentsMargins(0, theme.px(6), 0, 0)
        self._processes.addWidget(caption)
        for one in lines:
            row = CardRow(f"{one.process.number} {one.process.title}", str(one.area.title), is_link=True)
            row.opened.connect(partial(self._open, one.process.id))
            self._processes.addWidget(row)

    def _open(self, process_id: ProcessId) -> None:
        self.process_wanted.emit(process_id)

    def _store(self, name: str, text: str) -> None:
        if self._person_id is None:
            return
        key = f"person {self._person_id} {name}"
        words = " ".join(text.split())
        if self._bench.do(change_person, self._person_id, merge_key=key, **{name: words}) is None:
            self._fields[name].keep_unsaved()

    def _leaders_changed(self) -> None:
        desk, person_id = self._desk, self._person_id
        if desk is None or person_id is None:
            return
        engagement = desk.engagement
        principal = person_id if self.principal.isChecked() else engagement.principal_id
        officer = person_id if self.officer.isChecked() else engagement.officer_id
        if not self.principal.isChecked() and engagement.principal_id == person_id:
            principal = None
        if not self.officer.isChecked() and engagement.officer_id == person_id:
            officer = None
        percent = engagement.officer_percent
        if officer == person_id:
            percent = self.percent.value() or None if engagement.officer_id == person_id else None
        elif officer is None:
            percent = None
        self._bench.do(
            name_leaders,
            engagement.id,
            principal_id=principal,
            officer_id=officer,
            officer_percent=percent,
            merge_key=f"leaders {person_id}",
        )

    def _remove(self) -> None:
        if self._person_id is not None:
            self.remove_wanted.emit(self._person_id)
