"""Everything a workspace knows about one checkpoint: its results across dealerships, its findings, its KPIs, its lineage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from qma_app.domain.applicability import applicable_checkpoints, premises_of
from qma_app.domain.assessment import Assessment
from qma_app.domain.dealership import Dealership
from qma_app.domain.edition import Checkpoint, Edition, KpiDefinition
from qma_app.domain.engagement import Engagement
from qma_app.domain.finding import Finding
from qma_app.domain.history import assessment_label
from qma_app.domain.ids import CheckpointId, DealershipId, EditionHash, EngagementId
from qma_app.domain.ports import Reader
from qma_app.domain.rating import Outcome, Rating
from qma_app.services.audit_blind import Cover, covered_from_auditor
from qma_app.services.workspace import Workspace


class ResultState(StrEnum):
    """What a dealership's programme says of a checkpoint."""

    RATED = "rated"
    COVERED = "covered"
    NOT_APPLICABLE = "not-applicable"
    NOT_YET = "not-yet"
    DOES_NOT_APPLY = "does-not-apply"


@dataclass(frozen=True, kw_only=True, slots=True)
class DealershipResult:
    """Where one dealership stands; `seen_as` is the number it has in that programme's edition when that is another one."""

    dealership_id: DealershipId
    name: str
    state: ResultState
    points: int | None = None
    assessment: Assessment | None = None
    label: str = ""
    seen_as: str = ""

    @property
    def on(self) -> date | None:
        """The day of the assessment that gave the points."""
        return None if self.assessment is None else self.assessment.started_on


@dataclass(frozen=True, kw_only=True, slots=True)
class RaisedFinding:
    """A finding on the checkpoint, and whose it is."""

    finding: Finding
    dealership_id: DealershipId
    dealership: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Relative:
    """A checkpoint of another edition that this one came from, or that came from it; the words are missing where it is not at hand."""

    id: CheckpointId
    edition: EditionHash | None = None
    version: str = ""
    number: str = ""
    statement: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class CheckpointCard:
    """One checkpoint with all that is known; means are exact, over the dealerships with points."""

    checkpoint: Checkpoint
    results: tuple[DealershipResult, ...]
    mean: Fraction | None
    met: int
    rated: int
    findings: tuple[RaisedFinding, ...]
    kpis: tuple[KpiDefinition, ...]
    unknown_kpis: tuple[str, ...]
    came_from: tuple[Relative, ...]
    became: tuple[Relative, ...]


@dataclass(frozen=True, slots=True)
class _Programme:
    """One dealership's current programme, read once for all checkpoints."""

    dealership: Dealership
    engagement: Engagement
    edition: Edition
    standing: Mapping[CheckpointId, Rating]
    applicable: frozenset[CheckpointId]
    assessments: Mapping[str, Assessment]
    cover: Cover


@dataclass(frozen=True, kw_only=True, slots=True)
class Across:
    """What all dealerships say of every checkpoint of a standard, so that one after the other can be looked at quickly."""

    programmes: tuple[_Programme, ...]
    findings: Mapping[CheckpointId, tuple[RaisedFinding, ...]]
    editions: tuple[Edition, ...]


def look_across(workspace: Workspace, edition: Edition) -> Across:
    """What all dealerships of the workspace say, with the editions kept in it to look for relatives in."""
    with workspace.reading() as reader:
        return read_across(reader, edition, reader.editions())


def read_across(reader: Reader, edition: Edition, others: tuple[EditionHash, ...] = ()) -> Across:
    """Read the current programmes on any edition of this standard; `others` are kept editions to look for relatives in."""
    programmes: list[_Programme] = []
    findings: dict[CheckpointId, tuple[RaisedFinding, ...]] = {}
    engagements: dict[DealershipId, Engagement] = {one.dealership_id: one for one in reader.all(Engagement)}
    owners: dict[EngagementId, Dealership] = {}
    covers: dict[EngagementId, Cover] = {}
    for dealership in reader.all(Dealership):
        engagement = engagements.get(dealership.id)
        if engagement is None:
            continue
        owners[engagement.id] = dealership
        its_edition = edition if engagement.edition == edition.hash else reader.edition(engagement.edition)
        covers[engagement.id] = covered_from_auditor(reader, engagement.id, its_edition)
        if its_edition.standard == edition.standard:
            cover = covers[engagement.id]
            programmes.append(_programme(reader, dealership, engagement, its_edition, cover))
    for finding in reader.all(Finding):
        owner = owners.get(finding.engagement_id)
        if finding.checkpoint_id is None or owner is None:
            continue
        if covers[finding.engagement_id].shows(finding):
            raised = RaisedFinding(finding=finding, dealership_id=owner.id, dealership=owner.name)
            findings[finding.checkpoint_id] = (*findings.get(finding.checkpoint_id, ()), raised)
    editions = {one: reader.edition(one) for one in others if one != edition.hash}
    return Across(
        programmes=tuple(programmes),
        findings=findings,
        editions=tuple(one for one in editions.values() if one.standard == edition.standard),
    )


