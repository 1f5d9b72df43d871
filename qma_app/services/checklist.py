"""What the Checklists screen shows: the outline with progress, and the checkpoints of a process with all that is known."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction

from qma_app.domain.assessment import Assessment
from qma_app.domain.edition import Area, Checkpoint, Edition, Process
from qma_app.domain.evidence import EvidenceLink
from qma_app.domain.finding import Finding
from qma_app.domain.history import earlier_ratings
from qma_app.domain.ids import AreaId, AssessmentId, CheckpointId, ProcessId
from qma_app.domain.levels import area_results
from qma_app.domain.ports import Reader
from qma_app.domain.rating import Outcome, Rating
from qma_app.domain.result import AreaResult, Tally
from qma_app.domain.standing import applicable_in, edition_of_assessment
from qma_app.services.audit_blind import cover_of


@dataclass(frozen=True, kw_only=True, slots=True)
class ProcessRow:
    """One process in the outline; `decided` counts what has points or a mark, `last_level` is that of the assessment before."""

    process: Process
    tally: Tally
    decided: int
    total: int
    last_level: Fraction | None

    @property
    def is_done(self) -> bool:
        return self.decided == self.total


@dataclass(frozen=True, kw_only=True, slots=True)
class AreaRow:
    """One area in the outline."""

    area: Area
    result: AreaResult
    processes: tuple[ProcessRow, ...]
    decided: int
    total: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Outline:
    """An assessment as a tree of areas and processes; only what applies is in it."""

    assessment: Assessment
    edition: Edition
    areas: tuple[AreaRow, ...]
    decided: int
    total: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ChecklistRow:
    """One checkpoint with its rating here, the last one before, and how much hangs on it.

    `is_covered`: an audit has not rated it yet, so `last` and the coach's findings are left out. `is_own_covered`: so is the rating,
    as the assessment is the coach's and an auditor reads it.
    """

    checkpoint: Checkpoint
    rating: Rating | None
    last: Rating | None
    findings: tuple[Finding, ...]
    evidence_count: int
    is_covered: bool = False
    is_own_covered: bool = False

    @property
    def is_decided(self) -> bool:
        return self.rating is not None and self.rating.outcome is not Outcome.OPEN


def outline(reader: Reader, assessment_id: AssessmentId) -> Outline:
    """The tree of an assessment with counts and levels."""
    assessment = reader.get(Assessment, assessment_id)
    edition = edition_of_assessment(reader, assessment)
    applicable = frozenset(applicable_in(reader, assessment))
    cover = cover_of(reader, assessment, applicable)
    ratings = cover.shown(reader.ratings(assessment_id))
    before = {
        process.process_id: process.tally.level
        for area in area_results(
            edition,
            {} if cover.is_blind else earlier_ratings(reader, assessment, applicable),
            applicable,
            scope=assessment.scope,
        )
        for process in area.processes
    }
    areas = tuple(
        _area_row(edition.areas_by_id[result.area_id], result, ratings, applicable, before)
        for result in area_results(edition, ratings, applicable, scope=assessment.scope)
    )
    areas = tuple(area for area in areas if area.total)
    return Outline(
        assessment=assessment,
        edition=edition,
        areas=areas,
        decided=sum(area.decided for area in areas),
        total=sum(area.total for area in areas),
    )


def checklist_rows(
    reader: Reader,
    assessment_id: AssessmentId,
    *,
    process_id: ProcessId | None = None,
    area_id: AreaId | None = None,
    only: Collection[CheckpointId] | None = None,
) -> tuple[ChecklistRow, ...]:
    """The applicable checkpoints of one process, one area, or the whole assessment, in the order of the standard.

    With `only` no others than these are read.
    """
    assessment = reader.get(Assessment, assessment_id)
    edition = edition_of_assessment(reader, assessment)
    wanted = [
        checkpoint
        for checkpoint in map(edition.checkpoint, applicable_in(reader, assessment))
        if (process_id is None or checkpoint.process_id == process_id)
        and (area_id is None or checkpoint.area_id == area_id)
        and (only is None or checkpoint.id in only)
    ]
    ids = [checkpoint.id for checkpoint in wanted]
    cover = cover_of(reader, assessment, ids)
    ratings = cover.shown(reader.ratings(assessment_id))
    last = cover.uncovered(earlier_ratings(reader, assessment, ids))
    findings: defaultdict[CheckpointId, list[Finding]] = defaultdict(list)
    for finding in reader.all(Finding, engagement_id=assessment.engagement_id):
        if finding.checkpoint_id is not None and cover.shows(finding):
            findings[finding.checkpoint_id].append(finding)
    counts = Counter(link.checkpoint_id for link in reader.all(EvidenceLink, assessment_id=assessment_id))
    return tuple(
        ChecklistRow(
            checkpoint=checkpoint,
            rating=ratings.get(checkpoint.id),
            last=last.get(checkpoint.id),
            findings=tuple(findings.get(checkpoint.id, ())),
            evidence_count=counts[checkpoint.id],
            is_covered=checkpoint.id in cover.checkpoints,
            is_own_covered=cover.hides_own and checkpoint.id in cover.checkpoints,
        )
        for checkpoint in wanted
    )


def _area_row(
    area: Area,
    result: AreaResult,
    ratings: Mapping[CheckpointId, Rating],
    applicable: frozenset[CheckpointId],
    before: Mapping[ProcessId, Fraction | None],
) -> AreaRow:
    rows = []
    tallies = {process.process_id: process.tally for process in result.processes}
    for process in area.processes:
        ids = [checkpoint.id for checkpoint in process.checkpoints if checkpoint.id in applicable]
        if ids:
            decided = sum(id in ratings and ratings[id].outcome is not Outcome.OPEN for id in ids)
            rows.append(
                ProcessRow(
                    process=process,
                    tally=tallies[process.id],
                    decided=decided,
                    total=len(ids),
                    last_level=before.get(process.id),
                )
            )
    return AreaRow(
        area=area,
        result=result,
        processes=tuple(rows),
        decided=sum(row.decided for row in rows),
        total=sum(row.total for row in rows),
    )
