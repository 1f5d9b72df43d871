"""The open assessment as one value, so that a key press changes one row of it and nothing has to be read again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from qma_app.domain.assessment import Assessment
from qma_app.domain.audit import Audit
from qma_app.domain.dealership import Site
from qma_app.domain.edition import Area, Edition, Process
from qma_app.domain.engagement import Engagement
from qma_app.domain.evidence import EvidenceLink
from qma_app.domain.finding import Finding
from qma_app.domain.history import assessment_label
from qma_app.domain.ids import AssessmentId, AuditId, CheckpointId, EngagementId, ProcessId
from qma_app.domain.levels import area_results, level_of
from qma_app.domain.people import Person
from qma_app.domain.ports import Reader
from qma_app.domain.process_owner import ProcessOwner
from qma_app.domain.rating import Rating
from qma_app.domain.record import Change, Changes
from qma_app.domain.result import AreaResult, Tally
from qma_app.domain.setting import Setting
from qma_app.domain.standing import edition_of_assessment, list_assessments
from qma_app.services.audit_blind import cover_of, may_see
from qma_app.services.checklist import ChecklistRow, checklist_rows

Rows = Mapping[CheckpointId, ChecklistRow]


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """One assessment with all its applicable checkpoints, in the order of the standard.

    `labels` names the assessments of the programme (`M6`), `owners` who answers for a process where somebody was named.
    `audit_id` is set in a guided audit; `is_blind` while its second look covers what the coach gave, here or in the coach's own.
    """

    assessment: Assessment
    engagement: Engagement
    edition: Edition
    rows: Rows
    assessments: tuple[Assessment, ...]
    labels: Mapping[AssessmentId, str]
    owners: Mapping[ProcessId, str] = field(default_factory=dict)
    audit_id: AuditId | None = None
    is_blind: bool = False

    @property
    def decided(self) -> int:
        return sum(row.is_decided for row in self.rows.values())

    def of_process(self, process_id: ProcessId) -> tuple[ChecklistRow, ...]:
        """The checkpoints of one process that apply."""
        points = self.edition.processes[process_id].checkpoints
        return tuple(self.rows[point.id] for point in points if point.id in self.rows)


@dataclass(frozen=True, kw_only=True, slots=True)
class ProcessProgress:
    """How far a process has come."""

    process: Process
    tally: Tally
    decided: int
    total: int

    @property
    def is_done(self) -> bool:
        return self.decided == self.total


@dataclass(frozen=True, kw_only=True, slots=True)
class AreaProgress:
    """How far an area has come; only processes in which something applies are in it."""

    area: Area
    level: Fraction | None
    processes: tuple[ProcessProgress, ...]
    decided: int
    total: int


def read_sheet(reader: Reader, assessment_id: AssessmentId) -> Sheet:
    """The assessment as it is stored."""
    assessment = reader.get(Assessment, assessment_id)
    engagement = reader.get(Engagement, assessment.engagement_id)
    edition = edition_of_assessment(reader, assessment)
    rows = {row.checkpoint.id: row for row in checklist_rows(reader, assessment_id)}
    assessments = list_assessments(reader, engagement.id)
    cover = cover_of(reader, assessment, ())
    return Sheet(
        assessment=assessment,
        engagement=engagement,
        edition=edition,
        rows=rows,
        assessments=assessments,
        labels={one.id: assessment_label(engagement, one) for one in assessments},
        owners=_owners(reader, engagement.id),
        audit_id=cover.audit.id if cover.audit is not None and assessment.is_guided else None,
        is_blind=cover.is_blind,
    )


def uncovered(
    reader: Reader, sheet: Sheet, touched: frozenset[CheckpointId]
) -> tuple[Sheet, frozenset[CheckpointId]]:
    """In a blind audit the rows that an edit of their rating uncovers, or covers again, are read anew."""
    turned = {
        id
        for id in touched
        if sheet.is_blind
        and sheet.assessment.is_guided
        and sheet.rows[id].is_covered == may_see(sheet.rows[id].rating, is_closed=False)
    }
    if not turned:
        return sheet, touched
    fresh = {
        row.checkpoint.id: row for row in checklist_rows(reader, sheet.assessment.id, only=frozenset(turned))
    }
    return replace(sheet, rows={**sheet.rows, **fresh}), touched


def _owners(reader: Reader, engagement_id: EngagementId) -> dict[ProcessId, str]:
    named = [one for one in reader.all(ProcessOwner, engagement_id=engagement_id) if one.owner_id is not None]
    people = {id: reader.find(Person, id) for id in {one.owner_id for one in named} if id is not None}
    return {one.process_id: person.name for one in named if one.owner_id and (person := people[one.owner_id])}


def sheet_after(sheet: Sheet, changes: Changes) -> tuple[Sheet, frozenset[CheckpointId]] | None:
    """The sheet after an edit and the checkpoints it touched; None when the edit reaches further than single rows."""
    rows = dict(sheet.rows)
    assessment = sheet.assessment
    touched: set[CheckpointId] = set()
    for change in changes:
        record = change.after
        if isinstance(record, Site | Engagement | Setting | Person | ProcessOwner):
            return None
        if isinstance(record, Audit) and _turns_blind(change):
            return None
        if isinstance(record, Assessment):
            if not _is_same_pass(sheet, record):
                return None
            assessment = record
        elif isinstance(record, Rating):
            if record.assessment_id != assessment.id:
                if record.assessment_id in sheet.labels:
                    return None
                continue
            touched |= _with_rating(rows, record)
        elif isinstance(record, Finding):
            touched |= _with_finding(rows, sheet, change, record)
        elif isinstance(record, EvidenceLink):
            touched |= _with_link(rows, assessment.id, change, record)
    assessments = tuple(assessment if one.id == assessment.id else one for one in sheet.assessments)
    return replace(sheet, rows=rows, assessment=assessment, assessments=assessments), frozenset(touched)


def touched_by(changes: Changes) -> frozenset[CheckpointId]:
    """The checkpoints an edit is about, in whichever assessment."""
    about = [record.checkpoint_id for record in changes.of(Rating)]
    linked = [record.checkpoint_id for record in changes.of(Finding)]
    linked += [record.checkpoint_id for record in changes.of(EvidenceLink)]
    return frozenset(about) | frozenset(id for id in linked if id is not None)


def outline_of(sheet: Sheet) -> tuple[AreaProgress, ...]:
    """The areas and processes with counts and levels: what `services.checklist.outline` says, from the rows at hand."""
    ratings = {id: row.rating for id, row in sheet.rows.items() if row.rating is not None}
    results = area_results(sheet.edition, ratings, sheet.rows.keys(), scope=sheet.assessment.scope)
    return tuple(area for result in results if (area := _area_progress(sheet, result)).total)


def last_level_of(sheet: Sheet, process_id: ProcessId) -> Fraction | None:
    """The level a process had before this assessment; None where nothing was rated."""
    rows = sheet.of_process(process_id)
    last = {row.checkpoint.id: row.last for row in rows if row.last is not None}
    return level_of((row.checkpoint for row in rows), last)


def _is_same_pass(sheet: Sheet, record: Assessment) -> bool:
    """Whether an assessment's record changed in words only: neither which checkpoints it holds nor when it counts."""
    mine = sheet.assessment
    if record.id != mine.id:
        return record in sheet.assessments
    same_words = replace(record, version=mine.version, summary=mine.summary, remarks=mine.remarks)
    return record.deleted_at is None and same_words == mine


