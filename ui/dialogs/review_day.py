"""Plans a management review or moves it, and says when it was held and by whom it was led."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from qma_app.domain.ids import EngagementId, ReviewId
from qma_app.domain.people import Person
from qma_app.domain.record import Changes
from qma_app.domain.review import ManagementReview
from qma_app.domain.visit import Participant
from qma_app.i18n import _
from qma_app.services.reviews import hold_review, move_review, plan_review
from ui.dialogs.dialog import field
from ui.findings.owner_field import OwnerField
from ui.journey.asking import AskingDialog
from ui.visit.visit_day import VisitDay
from ui.widgets.date_edit import DateEdit
from ui.workbench import Workbench


class ReviewDay(AskingDialog):
    """A day with what stands against it; a review already planned is moved."""

    def __init__(
        self,
        parent: QWidget | None,
        workbench: Workbench,
        engagement_id: EngagementId,
        proposal: date | None,
        review: ManagementReview | None,
    ) -> None:
        super().__init__(
            parent,
            workbench,
            _("Move the review") if review else _("Plan a management review"),
            _("An hour with the principal and the heads of the departments, once a quarter."),
            accept=_("Move review") if review else _("Plan review"),
        )
        self._engagement_id, self._review = engagement_id, review
        self.changes: Changes | None = None
        self.day = VisitDay(workbench, _("Day"), placeholder=_("4 Dec or +14"))
        self.day.show_day(engagement_id, (review.planned_on if review else None) or proposal, but=None)
        self.body.addWidget(field(_("Day"), self.day))
        self.day.setFocus()

    def accept(self) -> None:
        """Store it; a day that cannot be read is said above the buttons."""
        if not self.day.flush() or self.day.day is None:
            self.show_problem(_("Type a day such as 2026-12-04, 4.12.26, 4 Dec or +14."))
            return
        day = self.day.day
        self.changes = (
            self.workbench.do(plan_review, self._engagement_id, planned_on=day)
            if self._review is None
            else self.workbench.do(move_review, self._review.id, planned_on=day)
        )
        if self.changes is not None:
            super().accept()

    @classmethod
    def ask_plan(
        cls,
        workbench: Workbench,
        engagement_id: EngagementId,
        proposal: date | None,
        parent: QWidget | None = None,
    ) -> ReviewId | None:
        """Let somebody plan a review; which one it became."""
        dialog = cls(parent, workbench, engagement_id, proposal, None)
        if dialog.ask_until_done() and dialog.changes is not None:
            return dialog.changes.made(ManagementReview).id
        return None

    @classmethod
    def ask_move(cls, workbench: Workbench, review: ManagementReview, parent: QWidget | None = None) -> bool:
        """Let somebody move a review; whether it was moved."""
        return cls(parent, workbench, review.engagement_id, None, review).ask_until_done()


class HoldReview(AskingDialog):
    """Who was expected counts as there, until somebody is taken out on the desk."""

    def __init__(
        self,
        parent: QWidget | None,
        workbench: Workbench,
        review: ManagementReview,
        expected: Sequence[Participant],
        people: Sequence[Person],
    ) -> None:
        is_held = review.held_on is not None
        super().__init__(
            parent,
            workbench,
            _("The review was held"),
            _("From then on remarks and decisions are written down; the inputs stay as on that day."),
            accept=_("Save") if is_held else _("Hold review"),
        )
        self._review, self._expected = review, tuple(expected)
        today = workbench.workspace.today()
        self.day = DateEdit(review.held_on or today)
        self.led_by = OwnerField()
        self.led_by.show_people([one.name for one in people])
        self.led_by.set_text(review.led_by or (self._expected[0].name if self._expected else ""))
        self.led_by.words.setPlaceholderText(_("As a rule the principal"))
        self.body.addWidget(field(_("Led by"), self.led_by))
        self.led_by.words.setAccessibleName(_("Led by"))
        self.body.addWidget(field(_("Held on"), self.day))
        (self.accept_button if self.led_by.words.text() else self.led_by.words).setFocus()

    def accept(self) -> None:
        """Store it with all that was said before."""
        review = self._review
        done = self.workbench.do(
            hold_review,
            review.id,
            on=self.day.day,
            led_by=" ".join(self.led_by.words.text().split()),
            participants=self._expected if review.held_on is None else review.participants,
            remarks=review.remarks,
            conclusion=review.conclusion,
        )
        if done is not None:
            super().accept()

    @classmethod
    def ask(
        cls,
        workbench: Workbench,
        review: ManagementReview,
        expected: Sequence[Participant],
        people: Sequence[Person],
        parent: QWidget | None = None,
    ) -> bool:
        """Let somebody say that a review was held; whether it was stored."""
        return cls(parent, workbench, review, expected, people).ask_until_done()
