"""Reads what the rules of the next step look at: little of much, so that thirty programmes are told in a moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from qma_app.domain.action import Action, Stage
from qma_app.domain.assessment import AssessmentKind
from qma_app.domain.days import within_calendar
from qma_app.domain.evidence import Evidence
from qma_app.domain.green import GreenLine, Ground, green_lines, sightings_of
from qma_app.domain.ids import ActionId, CheckpointId, EngagementId, EvidenceId, VisitId
from qma_app.domain.month import Month
from qma_app.domain.people import Person, Qualification
from qma_app.domain.ports import Reader
from qma_app.domain.promise import Promise, SponsorCheck
from qma_app.domain.reading import Reading
from qma_app.domain.step_progress import decided_in, levels_before, new_points, open_assessment
from qma_app.domain.step_reading import StepReading
from qma_app.domain.step_rules.state import (
    AuditWork,
    CertificateWork,
    CurrentGate,
    EngagementState,
    GateCheck,
    GreenSpot,
    UnsignedVisit,
)
from qma_app.domain.step_work import read_work
from qma_app.domain.verification import Verification
from qma_app.domain.visit import AgendaItem, Visit

READ_WITHIN: Final = 3
"""A KPI whose figures nobody wrote for so many months is no longer asked for, unless a target or an action needs it."""
PREPARED_WITHIN: Final = 7


def engagement_state(reader: Reader, engagement_id: EngagementId, *, on: date) -> EngagementState:
    """Everything the rules look at, as it is on a day."""
    on = within_calendar(on)
    reading = StepReading(reader, engagement_id, on=on)
    engagement, edition, findings = reading.engagement, reading.edition, reading.findings
    sightings = sightings_of(reader, engagement_id)
    work = read_work(reader, findings, reading.actions, sightings)
    outside = [one for one in reading.assessments if one.kind is not AssessmentKind.SELF_ASSESSMENT]
    current = next((one for one in reversed(outside) if one.is_open and not one.is_guided), None)
    decided = frozenset[CheckpointId]() if current is None else decided_in(reader, current)
    ground = Ground(
        engagement=engagement,
        edition=edition,
        findings=findings,
        assessments=reading.assessments,
        lineage=reading.lineage,
        sightings=sightings,
        known={} if current is None else {current.id: decided},
    )
    visits = _visits(reader, engagement_id, on)
    coach_id, last_month = engagement.coach_id, Month.of(on).plus(-1)
    read = _kpis_read(reader, engagement_id, last_month)
    audits, certificate = _audits_and_certificate(reading)
    state = EngagementState(
        on=on,
        engagement=engagement,
        edition=edition,
        coach=reader.find(Person, coach_id) if coach_id else None,
        certificates=reader.all(Qualification, person_id=coach_id) if coach_id else (),
        charter=reading.charter,
        targets=reading.targets,
        phases=reading.phases,
        gate=_gate(reading),
        planned_areas=tuple(reading.planned_areas.values()),
        applicable=reading.applying.counts,
        processes=reading.applying.process_ids,
        owned=frozenset(reading.described),
        completed=tuple(one for one in outside if one.completed_on is not None and one.completed_on <= on),
        open_assessment=None if current is None else open_assessment(reader, reading, current, decided),
        ahead=visits.ahead,
        prepared=visits.prepared,
        unsigned=visits.unsigned,
        last_visit_on=visits.last_on,
        findings=work.findings,
        actions=work.actions,
        areas_of_actions=work.areas,
        findings_of_actions=work.served,
        check_days=_check_days(reader, reading.actions),
        read_kpis=tuple(sorted({kpi for kpi, _month in read})),
        read_last_month=frozenset(kpi for kpi, month in read if month == last_month),
        promises=reader.all(Promise, engagement_id=engagement_id, kept_on=None, broken_on=None),
        sponsor_checks=reader.all(SponsorCheck, engagement_id=engagement_id),
        reviews=reading.reviews,
        expired=expired_evidence(reader, engagement_id, on=on),
        green=tuple(map(_spot_of, green_lines(reader, ground, on=on))),
        audits=audits,
        certificate=certificate,
    )
    new = new_points(edition, reading.premises, state.completed)
    return replace(state, levels=levels_before(reader, state), new_points=new)


def expired_evidence(reader: Reader, engagement_id: EngagementId, *, on: date) -> tuple[Evidence, ...]:
    """Evidence whose validity was over by that day, the longest first, unless a newer version is there."""
    rows = reader.fields(Evidence, ("id", "valid_until", "revision_of"), engagement_id=engagement_id)
    newer = {revision_of for _id, _until, revision_of in rows if revision_of is not None}
    gone = [
        (until, EvidenceId(id))
        for id, until, _of in rows
        if until is not None and until < on and id not in newer
    ]
    return tuple(reader.get(Evidence, id) for _until, id in sorted(gone))


def _gate(reading: StepReading) -> CurrentGate | None:
    phase = next((one for one in reading.phases if one.passed_on is None or one.passed_on > reading.on), None)
    if phase is None:
        return None
    # A programme without a plan, as it is at first, has no gate to compute: the program starts without these.
    from qma_app.domain.gates import gate_in, may_be_stated

    view = gate_in(reading, phase, with_spots=False)
    return CurrentGate(
        phase=phase,
        title=view.title,
        checks=tuple(
            GateCheck(
                check=one.check,
                title=one.title,
                holds=one.holds,
                figures=one.figures,
                is_said=may_be_stated(one.check) and not _is_recorded(reading, one.check),
                areas=one.areas,
            )
            for one in view.conditions
        ),
    )


def _audits_and_certificate(
    reading: StepReading,
) -> tuple[tuple[AuditWork, ...], CertificateWork | None]:
    """None of it where no audit was ever led along its path: no certificate can be there either."""
    if not any(one.is_guided for one in reading.assessments):
        return (), None
    from qma_app.domain.step_audits import audits_and_certificate

    return audits_and_certificate(reading)


def _is_recorded(reading: StepReading, check: str) -> bool:
    """Whether records answer what else somebody's word would answer."""
    return check == "decision-made" and bool(reading.decisions)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Visits:
    ahead: tuple[Visit, ...]
    prepared: frozenset[VisitId]
    unsigned: UnsignedVisit | None
    last_on: date | None


