"""Says on every screen that a visit is under way, and leads back to it; after an empty battery too."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from qma_app.domain.visit import Visit, VisitState
from qma_app.domain.wording import visit_title
from qma_app.i18n import _, day_text
from qma_app.services.today_programme import visit_under_way
from ui import theme
from ui.places import VISITS, Place
from ui.visit.words import worked_words
from ui.widgets.buttons import Button
from ui.widgets.chips import Chip
from ui.widgets.labels import PlainLabel
from ui.workbench import Workbench

_TICK_MS = 15_000


class VisitBar(QFrame):
    """There while a visit of the dealership shown is under way; `note_wanted` and `going` to the desk of the visit."""

    note_wanted = Signal()
    going = Signal(object)  # Place

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = workbench
        self._visit: Visit | None = None
        self._is_elsewhere = True
        self.setObjectName("surface")
        self.clock = Chip("", tone="accent")
        self.words = PlainLabel("", role="small", elide=True)
        self.note_button = self._button(_("Note"), keys="Ctrl+Shift+F")
        self.note_button.clicked.connect(self.note_wanted)
        self.pause_button = self._button(_("Pause"))
        self.pause_button.clicked.connect(self._pause)
        self.open_button = self._button(_("Open visit"))
        self.open_button.clicked.connect(self._open)
        row = QHBoxLayout(self)
        row.setContentsMargins(22, 3, 22, 3)
        row.setSpacing(8)
        row.addWidget(self.clock)
        row.addWidget(self.words, 1)
        for button in (self.note_button, self.pause_button, self.open_button):
            row.addWidget(button)
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._tick)
        self.setVisible(False)

    @property
    def visit(self) -> Visit | None:
        """The visit under way."""
        return self._visit

    def refresh(self) -> None:
        """Look whether a visit is under way."""
        engagement = self._bench.engagement if self._bench.has_workspace else None
        self._visit = self._bench.read(visit_under_way, engagement.id) if engagement is not None else None
        self._show()

    def stand_aside(self, *, is_aside: bool) -> None:
        """Where the visit itself is shown, it need not be said once more."""
        self._is_elsewhere = not is_aside
        self._show()

    def _show(self) -> None:
        visit = self._visit
        self.setVisible(visit is not None and self._is_elsewhere)
        if visit is None:
            self._timer.stop()
            return
        is_running = visit.state is VisitState.RUNNING
        number = visit_title(visit)
        begun = visit.clock[0].begun.astimezone()
        is_todays = begun.date() == self._bench.workspace.today()
        since = f"{begun:%H:%M}" if is_todays else f"{day_text(begun.date())}, {begun:%H:%M}"
        state = _("under way since {time}") if is_running else _("paused, begun {time}")
        self.words.setText(f"{number} · {state.format(time=since)}")
        self.pause_button.say(_("Pause") if is_running else _("Go on"))
        self._timer.start()
        self._tick()

    def _tick(self) -> None:
        if self._visit is not None and self._bench.has_workspace:
            is_running = self._visit.state is VisitState.RUNNING
            worked = worked_words(self._visit.worked(self._bench.workspace.clock()))
            self.clock.say(worked, "accent" if is_running else "neutral")

    def _pause(self) -> None:
        from qma_app.services.visits import pause_visit, resume_visit

        if self._visit is not None:
            is_running = self._visit.state is VisitState.RUNNING
            self._bench.do(pause_visit if is_running else resume_visit, self._visit.id)

    def _open(self) -> None:
        if self._visit is not None:
            self.going.emit(
                Place(
                    page="journey",
                    dealership_id=self._bench.dealership_id,
                    view=VISITS,
                    visit_id=self._visit.id,
                )
            )

    def _button(self, words: str, keys: str = "") -> Button:
        button = Button(words, kind="link", keys=keys)
        button.setProperty("small", True)
        button.setMinimumHeight(theme.px(34))
        return button
