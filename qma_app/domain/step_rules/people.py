"""What the people of the programme ask for: a coach whose certificate holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from qma_app.domain.people import Qualification, Role
from qma_app.domain.spot import Spot
from qma_app.domain.step_rules.state import EngagementState
from qma_app.domain.step_rules.step import NextStep, StepKind, StepRule, Urgency, a_step
from qma_app.i18n import _, day_text, ngettext

WARN_DAYS: Final = 60


def renew_certificates(state: EngagementState) -> Iterator[NextStep]:
    """The coach's certificate that holds longest has lapsed, or lapses within 60 days."""
    held = [one for one in state.certificates if one.role is Role.COACH]
    if state.coach is None or not held:
        return
    longest = max(held, key=_end)
    until = longest.valid_until
    if until is None or (until - state.on).days > WARN_DAYS:
        return
    days = (until - state.on).days
    if days < 0:
        reason = _("Lapsed on {day}: no assessment can be opened.").format(day=day_text(until))
    else:
        reason = ngettext(
            "It lapses in {count} day, on {day}.", "It lapses in {count} days, on {day}.", days
        ).format(count=days, day=day_text(until))
    yield a_step(
        Urgency.NOW if days < 0 else Urgency.SOON,
        key=f"certificate:{longest.id}:{until.isoformat()}",
        rule="certificate",
        kind=StepKind.PREPARE,
        title=_("Renew the certificate of {name}").format(name=state.coach.name),
        reason=reason,
        minutes=15,
        spot=Spot(page="people", view="certificates", person_id=state.coach.id),
        due_on=until,
    )


def _end(held: Qualification) -> tuple[date, str]:
    return held.valid_until or date.max, held.id


RULES: Final = (StepRule(code="certificate", apply=renew_certificates),)
