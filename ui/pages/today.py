"""Where every working day begins: the visit or the week, what comes next, where the dealership stands, and what it brought so far."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QStackedLayout, QVBoxLayout, QWidget

from qma_app.domain.ids import DealershipId
from qma_app.domain.record import Changes
from qma_app.i18n import _
from qma_app.services.today import TodayView
from qma_app.services.today_programme import TodayProgramme, TodayStep
from ui.pages.page import GAP, MARGIN, Page, scrolling
from ui.shortcuts import Command, Shortcut
from ui.today import programme_words, words
from ui.today.cards import FindingsCard, OverallCard, StandingCard, StepsCard
from ui.today.columns import Columns
from ui.today.done_here import DoneHere
from ui.today.head import TodayHead
from ui.today.processes import ProcessesCard
from ui.today.reading import Read, has_audit, read_readiness, read_today
from ui.today.step_acts import StepActs
from ui.today.steps_card import NextStepsCard
from ui.today.trend import TrendCard
from ui.today.ways_on import WaysOn
from ui.today.year_cards import YearCards
from ui.workbench import Workbench

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
        self.ways_on = WaysOn(workbench, self)
        self.ways_on.going.connect(self.going)
        self.acts.start_wanted.connect(self.ways_on.start_asked)
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
        self.head, ways_on = TodayHead(), self.ways_on
        self.head.preview.clicked.connect(ways_on.preview_report)
        self.head.visit.clicked.connect(ways_on.open_visit)
        self.head.begin.clicked.connect(ways_on.start_visit)
        self.head.go_on.clicked.connect(ways_on.continue_checklist)
        self.head.baseline.clicked.connect(ways_on.start_baseline)
        self.head.start.clicked.connect(ways_on.start_next)

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
        self.year.all_wanted.connect(self.ways_on.show_readiness)
        self.standing.switched.connect(self.show_published_areas)
        self.steps.wanted.connect(self.acts.do_now)
        self.steps.ticked.connect(self.acts.tick)
        self.steps.postponed.connect(self._postpone)

    def refresh(self) -> None:
        if self.workbench.dealership_id is None:
            self._view = self._programme = None
            self.ways_on.turn_to(None, None)
            return
        read = self.workbench.read(
            read_today,
            DealershipId(self.workbench.dealership_id),
            on=self.workbench.workspace.today(),
            is_by_published=self.workbench.settings.published_areas,
        )
        self._view, self._programme = read.view, read.programme
        self.acts.turn_to(read.view, read.programme)
        self.ways_on.turn_to(read.view, read.programme)
        self._show(read)
        self._soon.start()
        self.status_changed.emit(self.status())

    def _show(self, read: Read) -> None:
        view, programme, on = read.view, read.programme, read.on
        self._say_head()
        self.head.show_state(view, programme, on)
        steps = self._done_here.added(view.engagement.id, on, programme.steps)
        self.steps.show_steps(programme_words.steps_title(programme, on), steps)
        self.standing.setVisible(bool(view.columns))
        if view.columns:
            self.standing.show_view(view, read.reported)
        self.processes.show_view(view)
        # What is left of the height goes to the processes; the table takes it only while they are not there.
        self._columns.left.setStretchFactor(
            self.standing, 0 if self.processes.isVisibleTo(self._columns) else 1
        )
        self.overall.setVisible(bool(view.columns))
        self.overall.show_view(view, programme_words.audit_words(programme))
        self.year.show_programme(programme, self.workbench.dealership_id)
        self._show_further(read)

    def _show_further(self, read: Read) -> None:
        """Findings, gaps and trend as far as the programme leaves room: what is late, its effect and the audit come first."""
        view, programme = read.view, read.programme
        room = _FURTHER - bool(programme.late) - bool(programme.effects) - has_audit(view, programme)
        self.gaps.show_steps(words.gap_steps(view))
        self.findings.show_findings(
            view, read.findings, read.on, most=words.DUE_SHOWN if room == _FURTHER else words.DUE_SHOWN // 2
        )
        self.trend.show_view(view, read.on)
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
        if self._programme is not None and has_audit(self._view, self._programme):
            found = self.workbench.read(read_readiness, self._view, self._programme, on=on)
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
            self.ways_on.start_baseline()
        else:
            self.ways_on.continue_checklist()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._clock.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._clock.stop()

    def _postpone(self, step: TodayStep) -> None:
        place = self.steps.list.place_of(step.key)
        self.acts.postpone(step)
        self.steps.list.focus_place(place)

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
        ways_on = self.ways_on.commands()
        if self._view is None or not self._view.columns:
            return ways_on
        return (*ways_on, *self._switch_commands(self._view))

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
