"""The agenda of a visit: each point with its time, ticked as the day goes on, added, corrected and put in order."""

from __future__ import annotations

import re
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from qma_app.domain.ids import AgendaItemId
from qma_app.domain.visit import AgendaItem, VisitState
from qma_app.i18n import _
from ui.today.tick_list import Act, TickList
from ui.today.tick_row import TickLine
from ui.visit.reading import Desk
from ui.visit.words import minutes_words
from ui.widgets.buttons import Button
from ui.widgets.cards import Card
from ui.widgets.labels import PlainLabel
from ui.widgets.note_edit import LineEdit
from ui.workbench import Workbench

USUAL_MINUTES: Final = 15
FRAME: Final = "agenda:"
_MINUTES_BEHIND = re.compile(r"^(?P<title>.*\S)\s+(?P<minutes>\d{1,3})(?:\s*min\.?)?$", re.IGNORECASE)


class AgendaCard(Card):
    """`prepare_wanted` where there is no agenda yet, `there_wanted` carries the key of the step a point came from."""

    prepare_wanted = Signal()
    there_wanted = Signal(str)

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        self._sum = PlainLabel("", role="small", tone="muted")
        super().__init__(_("Agenda"), self._sum, parent)
        self._bench = workbench
        self._desk: Desk | None = None
        self.points = TickList(
            _("Agenda"),
            (
                Act(name="up", words=_("Move up"), key=Qt.Key.Key_Up, keys="Alt+Up", alt=True),
                Act(name="down", words=_("Move down"), key=Qt.Key.Key_Down, keys="Alt+Down", alt=True),
                Act(name="go", words=_("Go there"), key=Qt.Key.Key_G, keys="G"),
                Act(name="remove", words=_("Take it off the agenda"), key=Qt.Key.Key_Delete, keys="Del"),
            ),
            settings=workbench.settings,
            open_words=_("Change it, or write what came of it…"),
            tick_words=_("Tick it off"),
            untick_words=_("Open it again"),
        )
        self.points.ticked.connect(self._tick)
        self.points.opened.connect(self._change)
        self.points.wanted.connect(self._act)
        self.nothing = PlainLabel(
            _("No agenda yet: it is made from the next steps, so that it fits into the hours of the visit."),
            tone="muted",
            wrap=True,
        )
        self.prepare_button = Button(_("Prepare"), keys="P", icon_name="clipboard-list")
        self.prepare_button.clicked.connect(self.prepare_wanted)
        self.new = LineEdit(
            _("New point"), placeholder=_("One more point; minutes at the end: Walk round 20")
        )
        self.new.returnPressed.connect(self.add_point)
        self.add_button = Button(_("Add"), kind="link")
        self.add_button.clicked.connect(self.add_point)
        self._adding = QWidget()
        line = QHBoxLayout(self._adding)
        line.setContentsMargins(0, 8, 0, 0)
        line.setSpacing(4)
        line.addWidget(self.new, 1)
        line.addWidget(self.add_button)
        self.body.addWidget(self.nothing)
        self.body.addSpacing(6)
        self.body.addWidget(self.prepare_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.points)
        self.body.addWidget(self._adding)

    def show_desk(self, desk: Desk) -> None:
        """Show the agenda of this visit."""
        is_same = self._desk is not None and self._desk.visit.id == desk.visit.id
        self._desk = desk
        view = desk.view
        if not is_same:
            self.new.set_text("")
        self.points.is_read_only = not desk.is_writable
        lines = [
            _line(item, f"{start:%H:%M}" if start else "")
            for item, start in zip(view.items, view.starts, strict=True)
        ]
        self.points.show_lines(lines, allowed=_allowed(view.items))
        has_any = bool(view.items)
        can_prepare = desk.is_writable and view.visit.state is not VisitState.CLOSED
        self.points.setVisible(has_any)
        self.nothing.setVisible(not has_any)
        self.prepare_button.setVisible(not has_any and can_prepare)
        self._adding.setVisible(desk.is_writable)
        self._sum.setText(_sum_words(desk))
        self._sum.set_tone("warn" if view.minutes_of_agenda > view.visit.minutes_planned else "muted")

    def add_point(self) -> None:
        """What is typed becomes a point; a number at its end is its minutes."""
        from qma_app.services.visits import add_item

        if self._desk is None:
            return
        title, minutes = read_point(self.new.text())
        if title and self._bench.do(add_item, self._desk.visit.id, title, minutes=minutes) is not None:
            self.new.set_text("")

    def _item(self, key: str) -> AgendaItem | None:
        items = self._desk.view.items if self._desk is not None else ()
        return next((item for item in items if item.id == key), None)

    def _tick(self, key: str) -> None:
        from qma_app.services.visits import tick_item, untick_item

        item = self._item(key)
        if item is not None:
            self._bench.do(untick_item if item.done_at else tick_item, item.id)

    def _change(self, key: str) -> None:
        from qma_app.services.visits import change_item
        from ui.dialogs.agenda_point import AgendaPointDialog

        item = self._item(key)
        if item is None or self.points.is_read_only:
            return
        answer = AgendaPointDialog.ask(self, item)
        if answer is not None and answer:
            self._bench.do(change_item, item.id, **answer)
        self.points.focus(key)

    def _act(self, name: str, key: str) -> None:
        from qma_app.services.visits import move_item, remove_item

        item = self._item(key)
        if item is None:
            return
        if name == "go":
            self.there_wanted.emit(item.step)
        elif name == "remove":
            if self._bench.do(remove_item, AgendaItemId(key)) is not None:
                self._bench.deleted.emit(_("“{title}” was taken off the agenda.").format(title=item.title))
        else:
            place = item.place + (-1 if name == "up" else 1)
            self._bench.do(move_item, item.id, place=place, merge_key=f"agenda place {key}")
            self.points.focus(key)


def read_point(text: str) -> tuple[str, int]:
    """Title and minutes of a point as typed: `Walk round 20`; fifteen minutes where none are named."""
    text = " ".join(text.split())
    found = _MINUTES_BEHIND.match(text)
    return (found["title"], int(found["minutes"])) if found else (text, USUAL_MINUTES)


def _line(item: AgendaItem, start: str) -> TickLine:
    title, _sign, rest = item.title.partition(" · ")
    return TickLine(
        key=item.id,
        strong=title,
        rest=f"· {rest}" if rest else "",
        detail=" ".join((item.outcome or item.reason).split()),
        lead=start or "–",
        right=minutes_words(item.minutes),
        is_done=item.done_at is not None,
    )


def _allowed(items: tuple[AgendaItem, ...]) -> dict[str, frozenset[str]]:
    """Only what came from a step leads anywhere."""
    everything = frozenset({"up", "down", "remove"})
    return {
        item.id: everything | {"go"} if item.step and not item.step.startswith(FRAME) else everything
        for item in items
    }


def _sum_words(desk: Desk) -> str:
    view = desk.view
    if not view.items:
        return ""
    return _("{used} of {planned}").format(
        used=minutes_words(view.minutes_of_agenda), planned=minutes_words(view.visit.minutes_planned)
    )
