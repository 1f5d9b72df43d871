"""What proofs ask for: evidence that has expired, and checkpoints that stand as met while something speaks against it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from qma_app.domain.spot import Spot
from qma_app.domain.step_rules.state import EngagementState, GreenSpot
from qma_app.domain.step_rules.step import NextStep, StepKind, StepRule, Urgency, a_step
from qma_app.domain.step_rules.words import sentence
from qma_app.i18n import _, day_text, ngettext


def renew_evidence(state: EngagementState) -> Iterator[NextStep]:
    """Its validity is over and no newer version is there."""
    for evidence in state.expired:
        until = evidence.valid_until
        if until is None or until >= state.on:
            continue
        yield a_step(
            Urgency.SOON,
            key=f"evidence:{evidence.id}",
            rule="evidence",
            kind=StepKind.CALL,
            title=_("Ask for a new version · {name}").format(name=evidence.caption.strip() or evidence.name),
            reason=_("It was valid until {day}.").format(day=day_text(until)),
            minutes=5,
            spot=Spot(page="findings", view="evidence"),
            due_on=until,
        )


def look_again(state: EngagementState) -> Iterator[NextStep]:
    """Green on paper: met when it was rated, and since then a finding or a failed check."""
    if not state.green:
        return
    places = {id: place for place, id in enumerate(state.edition.checkpoints)}
    current = state.open_assessment
    for green in state.green:
        checkpoint = state.edition.checkpoints.get(green.checkpoint_id)
        if checkpoint is None:
            continue
        yield a_step(
            Urgency.DUE if checkpoint.is_critical else Urgency.SOON,
            key=f"green:{green.checkpoint_id}",
            rule="green",
            kind=StepKind.RATE,
            title=_("Look again at {number} · {statement}").format(
                number=checkpoint.number, statement=checkpoint.statement
            ),
            reason=_against(green),
            minutes=10,
            spot=Spot(
                page="checklists",
                assessment_id=current.assessment.id if current is not None else None,
                area_id=checkpoint.area_id,
                process_id=checkpoint.process_id,
                checkpoint_id=checkpoint.id,
            ),
            place=places[green.checkpoint_id],
        )


def _against(green: GreenSpot) -> str:
    parts = list(green.findings)
    if green.failed:
        parts.append(
            ngettext("{count} failed check", "{count} failed checks", green.failed).format(count=green.failed)
        )
    said = _("Rated as met on {day}; since then: {parts}")
    return sentence(said.format(day=day_text(green.rated_on), parts=", ".join(parts)))


RULES: Final = (
    StepRule(code="evidence", apply=renew_evidence),
    StepRule(code="green", apply=look_again),
)
