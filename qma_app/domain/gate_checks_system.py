"""Conditions of gates that the system fulfils: findings, actions, reviews, audits, and what somebody states."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.audit import Audit
from qma_app.domain.certification import DecisionOutcome
from qma_app.domain.days import month_after
from qma_app.domain.finding import Finding
from qma_app.domain.finding_state import action_is_overdue
from qma_app.domain.gate_answers import Answer, Question, Spots, by_area
from qma_app.domain.ids import AreaId
from qma_app.domain.plan import GateStatement
from qma_app.domain.spot import Spot
from qma_app.domain.wording import kind_title
from qma_app.i18n import _, day_text, ngettext

AUDITS = (
    AssessmentKind.CERTIFICATION_AUDIT,
    AssessmentKind.SURVEILLANCE,
    AssessmentKind.RECERTIFICATION,
)


def stated(ask: Question) -> Answer:
    """Somebody stated it; a figure of 0 says that it is not so."""
    statement = _newest(ask)
    if statement is None:
        return Answer(holds=False, figures=_("not stated"), spots=_gate_spot())
    holds = statement.figure is None or statement.figure > 0
    return Answer(holds=holds, figures=day_text(statement.said_on), spots=_gate_spot())


def not_known(ask: Question) -> Answer:
    """A check of a newer edition: this version cannot compute it, so only a statement answers it."""
    statement = _newest(ask)
    if statement is None:
        return Answer(holds=None, figures=_("not known to this version"), spots=_gate_spot())
    return stated(ask)


def records_weeks(ask: Question) -> Answer:
    """For each area of the finished waves somebody stated records of so many weeks, for that area or for all; the newest word counts.

    A word on all areas speaks of the waves begun by then: it does not answer for one that came later.
    """
    wanted = ask.reading.areas_up_to(ask.phase.wave)
    met = [
        area
        for area in wanted
        if (said := _newest_word_on(ask, area.id)) is not None and (said.figure or 0) >= ask.at_least
    ]

    def areas_missing() -> Spots:
        return tuple(
            (f"{area.code} {area.title}", Spot(page="journey", view="gate", area_id=area.id))
            for area in wanted
            if area not in met
        )

    return by_area(met, wanted, areas_missing)


def major_age_days(ask: Question) -> Answer:
    """No open major is older than the bound; one of which nobody wrote when it was seen counts as older."""
    bound = ask.reading.on - timedelta(days=ask.at_most)
    old = [one for one in ask.reading.open_majors if one.seen_on is None or one.seen_on < bound]
    return _majors(old, allowed=0)


def open_majors(ask: Question) -> Answer:
    """No more majors are open than the bound allows."""
    return _majors(list(ask.reading.open_majors), allowed=ask.at_most)


def overdue_actions(ask: Question) -> Answer:
    """No more actions are overdue than the bound allows."""
    overdue = [one for one in ask.reading.actions if action_is_overdue(one, ask.reading.on)]
    holds = len(overdue) <= ask.at_most
    words = ngettext("{count} overdue", "{count} overdue", len(overdue)).format(count=len(overdue))
    return Answer(
        holds=holds,
        figures=words if overdue else _("none"),
        spots=tuple((one.label, Spot(page="findings", view="actions", action_id=one.id)) for one in overdue),
        is_pressing=not holds,
    )


def management_review_days(ask: Question) -> Answer:
    """The last management review was held at most so many days ago; else the next one planned is named."""
    on, reviews = ask.reading.on, ask.reading.reviews
    spot = ((_("Management review"), Spot(page="journey", view="reviews")),)
    last = max((one.held_on for one in reviews if one.held_on and one.held_on <= on), default=None)
    if last is not None and (on - last).days <= ask.at_most:
        return Answer(holds=True, figures=_("held {day}").format(day=day_text(last)), spots=spot)
    ahead = min(
        (
            one.planned_on
            for one in reviews
            if one.held_on is None and one.planned_on and one.planned_on >= on
        ),
        default=None,
    )
    if ahead is not None:
        return Answer(holds=False, figures=_("planned {day}").format(day=day_text(ahead)), spots=spot)
    words = _("none held") if last is None else _("last {day}").format(day=day_text(last))
    return Answer(holds=False, figures=words, spots=spot, is_pressing=last is not None)


def internal_audits_done(ask: Question) -> Answer:
    """Self-assessments and pre-audits completed since this phase was reached cover every area worked on, or somebody states it.

    It is reached with the gate before it, or on its first day where that comes earlier.
    """
    statement = _newest(ask)
    if statement is not None:
        return stated(ask)
    reached = min(_reached(ask), ask.phase.starts_on)
    found = [
        one
        for one in ask.reading.completed(AssessmentKind.SELF_ASSESSMENT, AssessmentKind.PRE_AUDIT)
        if one.completed_on is not None and one.completed_on >= reached
    ]
    covered = {area_id for one in found for area_id in one.scope}
    return by_area([area for area in ask.reading.areas if area.id in covered], ask.reading.areas)


def decision_made(ask: Question) -> Answer:
    """The newest decision recorded by the day granted a certificate, on condition or without; where none is recorded, somebody's word counts.

    Without decision, word and completed certification audit there can be none; with an audit it is not known here.
    """
    taken = ask.reading.decisions
    if taken:
        last = taken[-1]
        return Answer(
            holds=last.outcome is not DecisionOutcome.REFUSED,
            figures=decision_figures(last.outcome, last.decided_on),
            spots=tuple(_audit_spots([one for one in ask.reading.audits if one.id == last.audit_id])),
        )
    if _newest(ask) is not None:
        return stated(ask)
    audits = ask.reading.completed(AssessmentKind.CERTIFICATION_AUDIT)
    if not audits:
        return Answer(holds=False, figures=_("no audit yet"), spots=_gate_spot())
    return Answer(holds=None, figures=_("decision not stated"), spots=_looked_at(ask, audits))


def surveillance_months(ask: Question) -> Answer:
    """The last surveillance, or the certification audit before the first one, is at most so many months old; unknown without any.

    An audit led along its path counts from its last day in the house, any other from the day it was completed.
    """
    audits = ask.reading.completed(*AUDITS)
    in_house = {one.assessment_id: one.last_on for one in ask.reading.audits} if audits else {}
    days = [
        (in_house.get(one.id) or one.completed_on, place)
        for place, one in enumerate(audits)
        if one.completed_on is not None
    ]
    if not days:
        return Answer(holds=None, figures=_("no audit yet"))
    last, place = max(days)
    return Answer(
        holds=month_after(last, ask.at_most) >= ask.reading.on,
        figures=day_text(last),
        spots=_looked_at(ask, audits[place : place + 1]),
    )


def decision_figures(outcome: DecisionOutcome, on: date) -> str:
    """What was decided and when, as the figures of a condition."""
    words = {
        DecisionOutcome.GRANTED: _("granted {day}"),
        DecisionOutcome.CONDITIONAL: _("granted on condition {day}"),
        DecisionOutcome.REFUSED: _("refused {day}"),
    }
    return words[outcome].format(day=day_text(on))


def _looked_at(ask: Question, assessments: Sequence[Assessment]) -> Spots:
    """Where each of these audits is shown: one led along its path on its own page."""
    guided = {one.assessment_id: one for one in ask.reading.audits}
    return tuple(
        spot
        for one in assessments
        for spot in (
            _audit_spots([guided[one.id]])
            if one.id in guided
            else [(kind_title(one.kind), Spot(page="checklists", assessment_id=one.id))]
        )
    )


def _audit_spots(audits: Sequence[Audit]) -> list[tuple[str, Spot]]:
    return [(one.number, Spot(page="audit", assessment_id=one.assessment_id)) for one in audits]


def _majors(found: list[Finding], *, allowed: int) -> Answer:
    holds = len(found) <= allowed
    words = ngettext("{count} open", "{count} open", len(found)).format(count=len(found))
    return Answer(
        holds=holds,
        figures=words if found else _("none"),
        spots=tuple((one.label, Spot(page="findings", finding_id=one.id)) for one in found),
        is_pressing=not holds,
    )


def _newest(ask: Question) -> GateStatement | None:
    """The last word on a check as a whole."""
    said = [one for one in ask.reading.statements if one.check == ask.condition.check and one.area_id is None]
    return said[-1] if said else None


def _newest_word_on(ask: Question, area_id: AreaId) -> GateStatement | None:
    """The last word on a check for an area: one on that area, or one on all since its wave began."""
    planned = ask.reading.planned_areas.get(area_id)
    begun = _begun(ask, planned.wave) if planned is not None else date.min
    said = [
        one
        for one in ask.reading.statements
        if one.check == ask.condition.check
        and (one.area_id == area_id or (one.area_id is None and one.said_on >= begun))
    ]
    return said[-1] if said else None


def _begun(ask: Question, wave: int) -> date:
    """The first day of a wave, or the day after the one before it was left where that was earlier; the first wave was always there."""
    days = [one.starts_on for one in ask.reading.phases if one.wave == wave > 1]
    left = [
        one.passed_on + timedelta(days=1)
        for one in ask.reading.phases
        if one.wave == wave - 1 and one.passed_on
    ]
    return min([*days, *left]) if days else date.min


def _reached(ask: Question) -> date:
    passed = [one.passed_on for one in ask.reading.phases if one.place < ask.phase.place and one.passed_on]
    return max(passed, default=ask.phase.starts_on)


def _gate_spot() -> Spots:
    return ((_("State it"), Spot(page="journey", view="gate")),)
