"""Everything the screen of the management reviews shows, read at one moment; no widgets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from qma_app.domain.action import Action
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import ActionId, EngagementId, ReviewId
from qma_app.domain.people import Person
from qma_app.domain.ports import Reader
from qma_app.domain.review import Decision, ManagementReview
from qma_app.domain.visit import Participant
from qma_app.services.reviews import ReviewView, list_reviews, review_view


@dataclass(frozen=True, kw_only=True, slots=True)
class Desk:
    """One review with what its cards need beyond it; `on` is the day it was read for."""

    on: date
    view: ReviewView
    people: tuple[Person, ...]
    principal: Person | None
    officer: Person | None

    @property
    def review(self) -> ManagementReview:
        return self.view.review

    @property
    def is_held(self) -> bool:
        return self.review.held_on is not None

    @property
    def actions(self) -> Mapping[ActionId, Action]:
        return {one.id: one for one in self.view.actions}

    def action_of(self, decision: Decision) -> Action | None:
        """The action made of a decision; None where none was, or where it is gone."""
        return self.actions.get(decision.action_id) if decision.action_id is not None else None

    def expected(self) -> tuple[Participant, ...]:
        """Who is expected at a review: the principal and the quality officer."""
        known = [one for one in (self.principal, self.officer) if one is not None]
        return tuple(
            Participant(name=one.name, function=one.function, person_id=one.id)
            for one in dict.fromkeys(known)
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Shelf:
    """The reviews of a programme by number, and one of them opened."""

    reviews: tuple[ManagementReview, ...]
    desk: Desk | None


def read_shelf(reader: Reader, engagement_id: EngagementId, wanted: ReviewId | None, *, on: date) -> Shelf:
    """The reviews, and the one wanted; else the next one ahead, or the last one held."""
    reviews = list_reviews(reader, engagement_id)
    chosen = next((one for one in reviews if one.id == wanted), None) or _first_wanted(reviews)
    desk = _desk(reader, review_view(reader, chosen.id, on=on), on) if chosen is not None else None
    return Shelf(reviews=reviews, desk=desk)


def _first_wanted(reviews: tuple[ManagementReview, ...]) -> ManagementReview | None:
    ahead = sorted((one for one in reviews if one.held_on is None), key=_planned)
    held = [one for one in reviews if one.held_on is not None]
    return next(iter((*ahead, *reversed(held))), None)


def _planned(review: ManagementReview) -> date:
    return review.planned_on or date.max


def _desk(reader: Reader, view: ReviewView, on: date) -> Desk:
    engagement: Engagement = view.engagement
    named = {
        id: reader.find(Person, id)
        for id in (engagement.principal_id, engagement.officer_id)
        if id is not None
    }
    return Desk(
        on=on,
        view=view,
        people=reader.all(Person, dealership_id=view.dealership.id),
        principal=named.get(engagement.principal_id) if engagement.principal_id else None,
        officer=named.get(engagement.officer_id) if engagement.officer_id else None,
    )
