"""The cards of Today that only a planned programme fills: overdue actions, the effect so far, ready if audited today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from qma_app.services.today_programme import TodayProgramme

if TYPE_CHECKING:
    from qma_app.services.readiness import ReadinessView
    from ui.today.effect_card import EffectCard
    from ui.today.late_card import LateCard
    from ui.today.ready_card import ReadyCard


class YearCards(QObject):
    """Each is made once there is something to show in it, in `column` before the widget `before`."""

    wanted = Signal(object)  # Place
    all_wanted = Signal()

    def __init__(self, column: QVBoxLayout, before: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._column, self._before = column, before
        self.late: LateCard | None = None
        self.effect: EffectCard | None = None
        self.ready: ReadyCard | None = None

    def show_programme(self, programme: TodayProgramme, dealership_id: str | None) -> None:
        """Show what is late and what it brought so far."""
        if programme.late or self.late is not None:
            self._late().show_late(programme.late, dealership_id)
        if programme.effects or self.effect is not None:
            self._effect().show_effects(programme.effects)

    def show_readiness(self, view: ReadinessView | None, dealership_id: str | None) -> None:
        """Show how an audit would end today."""
        if view is not None or self.ready is not None:
            self._ready().show_readiness(view, dealership_id)

    def _late(self) -> LateCard:
        if self.late is None:
            from ui.today.late_card import LateCard

            self.late = LateCard()
            self.late.wanted.connect(self.wanted)
            self._insert(self.late, self.effect or self.ready)
        return self.late

    def _effect(self) -> EffectCard:
        if self.effect is None:
            from ui.today.effect_card import EffectCard

            self.effect = EffectCard()
            self._insert(self.effect, self.ready)
        return self.effect

    def _ready(self) -> ReadyCard:
        if self.ready is None:
            from ui.today.ready_card import ReadyCard

            self.ready = ReadyCard()
            self.ready.wanted.connect(self.wanted)
            self.ready.all_wanted.connect(self.all_wanted)
            self._insert(self.ready, None)
        return self.ready

    def _insert(self, card: QWidget, following: QWidget | None) -> None:
        self._column.insertWidget(self._column.indexOf(following or self._before), card)
