"""What to do next: ticked off, put off, or done now; what was done today stays in sight, struck through."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from qma_app.i18n import _, ngettext
from qma_app.services.today_programme import TodayStep
from ui.settings import Settings
from ui.today.programme_words import step_line, sum_words
from ui.today.tick_list import Act, TickList
from ui.widgets.buttons import Button
from ui.widgets.cards import Card
from ui.widgets.labels import PlainLabel

SHOWN = 5


class NextStepsCard(Card):
    """`wanted`, `ticked` and `postponed` carry a step."""

    wanted = Signal(object)
    ticked = Signal(object)
    postponed = Signal(object)

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        self._sum = PlainLabel("", role="small", tone="muted")
        self.more_button = Button("", kind="link")
        self.more_button.setProperty("small", True)
        right = QWidget()
        line = QHBoxLayout(right)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        line.addWidget(self._sum)
        line.addWidget(self.more_button)
        super().__init__(_("Next steps"), right, parent)
        if (whole := self.layout()) is not None:  # the button needs no more height than the title had
            whole.setContentsMargins(17, 9, 17, 14)
            whole.setSpacing(3)
        self._steps: tuple[TodayStep, ...] = ()
        self._is_whole = False
        self.list = TickList(
            _("Next steps"),
            (Act(name="postpone", words=_("Put it off…"), key=Qt.Key.Key_P, keys="P"),),
            settings=settings,
            open_words=_("Do it now"),
            tick_words=_("Tick it off"),
            untick_words=_("Open it again"),
        )
        self.list.opened.connect(self._opened)
        self.list.ticked.connect(self._ticked)
        self.list.wanted.connect(self._acted)
        self.nothing = PlainLabel(
            _("Nothing waits: everything that is due is done."), tone="muted", wrap=True
        )
        self.more_button.clicked.connect(self.toggle_all)
        self.body.addWidget(self.list)
        self.body.addWidget(self.nothing)
        self.body.addStretch(1)

    @property
    def steps(self) -> tuple[TodayStep, ...]:
        """The steps that are shown."""
        done = [step for step in self._steps if step.is_done]
        waiting = [step for step in self._steps if not step.is_done]
        if self._is_whole:
            return (*done, *waiting)
        # What was done last is worth a line or two, what waits the others.
        kept = done[-2:]
        return (*kept, *waiting[: SHOWN - len(kept)])

    def show_steps(self, title: str, steps: Sequence[TodayStep]) -> None:
        """Show these, the most urgent first; what is done stands above them."""
        self.title_label.setText(title)
        self._steps = tuple(steps)
        self._show()

    def toggle_all(self) -> None:
        """All of them, or as many as the card shows at first."""
        self._is_whole = not self._is_whole
        self._show()

    def _show(self) -> None:
        shown = self.steps
        self.list.show_lines(
            [step_line(step) for step in shown],
            allowed={
                step.key: frozenset({"postpone"} if step.step is not None and not step.is_done else ())
                for step in shown
            },
        )
        hidden = len(self._steps) - len(shown)
        words = ngettext("{count} more", "{count} more", hidden).format(count=hidden)
        self.more_button.say(_("Show fewer") if self._is_whole else words)
        self.more_button.setVisible(hidden > 0 or (self._is_whole and len(self._steps) > SHOWN))
        self.nothing.setVisible(not any(not step.is_done for step in self._steps))
        self._sum.setText(sum_words(self._steps))

    def _step(self, key: str) -> TodayStep | None:
        return next((step for step in self._steps if step.key == key), None)

    def _opened(self, key: str) -> None:
        if (step := self._step(key)) is not None:
            self.wanted.emit(step)

    def _ticked(self, key: str) -> None:
        if (step := self._step(key)) is not None:
            self.ticked.emit(step)

    def _acted(self, _name: str, key: str) -> None:
        if (step := self._step(key)) is not None:
            self.postponed.emit(step)
