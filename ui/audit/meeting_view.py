"""A meeting of the audit on the screen: when and where, what was gone through, who sat there, what was said, who signed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from typing import ClassVar

from PySide6.QtCore import Qt, QTime
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from qma_app.domain.audit import Attendee, Meeting
from qma_app.domain.ids import AuditId
from qma_app.domain.people import Person
from qma_app.domain.ports import Reader
from qma_app.domain.record import Changes
from qma_app.i18n import _
from ui import theme
from ui.audit.attendees_card import AttendeesCard
from ui.audit.meeting_words import held_words
from ui.audit.part import AuditPart
from ui.audit.reading import AuditDesk
from ui.audit.signatures_card import SignaturesCard
from ui.dialogs.dialog import field, side_by_side
from ui.findings.growing_note import GrowingNote
from ui.journey.side_by_side import SideBySide
from ui.pages.page import scrolling
from ui.visit.time_edit import TimeEdit
from ui.widgets.buttons import Button
from ui.widgets.cards import Card
from ui.widgets.date_edit import DateEdit
from ui.widgets.labels import PlainLabel
from ui.widgets.note_edit import LineEdit
from ui.workbench import Workbench

_DAY_WIDE = 156
"""A day with its month in letters is never cut."""


class MeetingView(AuditPart):
    """What is written before the meeting is recorded stays in the fields; afterwards every change is stored by itself."""

    points: ClassVar[tuple[str, ...]] = ()
    begins: ClassVar[time] = time(9)
    ends: ClassVar[time] = time(9, 30)
    merge_key: ClassVar[str] = ""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        self._shown_audit: AuditId | None = None
        self._stored: Meeting | None = None
        self._is_filling = False
        self.day = DateEdit(workbench.workspace.today())
        self.starts, self.stops = TimeEdit(self.begins), TimeEdit(self.ends)
        self.place_field = LineEdit(_("Place"), placeholder=_("Room, or how it was held from afar"))
        self.boxes: dict[str, QCheckBox] = {}
        self.words = GrowingNote(_("What was said"), placeholder=self.words_hint(), least=3, most=12)
        self.attendees = AttendeesCard()
        self.signatures = SignaturesCard(workbench)
        self.record_button = Button(self.record_words(), kind="primary")
        self.record_button.clicked.connect(self.record)
        self.all_button = Button(_("All were gone through"), kind="link")
        self.all_button.clicked.connect(self._tick_all)
        self._build()
        self._connect()

    def stored_meeting(self, desk: AuditDesk) -> Meeting | None:
        """The meeting as it is recorded."""
        raise NotImplementedError

    def point_words(self) -> Callable[[str], str]:
        """What a point is called."""
        raise NotImplementedError

    def use_case(self) -> Callable[..., Changes]:
        """The service that records it."""
        raise NotImplementedError

    def default_day(self, desk: AuditDesk) -> date:
        """The day offered before it was held."""
        raise NotImplementedError

    def record_words(self) -> str:
        """What the button says."""
        raise NotImplementedError

    def words_hint(self) -> str:
        """What belongs into the words."""
        raise NotImplementedError

    def more_cards(self) -> tuple[QWidget, ...]:
        """What else stands below, over the whole width."""
        return ()

    def buttons(self) -> tuple[QWidget, ...]:
        return (self.record_button,)

    def status(self) -> str:
        return held_words(self._stored) if self._stored is not None else ""

    def show_desk(self, desk: AuditDesk) -> None:
        meeting = self.stored_meeting(desk)
        is_other = desk.view.audit.id != self._shown_audit
        people = self.workbench.read(_people_of, desk)
        if is_other or meeting != self._stored:
            self._shown_audit, self._stored = desk.view.audit.id, meeting
            self._fill(desk, meeting)
        self.attendees.offer(people)
        self.attendees.show_attendees(self.attendees.attendees, may_write=self.may_write)
        self.signatures.offer(self.attendees.attendees, people)
        self.signatures.show_signatures(self.signatures.signatures, may_write=self.may_write)
        self.record_button.setVisible(meeting is None and self.may_write)
        self.all_button.setVisible(self.may_write)
        for widget in (self.day, self.starts, self.stops, self.place_field, self.words):
            widget.setReadOnly(not self.may_write)
        for box in self.boxes.values():
            box.setEnabled(self.may_write)

    def flush(self) -> None:
        self.place_field.flush()
        self.words.flush()

    def take_focus(self) -> None:
        self.day.setFocus(Qt.FocusReason.OtherFocusReason)

    def record(self) -> None:
        """Store the meeting as it stands in the fields."""
        self.attendees.take_typed()
        self._store(merge_key=None)

    def meeting(self) -> Meeting:
        """The meeting as it stands in the fields."""
        day = self.day.day
        return Meeting(
            held_at=datetime.combine(day, self.starts.time_of_day).astimezone(),
            ended_at=datetime.combine(day, self.stops.time_of_day).astimezone(),
            place=self.place_field.text().strip(),
            points=tuple(code for code, box in self.boxes.items() if box.isChecked()),
            attendees=self.attendees.attendees,
            words=self.words.toPlainText().strip(),
            signatures=self.signatures.signatures,
        )

    def _build(self) -> None:
        when = Card(_("Held"))
        when.body.setSpacing(10)
        line = side_by_side(
            field(_("Day"), self.day), field(_("From"), self.starts), field(_("To"), self.stops)
        )
        line.setStretch(0, 2)
        self.day.setMinimumWidth(theme.px(_DAY_WIDE))
        when.body.addLayout(line)
        when.body.addWidget(field(_("Place"), self.place_field))
        when.body.addWidget(PlainLabel(_("What was said"), role="caption"))
        when.body.addWidget(self.words)
        when.body.addStretch(1)
        gone = Card(_("Gone through"), self.all_button)
        name_of = self.point_words()
        for code in self.points:
            box = QCheckBox(name_of(code).replace("&", "&&"))
            box.setMinimumHeight(theme.px(30))
            self.boxes[code] = box
            gone.body.addWidget(box)
        gone.body.addStretch(1)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 4, 14)
        column.setSpacing(16)
        column.addWidget(SideBySide(when, gone))
        for card in self.more_cards():
            column.addWidget(card)
        column.addWidget(SideBySide(self.attendees, self.signatures))
        column.addStretch(1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolling(inside))

    def _connect(self) -> None:
        self.day.dateChanged.connect(self._changed)
        for edit in (self.starts, self.stops):
            edit.editingFinished.connect(self._changed)
        for note in (self.place_field, self.words):
            note.settled.connect(self._changed)
            note.left.connect(self.workbench.close_step)
        for box in self.boxes.values():
            box.clicked.connect(self._changed)
        self.attendees.changed.connect(self._changed)
        self.signatures.changed.connect(self._changed)

    def _fill(self, desk: AuditDesk, meeting: Meeting | None) -> None:
        """Show what is recorded, or what is offered before that."""
        self._is_filling = True
        begun = meeting.held_at.astimezone() if meeting is not None else None
        ended = meeting.ended_at.astimezone() if meeting is not None and meeting.ended_at else None
        self.day.show_day(begun.date() if begun is not None else self.default_day(desk))
        self.starts.setTime(_clock(begun, self.begins))
        self.stops.setTime(_clock(ended or begun, self.ends))
        self.place_field.set_text(meeting.place if meeting is not None else "")
        if not (meeting is not None and self.words.toPlainText().strip() == meeting.words):
            self.words.set_text(meeting.words if meeting is not None else "")
        for code, box in self.boxes.items():
            box.setChecked(meeting is not None and code in meeting.points)
        attendees = meeting.attendees if meeting is not None else _team(desk)
        self.attendees.show_attendees(attendees, may_write=self.may_write)
        self.signatures.show_signatures(
            meeting.signatures if meeting is not None else (), may_write=self.may_write
        )
        self._is_filling = False

    def _tick_all(self) -> None:
        for box in self.boxes.values():
            box.setChecked(True)
        self._changed()

    def _changed(self, *_what: object) -> None:
        """Once recorded, a meeting follows its fields."""
        if self._is_filling or self._stored is None or not self.may_write or self.meeting() == self._stored:
            return
        self._store(merge_key=f"{self.merge_key} {self._shown_audit}")

    def _store(self, merge_key: str | None) -> None:
        if self.desk is None or not self.may_write:
            return
        stored = self.workbench.do(
            self.use_case(), self.desk.view.audit.id, self.meeting(), merge_key=merge_key
        )
        if stored is None and self._stored is not None:
            for note in (self.place_field, self.words):
                if note.hasFocus():
                    note.keep_unsaved()


def _people_of(reader: Reader, desk: AuditDesk) -> tuple[Person, ...]:
    return reader.all(Person, dealership_id=desk.view.dealership.id)


def _team(desk: AuditDesk) -> tuple[Attendee, ...]:
    """Whoever comes for the audit sits in its meetings."""
    people = desk.state.people
    named = [people[one.person_id] for one in desk.view.audit.team if one.person_id in people]
    return tuple(Attendee(name=one.name, function=one.function or _("audit team")) for one in named)


def _clock(at: datetime | None, otherwise: time) -> QTime:
    shown = at.time() if at is not None else otherwise
    return QTime(shown.hour, shown.minute)
