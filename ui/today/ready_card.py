"""Ready if audited today, in one line, with the three things that help most this week."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from qma_app.i18n import _
from ui.places import place_of
from ui.today.cards import StepsCard
from ui.today.step_row import Step
from ui.widgets.buttons import Button
from ui.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from qma_app.services.readiness import ReadinessView


class ReadyCard(StepsCard):
    """`all_wanted` leads to the whole of it."""

    all_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self.all_button = Button(_("All"), kind="link")
        self.all_button.setProperty("small", True)
        self.all_button.setToolTip(_("What stands in the way, and what helps most"))
        super().__init__(_("Ready if audited today"), self.all_button, parent)
        if (whole := self.layout()) is not None:  # the button needs no more height than the title had
            whole.setContentsMargins(17, 9, 17, 14)
            whole.setSpacing(2)
        self.all_button.clicked.connect(self.all_wanted)
        self.verdict = PlainLabel("", role="small", tone="muted", wrap=True)
        self.body.insertWidget(0, self.verdict)
        self.body.insertSpacing(1, 4)

    def show_readiness(self, view: ReadinessView | None, dealership_id: str | None) -> None:
        """Show what an audit would find; the card is not there while nothing is rated."""
        if view is None or view.expected is None:
            self.show_steps(())
            self.setVisible(False)
            return
        self.verdict.setText(view.verdict)
        self.show_steps(
            [
                Step(
                    strong=step.title.partition(" · ")[0],
                    rest=f"· {step.title.partition(' · ')[2]}" if " · " in step.title else "",
                    icon="circle",
                    place=place_of(step.spot, dealership_id),
                )
                for step in view.this_week
            ]
        )
        self.setVisible(True)