def _turns_blind(change: Change) -> bool:
    """Whether an audit begins, ends, or has its closing meeting: what is covered then is another matter."""
    before, after = change.before, change.after
    if not isinstance(before, Audit) or not isinstance(after, Audit):
        return True
    return (before.closing is None, before.is_signed, before.deleted_at) != (
        after.closing is None,
        after.is_signed,
        after.deleted_at,
    )


def _with_rating(rows: dict[CheckpointId, ChecklistRow], rating: Rating) -> set[CheckpointId]:
    row = rows.get(rating.checkpoint_id)
    if row is None:
        return set()
    rows[rating.checkpoint_id] = replace(row, rating=None if rating.deleted_at else rating)
    return {rating.checkpoint_id}


def _with_finding(
    rows: dict[CheckpointId, ChecklistRow], sheet: Sheet, change: Change, finding: Finding
) -> set[CheckpointId]:
    if finding.engagement_id != sheet.engagement.id:
        return set()
    before = change.before.checkpoint_id if isinstance(change.before, Finding) else None
    touched = {id for id in (before, finding.checkpoint_id) if id is not None and id in rows}
    for id in touched:
        others = [known for known in rows[id].findings if known.id != finding.id]
        is_covered = rows[id].is_covered and finding.assessment_id != sheet.assessment.id
        if finding.deleted_at is None and id == finding.checkpoint_id and not is_covered:
            others.append(finding)
        rows[id] = replace(rows[id], findings=tuple(sorted(others, key=_number_of)))
    return touched


def _with_link(
    rows: dict[CheckpointId, ChecklistRow], assessment_id: AssessmentId, change: Change, link: EvidenceLink
) -> set[CheckpointId]:
    row = rows.get(link.checkpoint_id) if link.checkpoint_id and link.assessment_id == assessment_id else None
    if row is None:
        return set()
    was_there = change.before is not None and change.before.deleted_at is None
    step = (link.deleted_at is None) - was_there
    rows[row.checkpoint.id] = replace(row, evidence_count=row.evidence_count + step)
    return {row.checkpoint.id}


def _area_progress(sheet: Sheet, result: AreaResult) -> AreaProgress:
    area = sheet.edition.areas_by_id[result.area_id]
    tallies = {process.process_id: process.tally for process in result.processes}
    processes = tuple(
        ProcessProgress(
            process=process,
            tally=tallies[process.id],
            decided=sum(row.is_decided for row in rows),
            total=len(rows),
        )
        for process in area.processes
        if (rows := sheet.of_process(process.id))
    )
    return AreaProgress(
        area=area,
        level=result.level,
        processes=processes,
        decided=sum(row.decided for row in processes),
        total=sum(row.total for row in processes),
    )


def _number_of(finding: Finding) -> int:
    return finding.number
