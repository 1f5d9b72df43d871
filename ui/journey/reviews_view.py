"""The management reviews of a programme: the list of them, and the desk of one to prepare, hold and decide."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from qma_app.domain.ids import EngagementId, ReviewId
from qma_app.domain.record import Changes
from qma_app.domain.review import Decision, ManagementReview
from qma_app.domain.wording import review_title
from qma_app.i18n import _, ngettext
from ui.journey.list_beside_desk import ListBesideDesk
from ui.places import Place
from ui.reviews.desk import ReviewDesk
from ui.reviews.reading import Shelf, read_shelf
from ui.reviews.shelf_list import ReviewList
from ui.reviews.words import detail_words
from ui.shortcuts import Command, LetterKey, Shortcut
from ui.widgets.buttons import Button, MenuButton
from ui.widgets.empty_state import EmptyState
from ui.workbench import Workbench

_BETWEEN_REVIEWS = timedelta(days=90)
_SOON = timedelta(days=14)


class ReviewsView(ListBesideDesk[ReviewId]):
    """At first the desk is for the next review ahead, else the last one held."""

    key: ClassVar[str] = "reviews"

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        self.shelf: Shelf | None = None
        self.list = ReviewList()
        self.desk = ReviewDesk(workbench)
        self.paper_button = Button(_("Agenda"), keys="M")
        self.hold_button = Button(_("Hold review…"), kind="primary", keys="H")
        self.more = MenuButton(_("More"))
        self._lay_out(
            self.list,
            self.desk,
            plan=Button(_("Plan a review"), kind="link", icon_name="plus", keys="N"),
            empty=EmptyState(
                "messages-square",
                _("No management review yet: plan one, and its inputs are filled from the data."),
                _("Plan a review"),
                keys="N",
            ),
            width=264,
            width_narrow=248,
        )
        self._connect()

    def _connect(self) -> None:
        self.desk.going.connect(self.going)
        self.hold_button.clicked.connect(self.hold)
        self.paper_button.clicked.connect(self.show_paper)
        self.more.choices.aboutToShow.connect(self._fill_more)
        self.more.choices.triggered.connect(self._more_chosen)
        for keys, act in (("N", self.new), ("H", self.hold), ("M", self.show_paper)):
            LetterKey(keys, self, act, is_on=self.has_letters)

    @property
    def review(self) -> ManagementReview | None:
        """The review on the desk."""
        return self.shelf.desk.review if self.shelf is not None and self.shelf.desk is not None else None

    def mark(self, changes: Changes) -> None:
        """Show the review that an undo or redo changed."""
        touched = [one.id for one in changes.of(ManagementReview) if one.deleted_at is None]
        touched += [one.review_id for one in changes.of(Decision)]
        if touched and self._chosen not in touched:
            self._choose(touched[0])

    def flush(self) -> None:
        self.desk.flush()

    def new(self) -> None:
        """N: plan one more review, and show it."""
        from ui.dialogs.review_day import ReviewDay

        engagement = self.workbench.engagement
        if engagement is None:
            return
        self.flush()
        planned = ReviewDay.ask_plan(self.workbench, engagement.id, self._proposal(), self)
        if planned is not None:
            self._choose(planned)
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def hold(self) -> None:
        """H: the review takes place, or the day and who led it are corrected."""
        from ui.dialogs.review_day import HoldReview

        desk = self.shelf.desk if self.shelf is not None else None
        if desk is None:
            return
        self.flush()
        fresh = self.shelf.desk if self.shelf is not None and self.shelf.desk is not None else desk
        if HoldReview.ask(self.workbench, fresh.review, fresh.expected(), fresh.people, self):
            self.desk.take_focus()

    def show_paper(self) -> None:
        """M: the agenda of a review ahead, the minutes of one that was held, as pages."""
        review = self.review
        if review is not None:
            self.flush()
            self.going.emit(
                Place(
                    page="reports",
                    dealership_id=self.workbench.dealership_id,
                    view="review",
                    paper_of=str(review.number),
                )
            )

    def title_words(self) -> str:
        review = self.review
        return review_title(review) if review is not None else _("Management reviews")

    def detail_words(self) -> str:
        desk = self.shelf.desk if self.shelf is not None else None
        return detail_words(desk) if desk is not None else ""

    def buttons(self) -> tuple[QWidget, ...]:
        return (self.paper_button, self.hold_button, self.more)

    def status(self) -> str:
        if self.shelf is None:
            return ""
        held = sum(one.held_on is not None for one in self.shelf.reviews)
        total = len(self.shelf.reviews)
        if not total:
            return ""
        return ngettext("{held} of {total} review held", "{held} of {total} reviews held", total).format(
            held=held, total=total
        )

    def shortcuts(self) -> tuple[Shortcut, ...]:
        return (
            Shortcut(keys="N", title=_("Plan a management review")),
            Shortcut(keys="H", title=_("Hold the review")),
            Shortcut(keys="M", title=_("Minutes on paper; the agenda before the review")),
            Shortcut(keys="W", title=_("Make a decision an action")),
            Shortcut(keys="E", title=_("Edit a decision")),
            Shortcut(keys="Del", title=_("Delete the review, or take a decision out")),
        )

    def commands(self) -> tuple[Command, ...]:
        plan = Command(title=_("Plan a management review"), run=self.new, keys="N", icon="messages-square")
        if self.review is None:
            return (plan,)
        return (
            plan,
            Command(title=_("Hold the management review"), run=self.hold, keys="H", icon="check"),
            Command(title=_("Management review on paper"), run=self.show_paper, keys="M", icon="file-text"),
        )

    def _proposal(self) -> date | None:
        """A quarter after the last review, but not before the next two weeks are over."""
        from ui.visit.visit_day import next_free_day

        engagement = self.workbench.engagement
        if engagement is None:
            return None
        days = [one.held_on or one.planned_on for one in self.shelf.reviews] if self.shelf else []
        soon = self.workbench.workspace.today() + _SOON
        last = max((day for day in days if day is not None), default=None)
        near = max(soon, last + _BETWEEN_REVIEWS) if last is not None else soon
        return self.workbench.read(next_free_day, engagement.id, near)

    def _read(self, engagement_id: EngagementId) -> ReviewId | None:
        today = self.workbench.workspace.today()
        self.shelf = self.workbench.read(read_shelf, engagement_id, self._chosen, on=today)
        return self.review.id if self.review is not None else None

    def _has_any(self) -> bool:
        return self.shelf is not None and bool(self.shelf.reviews)

    def _show_list(self) -> None:
        if self.shelf is not None:
            self.list.show_reviews(self.shelf.reviews, self.workbench.workspace.today())

    def _show_desk(self) -> None:
        if self.shelf is not None and self.shelf.desk is not None:
            self.desk.show_desk(self.shelf.desk)
        self._show_buttons()

    def _to_the_desk(self) -> None:
        self.desk.take_focus()

    def _show_buttons(self) -> None:
        review = self.review
        for button in (self.paper_button, self.hold_button, self.more):
            button.setVisible(review is not None)
        if review is None:
            return
        is_held = review.held_on is not None
        self.paper_button.say(_("Minutes on paper") if is_held else _("Agenda"))
        self.hold_button.setVisible(not is_held)

    def _fill_more(self) -> None:
        menu = self.more.choices
        menu.clear()
        review = self.review
        if review is None:
            return
        if review.held_on is None:
            menu.addAction(_("Move to another day…")).setData("move")
        else:
            menu.addAction(_("Correct day and leader…")).setData("hold")
        menu.addAction(_("Delete")).setData("delete")

    def _more_chosen(self, action: object) -> None:
        name = str(action.data())  # type: ignore[attr-defined]  # the signal of a menu carries a QAction
        if name == "move":
            self._move()
        elif name == "hold":
            self.hold()
        else:
            self._delete()

    def _move(self) -> None:
        from ui.dialogs.review_day import ReviewDay

        if self.review is not None:
            ReviewDay.ask_move(self.workbench, self.review, self)

    def _delete(self) -> None:
        from qma_app.services.reviews import delete_review

        review = self.review
        if review is not None and self.workbench.do(delete_review, review.id) is not None:
            self.workbench.deleted.emit(_("{review} was deleted.").format(review=review_title(review)))
