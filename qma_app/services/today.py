"""What the Today screen shows: where to go on, what is critical and unrated, and where the dealership stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from qma_app.domain.applicability import applicable_checkpoints, premises_of
from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.dealership import Dealership
from qma_app.domain.edition import Area, Checkpoint, Edition, Process
from qma_app.domain.engagement import Engagement
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.highlights import Highlight, gaps
from qma_app.domain.history import assessment_label
from qma_app.domain.ids import DealershipId
from qma_app.domain.levels import Ratings, overall_of
from qma_app.domain.ports import Reader
from qma_app.domain.rating import Outcome, Rating
from qma_app.domain.rating_marks import RunningLevels, marks_of
from qma_app.domain.result import Result
from qma_app.domain.scoring import score
from qma_app.domain.self_gap import AreaGap, area_gaps
from qma_app.domain.standing import (
    applicable_in,
    current_engagement,
    edition_of_assessment,
    list_assessments,
    premises_in,
)

COLUMNS_SHOWN, PROCESSES_SHOWN = 6, 8


@dataclass(frozen=True, kw_only=True, slots=True)
class Resume:
    """Where the open assessment goes on: the next unrated checkpoint, or None when all are decided."""

    assessment: Assessment
    edition: Edition
    label: str
    checkpoint: Checkpoint | None
    decided: int
    total: int


@dataclass(frozen=True, kw_only=True, slots=True)
class AreaLine:
    """One area over the assessments: a level a column (None = not rated in it), and the standing.

    `own` is how its newest self-assessment differs from the standing; None where there is none.
    """

    area: Area
    levels: tuple[Fraction | None, ...]
    standing: Fraction | None
    coverage: Fraction
    own: AreaGap | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class AssessmentColumn:
    """One assessment as a column of the table; `overall` is None unless every area that applies is rated."""

    assessment: Assessment
    label: str
    overall: Fraction | None


@dataclass(frozen=True, kw_only=True, slots=True)
class ProcessLine:
    """A process that holds the dealership back: where it stands now, and on how many ratings that rests."""

    process: Process
    level: Fraction
    rated: int
    applicable: int
    has_unmet_critical: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class TodayView:
    """Everything Today shows at once, from one reading; `ratings` are those the standing rests on."""

    dealership: Dealership
    engagement: Engagement
    edition: Edition
    month: int
    resume: Resume | None
    next_criticals: tuple[Checkpoint, ...]
    open_critical_count: int
    columns: tuple[AssessmentColumn, ...]
    areas: tuple[AreaLine, ...]
    processes: tuple[ProcessLine, ...]
    standing: Result
    since_baseline: Fraction | None
    since_last: Fraction | None
    last_label: str
    gaps: tuple[Highlight, ...]
    open_findings: int
    open_majors: int
    overdue: tuple[Finding, ...]
    ratings: Ratings = field(repr=False, compare=False)


def today(reader: Reader, dealership_id: DealershipId, *, on: date) -> TodayView:
    """The state of a dealership's programme on a day."""
    engagement = current_engagement(reader, dealership_id)
    edition = reader.edition(engagement.edition)
    applicable = applicable_checkpoints(edition, premises_of(reader, dealership_id))
    all_assessments = list_assessments(reader, engagement.id)
    assessments = [a for a in all_assessments if a.kind is not AssessmentKind.SELF_ASSESSMENT]
    findings = reader.all(Finding, engagement_id=engagement.id)
    ratings = reader.standing(engagement.id)
    standing = score(edition, ratings, applicable, findings)
    columns = _columns(reader, engagement, assessments)
    # The last column is what stands now; gains are over the whole assessments before it.
    before = [
        (column.label, column.overall) for column, _levels in columns[:-1] if column.overall is not None
    ]
    resume, criticals = _resume(reader, engagement, assessments)
    open_findings = [f for f in findings if f.is_open and f.grade is not FindingGrade.GOOD_PRACTICE]
    counted = [area for area in standing.areas if area.applies]
    own = {
        each.area_id: each for each in area_gaps(reader, edition, all_assessments, ratings, set(applicable))
    }
    return TodayView(
        dealership=reader.get(Dealership, dealership_id),
        engagement=engagement,
        edition=edition,
        month=engagement.month_on(on),
        resume=resume,
        next_criticals=criticals[:6],
        open_critical_count=len(criticals),
        columns=tuple(column for column, _levels in columns),
        areas=tuple(
            AreaLine(
                area=edition.areas_by_id[area.area_id],
                levels=tuple(levels.get(area.area_id) for _column, levels in columns),
                standing=area.level,
                coverage=area.tally.coverage,
                own=own.get(area.area_id),
            )
            for area in counted
        ),
        processes=_furthest_processes(edition, standing),
        standing=standing,
        since_baseline=_gain(standing.overall, before[0][1] if before else None),
        since_last=_gain(standing.overall, before[-1][1] if before else None),
        last_label=before[-1][0] if before else "",
        gaps=gaps(edition, ratings, applicable, count=4),
        open_findings=len(open_findings),
        open_majors=sum(f.grade is FindingGrade.MAJOR for f in open_findings),
        overdue=tuple(
            sorted(
                (f for f in open_findings if f.due_on and f.due_on < on),
                key=lambda f: (f.due_on or on, f.number),
            )
        ),
        ratings=ratings,
    )


