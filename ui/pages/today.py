"""Where every working day begins: the visit or the week, what comes next, where the dealership stands, and what it brought so far."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QStackedLayout, QVBoxLayout, QWidget

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.finding import Finding
from qma_app.domain.ids import DealershipId
from qma_app.domain.ports import Reader
from qma_app.domain.record import Changes
from qma_app.domain.visit import VisitState
from qma_app.i18n import _
from qma_app.services.findings import list_findings
from qma_app.services.today import TodayView, today
from qma_app.services.today_programme import TodayProgramme, TodayStep, today_programme
from ui.pages.page import GAP, MARGIN, Page, scrolling
from ui.places import VISITS, Place
from ui.shortcuts import Command, Shortcut
from ui.today import programme_words, words
from ui.today.cards import FindingsCard, OverallCard, StandingCard, StepsCard
from ui.today.columns import Columns
from ui.today.done_here import DoneHere
from ui.today.head import TodayHead
from ui.today.processes import ProcessesCard
from ui.today.step_acts import StepActs
from ui.today.steps_card import NextStepsCard
from ui.today.trend import TrendCard
from ui.today.year_cards import YearCards
from ui.workbench import Workbench

if TYPE_CHECKING:
    from qma_app.services.readiness import ReadinessView
    from qma_app.services.today_reported import ReportedStanding

_TICK_MS = 20_000
_FURTHER = 3
"""Cards about the programme and those about the standing alone, together, beside the ring."""


class TodayPage(Page):
    """Reads once, shows everything; each row and figure leads to what it was made of."""

    key: ClassVar[str] = "today"
    title: ClassVar[str] = _("Today")
    icon: ClassVar[str] = "house"
    position: ClassVar[int] = 1

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        self._view: TodayView | None = None
        self._programme: TodayProgramme | None = None
        self._done_here = DoneHere()
        self.acts = StepActs(workbench, self)
        self.acts.going.connect(self.going)
        self.acts.start_wanted.connect(self.start_asked)
        self._build_head()
        self._build_cards()
        full = QWidget()
        column = QVBoxLayout(full)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(GAP)
        column.addWidget(self.head)
        column.addWidget(self._columns, 1)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(scrolling(full))
        # How an audit would end is worth its reading, but not a later first sight of everything else.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self.show_readiness)
        self._clock = QTimer(self)
        self._clock.setInterval(_TICK_MS)
        self._clock.timeout.connect(self._say_head)

    def _build_head(self) -> None:
        self.head = TodayHead()
        self.head.preview.clicked.connect(self.preview_report)
        self.head.visit.clicked.connect(self.open_visit)
        self.head.begin.clicked.connect(self.start_visit)
        self.head.go_on.clicked.connect(self.continue_checklist)
        self.head.baseline.clicked.connect(self.start_baseline)
        self.head.start.clicked.connect(self.start_next)

    def _build_cards(self) -> None:
        self.steps = NextStepsCard(self.workbench.settings)
        self.standing = StandingCard()
        self.processes = ProcessesCard()
        self.overall = OverallCard()
        self.gaps = StepsCard(_("Most urgent gaps"))
        self.findings = FindingsCard()
        self.trend = TrendCard()
        self._columns = Columns()
        self._columns.left.addWidget(self.steps)
        self._columns.left.addWidget(self.standing)
        self._columns.left.addWidget(self.processes, 1)
        for card in (self.overall, self.gaps, self.findings):
            self._columns.right.addWidget(card)
        self._columns.right.addWidget(self.trend, 1)
        self._columns.right.addStretch(0)
        self._columns.left.addStretch(0)
        for leading in (self.standing, self.processes, self.gaps, self.findings):
            leading.wanted.connect(self.going)
        self.year = YearCards(self._columns.right, self.gaps, self)
        self.year.wanted.connect(self.going)
        self.year.all_wanted.connect(self._show_all_readiness)
        self.standing.switched.connect(self.show_published_areas)
        self.steps.wanted.connect(self.acts.do_now)
        self.steps.ticked.connect(self.acts.tick)
        self.steps.postponed.connect(self._postpone)

    def refresh(self) -> None:
        if self.workbench.dealership_id is None:
            self._view = self._programme = None
            return
        on = self.workbench.workspace.today()
        view, programme, findings, reported = self.workbench.read(
            _everything,
            DealershipId(self.workbench.dealership_id),
            on=on,
            is_by_published=self.workbench.settings.published_areas,
        )
        self._view, self._programme = view, programme
        self.acts.turn_to(view, programme)
        self._show(view, programme, findings, reported, on)
        self._soon.start()
        self.status_changed.emit(self.status())

    def _show(
        self,
        view: TodayView,
        programme: TodayProgramme,
        findings: tuple[Finding, ...],
        reported: ReportedStanding | None,
        on: date,
    ) -> None:
        self._say_head()
        self.head.show_state(view, programme, on)
        steps = self._done_here.added(view.engagement.id, on, programme.steps)
        self.steps.show_steps(programme_words.steps_title(programme, on), steps)
        self.standing.setVisible(bool(view.columns))
        if view.columns:
            self.standing.show_view(view, reported)
        self.processes.show_view(view)
        # What is left of the height goes to the processes; the table takes it only while they are not there.
        self._columns.left.setStretchFactor(
            self.standing, 0 if self.processes.isVisibleTo(self._columns) else 1
        )
        self.overall.setVisible(bool(view.columns))
        self.overall.show_view(view, programme_words.audit_words(programme))
        self.year.show_programme(programme, self.workbench.dealership_id)
        self._show_further(view, programme, findings, on)

    def _show_further(
        self, view: TodayView, programme: TodayProgramme, findings: tuple[Finding, ...], on: date
    ) -> None:
        """Findings, gaps and trend as far as the programme leaves room: what is late, its effect and the audit come first."""
        room = _FURTHER - bool(programme.late) - bool(programme.effects) - _has_audit(view, programme)
        self.gaps.show_steps(words.gap_steps(view))
        self.findings.show_findings(
            view, findings, on, most=words.DUE_SHOWN if room == _FURTHER else words.DUE_SHOWN // 2
        )
        self.trend.show_view(view, on)
        for card in (self.findings, self.gaps, self.trend):
            is_there = card.isVisibleTo(self._columns)
            card.setVisible(is_there and room > 0)
            room -= is_there
        # Below the last card is free room while there is no trend: no card grows only because there is space.
        self._columns.right.setStretch(
            self._columns.right.count() - 1, 0 if self.trend.isVisibleTo(self._columns) else 1
        )

    def show_readiness(self) -> None:
        """How an audit would end today; read after everything else is shown."""
        if self._view is None or not self.workbench.has_workspace or self.workbench.engagement is None:
            return
        found, on = None, self.workbench.workspace.today()
        if self._programme is not None and _has_audit(self._view, self._programme):
            found = self.workbench.read(_readiness, self._view, self._programme, on=on)
        self.year.show_readiness(found, self.workbench.dealership_id)

    def _say_head(self) -> None:
        view, programme = self._view, self._programme
        if view is None or programme is None or not self.workbench.has_workspace:
            return
        from qma_app.services.working import current_worker

        workspace = self.workbench.workspace
        worker = current_worker(workspace) if programme.visit is None else None
        self.head.say_state(
            view, programme, workspace.today(), workspace.clock(), worker.text if worker else ""
        )

    def apply_changes(self, changes: Changes) -> None:
        before = self._programme
        self.refresh()
        if before is not None and self._programme is not None and self._view is not None:
            on = self.workbench.workspace.today()
            engagement = self._view.engagement.id
            if self._done_here.settled(engagement, on, before.steps, self._programme, changes):
                steps = self._done_here.added(engagement, on, self._programme.steps)
                self.steps.show_steps(programme_words.steps_title(self._programme, on), steps)

    def status(self) -> str:
        view = self._view
        if view is None or view.resume is None:
            return ""
        return _("{decided} of {total} checkpoints decided").format(
            decided=view.resume.decided, total=view.resume.total
        )

    def take_focus(self) -> None:
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on with the checklist, unless a button has the focus: then it presses that one; Down goes into the steps."""
        if event.key() == Qt.Key.Key_Down and not event.modifiers() and self.hasFocus():
            self.steps.list.focus(next((one.key for one in self.steps.steps if not one.is_done), ""))
            return
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            return
        focused = QApplication.focusWidget()
        if isinstance(focused, QAbstractButton) and self.isAncestorOf(focused):
            focused.click()
        elif self._view is not None and not self._view.columns:
            self.start_baseline()
        else:
            self.continue_checklist()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._clock.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._clock.stop()

    def continue_checklist(self) -> None:
        """Go to the next checkpoint nobody has rated; without an open assessment to the checklists as they are."""
        if self._view is None:
            return
        self.going.emit(
            words.resume_place(self._view)
            or Place(page="checklists", dealership_id=self.workbench.dealership_id)
        )

    def preview_report(self) -> None:
        """See the open assessment, or the newest one, on paper."""
        if self._view is None or not self._view.columns:
            return
        current = self._view.resume.assessment if self._view.resume else self._view.columns[-1].assessment
        self.going.emit(
            Place(page="reports", dealership_id=self.workbench.dealership_id, assessment_id=current.id)
        )

    def open_visit(self) -> None:
        """The desk of the visit: agenda, notes, what is agreed."""
        visit = self._programme.visit if self._programme is not None else None
        if visit is not None:
            self.going.emit(
                Place(
                    page="journey",
                    dealership_id=self.workbench.dealership_id,
                    view=VISITS,
                    visit_id=visit.id,
                )
            )

    def start_visit(self) -> None:
        """The clock of today's visit starts, and its desk is shown."""
        from ui.visit.acts import VisitActs

        visit = self._programme.visit if self._programme is not None else None
        if visit is not None and visit.state is VisitState.PLANNED:
            VisitActs(self.workbench, self).start_or_pause(visit)
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
        started = AssessmentDesk(self.workbench, self).start(has_baseline=True)
        if started is not None:
            self.going.emit(
                Place(page="checklists", dealership_id=self.workbench.dealership_id, assessment_id=started)
            )

    def _start_assessment(self, kind: AssessmentKind) -> None:
        from qma_app.services.assessments import start_assessment

        if self._view is None:
            return
        changes = self.workbench.do(start_assessment, engagement_id=self._view.engagement.id, kind=kind)
        if changes is not None:
            started = changes.made(Assessment)
            self.going.emit(
                Place(page="checklists", dealership_id=self.workbench.dealership_id, assessment_id=started.id)
            )

    def _postpone(self, step: TodayStep) -> None:
        place = self.steps.list.place_of(step.key)
        self.acts.postpone(step)
        self.steps.list.focus_place(place)

    def _show_all_readiness(self) -> None:
        self.going.emit(Place(page="journey", dealership_id=self.workbench.dealership_id, view="readiness"))

    def show_published_areas(self, is_wanted: bool) -> None:
        """Show the standing by the published areas or by those of the standard, now and from now on."""
        self.workbench.settings.put("published_areas", is_wanted)
        self.refresh()

    def shortcuts(self) -> tuple[Shortcut, ...]:
        return (
            Shortcut(keys="Return", title=_("Continue the checklist where it was left")),
            Shortcut(keys="Down, Up", title=_("Walk the next steps; Enter does the one you are on")),
            Shortcut(keys="Space", title=_("Tick a step off, or open it again")),
            Shortcut(keys="P", title=_("Put a step off, with a day and a reason")),
        )

    def commands(self) -> tuple[Command, ...]:
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
            *self._switch_commands(view),
        )

    def _switch_commands(self, view: TodayView) -> tuple[Command, ...]:
        if not view.edition.reported_under:
            return ()
        is_by_published = self.workbench.settings.published_areas
        title = (
            _("Show the standing by areas") if is_by_published else _("Show the standing by published areas")
        )
        return (
            Command(
                title=title,
                run=partial(self.show_published_areas, not is_by_published),
                icon="layout-dashboard",
            ),
        )


def _has_audit(view: TodayView, programme: TodayProgramme) -> bool:
    """Whether an audit is planned and there is anything it could look at."""
    return bool(view.columns) and view.standing.overall is not None and programme.audit_on is not None


def _everything(
    reader: Reader, dealership_id: DealershipId, *, on: date, is_by_published: bool
) -> tuple[TodayView, TodayProgramme, tuple[Finding, ...], ReportedStanding | None]:
    view = today(reader, dealership_id, on=on)
    reported = None
    if is_by_published and view.edition.reported_under:
        from qma_app.services.today_reported import reported_today

        reported = reported_today(reader, view)
    programme = today_programme(reader, view.engagement.id, on=on)
    return view, programme, list_findings(reader, view.engagement.id), reported


def _readiness(reader: Reader, view: TodayView, programme: TodayProgramme, *, on: date) -> ReadinessView:
    """Rests on what Today has read already."""
    from qma_app.services.readiness import readiness

    return readiness(reader, view.engagement.id, on=on, ratings=view.ratings, steps=programme.waiting)
