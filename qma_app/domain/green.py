"""Green on paper: checkpoints that stand as met although a finding or a failed check has spoken against them since."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from qma_app.domain.action import ActionLink
from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.edition import Checkpoint, Edition
from qma_app.domain.engagement import Engagement
from qma_app.domain.finding import Finding, Sighting
from qma_app.domain.ids import AssessmentId, CheckpointId, EngagementId, FindingId
from qma_app.domain.lineage import Lineage, lineage_of
from qma_app.domain.ports import Reader
from qma_app.domain.rating import Outcome, Rating
from qma_app.domain.standing import list_assessments
from qma_app.domain.verification import Effect, Verification, VerificationKind

FAILED: Final = frozenset({Effect.NOT_SHOWN, Effect.WORSE})
LOOKED: Final = frozenset({VerificationKind.SAMPLE, VerificationKind.LOOK})
"""How a check sees the checkpoint itself; a KPI or a document says nothing about what is done there."""
DECIDED: Final = frozenset({Outcome.RATED, Outcome.NOT_APPLICABLE})
_A_DAY: Final = timedelta(days=1)
Standing = tuple[int | None, datetime | None]
"""Points and instant of a rating."""


@dataclass(frozen=True, kw_only=True, slots=True)
class GreenLine:
    """One checkpoint that was rated as met on `rated_on`, and what has been seen there since: open findings, checks that failed."""

    checkpoint: Checkpoint
    points: int
    rated_on: date
    findings: tuple[Finding, ...]
    failed: tuple[Verification, ...]


Seen = tuple[FindingId, date | None, CheckpointId | None]
"""A sighting: of which finding, when, and where if it was another checkpoint."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Ground:
    """What the lines are found on: open findings, assessments by number, the editions gone through, sightings.

    `known` tells of an assessment which checkpoints somebody has decided in it, where that was read already.
    """

    engagement: Engagement
    edition: Edition
    findings: Sequence[Finding]
    assessments: Sequence[Assessment]
    lineage: Lineage
    sightings: Sequence[Seen]
    known: Mapping[AssessmentId, Collection[CheckpointId]] = field(default_factory=dict)


def green_on_paper(reader: Reader, engagement_id: EngagementId, *, on: date) -> tuple[GreenLine, ...]:
    """The checkpoints whose standing is at the critical points of the rules (8) or above and against which something speaks.

    Against it speak an open major or minor finding there that was seen, or seen again, after the day of the rating, and a check by sample
    or by looking that failed after it. In the order of the standard.
    """
    engagement = reader.get(Engagement, engagement_id)
    ground = Ground(
        engagement=engagement,
        edition=reader.edition(engagement.edition),
        findings=reader.all(Finding, engagement_id=engagement_id, closed_on=None),
        assessments=list_assessments(reader, engagement_id),
        lineage=lineage_of(reader, engagement_id),
        sightings=sightings_of(reader, engagement_id),
    )
    return green_lines(reader, ground, on=on)


def sightings_of(reader: Reader, engagement_id: EngagementId) -> list[Seen]:
    """Everything seen again in a programme, in short."""
    names = ("finding_id", "seen_on", "checkpoint_id")
    return [
        (id, day, place) for id, day, place in reader.fields(Sighting, names, engagement_id=engagement_id)
    ]


def last_seen(findings: Iterable[Finding], sightings: Iterable[Seen]) -> dict[FindingId, date]:
    """The last day each finding was seen; those nobody dated are left out."""
    seen = {one.id: one.seen_on for one in findings if one.seen_on is not None}
    for finding_id, seen_on, _place in sightings:
        if seen_on is not None:
            seen[finding_id] = max(seen.get(finding_id, seen_on), seen_on)
    return seen


def green_lines(reader: Reader, ground: Ground, *, on: date) -> tuple[GreenLine, ...]:
    """The same from what was read already."""
    edition, id_of_engagement = ground.edition, ground.engagement.id
    against = _findings_at(reader, ground)
    failed = _failed_at(reader, id_of_engagement, against)
    places = {id for id in (*against, *failed) if id in edition.checkpoints}
    if not places:
        return ()
    standing = _standing_at(reader, ground, places)
    seen = last_seen(ground.findings, ground.sightings)
    lines = (
        _line(
            edition,
            standing[id],
            edition.checkpoints[id],
            against.get(id, ()),
            failed.get(id, ()),
            seen,
            on,
        )
        for id in standing
    )
    found = {line.checkpoint.id: line for line in lines if line is not None}
    if len(found) > 1:
        return tuple(found[id] for id in edition.checkpoints if id in found)
    return tuple(found.values())


