"""What was promised before this visit and is due: kept or broken in place, so that the visit opens with it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from qma_app.domain.promise import Promise, PromiseState
from qma_app.domain.wording import promise_state_title
from qma_app.i18n import _, day_text, ngettext
from ui.places import Place
from ui.today.tick_list import Act, TickList
from ui.today.tick_row import TickLine
from ui.visit.reading import Desk
from ui.widgets.cards import Card
from ui.widgets.labels import PlainLabel
from ui.workbench import Workbench


class PromisesCard(Card):
    """Space or K keeps, B breaks, and what was said is taken back by the same key."""

    going = Signal(object)  # Place

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(
            _("What was promised"), PlainLabel(_("K kept · B broken"), role="small", tone="muted"), parent
        )
        self._bench = workbench
        self._desk: Desk | None = None
        self.promises = TickList(
            _("What was promised"),
            (
                Act(name="keep", words=_("It was kept"), key=Qt.Key.Key_K, keys="K"),
                Act(name="break", words=_("It is broken…"), key=Qt.Key.Key_B, keys="B"),
            ),
            settings=workbench.settings,
            open_words=_("Open the promise book"),
            tick_words=_("Tick it off"),
            untick_words=_("Open it again"),
        )
        self.promises.ticked.connect(self._tick)
        self.promises.wanted.connect(self._act)
        self.promises.opened.connect(self._open)
        self.body.addWidget(self.promises)

    def show_desk(self, desk: Desk) -> None:
        """Show what is due at this visit; without anything the card is not there."""
        self._desk = desk
        promises = desk.view.promises_due
        on = desk.visit.day if desk.visit.clock else self._bench.workspace.today()
        self.promises.show_lines([promise_line(one, on) for one in promises])
        self.setVisible(bool(promises))

    def _promise(self, key: str) -> Promise | None:
        due = self._desk.view.promises_due if self._desk is not None else ()
        return next((one for one in due if one.id == key), None)

    def _tick(self, key: str) -> None:
        from qma_app.services.promises import keep_promise, reopen_promise

        promise = self._promise(key)
        if promise is not None:
            self._bench.do(reopen_promise if promise.is_settled else keep_promise, promise.id)

    def _act(self, name: str, key: str) -> None:
        from qma_app.services.promises import break_promise, keep_promise
        from ui.dialogs.reason import ReasonDialog

        promise = self._promise(key)
        if promise is None:
            return
        if name == "keep":
            self._bench.do(keep_promise, promise.id)
            return
        said = ReasonDialog.ask(
            self,
            _("The promise is broken"),
            f"{promise.what} · {promise.who}",
            accept=_("Note it as broken"),
        )
        if said is not None:
            self._bench.do(break_promise, promise.id, outcome=said)
        self.promises.focus(key)

    def _open(self, _key: str) -> None:
        self.going.emit(Place(page="journey", dealership_id=self._bench.dealership_id, view="promises"))


def promise_line(promise: Promise, on: date) -> TickLine:
    """A promise as a line: what, who, until when, and how it stands."""
    state = promise.state_on(max(on, promise.kept_on or on, promise.broken_on or on))
    said, tone = _state_words(promise, state, on)
    due = _("due {day}").format(day=day_text(promise.due_on)) if promise.due_on else ""
    return TickLine(
        key=promise.id,
        strong=" ".join(promise.what.split()),
        detail=" · ".join(filter(None, (promise.who, said, due, promise.outcome))),
        detail_tone=tone if said else "muted",
        is_done=promise.is_settled,
    )


def _state_words(promise: Promise, state: PromiseState, on: date) -> tuple[str, str]:
    if state is PromiseState.LATE and promise.due_on is not None:
        days = (on - promise.due_on).days
        return ngettext("{count} day late", "{count} days late", days).format(count=days), "bad"
    if state is PromiseState.OPEN:
        return _("due today") if promise.due_on == on else "", "warn"
    tone = {PromiseState.KEPT: "ok", PromiseState.KEPT_LATE: "warn", PromiseState.BROKEN: "bad"}.get(state)
    return (promise_state_title(state), tone) if tone else ("", "muted")
