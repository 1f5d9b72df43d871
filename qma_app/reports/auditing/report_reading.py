"""Reads what the report of an audit says beyond ratings and findings, through the same functions as screen and signing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Final

from qma_app.domain.agreement_reading import read_agreement
from qma_app.domain.audit import Audit, AuditLook, AuditSample, SeenHow
from qma_app.domain.audit_days import DEFAULT_TABLE, risk_title, table_from_json
from qma_app.domain.audit_reading import read_audit_state, revisions
from qma_app.domain.audit_state import AuditState
from qma_app.domain.edition import Area, Checkpoint, Edition
from qma_app.domain.finding import Finding
from qma_app.domain.finding_reading import actions_of_finding
from qma_app.domain.ids import CheckpointId, SettingId
from qma_app.domain.levels import bounds_of, outcome_of, points_of, shown_level
from qma_app.domain.rating import Outcome, Rating
from qma_app.domain.sample_showing import sample_findings, what_it_shows
from qma_app.domain.setting import Setting
from qma_app.domain.standing import applicable_in
from qma_app.domain.surveillance import AuditSide, MajorThen, compare_audits, major_title
from qma_app.domain.verification import Verification
from qma_app.domain.wording import effect_title, outcome_title
from qma_app.i18n import _, day_text, number_text
from qma_app.reports.auditing.reading import AuditRecords
from qma_app.reports.auditing.report_values import (
    AreaLooks,
    AuditPart,
    BeforePart,
    MajorLine,
    NoSample,
    Revised,
    RevisedPoint,
    RevisionLine,
    WithdrawnLine,
    WrapUpLine,
)
from qma_app.reports.auditing.summary_values import SamplePart

_TABLE: Final = SettingId("audit.planning-table")
_SET_ASIDE: Final = (Outcome.NOT_APPLICABLE, Outcome.NOT_SEEN)


def read_audit_part(records: AuditRecords) -> AuditPart:
    """What stands around the ratings of an audit."""
    audit, state = records.audit, records.state
    looks = {one.checkpoint_id: one for one in records.reader.all(AuditLook, audit_id=audit.id)}
    return AuditPart(
        head=records.head,
        recommended=state.recommended,
        recommended_by=records.name(audit.recommended_by),
        slots=records.slots,
        risks=tuple(_risks(records)),
        wrap_ups=tuple(WrapUpLine(wrap_up=one, by=records.name(one.by)) for one in audit.wrap_ups),
        samples=tuple(read_sample(state, one) for one in records.samples),
        no_samples=tuple(_no_samples(state)),
        looks=looks,
        looked=tuple(_looked(state, looks)),
        agreement=read_agreement(records.reader, audit),
        revised=_revised(records),
        before=_before(records),
    )


def read_sample(state: AuditState, sample: AuditSample) -> SamplePart:
    """One sample with what it can show and what was seen in it."""
    size = min(len(sample.drawn), sample.population)
    return SamplePart(
        sample=sample,
        checkpoint=state.edition.checkpoints.get(sample.checkpoint_id),
        says=what_it_shows(sample.population, size) if size else None,
        found=sample_findings(sample, state.ratings.get(sample.checkpoint_id)),
    )


def _risks(records: AuditRecords) -> Iterator[str]:
    """The circumstances the days were planned with, as the planning table of the workspace calls them."""
    days = records.audit.days
    if days is None:
        return
    kept = records.reader.find(Setting, _TABLE)
    table = table_from_json(kept.value) if kept is not None and kept.value else DEFAULT_TABLE
    known = {risk.code: risk_title(risk) for risk in (*DEFAULT_TABLE.risks, *table.risks)}
    yield from (known.get(code, code) for code in days.risks)


def _no_samples(state: AuditState) -> Iterator[NoSample]:
    """The critical checkpoints records are drawn for without any, and every other that says why it has none."""
    drawn = {one.checkpoint_id for one in state.samples}
    for point in state.to_rate:
        reason = state.sample_reasons.get(point.id, "")
        is_asked = point.is_critical and point.sample is not None
        rating = state.ratings.get(point.id)
        if point.id in drawn or not (is_asked or reason):
            continue
        if not reason and rating is not None and rating.outcome in _SET_ASIDE:
            reason = rating.reason
        yield NoSample(checkpoint=point, reason=reason)


def _looked(state: AuditState, looks: Mapping[CheckpointId, AuditLook]) -> Iterator[AreaLooks]:
    """By area, over the checkpoints that were decided by looking."""
    for area in state.edition.areas:
        points = [
            point
            for point in state.to_rate
            if point.area_id == area.id and outcome_of(state.ratings.get(point.id)) is Outcome.RATED
        ]
        if points:
            yield _area_looks(area, [looks.get(point.id) for point in points])


def _area_looks(area: Area, looks: list[AuditLook | None]) -> AreaLooks:
    known = [one for one in looks if one is not None]
    how = Counter(one.seen_how for one in known)
    return AreaLooks(
        area=area,
        on_site=how[SeenHow.ON_SITE],
        remote=how[SeenHow.REMOTE],
        on_paper=how[SeenHow.ON_PAPER],
        unsaid=how[None] + len(looks) - len(known),
        live=sum(one.is_live for one in known),
        repeated=sum(one.is_repeated for one in known),
        interviews=sum(bool(one.interviews.strip()) for one in known),
        observed=sum(bool(one.observed.strip()) for one in known),
        records=sum(bool(one.records.strip()) for one in known),
    )


def _revised(records: AuditRecords) -> Revised | None:
    """What this revision changes; None for the first one."""
    every = tuple(revisions(records.reader, records.audit))
    if len(every) < 2:
        return None
    reader, state = records.reader, records.state
    last = read_audit_state(reader, every[1])
    bounds = bounds_of(last.edition.rules)
    return Revised(
        before=tuple(
            RevisionLine(
                number=older.revision,
                signed_at=older.signed_at,
                signed_by=records.name(older.signed_by),
                recommendation=older.recommendation,
                reason=newer.revision_reason,
            )
            for newer, older in pairwise(every)
        ),
        level_before=shown_level(last.recommended.result.overall, bounds),
        points=tuple(_revised_points(last, state)),
        added=tuple(
            one for one in state.standing_findings if one.assessment_id == records.audit.assessment_id
        ),
        withdrawn=tuple(_withdrawn(records, every)),
    )


def _revised_points(last: AuditState, now: AuditState) -> Iterator[RevisedPoint]:
    for point in now.edition.checkpoints.values():
        before, after = last.ratings.get(point.id), now.ratings.get(point.id)
        same = outcome_of(before) is outcome_of(after) and points_of(before) == points_of(after)
        if not same:
            yield RevisedPoint(checkpoint=point, before=_rating_text(before), now=_rating_text(after))


def _rating_text(rating: Rating | None) -> str:
    points = points_of(rating)
    return outcome_title(outcome_of(rating)) if points is None else number_text(points)


def _withdrawn(records: AuditRecords, every: tuple[Audit, ...]) -> Iterator[WithdrawnLine]:
    for revision in every:
        for one in revision.withdrawn:
            finding = records.reader.find(Finding, one.finding_id, in_bin=True)
            if finding is not None:
                yield WithdrawnLine(finding=finding, reason=one.reason, revision=revision.revision)


def _before(records: AuditRecords) -> BeforePart | None:
    """The audit this one follows, held against it."""
    if records.audit.follows is None:
        return None
    reader = records.reader
    then = AuditRecords(reader, records.audit.follows, on=records.on)
    state, now = then.state, records.state
    compared = compare_audits(
        AuditSide(
            edition=state.edition,
            ratings=state.ratings,
            applicable=applicable_in(reader, then.assessment),
            findings=state.standing_findings,
        ),
        AuditSide(
            edition=now.edition,
            ratings=now.ratings,
            applicable=now.applicable,
            findings=now.standing_findings,
        ),
    )
    return BeforePart(
        head=then.head,
        level=shown_level(state.recommended.result.overall, bounds_of(state.edition.rules)),
        majors=tuple(_major(records, state, one) for one in compared.majors),
        compared=compared,
    )


def _major(records: AuditRecords, then: AuditState, major: MajorThen) -> MajorLine:
    finding = records.reader.find(Finding, major.finding.id) or major.finding
    place = finding.checkpoint_id
    return MajorLine(
        finding=finding,
        checkpoint=_point(then.edition, finding),
        then=points_of(then.ratings.get(place)) if place else None,
        now=major.points_now,
        state=major_title(major.state),
        verified=tuple(_verified(records, finding)),
    )


def _point(edition: Edition, finding: Finding) -> Checkpoint | None:
    return edition.checkpoints.get(finding.checkpoint_id) if finding.checkpoint_id else None


def _verified(records: AuditRecords, finding: Finding) -> Iterator[str]:
    """Each look for an effect at the finding or its actions, then how it was closed."""
    reader = records.reader
    labels = {one.id: one.label for one in actions_of_finding(reader, finding.id)}
    made = list(reader.all(Verification, finding_id=finding.id))
    if labels:
        made += reader.all(Verification, action_id=frozenset(labels))
    for one in sorted(made, key=_verified_on):
        if one.effect is None:
            continue
        day = day_text(one.verified_on) if one.verified_on else ""
        name = labels.get(one.action_id, "") if one.action_id else ""
        head = ", ".join(filter(None, (name, effect_title(one.effect), day, records.name(one.verified_by))))
        yield ": ".join(filter(None, (head, one.words)))
    if finding.closed_on is not None:
        closed = _("closed {day}").format(day=day_text(finding.closed_on))
        yield ": ".join(filter(None, (closed, finding.closing_note)))


def _verified_on(one: Verification) -> tuple[str, str]:
    return str(one.verified_on or ""), one.id
