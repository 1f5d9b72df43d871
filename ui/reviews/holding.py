"""What was said in a review is stored as a whole: each field of the desk changes its part and leaves the rest."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from qma_app.domain.review import ManagementReview, ReviewRemark
from qma_app.domain.visit import Participant
from qma_app.services.reviews import hold_review
from ui.workbench import Workbench


def store_review(workbench: Workbench, review: ManagementReview, *, merge_key: str | None = None) -> bool:
    """Store a review that was held, with what is changed in it; whether it was stored."""
    held_on: date | None = review.held_on
    if held_on is None:
        return False
    done = workbench.do(
        hold_review,
        review.id,
        merge_key=merge_key,
        on=held_on,
        led_by=review.led_by,
        participants=review.participants,
        remarks=review.remarks,
        conclusion=review.conclusion,
    )
    return done is not None


def with_remark(review: ManagementReview, code: str, words: str) -> ManagementReview:
    """The review with other words on one input, in the place they had."""
    remark = ReviewRemark(input=code, words=words)
    if any(one.input == code for one in review.remarks):
        remarks = tuple(remark if one.input == code else one for one in review.remarks)
    else:
        remarks = (*review.remarks, remark)
    return replace(review, remarks=remarks)


def remark_on(review: ManagementReview, code: str) -> str:
    """What was said about an input; empty where nothing was."""
    return next((one.words for one in review.remarks if one.input == code), "")


def with_people(review: ManagementReview, people: tuple[Participant, ...]) -> ManagementReview:
    """The review with other people at the table."""
    return replace(review, participants=people)
