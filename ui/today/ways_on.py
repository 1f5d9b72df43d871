"""Where the buttons and keys of Today lead: on with the checklist, to the visit, onto paper, into an assessment that is begun."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.visit import VisitState
from qma_app.i18n import _
from qma_app.services.today import TodayView
from qma_app.services.today_programme import TodayProgramme
from ui.places import VISITS, Place
from ui.shortcuts import Command
from ui.today import words
from ui.workbench import Workbench


class WaysOn(QObject):
    """`going` leads there; without a dealership none of them does anything."""

    going = Signal(object)  # Place

    def __init__(self, workbench: Workbench, page: QWidget) -> None:
        super().__init__(page)
        self._bench, self._page = workbench, page
        self._view: TodayView | None = None
        self._programme: TodayProgramme | None = None

    def turn_to(self, view: TodayView | None, programme: TodayProgramme | None) -> None:
        """What Today shows; None while there is no dealership."""
        self._view, self._programme = view, programme

    def continue_checklist(self) -> None:
        """Go to the next checkpoint nobody has rated; without an open assessment to the checklists as they are."""
        if self._view is not None:
            self.going.emit(words.resume_place(self._view) or self._place("checklists"))

    def preview_report(self) -> None:
        """See the open assessment, or the newest one, on paper."""
        if self._view is None or not self._view.columns:
            return
        current = self._view.resume.assessment if self._view.resume else self._view.columns[-1].assessment
        self.going.emit(self._place("reports", assessment_id=current.id))

    def open_visit(self) -> None:
        """The desk of the visit: agenda, notes, what is agreed."""
        visit = self._programme.visit if self._programme is not None else None
        if visit is not None:
            self.going.emit(self._place("journey", view=VISITS, visit_id=visit.id))

    def start_visit(self) -> None:
        """The clock of today's visit starts, and its desk is shown."""
        from ui.visit.acts import VisitActs

        visit = self._programme.visit if self._programme is not None else None
        if visit is not None and visit.state is VisitState.PLANNED:
            VisitActs(self._bench, self._page).start_or_pause(visit)
            self.open_visit()

    def start_baseline(self) -> None:
        """The first assessment over every area that applies, and straight into it."""
        self._start_assessment(AssessmentKind.BASELINE)

    def start_next(self) -> None:
        """The next progress assessment, after the last one was completed."""
        self._start_assessment(AssessmentKind.PROGRESS)

    def start_asked(self) -> None:
        """An assessment of the kind somebody chooses; the first one is the baseline."""
        from ui.checklists.assessing import AssessmentDesk

        if self._view is not None and not self._view.columns:
            self.start_baseline()
            return
        started = AssessmentDesk(self._bench, self._page).start(has_baseline=True)
        if started is not None:
            self.going.emit(self._place("checklists", assessment_id=started))

    def show_readiness(self) -> None:
        """All that is known of how an audit would end."""
        self.going.emit(self._place("journey", view="readiness"))

    def commands(self) -> tuple[Command, ...]:
        """What the palette offers of them."""
        view, visit = self._view, self._programme.visit if self._programme is not None else None
        found = []
        if visit is not None:
            found.append(Command(title=_("Open the visit"), run=self.open_visit, icon="calendar-days"))
        if view is None or not view.columns:
            baseline = Command(title=_("Start baseline"), run=self.start_baseline, icon="clipboard-list")
            return (*found, baseline)
        return (
            *found,
            Command(
                title=_("Continue checklist"),
                run=self.continue_checklist,
                keys="Return",
                icon="clipboard-check",
            ),
            Command(title=_("Report preview"), run=self.preview_report, icon="file-text"),
        )

    def _start_assessment(self, kind: AssessmentKind) -> None:
        from qma_app.services.assessments import start_assessment

        if self._view is None:
            return
        changes = self._bench.do(start_assessment, engagement_id=self._view.engagement.id, kind=kind)
        if changes is not None:
            self.going.emit(self._place("checklists", assessment_id=changes.made(Assessment).id))

    def _place(
        self,
        page: str,
        *,
        assessment_id: str | None = None,
        view: str | None = None,
        visit_id: str | None = None,
    ) -> Place:
        return Place(
            page=page,
            dealership_id=self._bench.dealership_id,
            assessment_id=assessment_id,
            view=view,
            visit_id=visit_id,
        )