def checkpoint_card(
    reader: Reader, edition: Edition, checkpoint_id: CheckpointId, across: Across | None = None
) -> CheckpointCard:
    """Everything known about one checkpoint; `across` spares reading the same for each."""
    known = read_across(reader, edition) if across is None else across
    return card_of(edition, checkpoint_id, known)


def card_of(edition: Edition, checkpoint_id: CheckpointId, across: Across) -> CheckpointCard:
    """The same from what was read already."""
    point = edition.checkpoint(checkpoint_id)
    results = [found for one in across.programmes if (found := _result(one, point, edition)) is not None]
    points = [one.points for one in results if one.points is not None]
    raised = [found for id in (point.id, *point.replaces) for found in across.findings.get(id, ())]
    return CheckpointCard(
        checkpoint=point,
        results=tuple(sorted(results, key=_weakest_first)),
        mean=Fraction(sum(points), len(points)) if points else None,
        met=sum(one >= edition.rules.critical_points for one in points),
        rated=len(points),
        findings=tuple(sorted(raised, key=lambda one: not one.finding.is_open)),
        kpis=tuple(edition.kpis[code] for code in point.kpis if code in edition.kpis),
        unknown_kpis=tuple(code for code in point.kpis if code not in edition.kpis),
        came_from=tuple(_relative(id, across.editions) for id in point.replaces),
        became=tuple(
            _described(other, later)
            for later in across.editions
            for other in later.checkpoints.values()
            if point.id in other.replaces
        ),
    )


def mean_of(edition: Edition, checkpoint_id: CheckpointId, across: Across) -> Fraction | None:
    """The mean alone, for lists of many checkpoints."""
    point = edition.checkpoint(checkpoint_id)
    results = (_result(one, point, edition) for one in across.programmes)
    points = [found.points for found in results if found is not None and found.points is not None]
    return Fraction(sum(points), len(points)) if points else None


def _programme(
    reader: Reader, dealership: Dealership, engagement: Engagement, edition: Edition, cover: Cover
) -> _Programme:
    applicable = applicable_checkpoints(edition, premises_of(reader, dealership.id))
    return _Programme(
        dealership,
        engagement,
        edition,
        reader.standing(engagement.id),
        frozenset(applicable),
        {one.id: one for one in reader.all(Assessment, engagement_id=engagement.id)},
        cover,
    )


def _result(one: _Programme, point: Checkpoint, edition: Edition) -> DealershipResult | None:
    """What a programme says; None where its edition asks nothing of the kind."""
    asked = next((id for id in (point.id, *point.replaces) if id in one.edition.checkpoints), None)
    if asked is None:
        return None
    is_other = one.edition.hash != edition.hash
    seen_as = f"{one.edition.checkpoints[asked].number} · {one.edition.version}" if is_other else ""
    rating = one.standing.get(asked)
    state, points, assessment = ResultState.NOT_YET, None, None
    if asked not in one.applicable:
        state = ResultState.DOES_NOT_APPLY
    elif asked in one.cover.checkpoints:
        state = ResultState.COVERED
    elif rating is not None:
        assessment = one.assessments.get(rating.assessment_id)
        is_rated = rating.outcome is Outcome.RATED
        state = ResultState.RATED if is_rated else ResultState.NOT_APPLICABLE
        points = rating.points if is_rated else None
    return DealershipResult(
        dealership_id=one.dealership.id,
        name=one.dealership.name,
        state=state,
        points=points,
        assessment=assessment,
        label=assessment_label(one.engagement, assessment) if assessment is not None else "",
        seen_as=seen_as,
    )


def _weakest_first(result: DealershipResult) -> tuple[int, int, str]:
    return (
        tuple(ResultState).index(result.state),
        result.points if result.points is not None else -1,
        result.name,
    )


def _relative(id: CheckpointId, editions: tuple[Edition, ...]) -> Relative:
    for edition in editions:
        if id in edition.checkpoints:
            return _described(edition.checkpoints[id], edition)
    return Relative(id=id)


def _described(point: Checkpoint, edition: Edition) -> Relative:
    return Relative(
        id=point.id,
        edition=edition.hash,
        version=edition.version,
        number=point.number,
        statement=str(point.statement),
    )
