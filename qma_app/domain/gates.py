"""The gate of a phase: its conditions computed from the records of a programme, each with its figures and where to look."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from qma_app.domain.days import within_calendar
from qma_app.domain.edition import GateCondition
from qma_app.domain.gate_answers import Answer, Question, Spots, Tone
from qma_app.domain.gate_checks_house import (
    charter_signed,
    kpi_months,
    plan_accepted,
    process_owners_named,
    quality_officer_named,
    targets_locked,
)
from qma_app.domain.gate_checks_levels import assessment_completed, coverage, wave_level
from qma_app.domain.gate_checks_system import (
    decision_made,
    internal_audits_done,
    major_age_days,
    management_review_days,
    not_known,
    open_majors,
    overdue_actions,
    records_weeks,
    stated,
    surveillance_months,
)
from qma_app.domain.ids import AreaId, EngagementId
from qma_app.domain.phase_spans import phase_of, phase_title
from qma_app.domain.plan import OpenCondition, PlannedPhase
from qma_app.domain.plan_reading import PlanReading
from qma_app.domain.ports import Reader

CHECKS: Final[dict[str, Callable[[Question], Answer]]] = {
    "charter-signed": charter_signed,
    "targets-locked": targets_locked,
    "quality-officer-named": quality_officer_named,
    "kpi-months": kpi_months,
    "assessment-completed": assessment_completed,
    "coverage": coverage,
    "staff-survey-done": stated,
    "process-owners-named": process_owners_named,
    "plan-accepted": plan_accepted,
    "major-age-days": major_age_days,
    "wave-level": wave_level,
    "records-weeks": records_weeks,
    "management-review-days": management_review_days,
    "internal-audits-done": internal_audits_done,
    "open-majors": open_majors,
    "overdue-actions": overdue_actions,
    "decision-made": decision_made,
    "surveillance-months": surveillance_months,
}
"""Each check an edition may name; a name that is not here comes from a newer standard and can only be stated."""
STATED: Final = frozenset({"staff-survey-done", "records-weeks", "internal-audits-done", "decision-made"})
"""The checks that somebody may answer by a statement, besides those not known here."""
COUNTED: Final = frozenset({"records-weeks"})
"""The statements that give a figure."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ConditionView:
    """One condition on a day; `holds` None = cannot be known here.

    `spots` are the records behind it, with what to call them; `areas` those it waits for.
    """

    id: str
    check: str
    title: str
    holds: bool | None
    figures: str
    tone: Tone
    spots: Spots
    areas: tuple[AreaId, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class GateView:
    """The gate of a phase; `is_open`: every condition holds, so that it can be passed without a reason."""

    phase: PlannedPhase
    title: str
    conditions: tuple[ConditionView, ...]
    is_open: bool
    passed_on: date | None
    passed_reason: str
    passed_open: tuple[OpenCondition, ...]

    @property
    def unmet(self) -> tuple[ConditionView, ...]:
        """The conditions that do not hold, or of which nobody knows."""
        return tuple(one for one in self.conditions if one.holds is not True)


def gate_of(
    reader: Reader, engagement_id: EngagementId, planned_phase: PlannedPhase, *, on: date
) -> GateView:
    """The gate of a planned phase with its conditions as they are on a day; what was kept when it was passed stands beside them."""
    on = within_calendar(on)
    return gate_in(PlanReading(reader, engagement_id, on=on), planned_phase)


def gate_in(reading: PlanReading, planned_phase: PlannedPhase, *, with_spots: bool = True) -> GateView:
    """The same from what was read already; without spots for whoever shows none."""
    phase = phase_of(reading.edition, planned_phase.phase)
    conditions = tuple(
        _condition(Question(reading=reading, phase=planned_phase, condition=one), with_spots=with_spots)
        for one in (phase.gate if phase is not None else ())
    )
    return GateView(
        phase=planned_phase,
        title=phase_title(reading.edition, planned_phase.phase, planned_phase.wave),
        conditions=conditions,
        is_open=all(one.holds is True for one in conditions),
        passed_on=planned_phase.passed_on,
        passed_reason=planned_phase.passed_reason,
        passed_open=planned_phase.passed_open,
    )


def current_phase(reader: Reader, engagement_id: EngagementId, *, on: date) -> PlannedPhase | None:
    """The first phase whose gate was not passed up to that day; None without a plan, or when all were passed."""
    phases = PlanReading(reader, engagement_id, on=on).phases
    return next((one for one in phases if one.passed_on is None or one.passed_on > on), None)


def may_be_stated(check: str) -> bool:
    """Whether somebody may answer this check by a statement."""
    return check in STATED or check not in CHECKS


def open_conditions(view: GateView) -> tuple[OpenCondition, ...]:
    """What is kept for ever when a gate is passed although not everything holds."""
    return tuple(OpenCondition(condition=one.id, words=one.title, figures=one.figures) for one in view.unmet)


def _condition(ask: Question, *, with_spots: bool) -> ConditionView:
    answer = CHECKS.get(ask.condition.check, not_known)(ask)
    return ConditionView(
        id=ask.condition.id,
        check=ask.condition.check,
        title=_title(ask.condition),
        holds=answer.holds,
        figures=answer.figures,
        tone=_tone(ask, answer),
        spots=answer.named_spots() if with_spots else (),
        areas=answer.areas,
    )


def _title(condition: GateCondition) -> str:
    return str(condition.title) or condition.id


def _tone(ask: Question, answer: Answer) -> Tone:
    if answer.holds:
        return Tone.OK
    if answer.holds is None:
        return Tone.UNKNOWN
    is_over = ask.phase.ends_on < ask.reading.on and not ask.phase.is_passed
    return Tone.LATE if answer.is_pressing or is_over else Tone.OPEN
