"""What the KPIs ask for: the figures of last month."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
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
from qma_app.domain.step_rules.words import month_title, sentence
from qma_app.i18n import _

DUE_ON: Final = 10
"""The day of the month by which last month's figures are known."""
MINUTES_A_KPI: Final = 2
LONGEST: Final = 45
NAMED: Final = 5


def enter_last_months_figures(state: EngagementState) -> Iterator[NextStep]:
    """KPIs of targets, of actions and those somebody still writes down, without the figures of last month."""
    expected = _expected(state)
    missing = [code for code in expected if code not in state.read_last_month]
    if not missing:
        return
    due = date(state.on.year, state.on.month, DUE_ON)
    names = [str(state.edition.kpis[code].title) for code in missing[:NAMED]]
    more = len(missing) - len(names)
    words = _("Missing: {names} and {more} more.") if more else _("Missing: {names}.")
    yield a_step(
        urgency_of(due, state.on, before=Urgency.SOON),
        key=f"readings:{state.last_month}",
        rule="readings",
        kind=StepKind.ENTER,
        title=_("Enter the KPIs of {month} · {missing} of {count} missing").format(
            month=month_title(state.last_month), missing=len(missing), count=len(expected)
        ),
        reason=sentence(words.format(names=", ".join(names), more=more)),
        minutes=min(LONGEST, rounded_minutes(MINUTES_A_KPI * len(missing))),
        spot=Spot(page="findings", view="readings", kpi=missing[0]),
        due_on=due,
    )


def _expected(state: EngagementState) -> list[str]:
    """In the order of the edition; a code it does not know is left out."""
    wanted = {target.kpi for target in state.targets}
    wanted |= {action.kpi for action in state.actions if action.is_open}
    wanted |= set(state.read_kpis)
    return [code for code in state.edition.kpis if code in wanted]


RULES: Final = (StepRule(code="readings", apply=enter_last_months_figures),)
