"""The plan of a programme as people use it: opening what is shown, moving it, planning visits, passing gates."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from qma_app.domain.ids import PlannedAreaId
from qma_app.i18n import _
from ui.journey.plan_acts import PlanActs
from ui.journey.plan_shown import PlanShown
from ui.journey.timeline_pieces import Kind, Piece
from ui.journey.views import view_of
from ui.places import GATE, Place
from ui.shortcuts import Command, LetterKey, Shortcut
from ui.widgets.announcing import announce
from ui.workbench import Workbench

if TYPE_CHECKING:
    from qma_app.services.journey import AreaBar, PhaseBar

_STONES: dict[str, str] = {"charter": "agreement", "review": "reviews"}
"""Which view shows what a milestone is about; the others are assessments."""


class PlanView(PlanShown):
    """An area is moved at once, a phase after a look at what follows."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        self.acts = PlanActs(workbench, self)
        self._is_gate_wanted = False
        self._connect()

    def _connect(self) -> None:
        acts, buttons = self.acts, self.head_buttons
        buttons.calendar_wanted.connect(acts.export_calendar)
        buttons.template_wanted.connect(acts.save_template)
        buttons.own_list_wanted.connect(acts.save_list)
        buttons.list_wanted.connect(acts.take_in_list)
        buttons.visit_wanted.connect(acts.plan_visit)
        buttons.plan_wanted.connect(acts.make_plan)
        buttons.acceptance_wanted.connect(acts.accept_plan)
        buttons.dates_wanted.connect(self.move_dates)
        self.empty.wanted.connect(acts.make_plan)
        self.timeline.opened.connect(self.open)
        self.timeline.moved.connect(self.shift)
        self.timeline.carried.connect(self.carry)
        self.timeline.zoomed.connect(self._show_zoom)
        self.table.piece_opened.connect(self.open)
        self.table.carried.connect(self.carry)
        self.late.wanted.connect(self.go_to)
        self.zoom.zoom_wanted.connect(self.timeline.zoom_by)
        self.zoom.face_wanted.connect(self.show_face)
        self.gate.wanted.connect(self.go_to)
        self.gate.stating.connect(self._state)
        self.gate.passing.connect(self.pass_gate)
        letters = {"T": self.toggle_table, "M": self.move_dates, "G": self.pass_gate, "N": acts.plan_visit}
        for letter, act in letters.items():
            LetterKey(letter, self, act, is_on=self._has_letters)

    def go(self, place: Place) -> None:
        self._is_gate_wanted = place.view == GATE
        if self._is_gate_wanted:
            self.show_gate()
        elif place.area_id is not None:
            self._choose(Kind.AREA, place.area_id)

    def take_focus(self) -> None:
        """Onto the gate where that was asked for; the plan where it was not."""
        is_gate, self._is_gate_wanted = self._is_gate_wanted, False
        if is_gate and self.view is not None and self.view.has_plan:
            self.show_gate()
        else:
            super().take_focus()

    def new(self) -> None:
        self.acts.plan_visit()

    def open(self, piece: Piece) -> None:
        """Show what is behind a bar, dot or diamond."""
        match piece.kind:
            case Kind.PHASE:
                self._open_phase(piece)
            case Kind.AREA:
                self.going.emit(self._elsewhere("checklists", area_id=piece.key))
            case Kind.VISIT:
                self.going.emit(self._elsewhere("journey", view="visits", visit_id=piece.key))
            case _:
                code = piece.key.split(" ", 1)[0]
                if code in _STONES and view_of(_STONES[code]) is not None:
                    self.going.emit(self._elsewhere("journey", view=_STONES[code]))
                elif code != "plan":
                    self.going.emit(self._elsewhere("checklists"))

    def shift(self, piece: Piece, first: date, last: date) -> None:
        """Give a bar other days: an area at once, a phase after a look at what follows."""
        if piece.kind is Kind.PHASE:
            self._ask_phase(piece, (first, last))
            return
        from qma_app.services.plan_moving import move_area

        bar = self._area(piece)
        if bar is None or bar.planned_area_id is None:
            return
        done = self.workbench.do(
            move_area,
            bar.planned_area_id,
            starts_on=first,
            ends_on=last,
            merge_key=f"move {bar.planned_area_id}",
        )
        if done is not None:
            self._say(piece)

    def carry(self, piece: Piece, rows: int) -> None:
        """Put an area so many rows further down (up when negative), into the wave of the area it then follows or leads."""
        from qma_app.services.plan_moving import move_area

        bars = [
            bar for bar in (self.view.areas if self.view else ()) if bar.planned_area_id and bar.starts_on
        ]
        bar = self._area(piece)
        if bar is None or bar not in bars:
            return
        place = min(max(0, bars.index(bar) + rows), len(bars) - 1)
        target = bars[place]
        if target is bar:
            return
        wave: dict[str, Any] = {} if target.wave == bar.wave else {"wave": target.wave}
        done = self.workbench.do(
            move_area, PlannedAreaId(bar.planned_area_id or ""), place=target.place, **wave
        )
        if done is not None:
            self._choose(piece.kind, piece.key)
            self._say(piece)

    def move_dates(self) -> None:
        """M: type the days of what is chosen."""
        piece = self.chosen_piece
        if piece is None:
            return
        if piece.kind is Kind.PHASE:
            self._open_phase(piece)
        elif piece.kind is Kind.AREA and (bar := self._area(piece)) is not None and piece.is_movable:
            from ui.journey.phase_moving import MoveArea

            waves = max((one.wave for one in self.view.phases), default=1) if self.view else 1
            MoveArea.ask(self.workbench, bar, waves, self)
        elif piece.kind is Kind.VISIT:
            self.open(piece)

    def pass_gate(self) -> None:
        """G: pass the gate ahead."""
        if self.view is not None and self.view.has_plan:
            self.acts.pass_gate(self.view)

    def go_to(self, spot: object) -> None:
        """Show the place of a record."""
        from qma_app.domain.spot import Spot
        from ui.places import place_of

        if not isinstance(spot, Spot):
            return
        if spot.page == "journey" and spot.view == "gate":
            self.show_gate()
        else:
            self.going.emit(place_of(spot, self.workbench.dealership_id))

    def show_gate(self) -> None:
        """Put the keyboard on the gate ahead."""
        self._scroll.ensureWidgetVisible(self.gate)
        self.gate.take_focus()

    def shortcuts(self) -> tuple[Shortcut, ...]:
        return (
            Shortcut(keys="Return", title=_("Open what is chosen on the timeline")),
            Shortcut(keys="Alt+Left", title=_("Move the bar chosen a week earlier; Alt+Right later")),
            Shortcut(keys="Alt+Shift+Right", title=_("Let it end a week later; Alt+Shift+Left earlier")),
            Shortcut(
                keys="Alt+Up",
                title=_("Area chosen earlier in the order, in another wave on its days; Alt+Down later"),
            ),
            Shortcut(keys="+", title=_("Look nearer; - further away")),
            Shortcut(keys="T", title=_("The same as a table")),
            Shortcut(keys="M", title=_("Move dates of what is chosen")),
            Shortcut(keys="G", title=_("Pass the gate ahead")),
            Shortcut(keys="N", title=_("Plan a visit")),
        )

    def commands(self) -> tuple[Command, ...]:
        if self.view is None or not self.view.has_plan:
            return (Command(title=_("Propose a plan"), run=self.acts.make_plan, icon=self._icon),)
        return (
            Command(title=_("Plan a visit"), run=self.acts.plan_visit, keys="N", icon="calendar-days"),
            Command(title=_("Pass the gate ahead"), run=self.pass_gate, keys="G", icon="milestone"),
            Command(title=_("Show the plan as a table"), run=self.toggle_table, keys="T", icon=self._icon),
            Command(title=_("Propose the plan anew"), run=self.acts.make_plan, icon=self._icon),
            Command(title=_("Note that the plan was accepted"), run=self.acts.accept_plan, icon="signature"),
            Command(title=_("Export calendar"), run=self.acts.export_calendar, icon="calendar-days"),
            Command(title=_("Take in a list of visits"), run=self.acts.take_in_list, icon="file-spreadsheet"),
        )

    _icon = "route"

    def _open_phase(self, piece: Piece) -> None:
        if piece.is_movable:
            self._ask_phase(piece, (piece.first, piece.last))
        elif (bar := self._phase(piece)) is not None and bar.id is not None:
            from ui.journey.gate_passed import PassedGate

            PassedGate.show_gate(self.workbench, bar.id, self)

    def _ask_phase(self, piece: Piece, wanted: tuple[date, date]) -> None:
        from ui.journey.phase_moving import MovePhase

        bar, view = self._phase(piece), self.view
        if bar is not None and bar.id is not None and view is not None:
            titles: dict[str, str] = {one.id: one.title for one in view.phases if one.id is not None}
            titles |= {one.area_id: one.title for one in view.areas}
            MovePhase.ask(self.workbench, bar.id, bar, wanted, titles, self)

    def _phase(self, piece: Piece) -> PhaseBar | None:
        bars = self.view.phases if self.view is not None else ()
        return next((bar for bar in bars if bar.id == piece.key), None)

    def _area(self, piece: Piece) -> AreaBar | None:
        bars = self.view.areas if self.view is not None else ()
        return next((bar for bar in bars if bar.area_id == piece.key), None)

    def _state(self, condition: object) -> None:
        from qma_app.services.gates import ConditionView

        if self.view is not None and isinstance(condition, ConditionView):
            self.acts.state_condition(self.view, condition)

    def _say(self, piece: Piece) -> None:
        """What was moved is said with the days it has now."""
        bar = self._area(piece)
        found = self.timeline.current
        if bar is not None and found is not None:
            announce(self, found.spoken)

    def _elsewhere(self, page: str, **ids: str) -> Place:
        return Place(page=page, dealership_id=self.workbench.dealership_id, **ids)
