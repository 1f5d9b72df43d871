"""What a programme stands on: charter, targets, quality officer, process owners, plan."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from qma_app.domain.spot import Spot
from qma_app.domain.step_rules.state import EngagementState
from qma_app.domain.step_rules.step import (
    NextStep,
    StepKind,
    StepRule,
    Urgency,
    a_step,
    rounded_minutes,
    urgency_of,
)
from qma_app.domain.step_rules.words import sentence
from qma_app.domain.target import Gain
from qma_app.i18n import _, ngettext

FIRST_WEEKS: Final = timedelta(days=30)
PLAN_WEEKS: Final = timedelta(days=90)
MINUTES_AN_OWNER: Final = 2
OWNERS_AT_ONCE: Final = 60


def sign_the_charter(state: EngagementState) -> Iterator[NextStep]:
    """There is none, or nobody has signed it."""
    charter = state.charter
    if charter is not None and charter.signed_on is not None:
        return
    due = _end_of_phase(state, "charter-signed") or state.engagement.started_on + FIRST_WEEKS
    yield a_step(
        urgency_of(due, state.on, before=Urgency.BLOCKING),
        key="charter",
        rule="charter",
        kind=StepKind.DECIDE,
        title=_("Write the charter with the principal") if charter is None else _("Have the charter signed"),
        reason=_("What the principal undertakes is not written down yet.")
        if charter is None
        else _("It is written, but nobody has signed it."),
        minutes=30 if charter is None else 10,
        spot=Spot(page="journey", view="charter"),
        due_on=due,
    )


def lock_the_targets(state: EngagementState) -> Iterator[NextStep]:
    """Targets may still move, or one of the three gains has none."""
    if state.engagement.targets_locked_on is not None:
        return
    known = {target.gain for target in state.targets}
    missing = [words for gain, words in _gains() if gain not in known]
    due = _end_of_phase(state, "targets-locked") or state.engagement.started_on + FIRST_WEEKS
    yield a_step(
        urgency_of(due, state.on, before=Urgency.BLOCKING),
        key="targets",
        rule="targets",
        kind=StepKind.DECIDE,
        title=_("Agree the targets") if missing else _("Lock the targets"),
        reason=_("None yet for: {gains}.").format(gains=", ".join(missing))
        if missing
        else ngettext(
            "{count} target is agreed and can still be moved.",
            "{count} targets are agreed and can still be moved.",
            len(state.targets),
        ).format(count=len(state.targets)),
        minutes=30 if missing else 5,
        spot=Spot(page="journey", view="targets"),
        due_on=due,
    )


def name_the_officer(state: EngagementState) -> Iterator[NextStep]:
    """Nobody is named, or the one who is has no time for it."""
    engagement = state.engagement
    if engagement.officer_id is not None and engagement.officer_percent:
        return
    due = _end_of_phase(state, "quality-officer-named") or engagement.started_on + FIRST_WEEKS
    yield a_step(
        urgency_of(due, state.on, before=Urgency.BLOCKING),
        key="officer",
        rule="officer",
        kind=StepKind.DECIDE,
        title=_("Name the quality officer")
        if engagement.officer_id is None
        else _("Agree the quality officer's time"),
        reason=_("Nobody keeps the system between your visits.")
        if engagement.officer_id is None
        else _("Without a share of working time the work is left undone."),
        minutes=10,
        spot=Spot(page="people", view="owners"),
        due_on=due,
    )


def name_the_owners(state: EngagementState) -> Iterator[NextStep]:
    """Processes without owner or description, from the phase before the gate that asks for them."""
    left_out = state.left_out
    missing = [id for id in state.processes if id not in state.owned and _area(id) not in left_out]
    if not missing or not state.asks_now("process-owners-named", ahead=1):
        return
    due = _end_of_phase(state, "process-owners-named")
    named = [state.edition.processes[id].number for id in missing[:5] if id in state.edition.processes]
    more = len(missing) - len(named)
    words = (
        _("No owner or no description: {numbers} and {more} more")
        if more
        else _("No owner or no description: {numbers}")
    )
    yield a_step(
        urgency_of(due, state.on, before=Urgency.SOON),
        key="owners",
        rule="owners",
        kind=StepKind.DECIDE,
        title=_("Name process owners · {missing} of {count} missing").format(
            missing=len(missing), count=len(state.processes)
        ),
        reason=sentence(words.format(numbers=", ".join(named), more=more)),
        minutes=min(OWNERS_AT_ONCE, rounded_minutes(MINUTES_AN_OWNER * len(missing))),
        spot=Spot(page="people", view="owners"),
        due_on=due,
    )


def make_the_plan(state: EngagementState) -> Iterator[NextStep]:
    """There are no phases in time."""
    if state.phases:
        return
    yield a_step(
        Urgency.BLOCKING,
        key="plan",
        rule="plan",
        kind=StepKind.PLAN,
        title=_("Make the plan"),
        reason=_("Phases, waves and visits have no days yet."),
        minutes=30,
        spot=Spot(page="journey", view="plan"),
        due_on=state.engagement.started_on + FIRST_WEEKS,
    )


def have_the_plan_accepted(state: EngagementState) -> Iterator[NextStep]:
    """Planned after the baseline, and the principal has not said yes."""
    if not (state.phases and state.has_baseline) or state.engagement.plan_accepted_on is not None:
        return
    due = _end_of_phase(state, "plan-accepted") or state.engagement.started_on + PLAN_WEEKS
    yield a_step(
        urgency_of(due, state.on),
        key="plan-accept",
        rule="plan-accept",
        kind=StepKind.DECIDE,
        title=_("Have the plan accepted by the principal"),
        reason=_("The baseline is done; a plan nobody accepted binds nobody."),
        minutes=20,
        spot=Spot(page="journey", view="plan"),
        due_on=due,
    )


def plan_every_area(state: EngagementState) -> Iterator[NextStep]:
    """An area applies, for instance since the house grew, and is in no wave; before the first area is planned nothing is missing."""
    planned = {one.area_id: one for one in state.planned_areas}
    if not state.phases or not planned:
        return
    for place, area in enumerate(state.edition.areas):
        found = planned.get(area.id)
        if not state.applicable.get(area.id) or (found is not None and (found.wave or found.is_left_out)):
            continue
        count = state.applicable[area.id]
        yield a_step(
            Urgency.DUE,
            key=f"area-plan:{area.id}",
            rule="area-plan",
            kind=StepKind.PLAN,
            title=_("Plan {area}").format(area=area.title),
            reason=ngettext(
                "{count} checkpoint applies, but the area is in no wave.",
                "{count} checkpoints apply, but the area is in no wave.",
                count,
            ).format(count=count),
            minutes=5,
            spot=Spot(page="journey", view="plan", area_id=area.id),
            place=place,
        )


def _end_of_phase(state: EngagementState, check: str) -> date | None:
    """The last day of the first phase whose gate has this check; None without a plan."""
    asking = {phase.id for phase in state.edition.phases if any(one.check == check for one in phase.gate)}
    return next((one.ends_on for one in state.phases if one.phase in asking), None)


def _area(process_id: str) -> str:
    return process_id.split(".", 1)[0]


def _gains() -> tuple[tuple[Gain, str], ...]:
    return ((Gain.CUSTOMERS, _("customers")), (Gain.STAFF, _("staff")), (Gain.PROFIT, _("profit")))


RULES: Final = (
    StepRule(code="charter", apply=sign_the_charter),
    StepRule(code="targets", apply=lock_the_targets),
    StepRule(code="officer", apply=name_the_officer),
    StepRule(code="plan", apply=make_the_plan),
    StepRule(code="plan-accept", apply=have_the_plan_accepted),
    StepRule(code="area-plan", apply=plan_every_area),
    StepRule(code="owners", apply=name_the_owners),
)
