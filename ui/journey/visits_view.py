"""The visits of a programme: the list of them, and the desk of one to prepare, hold and close it."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QWidget

from qma_app.domain.ids import EngagementId, VisitId
from qma_app.domain.next_step import NextStep
from qma_app.domain.ports import Reader
from qma_app.domain.record import Changes
from qma_app.domain.visit import AgendaItem, Visit, VisitNote, VisitState
from qma_app.i18n import _, ngettext
from ui.journey.list_beside_desk import ListBesideDesk
from ui.places import Place, place_of
from ui.shortcuts import Command, LetterKey, Shortcut
from ui.visit.acts import VisitActs
from ui.visit.desk import VisitDesk
from ui.visit.head_buttons import VisitButtons
from ui.visit.reading import Desk, Shelf, read_shelf
from ui.visit.shelf_list import VisitList
from ui.visit.words import detail_words, visit_title
from ui.widgets.announcing import announce
from ui.widgets.buttons import Button
from ui.widgets.empty_state import EmptyState
from ui.workbench import Workbench

_TICK_MS = 15_000


class VisitsView(ListBesideDesk[VisitId]):
    """At first the desk is for the visit under way, else the next one."""

    key: ClassVar[str] = "visits"

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        self.shelf: Shelf | None = None
        self.acts = VisitActs(workbench, self)
        self.acts.going.connect(self.going)
        self.head_buttons = VisitButtons()
        self.list = VisitList()
        self.desk = VisitDesk(workbench)
        self.desk.going.connect(self.going)
        self._lay_out(
            self.list,
            self.desk,
            plan=Button(_("Plan a visit"), kind="link", icon_name="plus", keys="Ctrl+N"),
            empty=EmptyState(
                "calendar-days",
                _("No visit yet: plan one, and it is prepared from what is next."),
                _("Plan a visit"),
                keys="Return",
            ),
            width=312,
            width_narrow=268,
        )
        self._connect()
        self._clock = QTimer(self)
        self._clock.setInterval(_TICK_MS)
        self._clock.timeout.connect(self._show_clock)

    def _connect(self) -> None:
        self.desk.agenda.prepare_wanted.connect(self.prepare)
        self.desk.agenda.there_wanted.connect(self._go_to_step)
        self.desk.signing.reopen_wanted.connect(self.reopen)
        buttons = self.head_buttons
        buttons.prepare.clicked.connect(self.prepare)
        for button in (buttons.start, buttons.start_early, buttons.pause, buttons.go_on):
            button.clicked.connect(self.start_or_pause)
        buttons.minutes.clicked.connect(self.show_minutes)
        buttons.close_visit.clicked.connect(self.close_visit)
        buttons.sign.clicked.connect(self.close_visit)
        buttons.more.choices.aboutToShow.connect(self._fill_more)
        buttons.more.choices.triggered.connect(self._more_chosen)
        for keys, act in (
            ("P", self.prepare),
            ("S", self.start_or_pause),
            ("C", self.close_visit),
            ("M", self.show_minutes),
            ("N", self._to_the_notes),
        ):
            LetterKey(keys, self, act, is_on=self.has_letters)
        paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self)
        paste.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        paste.activated.connect(self._paste)

    @property
    def visit(self) -> Visit | None:
        """The visit on the desk."""
        return self.shelf.desk.visit if self.shelf is not None and self.shelf.desk is not None else None

    def mark(self, changes: Changes) -> None:
        """Show the visit that an undo or redo changed."""
        touched = [one.id for one in changes.of(Visit) if one.deleted_at is None]
        touched += [one.visit_id for one in changes.of(AgendaItem)]
        touched += [one.visit_id for one in changes.of(VisitNote) if one.visit_id is not None]
        if touched and self._chosen not in touched:
            self._choose(touched[0])

    def place(self) -> Place:
        return Place(
            page="journey", dealership_id=self.workbench.dealership_id, view=self.key, visit_id=self._chosen
        )

    def go(self, place: Place) -> None:
        known = {one.id for one in self.shelf.visits} if self.shelf is not None else set()
        if place.visit_id in known and place.visit_id != self._chosen:
            self._choose(place.visit_id)

    def new(self) -> None:
        """Plan one more visit, and show it."""
        planned = self.acts.plan()
        if planned is not None:
            self._choose(planned)
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def flush(self) -> None:
        self.desk.flush()

    def title_words(self) -> str:
        desk = self.shelf.desk if self.shelf is not None else None
        return visit_title(desk.visit, desk.view.areas) if desk is not None else _("Visits")

    def detail_words(self) -> str:
        desk = self.shelf.desk if self.shelf is not None else None
        return detail_words(desk, self.workbench.workspace.today()) if desk is not None else ""

    def buttons(self) -> tuple[QWidget, ...]:
        return self.head_buttons.all

    def status(self) -> str:
        if self.shelf is None:
            return ""
        held = sum(one.state is VisitState.CLOSED for one in self.shelf.visits)
        total = sum(one.state is not VisitState.CANCELLED for one in self.shelf.visits)
        return ngettext("{held} of {total} visit held", "{held} of {total} visits held", total).format(
            held=held, total=total
        )

    def prepare(self) -> None:
        """P: the agenda is made, and its sheet and the calendar are saved at once."""
        if self.visit is not None and self.visit.is_ahead:
            self.flush()
            self.acts.prepare(self.visit)

    def start_or_pause(self) -> None:
        """S: the clock starts, pauses or goes on."""
        if self.visit is not None:
            self.flush()
            self.acts.start_or_pause(self.visit)

    def close_visit(self) -> None:
        """C: what was agreed, the next day and the signature, then the minutes; a closed one is signed."""
        desk = self.shelf.desk if self.shelf is not None else None
        if desk is not None and desk.visit.state is VisitState.CLOSED:
            self.desk.sign()
        elif desk is not None and desk.visit.clock and desk.visit.is_ahead:
            self.flush()
            fresh = self.shelf.desk if self.shelf is not None else None
            self.acts.close(fresh or desk)

    def show_minutes(self) -> None:
        """M: the minutes on paper, in the language of the dealership; before it began the agenda."""
        if self.visit is not None:
            self.flush()
            self.acts.show_paper(self.visit)

    def reopen(self) -> None:
        """Correct a closed visit, with the reason."""
        if self.visit is not None:
            self.acts.reopen(self.visit)

    def shortcuts(self) -> tuple[Shortcut, ...]:
        return (
            Shortcut(keys="P", title=_("Prepare the visit: agenda, its sheet and the calendar")),
            Shortcut(keys="S", title=_("Start, pause, go on")),
            Shortcut(keys="N", title=_("Note what you see")),
            Shortcut(keys="C", title=_("Close the visit, or sign a closed one")),
            Shortcut(keys="M", title=_("Minutes on paper; the agenda before the visit")),
            Shortcut(keys="Space", title=_("Tick a point or a promise")),
            Shortcut(keys="Alt+Up, Alt+Down", title=_("Move a point of the agenda")),
            Shortcut(keys="G", title=_("Go to what a point is about")),
            Shortcut(keys="F", title=_("Make a note a finding")),
            Shortcut(keys="K, B", title=_("A promise was kept, is broken")),
            Shortcut(keys="Ctrl+V", title=_("Paste a photo into the visit")),
            Shortcut(keys="Ctrl+N", title=_("Plan a visit")),
        )

    def commands(self) -> tuple[Command, ...]:
        plan = Command(title=_("Plan a visit"), run=self.new, keys="Ctrl+N", icon="calendar-days")
        if self.visit is None:
            return (plan,)
        return (
            plan,
            Command(title=_("Prepare the visit"), run=self.prepare, keys="P", icon="clipboard-list"),
            Command(
                title=_("Start, pause or go on with the visit"),
                run=self.start_or_pause,
                keys="S",
                icon="play",
            ),
            Command(title=_("Close the visit"), run=self.close_visit, keys="C", icon="check"),
            Command(title=_("Minutes of the visit"), run=self.show_minutes, keys="M", icon="file-text"),
        )

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._clock.start()
        self._show_clock()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._clock.stop()

    def _read(self, engagement_id: EngagementId) -> VisitId | None:
        self.shelf = read_shelf(self.workbench.workspace, engagement_id, self._chosen)
        return self.visit.id if self.visit is not None else None

    def _has_any(self) -> bool:
        return self.shelf is not None and bool(self.shelf.visits)

    def _show_list(self) -> None:
        if self.shelf is not None:
            self.list.show_shelf(self.shelf, self.workbench.workspace.today())

    def _show_desk(self) -> None:
        if self.shelf is not None and self.shelf.desk is not None:
            self.desk.show_desk(self.shelf.desk)
        self._show_buttons()

    def _is_under_way(self) -> bool:
        return self.visit is not None and bool(self.visit.clock) and self.visit.is_ahead

    def _to_the_desk(self) -> None:
        self.desk.take_focus()

    def _delete(self) -> None:
        if self.visit is not None:
            self.acts.delete(self.visit)

    def _show_buttons(self) -> None:
        desk = self.shelf.desk if self.shelf is not None else None
        self.head_buttons.show_desk(desk, self.workbench.workspace.today())
        self._show_clock()

    def _show_clock(self) -> None:
        desk: Desk | None = self.shelf.desk if self.shelf is not None else None
        if desk is not None and self.workbench.has_workspace:
            self.head_buttons.show_clock(desk.visit, self.workbench.workspace.clock())

    def _fill_more(self) -> None:
        menu = self.head_buttons.more.choices
        menu.clear()
        if self.visit is not None:
            for name, words in self.acts.more_for(self.visit):
                menu.addAction(words).setData(name)

    def _more_chosen(self, action: object) -> None:
        if self.visit is not None:
            self.flush()
            self.acts.do_more(str(action.data()), self.visit)  # type: ignore[attr-defined]  # the signal of a menu carries a QAction

    def _to_the_notes(self) -> None:
        if self.desk.notes.new.isVisible():
            self.desk.notes.new.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _paste(self) -> None:
        if not self.desk.photos.paste():
            announce(self, _("There is no picture and no file on the clipboard."))

    def _go_to_step(self, key: str) -> None:
        engagement = self.workbench.engagement
        if engagement is None:
            return
        step = self.workbench.read(_step_of, engagement.id, key, self.workbench.workspace.today())
        if step is None:
            self.workbench.told.emit(_("This is settled: it is no next step any more."))
        else:
            self.going.emit(place_of(step.spot, self.workbench.dealership_id))


def _step_of(reader: Reader, engagement_id: EngagementId, key: str, on: date) -> NextStep | None:
    from qma_app.services.next_steps import next_steps

    return next((step for step in next_steps(reader, engagement_id, on=on) if step.key == key), None)
