"""Reads everything of one finding: what was seen, understood, done and shown, and every file it rests on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from qma_app.domain.assessment import Assessment
from qma_app.domain.evidence import Evidence
from qma_app.domain.evidence_use import (
    evidence_of_action,
    evidence_of_finding,
    evidence_of_verification,
    pairs_of_finding,
)
from qma_app.domain.finding import Finding, Sighting
from qma_app.domain.finding_reading import blocking_causes, obstacles_of, suggested_grade_of
from qma_app.domain.finding_state import is_overdue, state_of
from qma_app.domain.ids import FindingId
from qma_app.domain.month import Month
from qma_app.domain.ports import Reader
from qma_app.domain.reading import Reading
from qma_app.reports.actions.reading import Programme
from qma_app.reports.actions.values import ActionPart, FindingPaper, HistoryStep, PairPart, SightingPart
from qma_app.reports.evidence_register import register_of
from qma_app.reports.paper import EvidenceEntry


def collect_finding(
    reader: Reader,
    finding_id: FindingId,
    *,
    on: date,
    history: Sequence[HistoryStep] = (),
    is_sample: bool = False,
    step: Callable[[float], None] = lambda _share: None,
) -> FindingPaper:
    """Everything the sheet of a finding shows; `history` is what the change log tells of it."""
    finding = reader.get(Finding, finding_id)
    programme = Programme(reader, finding.engagement_id, on=on, is_sample=is_sample)
    actions = programme.actions_of(finding)
    own_checks = programme.checks_of(finding.id)
    checks = (*own_checks, *(check for action in actions for check in programme.checks_of(action.id)))
    hanging: dict[str, tuple[Evidence, ...]] = {
        action.id: evidence_of_action(reader, action.id) for action in actions
    }
    hanging |= {check.id: evidence_of_verification(reader, check.id) for check in checks}
    supporting = evidence_of_finding(reader, finding.id)
    pairs = pairs_of_finding(reader, finding.id)
    paired = [reader.get(Evidence, id) for pair in pairs for id in (pair.before_id, pair.after_id)]
    labels: dict[str, str] = {action.id: action.label for action in actions}
    labels |= {check.id: labels.get(check.action_id or "", finding.label) for check in checks}
    used = [
        *((file, finding.label) for file in (*supporting, *paired)),
        *((file, labels[id]) for id, files in hanging.items() for file in files),
    ]
    register = register_of(reader, used, step)
    entries: dict[str, EvidenceEntry] = {entry.evidence.id: entry for entry in register}
    files = {id: _entries(found, entries) for id, found in hanging.items()}
    words = blocking_causes(reader, finding)
    return FindingPaper(
        frame=programme.frame,
        finding=finding,
        state=state_of(finding, actions, own_checks),
        suggested=suggested_grade_of(reader, finding),
        checkpoint=programme.place(finding),
        area=programme.area_of(finding.checkpoint_id),
        assessment=reader.find(Assessment, finding.assessment_id, in_bin=True)
        if finding.assessment_id
        else None,
        raised_in=programme.assessment_name(finding.assessment_id),
        raised_by=programme.name(finding.raised_by),
        accepted_by=programme.name(finding.plan_accepted_by),
        is_overdue=is_overdue(finding, on),
        sightings=_sightings(programme, finding),
        causes=programme.causes.get(finding.id, ()),
        cause_words=words,
        actions=tuple(_with_readings(reader, part) for part in programme.parts(actions, files)),
        checks=tuple(programme.check(check, files) for check in own_checks),
        obstacles=obstacles_of(reader, finding) if finding.is_open else (),
        evidence=register,
        names=_names(programme, register),
        pairs=tuple(
            PairPart(pair=pair, before=entries[pair.before_id], after=entries[pair.after_id])
            for pair in pairs
        ),
        history=tuple(history),
    )


def _with_readings(reader: Reader, part: ActionPart) -> ActionPart:
    """The action with every month read of its KPI."""
    action = part.action
    if not action.kpi:
        return part
    found = reader.all(Reading, engagement_id=action.engagement_id, kpi=action.kpi)
    return replace(part, readings=tuple(sorted(found, key=_month)))


def _month(reading: Reading) -> Month:
    return reading.month


def _names(programme: Programme, register: Sequence[EvidenceEntry]) -> dict[str, str]:
    """Who took files in, and what the files that newer ones replace are called."""
    found: dict[str, str] = {}
    for entry in register:
        evidence = entry.evidence
        if evidence.taken_in_by is not None:
            found[evidence.taken_in_by] = programme.name(evidence.taken_in_by)
        older = evidence.revision_of
        record = programme.reader.find(Evidence, older, in_bin=True) if older else None
        if record is not None:
            found[record.id] = record.name
    return found


def _entries(found: Sequence[Evidence], entries: dict[str, EvidenceEntry]) -> tuple[EvidenceEntry, ...]:
    return tuple(entries[one.id] for one in found)


def _sightings(programme: Programme, finding: Finding) -> tuple[SightingPart, ...]:
    found = programme.reader.all(Sighting, finding_id=finding.id)
    return tuple(
        SightingPart(
            sighting=one,
            who=programme.name(one.seen_by),
            checkpoint=programme.checkpoint(one.checkpoint_id),
            assessment=programme.assessment_name(one.assessment_id),
        )
        for one in sorted(found, key=_seen)
    )


def _seen(sighting: Sighting) -> tuple[date, str]:
    return sighting.seen_on, sighting.id