def _columns(
    reader: Reader,
    engagement: Engagement,
    assessments: list[Assessment],
) -> list[tuple[AssessmentColumn, dict[str, Fraction | None]]]:
    columns = []
    shown = [*assessments[:1], *assessments[1:][1 - COLUMNS_SHOWN :]]
    # Of a rating only its points are asked here: a whole record each would be most of what Today costs.
    marks = marks_of(reader, shown)
    for assessment in shown:
        edition, scope = edition_of_assessment(reader, assessment), frozenset[str](assessment.scope)
        everywhere = applicable_checkpoints(edition, premises_in(reader, assessment))
        of_scope = [id for id in everywhere if edition.checkpoints[id].area_id in scope]
        running = RunningLevels(edition, of_scope)
        running.take(marks[assessment.id])
        results = running.areas()
        levels: dict[str, Fraction | None] = {
            area.area_id: area.level if area.is_rated else None for area in results
        }
        counted = [area for area in results if area.applies]
        applying = {edition.checkpoints[id].area_id for id in everywhere}
        is_whole = applying <= {area.area_id for area in counted} and all(area.is_rated for area in counted)
        overall = overall_of(counted, edition.rules) if is_whole else None
        label = assessment_label(engagement, assessment)
        columns.append((AssessmentColumn(assessment=assessment, label=label, overall=overall), levels))
    return columns


def _furthest_processes(edition: Edition, standing: Result) -> tuple[ProcessLine, ...]:
    """Rated processes below the pass mark or with an unmet critical checkpoint; those with one first, then the lowest."""
    unmet = {edition.checkpoints[id].process_id for id in standing.unmet_criticals}
    lines = [
        ProcessLine(
            process=edition.processes[found.process_id],
            level=level,
            rated=found.tally.rated,
            applicable=found.tally.applicable,
            has_unmet_critical=found.process_id in unmet,
        )
        for area in standing.areas
        for found in area.processes
        if (level := found.tally.level) is not None
        and (level < edition.rules.pass_mark or found.process_id in unmet)
    ]
    # Sorting is stable: equals stay in the order of the standard.
    lines.sort(key=lambda line: (not line.has_unmet_critical, line.level))
    return tuple(lines[:PROCESSES_SHOWN])


def _resume(
    reader: Reader, engagement: Engagement, assessments: list[Assessment]
) -> tuple[Resume | None, tuple[Checkpoint, ...]]:
    current = next((a for a in reversed(assessments) if a.is_open), None)
    if current is None:
        return None, ()
    ratings = reader.fields(Rating, ("rated_at", "checkpoint_id", "outcome"), assessment_id=current.id)
    edition = edition_of_assessment(reader, current)
    mine = [edition.checkpoints[id] for id in applicable_in(reader, current)]
    decided = {id for _at, id, outcome in ratings if outcome is not Outcome.OPEN}
    untouched = [c for c in mine if c.id not in decided]
    last = max(((at, id) for at, id, _outcome in ratings if at is not None), default=None)
    places = {checkpoint.id: place for place, checkpoint in enumerate(mine)}
    after = places.get(last[1], -1) if last else -1
    behind = next((c for c in untouched if places[c.id] > after), untouched[0] if untouched else None)
    return (
        Resume(
            assessment=current,
            edition=edition,
            label=assessment_label(engagement, current),
            checkpoint=behind,
            decided=len(mine) - len(untouched),
            total=len(mine),
        ),
        tuple(c for c in untouched if c.is_critical),
    )


def _gain(now: Fraction | None, then: Fraction | None) -> Fraction | None:
    return None if now is None or then is None else now - then
