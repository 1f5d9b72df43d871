"""Planning and holding management reviews, what they decide, and the actions made of that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from qma_app.domain.action import Action
from qma_app.domain.dealership import Dealership
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import ActionId, DecisionId, EngagementId, ReviewId
from qma_app.domain.ports import Reader
from qma_app.domain.record import Changes
from qma_app.domain.review import Decision, ManagementReview, ReviewRemark
from qma_app.domain.review_inputs import ReviewInput, review_inputs
from qma_app.domain.visit import Participant
from qma_app.errors import RuleBroken
from qma_app.i18n import _, content_language, day_text, language
from qma_app.services.actions import checked_action, next_number
from qma_app.services.happened import check_not_ended
from qma_app.services.kept_fields import check_by_hand
from qma_app.services.signed_papers import review_moment
from qma_app.services.workspace import Workspace
from qma_app.storage.scopes import ReadingScope, WritingScope

_KEPT: Final = frozenset({"review_id", "place", "action_id"})


@dataclass(frozen=True, kw_only=True, slots=True)
class ReviewView:
    """One review with its inputs as they were on its day (or are now, before it is held), and what it decided."""

    review: ManagementReview
    engagement: Engagement
    dealership: Dealership
    inputs: tuple[ReviewInput, ...]
    decisions: tuple[Decision, ...]
    actions: tuple[Action, ...]


def plan_review(workspace: Workspace, engagement_id: EngagementId, *, planned_on: date) -> Changes:
    """A management review is planned, with the next number of the programme."""
    with workspace.writing("review.planned") as work:
        engagement = work.get(Engagement, engagement_id)
        _check_day(engagement, planned_on)
        work.put(
            ManagementReview(
                id=ReviewId(work.new_id()),
                engagement_id=engagement_id,
                number=_next_number(work, engagement_id),
                planned_on=planned_on,
            )
        )
    return work.changes


def move_review(workspace: Workspace, review_id: ReviewId, *, planned_on: date) -> Changes:
    """A review that was not held yet moves to another day."""
    with workspace.writing("review.moved") as work:
        review = work.get(ManagementReview, review_id)
        if review.held_on is not None:
            raise RuleBroken(
                _("Review {number} was held on {day}.").format(
                    number=review.number, day=day_text(review.held_on)
                ),
                code="review.held",
                way_out=_("Plan another one."),
            )
        _check_day(work.get(Engagement, review.engagement_id), planned_on)
        work.put(replace(review, planned_on=planned_on))
    return work.changes


def hold_review(
    workspace: Workspace,
    review_id: ReviewId,
    *,
    on: date,
    led_by: str,
    participants: Sequence[Participant] = (),
    remarks: Sequence[ReviewRemark] = (),
    conclusion: str = "",
) -> Changes:
    """The review took place: who led it, who was there, what was said about each input. Said again it replaces what was said."""
    with workspace.writing("review.held") as work:
        review = work.get(ManagementReview, review_id)
        _check_day(work.get(Engagement, review.engagement_id), on)
        if on > workspace.today():
            raise RuleBroken(
                _("{day} lies ahead: what will be said then is not yet known.").format(day=day_text(on)),
                code="review.ahead",
                way_out=_("Choose the day it was held, or plan it for that day."),
            )
        if not led_by.strip():
            raise RuleBroken(
                _("A management review is led by somebody of the house."),
                code="review.leader-missing",
                way_out=_("Name who led it, as a rule the principal."),
            )
        work.put(
            replace(
                review,
                held_on=on,
                led_by=led_by.strip(),
                participants=tuple(one for one in participants if one.name.strip()),
                remarks=tuple(one for one in remarks if one.words.strip()),
                conclusion=conclusion.strip(),
            )
        )
    return work.changes


def delete_review(workspace: Workspace, review_id: ReviewId) -> Changes:
    """Move a review to the bin with its decisions; actions made of them stay."""
    with workspace.writing("review.deleted") as work:
        for decision in work.all(Decision, review_id=review_id):
            work.delete(decision)
        work.delete(work.get(ManagementReview, review_id))
    return work.changes


def decide(
    workspace: Workspace, review_id: ReviewId, *, words: str, owner: str = "", due_on: date | None = None
) -> Changes:
    """The review decides something; it stands behind what was decided before."""
    with workspace.writing("decision.taken") as work:
        review = work.get(ManagementReview, review_id)
        places = [one.place for one in work.all(Decision, review_id=review_id)]
        work.put(
            Decision(
                id=DecisionId(work.new_id()),
                engagement_id=review.engagement_id,
                review_id=review_id,
                place=max(places, default=0) + 1,
                words=_needed_words(words),
                owner=owner.strip(),
                due_on=due_on,
            )
        )
    return work.changes


def change_decision(workspace: Workspace, decision_id: DecisionId, **fields: Any) -> Changes:
    """Correct words, owner or day of a decision; an action made of it is corrected by itself."""
    check_by_hand(fields, _KEPT)
    if "words" in fields:
        fields["words"] = _needed_words(fields["words"])
    with workspace.writing("decision.changed") as work:
        work.put(replace(work.get(Decision, decision_id), **fields))
    return work.changes


def remove_decision(workspace: Workspace, decision_id: DecisionId) -> Changes:
    """A decision was written down by mistake; the action made of it stays."""
    with workspace.writing("decision.removed") as work:
        work.delete(work.get(Decision, decision_id))
    return work.changes


def decision_to_action(workspace: Workspace, decision_id: DecisionId) -> Changes:
    """A decision becomes an action of the programme with its words, owner and day; it names the action from then on.

    RuleBroken where that was done already and the action is still there.
    """
    with workspace.writing("decision.made-action") as work:
        decision = work.get(Decision, decision_id)
        known = work.find(Action, decision.action_id) if decision.action_id is not None else None
        if known is not None:
            raise RuleBroken(
                _("This decision is action {label} already.").format(label=known.label),
                code="decision.is-action",
                way_out=_("Open the action and correct it there."),
                action=known.id,
            )
        review = work.get(ManagementReview, decision.review_id)
        action = Action(
            id=ActionId(work.new_id()),
            engagement_id=decision.engagement_id,
            number=next_number(work, decision.engagement_id),
            what=decision.words,
            owner=decision.owner,
            due_on=decision.due_on,
            note=_("Decided in management review {number}").format(number=review.number),
        )
        work.put(checked_action(work, action))
        work.put(replace(decision, action_id=action.id))
    return work.changes


def list_reviews(reader: Reader, engagement_id: EngagementId) -> tuple[ManagementReview, ...]:
    """The reviews of a programme by number."""
    found = reader.all(ManagementReview, engagement_id=engagement_id)
    return tuple(sorted(found, key=lambda one: one.number))


def review_looked_at(reader: Reader, review: ManagementReview, *, on: date) -> tuple[ReviewInput, ...]:
    """The inputs of a review: what the data say on the day `on`; once it was held, what they said then, as far as `reader` knows a past."""
    held_on = review.held_on
    if not isinstance(reader, ReadingScope) or held_on is None:
        return review_inputs(reader, review.engagement_id, on=held_on or on)
    moment = review_moment(reader, review)
    if moment is None:
        return review_inputs(reader, review.engagement_id, on=held_on)
    then = reader.as_of(moment)
    return reader.remembered(
        ("review", review.id, moment, held_on.isoformat(), language(), content_language()),
        lambda: review_inputs(then, review.engagement_id, on=held_on),
    )


def review_view(reader: Reader, review_id: ReviewId, *, on: date) -> ReviewView:
    """One review with everything that belongs to it."""
    review = reader.get(ManagementReview, review_id)
    engagement = reader.get(Engagement, review.engagement_id)
    decisions = sorted(reader.all(Decision, review_id=review_id), key=lambda one: one.place)
    made = [reader.find(Action, one.action_id) for one in decisions if one.action_id is not None]
    return ReviewView(
        review=review,
        engagement=engagement,
        dealership=reader.get(Dealership, engagement.dealership_id),
        inputs=review_looked_at(reader, review, on=on),
        decisions=tuple(decisions),
        actions=tuple(one for one in made if one is not None),
    )


def _check_day(engagement: Engagement, day: date) -> None:
    if day < engagement.started_on:
        raise RuleBroken(
            _("{day} lies before the programme begins on {start}.").format(
                day=day_text(day), start=day_text(engagement.started_on)
            ),
            code="review.before-start",
            way_out=_("Choose a later day, or correct the start of the programme."),
        )
    check_not_ended(engagement, day, code="review.after-end")


def _next_number(work: WritingScope, engagement_id: EngagementId) -> int:
    numbers = [one.number for one in work.all(ManagementReview, engagement_id=engagement_id)]
    numbers += [one.number for one in work.in_bin(ManagementReview, engagement_id=engagement_id)]
    return max(numbers, default=0) + 1


def _needed_words(words: str) -> str:
    if not words.strip():
        raise RuleBroken(
            _("A decision needs words."),
            code="decision.words-missing",
            way_out=_("Write in one sentence what was decided."),
        )
    return words.strip()
