"""The desk of one management review: its cards in two columns, or in one where there is little room."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.pages.page import GAP, scrolling
from ui.reviews.conclusion_card import ConclusionCard
from ui.reviews.decisions_card import DecisionsCard
from ui.reviews.inputs_card import InputsCard
from ui.reviews.people_card import PeopleCard
from ui.reviews.reading import Desk
from ui.today.columns import Columns
from ui.workbench import Workbench


class ReviewDesk(QWidget):
    """Inputs at the left; what comes of them at the right."""

    going = Signal(object)  # Place

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.inputs = InputsCard(workbench)
        self.decisions = DecisionsCard(workbench)
        self.conclusion = ConclusionCard(workbench)
        self.people = PeopleCard(workbench)
        self._columns = Columns()
        self._columns.left.addWidget(self.inputs)
        for card in (self.people, self.decisions, self.conclusion):
            self._columns.right.addWidget(card)
        self._columns.right.addStretch(1)
        inside = QWidget()
        around = QVBoxLayout(inside)
        around.setContentsMargins(0, 0, 6, GAP)
        around.addWidget(self._columns)
        self.area = scrolling(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.area)
        self.decisions.going.connect(self.going)
        self._shown_id = ""

    def show_desk(self, desk: Desk) -> None:
        """Show a review; another one is shown from its top."""
        if desk.review.id != self._shown_id:
            self._shown_id = desk.review.id
            self.area.verticalScrollBar().setValue(0)
        self.inputs.show_desk(desk)
        self.decisions.show_desk(desk)
        self.conclusion.show_desk(desk)
        self.people.show_desk(desk)

    def take_focus(self) -> None:
        """The keyboard goes to the first remark that waits; before the review, to what is decided."""
        if not self.inputs.take_focus():
            self.decisions.what.setFocus(Qt.FocusReason.OtherFocusReason)

    def flush(self) -> None:
        """Store what is typed."""
        self.inputs.flush()
        self.conclusion.flush()
