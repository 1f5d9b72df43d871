"""Management reviews in the words of the screen; no widgets."""

from __future__ import annotations

from datetime import date

from qma_app.domain.review import Decision, ManagementReview
from qma_app.i18n import _, day_text, ngettext
from qma_app.services.review_inputs import ReviewInput
from ui.models.standards_table import TableRow
from ui.reviews.reading import Desk
from ui.today.words import short_day


def state_words(review: ManagementReview, on: date) -> tuple[str, str]:
    """How a review stands, and the tone of it."""
    if review.held_on is not None:
        return _("held"), "ok"
    if review.planned_on is not None and review.planned_on < on:
        return _("not held"), "bad"
    return (_("today"), "accent") if review.planned_on == on else (_("planned"), "neutral")


def review_row(review: ManagementReview, on: date) -> TableRow:
    """A review as a line of the list."""
    words, tone = state_words(review, on)
    day = review.held_on or review.planned_on
    said = review.led_by
    return TableRow(
        key=review.id,
        cells=(str(review.number), short_day(day, on) if day is not None else "–", words),
        tones={2: tone},
        small={1: said} if said else {},
        tip=review.conclusion,
    )


def detail_words(desk: Desk) -> str:
    """When it is or was, who led it, and what it led to."""
    review = desk.review
    day = review.held_on or review.planned_on
    state, _tone = state_words(review, desk.on)
    decided = len(desk.view.decisions)
    parts = [
        day_text(day, "full") if day is not None else "",
        state,
        _("led by {name}").format(name=review.led_by) if review.led_by else "",
        ngettext("{count} decision", "{count} decisions", decided).format(count=decided) if decided else "",
    ]
    return " · ".join(filter(None, parts))


def figures_words(one: ReviewInput) -> str:
    """The figures of an input in one line: `Sites 1 · Staff 48`."""
    return " · ".join(f"{title} {value}" for title, value in one.figures)


def decision_detail(decision: Decision, on: date) -> str:
    """Who does it, and until when."""
    due = _("due {day}").format(day=short_day(decision.due_on, on)) if decision.due_on is not None else ""
    return " · ".join(filter(None, (decision.owner, due)))
