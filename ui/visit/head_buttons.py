"""The buttons of a visit, of which those are shown that make sense as it stands, and its clock."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtWidgets import QWidget

from qma_app.domain.visit import Visit, VisitState
from qma_app.i18n import _
from ui.visit.reading import Desk
from ui.visit.words import worked_words
from ui.widgets.buttons import Button, MenuButton
from ui.widgets.chips import Chip

_S = VisitState


class VisitButtons:
    """`all` in the order they stand."""

    def __init__(self) -> None:
        self.clock = Chip("", tone="accent")
        self.prepare = Button(_("Prepare"), keys="P")
        self.minutes = Button(_("Minutes on paper"), keys="M")
        self.pause = Button(_("Pause"), keys="S")
        self.start = Button(_("Start visit"), kind="primary", keys="S")
        self.start_early = Button(_("Start visit"), keys="S")
        self.go_on = Button(_("Go on"), keys="S")
        self.close_visit = Button(_("Close visit…"), kind="primary", keys="C")
        self.sign = Button(_("Sign"), kind="primary", keys="C")
        self.more = MenuButton(_("More"))
        self.all: tuple[QWidget, ...] = (
            self.clock,
            self.prepare,
            self.minutes,
            self.pause,
            self.start_early,
            self.start,
            self.go_on,
            self.close_visit,
            self.sign,
            self.more,
        )

    def show_desk(self, desk: Desk | None, today: date) -> None:
        """Show what can be done with this visit; to start is what counts only once its day has come."""
        state = desk.visit.state if desk is not None else None
        is_early = desk is not None and desk.visit.planned_on > today
        shown = {
            self.prepare: (_S.PLANNED,),
            self.minutes: (_S.RUNNING, _S.PAUSED, _S.CLOSED),
            self.pause: (_S.RUNNING,),
            self.start: () if is_early else (_S.PLANNED,),
            self.start_early: (_S.PLANNED,) if is_early else (),
            self.go_on: (_S.PAUSED,),
            self.close_visit: (_S.RUNNING, _S.PAUSED),
            self.sign: () if desk is None or desk.visit.signatures else (_S.CLOSED,),
            self.more: tuple(_S),
        }
        for button, states in shown.items():
            button.setVisible(state in states)
        self.clock.setVisible(state in (_S.RUNNING, _S.PAUSED))

    def show_clock(self, visit: Visit, now: datetime) -> None:
        """How long somebody has worked on it."""
        worked = worked_words(visit.worked(now))
        is_running = visit.state is _S.RUNNING
        self.clock.say(
            worked if is_running else _("paused at {worked}").format(worked=worked),
            "accent" if is_running else "neutral",
        )
        self.clock.setToolTip(
            _("The clock of the visit runs.") if is_running else _("The clock of the visit stands still.")
        )