def _visits(reader: Reader, engagement_id: EngagementId, on: date) -> _Visits:
    """Visits ahead as records, the others by their days: signatures weigh much and say little here."""
    ahead = reader.all(Visit, engagement_id=engagement_id, closed_at=None, cancelled_on=None)
    names = ("id", "number", "planned_on", "held_on", "closed_at")
    rows = reader.fields(Visit, names, engagement_id=engagement_id, cancelled_on=None)
    held = (
        (held_on or planned_on, number, id)
        for id, number, planned_on, held_on, closed_at in rows
        if closed_at is not None and (held_on or planned_on) <= on
    )
    newest = max(held, default=None)
    last = UnsignedVisit(held_on=newest[0], number=newest[1], id=newest[2]) if newest else None
    is_unsigned = last is not None and bool(reader.fields(Visit, ("id",), id=last.id, signatures=()))
    near = frozenset(
        one.id for one in ahead if not one.clock and 0 <= (one.planned_on - on).days <= PREPARED_WITHIN
    )
    items = reader.fields(AgendaItem, ("visit_id",), visit_id=near) if near else []
    return _Visits(
        ahead=tuple(sorted(ahead, key=_when_planned)),
        prepared=frozenset(id for (id,) in items),
        unsigned=last if is_unsigned else None,
        last_on=last.held_on if last is not None else None,
    )


def _check_days(reader: Reader, actions: Sequence[Action]) -> dict[ActionId, date]:
    """The last day agreed for a check that waits, of each action that is done."""
    done = frozenset(one.id for one in actions if one.stage is Stage.CHECK)
    names = ("action_id", "planned_for")
    rows = reader.fields(Verification, names, action_id=done, effect=None) if done else []
    found: dict[ActionId, date] = {}
    for action_id, day in rows:
        if day is not None:
            found[action_id] = max(day, found.get(action_id, day))
    return found


def _kpis_read(reader: Reader, engagement_id: EngagementId, last: Month) -> list[tuple[Any, ...]]:
    """The KPIs with figures in this month or in one of those shortly before it, and in which."""
    months = frozenset(last.plus(-back) for back in range(READ_WITHIN + 1))
    return reader.fields(Reading, ("kpi", "month"), engagement_id=engagement_id, month=months)


def _spot_of(line: GreenLine) -> GreenSpot:
    return GreenSpot(
        checkpoint_id=line.checkpoint.id,
        points=line.points,
        rated_on=line.rated_on,
        findings=tuple(one.label for one in line.findings),
        failed=len(line.failed),
    )


def _when_planned(visit: Visit) -> tuple[date, int]:
    return visit.planned_on, visit.number
