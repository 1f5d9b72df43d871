"""Passing the gates of a programme, one after the other, and stating what no record can answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from qma_app.domain.edition import Edition
from qma_app.domain.engagement import Engagement
from qma_app.domain.gate_answers import Tone
from qma_app.domain.gates import (
    COUNTED,
    ConditionView,
    GateView,
    current_phase,
    gate_of,
    may_be_stated,
    open_conditions,
)
from qma_app.domain.ids import AreaId, EngagementId, GateStatementId, PlannedPhaseId
from qma_app.domain.plan import GateStatement, PlannedPhase
from qma_app.domain.plan_reading import PlanReading
from qma_app.domain.ports import Reader
from qma_app.domain.record import Changes
from qma_app.errors import RuleBroken
from qma_app.i18n import _, day_text
from qma_app.services.happened import check_not_ended
from qma_app.services.plan_rules import check_runs
from qma_app.services.workspace import Workspace

__all__ = [
    "ConditionView",
    "GateView",
    "Tone",
    "current_phase",
    "gate_of",
    "pass_gate",
    "state_for_gate",
    "statements_of",
    "take_back_statement",
]


def pass_gate(
    workspace: Workspace, planned_phase_id: PlannedPhaseId, *, on: date | None = None, reason: str = ""
) -> Changes:
    """Leave a phase on that day, today unless said otherwise.

    Gates are passed in their order. Where a condition does not hold, or nobody can know, a reason is needed; the conditions stay
    with the phase for ever, with the figures of that day.
    """
    day = on or workspace.today()
    _check_not_ahead(workspace, day)
    with workspace.writing("gate.passed") as work:
        phase = work.get(PlannedPhase, planned_phase_id)
        reading = PlanReading(work, phase.engagement_id, on=day)
        _check_in_order(reading, phase, day)
        view = gate_of(work, phase.engagement_id, phase, on=day)
        if not view.is_open and not reason.strip():
            raise RuleBroken(
                _("{count} of {total} conditions do not hold: {titles}").format(
                    count=len(view.unmet),
                    total=len(view.conditions),
                    titles=" ".join(one.title for one in view.unmet),
                ),
                code="gate.reason-missing",
                way_out=_(
                    "Settle them first, or write why the phase is left all the same; it stays visible."
                ),
                open=tuple(one.id for one in view.unmet),
            )
        work.put(
            replace(
                phase,
                passed_on=day,
                passed_by=work.who,
                passed_reason=reason.strip() if view.unmet else "",
                passed_open=open_conditions(view),
            )
        )
    return work.changes


def state_for_gate(
    workspace: Workspace,
    engagement_id: EngagementId,
    *,
    check: str,
    on: date | None = None,
    words: str,
    figure: int | None = None,
    area_id: AreaId | None = None,
) -> Changes:
    """Somebody answers for a condition that no other record can answer; for one area or for all (`area_id` None)."""
    day = on or workspace.today()
    _check_not_ahead(workspace, day)
    _check_statement(check, words, figure)
    with workspace.writing("gate.stated") as work:
        engagement = work.get(Engagement, engagement_id)
        check_not_ended(engagement, day, code="gate.after-end")
        edition = work.edition(engagement.edition)
        _check_place(edition, check, area_id)
        work.put(
            GateStatement(
                id=GateStatementId(work.new_id()),
                engagement_id=engagement_id,
                check=check,
                said_on=day,
                words=words.strip(),
                figure=figure,
                area_id=area_id,
                said_by=work.who,
            )
        )
    return work.changes


def take_back_statement(workspace: Workspace, statement_id: GateStatementId) -> Changes:
    """Move a statement to the bin: the one before it counts again."""
    with workspace.writing("gate.statement-taken-back") as work:
        work.delete(work.get(GateStatement, statement_id))
    return work.changes


def statements_of(
    reader: Reader, engagement_id: EngagementId, check: str, *, on: date
) -> tuple[GateStatement, ...]:
    """What was stated on a check up to a day, the newest first."""
    said = PlanReading(reader, engagement_id, on=on).statements
    return tuple(one for one in reversed(said) if one.check == check)


def _check_in_order(reading: PlanReading, phase: PlannedPhase, day: date) -> None:
    if reading.engagement.ended_on is not None and day > reading.engagement.ended_on:
        check_runs(reading.engagement)
    title = _("This gate")
    if phase.is_passed:
        raise RuleBroken(
            _("{gate} was passed on {day}.").format(gate=title, day=day_text(phase.passed_on or day)),
            code="gate.passed",
            way_out=_("Take the step back if it was passed by mistake."),
        )
    before = [one for one in reading.phases if one.place < phase.place]
    if any(not one.is_passed for one in before):
        raise RuleBroken(
            _("A phase before this one has not been left yet."),
            code="gate.order",
            way_out=_("Pass the gates in their order."),
        )
    last = max((one.passed_on for one in before if one.passed_on), default=reading.engagement.started_on)
    if day < last:
        raise RuleBroken(
            _("{day} lies before {last}, when the gate before was passed or the programme began.").format(
                day=day_text(day), last=day_text(last)
            ),
            code="gate.too-early",
            way_out=_("Choose that day or a later one."),
        )


def _check_not_ahead(workspace: Workspace, day: date) -> None:
    if day > workspace.today():
        raise RuleBroken(
            _("{day} lies ahead: what will be then is not yet known.").format(day=day_text(day)),
            code="gate.ahead",
            way_out=_("Choose today or an earlier day."),
        )


def _check_statement(check: str, words: str, figure: int | None) -> None:
    if not may_be_stated(check):
        raise RuleBroken(
            _("This condition is computed from the records and cannot be stated."),
            code="gate.not-stated",
            way_out=_("Open the records behind it."),
            check=check,
        )
    if not words.strip():
        raise RuleBroken(
            _("A statement needs words."),
            code="gate.words-missing",
            way_out=_("Write what was seen, where and by whom."),
        )
    if (check in COUNTED and figure is None) or (figure is not None and not 0 <= figure <= 520):
        raise RuleBroken(
            _("A number of weeks from 0 to 520 is needed."),
            code="gate.figure",
            way_out=_("Write how many weeks the records cover."),
        )


def _check_place(edition: Edition, check: str, area_id: AreaId | None) -> None:
    if area_id is not None and area_id not in edition.areas_by_id:
        raise RuleBroken(
            _("{edition} has no area {area}.").format(edition=edition.label, area=area_id),
            code="gate.area-unknown",
            way_out=_("Choose an area of this edition."),
        )
    asked = {condition.check for phase in edition.phases for condition in phase.gate}
    if check not in asked:
        raise RuleBroken(
            _("No gate of {edition} asks for “{check}”.").format(edition=edition.label, check=check),
            code="gate.check-unknown",
            way_out=_("Choose a condition of a gate."),
        )
