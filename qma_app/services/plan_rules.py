"""What a plan must be before it is put in force, and what stands against changing it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import MAXYEAR, date
from itertools import pairwise

from qma_app.domain.engagement import Engagement
from qma_app.domain.plan import PlannedPhase
from qma_app.domain.plan_proposal import PlanProposal
from qma_app.domain.plan_reading import PlanReading
from qma_app.errors import RuleBroken
from qma_app.i18n import _, day_text

_YEARS_AHEAD = 100


def check_runs(engagement: Engagement) -> None:
    """RuleBroken for a programme that was ended."""
    if engagement.ended_on is not None:
        raise RuleBroken(
            _("This programme ended on {day}.").format(day=day_text(engagement.ended_on)),
            code="plan.ended",
            way_out=_("Take it up again first."),
        )


def check_months_ahead(engagement: Engagement) -> None:
    """RuleBroken for a start so late that no calendar holds its end."""
    if engagement.started_on.year > MAXYEAR - _YEARS_AHEAD:
        raise RuleBroken(
            _("A programme cannot start in the year {year}.").format(year=engagement.started_on.year),
            code="plan.start",
            way_out=_("Correct the start of the programme."),
        )


def check_days(starts_on: date, ends_on: date, *, not_before: date) -> None:
    """RuleBroken for days out of order, before the programme, or so late that no calendar holds what follows."""
    if ends_on.year > MAXYEAR - _YEARS_AHEAD:
        raise _too_far(ends_on)
    if ends_on < starts_on:
        raise RuleBroken(
            _("The end on {end} lies before the start on {start}.").format(
                end=day_text(ends_on), start=day_text(starts_on)
            ),
            code="plan.days",
            way_out=_("Choose an end on the day of the start or later."),
        )
    if starts_on < not_before:
        raise RuleBroken(
            _("{day} lies before the start of the programme on {start}.").format(
                day=day_text(starts_on), start=day_text(not_before)
            ),
            code="plan.before-start",
            way_out=_("Choose that day or a later one."),
        )


@contextmanager
def moving_to(day: date) -> Iterator[None]:
    """Turns what the calendar cannot hold, when days are moved along with that one, into a RuleBroken."""
    try:
        yield
    except OverflowError:
        raise _too_far(day) from None


def check_proposal(reading: PlanReading, proposal: PlanProposal) -> None:
    """RuleBroken for a plan that does not fit the programme as it is now: phases out of order, areas twice or unknown, days taken twice."""
    if not proposal.phases:
        raise RuleBroken(
            _("This plan has no phases."), code="plan.no-phases", way_out=_("Propose the plan anew.")
        )
    for span in proposal.phases:
        check_days(span.starts_on, span.ends_on, not_before=reading.engagement.started_on)
    for one, following in pairwise(proposal.phases):
        if following.starts_on <= one.ends_on:
            raise RuleBroken(
                _("{phase} begins on {day}, before {before} is over.").format(
                    phase=following.title, day=day_text(following.starts_on), before=one.title
                ),
                code="plan.order",
                way_out=_("Let each phase begin after the one before it."),
            )
    _check_areas(reading, proposal)
    days = [visit.day for visit in proposal.visits]
    if len(days) != len(set(days)):
        raise RuleBroken(
            _("Two visits lie on the same day."),
            code="plan.visit-twice",
            way_out=_("Put one of them on another day."),
        )
    _check_fresh(reading.phases, proposal)


def _too_far(day: date) -> RuleBroken:
    return RuleBroken(
        _("{day} is too far ahead.").format(day=day_text(day)),
        code="plan.days",
        way_out=_("Look at the year."),
    )


def _check_areas(reading: PlanReading, proposal: PlanProposal) -> None:
    known = {area.id for area in reading.areas}
    waves = {span.wave for span in proposal.phases} - {0} or {1}
    named = [area.area_id for area in proposal.areas]
    for area in proposal.areas:
        if area.area_id not in known or named.count(area.area_id) > 1 or area.wave not in waves:
            raise RuleBroken(
                _(
                    "{area} does not fit this plan: it does not apply, is left out, stands twice or in no wave."
                ).format(area=area.title),
                code="plan.area",
                way_out=_("Propose the plan anew."),
                area=area.area_id,
            )
        check_days(area.starts_on, area.ends_on, not_before=reading.engagement.started_on)


def _check_fresh(stored: Sequence[PlannedPhase], proposal: PlanProposal) -> None:
    """A gate that was passed since the plan was proposed would be planned over."""
    spans = {(span.phase, span.wave): span for span in proposal.phases}
    for one in stored:
        span = spans.get((one.phase, one.wave))
        if one.is_passed and (span is None or (span.starts_on, span.ends_on) != (one.starts_on, one.ends_on)):
            raise RuleBroken(
                _("A gate was passed since this plan was proposed."),
                code="plan.stale",
                way_out=_("Propose the plan anew."),
            )
