"""What somebody does with a next step: does it now, ticks it off, puts it off."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from qma_app.services.today import TodayView
from qma_app.services.today_programme import TodayProgramme, TodayStep
from ui.places import VISITS, Place, place_of
from ui.workbench import Workbench


class StepActs(QObject):
    """`going` leads to the record a step is about; `start_wanted` asks for an assessment."""

    going = Signal(object)  # Place
    start_wanted = Signal()

    def __init__(self, workbench: Workbench, page: QWidget) -> None:
        super().__init__(page)
        self._bench, self._page = workbench, page
        self._view: TodayView | None = None
        self._programme: TodayProgramme | None = None

    def turn_to(self, view: TodayView, programme: TodayProgramme) -> None:
        """The programme the steps belong to."""
        self._view, self._programme = view, programme

    def do_now(self, step: TodayStep) -> None:
        """Jump to the record; months of a KPI are written on the spot, an assessment is begun."""
        view = self._view
        spot = step.step.spot if step.step is not None else None
        if view is None:
            return
        if spot is None or (spot.page == "today" and spot.visit_id is None):
            self._to_the_visit()
        elif spot.kpi is not None:
            from ui.dialogs.kpi_readings import KpiReadings

            KpiReadings.ask(self._bench, view.engagement.id, spot.kpi, self._page)
        elif spot.page == "checklists" and spot.view == "start":
            self.start_wanted.emit()
        else:
            self.going.emit(place_of(spot, self._bench.dealership_id))

    def tick(self, step: TodayStep) -> None:
        """It is done, or open again: on the agenda where it stands there, else in the list of steps."""
        from qma_app.services.next_steps import tick_step, untick_step
        from qma_app.services.visits import tick_item, untick_item

        if self._view is None:
            return
        if step.item is not None and step.item.done_at is not None:
            self._bench.do(untick_item, step.item.id)
        elif step.item is not None and not step.is_done:
            self._bench.do(tick_item, step.item.id)
        elif step.is_done:
            self._bench.do(untick_step, self._view.engagement.id, step.key)
        else:
            self._bench.do(tick_step, self._view.engagement.id, step.key, title=step.title)

    def postpone(self, step: TodayStep) -> None:
        """It waits until a day, for a reason."""
        from qma_app.services.next_steps import postpone_step
        from ui.dialogs.postpone_step import PostponeStepDialog

        if self._view is None or step.step is None:
            return
        following = self._programme.next_visit if self._programme is not None else None
        answer = PostponeStepDialog.ask(
            self._page,
            step.title,
            self._bench.workspace.today(),
            next_visit=following.planned_on if following is not None else None,
        )
        if answer is not None:
            self._bench.do(
                postpone_step,
                self._view.engagement.id,
                step.key,
                until=answer.until,
                reason=answer.reason,
                title=step.title,
            )

    def _to_the_visit(self) -> None:
        visit = self._programme.visit if self._programme is not None else None
        if visit is not None:
            self.going.emit(
                Place(page="journey", dealership_id=self._bench.dealership_id, view=VISITS, visit_id=visit.id)
            )
