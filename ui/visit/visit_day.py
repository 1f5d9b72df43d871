"""A day for a visit with what stands against it, said at once, and the next free day beside it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from qma_app.domain.ids import EngagementId, VisitId
from qma_app.domain.ports import Reader
from qma_app.errors import RuleBroken
from qma_app.i18n import _, day_text
from ui.findings.date_field import DateField
from ui.visit.words import weekday_text
from ui.widgets.buttons import Button
from ui.widgets.labels import PlainLabel
from ui.workbench import Workbench

NamesAgainst = tuple[tuple[str, ...], date | None]


class VisitDay(QWidget):
    """`changed` when another day stands there; `against` names what speaks against it."""

    changed = Signal()

    def __init__(
        self, workbench: Workbench, name: str, parent: QWidget | None = None, *, placeholder: str = ""
    ) -> None:
        super().__init__(parent)
        self._bench = workbench
        self._engagement_id: EngagementId | None = None
        self._but: VisitId | None = None
        self.against: tuple[str, ...] = ()
        self._free: date | None = None
        self.field = DateField(name, placeholder=placeholder)
        self.field.settled.connect(self._look)
        self.words = PlainLabel("", role="small", tone="muted", wrap=True)
        self.free_button = Button("", kind="link")
        self.free_button.setProperty("small", True)
        self.free_button.clicked.connect(self._take_free)
        below = QHBoxLayout()
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(4)
        below.addWidget(self.words, 1)
        below.addWidget(self.free_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(self.field)
        column.addLayout(below)
        self.setFocusProxy(self.field)

    @property
    def day(self) -> date | None:
        return self.field.day

    def show_day(self, engagement_id: EngagementId, day: date | None, *, but: VisitId | None) -> None:
        """Show a day of a programme; the visit `but` does not stand in its own way."""
        self._engagement_id, self._but = engagement_id, but
        self.field.show_day(day, self._bench.workspace.today())
        self._look()

    def flush(self) -> bool:
        """Read what is typed; False where that is no day."""
        self.field.flush()
        return not self.field.is_pending

    def _look(self, _day: object = None) -> None:
        day = self.field.day
        self.against, self._free = (), None
        if day is not None and self._engagement_id is not None:
            self.against, self._free = self._bench.read(names_against, self._engagement_id, day, self._but)
        if day is None:
            words, tone = "", "muted"
        elif self.against:
            words, tone = f"{weekday_text(day)}: {'; '.join(self.against)}.", "warn"
        else:
            words, tone = weekday_text(day), "muted"
        self.words.setText(words)
        self.words.set_tone(tone)
        self.words.setVisible(bool(words))
        self.free_button.setVisible(self._free is not None)
        if self._free is not None:
            self.free_button.say(_("Take {day}").format(day=day_text(self._free)))
        self.changed.emit()

    def _take_free(self) -> None:
        if self._free is not None:
            self.field.show_day(self._free, self._bench.workspace.today())
            self._look()
            self.field.field.setFocus()


def names_against(
    reader: Reader, engagement_id: EngagementId, day: date, but: VisitId | None
) -> NamesAgainst:
    """What stands against a day in words, and the next free one where something does."""
    from qma_app.services.visit_days import day_obstacles

    found = day_obstacles(reader, engagement_id, day, but=but)
    if not found:
        return (), None
    return tuple(one.words.rstrip(".") for one in found), next_free_day(reader, engagement_id, day)


def next_free_day(reader: Reader, engagement_id: EngagementId, near: date) -> date | None:
    """The next free day on or after a day; None where there is none at all."""
    from qma_app.services.visit_days import free_day

    try:
        return free_day(reader, engagement_id, near)
    except RuleBroken:
        return None
