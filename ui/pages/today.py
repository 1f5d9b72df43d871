"""Where every working day begins: what comes next, where the dealership stands, and what is most urgent."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QStackedLayout, QVBoxLayout, QWidget

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.finding import Finding
from qma_app.domain.ids import DealershipId
from qma_app.domain.ports import Reader
from qma_app.domain.record import Changes
from qma_app.i18n import _, day_text
from qma_app.services.findings import list_findings
from qma_app.services.today import TodayView, today
from ui.pages.page import GAP, MARGIN, Page, PageHead, scrolling
from ui.places import Place
from ui.shortcuts import Command, Shortcut
from ui.today import words
from ui.today.cards import FindingsCard, OverallCard, StandingCard, StepsCard
from ui.today.columns import Columns
from ui.today.processes import ProcessesCard
from ui.today.trend import TrendCard
from ui.widgets.buttons import Button
from ui.widgets.empty_state import EmptyState
from ui.workbench import Workbench

if TYPE_CHECKING:
    from qma_app.services.today_reported import ReportedStanding


class TodayPage(Page):
    """Reads once, shows everything; each row and figure leads to what it was made of."""

    key: ClassVar[str] = "today"
    title: ClassVar[str] = _("Today")
    icon: ClassVar[str] = "house"
    position: ClassVar[int] = 1

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        self._view: TodayView | None = None
        self._build_head()
        self._build_cards()
        self._empty = EmptyState(
            "clipboard-list",
            _("No assessment yet: walk through the house once to see where it stands."),
            _("Start baseline"),
            keys="Return",
        )
        self._empty.wanted.connect(self.start_baseline)
        full = QWidget()
        column = QVBoxLayout(full)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(GAP)
        column.addWidget(self._head)
        column.addWidget(self._columns, 1)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(scrolling(full))
        self._stack.addWidget(self._empty)

    def _build_head(self) -> None:
        self._head = PageHead()
        self._preview = Button(_("Report preview"))
        self._preview.clicked.connect(self.preview_report)
        self._continue = Button(_("Continue checklist"), kind="primary", keys="Return")
        self._continue.clicked.connect(self.continue_checklist)
        self._start = Button(_("Start next assessment"), kind="primary")
        self._start.clicked.connect(self.start_next)
        for button in (self._preview, self._continue, self._start):
            self._head.add(button)

    def _build_cards(self) -> None:
        self.steps = StepsCard(_("Next steps"))
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
        for steps in (self.steps, self.standing, self.processes, self.gaps, self.findings):
            steps.wanted.connect(self.going)
        self.standing.switched.connect(self.show_published_areas)

    def refresh(self) -> None:
        if self.workbench.dealership_id is None:
            self._view = None
            return
        on = self.workbench.workspace.today()
        view, findings, reported = self.workbench.read(
            _everything,
            DealershipId(self.workbench.dealership_id),
            on=on,
            is_by_published=self.workbench.settings.published_areas,
        )
        self._view = view
        self._stack.setCurrentIndex(0 if view.columns else 1)
        if view.columns:
            self._show(view, findings, reported, on)
        self.status_changed.emit(self.status())

    def _show(
        self,
        view: TodayView,
        findings: tuple[Finding, ...],
        reported: ReportedStanding | None,
        on: date,
    ) -> None:
        self._head.say(self._title(view), self._subtitle(view, on))
        is_open = view.resume is not None
        self._continue.setVisible(is_open)
        self._start.setVisible(not is_open)
        self.steps.show_steps(words.next_steps(view, on))
        self.standing.show_view(view, reported)
        self.processes.show_view(view)
        # What is left of the height goes to the processes; the table takes it only while they are not there.
        self._columns.left.setStretchFactor(
            self.standing, 0 if self.processes.isVisibleTo(self._columns) else 1
        )
        self.overall.show_view(view)
        self.gaps.show_steps(words.gap_steps(view))
        self.findings.show_findings(view, findings, on)
        self.trend.show_view(view, on)
        # Below the last card is free room while there is no trend: no card grows only because there is space.
        self._columns.right.setStretch(
            self._columns.right.count() - 1, 0 if self.trend.isVisibleTo(self._columns) else 1
        )

    def _title(self, view: TodayView) -> str:
        if view.resume is None:
            return view.dealership.name
        return words.title_of(view.engagement, view.resume.assessment)

    def _subtitle(self, view: TodayView, on: date) -> str:
        from qma_app.services.working import current_worker

        worker = current_worker(self.workbench.workspace)
        parts = [
            day_text(on, "full"),
            _("month {month} of {months}").format(month=view.month, months=view.engagement.months),
            worker.text if worker else "",
        ]
        return " · ".join(filter(None, parts))

    def apply_changes(self, changes: Changes) -> None:
        self.refresh()

    def status(self) -> str:
        view = self._view
        if view is None or view.resume is None:
            return ""
        return _("{decided} of {total} checkpoints decided").format(
            decided=view.resume.decided, total=view.resume.total
        )

    def take_focus(self) -> None:
        if self._stack.currentIndex() == 1:
            self._empty.button.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on with the checklist, unless a button has the focus: then it presses that one."""
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

    def start_baseline(self) -> None:
        """The first assessment over every area that applies, and straight into it."""
        self._start_assessment(AssessmentKind.BASELINE)

    def start_next(self) -> None:
        """The next progress assessment, after the last one was completed."""
        self._start_assessment(AssessmentKind.PROGRESS)

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

    def show_published_areas(self, is_wanted: bool) -> None:
        """Show the standing by the published areas or by those of the standard, now and from now on."""
        self.workbench.settings.put("published_areas", is_wanted)
        self.refresh()

    def shortcuts(self) -> tuple[Shortcut, ...]:
        return (Shortcut(keys="Return", title=_("Continue the checklist where it was left")),)

    def commands(self) -> tuple[Command, ...]:
        if self._view is None or not self._view.columns:
            return (Command(title=_("Start baseline"), run=self.start_baseline, icon="clipboard-list"),)
        return (
            Command(
                title=_("Continue checklist"),
                run=self.continue_checklist,
                keys="Return",
                icon="clipboard-check",
            ),
            Command(title=_("Report preview"), run=self.preview_report, icon="file-text"),
            *self._switch_commands(self._view),
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


def _everything(
    reader: Reader, dealership_id: DealershipId, *, on: date, is_by_published: bool
) -> tuple[TodayView, tuple[Finding, ...], ReportedStanding | None]:
    view = today(reader, dealership_id, on=on)
    reported = None
    if is_by_published and view.edition.reported_under:
        from qma_app.services.today_reported import reported_today

        reported = reported_today(reader, view)
    return view, list_findings(reader, view.engagement.id), reported
