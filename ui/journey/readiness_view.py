"""Ready if audited today: the result to expect, what stands in the way by effort, and what is green on paper only."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from qma_app.domain.next_step import NextStep
from qma_app.domain.spot import Spot
from qma_app.i18n import _, level_text, ngettext
from ui.journey.frame import JourneyPart
from ui.pages.page import GAP, scrolling
from ui.places import Place, place_of
from ui.readiness import words
from ui.readiness.line_cards import LinesCard
from ui.readiness.reading import Ready, read_ready
from ui.readiness.untouched_card import UntouchedCard
from ui.readiness.verdict_card import VerdictCard
from ui.shortcuts import Shortcut
from ui.today.columns import Columns
from ui.today.tick_list import Act
from ui.today.tick_row import TickLine
from ui.visit.words import minutes_words
from ui.widgets.empty_state import EmptyState
from ui.workbench import Workbench


class ReadinessView(JourneyPart):
    """Every line leads to what it is about."""

    key: ClassVar[str] = "readiness"

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        self.ready: Ready | None = None
        settings = workbench.settings
        self.verdict = VerdictCard()
        self.blockers = LinesCard(
            _("In the way, the quickest first"), _("Nothing stands in the way."), settings=settings, most=7
        )
        self.week = LinesCard(_("Three things to do this week"), _("Nothing waits."), settings=settings)
        self.green = LinesCard(
            _("Green on paper"),
            _("Nothing seen since speaks against a checkpoint that is rated as met."),
            (Act(name="against", words=_("Open what speaks against it"), key=Qt.Key.Key_F, keys="F"),),
            settings=settings,
        )
        self.untouched = UntouchedCard()
        self.expired = LinesCard(
            _("Expired evidence"), _("All evidence is still valid."), settings=settings, most=4
        )
        self.empty = EmptyState(
            "gauge",
            _("Nothing is rated yet: the result to expect is shown from the first assessment on."),
            _("Go to the checklists"),
            keys="Return",
        )
        self._build()
        self._connect()

    def _build(self) -> None:
        columns = Columns()
        for card in (self.verdict, self.blockers):
            columns.left.addWidget(card)
        for other in (self.week, self.green, self.untouched, self.expired):
            columns.right.addWidget(other)
        columns.left.addStretch(1)
        columns.right.addStretch(1)
        inside = QWidget()
        around = QVBoxLayout(inside)
        around.setContentsMargins(0, 0, 6, GAP)
        around.addWidget(columns)
        self._stack = QStackedWidget()
        self._stack.addWidget(scrolling(inside))
        self._stack.addWidget(self.empty)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)

    def _connect(self) -> None:
        self.verdict.wanted.connect(self._jump)
        self.blockers.opened.connect(self._open_blocker)
        self.week.opened.connect(self._open_step)
        self.green.opened.connect(self._open_checkpoint)
        self.green.wanted.connect(self._open_against)
        self.untouched.opened.connect(self._open_checkpoint)
        self.expired.opened.connect(self._open_evidence)
        self.empty.wanted.connect(self._to_checklists)

    def show_engagement(self) -> None:
        for card in (self.blockers, self.week, self.green, self.expired):
            card.fold()
        super().show_engagement()

    def refresh(self) -> None:
        engagement = self.workbench.engagement
        if engagement is None:
            return
        ready = self.workbench.read(read_ready, engagement.id, on=self.workbench.workspace.today())
        self.ready, view = ready, ready.view
        self._stack.setCurrentIndex(0 if ready.is_anything_rated else 1)
        self.verdict.show_ready(ready)
        effort = sum(one.effort_minutes for one in view.blockers)
        said = _("about {time} of work").format(time=minutes_words(effort)) if effort else ""
        self.blockers.show_lines(
            [words.blocker_line(place, one) for place, one in enumerate(view.blockers)], said
        )
        self.week.show_lines([_step_line(step) for step in view.this_week])
        self.green.show_lines(
            [words.green_line(one, ready.on) for one in ready.green],
            _("F what speaks against it") if ready.green else "",
        )
        self.untouched.show_ready(ready)
        self.expired.show_lines([words.expired_line(one, ready.on) for one in view.expired])
        self.head_changed.emit()

    def take_focus(self) -> None:
        if self._stack.currentWidget() is self.empty:
            self.empty.button.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not (self.blockers.list.focus() or self.week.list.focus()):
            self.verdict.bar.setFocus(Qt.FocusReason.OtherFocusReason)

    def title_words(self) -> str:
        return _("Ready if audited today")

    def detail_words(self) -> str:
        return words.detail_words(self.ready) if self.ready is not None else ""

    def status(self) -> str:
        if self.ready is None or self.ready.view.expected is None:
            return ""
        count = len(self.ready.view.blockers)
        expected = _("{level} expected").format(level=level_text(self.ready.view.expected, 1))
        words = ngettext("{count} thing in the way", "{count} things in the way", count)
        return f"{expected} · " + (words.format(count=count) if count else _("nothing in the way"))

    def shortcuts(self) -> tuple[Shortcut, ...]:
        return (
            Shortcut(keys="Return", title=_("Open what a line is about")),
            Shortcut(keys="F", title=_("Open what speaks against a checkpoint that is green on paper")),
        )

    def _jump(self, spot: object) -> None:
        if isinstance(spot, Spot):
            self.going.emit(place_of(spot, self.workbench.dealership_id))

    def _open_blocker(self, key: str) -> None:
        if self.ready is not None:
            self._jump(self.ready.view.blockers[int(key)].spot)

    def _open_step(self, key: str) -> None:
        steps = self.ready.view.this_week if self.ready is not None else ()
        for step in steps:
            if step.key == key:
                self._jump(step.spot)

    def _open_checkpoint(self, key: str) -> None:
        points = self.ready.edition.checkpoints if self.ready is not None else {}
        point = next((one for id, one in points.items() if id == key), None)
        if point is not None:
            self._jump(words.checkpoint_spot(point))

    def _open_against(self, _name: str, key: str) -> None:
        """The finding; of a check that failed, the finding or action it was made for."""
        lines = self.ready.green if self.ready is not None else ()
        line = next((one for one in lines if one.checkpoint.id == key), None)
        if line is None:
            return
        if line.findings:
            self._jump(Spot(page="findings", finding_id=line.findings[0].id))
            return
        check = line.failed[0]
        if check.finding_id is not None or check.action_id is not None:
            self._jump(Spot(page="findings", finding_id=check.finding_id, action_id=check.action_id))
        else:
            self._open_checkpoint(key)

    def _open_evidence(self, _key: str) -> None:
        self._jump(Spot(page="findings", view="evidence"))

    def _to_checklists(self) -> None:
        self.going.emit(Place(page="checklists", dealership_id=self.workbench.dealership_id))


def _step_line(step: NextStep) -> TickLine:
    return TickLine(
        key=step.key,
        strong=step.title,
        detail=step.reason,
        right=minutes_words(step.minutes),
        can_tick=False,
        icon="circle",
    )