def _standing_at(
    reader: Reader, ground: Ground, places: Collection[CheckpointId]
) -> dict[CheckpointId, Standing]:
    """Points and day of the latest decided rating of a few checkpoints: sought from the newest assessment back, as `Reader.standing` says."""
    if ground.lineage.upgrades:
        every = reader.standing(ground.engagement.id)
        return {id: (every[id].points, every[id].rated_at) for id in places if id in every}
    names = ("checkpoint_id", "points", "rated_at")
    found: dict[CheckpointId, Standing] = {}
    areas = {id: id.split(".", 1)[0] for id in places}
    for assessment in reversed(ground.assessments):
        if not areas:
            break
        if assessment.kind is AssessmentKind.SELF_ASSESSMENT:
            continue
        scope = frozenset[str](assessment.scope)
        decided = ground.known.get(assessment.id, areas)
        sought = frozenset(id for id, area in areas.items() if area in scope and id in decided)
        if sought:
            rows = reader.fields(
                Rating, names, assessment_id=assessment.id, checkpoint_id=sought, outcome=DECIDED
            )
            for id, points, rated_at in rows:
                found[id] = points, rated_at
                del areas[id]
    return found


def _line(
    edition: Edition,
    standing: Standing,
    checkpoint: Checkpoint,
    findings: Sequence[Finding],
    failed: Sequence[Verification],
    seen: Mapping[FindingId, date],
    on: date,
) -> GreenLine | None:
    points, rated_at = standing
    if points is None or rated_at is None or points < edition.rules.critical_points:
        return None
    # No clock is more than a day behind UTC; where nobody saw anything after that, the day here need not be found out.
    first = rated_at.date() - _A_DAY
    if not failed and not any(first < seen.get(one.id, first) for one in findings):
        return None
    rated_on = rated_at.astimezone().date()
    newer = tuple(one for one in findings if rated_on < seen.get(one.id, rated_on) <= on)
    checks = tuple(one for one in failed if one.verified_on is not None and rated_on < one.verified_on <= on)
    if not newer and not checks:
        return None
    return GreenLine(checkpoint=checkpoint, points=points, rated_on=rated_on, findings=newer, failed=checks)


def _findings_at(reader: Reader, ground: Ground) -> dict[CheckpointId, list[Finding]]:
    """Open majors and minors by the checkpoint they stand at in the edition in force, and by where they were seen again."""
    found: dict[CheckpointId, list[Finding]] = {}
    heavy = {one.id: one for one in ground.findings if one.grade.wants_effect}
    placed = [one for one in heavy.values() if one.checkpoint_id is not None]
    for one in placed:
        for id in _now_called(reader, ground.lineage, one):
            found.setdefault(id, []).append(one)
    for finding_id, _seen_on, place in ground.sightings:
        if place is not None and finding_id in heavy and heavy[finding_id] not in found.get(place, ()):
            found.setdefault(place, []).append(heavy[finding_id])
    return found


def _now_called(reader: Reader, lineage: Lineage, finding: Finding) -> tuple[CheckpointId, ...]:
    if finding.checkpoint_id is None:
        return ()
    if not lineage.upgrades:
        return (finding.checkpoint_id,)
    raised_in = reader.find(Assessment, finding.assessment_id) if finding.assessment_id else None
    at = lineage.of(raised_in) if raised_in is not None else lineage.editions[-1]
    return lineage.after(finding.checkpoint_id, at=at, to=lineage.editions[-1])


def _failed_at(
    reader: Reader, engagement_id: EngagementId, against: Mapping[CheckpointId, Sequence[Finding]]
) -> dict[CheckpointId, list[Verification]]:
    """Failed checks by checkpoint: the one looked at, else those of the open findings they were made for."""
    checks = reader.all(Verification, engagement_id=engagement_id, effect=FAILED, kind=LOOKED)
    if not checks:
        return {}
    places: dict[str, list[CheckpointId]] = {}
    for id, findings in against.items():
        for one in findings:
            places.setdefault(one.id, []).append(id)
    links = reader.fields(
        ActionLink,
        ("action_id", "finding_id"),
        action_id=frozenset(one.action_id for one in checks if one.action_id is not None),
    )
    for action_id, finding_id in links:
        places.setdefault(action_id, []).extend(places.get(finding_id, ()))
    found: dict[CheckpointId, list[Verification]] = {}
    for check in checks:
        at: Collection[CheckpointId] = (
            (check.checkpoint_id,)
            if check.checkpoint_id is not None
            else places.get(check.action_id or check.finding_id or "", ())
        )
        for id in dict.fromkeys(at):
            found.setdefault(id, []).append(check)
    return found
