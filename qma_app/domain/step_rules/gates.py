"""What the gate of the running phase asks for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from qma_app.domain.spot import Spot
from qma_app.domain.step_rules.state import CurrentGate, EngagementState
from qma_app.domain.step_rules.step import NextStep, StepKind, StepRule, Urgency, a_step, urgency_of
from qma_app.domain.step_rules.words import sentence
from qma_app.i18n import _, day_text, ngettext


def pass_the_gate(state: EngagementState) -> Iterator[NextStep]:
    """Everything the gate asks for holds, and the phase has begun."""
    gate = state.gate
    if gate is None or not gate.is_open or gate.phase.is_passed or gate.phase.starts_on > state.on:
        return
    count = len(gate.checks)
    yield a_step(
        Urgency.BLOCKING,
        key=f"gate-pass:{gate.phase.id}",
        rule="gate-pass",
        kind=StepKind.DECIDE,
        title=_("Pass the gate of {phase}").format(phase=gate.title),
        reason=ngettext("Its condition holds.", "All {count} conditions hold.", count).format(count=count)
        if count
        else _("It asks for nothing."),
        minutes=10,
        spot=Spot(page="journey", view="gate"),
        due_on=gate.phase.ends_on,
    )


def leave_what_is_over(state: EngagementState) -> Iterator[NextStep]:
    """The phase's time is over and its gate still has open conditions."""
    gate = state.gate
    if gate is None or gate.is_open or gate.phase.is_passed or gate.phase.ends_on >= state.on:
        return
    waiting = [check.title for check in gate.checks if check.holds is not True]
    yield a_step(
        Urgency.LATE,
        key=f"gate-late:{gate.phase.id}",
        rule="gate-late",
        kind=StepKind.DECIDE,
        title=_("Decide how {phase} goes on · {open} of {count} conditions open").format(
            phase=gate.title, open=len(waiting), count=len(gate.checks)
        ),
        reason=sentence(
            _("It was to end on {day}. Open: {first}").format(
                day=day_text(gate.phase.ends_on), first=waiting[0]
            )
        ),
        minutes=15,
        spot=Spot(page="journey", view="gate"),
        due_on=gate.phase.ends_on,
    )


def state_what_nobody_can_compute(state: EngagementState) -> Iterator[NextStep]:
    """A condition that waits for somebody's word."""
    gate = state.gate
    if gate is None or gate.phase.is_passed:
        return
    for place, check in enumerate(gate.checks):
        if check.holds is True or not check.is_said:
            continue
        yield a_step(
            urgency_of(gate.phase.ends_on, state.on, before=Urgency.SOON),
            key=f"gate-state:{gate.phase.id}:{check.check}",
            rule="gate-state",
            kind=StepKind.ENTER,
            title=_("Say how it stands · {condition}").format(condition=check.title),
            reason=_why(gate, check.figures),
            minutes=5,
            spot=Spot(page="journey", view="gate"),
            due_on=gate.phase.ends_on,
            place=place,
        )


def _why(gate: CurrentGate, figures: str) -> str:
    said = (
        _("The gate of {phase} asks for it by {day}; so far: {figures}.")
        if figures
        else _("The gate of {phase} asks for it by {day}.")
    )
    return sentence(said.format(phase=gate.title, day=day_text(gate.phase.ends_on), figures=figures))


RULES: Final = (
    StepRule(code="gate-pass", apply=pass_the_gate),
    StepRule(code="gate-late", apply=leave_what_is_over),
    StepRule(code="gate-state", apply=state_what_nobody_can_compute),
)
